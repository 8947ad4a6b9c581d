/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy of our own: overflow after a delay. Contacts first ask the first pool of their tier; the
 * other pools take those who have waited `after` seconds, the longest waiting first.
 *
 *     cc -std=c17 -O2 -shared -fPIC $(pkg-config --cflags tiersim) overflow.c -o overflow.so
 */
#include <tiersim/policy.h>

enum { AFTER };

static const struct tsim_policy_parameter parameters[] = {
    [AFTER] = { .name = "after", .doc = "seconds until other pools take a contact",
                .fallback = 60, .low = 0, .high = 86400 },
};

static bool is_first(const struct tsim_policy_view *view, uint32_t pool)
{
    return pool == view->desk->tiers[view->desk->pools[pool].tier].pool_base;
}

/* The first pool or nobody; then somebody must look again when the time is up. */
static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    (void)contact;
    for (uint32_t i = 0; i < n; i++)
        if (candidates[i].idle > 0 && (is_first(view, candidates[i].pool) || view->closed))
            return i;
    tsim_policy_wake(view, view->now_s + view->desk->parameters[AFTER]);
    return TSIM_POLICY_NONE;
}

static uint32_t take(const struct tsim_policy_view *view, uint32_t pool,
                     const struct tsim_policy_contact *heads, uint32_t n)
{
    uint32_t first = 0;
    for (uint32_t i = 1; i < n; i++)
        if (heads[i].joined_s < heads[first].joined_s)
            first = i;
    const double due_s = heads[first].joined_s + view->desk->parameters[AFTER];
    if (is_first(view, pool) || view->closed || due_s <= view->now_s)
        return first;
    tsim_policy_wake(view, due_s);
    return TSIM_POLICY_NONE;
}

const struct tsim_policy tsim_policy = {
    TSIM_POLICY_HEAD,
    .n_parameters = sizeof parameters / sizeof *parameters,
    .name = "overflow",
    .parameters = parameters,
    .choose = choose,
    .take = take,
};
