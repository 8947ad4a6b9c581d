/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the agents of a pool do besides contacts. */
#include <math.h>

#include "model/plan_impl.h"

/* The stretches of a week in which a profile is above 0. */
static uint32_t find_blocks(const struct profile *on, struct plan_block *blocks)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < on->n; i++) {
        if (on->value[i] <= 0 || on->value[i > 0 ? i - 1 : on->n - 1] > 0)
            continue;
        uint32_t end = i;
        double   week_s = 0;
        while (on->value[end] > 0) {
            if (++end < on->n)
                continue;
            end = 0;
            week_s = WEEK_S;
        }
        const double length_s = week_s + on->time_s[end] - on->time_s[i];
        blocks[n++] = (struct plan_block){ on->time_s[i], length_s };
    }
    return n;
}

static void compile_duty(struct compiler *compiler, const struct duty_given *given,
                         struct plan_duty *duty)
{
    const struct profile_given when = { .windows = given->when, .at = given->at };
    struct window             *windows = given->when.at;
    struct profile             on = { 0 };
    for (uint32_t i = 0; i < given->when.n; i++)
        windows[i].value = 1;
    if (!profile_compile(compiler->reader, &when, compiler->given->run.start_s, &on)) {
        compiler->good = false;
        return;
    }
    struct plan_block *blocks = TAKE(compiler, on.n, struct plan_block);
    if (!blocks)
        return;
    duty->n = find_blocks(&on, blocks);
    if (duty->n == 0) {
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                    json_member(given->at, "when"), NULL,
                                    "some time of the week when it is not planned", NULL,
                                    "agents who are never there are fewer agents",
                                    "\"%s\" never ends", given->name);
        return;
    }
    const struct plan_block *last = &blocks[duty->n - 1];
    duty->lasts_s = fmax(0, last->begin_s + last->length_s - WEEK_S);
    duty->blocks = blocks;
    duty->agents = given->agents;
    duty->share = given->share;
    duty->put_off_from = given->waits ? given->put_off_from : UINT32_MAX;
    duty->look_again_s = given->look_again_s;
    duty->put_off_most_s = given->put_off_most_s;
}

static void compile_idle_duty(struct compiler *compiler, const struct idle_duty_given *given,
                              uint64_t purpose, struct plan_idle_duty *duty)
{
    duty->per_day_s = given->per_day_s;
    duty->after_s = given->after_s;
    duty->back_s = given->interruptible ? given->back_after_s : INFINITY;
    duty->piece = make_time_or_zero(compiler, &given->piece);
    duty->purpose = purpose;
    duty->days = given->day_mask;
    duty->kept = given->left_over == LEFT_OVER_KEPT;
    compiler->plan->recalls |= duty->back_s > 0 && duty->back_s < INFINITY;
}

void compile_duties(struct compiler *compiler, const struct pool_given *given,
                    struct plan_pool *pool)
{
    struct plan                  *plan = compiler->plan;
    const struct duty_given      *planned = given->duties.at;
    const struct idle_duty_given *idle = given->idle_duties.at;
    struct plan_duty             *duties = TAKE(compiler, given->duties.n, struct plan_duty);
    struct plan_idle_duty        *idles =
        TAKE(compiler, given->idle_duties.n, struct plan_idle_duty);
    pool->duty_base = plan->n_duties;
    pool->idle_duty_base = plan->n_idle_duties;
    for (uint32_t i = 0; i < given->duties.n && compiler->good; i++)
        compile_duty(compiler, &planned[i], &duties[i]);
    for (uint32_t i = 0; i < given->idle_duties.n && compiler->good; i++)
        compile_idle_duty(compiler, &idle[i],
                          purpose_of("pools", "idle_duties", pool->number * 64 + i),
                          &idles[i]);
    pool->duties = duties;
    pool->idle_duties = idles;
    pool->n_duties = given->duties.n;
    pool->n_idle_duties = given->idle_duties.n;
    plan->n_duties += pool->n_duties;
    plan->n_idle_duties += pool->n_idle_duties;
}
