/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/report.h - write a result for people and for programs. */
#ifndef TIERSIM_REPORT_H
#define TIERSIM_REPORT_H

#include <tiersim/compare.h>
#include <tiersim/empower.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/scenario.h>
#include <tiersim/schedule.h>
#include <tiersim/select.h>
#include <tiersim/levers.h>
#include <tiersim/size.h>
#include <tiersim/study.h>
#include <tiersim/stress.h>
#include <tiersim/sweep.h>
#include <tiersim/trace.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_screen_options {
    int  width;           /* columns; 0: 80                                         */
    bool color;           /* ANSI colours                                           */
    bool ascii;           /* no characters outside ASCII                            */
    bool html;            /* the body of a web page, in UTF-8: title, paragraphs, tables;
                             color and ascii must be false                          */
    const char *command;  /* how the user calls us, for "Next:"; NULL: "tiersim"    */
    const char *folder;   /* results folder to name; NULL: not written              */
    const char *scenario; /* path of the scenario file, for "Next:"                 */
};

/* The screen of `tiersim run`. */
TSIM_API void tsim_report_screen(const struct tsim_result *result,
                                 const struct tsim_screen_options *options, FILE *to);

/* The escalation matrix as a table, and what is amiss with it; of the options, width, color
 * and ascii count. False when memory is out. */
TSIM_API bool tsim_report_matrix(const struct tsim_scenario *scenario,
                                 const struct tsim_screen_options *options, FILE *to);

/* All estimates as one JSON document (schema in docs/results.md). */
TSIM_API bool tsim_report_json(const struct tsim_result *result, FILE *to);

/* The screen of `tiersim trace`; folder, scenario and command of the options are not used. */
TSIM_API void tsim_report_trace(const struct tsim_trace *trace,
                                const struct tsim_screen_options *options, FILE *to);

/* A trace as one JSON document. False when it could not be written. */
TSIM_API bool tsim_report_trace_json(const struct tsim_trace *trace, FILE *to);

/* The screen of `tiersim compare`; scenario and command of the options are not used. */
TSIM_API void tsim_report_comparison(const struct tsim_comparison *comparison,
                                     const struct tsim_study *study,
                                     const struct tsim_screen_options *options, FILE *to);

/* The screen of `tiersim empower`, its JSON document, and its results folder: study.json,
 * empowerment.json, limits.csv, comparison.json, differences.csv, replications.csv, manifest.json
 * and plots/. */
TSIM_API void tsim_report_empowerment(const struct tsim_empowerment *empowerment,
                                      const struct tsim_screen_options *options, FILE *to);
TSIM_API bool tsim_report_empowerment_json(const struct tsim_empowerment *empowerment, FILE *to);

/* The screen of `tiersim stress` and its JSON document. */
TSIM_API void tsim_report_stress(const struct tsim_stress *stress,
                                 const struct tsim_screen_options *options, FILE *to);
TSIM_API bool tsim_report_stress_json(const struct tsim_stress *stress, FILE *to);

/* A comparison as one JSON document. False when it could not be written. */
TSIM_API bool tsim_report_comparison_json(const struct tsim_comparison *comparison, FILE *to);

/* The screen of `tiersim sweep`; scenario and command of the options are not used. */
TSIM_API void tsim_report_sweep(const struct tsim_sweep *sweep,
                                const struct tsim_screen_options *options, FILE *to);

/* A sweep as one JSON document. False when it could not be written. */
TSIM_API bool tsim_report_sweep_json(const struct tsim_sweep *sweep, FILE *to);
/* The screen of `tiersim select`; scenario and command of the options are not used. */
TSIM_API void tsim_report_selection(const struct tsim_selection *selection,
                                    const struct tsim_screen_options *options, FILE *to);

/* A selection as one JSON document. False when it could not be written. */
TSIM_API bool tsim_report_selection_json(const struct tsim_selection *selection, FILE *to);
/* The screen of `tiersim size`. */
TSIM_API void tsim_report_sizing(const struct tsim_sizing *sizing,
                                 const struct tsim_screen_options *options, FILE *to);

/* A sizing as one JSON document, and its agents by pool and interval as CSV. False when it could
 * not be written. */
TSIM_API bool tsim_report_sizing_json(const struct tsim_sizing *sizing, FILE *to);
TSIM_API bool tsim_report_sizing_csv(const struct tsim_sizing *sizing, FILE *to);

/* The screen of `tiersim schedule`; folder of the options is named where it is given. */
TSIM_API void tsim_report_schedule(const struct tsim_schedule *schedule,
                                   const struct tsim_screen_options *options, FILE *to);

