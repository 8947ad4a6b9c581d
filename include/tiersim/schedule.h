/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/schedule.h - shifts for people that keep every promise.
 *
 * A study with the method "schedule" names kinds of shift. From the heads needed on the floor in
 * each interval follow shifts of least cost that cover them, as an integer program; the desk is
 * then simulated with them; where a promise breaks, more heads are asked for and the program is
 * solved again; and at last people are taken away whom the promises do not need.
 * docs/scheduling.md says how, and what the numbers mean.
 */
#ifndef TIERSIM_SCHEDULE_H
#define TIERSIM_SCHEDULE_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/size.h>
#include <tiersim/study.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_schedule;

/* How it ended. */
enum tsim_schedule_end {
    TSIM_SCHEDULE_KEPT,      /* every promise is kept by the verified schedule               */
    TSIM_SCHEDULE_NOTHING,   /* there are no promises to keep: it covers what is needed      */
    TSIM_SCHEDULE_ROUNDS,    /* promises still break after all rounds                        */
    TSIM_SCHEDULE_NO_HELP,   /* a promise breaks, and nobody waits where more could help     */
    TSIM_SCHEDULE_STOPPED,   /* interrupted, or out of time                                  */
};

/* A pool, over the day or the week that is scheduled. */
struct tsim_schedule_pool {
    const char *tier, *pool;
    bool        scheduled;    /* false: it needs nobody, and is left as it is                */
    uint32_t    people, shifts;       /* in the roster; of one day, people and shifts are one */
    uint32_t    floor_peak;   /* heads on the floor at once, at most                         */
    uint32_t    payroll;      /* people / (1 - shrinkage), rounded up                        */
    double      shrinkage;    /* besides the breaks of the shifts                            */
    double      asked_hours;  /* agent hours needed on the floor, as asked for at first      */
    double      need_hours;   /* … and after the repairs                                     */
    double      floor_hours;  /* on the floor                                                */
    double      shift_hours;  /* paid by the roster: breaks that are paid are in it          */
    double      paid_hours;   /* shift_hours / (1 - shrinkage)                               */
    double      short_hours, over_hours; /* below, above need_hours                         */
    double      cost;         /* what the program made least: wages of shift_hours (hours where a
                                 pool has no wage), shortage and surplus where they cost     */
    double      bound;        /* no roster for need_hours costs less                         */
    const char *solver;       /* "glpk", "cbc"                                               */
    uint32_t    nodes;        /* of the search tree                                          */
    bool        time_was_up;  /* the time limit decided what came out                        */
    bool        money;        /* cost is money                                               */
};

struct tsim_schedule_break {
    const char *name;
    uint32_t    start, end; /* minutes after the midnight before the shift                   */
};

/* A shift of somebody on a day: a row of the roster. */
struct tsim_schedule_row {
    size_t                            pool;
    uint32_t                          person; /* of the pool, from 1                         */
    const char                       *shift;
    uint32_t                          day;    /* 0 is Monday                                 */
    uint32_t                          start, end; /* minutes after midnight of that day      */
    double                            paid_hours;
    const struct tsim_schedule_break *breaks;
    size_t                            n_breaks;
};

struct tsim_schedule_info {
    const char *study, *scenario, *file, *currency;
    enum tsim_schedule_end end;
    bool        verified;     /* promises were held against fresh replications               */
    const char *requirements; /* "size", "scenario", "file"                                  */
    double      confidence, days;
    bool        priced;       /* understaffing has a price, and is allowed                   */
    uint32_t    period_days;  /* 1 or 7                                                      */
    uint32_t    first_day;    /* of the period: 0 is Monday                                  */
    uint32_t    slots;        /* of the period                                               */
    uint32_t    slot_minutes;
    uint32_t    interval_slots; /* slots of a report interval                                */
    uint32_t    rounds;       /* of repair                                                   */
    uint32_t    trims;        /* changes of shifts that the promises did not need, made …    */
    uint32_t    trim_tries;   /* … and tried                                                 */
    double      untrimmed_cost; /* of the shifts before them; where none was tried 0         */
    size_t      broken;       /* promise that breaks, where one does                         */
    uint64_t    seed;
    uint32_t    searched, verified_on; /* replications of the last schedule                  */
    uint64_t    replications, contacts;
    struct tsim_estimate total; /* the desk's whole cost a day                               */
    double      wall_s, solve_s; /* not part of the reproducible result                      */
    uint32_t    threads;
};

/* Schedules. Of the options of a sizing, per_interval is always on; it and `run` may be NULL. NULL
 * on errors, which are in `problems`: such as an interval that no shift reaches. Caller frees; the
 * study must live as long. */
TSIM_API struct tsim_schedule *tsim_schedule_make(const struct tsim_study *study,
                                                  const struct tsim_size_options *options,
                                                  const struct tsim_run_options *run,
                                                  struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_schedule_free(struct tsim_schedule *schedule);

TSIM_API const struct tsim_schedule_info *
tsim_schedule_info(const struct tsim_schedule *schedule);
TSIM_API const struct tsim_schedule_pool *
tsim_schedule_pools(const struct tsim_schedule *schedule, size_t *count);
TSIM_API const struct tsim_size_promise *
tsim_schedule_promises(const struct tsim_schedule *schedule, size_t *count);
TSIM_API const struct tsim_schedule_row *
tsim_schedule_rows(const struct tsim_schedule *schedule, size_t *count);

/* Heads of a pool in a slot: asked for at first, needed after the repairs, on the floor. */
enum tsim_schedule_heads { TSIM_HEADS_ASKED, TSIM_HEADS_NEEDED, TSIM_HEADS_ON_FLOOR };
TSIM_API uint32_t tsim_schedule_heads(const struct tsim_schedule *schedule,
                                      enum tsim_schedule_heads which, size_t pool, size_t slot);
/* Whether the run's report intervals hold a slot: outside of them nothing is simulated. */
TSIM_API bool tsim_schedule_open(const struct tsim_schedule *schedule, size_t slot);

/* The settings that make the scenario one with this schedule: for tsim_scenario_vary. */
TSIM_API const char *tsim_schedule_settings(const struct tsim_schedule *schedule);

/* 16 hexadecimal digits: equal for equal studies, seeds and versions, whatever the threads, as long
 * as no time limit decided. */
TSIM_API const char *tsim_schedule_digest(const struct tsim_schedule *schedule);

#ifdef __cplusplus
}
#endif
#endif
