/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents with several contacts in hand, and with a pace of their own. An agent with k places is k
 * agents of the plan, one after another. */
#include <math.h>

#include "support/naive/desk.h"

static const struct plan_pool *pool_of(const struct desk *desk, uint32_t a)
{
    return &desk->plan->pools[desk->agents[a].pool];
}

/* Which agent of the pool, from 0. */
static uint32_t person_of(const struct desk *desk, uint32_t a)
{
    return (a - pool_of(desk, a)->agent_base) / pool_of(desk, a)->slots;
}

static bool is_same_person(const struct desk *desk, uint32_t a, uint32_t b)
{
    return desk->agents[a].pool == desk->agents[b].pool &&
           person_of(desk, a) == person_of(desk, b);
}

/* Contacts that the agent works on, besides one; of agents with one place nobody asks. */
static uint32_t count_in_hand(const struct desk *desk, uint32_t a, uint32_t besides)
{
    uint32_t n = 0;
    for (uint32_t c = 0; pool_of(desk, a)->slots > 1 && c < desk->n_contacts; c++)
        n += c != besides && desk->contacts[c].in_hand &&
             is_same_person(desk, desk->contacts[c].agent, a);
    return n;
}

uint32_t who_takes_it(const struct desk *desk, uint32_t pool)
{
    uint32_t best = NONE, least = 0;
    for (uint32_t a = 0; a < desk->plan->n_agents; a++) {
        if (desk->agents[a].pool != pool || desk->agents[a].is != IS_IDLE)
            continue;
        const uint32_t n = count_in_hand(desk, a, NONE);
        if (best == NONE || n < least ||
            (n == least && desk->agents[a].turn < desk->agents[best].turn)) {
            best = a;
            least = n;
        }
    }
    return best;
}

static void stretch_others(struct desk *desk, uint32_t c, uint32_t from, uint32_t to)
{
    const uint32_t  a = desk->contacts[c].agent;
    const double   *slow_down = pool_of(desk, a)->slow_down;
    if (from == 0 || to == 0 || slow_down[from - 1] == slow_down[to - 1])
        return;
    for (uint32_t i = 0; i < desk->n_contacts; i++) {
        struct naive_contact *other = &desk->contacts[i];
        if (i == c || !other->in_hand || !is_same_person(desk, other->agent, a))
            continue;
        const double left_s = (other->ends_s - desk->now_s) / slow_down[from - 1];
        other->ends_s = desk->now_s + left_s * slow_down[to - 1];
        happens_not(desk, HAPPENS_WORK_END, i);
        happens_at(desk, other->ends_s, MOMENT_WORK, i, HAPPENS_WORK_END, i);
    }
}

void take_in_hand(struct desk *desk, uint32_t c, double work_s)
{
    struct naive_contact   *contact = &desk->contacts[c];
    const struct plan_pool *pool = pool_of(desk, contact->agent);
    contact->began_s = desk->now_s;
    contact->work_s = work_s;
    if (pool->slots > 1) {
        const uint32_t n = count_in_hand(desk, contact->agent, c);
        stretch_others(desk, c, n, n + 1);
        work_s *= pool->slow_down[n];
    }
    contact->in_hand = true;
    contact->ends_s = desk->now_s + work_s;
    happens_at(desk, contact->ends_s, MOMENT_WORK, c, HAPPENS_WORK_END, c);
}

double put_out_of_hand(struct desk *desk, uint32_t c)
{
    struct naive_contact   *contact = &desk->contacts[c];
    const struct plan_pool *pool = pool_of(desk, contact->agent);
    const double            left_s = contact->ends_s - desk->now_s;
    contact->in_hand = false;
    happens_not(desk, HAPPENS_WORK_END, c);
    if (pool->slots == 1)
        return left_s;
    const uint32_t n = count_in_hand(desk, contact->agent, c);
    stretch_others(desk, c, n + 1, n);
    return left_s / pool->slow_down[n];
}

/* ---- pace */

/* The first of the places of who has place `a`. */
static struct naive_agent *first_of(struct desk *desk, uint32_t a)
{
    const struct plan_pool *pool = pool_of(desk, a);
    return &desk->agents[pool->agent_base + person_of(desk, a) * pool->slots];
}

/* The curve at a time since the first day: from its end backwards. */
static double tenure_factor(const struct plan_pool *pool, double since_s)
{
    for (uint32_t i = pool->n_tenure; i-- > 0;) {
        if (since_s < pool->tenure_s[i])
            continue;
        if (i + 1 == pool->n_tenure)
            return pool->tenure_factor[i];
        const double part =
            (since_s - pool->tenure_s[i]) / (pool->tenure_s[i + 1] - pool->tenure_s[i]);
        return pool->tenure_factor[i] +
               part * (pool->tenure_factor[i + 1] - pool->tenure_factor[i]);
    }
    return pool->tenure_factor[0];
}

double pace_of(struct desk *desk, uint32_t a)
{
    const struct plan_pool *pool = pool_of(desk, a);
    double                  pace = 1;
    if (pool->individual) {
        struct rng rng = rng_at(desk->key, pool->individual_purpose, person_of(desk, a), 0);
        pace = fmax(1e-3, dist_draw(pool->individual, &rng));
    }
    if (pool->n_tenure > 0)
        pace *= tenure_factor(pool, desk->now_s - pool->started_s);
    if (pool->practice < 0) {
        const double before = pool->practised + 1, done = first_of(desk, a)->contacts_begun;
        pace *= fmax(pool->practice_least, exact_pow((before + done) / before, pool->practice));
    }
    return pace;
}

void practise(struct desk *desk, uint32_t a)
{
    first_of(desk, a)->contacts_begun++;
}
