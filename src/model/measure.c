/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "model/measure_impl.h"
#include "stats/histogram.h"

/* ---- money */

/* On the floor, at planned duties, or paid as if. */
static double planned_seconds(const struct plan_pool *pool, const struct pool_interval_row *row)
{
    return row->scheduled_s + row->duty_s + (pool->absence_paid ? row->absent_s : 0);
}

/* What a pool is paid by its work. */
static double fees_of(const struct plan_pool *pool, const struct pool_row *row)
{
    return pool->fee_per_contact * row->handled +
           pool->fee_per_h * (row->handled_s + row->hold_s + row->wrap_s) / 3600;
}

static double paid_seconds(const struct plan_pool *pool, const struct pool_interval_row *row)
{
    return planned_seconds(pool, row) / (1 - pool->shrinkage) + row->overtime_s;
}

static double wages_of(const struct plan_pool *pool, const struct pool_interval_row *row)
{
    return planned_seconds(pool, row) / (1 - pool->shrinkage) / 3600 * pool->wage_per_h;
}

static double overtime_of(const struct plan_pool *pool, const struct pool_interval_row *row)
{
    return row->overtime_s / 3600 * pool->wage_per_h * pool->overtime_factor;
}

static struct pool_interval_row pool_integrals(const struct plan *plan, const struct tally *tally,
                                               uint32_t p)
{
    struct pool_interval_row sum = { 0 };
    for (uint32_t i = 0; i < plan->n_intervals; i++)
        ROW_ADD(&sum, &tally->pool_interval[(size_t)i * plan->n_pools + p]);
    return sum;
}

static struct money money_of_days(const struct plan *plan, const struct tally *tally, double days)
{
    struct money money = { 0 };
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const struct pool_interval_row row = pool_integrals(plan, tally, p);
        money.line[COST_WAGES] += wages_of(&plan->pools[p], &row) +
                                  fees_of(&plan->pools[p], &tally->pool[p]);
        money.line[COST_OVERTIME] += overtime_of(&plan->pools[p], &row);
        money.line[COST_CONCESSIONS] += tally->pool[p].concessions;
        money.line[COST_IMPROVEMENT] +=
            plan->pools[p].improvement_cost * plan->pools[p].agents_most / plan->pools[p].slots *
            days;
    }
    for (uint32_t i = 0; i < plan->n_slas; i++)
        money.line[COST_PENALTIES] += tally->sla[i].penalty;
    money.line[COST_CONCESSIONS] += tally->outside[0].granted;
    money.line[COST_SELF_SERVICE] = tally->outside[0].sessions * plan->session_cost;
    money.line[COST_VENDOR] = tally->outside[0].vendor_visits * plan->vendor_fee;
    money.line[COST_CONTACT] = tally->outside[0].contacts_cost;
    money.line[COST_ROUTING] = tally->outside[0].routed * plan->routing_cost;
    money.line[COST_IMPROVEMENT] += tally->outside[0].updated * plan->updates_cost +
                                    tally->outside[0].followed * plan->follow_up_cost;
    for (uint32_t c = 0; c < plan->n_classes; c++)
        money.line[COST_LOST] += tally->ledger[c].lost_value;
    for (int i = 0; i < COST_LINES; i++)
        money.total += money.line[i];
    return money;
}

struct money measure_money(const struct plan *plan, const struct tally *tally)
{
    return money_of_days(plan, tally, plan->days);
}

/* ---- one replication, or a part of its counted time */

struct filling {
    const struct plan  *plan;
    const struct tally *tally;
    struct stretch      stretch;
    struct pair        *next;
    struct view         base; /* what every view has in common */
    struct ledger_row   desk;
    struct visit_row    first; /* tier 1, all classes */
    struct money        money;
};

static struct pair quantile_pair(const struct view *v, const struct measure *measure)
{
    const uint32_t *bins = v->bins[measure->bins];
    if (!bins)
        return (struct pair){ 0, 0 };
    uint64_t wide[HISTOGRAM_BINS];
    for (uint32_t i = 0; i < HISTOGRAM_BINS; i++)
        wide[i] = bins[i];
    bool         defined;
    const double value = histogram_quantile(wide, measure->probability, &defined);
    return (struct pair){ value, defined };
}

