/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A user's own policy: what it is shown of the desk, and its place among queue orders, agent
 * selections and paths. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/plan_impl.h"

/* ---- the desk as a policy sees it */

static const char **stream_names(struct compiler *compiler)
{
    const char **names = TAKE(compiler, compiler->plan->n_streams, const char *);
    for (uint32_t i = 0; names && i < compiler->plan->n_streams; i++)
        names[i] = compiler->plan->streams[i].name;
    return names;
}

static const char **trigger_names(struct compiler *compiler)
{
    const char **names = TAKE(compiler, TRIGGERS, const char *);
    for (uint32_t i = 0; names && i < TRIGGERS; i++)
        names[i] = triggers[i]->kind.name;
    return names;
}

static const struct tsim_policy_server *show_servers(struct compiler *compiler,
                                                     const struct plan_queue *queue)
{
    struct tsim_policy_server *servers = TAKE(compiler, queue->n_servers,
                                              struct tsim_policy_server);
    for (uint32_t i = 0; servers && i < queue->n_servers; i++)
        servers[i] = (struct tsim_policy_server){ queue->servers[i].pool,
                                                  queue->servers[i].factor };
    return servers;
}

static void show_people(struct compiler *compiler, struct tsim_policy_desk *desk)
{
    const struct plan        *plan = compiler->plan;
    struct tsim_policy_tier  *tiers = TAKE(compiler, plan->n_tiers, struct tsim_policy_tier);
    struct tsim_policy_pool  *pools = TAKE(compiler, plan->n_pools, struct tsim_policy_pool);
    struct tsim_policy_queue *queues = TAKE(compiler, plan->n_queues, struct tsim_policy_queue);
    if (!tiers || !pools || !queues)
        return;
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        tiers[t] = (struct tsim_policy_tier){
            .name = plan->tiers[t].name, .pool_base = plan->tiers[t].pool_base,
            .n_pools = plan->tiers[t].n_pools, .queue_base = plan->tiers[t].queue_base,
            .n_queues = plan->tiers[t].n_queues,
        };
    for (uint32_t p = 0; p < plan->n_pools; p++)
        pools[p] = (struct tsim_policy_pool){
            .name = plan->pools[p].name, .tier = plan->pools[p].tier,
            .agents_most = plan->pools[p].agents_most, .authority = plan->pools[p].authority,
            .wage_per_h = plan->pools[p].wage_per_h,
        };
    for (uint32_t q = 0; q < plan->n_queues; q++)
        queues[q] = (struct tsim_policy_queue){
            .tier = plan->queues[q].tier, .n_servers = plan->queues[q].n_servers,
            .servers = show_servers(compiler, &plan->queues[q]),
        };
    desk->tiers = tiers;
    desk->pools = pools;
    desk->queues = queues;
}

static void show_desk(struct compiler *compiler, struct tsim_policy_desk *desk)
{
    const struct plan *plan = compiler->plan;
    *desk = (struct tsim_policy_desk){
        .n_tiers = plan->n_tiers, .n_pools = plan->n_pools, .n_queues = plan->n_queues,
        .n_streams = plan->n_streams, .n_channels = plan->n_channels, .n_issues = plan->n_issues,
        .n_severities = plan->n_severities, .n_segments = plan->n_segments,
        .n_triggers = TRIGGERS, .n_parameters = compiler->policy->n_parameters,
        .streams = stream_names(compiler), .channels = compiler->channels.at,
        .issues = compiler->issues.at, .severities = compiler->severities.at,
        .segments = compiler->segments.at, .triggers = trigger_names(compiler),
        .has_vendor = plan->has_vendor,
    };
    show_people(compiler, desk);
}

/* ---- parameters */

static void unknown_parameter(struct compiler *compiler, const struct number_given *given)
{
    const struct tsim_policy *policy = compiler->policy;
    const char               *names[LIMIT_PARAMETERS];
    char                      expected[512], hint[300];
    struct text               text;
    for (uint32_t i = 0; i < policy->n_parameters; i++)
        names[i] = policy->parameters[i].name;
    text_open(&text, expected, sizeof expected);
    text_add(&text, policy->n_parameters ? "one of its parameters: " : "no parameter");
    for (uint32_t i = 0; i < policy->n_parameters; i++)
        text_add(&text, "%s%s", i ? ", " : "", names[i]);
    const char *near = text_nearest(given->name, names, policy->n_parameters);
    text_open(&text, hint, sizeof hint);
    if (near)
        text_add(&text, "did you mean \"%s\"?", near);
    problem_at_key(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at, expected, NULL,
                   near ? hint : NULL, "the policy \"%s\" has no parameter \"%s\"", policy->name,
                   given->name);
    compiler->good = false;
}

static void set_parameter(struct compiler *compiler, const struct number_given *given,
                          double *values)
{
    const struct tsim_policy *policy = compiler->policy;
    for (uint32_t i = 0; i < policy->n_parameters; i++) {
        const struct tsim_policy_parameter *parameter = &policy->parameters[i];
        if (strcmp(parameter->name, given->name) != 0)
            continue;
        values[i] = given->value;
        char expected[128];
        snprintf(expected, sizeof expected, "a number from %.12g to %.12g", parameter->low,
                 parameter->high);
        if (given->value < parameter->low || given->value > parameter->high)
            compiler->good = wrong_value(compiler->reader, given->at, expected, parameter->doc);
        return;
    }
    unknown_parameter(compiler, given);
}

