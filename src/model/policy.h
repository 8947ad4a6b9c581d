/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/policy.h - decisions of policies: what they are shown, and what is made of the answers.
 * Part of transitions.h.
 *
 * Built-in orders and selections are called where the decision is; here is what a user's own policy
 * needs besides. An answer of it that makes no sense is noted in world->fault, something harmless
 * is done instead, and the replication ends with the event in hand.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_POLICY_H
#define MODEL_POLICY_H

static double concession_of(const struct world *world, const struct contact *contact);

/* The view for a decision about a contact. */
TSIM_HOT const struct tsim_policy_view *view_for(struct world *world,
                                                 const struct contact *contact,
                                                 enum decision         decision)
{
    world->view.now_s = world->now_s;
    world->asked = contact;
    world->asked_for = decision;
    if (USES(world->plan->policy))
        world->view.closed = world->closed && world->plan->at_end != END_FOLLOW;
    return &world->view;
}

/* Notes what was wrong with an answer about a contact; the first fault stays. */
__attribute__((format(printf, 3, 4)))
TSIM_RARE void bad_answer(struct world *world, const struct contact *contact, const char *format,
                          ...)
{
    world->done = true;
    if (world->fault[0] != '\0')
        return;
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(world->fault, sizeof world->fault, format, arguments);
    va_end(arguments);
    if (contact && !(contact->flags & FLAG_TASK) && n > 0 && (size_t)n < sizeof world->fault)
        snprintf(world->fault + n, sizeof world->fault - (size_t)n, " for contact %llu",
                 (unsigned long long)contact->number + 1);
}

/* The facts of a contact; `queue`: that it waits in or joins, NONE. */
static void show_contact(const struct world *world, const struct contact *contact, uint32_t queue,
                         struct tsim_policy_contact *shown)
{
    const struct plan       *plan = world->plan;
    const struct plan_class *class = contact->plan->class;
    const bool               is_task = (contact->flags & FLAG_TASK) != 0;
    *shown = (struct tsim_policy_contact){
        .number = is_task ? contact->number - TASK_NUMBER : contact->number,
        .arrived_s = contact->arrived_s,
        .joined_s = contact->since_s,
        .deadline_s = clock_deadline(world, contact),
        .amount = contact->cause == TRIGGER_authority ? concession_of(world, contact) : 0,
        .work_mean_s = plan->work_mean_s ? plan->work_mean_s[contact->plan - plan->visits] : 0,
        .stream = class->stream,
        .channel = class->channel,
        .issue = class->issue,
        .severity = class->severity,
        .segment = class->segment,
        .level = contact->level,
        .tier = contact->tier,
        .queue = queue,
        .hops = contact->hops,
        .attempts = contact->attempts,
        .works = contact->times,
        .trigger = contact->cause == TRIGGERS ? TSIM_POLICY_NONE : contact->cause,
        .responded = (contact->flags & FLAG_RESPONDED) != 0,
        .is_task = is_task,
    };
}

static void open_policy(struct world *world)
{
    const struct plan_policy *policy = world->plan->policy;
    if (policy->table->open)
        policy->table->open(view_for(world, NULL, DECISION_NONE));
}

/* ---- queues */

/* The rank of a contact that joins a queue. */
static inline double rank_of(struct world *world, const struct contact *contact, uint32_t queue,
                             const struct order_kind *order)
{
    struct tsim_policy_contact shown;
    show_contact(world, contact, queue, &shown);
    const double rank = order->rank(view_for(world, contact, DECISION_RANK), &shown);
    if (!isnan(rank))
        return rank;
    bad_answer(world, contact, "\"rank\" gave what is not a number");
    return 0;
}

static uint32_t call_head(const struct world *world, uint32_t queue);

/* The contact that an agent of pool p takes, of those who wait in its queues or, `calls`, beside
 * them to be called; NONE: none. */