static void fill(struct filling *filling, enum tsim_scope scope, const struct view *v)
{
    const struct scope_rows *rows = measure_rows(scope);
    for (size_t i = 0; i < rows->n; i++)
        *filling->next++ = rows->rows[i].pair ? rows->rows[i].pair(v)
                                              : quantile_pair(v, &rows->rows[i].measure);
}

static double resolved_all(const struct ledger_row *ledger)
{
    return ledger->resolved + ledger->self_service + ledger->vendor;
}

/* Visits to a tier of the classes with `key` (by `attribute`) equal to `value`; NONE: all. */
typedef uint32_t (*attribute_fn)(const struct plan_class *class);

static void sum_visits(const struct plan *plan, const struct tally *tally, uint32_t tier,
                       attribute_fn attribute, uint32_t value, struct visit_row *sum)
{
    for (uint32_t c = 0; c < plan->n_classes; c++)
        if (!attribute || attribute(&plan->classes[c]) == value)
            ROW_ADD(sum, &tally->visit[(size_t)tier * (plan->n_classes + 1) + c]);
}

static void fill_desk(struct filling *filling)
{
    struct view      v = filling->base;
    struct visit_row visits = { 0 };
    for (uint32_t t = 0; t < v.plan->n_tiers; t++)
        sum_visits(v.plan, v.tally, t, NULL, 0, &visits);
    v.v = &visits;
    for (uint32_t i = 0; i < v.plan->n_intervals; i++)
        v.present_s += v.tally->desk_interval[i].present_s;
    v.outside = &v.tally->outside[0];
    v.bins[BINS_RESPONSE] = v.tally->response_bins;
    v.bins[BINS_RESOLUTION] = v.tally->resolution_bins;
    fill(filling, TSIM_SCOPE_DESK, &v);
}

static void fill_fates(struct filling *filling)
{
    struct view  v = filling->base;
    const double after[] = { v.l->vendor, v.l->abandoned, v.l->blocked, v.l->unresolved,
                             v.l->open };
    v.amount = v.l->self_service;
    fill(filling, TSIM_SCOPE_FATE, &v);
    for (uint32_t t = 0; t < v.plan->n_tiers; t++) {
        v.amount = 0;
        for (uint32_t c = 0; c < v.plan->n_classes; c++)
            v.amount += v.tally->visit[(size_t)t * (v.plan->n_classes + 1) + c].resolved;
        fill(filling, TSIM_SCOPE_FATE, &v);
    }
    for (size_t i = 0; i < COUNT_OF(after); i++) {
        v.amount = after[i];
        fill(filling, TSIM_SCOPE_FATE, &v);
    }
}

/* What the spare interval holds when there is no warm-up: work and waiting after the end. */
static void look_after_end(const struct plan *plan, const struct tally *tally, uint32_t t,
                           struct view *v)
{
    const struct tier_interval_row *row =
        &tally->tier_interval[(size_t)plan->n_intervals * plan->n_tiers + t];
    const struct plan_tier *tier = &plan->tiers[t];
    v->after_queue_s = row->queue_s;
    v->after_abandoned = row->abandoned_events;
    const struct pool_interval_row *pools =
        &tally->pool_interval[(size_t)plan->n_intervals * plan->n_pools];
    for (uint32_t p = tier->pool_base; p < tier->pool_base + tier->n_pools; p++)
        v->after_busy_s += pools[p].busy_s;
}

static void fill_tiers(struct filling *filling)
{
    const struct plan  *plan = filling->plan;
    const struct tally *tally = filling->tally;
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        struct view              v = filling->base;
        struct visit_row         visits = { 0 };
        struct pool_interval_row integrals = { 0 };
        struct tier_interval_row levels = { 0 };
        sum_visits(plan, tally, t, NULL, 0, &visits);
        for (uint32_t p = plan->tiers[t].pool_base;
             p < plan->tiers[t].pool_base + plan->tiers[t].n_pools; p++) {
            const struct pool_interval_row row = pool_integrals(plan, tally, p);
            ROW_ADD(&integrals, &row);
            v.paid_s += paid_seconds(&plan->pools[p], &row);
            v.cost += wages_of(&plan->pools[p], &row) + overtime_of(&plan->pools[p], &row) +
                      fees_of(&plan->pools[p], &tally->pool[p]) + tally->pool[p].concessions;
        }
        for (uint32_t i = 0; i < plan->n_intervals; i++)
            ROW_ADD(&levels, &tally->tier_interval[(size_t)i * plan->n_tiers + t]);
        v.v = &visits;
        v.p = &integrals;
        v.t = &levels;
        v.queue_most = tally->queue_most[t];
        v.queue_end = tally->queue_end[t];
        if (!plan->steady_state)
            look_after_end(plan, tally, t, &v);
        v.bins[BINS_WAIT] = tally->wait_bins + (size_t)t * HISTOGRAM_BINS;
        fill(filling, TSIM_SCOPE_TIER, &v);
    }
}