/* A schedule as one JSON document; its roster as CSV, a row for each person and day; and its heads
 * needed and on the floor as CSV, a row for each pool and slot. False when it could not be
 * written. */
TSIM_API bool tsim_report_schedule_json(const struct tsim_schedule *schedule, FILE *to);
TSIM_API bool tsim_report_roster_csv(const struct tsim_schedule *schedule, FILE *to);
TSIM_API bool tsim_report_cover_csv(const struct tsim_schedule *schedule, FILE *to);

/* The screen of levers: every combination, then the sizing of the best; and all of them as JSON,
 * and as CSV with a row for each. */
TSIM_API void tsim_report_levers(const struct tsim_levers *levers,
                                 const struct tsim_screen_options *options, FILE *to);
TSIM_API bool tsim_report_levers_json(const struct tsim_levers *levers, FILE *to);
TSIM_API bool tsim_report_levers_csv(const struct tsim_levers *levers, FILE *to);

struct tsim_folder_options {
    bool no_plots;
    bool png, pdf;            /* besides SVG                                        */
    bool case_log;            /* cases.csv and events.csv are there, of this run; else those
                                 that are there are of another run, and removed     */
    const char *command_line; /* for the manifest                                   */
};

/* Writes the results folder: report.html (the screen and the plots as a web page; in every other
 * folder below, too), summary.json, replications.csv, intervals.csv, scenario.resolved.json,
 * manifest.json and plots/. Every file is written to a
 * temporary name and renamed; a failure leaves no half file and is reported. Missing
 * or failing gnuplot is a warning. Returns false when a file could not be written. */
TSIM_API bool tsim_report_folder(const struct tsim_result *result,
                                 const struct tsim_scenario *scenario, const char *folder,
                                 const struct tsim_folder_options *options,
                                 struct tsim_problems *problems);

/* The same for a comparison: study.json (which can be run again), comparison.json,
 * differences.csv, replications.csv, manifest.json and plots/. `run` is what it ran with. */
TSIM_API bool tsim_report_comparison_folder(const struct tsim_comparison *comparison,
                                            const struct tsim_study *study,
                                            const struct tsim_run_options *run,
                                            const char *folder,
                                            const struct tsim_folder_options *options,
                                            struct tsim_problems *problems);

/* The same for a sizing: sizing.json, staffing.csv (agents by pool and interval), staffed.json (the
 * scenario with them, which is `scenario`), manifest.json and plots/. */
TSIM_API bool tsim_report_sizing_folder(const struct tsim_sizing *sizing,
                                        const struct tsim_scenario *scenario,
                                        const char *folder,
                                        const struct tsim_folder_options *options,
                                        struct tsim_problems *problems);

/* The same for a sweep: study.json (which can be run again), sweep.json, points.csv (a row for each
 * point), responses.csv (a row for each point and response), replications.csv, manifest.json and
 * plots/. `run` is what it ran with. */
TSIM_API bool tsim_report_sweep_folder(const struct tsim_sweep *sweep,
                                       const struct tsim_study *study,
                                       const struct tsim_run_options *run, const char *folder,
                                       const struct tsim_folder_options *options,
                                       struct tsim_problems *problems);
/* The same for a selection: study.json (which can be run again), selection.json, selection.csv,
 * replications.csv, manifest.json and plots/. `run` is what it ran with. */
TSIM_API bool tsim_report_selection_folder(const struct tsim_selection *selection,
                                           const struct tsim_study *study,
                                           const struct tsim_run_options *run,
                                           const char *folder,
                                           const struct tsim_folder_options *options,
                                           struct tsim_problems *problems);

/* The same for a stress test: those of its comparison, stress.json and stresses.csv. */
TSIM_API bool tsim_report_stress_folder(const struct tsim_stress *stress,
                                        const struct tsim_study *study,
                                        const struct tsim_run_options *run, const char *folder,
                                        const struct tsim_folder_options *options,
                                        struct tsim_problems *problems);

/* The same for an empowerment. */
TSIM_API bool tsim_report_empowerment_folder(const struct tsim_empowerment *empowerment,
                                             const struct tsim_study *study,
                                             const struct tsim_run_options *run,
                                             const char *folder,
                                             const struct tsim_folder_options *options,
                                             struct tsim_problems *problems);

/* The same for a schedule: study.json, schedule.json, roster.csv, cover.csv, manifest.json and
 * plots/. `run` is what it ran with. */
TSIM_API bool tsim_report_schedule_folder(const struct tsim_schedule *schedule,
                                          const struct tsim_study *study,
                                          const struct tsim_run_options *run, const char *folder,
                                          const struct tsim_folder_options *options,
                                          struct tsim_problems *problems);

#ifdef __cplusplus
}
#endif
#endif
