/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/levers.h - the cheapest way to run a desk, staffing included.
 *
 * A lever is a setting of the scenario with several values, such as the authority of a pool; every
 * combination of values is sized by itself (tiersim/size.h), and the one with which the desk costs
 * least in all is named. Those whose lower bound is above what another one costs are dropped before
 * they are searched.
 */
#ifndef TIERSIM_LEVERS_H
#define TIERSIM_LEVERS_H

#include <tiersim/size.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_levers;

enum tsim_lever_end {
    TSIM_LEVER_SIZED,      /* with the cheapest staffing found that keeps every promise     */
    TSIM_LEVER_DROPPED,    /* its agents alone cost more than another one in all            */
    TSIM_LEVER_INFEASIBLE, /* no staffing keeps every promise, or none was verified         */
};

/* A combination of values. */
struct tsim_lever {
    const char              *settings; /* as for tsim_scenario_vary, without the staffing   */
    const char              *name;     /* the same, paths cut where that is clear           */
    enum tsim_lever_end      end;
    const struct tsim_sizing *sizing;
    double                   cost;     /* what is compared: the desk's whole cost a day; agent
                                          hours where a pool has no wage                    */
    struct tsim_estimate     dearer;   /* than the best, on the same customers              */
};

/* `levers`: "PATH=VALUE,VALUE,…; PATH=VALUE,…", at most 64 combinations. Else as tsim_size. NULL
 * on errors. Caller frees. */
TSIM_API struct tsim_levers *tsim_size_levers(const struct tsim_scenario *scenario,
                                              const char *levers,
                                              const struct tsim_size_options *options,
                                              const struct tsim_run_options *run,
                                              struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_levers_free(struct tsim_levers *levers);

/* In the order of their values, the last lever turning fastest. */
TSIM_API const struct tsim_lever *tsim_levers_all(const struct tsim_levers *levers,
                                                  size_t *count);
/* The number of the best; SIZE_MAX: none keeps every promise. */
TSIM_API size_t tsim_levers_best(const struct tsim_levers *levers);
/* False: it was interrupted or out of time; then there are only those that were done. */
TSIM_API bool   tsim_levers_complete(const struct tsim_levers *levers);

#ifdef __cplusplus
}
#endif
#endif
