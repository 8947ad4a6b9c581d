/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/known.h"

#include <math.h>
#include <stdio.h>

#include "model/catalog.h"

/* The streams whose arrivals are known. */
static bool is_known(const struct plan *plan, uint32_t stream)
{
    const struct arrival *arrival = &plan->streams[stream].arrival;
    return plan->n_causes == 0 && arrival->kind == &arrival_poisson && arrival->n_surges == 0 &&
           !arrival->day_rates && !arrival->law && !arrival->parts && !arrival->batch;
}

static double expected_of(const struct plan *plan, uint32_t stream, double from_s, double to_s)
{
    const struct arrival *arrival = &plan->streams[stream].arrival;
    return arrival->kind->expected(arrival, from_s, to_s);
}

/* The share of a mix's entry. */
static double share_of(const struct plan_mix *mix, uint32_t i)
{
    return mix->up_to[i] - (i > 0 ? mix->up_to[i - 1] : 0);
}

/* The share of a class among its stream's contacts. */
static double class_share(const struct plan *plan, uint32_t c)
{
    const struct plan_stream *stream = &plan->streams[plan->classes[c].stream];
    const uint32_t            at = c - stream->class_base;
    return share_of(&stream->issues, at / stream->segments.n / stream->severities.n) *
           share_of(&stream->severities, at / stream->segments.n % stream->severities.n) *
           share_of(&stream->segments, at % stream->segments.n);
}

/* Expected counted arrivals of a class. */
static double class_arrivals(const struct plan *plan, uint32_t c)
{
    const uint32_t s = plan->classes[c].stream;
    return is_known(plan, s)
               ? class_share(plan, c) * expected_of(plan, s, plan->warmup_s, plan->end_s) : 0;
}

static void add(struct knowns *knowns, enum known_kind kind, uint32_t index, double mean)
{
    if (knowns->n < KNOWN_MOST && isfinite(mean))
        knowns->at[knowns->n++] = (struct known){ kind, index, mean };
}

/* ---- arrivals */

static void add_arrivals(struct knowns *knowns, const struct plan *plan)
{
    uint32_t known = 0;
    for (uint32_t s = 0; s < plan->n_streams; s++) {
        if (!is_known(plan, s))
            continue;
        known++;
        knowns->arrivals += expected_of(plan, s, plan->warmup_s, plan->end_s);
    }
    if (known > 1)
        add(knowns, KNOWN_ALL_ARRIVALS, 0, knowns->arrivals);
    for (uint32_t s = 0; s < plan->n_streams && known <= KNOWN_MOST / 2; s++)
        if (is_known(plan, s))
            add(knowns, KNOWN_ARRIVALS, s, expected_of(plan, s, plan->warmup_s, plan->end_s));
}

/* Whether a stream is the first of those with its busy days. False in `known` when streams have
 * the same busy days, but not as busy: how they go together is not known. */
static bool leads_group(const struct plan *plan, uint32_t s, bool *known)
{
    const struct arrival *own = &plan->streams[s].arrival;
    for (uint32_t k = 0; k < s; k++) {
        const struct arrival *other = &plan->streams[k].arrival;
        if (!is_known(plan, k) || !other->has_busyness || other->days.number != own->days.number)
            continue;
        if (other->busyness.p[0] < own->busyness.p[0] || other->busyness.p[0] > own->busyness.p[0])
            *known = false;
        return false;
    }
    return true;
}

/* What the days of a group add to the variance of all arrivals. */
static double group_variance(const struct plan *plan, uint32_t leader)
{
    const struct arrival *of = &plan->streams[leader].arrival;
    double                sum = 0, from_s = plan->warmup_s;
    while (from_s < plan->end_s) {
        const double day = floor((of->start_s + from_s) / DAY_S);
        double       to_s = fmin((day + 1) * DAY_S - of->start_s, plan->end_s), arrivals = 0;
        if (!(to_s > from_s))
            to_s = from_s + DAY_S; /* rounding at midnight */
        for (uint32_t s = leader; s < plan->n_streams; s++) {
            const struct arrival *arrival = &plan->streams[s].arrival;
            if (is_known(plan, s) && arrival->has_busyness &&
                arrival->days.number == of->days.number)
                arrivals += expected_of(plan, s, from_s, to_s);
        }
        sum += arrivals * arrivals;
        from_s = to_s;
    }
    return sum / of->busyness.p[0]; /* 1 / shape is the square of the cv */
}

static void add_square(struct knowns *knowns, const struct plan *plan)
{
    double variance = knowns->arrivals;
    bool   known = knowns->arrivals > 0;
    for (uint32_t s = 0; s < plan->n_streams && known; s++)
        if (is_known(plan, s) && plan->streams[s].arrival.has_busyness &&
            leads_group(plan, s, &known))
            variance += group_variance(plan, s);
    if (known)
        add(knowns, KNOWN_SQUARE, 0, variance);
}

/* ---- work and concessions */

static double handling_of(const struct plan *plan, uint32_t c, uint32_t t)
{
    return dist_mean(plan->visits[(size_t)c * plan->n_tiers + t].handling);
}

