/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/advice.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "base/problem.h"
#include "model/advice_impl.h"
#include "model/plan_customer.h"

/* Sums of one tier: expected visits and their work, and the means last asked for, which the
 * classes of one issue type share. */
struct tier_load {
    double             visits, work_s;
    const struct dist *handling, *wrap_up;
    double             mean_s;
};

static double work_mean(struct tier_load *load, const struct plan_visit *visit)
{
    if (load->handling != visit->handling || load->wrap_up != visit->wrap_up) {
        load->handling = visit->handling;
        load->wrap_up = visit->wrap_up;
        load->mean_s = dist_mean(visit->handling) +
                       (visit->wrap_up ? dist_mean(visit->wrap_up) : 0);
    }
    return load->mean_s;
}

double class_share(const struct plan_stream *stream, uint32_t at)
{
    const uint32_t i[3] = { at / stream->segments.n / stream->severities.n,
                            at / stream->segments.n % stream->severities.n,
                            at % stream->segments.n };
    const struct plan_mix *mixes[3] = { &stream->issues, &stream->severities, &stream->segments };
    double                 share = 1;
    for (int k = 0; k < 3; k++)
        share *= mixes[k]->up_to[i[k]] - (i[k] > 0 ? mixes[k]->up_to[i[k] - 1] : 0);
    return share;
}

/* The path that most contacts take: notifications move nobody, and rules that only sometimes hold
 * are for the few. */
static const struct plan_path *usual_path(const struct plan *plan, size_t at)
{
    const struct plan_path *path = &plan->paths[plan->path_of[at]];
    while (path->otherwise != NONE && (path->rule->sometimes || path->rule->form == FORM_NOTIFY))
        path = &plan->paths[path->otherwise];
    return path;
}

/* Of something that may happen again and again, at most so often: how often it does. */
static double expected_times(double share, uint32_t most)
{
    double sum = 0, power = share;
    for (uint32_t k = 0; k < most && power > 1e-9; k++, power *= share)
        sum += power;
    return sum;
}

/* Works for each that a customer's replies do not interrupt. */
static double works_of(const struct plan *plan, const struct plan_attempt *attempt)
{
    return plan->customer ? 1 + expected_times(attempt->waits.share, attempt->waits_most) : 1;
}

/* Share of what a visit solves that comes back; so many times on average as is allowed. */
static double reopened_share(const struct plan *plan, const struct plan_attempt *attempt)
{
    if (!plan->customer)
        return 0;
    const struct plan_follow_up *follow_up = &plan->customer->follow_up;
    const double share =
        attempt->reopens.share * (1 - follow_up->later.share * follow_up->reduces);
    const double times = expected_times(share, attempt->reopens_most);
    return times / (1 + times);
}

/* What is solved comes back, to its tier or to the door. */
static double come_back(const struct plan *plan, uint32_t t, const struct plan_attempt *attempt,
                        double solved, const double *door, double *next)
{
    const double back = solved * reopened_share(plan, attempt);
    double       all = 0;
    if (back <= 0)
        return 0;
    if (attempt->reopen_to != REOPEN_ENTRY) {
        next[t] += back;
        return back;
    }
    for (uint32_t k = 0; k < plan->n_tiers; k++)
        all += door[k];
    for (uint32_t k = 0; k < plan->n_tiers; k++)
        next[k] += back * (door[k] / all);
    return back;
}

/* One round of the traffic equations of a class: from `here` to `next`; `door`: shares by tier in
 * which its contacts come. Returns how many go on. */
static double send_on(const struct plan *plan, uint32_t c, const double *here, double *next,
                      const double *door, struct tier_load *loads)
{
    double going = 0;
    memset(next, 0, plan->n_tiers * sizeof *next);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        const struct plan_visit *visit = &plan->visits[(size_t)c * plan->n_tiers + t];
        const size_t             row = ((size_t)c * plan->n_tiers + t) * TRIGGERS;
        const enum trigger       trigger = visit->queue == NONE || visit->triage
                                               ? TRIGGER_skill : TRIGGER_complexity;
        const struct plan_path  *path = usual_path(plan, row + trigger);
        if (here[t] == 0)
            continue;
        const struct plan_attempt *attempt =
            plan->customer ? &plan->customer->attempts[t * plan->n_issues + visit->class->issue]
                           : NULL;
        loads[t].visits += here[t];
        if (visit->queue != NONE)
            loads[t].work_s += here[t] * work_mean(&loads[t], visit) * works_of(plan, attempt);
        const double left = visit->queue == NONE ? here[t] : here[t] * (1 - visit->resolves);
        going += come_back(plan, t, attempt, here[t] - left, door, next);
        for (uint32_t k = 0; k < path->n; k++) {
            const struct plan_place *place = &path->places[k];
            const double share = place->up_to - (k > 0 ? path->places[k - 1].up_to : 0);
            if (place->kind != PLACE_TIER && place->kind != PLACE_POOL)
                continue;
            next[place->kind == PLACE_TIER ? place->index : plan->pools[place->index].tier] +=
                left * share;
            going += left * share;
        }
    }
    return going;
}

