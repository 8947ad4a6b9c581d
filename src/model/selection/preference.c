/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

/* Whether one pool with somebody idle is taken before another. */
static bool is_better(const struct tsim_policy_candidate *a, const struct tsim_policy_candidate *b,
                      double now_s)
{
    if (a->preference != b->preference)
        return a->preference < b->preference;
    const double a_idle_s = a->weight * (now_s - a->idle_since_s);
    const double b_idle_s = b->weight * (now_s - b->idle_since_s);
    if (a_idle_s != b_idle_s)
        return a_idle_s > b_idle_s;
    return a->idle_since_s < b->idle_since_s;
}

static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    (void)contact;
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++)
        if (candidates[i].idle > 0 &&
            (best == UINT32_MAX || is_better(&candidates[i], &candidates[best], view->now_s)))
            best = i;
    return best;
}

const struct selection_kind selection_preference = {
    .kind = {
        .name = "preference",
        .summary = "The pool with the lowest preference for the skill; among equals whose agent "
                   "has been idle longest, times the pool_weight.",
        .example = "\"preference\"",
        .shape = &empty_shape,
    },
    .by_facts = true,
    .choose = choose,
};