static void add_offered(struct knowns *knowns, const struct plan *plan)
{
    double mean = 0, low = INFINITY, high = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const double handling = handling_of(plan, c, 0), arrivals = class_arrivals(plan, c);
        if (!(arrivals > 0))
            continue;
        mean += arrivals * handling;
        low = fmin(low, handling);
        high = fmax(high, handling);
    }
    if (high > low) /* else it is a multiple of the arrivals */
        add(knowns, KNOWN_OFFERED, 0, mean);
}

static bool work_is_known(const struct plan *plan, uint32_t t)
{
    const struct plan_tier *tier = &plan->tiers[t];
    if (plan->stories || plan->hourly || plan->paced || plan->at_end == END_CUT)
        return false;
    for (uint32_t q = tier->queue_base; q < tier->queue_base + tier->n_queues; q++)
        for (uint32_t i = 0; i < plan->queues[q].n_servers; i++)
            if (plan->queues[q].servers[i].factor < 1 || plan->queues[q].servers[i].factor > 1)
                return false;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct trace *trace = plan->classes[c].trace;
        if ((trace && trace->handling) ||
            !isfinite(dist_variance(plan->visits[(size_t)c * plan->n_tiers + t].handling)))
            return false;
    }
    return true;
}

bool known_counts_needs(const struct plan *plan)
{
    bool some = false;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_class *class = &plan->classes[c];
        if (!class->concession || !(class->concession_share > 0))
            continue;
        if (!is_known(plan, class->stream) || !isfinite(dist_variance(class->concession)))
            return false;
        some = true;
    }
    return some && plan->given->run.controls == CONTROLS_AUTO;
}

static void add_concessions(struct knowns *knowns, const struct plan *plan)
{
    double mean = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_class *class = &plan->classes[c];
        if (class->concession)
            mean += class_arrivals(plan, c) * class->concession_share *
                    dist_mean(class->concession);
    }
    add(knowns, KNOWN_CONCESSIONS, 0, mean);
}

struct knowns knowns_of(const struct plan *plan)
{
    struct knowns knowns = { 0 };
    if (plan->given->run.controls == CONTROLS_NONE)
        return knowns;
    add_arrivals(&knowns, plan);
    add_square(&knowns, plan);
    add_offered(&knowns, plan);
    if (plan->counts_needs)
        add_concessions(&knowns, plan);
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        if (work_is_known(plan, t))
            add(&knowns, KNOWN_EXCESS, t, 0);
    return knowns;
}

/* ---- what they came to */

/* Counted arrivals of a stream, or of all that are known (NONE), each times `weight`: mean handling
 * time in tier 1, or 1. */
static double arrived(const struct plan *plan, const struct tally *tally, uint32_t stream,
                      bool as_work)
{
    double sum = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++)
        if (plan->classes[c].stream == stream ||
            (stream == NONE && is_known(plan, plan->classes[c].stream)))
            sum += tally->ledger[c].offered * (as_work ? handling_of(plan, c, 0) : 1);
    return sum;
}

static double excess(const struct plan *plan, const struct tally *tally, uint32_t t)
{
    const struct visit_row *rows = tally->visit + (size_t)t * (plan->n_classes + 1);
    double                  sum = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++)
        sum += rows[c].handled_s - rows[c].handled * handling_of(plan, c, t);
    return sum;
}

void knowns_observe(const struct knowns *knowns, const struct plan *plan,
                    const struct tally *tally, double *values)
{
    for (size_t i = 0; i < knowns->n; i++) {
        const struct known *known = &knowns->at[i];
        double              value = 0;
        switch (known->kind) {
        case KNOWN_ARRIVALS:
            value = arrived(plan, tally, known->index, false);
            break;
        case KNOWN_ALL_ARRIVALS:
            value = arrived(plan, tally, NONE, false);
            break;
        case KNOWN_SQUARE:
            value = arrived(plan, tally, NONE, false) - knowns->arrivals;
            value *= value;
            break;
        case KNOWN_OFFERED:
            value = arrived(plan, tally, NONE, true);
            break;
        case KNOWN_EXCESS:
            value = excess(plan, tally, known->index);
            break;
        case KNOWN_CONCESSIONS:
            value = tally->outside[0].needed;
        }
        values[i] = value - known->mean;
    }
}

void known_name(const struct known *known, const struct plan *plan, char *to, size_t size)
{
    switch (known->kind) {
    case KNOWN_ARRIVALS:
        snprintf(to, size, "arrivals of %s", plan->streams[known->index].name);
        break;
    case KNOWN_ALL_ARRIVALS:
        snprintf(to, size, "all arrivals");
        break;
    case KNOWN_SQUARE:
        snprintf(to, size, "square of arrivals");
        break;
    case KNOWN_OFFERED:
        snprintf(to, size, "work offered");
        break;
    case KNOWN_EXCESS:
        snprintf(to, size, "work in %s", plan->tiers[known->index].name);
        break;
    case KNOWN_CONCESSIONS:
        snprintf(to, size, "concessions needed");
    }
}
