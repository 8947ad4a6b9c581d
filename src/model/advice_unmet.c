/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written down and never comes about: targets and promises about nobody, agents kept in
 * reserve who are not there, contacts that come when nobody works and do not wait. */
#include <math.h>

#include "base/json.h"
#include "model/advice_impl.h"

#define STEP_S          1800.
#define LATE_SHARE      0.02       /* of a stream's contacts, that come too late            */
#define PATIENCE_MOST_S (30 * 60.) /* of who does not wait for the morning                  */

/* ---- targets and promises */

static bool is_held_against(const struct plan *plan, uint32_t sla)
{
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        if (plan->classes[c].sla[plan->slas[sla].clock] == sla)
            return true;
        for (uint32_t t = 0; plan->sla_at && t < plan->n_tiers; t++)
            if (plan->sla_at[(size_t)c * plan->n_tiers + t] == sla)
                return true;
    }
    return false;
}

static void advise_targets(const struct plan *plan, struct tsim_problems *problems)
{
    const struct sla_given *given = plan->given->slas.at;
    for (uint32_t i = 0; i < plan->n_slas; i++)
        if (!is_held_against(plan, i))
            ADVISE(problems, given[i].at, "the first of the targets that fit a contact counts",
                   "no contact is ever held against the target %s", given[i].name);
}

static void advise_promises(const struct plan *plan, struct tsim_problems *problems)
{
    const struct promise_given *given = plan->given->promises.at;
    for (uint32_t i = 0; i < plan->n_promises; i++) {
        bool anybody = plan->promises[i].measure > PROMISE_ABANDONMENT;
        for (uint32_t c = 0; c < plan->n_classes && !anybody; c++)
            anybody = plan->promises[i].classes[c];
        if (!anybody)
            ADVISE(problems, given[i].at, "all that it names must fit one contact",
                   "no contact that comes is one that this promise is about");
    }
}

/* ---- agents */

static void advise_reserves(const struct plan *plan, uint32_t p, const struct pool_given *given,
                            struct tsim_problems *problems)
{
    const struct skill_given *skills = given->skills.at;
    for (uint32_t i = 0; i < given->skills.n; i++)
        if (plan->pools[p].agents_most > 0 && skills[i].reserve >= plan->pools[p].agents_most)
            ADVISE(problems, json_member(skills[i].at, "reserve"),
                   "a reserve is how many stay idle for others",
                   "%s never takes %s: it has %u agents at most, and keeps %u idle", given->name,
                   skills[i].skill, plan->pools[p].agents_most, skills[i].reserve);
}

static void advise_pools(const struct plan *plan, struct tsim_problems *problems)
{
    const struct tier_given *tiers = plan->given->tiers.at;
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const uint32_t           t = plan->pools[p].tier;
        const struct pool_given *pools = tiers[t].pools.at;
        advise_reserves(plan, p, &pools[p - plan->tiers[t].pool_base], problems);
    }
}

/* ---- hours */

static bool is_staffed(const struct plan *plan, uint32_t t, double from_s, double until_s)
{
    const uint32_t end = plan->tiers[t].pool_base + plan->tiers[t].n_pools;
    for (uint32_t p = plan->tiers[t].pool_base; p < end; p++)
        if (profile_integral(&plan->pools[p].agents, from_s, until_s) > 0)
            return true;
    return false;
}

/* Mean patience of the most patient of a stream in a tier's queues; INFINITY: waits for ever, or is
 * turned away, or not waiting there. */
static double longest_patience_s(const struct plan *plan, uint32_t s, uint32_t t)
{
    double longest_s = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_visit *visit = &plan->visits[(size_t)c * plan->n_tiers + t];
        if (plan->classes[c].stream != s)
            continue;
        if (!visit->patience || visit->queue == NONE || plan->channels[visit->class->channel].hours)
            return INFINITY;
        longest_s = fmax(longest_s, dist_mean(visit->patience));
    }
    return longest_s;
}

/* Share of a week's contacts of a stream that come while nobody of the tier works. */
static double share_out_of_hours(const struct plan *plan, uint32_t s, uint32_t t)
{
    const struct arrival *arrival = &plan->streams[s].arrival;
    const double          until_s = fmin(plan->end_s, WEEK_S);
    double                all = 0, late = 0;
    for (double at_s = 0; at_s < until_s; at_s += STEP_S) {
        const double end_s = fmin(at_s + STEP_S, until_s);
        const double n = arrival->kind->expected(arrival, at_s, end_s);
        all += n;
        late += n > 0 && !is_staffed(plan, t, at_s, end_s) ? n : 0;
    }
    return all > 0 ? late / all : 0;
}

static void advise_hours(const struct plan *plan, struct tsim_problems *problems)
{
    const struct stream_given *given = plan->given->streams.at;
    if (plan->organisation == ORGANISATION_DIRECT ||
        plan->organisation == ORGANISATION_CONTEXT_ROUTED || plan->policy)
        return; /* they meet others */
    for (uint32_t s = 0; s < plan->n_streams; s++) {
        const struct plan_mix *enters_at = &plan->streams[s].enters_at;
        const uint32_t         t = enters_at->n == 1 ? enters_at->index[0] : NONE;
        if (t == NONE || (plan->has_self_service && t == 0) || !plan->tiers[t].closes)
            continue;
        const double patience_s = longest_patience_s(plan, s, t);
        const double share = patience_s < PATIENCE_MOST_S ? share_out_of_hours(plan, s, t) : 0;
        if (share > LATE_SHARE && share < 1)
            ADVISE(problems, json_member(given[s].at, "arrivals"),
                   "is the time of day right? \"hours\" of a channel turn away who comes late",
                   "%.0f %% of %s come while nobody works at %s, and give up after %.3g min",
                   share * 100, given[s].name, plan->tiers[t].name, patience_s / 60);
    }
}

void advise_unmet(const struct plan *plan, struct tsim_problems *problems)
{
    advise_targets(plan, problems);
    advise_promises(plan, problems);
    advise_pools(plan, problems);
    advise_hours(plan, problems);
}
