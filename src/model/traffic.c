/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/traffic.h"

#include <math.h>
#include <string.h>

#include "model/plan_customer.h"

static double work_mean(struct traffic *traffic, uint32_t t, const struct plan_visit *visit)
{
    if (traffic->last[t].handling != visit->handling ||
        traffic->last[t].wrap_up != visit->wrap_up) {
        traffic->last[t].handling = visit->handling;
        traffic->last[t].wrap_up = visit->wrap_up;
        traffic->last[t].mean_s = dist_mean(visit->handling) +
                                  (visit->wrap_up ? dist_mean(visit->wrap_up) : 0);
    }
    return traffic->last[t].mean_s;
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
static void come_back(const struct plan *plan, uint32_t t, const struct plan_attempt *attempt,
                      double solved, struct traffic_class *class)
{
    const double back = solved * reopened_share(plan, attempt);
    double       all = 0;
    if (back <= 0)
        return;
    if (attempt->reopen_to != REOPEN_ENTRY) {
        class->onward[t][t] += back;
        return;
    }
    for (uint32_t k = 0; k < plan->n_tiers; k++)
        all += class->door[k];
    for (uint32_t k = 0; k < plan->n_tiers && all > 0; k++)
        class->onward[t][k] += back * (class->door[k] / all);
}

/* Share of a class whose concession is more than may be approved. */
static double above(const struct plan_class *class, double authority)
{
    if (!class->concession)
        return 0;
    return class->concession_share * (1 - dist_cdf(class->concession, authority));
}

/* The same of those who are worked on in a queue, by whoever of its agents. */
static double above_authority(const struct plan *plan, const struct plan_class *class,
                              const struct plan_queue *queue)
{
    double agents = 0, sum = 0;
    for (uint32_t i = 0; class->concession && i < queue->n_servers; i++) {
        const struct plan_pool *pool = &plan->pools[queue->servers[i].pool];
        agents += pool->agents_most;
        sum += pool->agents_most * above(class, pool->authority);
    }
    return agents > 0 ? sum / agents : 0;
}

/* From tier `from` on, to the first whose authority is enough. On their way are the largest amounts
 * of the class, a share `seeking` of it. */
static void seek_authority(const struct plan *plan, const struct plan_class *class, uint32_t from,
                           double seeking, double share, double *onward)
{
    double all = 0;
    for (uint32_t k = from; k < plan->n_tiers; k++)
        all = fmax(all, plan->tiers[k].authority);
    const double found = seeking - above(class, all);
    for (uint32_t k = from; k < plan->n_tiers && found > 0; k++) {
        const double left = fmin(seeking, above(class, plan->tiers[k].authority));
        onward[k] += share * (seeking - left) / found;
        seeking = left;
    }
}

/* A share of visits takes a path; `seeking` as before. */
static void take_path(const struct plan *plan, const struct plan_class *class,
                      const struct plan_path *path, double seeking, double share, double *onward)
{
    for (uint32_t k = 0; k < path->n; k++) {
        const struct plan_place *place = &path->places[k];
        const double here = share * (place->up_to - (k > 0 ? path->places[k - 1].up_to : 0));
        if (place->kind == PLACE_TIER)
            onward[place->index] += here;
        else if (place->kind == PLACE_POOL)
            onward[plan->pools[place->index].tier] += here;
        else if (place->kind == PLACE_QUEUE)
            onward[plan->queues[place->index].tier] += here;
        else if (place->kind == PLACE_AUTHORITY)
            seek_authority(plan, class, place->index, seeking, here, onward);
    }
}

/* Whether the agent keeps the contact while others approve or help. */
static bool is_kept(const struct plan_path *path)
{
    return path->rule && (path->rule->form == FORM_APPROVAL || path->rule->form == FORM_SWARM);
}

/* What a visit leads to. */
static void send_on(const struct plan *plan, uint32_t c, uint32_t t,
                    const struct plan_attempt *attempt, struct traffic_class *class)
{
    const struct plan_visit *visit = &plan->visits[(size_t)c * plan->n_tiers + t];
    const size_t             row = ((size_t)c * plan->n_tiers + t) * TRIGGERS;
    const enum trigger       trigger = visit->queue == NONE || visit->triage ? TRIGGER_skill
                                                                             : TRIGGER_complexity;
    const struct plan_path  *path = usual_path(plan, row + trigger);
    const double             left = visit->queue == NONE ? 1 : 1 - visit->resolves;
    const struct plan_class *of = &plan->classes[c];
    const double too_much = visit->queue == NONE || visit->triage
                                ? 0 : above_authority(plan, of, &plan->queues[visit->queue]);
    const struct plan_path *signs = usual_path(plan, row + TRIGGER_authority);
    const double            goes = too_much > 0 && !is_kept(signs) ? (1 - left) * too_much : 0;
    come_back(plan, t, attempt, 1 - left - goes, class);
    take_path(plan, of, path, 1, left, class->onward[t]);
    if (goes > 0)
        take_path(plan, of, signs, too_much, goes, class->onward[t]);
}

/* Share of a class whose concession self-service may grant. */
static double within_authority(const struct plan *plan, const struct plan_class *class)
{
    return plan->bot_pays ? 1 - above(class, plan->bot_authority) : 1;
}

/* Shares of a class that come to people, by the tier where they do. */
static void fill_door(const struct plan *plan, const struct plan_class *class,
                      struct traffic_class *to)
{
    const struct plan_stream *stream = &plan->streams[class->stream];
    const bool   direct = plan->organisation == ORGANISATION_DIRECT;
    const double contained = plan->customer ? plan->customer->contained.share : 0;
    for (uint32_t k = 0; k < stream->enters_at.n; k++) {
        double share = stream->enters_at.up_to[k] - (k > 0 ? stream->enters_at.up_to[k - 1] : 0);
        const uint32_t t = direct ? plan->specialists : stream->enters_at.index[k];
        const bool     helps = plan->has_self_service && stream->enters_at.index[k] == 0;
        to->full[t] += helps && plan->bot_turns_away ? 0 : share;
        if (helps)
            share *= 1 - class->self_service * within_authority(plan, class) * (1 - contained);
        to->door[t] += share;
    }
}

void traffic_of_class(struct traffic *traffic, uint32_t c, struct traffic_class *class)
{
    const struct plan *plan = traffic->plan;
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        class->door[t] = class->full[t] = class->work_s[t] = 0;
        memset(class->onward[t], 0, plan->n_tiers * sizeof *class->onward[t]);
    }
    fill_door(plan, &plan->classes[c], class);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        const struct plan_visit   *visit = &plan->visits[(size_t)c * plan->n_tiers + t];
        const struct plan_attempt *attempt =
            plan->customer ? &plan->customer->attempts[t * plan->n_issues + visit->class->issue]
                           : NULL;
        if (visit->queue != NONE)
            class->work_s[t] = work_mean(traffic, t, visit) * works_of(plan, attempt);
        send_on(plan, c, t, attempt, class);
    }
}
