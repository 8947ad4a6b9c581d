/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes of queues whose order depends on how long who has waited, and rules of who serves whom. */
#include <math.h>
#include <string.h>

#include "model/plan_impl.h"

#define LANES_MOST 64 /* bits of struct queue_state */

/* ---- lanes */

static double weight_for(const struct compiler *compiler, const struct order_given *given,
                         const struct plan_class *class)
{
    const struct weight_given *rows = given->rows.at;
    for (uint32_t i = 0; i < given->rows.n; i++) {
        const struct conditions of = { &rows[i].severity, &rows[i].segment, &rows[i].channel,
                                       &rows[i].issue };
        if (conditions_hold(compiler, &of, class))
            return rows[i].weight;
    }
    return given->weight;
}

static double value_of(const struct compiler *compiler, const struct plan_class *class)
{
    const struct segment_given *segments = compiler->given->segments.at;
    return compiler->given->segments.n ? segments[class->segment].value : 0;
}

/* The lane of a class whose priority is `priority`; what the order does not look at is 0. */
static struct order_lane lane_for(const struct compiler *compiler, const struct choice *order,
                                  const struct plan_class *class,
                                  const struct plan_visit *visit, double priority)
{
    const unsigned    looks = order_of(order)->looks_at;
    struct order_lane lane = { 0 };
    if (looks & LOOKS_AT_PRIORITY)
        lane.priority = priority;
    if (looks & LOOKS_AT_WEIGHT) {
        const struct order_given *given = order->given;
        lane.weight = weight_for(compiler, given, class);
        lane.power = given->power;
    }
    if (looks & LOOKS_AT_VALUE)
        lane.weight = value_of(compiler, class);
    if (looks & LOOKS_AT_WORK) {
        lane.handling_s = dist_mean(visit->handling);
        lane.wrap_up_s = visit->wrap_up ? dist_mean(visit->wrap_up) : 0;
    }
    if (looks & LOOKS_AT_SUCCESS) {
        lane.resolves = visit->resolves;
        lane.triage = visit->triage;
    }
    return lane;
}

static bool same_lane(const struct order_lane *a, const struct order_lane *b)
{
    return a->priority == b->priority && a->weight == b->weight && a->power == b->power &&
           a->handling_s == b->handling_s && a->wrap_up_s == b->wrap_up_s &&
           a->resolves == b->resolves && a->triage == b->triage;
}

/* Number of a lane, which is added if there is none like it; as many as may be when all are
 * taken. */
static uint32_t lane_number(struct order_lane *lanes, uint32_t *n, struct order_lane lane)
{
    for (uint32_t i = 0; i < *n; i++)
        if (same_lane(&lanes[i], &lane))
            return i;
    if (*n == LANES_MOST)
        return LANES_MOST;
    lanes[*n] = lane;
    return (*n)++;
}

static bool raises_priority(const struct compiler *compiler)
{
    const struct escalation_given *rules = compiler->given->escalation.at;
    for (uint32_t i = 0; i < compiler->given->escalation.n; i++)
        if (rules[i].raise_priority > 0)
            return true;
    return false;
}

/* The priority of each level. */
static double *level_priorities(struct compiler *compiler)
{
    const struct plan *plan = compiler->plan;
    double            *priorities = TAKE(compiler, plan->n_levels, double);
    for (uint32_t c = 0; priorities && c < plan->n_classes; c++)
        priorities[plan->classes[c].level] = plan->classes[c].priority;
    return priorities;
}

static void check_weights(struct compiler *compiler, const struct order_given *given)
{
    const struct weight_given *rows = given->rows.at;
    for (uint32_t i = 0; i < given->rows.n; i++) {
        const struct conditions of = { &rows[i].severity, &rows[i].segment, &rows[i].channel,
                                       &rows[i].issue };
        check_conditions(compiler, &of);
    }
}

static void compile_lanes(struct compiler *compiler, struct plan_tier *tier, uint32_t t)
{
    const struct plan       *plan = compiler->plan;
    const struct tier_given *given = (const struct tier_given *)compiler->given->tiers.at + t;
    const struct choice     *order = &given->queue.order;
    struct order_lane       *lanes = TAKE(compiler, LANES_MOST, struct order_lane);
    uint8_t *lane_of = TAKE(compiler, (size_t)plan->n_classes * plan->n_levels, uint8_t);
    const double *priorities = level_priorities(compiler);
    const bool    raises = raises_priority(compiler);
    if (tier->order->looks_at & LOOKS_AT_WEIGHT)
        check_weights(compiler, order->given);
    if (!compiler->good)
        return;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_visit *visit = &plan->visits[(size_t)c * plan->n_tiers + t];
        const uint32_t           own = plan->classes[c].level;
        for (uint32_t level = raises ? 0 : own; level <= own; level++) {
            const uint32_t lane =
                lane_number(lanes, &tier->n_lanes,
                            lane_for(compiler, order, &plan->classes[c], visit, priorities[level]));
            if (lane == LANES_MOST) {
                compiler->good = problem_at_key(
                    compiler->reader->problems, TSIM_PROBLEM_LIMIT, order->at, NULL, NULL,
                    "let issue types share handling times, or give fewer weights",
                    "more than %d kinds of contacts that wait apart in tier \"%s\"", LANES_MOST,
                    given->name);
                return;
            }
            lane_of[(size_t)c * plan->n_levels + level] = (uint8_t)lane;
        }
    }
    tier->lanes = lanes;
    tier->lane_of = lane_of;
    tier->simple = false;
}

