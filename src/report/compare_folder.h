/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/compare_folder.h - the results folder of a comparison, and of methods that rest on one. */
#ifndef REPORT_COMPARE_FOLDER_H
#define REPORT_COMPARE_FOLDER_H

#include "report/output.h"

enum { COMPARISON_MORE = 4 };

/* What such a method adds: at most COMPARISON_MORE files, a picture or NULL, its screen. */
struct comparison_more {
    const struct output_file *files;
    size_t                    n_files;
    const struct picture     *picture;
    struct output_screen      screen;
};

/* tsim_report_comparison_folder with more in it. */
bool comparison_folder(const struct tsim_comparison *comparison, const struct tsim_study *study,
                       const struct tsim_run_options *run, const char *path,
                       const struct tsim_folder_options *options,
                       const struct comparison_more *more, struct tsim_problems *problems);

#endif