static void fill_pools(struct filling *filling)
{
    for (uint32_t p = 0; p < filling->plan->n_pools; p++) {
        struct view                    v = filling->base;
        const struct plan_pool        *pool = &filling->plan->pools[p];
        const struct pool_interval_row row = pool_integrals(filling->plan, filling->tally, p);
        v.pool = &filling->tally->pool[p];
        v.p = &row;
        v.paid_s = paid_seconds(pool, &row);
        v.cost = wages_of(pool, &row) + overtime_of(pool, &row) + fees_of(pool, v.pool) +
                 v.pool->concessions;
        fill(filling, TSIM_SCOPE_POOL, &v);
    }
}

static uint32_t issue_of(const struct plan_class *class)
{
    return class->issue;
}

static uint32_t severity_of(const struct plan_class *class)
{
    return class->severity;
}

static uint32_t segment_of(const struct plan_class *class)
{
    return class->segment;
}

static uint32_t channel_of(const struct plan_class *class)
{
    return class->channel;
}

static uint32_t stream_of(const struct plan_class *class)
{
    return class->stream;
}

static void fill_contacts(struct filling *filling, enum tsim_scope scope, attribute_fn attribute)
{
    const struct plan *plan = filling->plan;
    for (uint32_t entry = 0; entry < measure_entries(plan, scope); entry++) {
        struct view       v = filling->base;
        struct ledger_row ledger = { 0 };
        struct visit_row  visits = { 0 }, first = { 0 };
        for (uint32_t c = 0; c < plan->n_classes; c++)
            if (attribute(&plan->classes[c]) == entry)
                ROW_ADD(&ledger, &filling->tally->ledger[c]);
        sum_visits(plan, filling->tally, 0, attribute, entry, &first);
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            sum_visits(plan, filling->tally, t, attribute, entry, &visits);
        v.l = &ledger;
        v.v = &visits;
        v.v1 = &first;
        v.resolved_all = resolved_all(&ledger);
        fill(filling, scope, &v);
    }
}

static void fill_tier_issues(struct filling *filling)
{
    for (uint32_t t = 0; t < filling->plan->n_tiers; t++)
        for (uint32_t i = 0; i < filling->plan->n_issues; i++) {
            struct view      v = filling->base;
            struct visit_row visits = { 0 };
            sum_visits(filling->plan, filling->tally, t, issue_of, i, &visits);
            v.v = &visits;
            fill(filling, TSIM_SCOPE_TIER_ISSUE, &v);
        }
}

static void fill_pool_issues(struct filling *filling)
{
    const struct plan *plan = filling->plan;
    for (uint32_t p = 0; p < plan->n_pools; p++)
        for (uint32_t i = 0; i < plan->n_issues; i++) {
            struct view       v = filling->base;
            struct ledger_row ledger = { 0 };
            for (uint32_t c = 0; c < plan->n_classes; c++)
                if (plan->classes[c].issue == i)
                    ledger.offered += filling->tally->ledger[c].offered;
            v.l = &ledger;
            v.amount = filling->tally->pool_issue[(size_t)p * plan->n_issues + i];
            fill(filling, TSIM_SCOPE_POOL_ISSUE, &v);
        }
}

static void fill_money(struct filling *filling)
{
    struct view v = filling->base;
    for (uint32_t i = 0; i < v.plan->n_slas; i++) {
        v.sla = &v.tally->sla[i];
        fill(filling, TSIM_SCOPE_SLA, &v);
    }
    for (int i = 0; i <= COST_LINES; i++) {
        v.amount = i < COST_LINES ? filling->money.line[i] : filling->money.total;
        fill(filling, TSIM_SCOPE_COST, &v);
    }
}

