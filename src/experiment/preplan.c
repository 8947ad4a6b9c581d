/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/preplan.h"

#include <math.h>
#include <stdlib.h>

#include "model/traffic.h"
#include "theory/erlang.h"
#include "theory/staffing.h"

enum { INTERVALS_MOST = 2000 };

#define NEARLY_ALL 0.999

/* What comes to each tier in each interval: sums over classes of loads, of what they are served
 * at, and of how they give up. */
struct streams {
    double *rate, *leaving; /* [tier * n_intervals + interval]                             */
    double *load_class, *rate_class; /* … of the class in hand                             */
    double *taken; /* [interval of the run]: share of it in which all of self-service is taken */
};

/* Intervals of the run that are looked at. */
static uint32_t intervals_of(const struct plan *plan)
{
    return (uint32_t)fmin(ceil(plan->end_s / plan->interval_s - 1e-9), INTERVALS_MOST);
}

/* Sessions of self-service as an Erlang loss system, interval by interval. */
static void fill_taken(const struct plan *plan, double *taken)
{
    if (!plan->has_self_service || plan->sessions_most == UINT32_MAX)
        return;
    for (uint32_t i = 0; i < intervals_of(plan); i++) {
        const double a = i * plan->interval_s, b = fmin(a + plan->interval_s, plan->end_s);
        double       rate = 0;
        for (uint32_t s = 0; s < plan->n_streams; s++) {
            const struct plan_stream *stream = &plan->streams[s];
            const double come = stream->arrival.kind->expected(&stream->arrival, a, b) / (b - a);
            for (uint32_t k = 0; k < stream->enters_at.n; k++)
                if (stream->enters_at.index[k] == 0)
                    rate += come * (stream->enters_at.up_to[k] -
                                    (k > 0 ? stream->enters_at.up_to[k - 1] : 0));
        }
        taken[i] = erlang_b(rate * dist_mean(&plan->session), plan->sessions_most);
    }
}

/* Adds a class: the load that it brings, interval after interval, from an empty desk. Where the
 * run is longer than a report cycle, the last cycle counts. */
static void add_class(struct preplan *to, struct streams *streams, const struct plan *plan,
                      uint32_t c, const struct traffic_class *class, double share)
{
    const struct plan_stream *stream = &plan->streams[plan->classes[c].stream];
    const uint32_t            n = plan->n_tiers;
    double routing[LIMIT_TIERS * LIMIT_TIERS], means[LIMIT_TIERS], load[LIMIT_TIERS] = { 0 },
        mean[LIMIT_TIERS], rates[LIMIT_TIERS];
    for (uint32_t t = 0; t < n; t++) {
        means[t] = class->work_s[t] > 1e-3 ? class->work_s[t] : 1e-3;
        for (uint32_t k = 0; k < n; k++)
            routing[t * n + k] = class->onward[t][k];
    }
    double                     by_hour[LIMIT_TIERS]; /* the means, of an interval             */
    const struct staffing_flow flow = { n, routing, by_hour };
    for (uint32_t i = 0; i < intervals_of(plan); i++) {
        const double a = i * plan->interval_s, b = fmin(a + plan->interval_s, plan->end_s);
        const double arriving = stream->arrival.kind->expected(&stream->arrival, a, b) / (b - a);
        for (uint32_t t = 0; t < n; t++) {
            const struct profile *factors = plan->tiers[t].handling_by_hour;
            rates[t] = arriving * share * (class->door[t] + streams->taken[i] *
                                           (class->full[t] - class->door[t]));
            by_hour[t] = means[t] * (factors ? profile_integral(factors, a, b) / (b - a) : 1);
        }
        staffing_flow_on(&flow, rates, b - a, load, mean);
        for (uint32_t t = 0; t < n; t++) {
            const size_t at = (size_t)t * plan->n_intervals + i % plan->n_intervals;
            streams->load_class[at] = class->work_s[t] > 0 ? mean[t] : 0;
            streams->rate_class[at] = class->work_s[t] > 0 ? mean[t] / by_hour[t] : 0;
        }
    }
    for (uint32_t t = 0; t < n; t++) {
        const struct plan_visit *visit = &plan->visits[(size_t)c * n + t];
        const double patience_s = visit->patience ? dist_mean(visit->patience) : 0;
        for (uint32_t i = 0; i < plan->n_intervals; i++) {
            const size_t at = (size_t)t * plan->n_intervals + i;
            to->load[at] += streams->load_class[at];
            streams->rate[at] += streams->rate_class[at];
            if (patience_s > 0)
                streams->leaving[at] += streams->rate_class[at] / patience_s;
        }
    }
}

/* How much days differ: the streams' factors, weighted by what they bring, as if all were busy on
 * the same days. */
static double busyness_cv(const struct plan *plan)
{
    double sum = 0, all = 0;
    for (uint32_t s = 0; s < plan->n_streams; s++) {
        const struct arrival *arrival = &plan->streams[s].arrival;
        const double          n = arrival->kind->expected(arrival, 0, plan->end_s);
        const double variance = arrival->has_busyness ? dist_variance(&arrival->busyness) : 0;
        all += n;
        sum += isfinite(variance) ? n * sqrt(variance) : n;
    }
    return all > 0 ? sum / all : 0;
}

/* Certainty has no finite answer: formulas are asked for what is nearly it. */
static double short_of_sure(const struct plan_promise *promise)
{
    if (promise->at_least)
        return fmin(promise->target, NEARLY_ALL);
    return fmax(promise->target, promise->measure == PROMISE_WAIT_MEAN ? 1 : 1 - NEARLY_ALL);
}

