/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/study_file.h - study.json: a study as it ran, which can be run again. */
#ifndef REPORT_STUDY_FILE_H
#define REPORT_STUDY_FILE_H

#include <stdio.h>
#include <tiersim/study.h>

struct study_file {
    const struct tsim_study       *study;
    const struct tsim_run_options *run; /* what it ran with; NULL: with what it says          */
};

/* As an output_file is written: `of` is a struct study_file. */
void study_file_write(const void *of, FILE *to);

#endif
