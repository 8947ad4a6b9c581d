/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/study_file.h"

void study_file_write(const void *of, FILE *to)
{
    const struct study_file *about = of;
    (void)tsim_study_write(about->study, about->run, to); /* told when the file is closed */
}