/* The strictest of the promises made of a tier. False when there is none. */
static bool target_of(const struct plan *plan, uint32_t t, struct staffing_target *target)
{
    bool any = false;
    *target = (struct staffing_target){ plan->tiers[t].answer_within_s, NAN, NAN, NAN, NAN,
                                        busyness_cv(plan) };
    for (uint32_t i = 0; i < plan->n_promises; i++) {
        const struct plan_promise *promise = &plan->promises[i];
        const bool mine = promise->tier == t || (promise->tier == NONE && t == 0);
        if (!mine)
            continue;
        const double bound = short_of_sure(promise);
        if (promise->measure == PROMISE_SERVICE_LEVEL && promise->at_least &&
            !(bound <= target->level_at_least)) {
            target->level_at_least = bound;
            target->within = promise->within_s;
            any = true;
        } else if (promise->measure == PROMISE_ABANDONMENT && !promise->at_least) {
            target->abandon_at_most = fmin(target->abandon_at_most, bound);
            any = true;
        } else if (promise->measure == PROMISE_WAIT_MEAN && !promise->at_least) {
            target->wait_mean_at_most = fmin(target->wait_mean_at_most, bound);
            any = true;
        } else if (promise->measure == PROMISE_OCCUPANCY && !promise->at_least) {
            target->occupancy_at_most = fmin(target->occupancy_at_most, bound);
            any = true;
        }
    }
    return any;
}

static uint32_t agents_for(const struct staffing_stretch *stretches, size_t n, double load_most,
                           const struct staffing_target *target, bool promised)
{
    const uint32_t agents = promised ? staffing_agents(stretches, n, target) : 0;
    if (n == 0)
        return 0;
    return agents ? agents : erlang_square_root_agents(load_most, 1);
}

/* Places of one agent of a tier, and how much slower work is when all are taken: means over its
 * pools, by their agents. */
static double places_of(const struct plan *plan, uint32_t t, double *slower)
{
    const struct plan_tier *tier = &plan->tiers[t];
    double                  agents = 0, places = 0, sum = 0;
    for (uint32_t p = tier->pool_base; p < tier->pool_base + tier->n_pools; p++) {
        const struct plan_pool *pool = &plan->pools[p];
        const double            many = fmax(pool->agents.most, 1);
        agents += many;
        places += many * pool->slots;
        sum += many * (pool->slow_down ? pool->slow_down[pool->slots - 1] : 1);
    }
    *slower = agents > 0 ? sum / agents : 1;
    return agents > 0 ? places / agents : 1;
}

static void staff_tier(struct preplan *to, const struct streams *streams, const struct plan *plan,
                       uint32_t t, struct staffing_stretch *stretches)
{
    struct staffing_target target;
    const bool             promised = target_of(plan, t, &target);
    double                 most = 0, slower;
    const double           places = places_of(plan, t, &slower);
    size_t                 n = 0;
    for (uint32_t i = 0; i < plan->n_intervals; i++) {
        const size_t at = (size_t)t * plan->n_intervals + i;
        if (!(streams->rate[at] > 0) || !(to->load[at] > 0))
            continue;
        stretches[n] = (struct staffing_stretch){ streams->rate[at],
                                                  slower * to->load[at] / streams->rate[at],
                                                  streams->leaving[at] / streams->rate[at] };
        const double lines = agents_for(&stretches[n++], 1, slower * to->load[at], &target,
                                        promised);
        to->agents[at] = (uint32_t)ceil(lines / places - 1e-9);
        most = fmax(most, slower * to->load[at]);
    }
    const double lines = agents_for(stretches, n, most, &target, promised);
    to->constant[t] = (uint32_t)ceil(lines / places - 1e-9);
}

bool preplan_make(struct preplan *preplan, const struct plan *plan)
{
    const size_t   cells = (size_t)plan->n_tiers * plan->n_intervals;
    struct streams streams = { calloc(cells, sizeof(double)), calloc(cells, sizeof(double)),
                               calloc(cells, sizeof(double)), calloc(cells, sizeof(double)),
                               calloc(INTERVALS_MOST, sizeof(double)) };
    struct staffing_stretch *stretches = calloc(plan->n_intervals, sizeof *stretches);
    struct traffic_class    *class = malloc(sizeof *class);
    *preplan = (struct preplan){ plan->n_tiers, plan->n_intervals,
                                 calloc(cells, sizeof(double)), calloc(cells, sizeof(uint32_t)),
                                 calloc(plan->n_tiers, sizeof(uint32_t)) };
    const bool good = streams.rate && streams.leaving && streams.load_class &&
                      streams.rate_class && streams.taken && stretches && class && preplan->load &&
                      preplan->agents && preplan->constant;
    struct traffic traffic = { .plan = plan };
    if (good)
        fill_taken(plan, streams.taken);
    for (uint32_t c = 0; good && c < plan->n_classes; c++) {
        const struct plan_stream *stream = &plan->streams[plan->classes[c].stream];
        traffic_of_class(&traffic, c, class);
        add_class(preplan, &streams, plan, c, class, class_share(stream, c - stream->class_base));
    }
    for (uint32_t t = 0; good && t < plan->n_tiers; t++)
        staff_tier(preplan, &streams, plan, t, stretches);
    free(streams.rate);
    free(streams.leaving);
    free(streams.load_class);
    free(streams.rate_class);
    free(streams.taken);
    free(stretches);
    free(class);
    return good;
}

void preplan_free(struct preplan *preplan)
{
    free(preplan->load);
    free(preplan->agents);
    free(preplan->constant);
}