static const double *make_parameters(struct compiler *compiler)
{
    const struct number_given *given = compiler->given->policy.parameters.at;
    const struct tsim_policy  *policy = compiler->policy;
    double                    *values = TAKE(compiler, policy->n_parameters, double);
    for (uint32_t i = 0; values && i < policy->n_parameters; i++)
        values[i] = policy->parameters[i].fallback;
    for (uint32_t i = 0; values && i < compiler->given->policy.parameters.n; i++)
        set_parameter(compiler, &given[i], values);
    return values;
}

/* ---- its place among orders, selections and paths */

/* In its tiers a policy is a queue order and an agent selection like the built-in ones. */
static void put_in_tier(struct compiler *compiler, struct plan_tier *tier)
{
    const struct tsim_policy *policy = compiler->policy;
    if (policy->rank || policy->take) {
        struct order_kind *order = TAKE(compiler, 1, struct order_kind);
        if (!order)
            return;
        *order = *tier->order;
        order->kind.name = "policy";
        order->take = policy->take;
        if (policy->rank) {
            order->rank = policy->rank;
            order->by_key = true;
            order->by_level = false;
            order->worth = NULL;
            tier->lanes = NULL;
            tier->lane_of = NULL;
            order->across = ACROSS_KEYS;
        }
        tier->order = order;
    }
    if (policy->choose) {
        struct selection_kind *selection = TAKE(compiler, 1, struct selection_kind);
        if (!selection)
            return;
        *selection = *tier->selection;
        selection->by_policy = true;
        selection->choose = policy->choose;
        tier->selection = selection;
    }
    tier->simple = false;
}

static const bool *put_in_tiers(struct compiler *compiler)
{
    const struct list *given = &compiler->given->policy.tiers;
    struct plan       *plan = compiler->plan;
    struct plan_tier  *tiers = TAKE(compiler, plan->n_tiers, struct plan_tier);
    bool              *rules = TAKE(compiler, plan->n_tiers, bool);
    check_names(compiler, given, &compiler->tiers);
    if (!tiers || !rules)
        return NULL;
    memcpy(tiers, plan->tiers, plan->n_tiers * sizeof *tiers);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        rules[t] = in_list(given, &compiler->tiers, t);
        if (rules[t])
            put_in_tier(compiler, &tiers[t]);
    }
    plan->tiers = tiers;
    return rules;
}

/* Cold hand-overs to each tier, to each pool, to the vendor, and giving up. */
static const struct plan_path *make_policy_paths(struct compiler *compiler)
{
    const struct plan *plan = compiler->plan;
    const uint32_t     n = plan->n_tiers + plan->n_pools + 2;
    struct plan_place *places = TAKE(compiler, n, struct plan_place);
    struct plan_path  *paths = TAKE(compiler, n, struct plan_path);
    if (!places || !paths)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        const bool tier = i < plan->n_tiers, pool = i < plan->n_tiers + plan->n_pools;
        places[i] = (struct plan_place){
            .kind = tier ? PLACE_TIER : pool ? PLACE_POOL : i + 2 == n ? PLACE_VENDOR
                                                                      : PLACE_UNRESOLVED,
            .index = tier ? i : pool ? i - plan->n_tiers : 0,
            .up_to = 1,
        };
        paths[i] = (struct plan_path){ .places = &places[i], .n = 1, .otherwise = NONE,
                                       .number = NONE };
    }
    return paths;
}

void compile_policy(struct compiler *compiler, const char *fingerprint)
{
    static const char *const decisions[DECISIONS] = {
        [DECISION_NONE] = "policy/none",     [DECISION_RANK] = "policy/rank",
        [DECISION_CHOOSE] = "policy/choose", [DECISION_TAKE] = "policy/take",
        [DECISION_ROUTE] = "policy/route",   [DECISION_ESCALATE] = "policy/escalate",
    };
    struct plan_policy *policy = compiler->policy ? TAKE(compiler, 1, struct plan_policy) : NULL;
    if (!policy)
        return;
    policy->table = compiler->policy;
    policy->at = json_member(compiler->given->policy.at, "plugin");
    policy->fingerprint = fingerprint;
    policy->rules = put_in_tiers(compiler);
    policy->paths = make_policy_paths(compiler);
    show_desk(compiler, &policy->desk);
    policy->desk.parameters = make_parameters(compiler);
    for (int i = 0; i < DECISIONS; i++)
        policy->purposes[i] = rng_purpose(decisions[i]);
    if (!compiler->good)
        return;
    policy->memory = policy->table->memory ? policy->table->memory(&policy->desk) : 0;
    if (policy->memory > LIMIT_POLICY_BYTES)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_LIMIT, policy->at,
                                    NULL, NULL, NULL, NULL,
                                    "the policy wants %zu bytes of memory; at most %u are allowed",
                                    policy->memory, LIMIT_POLICY_BYTES);
    compiler->plan->policy = policy;
    compiler->plan->returns |= policy->table->escalate != NULL;
}
