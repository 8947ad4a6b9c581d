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

void row_add(void *into, const void *row, size_t size)
{
    double       *to = into;
    const double *from = row;
    for (size_t i = 0; i < size / sizeof(double); i++)
        to[i] += from[i];
}