TSIM_RARE uint32_t take_by_policy(struct world *world, uint32_t p, bool calls,
                                  const struct plan_server **server)
{
    const struct plan_pool  *pool = &world->plan->pools[p];
    const struct order_kind *order = world->plan->tiers[pool->tier].order;
    uint32_t                 n = 0;
    for (uint32_t i = 0; i < pool->n_queues; i++) {
        const uint32_t q = pool->queues[i].queue;
        double         worth;
        const uint32_t c = calls ? call_head(world, q)
                                 : first_for(world, order, &pool->queues[i], &worth);
        if (c == NONE)
            continue;
        world->firsts[n] = c;
        show_contact(world, &world->contacts[c], q, &world->heads[n]);
        if (order->by_key)
            world->heads[n].rank = world->orders[c].key;
        n++;
    }
    if (n == 0)
        return NONE;
    world->asked_pool = p;
    const uint32_t taken = order->take(view_for(world, NULL, DECISION_TAKE), p, world->heads, n);
    world->takes[p]++;
    if (taken >= n) {
        if (taken != TSIM_POLICY_NONE)
            bad_answer(world, NULL, "\"take\" of pool \"%.80s\" gave %u, with %u heads", pool->name,
                       taken, n);
        return NONE;
    }
    uint32_t i = 0;
    while (pool->queues[i].queue != world->heads[taken].queue)
        i++;
    *server = &pool->queues[i];
    return world->firsts[taken];
}

/* The agent among world->candidates for a contact that has just come; NULL: it waits. */
TSIM_RARE const struct plan_server *choose_by_policy(struct world *world,
                                                     const struct contact    *contact,
                                                     const struct plan_queue *queue)
{
    const struct selection_kind *kind = world->plan->tiers[queue->tier].selection;
    struct tsim_policy_contact   shown;
    show_contact(world, contact, queue->servers[0].queue, &shown);
    const uint32_t chosen = kind->choose(view_for(world, contact, DECISION_CHOOSE), &shown,
                                         world->candidates, queue->n_servers);
    if (chosen < queue->n_servers && world->candidates[chosen].idle > 0)
        return &queue->servers[chosen];
    if (chosen < queue->n_servers)
        bad_answer(world, contact, "\"choose\" gave %u, a pool in which nobody is idle,", chosen);
    else if (chosen != TSIM_POLICY_NONE)
        bad_answer(world, contact, "\"choose\" gave %u, with %u candidates,", chosen,
                   queue->n_servers);
    return NULL;
}

/* ---- where to */

/* The tier at which a contact meets people, `planned` by the scenario. */
TSIM_RARE uint32_t route_by_policy(struct world *world, uint32_t c, uint32_t planned)
{
    const struct plan_policy  *policy = world->plan->policy;
    struct contact            *contact = &world->contacts[c];
    struct tsim_policy_contact shown;
    if (!policy->table->route)
        return planned;
    contact->since_s = world->now_s;
    contact->times = world->times[(size_t)c * world->times_stride + contact->tier];
    show_contact(world, contact, NONE, &shown);
    const uint32_t tier = policy->table->route(view_for(world, contact, DECISION_ROUTE), &shown);
    if (tier < world->plan->n_tiers)
        return tier;
    if (tier != TSIM_POLICY_NONE)
        bad_answer(world, contact, "\"route\" gave tier %u of %u", tier, world->plan->n_tiers);
    return planned;
}

/* Whether a policy says where a contact goes on which work has ended; sets its path, NULL: it is
 * settled. */
TSIM_RARE bool escalate_by_policy(struct world *world, const struct contact *contact,
                                  enum trigger trigger, const struct tsim_policy_outcome *outcome,
                                  const struct plan_path **path)
{
    const struct plan        *plan = world->plan;
    const struct plan_policy *policy = plan->policy;
    const unsigned unsolved = TSIM_SITUATION_NO_SKILL | TSIM_SITUATION_FAILED |
                              TSIM_SITUATION_REFERRED;
    struct tsim_policy_contact shown;
    if (!policy->table->escalate || !policy->rules[contact->tier])
        return false;
    show_contact(world, contact, NONE, &shown);
    const struct tsim_policy_move move = policy->table->escalate(
        view_for(world, contact, DECISION_ESCALATE), &shown, outcome, trigger);
    *path = NULL;
    if (move.step == TSIM_POLICY_TO_TIER && move.index < plan->n_tiers)
        *path = &policy->paths[move.index];
    else if (move.step == TSIM_POLICY_TO_POOL && move.index < plan->n_pools)
        *path = &policy->paths[plan->n_tiers + move.index];
    else if (move.step == TSIM_POLICY_TO_VENDOR && plan->has_vendor)
        *path = &policy->paths[plan->n_tiers + plan->n_pools];
    else if (move.step == TSIM_POLICY_GIVE_UP)
        *path = &policy->paths[plan->n_tiers + plan->n_pools + 1];
    else if (move.step == TSIM_POLICY_SETTLE && !(outcome->situation & unsolved))
        return true;
    else if (move.step != TSIM_POLICY_AS_PLANNED)
        bad_answer(world, contact, "\"escalate\" gave step %u, index %u, which cannot be,",
                   move.step, move.index);
    return *path != NULL;
}

#endif
