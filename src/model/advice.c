/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/advice.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "model/advice_impl.h"
#include "model/plan_customer.h"
#include "model/traffic.h"

/* Sums of one tier: expected visits and their work. */
struct tier_load {
    double visits, work_s;
};

/* A round of the traffic equations of a class: from `here` to `next`. Returns how many go on. */
static double send_on(const struct plan *plan, const struct traffic_class *class,
                      const double *here, double *next, struct tier_load *loads)
{
    double going = 0;
    memset(next, 0, plan->n_tiers * sizeof *next);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        loads[t].visits += here[t];
        loads[t].work_s += here[t] * class->work_s[t];
        for (uint32_t k = 0; k < plan->n_tiers; k++) {
            next[k] += here[t] * class->onward[t][k];
            going += here[t] * class->onward[t][k];
        }
    }
    return going;
}

/* How many works an agent does in the time of one alone, at most. */
static double works_at_once(const struct plan_pool *pool)
{
    double most = 1;
    for (uint32_t n = 1; n <= pool->slots && pool->slow_down; n++)
        most = fmax(n == 1 ? 0 : most, n / pool->slow_down[n - 1]);
    return most;
}

/* Expected visits to each tier in the whole run: a few rounds of the traffic equations. */
static void expected_visits(const struct plan *plan, struct tier_load *loads)
{
    struct traffic       traffic = { .plan = plan };
    struct traffic_class class;
    double               arriving = 0;
    uint32_t             stream_before = NONE;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const uint32_t            s = plan->classes[c].stream;
        const struct plan_stream *stream = &plan->streams[s];
        if (s != stream_before)
            arriving = stream->arrival.kind->expected(&stream->arrival, 0, plan->end_s);
        stream_before = s;
        const double n = arriving * class_share(stream, c - stream->class_base);
        double       here[LIMIT_TIERS], next[LIMIT_TIERS];
        traffic_of_class(&traffic, c, &class);
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            here[t] = n * class.door[t];
        for (int round = 0;
             round < 100 && send_on(plan, &class, here, next, loads) > 1e-6 * n; round++)
            memcpy(here, next, sizeof here);
    }
}

static bool somebody_gives_up(const struct plan *plan, uint32_t t)
{
    for (uint32_t c = 0; c < plan->n_classes; c++)
        if (plan->visits[(size_t)c * plan->n_tiers + t].patience)
            return true;
    return plan->tiers[t].capacity != UINT32_MAX;
}

static bool somebody_redials(const struct plan *plan)
{
    for (uint32_t i = 0; plan->customer && i < plan->n_channels; i++)
        if (plan->customer->redials[i].most > 0)
            return true;
    return false;
}

static const char *overload_hint(const struct plan *plan, uint32_t t)
{
    if (!somebody_gives_up(plan, t))
        return "the queue grows for as long as the run lasts";
    return somebody_redials(plan) ? "contacts will wait, give up, and try again"
                                  : "contacts will wait, and give up where they can";
}

static void advise_load(const struct plan *plan, struct tsim_problems *problems)
{
    const struct tier_given *tiers = plan->given->tiers.at;
    struct tier_load         loads[LIMIT_TIERS] = { 0 };
    if (plan->organisation == ORGANISATION_CONTEXT_ROUTED)
        return; /* who meets whom is a matter of what each one needs */
    if (plan->policy && (plan->policy->table->route || plan->policy->table->escalate))
        return; /* … or of what somebody else's program decides */
    expected_visits(plan, loads);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        double agents_s = 0;
        for (uint32_t p = plan->tiers[t].pool_base;
             p < plan->tiers[t].pool_base + plan->tiers[t].n_pools; p++)
            agents_s += profile_integral(&plan->pools[p].agents, 0, plan->end_s) *
                        works_at_once(&plan->pools[p]);
        const double load = loads[t].work_s / plan->end_s, agents = agents_s / plan->end_s;
        if (plan->tiers[t].helped)
            continue; /* by how many is a matter of what they have to do themselves */
        if (loads[t].visits > 0 && agents_s == 0)
            ADVISE(problems, json_member(tiers[t].at, "pools"),
                   "give one of its pools some agents",
                   "contacts come to %s, where nobody works", plan->tiers[t].name);
        else if (load > agents)
            ADVISE(problems, json_member(tiers[t].at, "pools"), overload_hint(plan, t),
                   "%s is offered work for %.3g agents and has %.3g on average",
                   plan->tiers[t].name, load, agents);
    }
}

void advise(const struct plan *plan, struct tsim_problems *problems)
{
    advise_load(plan, problems);
    advise_matrix(plan, problems);
    advise_numbers(plan, problems);
    advise_unmet(plan, problems);
    if (plan->expected_contacts == 0)
        ADVISE(problems, json_member(plan->given->at, "streams"), NULL,
               "no contact is expected in the whole run");
}
