/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/schedule.h - the inside of a schedule. Private to schedule*.c.
 *
 * The period is a day where the report cycle is no longer than that, else a week from Monday; its
 * slots are as long as all times of intervals, shifts and breaks are multiples of. Promises, and
 * whether they are kept, are those of a sizing (experiment/size.h): the schedule is a candidate of
 * it whose agents follow from shifts.
 */
#ifndef EXPERIMENT_SCHEDULE_H
#define EXPERIMENT_SCHEDULE_H

#include <tiersim/schedule.h>

#include "experiment/roster.h"
#include "experiment/size.h"
#include "experiment/study.h"

/* A pool that is to be scheduled. */
struct scheduled {
    bool                       any;    /* somebody is needed                                */
    bool                       money;
    uint32_t                  *asked, *need; /* [slot]                                      */
    struct roster_kind        *kinds;
    const struct shift_given **of;     /* [kind] the shift it is                            */
    double                    *paid_h; /* [kind] of a shift                                 */
    uint32_t                   n_kinds;
    struct arena               arena;  /* of the roster, anew in each round                  */
    struct roster              roster;
};

/* What was seen of tiers by interval, added up over replications. */
enum { SEEN_IN_TIME, SEEN_COUNTED, SEEN_QUEUED, SEEN_BUSY, SEEN_STAFFED, SEEN_MANY };

struct scheduler {
    const struct tsim_study      *study;
    const struct schedule_given  *given;
    const struct plan            *plan;
    struct sizer                  sizer; /* claims, options, problems                        */
    struct arena                  arena; /* of all but the rosters; becomes the result's     */
    uint32_t                      days, slot_minutes, day_slots, slots, interval_slots;
    uint32_t                     *interval_of; /* [slot]; NONE: outside of the run           */
    struct scheduled             *pools;       /* [pool]                                     */
    struct size_candidate         tried;       /* the last schedule                          */
    double                       *seen;        /* [tier][interval][SEEN_MANY], of the last   */
    double                       *busy;        /* [pool][2]: busy, staffed                   */
    uint32_t                      rounds;
    uint32_t                      trims, trim_tries; /* changes made at last, and tried      */
    double                        untrimmed_cost;    /* before them                          */
    double                        solve_s;
    enum tsim_schedule_end        end;
};

static inline double schedule_slot_h(const struct scheduler *scheduler)
{
    return scheduler->slot_minutes / 60.0;
}

/* ---- schedule_needs.c: slots, what is needed in them, and kinds of shift for the programs */

bool schedule_slots(struct scheduler *scheduler);
bool schedule_needs(struct scheduler *scheduler);
bool schedule_kinds(struct scheduler *scheduler);

/* ---- schedule_solve.c */

/* A roster for each pool. False, reported, when there is none. */
bool schedule_solve(struct scheduler *scheduler);
/* Agents by the rosters, and the shrinkage with which their wages are right. NULL: no memory. */
char *schedule_settings(const struct scheduler *scheduler, struct arena *arena);
double schedule_shift_hours(const struct scheduled *pool); /* paid by its roster            */
double schedule_shrinkage(const struct scheduler *scheduler, uint32_t pool);

/* ---- schedule_repair.c */

/* Simulates the schedule; and as long as promises break, asks for more and solves again; then trims
 * it. False when that failed. */
bool schedule_repair(struct scheduler *scheduler);
/* Simulates the schedule up to replication `until` of a sample; what was seen is added. */
bool schedule_simulate(struct scheduler *scheduler, enum size_sample sample, uint32_t until);
void schedule_forget(struct scheduler *scheduler); /* what was seen so far */
/* Whether the schedule keeps its promises: on the search's customers first, then on others. */
bool schedule_try(struct scheduler *scheduler, enum size_sample *sample, bool *kept);

/* ---- schedule_trim.c */

/* Takes away people whom the promises of a schedule that keeps them do not need. False when that
 * failed. */
bool schedule_trim(struct scheduler *scheduler);

static inline struct tsim_problems *schedule_problems(const struct scheduler *scheduler)
{
    return scheduler->sizer.problems;
}

#endif
