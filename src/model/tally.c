/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tally.h"

#include <stdlib.h>
#include <string.h>

#include "stats/histogram.h"

/* Gives each array its place in a block; with block NULL only adds up the size. */
struct layout {
    char  *block;
    size_t size;
};

static void *place(struct layout *layout, size_t n, size_t size)
{
    void *at = layout->block ? layout->block + layout->size : NULL;
    layout->size += (n * size + 63) & ~(size_t)63;
    return at;
}

#define PLACE(layout, n, type) ((type *)place((layout), (n), sizeof(type)))

static void lay_out(struct tally *tally, const struct plan *plan, struct layout *layout)
{
    const size_t classes = plan->n_classes + 1, intervals = plan->n_intervals + 1;
    tally->ledger = PLACE(layout, classes, struct ledger_row);
    tally->visit = PLACE(layout, plan->n_tiers * classes, struct visit_row);
    tally->pool = PLACE(layout, (size_t)plan->n_pools * 2, struct pool_row);
    tally->tier_interval = PLACE(layout, intervals * plan->n_tiers, struct tier_interval_row);
    tally->pool_interval = PLACE(layout, intervals * plan->n_pools, struct pool_interval_row);
    tally->desk_interval = PLACE(layout, intervals, struct desk_interval_row);
    tally->promise = PLACE(layout, plan->n_counted, struct promise_row);
    tally->sla = PLACE(layout, plan->n_slas + 1u, struct sla_row);
    tally->delay = PLACE(layout, (plan->n_slas + (size_t)1) * plan->n_parts, struct delay_row);
    tally->move = PLACE(layout, (size_t)plan->n_tiers * (plan->n_tiers + 2) * TRIGGERS,
                        double);
    tally->pool_issue = PLACE(layout, (size_t)plan->n_pools * plan->n_issues, double);
    tally->present_s = PLACE(layout, plan->n_blocks + 1u, double);
    tally->queue_most = PLACE(layout, plan->n_tiers, double);
    tally->queue_end = PLACE(layout, plan->n_tiers, double);
    tally->outside = PLACE(layout, 2, struct outside_row);
    tally->cause = PLACE(layout, (size_t)plan->n_tiers * TRIGGERS * 2, struct cause_row);
    tally->task = PLACE(layout, 2 * TASK_KINDS, struct task_row);
    tally->wait_bins = PLACE(layout, (size_t)plan->n_tiers * HISTOGRAM_BINS, uint32_t);
    tally->response_bins = PLACE(layout, HISTOGRAM_BINS, uint32_t);
    tally->resolution_bins = PLACE(layout, HISTOGRAM_BINS, uint32_t);
}

bool tally_open(struct tally *tally, const struct plan *plan)
{
    struct layout layout = { 0 };
    *tally = (struct tally){ 0 };
    lay_out(tally, plan, &layout);
    tally->size = layout.size;
    tally->block = aligned_alloc(64, layout.size);
    if (!tally->block)
        return false;
    layout = (struct layout){ .block = tally->block };
    lay_out(tally, plan, &layout);
    tally_clear(tally);
    return true;
}

void tally_close(struct tally *tally)
{
    free(tally->block);
    *tally = (struct tally){ 0 };
}

void tally_clear(struct tally *tally)
{
    memset(tally->block, 0, tally->size);
    tally->backlog_end = tally->backlog_open_s = 0;
    tally->events = tally->contacts = 0;
}

static size_t counts_before_bins(const struct tally *tally)
{
    return (size_t)((char *)tally->wait_bins - (char *)tally->block) / sizeof(double);
}

void tally_since(struct tally *to, const struct tally *now, const struct tally *before,
                 const struct plan *plan)
{
    const size_t    sums = counts_before_bins(now);
    const size_t    bins = (now->size - sums * sizeof(double)) / sizeof(uint32_t);
    const double   *sum_now = now->block, *sum_before = before->block;
    const uint32_t *bin_now = now->wait_bins, *bin_before = before->wait_bins;
    double         *sum_to = to->block;
    for (size_t i = 0; i < sums; i++)
        sum_to[i] = sum_now[i] - sum_before[i];
    for (size_t i = 0; i < bins; i++)
        to->wait_bins[i] = bin_now[i] - bin_before[i];
    memcpy(to->queue_most, now->queue_most, plan->n_tiers * sizeof(double));
    memcpy(to->queue_end, now->queue_end, plan->n_tiers * sizeof(double));
    to->backlog_end = now->backlog_end;
    to->backlog_open_s = now->backlog_open_s;
    to->events = now->events - before->events;
    to->contacts = now->contacts - before->contacts;
}

void tally_copy(struct tally *to, const struct tally *from)
{
    memcpy(to->block, from->block, from->size);
    to->backlog_end = from->backlog_end;
    to->backlog_open_s = from->backlog_open_s;
    to->events = from->events;
    to->contacts = from->contacts;
}

void row_add(void *into, const void *row, size_t size)
{
    double       *to = into;
    const double *from = row;
    for (size_t i = 0; i < size / sizeof(double); i++)
        to[i] += from[i];
}
