/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/empower.h - what does authority buy?
 *
 * A study with the method "empower" simulates a scenario with several authority limits of one
 * tier, all on the same customers, and says what each limit costs and saves: the cheapest, which
 * others are not shown to be dearer, and from which limit on each promise is kept. Beside it stands
 * the curve without queues: concessions and the work of those who settle them, in closed form.
 */
#ifndef TIERSIM_EMPOWER_H
#define TIERSIM_EMPOWER_H

#include <tiersim/compare.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_empowerment;

/* A limit and what became of it. Means a day; intervals of their own, but for `dearer`. */
struct tsim_limit {
    double               limit;        /* money; INFINITY: without limit                     */
    size_t               point;        /* of the comparison                                  */
    bool                 now;          /* the scenario as it is                              */
    struct tsim_estimate cost;
    struct tsim_estimate dearer;       /* than the cheapest, paired; all of them hold together */
    bool                 flat;         /* not shown to be dearer                             */
    struct tsim_estimate concessions;  /* paid                                               */
    struct tsim_estimate leakage;      /* … that were not needed                             */
    struct tsim_estimate escalated;    /* of visits to the tier, share escalated, whyever    */
    struct tsim_estimate for_authority; /* … for lack of authority                           */
    struct tsim_estimate wait;         /* mean, at the tier                                  */
    struct tsim_estimate breach;       /* share of contacts that missed an SLA target        */
    size_t               kept;         /* promises kept, by the whole interval               */
    double               no_queue;     /* cost a day of concessions and of the work that settles
                                          them, had nobody to queue                          */
};

struct tsim_empowerment_info {
    const char *study, *tier, *currency;
    double      confidence;
    size_t      limits;
    size_t      cheapest;        /* by estimate                                              */
    size_t      flat_first, flat_last; /* limits from … to, around it, none shown to be dearer */
    size_t      no_queue_cheapest; /* of the curve without queues                            */
    size_t      promises;
    bool        no_queue_known;  /* the curve: false where no concessions are drawn          */
    bool        needed;          /* an issue needs concessions; else no limit changes anything */
};

/* Simulates. `options` as of tsim_compare. NULL on errors, which are in `problems`, and when it
 * was interrupted too early. Caller frees. */
TSIM_API struct tsim_empowerment *tsim_empower(const struct tsim_study *study,
                                               const struct tsim_run_options *options,
                                               struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_empowerment_free(struct tsim_empowerment *empowerment);

TSIM_API const struct tsim_empowerment_info *
tsim_empowerment_info(const struct tsim_empowerment *empowerment);

/* In ascending order. */
TSIM_API const struct tsim_limit *
tsim_empowerment_limits(const struct tsim_empowerment *empowerment, size_t *count);

/* The lowest limit from which on a promise of the scenario is kept by all limits; SIZE_MAX when
 * there is none. */
TSIM_API size_t tsim_empowerment_keeps(const struct tsim_empowerment *empowerment,
                                       size_t promise);

/* The limits as points of a comparison, with all their results. */
TSIM_API const struct tsim_comparison *
tsim_empowerment_comparison(const struct tsim_empowerment *empowerment);

#ifdef __cplusplus
}
#endif
#endif
