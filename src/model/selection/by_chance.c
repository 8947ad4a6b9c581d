/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

/* Whether a pool may be drawn: somebody idles, and none that has a lower preference. */
static bool may_be(const struct tsim_policy_candidate *candidate, uint32_t least)
{
    return candidate->idle > 0 && candidate->preference == least;
}

static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    (void)contact;
    uint32_t least = UINT32_MAX, last = UINT32_MAX;
    double   left = 0;
    for (uint32_t i = 0; i < n; i++)
        if (candidates[i].idle > 0 && candidates[i].preference < least)
            least = candidates[i].preference;
    for (uint32_t i = 0; i < n; i++)
        left += may_be(&candidates[i], least) ? candidates[i].weight : 0;
    left *= tsim_policy_unit(view, 0);
    for (uint32_t i = 0; i < n; i++) {
        if (!may_be(&candidates[i], least))
            continue;
        last = i;
        left -= candidates[i].weight;
        if (left < 0)
            break;
    }
    return last;
}

const struct selection_kind selection_by_chance = {
    .kind = {
        .name = "by_chance",
        .summary = "The pool with the lowest preference for the skill; among equals one drawn by "
                   "chance in the ratio of their pool_weights, however many idle in each: shares "
                   "of sites or of partners.",
        .example = "\"by_chance\"",
        .shape = &empty_shape,
    },
    .by_facts = true,
    .choose = choose,
};