/* Shares of a class that come to people, by the tier where they do. */
static void fill_door(const struct plan *plan, const struct plan_class *class, double *door)
{
    const struct plan_stream *stream = &plan->streams[class->stream];
    const bool   direct = plan->organisation == ORGANISATION_DIRECT;
    const double contained = plan->customer ? plan->customer->contained.share : 0;
    for (uint32_t k = 0; k < stream->enters_at.n; k++) {
        double share = stream->enters_at.up_to[k] - (k > 0 ? stream->enters_at.up_to[k - 1] : 0);
        if (plan->has_self_service && stream->enters_at.index[k] == 0)
            share *= 1 - class->self_service * (1 - contained);
        door[direct ? plan->specialists : stream->enters_at.index[k]] += share;
    }
}

/* Expected visits to each tier in the whole run, from outside, by escalation for complexity and
 * skill, and of cases that come back: a few rounds of the traffic equations, without abandonment.
 * Who redials is counted once, for those who gave up have not been worked on. */
static void expected_visits(const struct plan *plan, struct tier_load *loads)
{
    double   arriving = 0;
    uint32_t stream_before = NONE;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_class  *class = &plan->classes[c];
        const struct plan_stream *stream = &plan->streams[class->stream];
        if (class->stream != stream_before)
            arriving = stream->arrival.kind->expected(&stream->arrival, 0, plan->end_s);
        stream_before = class->stream;
        const double n = arriving * class_share(stream, c - stream->class_base);
        double       door[LIMIT_TIERS] = { 0 }, here[LIMIT_TIERS], next[LIMIT_TIERS];
        fill_door(plan, class, door);
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            here[t] = n * door[t];
        for (int round = 0;
             round < 100 && send_on(plan, c, here, next, door, loads) > 1e-6 * n; round++)
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
    struct tier_load loads[LIMIT_TIERS] = { 0 };
    if (plan->organisation == ORGANISATION_CONTEXT_ROUTED)
        return; /* who meets whom is a matter of what each one needs */
    if (plan->policy && (plan->policy->table->route || plan->policy->table->escalate))
        return; /* … or of what somebody else's program decides */
    expected_visits(plan, loads);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        double agents_s = 0;
        for (uint32_t p = plan->tiers[t].pool_base;
             p < plan->tiers[t].pool_base + plan->tiers[t].n_pools; p++)
            agents_s += profile_integral(&plan->pools[p].agents, 0, plan->end_s);
        const double load = loads[t].work_s / plan->end_s, agents = agents_s / plan->end_s;
        if (loads[t].visits > 0 && agents_s == 0)
            problem_plain(problems, TSIM_PROBLEM_WARNING, "give one of its pools some agents",
                          "contacts come to %s, where nobody works", plan->tiers[t].name);
        else if (load > agents)
            problem_plain(problems, TSIM_PROBLEM_WARNING, overload_hint(plan, t),
                          "%s is offered work for %.3g agents and has %.3g on average",
                          plan->tiers[t].name, load, agents);
    }
}

void advise(const struct plan *plan, struct tsim_problems *problems)
{
    advise_load(plan, problems);
    advise_matrix(plan, problems);
    if (plan->expected_contacts == 0)
        problem_plain(problems, TSIM_PROBLEM_WARNING, NULL,
                      "no contact is expected in the whole run");
    bool all_fail = true;
    for (uint32_t i = 0; i < plan->n_classes * plan->n_tiers; i++)
        all_fail &= plan->visits[i].resolves <= 0;
    if (all_fail && !plan->has_vendor)
        problem_plain(problems, TSIM_PROBLEM_WARNING, NULL,
                      "no tier can resolve anything: every contact ends unresolved or gives up");
}
