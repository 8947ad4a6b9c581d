/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the agents of a pool come and go. */
#include "model/plan_impl.h"

/* The duty of the agents of one window, at each step of the pool's profile. */
static void compile_line(struct compiler *compiler, const struct profile_given *given,
                         const struct profile *pool, struct plan_line *line)
{
    struct profile own = { 0 };
    uint32_t      *on = TAKE(compiler, pool->n, uint32_t);
    if (!on || !profile_compile(compiler->reader, given, compiler->given->run.start_s, &own)) {
        compiler->good = false;
        return;
    }
    for (uint32_t i = 0; i < pool->n; i++)
        on[i] = (uint32_t)profile_at(&own, pool->time_s[i]);
    line->on = on;
    line->agents = (uint32_t)own.most;
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
        compile_line(compiler, &one, &pool->agents, &lines[i]);
        lines[i].base = agents;
        agents += lines[i].agents;
    }
    pool->agents_most = agents;
    pool->lines = lines;
    pool->n_lines = n;
    compiler->plan->named = true;
}

void compile_shifts(struct compiler *compiler, const struct pool_given *given,
                    struct plan_pool *pool)
{
    pool->shift_end = (enum shift_end)given->shift_end;
    pool->agents_most = (uint32_t)pool->agents.most;
    if (given->leave_by == LEAVE_BY_NAME)
        compile_lines(compiler, &given->agents, pool);
    if (pool->shift_end == SHIFT_FINISH)
        return;
    compiler->plan->interrupts = compiler->plan->stories = true;
    compiler->plan->patience_again = rng_purpose("after an interruption");
}
