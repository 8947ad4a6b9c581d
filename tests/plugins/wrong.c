/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy that gives answers that make no sense; the parameter "fault" says which. 0: none, and
 * all its hooks do what is legal but odd: they count in their memory, hold agents back, send
 * contacts back and forth, and let work be settled. */
#include <math.h>
#include <tiersim/policy.h>

enum { RANK = 1, CHOOSE_FAR, CHOOSE_BUSY, TAKE, ROUTE, TO_TIER, TO_POOL, TO_VENDOR, SETTLE, STEP,
       WAKE };

static const struct tsim_policy_parameter parameters[] = {
    { .name = "fault", .doc = "which answer is wrong", .fallback = 0, .low = 0, .high = 99 },
};

static bool is(const struct tsim_policy_view *view, int fault)
{
    return (int)view->desk->parameters[0] == fault;
}

static size_t memory(const struct tsim_policy_desk *desk)
{
    return (desk->n_pools + 1) * sizeof(uint64_t);
}

/* The number of times that it was asked, in this replication. */
static uint64_t count(const struct tsim_policy_view *view, uint32_t pool)
{
    uint64_t *counts = (uint64_t *)view->memory;
    return ++counts[pool];
}

static void begin(const struct tsim_policy_view *view)
{
    uint64_t *counts = (uint64_t *)view->memory;
    for (uint32_t p = 0; p <= view->desk->n_pools; p++)
        counts[p] = counts[p] * 2 + p; /* zero before */
}

static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    if (is(view, RANK))
        return (double)NAN;
    return tsim_policy_unit(view, 1) + (double)(contact->hops % 2);
}

static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    uint32_t idle = 0;
    if (is(view, CHOOSE_FAR))
        return n;
    for (uint32_t i = 0; i < n; i++) {
        if (candidates[i].idle == 0 && is(view, CHOOSE_BUSY))
            return i;
        if (candidates[i].idle > 0)
            idle = i;
    }
    return count(view, candidates[idle].pool) % 5 == 4 && contact->hops == 0 ? TSIM_POLICY_NONE
                                                                             : idle;
}

static uint32_t take(const struct tsim_policy_view *view, uint32_t pool,
                     const struct tsim_policy_contact *heads, uint32_t n)
{
    (void)heads;
    if (is(view, TAKE))
        return n + 7;
    if (is(view, WAKE))
        tsim_policy_wake(view, view->now_s - 1);
    if (count(view, pool) % 7 == 6 && !view->closed) {
        tsim_policy_wake(view, view->now_s + 20 * tsim_policy_unit(view, 3));
        return TSIM_POLICY_NONE;
    }
    return (uint32_t)(tsim_policy_unit(view, 2) * n);
}

static uint32_t route(const struct tsim_policy_view    *view,
                      const struct tsim_policy_contact *contact)
{
    if (is(view, ROUTE))
        return 99;
    return contact->number % 4 == 0 ? view->desk->n_tiers - 1 : TSIM_POLICY_NONE;
}

static struct tsim_policy_move escalate(const struct tsim_policy_view    *view,
                                        const struct tsim_policy_contact *contact,
                                        const struct tsim_policy_outcome *outcome,
                                        uint32_t                          trigger)
{
    static const uint32_t steps[] = {
        [TO_TIER] = TSIM_POLICY_TO_TIER, [TO_POOL] = TSIM_POLICY_TO_POOL,
        [TO_VENDOR] = TSIM_POLICY_TO_VENDOR, [SETTLE] = TSIM_POLICY_SETTLE, [STEP] = 77,
    };
    const int      fault = (int)view->desk->parameters[0];
    const uint32_t authority =
        tsim_policy_find(view->desk->triggers, view->desk->n_triggers, "authority");
    if (fault >= TO_TIER && fault <= STEP &&
        (fault != SETTLE || (outcome->situation & TSIM_SITUATION_FAILED)))
        return (struct tsim_policy_move){ steps[fault], 99 };
    if (trigger == authority && outcome->concession > outcome->authority &&
        contact->number % 2 == 0)
        return (struct tsim_policy_move){ TSIM_POLICY_SETTLE, 0 };
    if (contact->hops > 5)
        return (struct tsim_policy_move){ TSIM_POLICY_GIVE_UP, 0 };
    if (contact->number % 3 == 0)
        return (struct tsim_policy_move){ TSIM_POLICY_TO_POOL,
                                          (outcome->pool + 1) % view->desk->n_pools };
    if (contact->number % 3 == 1)
        return (struct tsim_policy_move){ TSIM_POLICY_TO_TIER,
                                          contact->hops % view->desk->n_tiers };
    return (struct tsim_policy_move){ TSIM_POLICY_AS_PLANNED, 0 };
}

const struct tsim_policy tsim_policy = {
    TSIM_POLICY_HEAD,
    .n_parameters = 1,
    .name = "wrong",
    .parameters = parameters,
    .memory = memory,
    .open = begin,
    .rank = rank,
    .choose = choose,
    .take = take,
    .route = route,
    .escalate = escalate,
};
