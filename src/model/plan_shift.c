/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the agents of a pool come and go, how much they do at once, and how they differ. */
#include <math.h>

#include "kernel/exact.h"
#include "model/plan_impl.h"

/* The duty of the agents of one window, at each step of the pool's profile. */
static void compile_line(struct compiler *compiler, const struct profile_given *given,
                         const struct profile *pool, uint32_t slots, struct plan_line *line)
{
    struct profile own = { 0 };
    uint32_t      *on = TAKE(compiler, pool->n, uint32_t);
    if (!on || !profile_compile(compiler->reader, given, compiler->given->run.start_s, &own)) {
        compiler->good = false;
        return;
    }
    for (uint32_t i = 0; i < pool->n; i++)
        on[i] = slots * (uint32_t)profile_at(&own, pool->time_s[i]);
    line->on = on;
    line->agents = slots * (uint32_t)own.most;
}

static void compile_lines(struct compiler *compiler, const struct profile_given *given,
                          struct plan_pool *pool)
{
    const uint32_t    n = given->constant ? 1 : given->windows.n;
    struct plan_line *lines = TAKE(compiler, n, struct plan_line);
    uint32_t          agents = 0;
    for (uint32_t i = 0; compiler->good && i < n; i++) {
        struct profile_given one = *given;
        if (!given->constant)
            one.windows = (struct list){ .at = (struct window *)given->windows.at + i, .n = 1 };
        compile_line(compiler, &one, &pool->agents, pool->slots, &lines[i]);
        lines[i].base = agents;
        agents += lines[i].agents;
    }
    pool->agents_most = agents;
    pool->lines = lines;
    pool->n_lines = n;
    compiler->plan->named = true;
}

static void compile_concurrency(struct compiler *compiler, const struct concurrency_given *given,
                                struct plan_pool *pool)
{
    if (!given->at || given->contacts == 1)
        return;
    double *slow_down = TAKE(compiler, given->contacts, double);
    if (!slow_down)
        return;
    for (uint32_t n = 0; n < given->contacts; n++) {
        const uint32_t last = given->slow_down.n - 1;
        slow_down[n] = given->slow_down.n == 0 ? 1 : given->slow_down.at[n < last ? n : last];
    }
    pool->slots = given->contacts;
    pool->slow_down = slow_down;
    compiler->plan->slotted = true;
}

static void compile_tenure(struct compiler *compiler, const struct pool_given *given,
                           struct plan_pool *pool)
{
    const struct tenure_given *points = given->tenure.at;
    double *after_s = TAKE(compiler, given->tenure.n, double);
    double *factor = TAKE(compiler, given->tenure.n, double);
    if (!after_s || !factor)
        return;
    for (uint32_t i = 0; i < given->tenure.n; i++) {
        after_s[i] = points[i].after_s;
        factor[i] = points[i].time_factor;
    }
    pool->n_tenure = given->tenure.n;
    pool->tenure_s = after_s;
    pool->tenure_factor = factor;
    pool->started_s = isnan(given->started)
                          ? -INFINITY : given->started * DAY_S - compiler->given->run.start_s;
}

static void compile_pace(struct compiler *compiler, const struct pool_given *given,
                         struct plan_pool *pool)
{
    if (given->individual.kind) {
        struct dist *individual = TAKE(compiler, 1, struct dist);
        compiler->reader->quantity = QUANTITY_COUNT;
        compiler->good &= individual && dist_make(compiler->reader, &given->individual, individual);
        pool->individual = individual;
        pool->individual_purpose = purpose_of("pools", "individual_factor", pool->number);
    }
    if (given->learning.at) {
        pool->practice = exact_log(given->learning.rate) / exact_log(2);
        pool->practised = given->learning.experience;
        pool->practice_least = given->learning.least;
    }
    compile_tenure(compiler, given, pool);
    compiler->plan->paced |= pool->individual || pool->practice < 0 || pool->n_tenure > 0;
}

/* Whether somebody comes is decided at each midnight: the profile has a step there. */
static void cut_at_midnights(struct compiler *compiler, struct profile *profile)
{
    const double   start_s = compiler->given->run.start_s;
    const size_t   most = profile->n + (size_t)(profile->end_s / DAY_S) + 1;
    double        *time_s = TAKE(compiler, most, double);
    double        *value = TAKE(compiler, most, double);
    uint32_t       n = 0, i = 0;
    double         midnight_s = DAY_S - fmod(start_s, DAY_S);
    if (!time_s || !value)
        return;
    while (i < profile->n || midnight_s < profile->end_s) {
        const bool   is_step = i < profile->n && profile->time_s[i] <= midnight_s;
        const double at_s = is_step ? profile->time_s[i++] : midnight_s;
        if (at_s >= midnight_s)
            midnight_s += DAY_S;
        if (at_s == profile->end_s - WEEK_S)
            profile->again = n;
        time_s[n] = at_s;
        value[n++] = profile->value[i - 1];
    }
    profile->n = n;
    profile->time_s = time_s;
    profile->value = value;
}

static void compile_absence(struct compiler *compiler, const struct pool_given *given,
                            struct plan_pool *pool)
{
    if (!given->absence.at || given->absence.share <= 0)
        return;
    pool->absence = given->absence.share;
    pool->absence_paid = given->absence.paid;
    pool->absence_purpose = purpose_of("pools", "absence", pool->number);
    cut_at_midnights(compiler, &pool->agents);
    compiler->plan->absences = true;
}

void compile_shifts(struct compiler *compiler, const struct pool_given *given,
                    struct plan_pool *pool)
{
    pool->shift_end = (enum shift_end)given->shift_end;
    pool->slots = 1;
    compile_concurrency(compiler, &given->concurrency, pool);
    compile_pace(compiler, given, pool);
    compile_absence(compiler, given, pool);
    pool->agents_most = (uint32_t)pool->agents.most;
    if (given->leave_by == LEAVE_BY_NAME || pool->slots > 1)
        compile_lines(compiler, &given->agents, pool);
    if (pool->shift_end == SHIFT_FINISH && pool->slots == 1)
        return;
    compiler->plan->interrupts = compiler->plan->stories = true;
    compiler->plan->patience_again = rng_purpose("after an interruption");
}
