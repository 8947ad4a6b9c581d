/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/stress.h - what if it goes wrong?
 *
 * A study with the method "stress" simulates a scenario as it is and under stresses, all on the
 * same customers: demand that rises, an hour without a pool, agents who are absent, a vendor who
 * takes longer, and variants of one's own. It says which promise breaks, at about which rise of
 * demand first, and looks for the smallest number of added agents that keeps every promise again.
 */
#ifndef TIERSIM_STRESS_H
#define TIERSIM_STRESS_H

#include <tiersim/compare.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_stress;

/* Whether agents were looked for that keep every promise under a stress. */
enum tsim_healing {
    TSIM_HEAL_NOT_NEEDED,  /* no promise is broken or too close                            */
    TSIM_HEAL_NOT_TRIED,   /* not asked for, or interrupted                                */
    TSIM_HEAL_FOUND,
    TSIM_HEAL_NONE,        /* agents do not do it, or more than the most allowed would     */
};

/* The scenario under one stress. */
struct tsim_stressed {
    const char       *name, *settings; /* settings "": as it is                             */
    size_t            point;    /* of the comparison                                       */
    double            demand;   /* share by which all demand rises; 0: another stress      */
    size_t            kept, broken; /* promises, by the whole interval                      */
    enum tsim_healing healing;
    uint32_t          added;    /* agents that heal it                                     */
    const char       *heal;     /* "2 more in front (L1)"; ""                              */
    const char       *heal_settings; /* on top of the stress; ""                            */
    double            heal_cost; /* what the healed desk costs a day more than under the stress
                                    alone                                                  */
};

struct tsim_stress_info {
    const char *study, *currency;
    double      confidence;
    size_t      stresses;     /* the first is none: the scenario as it is                  */
    size_t      promises;
    size_t      first;        /* promise that breaks first when demand rises; SIZE_MAX: none */
    uint64_t    tried;        /* staffings simulated to heal                               */
    bool        complete;     /* false: interrupted                                        */
};

/* Simulates. `options` as of tsim_compare. NULL on errors, which are in `problems`, and when it
 * was interrupted too early. Caller frees. */
TSIM_API struct tsim_stress *tsim_stress_test(const struct tsim_study *study,
                                              const struct tsim_run_options *options,
                                              struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_stress_free(struct tsim_stress *stress);

TSIM_API const struct tsim_stress_info *tsim_stress_info(const struct tsim_stress *stress);

TSIM_API const struct tsim_stressed *tsim_stress_list(const struct tsim_stress *stress,
                                                      size_t *count);

/* A promise of the scenario under a stress; NULL: that scenario does not make it. */
TSIM_API const struct tsim_promise *tsim_stress_promise(const struct tsim_stress *stress,
                                                        size_t stressed, size_t promise);

/* The rise of demand, as a share, at which a promise breaks by estimate: between the rises tried, a
 * straight line. 0: broken as it is; NAN: by none of them. */
TSIM_API double tsim_stress_breaks_at(const struct tsim_stress *stress, size_t promise);

/* The stresses as points of a comparison, with all their results. */
TSIM_API const struct tsim_comparison *tsim_stress_comparison(const struct tsim_stress *stress);

#ifdef __cplusplus
}
#endif
#endif
