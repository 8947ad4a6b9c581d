/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools that serve another tier when nothing waits for them in their own. */
#include "model/plan_impl.h"

/* How pool p serves a queue of a tier that it helps. */
static struct plan_server helper_of(const struct compiler *compiler, uint32_t p, uint32_t queue,
                                    const struct help_given *help, const struct skill_given *row,
                                    const struct plan_gate *gate)
{
    const struct skill_given as_usual = { .time_factor = 1, .at = help->at };
    struct skill_given       as_helper = row ? *row : as_usual;
    if (json_member(help->at, "time_factor"))
        as_helper.time_factor = help->time_factor;
    struct plan_server server = server_of(compiler, p, queue, &as_helper);
    if (json_member(help->at, "resolves"))
        server.resolves = help->resolves;
    server.preference = help->preference;
    server.gate = gate;
    return server;
}

/* Adds a server behind those of the same or lower preference. */
static bool add_helper(struct compiler *compiler, struct plan_queue *queue,
                       struct plan_server server)
{
    struct plan_server *all = TAKE(compiler, queue->n_helpers + 1, struct plan_server);
    uint32_t            n = 0;
    if (!all)
        return false;
    while (n < queue->n_helpers && queue->helpers[n].preference <= server.preference) {
        all[n] = queue->helpers[n];
        n++;
    }
    all[n] = server;
    for (; n < queue->n_helpers; n++)
        all[n + 1] = queue->helpers[n];
    queue->helpers = all;
    queue->n_helpers++;
    return true;
}

/* What is asked of a tier that is helped. */
static bool may_be_helped(struct compiler *compiler, uint32_t tier, uint32_t p,
                          const struct help_given *help)
{
    const struct plan_tier *of = &compiler->plan->tiers[tier];
    struct tsim_problems   *problems = compiler->reader->problems;
    if (tier == compiler->plan->pools[p].tier)
        return problem_at(problems, TSIM_PROBLEM_INPUT, help->at, "tier", "another tier", NULL,
                          NULL, "agents of a tier need not help it");
    if (of->order->take || of->selection->by_policy)
        return problem_at(problems, TSIM_PROBLEM_INPUT, help->at, "tier",
                          "a tier whose queue and selection are built in", NULL, NULL,
                          "who takes what in \"%s\" is decided by a policy", of->name);
    if (of->waits_for != WAITS_FOR_ANYBODY)
        return problem_at(problems, TSIM_PROBLEM_INPUT, help->at, "tier",
                          "a tier with \"waits_for\": \"anybody\"", NULL, NULL,
                          "contacts of \"%s\" wait for one of its pools", of->name);
    return true;
}

static void compile_help(struct compiler *compiler, struct plan_queue *queues,
                         struct plan_tier *tiers, uint32_t p, const struct help_given *given,
                         struct plan_help *help)
{
    const struct plan      *plan = compiler->plan;
    const uint32_t          t = find_name(compiler, &compiler->tiers, given->tier,
                                          json_bare_member(given->at, "tier"));
    if (t == NONE || !may_be_helped(compiler, t, p, given)) {
        compiler->good = false;
        return;
    }
    const struct plan_gate *gate =
        make_gate(compiler, t, given->after_s, given->reserve, &given->only_if);
    struct plan_server     *list = TAKE(compiler, compiler->skills.n, struct plan_server);
    *help = (struct plan_help){ .tier = t, .queues = list };
    for (uint32_t s = 0; list && s < compiler->skills.n; s++) {
        const size_t              at = (size_t)t * compiler->skills.n + s;
        const uint32_t            queue = compiler->skill_queue[at];
        bool                      any = true;
        const struct skill_given *row =
            skill_of(pool_given_of(compiler, p), compiler->skills.at[s], &any);
        if ((!row && !any) || queue == NONE || compiler->skill_triage[at])
            continue;
        const struct plan_server server = helper_of(compiler, p, queue, given, row, gate);
        list[help->n_queues++] = server;
        if (!add_helper(compiler, &queues[queue], server))
            return;
    }
    tiers[t].simple = tiers[plan->pools[p].tier].simple = false;
    tiers[t].helped = true;
    tiers[plan->pools[p].tier].gated |= gate != NULL;
    tiers[t].gated |= gate != NULL;
    compiler->plan->helps = true;
    compiler->plan->returns = true; /* who has helped may get it again in their own tier */
}

void compile_helps(struct compiler *compiler)
{
    struct plan       *plan = compiler->plan;
    struct plan_tier  *tiers;
    struct plan_queue *queues;
    struct plan_pool  *pools;
    if (!copy_people(compiler, &tiers, &queues, &pools))
        return;
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const struct list       *given = &pool_given_of(compiler, p)->helps;
        const struct help_given *rows = given->at;
        struct plan_help        *helps = TAKE(compiler, given->n, struct plan_help);
        for (uint32_t i = 0; helps && i < given->n; i++) {
            compile_help(compiler, queues, tiers, p, &rows[i], &helps[i]);
            for (uint32_t k = 0; k < i; k++)
                if (helps[i].queues && helps[k].queues && helps[k].tier == helps[i].tier)
                    compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                                rows[i].at, "tier", NULL, NULL, NULL,
                                                "it helps \"%s\" already", rows[i].tier);
        }
        pools[p].helps = helps;
        pools[p].n_helps = given->n;
    }
    plan->tiers = tiers;
    plan->queues = queues;
    plan->pools = pools;
}