/* ---- rules of who serves whom */

static uint32_t queue_named(struct compiler *compiler, uint32_t t, const char *skill,
                            const struct json *at)
{
    const uint32_t s = find_name(compiler, &compiler->skills, skill, at);
    if (s == NONE)
        return NONE;
    const uint32_t queue = compiler->skill_queue[(size_t)t * compiler->skills.n + s];
    if (queue == NONE)
        compiler->good = problem_at_key(compiler->reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                                        NULL, NULL, "nobody in this tier has the skill \"%s\"",
                                        skill);
    return queue;
}

static struct plan_condition condition_of(struct compiler *compiler, uint32_t t,
                                          const struct route_condition_given *given)
{
    struct plan_condition condition = { .at_least = given->at_least, .at_most = given->at_most };
    if (given->idle) {
        condition.subject = ROUTE_IDLE;
        condition.pools = 1;
        for (uint32_t i = 0; i < compiler->teams.n; i++)
            if (strcmp(compiler->teams.at[i], given->idle) == 0) {
                condition.index = compiler->team_base[i];
                condition.pools = compiler->team_pools[i];
                return condition;
            }
        condition.index = find_name(compiler, &compiler->pools, given->idle,
                                    json_member(given->at, "idle"));
        return condition;
    }
    condition.subject = given->waiting ? ROUTE_WAITING : ROUTE_EXPECTED_WAIT;
    condition.index = queue_named(compiler, t, given->waiting ? given->waiting
                                                              : given->expected_wait,
                                  json_member(given->at, given->waiting ? "waiting"
                                                                        : "expected_wait"));
    compiler->plan->expects |= !given->waiting;
    return condition;
}

const struct plan_gate *make_gate(struct compiler *compiler, uint32_t tier, double after_s,
                                  uint32_t reserve, const struct list *only_if)
{
    const struct route_condition_given *given = only_if->at;
    if (after_s <= 0 && reserve == 0 && only_if->n == 0)
        return NULL;
    struct plan_gate      *gate = TAKE(compiler, 1, struct plan_gate);
    struct plan_condition *conditions = TAKE(compiler, only_if->n, struct plan_condition);
    if (!gate || !conditions)
        return NULL;
    for (uint32_t i = 0; i < only_if->n; i++)
        conditions[i] = condition_of(compiler, tier, &given[i]);
    *gate = (struct plan_gate){ after_s, reserve, only_if->n, conditions };
    compiler->plan->gated = true;
    compiler->plan->staged |= after_s > 0;
    return gate;
}

/* Servers with a gate between a pool and a queue. */
static const struct plan_server *with_gate(struct compiler *compiler,
                                           const struct plan_server *servers, uint32_t n,
                                           uint32_t pool, uint32_t queue,
                                           const struct plan_gate *gate)
{
    struct plan_server *copy = TAKE(compiler, n, struct plan_server);
    if (!copy)
        return servers;
    memcpy(copy, servers, n * sizeof *copy);
    for (uint32_t i = 0; i < n; i++)
        if (copy[i].pool == pool && copy[i].queue == queue)
            copy[i].gate = gate;
    return copy;
}

static void put_gate(struct compiler *compiler, struct plan_queue *queues,
                     struct plan_pool *pools, uint32_t pool, uint32_t queue,
                     const struct plan_gate *gate)
{
    queues[queue].servers = with_gate(compiler, queues[queue].servers, queues[queue].n_servers,
                                      pool, queue, gate);
    pools[pool].queues = with_gate(compiler, pools[pool].queues, pools[pool].n_queues, pool, queue,
                                   gate);
}