static void fill_moves(struct filling *filling)
{
    struct view  v = filling->base;
    const size_t moves = measure_entries(v.plan, TSIM_SCOPE_MOVE);
    for (size_t i = 0; i < moves * TRIGGERS; i++)
        v.moves += v.tally->move[i];
    for (size_t i = 0; i < moves; i++) {
        v.move = &v.tally->move[i * TRIGGERS];
        v.amount = trigger_sum(v.move);
        fill(filling, TSIM_SCOPE_MOVE, &v);
    }
}

/* Escalations by trigger: from each tier, and from all. */
static void fill_causes(struct filling *filling)
{
    struct view      v = filling->base;
    struct cause_row all[TRIGGERS] = { { 0 } };
    for (size_t i = 0; i < measure_entries(v.plan, TSIM_SCOPE_CAUSE); i++) {
        v.cause = &v.tally->cause[i];
        fill(filling, TSIM_SCOPE_CAUSE, &v);
        ROW_ADD(&all[i % TRIGGERS], v.cause);
    }
    for (size_t i = 0; i < TRIGGERS; i++) {
        v.cause = &all[i];
        fill(filling, TSIM_SCOPE_TRIGGER, &v);
    }
}

/* Contacts by their hand-overs, and tasks. */
static void fill_hops(struct filling *filling)
{
    struct view         v = filling->base;
    const struct tally *tally = v.tally;
    double              handed_over = 0;
    for (size_t i = 1; i < HOPS_COUNTED; i++)
        handed_over += v.l->by_hops[i];
    for (size_t i = 0; i < HOPS_COUNTED; i++) {
        v.amount = i > 0 ? v.l->by_hops[i] : v.l->to_people - handed_over;
        fill(filling, TSIM_SCOPE_HOPS, &v);
    }
    for (size_t i = 0; i < TASK_KINDS; i++) {
        v.task = &tally->task[i];
        fill(filling, TSIM_SCOPE_TASK, &v);
    }
}

static void fill_delays(struct filling *filling)
{
    const struct plan *plan = filling->plan;
    struct view        v = filling->base;
    for (uint32_t i = 0; i < plan->n_delays; i++) {
        const struct plan_delay *delay = &plan->delays[i];
        v.sla = &filling->tally->sla[delay->sla];
        v.delay = &filling->tally->delay[(size_t)delay->sla * plan->n_parts + delay->part];
        fill(filling, TSIM_SCOPE_DELAY, &v);
    }
}

/* How much of [0, until) is in the interval of each cycle that begins at `from` and is `width`
 * long. */
static double covered_s(const struct plan *plan, double from_s, double width_s, double until_s)
{
    const double whole = floor(until_s / plan->cycle_s);
    const double rest_s = until_s - whole * plan->cycle_s - from_s;
    return whole * width_s + fmin(fmax(rest_s, 0), width_s);
}

/* How long one interval lasted, over all cycles of the run, and how often it was met: the first
 * and last cycle may be cut. */
static void measure_interval(struct view *v, const struct plan *plan, struct stretch stretch,
                             uint32_t i)
{
    const double from_s = i * plan->interval_s;
    const double width_s = fmin(plan->interval_s, plan->cycle_s - from_s);
    v->interval_s = covered_s(plan, from_s, width_s, stretch.until_s) -
                    covered_s(plan, from_s, width_s, stretch.from_s);
    v->cycles = v->interval_s / width_s;
}

static void fill_intervals(struct filling *filling)
{
    const struct plan  *plan = filling->plan;
    const struct tally *tally = filling->tally;
    struct view         v = filling->base;
    for (uint32_t i = 0; i < plan->n_intervals; i++) {
        v.d = &tally->desk_interval[i];
        measure_interval(&v, plan, filling->stretch, i);
        fill(filling, TSIM_SCOPE_INTERVAL, &v);
    }
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        struct visit_row visits = { 0 };
        sum_visits(plan, tally, t, NULL, 0, &visits);
        const double worked_s = visits.handled_s + visits.hold_s + visits.wrap_s;
        v.handling_s = visits.handled > 0 ? worked_s / visits.handled : 0;
        for (uint32_t i = 0; i < plan->n_intervals; i++) {
            struct pool_interval_row integrals = { 0 };
            for (uint32_t p = plan->tiers[t].pool_base;
                 p < plan->tiers[t].pool_base + plan->tiers[t].n_pools; p++)
                ROW_ADD(&integrals, &tally->pool_interval[(size_t)i * plan->n_pools + p]);
            v.t = &tally->tier_interval[(size_t)i * plan->n_tiers + t];
            v.p = &integrals;
            measure_interval(&v, plan, filling->stretch, i);
            fill(filling, TSIM_SCOPE_TIER_INTERVAL, &v);
        }
    }
}

