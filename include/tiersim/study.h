/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/study.h - scenarios to set against each other, and how.
 *
 * A study is one JSON file (docs/experiments.md): a scenario, its variants, a seed, a number of
 * replications and a method. Its points are the scenario and the variants, in order; replication r
 * of all of them sees the same customers.
 *
 * A study never changes after loading; any number of threads may use one at once.
 */
#ifndef TIERSIM_STUDY_H
#define TIERSIM_STUDY_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/run.h>
#include <tiersim/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_study;

enum tsim_method { TSIM_COMPARE, TSIM_SELECT, TSIM_SWEEP, TSIM_EMPOWER, TSIM_STRESS,
                   TSIM_SCHEDULE };

/* A scenario of a study. */
struct tsim_point {
    const char                 *name;
    const char                 *file;     /* the scenario's; as given                       */
    const char                 *settings; /* what was changed in it: "" or PATH = VALUE, …  */
    const struct tsim_scenario *scenario;
};

/* Whether a file is a study: a JSON object with the key "study". */
TSIM_API bool tsim_study_is(const char *path);

/* Reads and checks a study with all its scenarios. The two functions below are this one, without
 * plugins. */
TSIM_API struct tsim_study *tsim_study_open(const struct tsim_source *source,
                                            struct tsim_problems     *problems);

/* Reads and checks a study with all its scenarios. Every problem found is added to `problems`.
 * Returns NULL when there was an error. Files are looked up relative to the study's folder. Caller
 * frees. */
TSIM_API struct tsim_study *tsim_study_load(const char *path, struct tsim_problems *problems);

/* The same for text in memory of `length` bytes; `name` is used in messages and `folder` for the
 * files it names (NULL: the working directory). */
TSIM_API struct tsim_study *tsim_study_parse(const char *text, size_t length, const char *name,
                                             const char *folder, struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_study_free(struct tsim_study *study);

TSIM_API const char      *tsim_study_name(const struct tsim_study *study);
TSIM_API enum tsim_method tsim_study_method(const struct tsim_study *study);
TSIM_API const struct tsim_point *tsim_study_points(const struct tsim_study *study,
                                                    size_t *count);

/* What a study wants written and printed. */
struct tsim_outputs {
    const char *folder; /* as seen from the working directory; NULL: none                    */
    bool        plots, png, pdf; /* in the folder                                            */
    bool        json, quiet;     /* JSON, or nothing, instead of the screen                  */
};

TSIM_API struct tsim_outputs tsim_study_outputs(const struct tsim_study *study);

/* Calls `told` for every value in which a point's scenario differs from the first's, with its JSON
 * text before and after, NULL where it is not there. Texts live as long as the call. */
TSIM_API void tsim_study_changes(const struct tsim_study *study, size_t point,
                                 void (*told)(void *user, const char *path, const char *before,
                                              const char *after),
                                 void *user);

/* Writes the study as one file that holds every scenario in place, with the seed and number of
 * replications that it has with `options` (NULL: its own). It loads to the same study; names of
 * CSV files inside scenarios stay as they are, relative to the folder the study is loaded from. */
TSIM_API bool tsim_study_write(const struct tsim_study *study,
                               const struct tsim_run_options *options, FILE *to);

#ifdef __cplusplus
}
#endif
#endif
