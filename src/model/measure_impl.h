/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/measure_impl.h - what the rows of measures.list may look at. Private to measure*.c. */
#ifndef MODEL_MEASURE_IMPL_H
#define MODEL_MEASURE_IMPL_H

#include "model/measure.h"

/* What a measure of one entry may look at. */
struct view {
    const struct plan               *plan;
    const struct tally              *tally;
    const struct ledger_row         *l;  /* contacts of the entry                          */
    const struct visit_row          *v;  /* visits of the entry                            */
    const struct visit_row          *v1; /* … to tier 1                                    */
    const struct pool_row           *pool;
    const struct pool_interval_row  *p;  /* integrals of agents                            */
    const struct tier_interval_row  *t;
    const struct desk_interval_row  *d;
    const struct sla_row            *sla;
    const struct delay_row          *delay;
    const struct cause_row          *cause;
    const double                    *move; /* [trigger]                                    */
    const struct task_row           *task;
    const struct outside_row        *outside;
    const struct money              *money;
    double days, seconds, cycles, interval_s, present_s, paid_s, resolved_all, cost, amount, moves,
        queue_most, queue_end, handling_s, after_busy_s, after_queue_s, after_abandoned;
    const uint32_t *bins[4];
};

/* Whether anybody has other duties. */
static inline bool has_duties(const struct view *v)
{
    return v->plan->n_duties > 0 || v->plan->n_idle_duties > 0;
}

struct row {
    struct measure measure;
    struct pair (*pair)(const struct view *v);
};

struct scope_rows {
    const struct row *rows;
    size_t            n;
};

const struct scope_rows *measure_rows(enum tsim_scope scope);

#endif