/* Promises that are not counted on the way are read off a measure, which is filled already. */
static struct pair promised_measure(const struct plan *plan, const struct plan_promise *promise,
                                    const struct pair *pairs)
{
    static const struct {
        enum tsim_scope scope;
        const char     *measure;
    } where[] = {
        [PROMISE_OCCUPANCY] = { TSIM_SCOPE_TIER, "occupancy" },
        [PROMISE_ESCALATION] = { TSIM_SCOPE_TIER, "escalation_rate" },
        [PROMISE_SLA_BREACH] = { TSIM_SCOPE_DESK, "sla_breach_share" },
        [PROMISE_WAIT_MEAN] = { TSIM_SCOPE_TIER, "wait_mean" },
        [PROMISE_COST_PER_DAY] = { TSIM_SCOPE_DESK, "cost_per_day" },
        [PROMISE_SPLIT] = { TSIM_SCOPE_TIER, "split_share" },
    };
    const enum tsim_scope scope = where[promise->measure].scope;
    const size_t          entry = scope == TSIM_SCOPE_TIER ? promise->tier : 0;
    return pairs[measure_offset(plan, scope) + entry * measure_count(scope) +
                 measure_index(scope, where[promise->measure].measure)];
}

static void fill_promises(struct filling *filling, const struct pair *pairs)
{
    for (uint32_t i = 0; i < filling->plan->n_promises; i++) {
        const struct plan_promise *promise = &filling->plan->promises[i];
        if (promise->row == NONE) {
            *filling->next++ = promised_measure(filling->plan, promise, pairs);
        } else {
            const struct promise_row *row = &filling->tally->promise[promise->row];
            *filling->next++ = (struct pair){ row->hit, row->base };
        }
    }
}

void measure_stretch(const struct plan *plan, const struct tally *tally, struct stretch stretch,
                     struct pair *pairs)
{
    struct filling filling = { .plan = plan, .tally = tally, .stretch = stretch, .next = pairs };
    const double   seconds = stretch.until_s - stretch.from_s;
    const double   share = seconds / (plan->end_s - plan->warmup_s);
    for (uint32_t c = 0; c < plan->n_classes; c++)
        ROW_ADD(&filling.desk, &tally->ledger[c]);
    sum_visits(plan, tally, 0, NULL, 0, &filling.first);
    filling.money = money_of_days(plan, tally, share * plan->days);
    filling.base = (struct view){ .plan = plan, .tally = tally, .l = &filling.desk,
                                  .v1 = &filling.first, .money = &filling.money };
    filling.base.seconds = seconds;
    filling.base.days = share * plan->days;
    filling.base.cycles = share * plan->cycles;
    filling.base.resolved_all = resolved_all(&filling.desk);
    fill_desk(&filling);
    fill_fates(&filling);
    fill_tiers(&filling);
    fill_pools(&filling);
    fill_money(&filling);
    fill_promises(&filling, pairs);
    fill_contacts(&filling, TSIM_SCOPE_ISSUE, issue_of);
    fill_contacts(&filling, TSIM_SCOPE_SEVERITY, severity_of);
    fill_contacts(&filling, TSIM_SCOPE_SEGMENT, segment_of);
    fill_contacts(&filling, TSIM_SCOPE_CHANNEL, channel_of);
    fill_contacts(&filling, TSIM_SCOPE_STREAM, stream_of);
    fill_tier_issues(&filling);
    fill_pool_issues(&filling);
    fill_moves(&filling);
    fill_causes(&filling);
    fill_hops(&filling);
    fill_delays(&filling);
    fill_intervals(&filling);
    TSIM_ASSERT(filling.next == pairs + measure_total(plan));
}

void measure_tally(const struct plan *plan, const struct tally *tally, struct pair *pairs)
{
    measure_stretch(plan, tally, (struct stretch){ plan->warmup_s, plan->end_s }, pairs);
}
