/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy of our own: some agents are kept free for urgent contacts.
 *
 * With priorities alone an urgent contact still waits for the first agent to come free when all are
 * busy. Here the others are taken only while more than `reserve` agents are idle, so that an urgent
 * one mostly finds somebody: trunk reservation, or a threshold policy (Gurvich, Armony &
 * Mandelbaum, Management Science 54, 2008). It costs the others some waiting; how much is what to
 * simulate.
 *
 *     cc -std=c17 -O2 -shared -fPIC $(pkg-config --cflags tiersim) reserve.c -o reserve.so
 *     tiersim run reserve.json --allow-plugins
 */
#include <tiersim/policy.h>

enum { RESERVE };

static const struct tsim_policy_parameter parameters[] = {
    [RESERVE] = { .name = "reserve", .doc = "agents kept free for contacts of the highest priority",
                  .fallback = 1, .low = 0, .high = 1000 },
};

/* Whether a contact may have an agent while so many of those who could serve it are idle. */
static bool may_have(const struct tsim_policy_view    *view,
                     const struct tsim_policy_contact *contact, uint32_t idle)
{
    return contact->level == 0 || view->closed || idle > view->desk->parameters[RESERVE];
}

/* A contact has just come: the agent idle longest, or nobody for now. */
static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    uint32_t idle = 0, best = TSIM_POLICY_NONE;
    for (uint32_t i = 0; i < n; i++) {
        idle += candidates[i].idle;
        if (candidates[i].idle > 0 && (best == TSIM_POLICY_NONE ||
                                       candidates[i].idle_since_s < candidates[best].idle_since_s))
            best = i;
    }
    return may_have(view, contact, idle) ? best : TSIM_POLICY_NONE;
}

/* An agent has come free: the most important head that may be taken, the oldest of equals. */
static uint32_t take(const struct tsim_policy_view *view, uint32_t pool,
                     const struct tsim_policy_contact *heads, uint32_t n)
{
    const struct tsim_policy_tier *tier = &view->desk->tiers[view->desk->pools[pool].tier];
    uint32_t                       idle = 1, best = TSIM_POLICY_NONE; /* this one is idle, too */
    for (uint32_t p = tier->pool_base; p < tier->pool_base + tier->n_pools; p++)
        idle += tsim_policy_idle(view, p);
    for (uint32_t i = 0; i < n; i++) {
        if (!may_have(view, &heads[i], idle))
            continue;
        if (best == TSIM_POLICY_NONE || heads[i].level < heads[best].level ||
            (heads[i].level == heads[best].level && heads[i].number < heads[best].number))
            best = i;
    }
    return best;
}

const struct tsim_policy tsim_policy = {
    TSIM_POLICY_HEAD,
    .n_parameters = sizeof parameters / sizeof *parameters,
    .name = "reserve",
    .parameters = parameters,
    .choose = choose,
    .take = take,
};