static void compile_gates(struct compiler *compiler, struct plan_tier *tier, uint32_t t,
                          struct plan_queue *queues, struct plan_pool *of_pools)
{
    const struct tier_given *given = (const struct tier_given *)compiler->given->tiers.at + t;
    const struct pool_given *pools = given->pools.at;
    for (uint32_t p = 0; p < given->pools.n; p++) {
        const struct skill_given *skills = pools[p].skills.at;
        for (uint32_t i = 0; i < pools[p].skills.n; i++) {
            const struct plan_gate *gate = make_gate(compiler, t, skills[i].after_s,
                                                     skills[i].reserve, &skills[i].only_if);
            uint32_t                s = 0;
            while (s < compiler->skills.n && strcmp(compiler->skills.at[s], skills[i].skill) != 0)
                s++;
            if (!gate || s == compiler->skills.n)
                continue; /* no contact needs it */
            const uint32_t queue = compiler->skill_queue[(size_t)t * compiler->skills.n + s];
            put_gate(compiler, queues, of_pools, tier->pool_base + p, queue, gate);
            for (uint32_t k = 0; queues[queue].own && k < queues[queue].n_servers; k++)
                put_gate(compiler, queues, of_pools, tier->pool_base + p, queues[queue].own + k,
                         gate);
            tier->gated = true;
            tier->simple = false;
        }
    }
}

/* ---- what orders and rules ask for */

/* Mean work of every visit, in seconds of handling and in microseconds with wrap-up. */
static void compile_means(struct compiler *compiler)
{
    struct plan  *plan = compiler->plan;
    const size_t  n = (size_t)plan->n_classes * plan->n_tiers;
    double       *means = TAKE(compiler, n, double);
    uint64_t     *work_us = TAKE(compiler, n, uint64_t);
    for (size_t i = 0; compiler->good && i < n; i++) {
        const struct plan_visit *visit = &plan->visits[i];
        means[i] = dist_mean(visit->handling);
        const double work_s = means[i] + (visit->wrap_up ? dist_mean(visit->wrap_up) : 0);
        work_us[i] = (uint64_t)(fmin(work_s, LIMIT_HORIZON_S) * 1e6 + 0.5);
    }
    plan->work_mean_s = means;
    plan->work_us = work_us;
}

/* Work may be interrupted, whatever shifts say. */
static void allow_interruption(struct compiler *compiler)
{
    compiler->plan->preempts = compiler->plan->interrupts = compiler->plan->stories = true;
    compiler->plan->patience_again = rng_purpose("after an interruption");
}

/* A ratio of a queue that the pool has not. */
static void refuse_ratio(struct compiler *compiler, uint32_t t)
{
    const struct tier_given *given = (const struct tier_given *)compiler->given->tiers.at + t;
    const struct pool_given *pools = given->pools.at;
    for (uint32_t p = 0; p < given->pools.n; p++)
        if (pools[p].queue_ratio > 0)
            compiler->good = problem_at_key(
                compiler->reader->problems, TSIM_PROBLEM_INPUT,
                json_member(pools[p].at, "queue_ratio"),
                "\"waits_for\": \"shortest_queue\" in the tier's queue", NULL, NULL,
                "nobody waits for %s alone", pools[p].name);
}

void compile_routing(struct compiler *compiler)
{
    struct plan       *plan = compiler->plan;
    struct plan_tier  *tiers;
    struct plan_queue *queues;
    struct plan_pool  *pools;
    if (!copy_people(compiler, &tiers, &queues, &pools))
        return;
    plan->n_lists = plan->n_levels;
    bool asks = compiler->policy != NULL;
    for (uint32_t t = 0; t < plan->n_tiers && compiler->good; t++) {
        asks |= tiers[t].order->by_key;
        if (tiers[t].order->worth)
            compile_lanes(compiler, &tiers[t], t);
        if (tiers[t].n_lanes > plan->n_lists)
            plan->n_lists = tiers[t].n_lanes;
        plan->routed |= tiers[t].order->worth || tiers[t].selection->by_facts;
        compile_gates(compiler, &tiers[t], t, queues, pools);
        if (tiers[t].waits_for == WAITS_FOR_SHORTEST_WAIT)
            plan->expects = plan->gated = true;
        tiers[t].simple = tiers[t].simple && !tiers[t].preempts;
        if (tiers[t].preempts)
            allow_interruption(compiler);
        if (tiers[t].rationed && tiers[t].waits_for != WAITS_FOR_SHORTEST_QUEUE)
            refuse_ratio(compiler, t);
        tiers[t].narrows = tiers[t].rationed || tiers[t].waits_for == WAITS_FOR_LAST_WAIT;
        plan->last_waits |= tiers[t].waits_for == WAITS_FOR_LAST_WAIT;
    }
    plan->tiers = tiers;
    plan->queues = queues;
    plan->pools = pools;
    if (compiler->good)
        compile_helps(compiler);
    if (compiler->good && (asks || plan->expects))
        compile_means(compiler);
}
