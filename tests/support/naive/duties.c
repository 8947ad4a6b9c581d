/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents do besides contacts. Who is at what, and for how long, is found by looking at
 * everybody after whatever happens. */
#include <math.h>
#include <stdlib.h>

#include "support/naive/desk.h"

struct naive_duty {
    uint32_t next;              /* block to come, of those of all weeks                     */
    double   looks_s, until_s;  /* it begins or is looked at; the one that lasts ends        */
    bool     lasts, seen;
};

struct naive_duties {
    struct naive_duty *planned; /* of all pools                                             */
    double            *left_s;  /* of each duty of idle agents                              */
    uint32_t          *pieces;
    double            *midnight_s;    /* [pool] the next                                    */
    uint32_t          *away, *at_it;  /* [pool] at planned duties, and others, since since_s  */
    double             since_s;
};

static void *cleared(size_t n, size_t size)
{
    void *memory = calloc(n + 1, size);
    if (!memory)
        abort();
    return memory;
}

/* Rows of a pool: of the interval now; sums of time are in that of the first one. */
static struct pool_interval_row *row_of(const struct desk *desk, double at_s, uint32_t pool)
{
    return &desk->tally->pool_interval[interval_of(desk->plan, at_s) * desk->plan->n_pools + pool];
}

static bool there_are_any(const struct desk *desk)
{
    return !desk->ended || desk->plan->at_end == END_FOLLOW;
}

/* ---- planned */

static double begin_of(const struct plan_duty *plan, uint32_t block)
{
    return block / plan->n * WEEK_S + plan->blocks[block % plan->n].begin_s;
}

static struct naive_duty *duty_of(const struct desk *desk, uint32_t pool, uint32_t i)
{
    return &desk->duties->planned[desk->plan->pools[pool].duty_base + i];
}

static uint32_t people_of_plan(const struct desk *desk, uint32_t pool)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    uint32_t                n = 0;
    for (uint32_t i = 0; i < plan->n_lines; i++)
        n += plan->lines[i].on[desk->shift[pool].i] / plan->slots;
    return plan->lines ? n : (uint32_t)profile_value(&plan->agents, desk->shift[pool]);
}

static uint32_t takes(const struct plan_duty *plan, uint32_t n)
{
    const double wanted = plan->agents ? plan->agents : floor(plan->share * n + 0.5);
    return wanted < n ? (uint32_t)wanted : n;
}

uint32_t count_off(const struct desk *desk, uint32_t pool, uint32_t n)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    const uint32_t          people = n / plan->slots;
    uint32_t                off = 0;
    for (uint32_t i = 0; i < plan->n_duties; i++)
        off += duty_of(desk, pool, i)->lasts ? takes(&plan->duties[i], people) : 0;
    return plan->slots * (off < people ? off : people);
}

/* The one that is due begins, is put off or cancelled. */
static void look_at_due(struct desk *desk, uint32_t pool, const struct plan_duty *plan,
                        struct naive_duty *duty)
{
    const double begin_s = begin_of(plan, duty->next);
    const double length_s = plan->blocks[duty->next % plan->n].length_s;
    const bool   bad = count_waiting(desk, desk->plan->pools[pool].tier) >= plan->put_off_from;
    struct pool_interval_row *row = row_of(desk, desk->now_s, pool);
    if (!duty->seen)
        row->duty_wanted_s += takes(plan, people_of_plan(desk, pool)) *
                              fmin(length_s, fmax(0, desk->plan->end_s - desk->now_s));
    if (bad && desk->now_s + plan->look_again_s - begin_s <= plan->put_off_most_s) {
        row->duties_put_off += !duty->seen;
        duty->seen = true;
        duty->looks_s = desk->now_s + plan->look_again_s;
        return;
    }
    row->duties_cancelled += bad;
    duty->lasts = !bad;
    duty->until_s = bad ? 0 : desk->now_s + length_s;
    duty->seen = false;
    duty->looks_s = fmax(begin_of(plan, ++duty->next), duty->until_s);
}

/* ---- of idle agents */

static void come_up(struct desk *desk, uint32_t pool)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    const double            day = round((desk->plan->start_s + desk->now_s) / DAY_S * 1e6) / 1e6;
    for (uint32_t i = 0; i < plan->n_idle_duties; i++) {
        const struct plan_idle_duty *duty = &plan->idle_duties[i];
        double *left_s = &desk->duties->left_s[plan->idle_duty_base + i];
        const bool comes = duty->days >> (unsigned)floor(day) % 7 & 1;
        *left_s = (duty->kept ? *left_s : 0) + (comes ? duty->per_day_s : 0);
        row_of(desk, desk->now_s, pool)->duty_wanted_s += comes ? duty->per_day_s : 0;
    }
    desk->duties->midnight_s[pool] = (floor(day) + 1) * DAY_S - desk->plan->start_s;
}

/* What is left of the piece in hand is to be done by somebody. */
static void stop_piece_of(struct desk *desk, uint32_t a)
{
    struct naive_agent *agent = &desk->agents[a];
    const double        left_s = agent->piece_ends_s - desk->now_s;
    agent->has_piece = false;
    desk->duties->left_s[desk->plan->pools[agent->pool].idle_duty_base + agent->piece_of] +=
        fmax(0, left_s);
    row_of(desk, desk->now_s, agent->pool)->duties_interrupted += left_s > 0;
}

/* When an agent who idles will turn to something; *which of the pool's duties is the first then. */
static double turns_at(const struct desk *desk, uint32_t a, uint32_t *which)
{
    const struct plan_pool *plan = &desk->plan->pools[desk->agents[a].pool];
    double                  at_s = INFINITY;
    for (uint32_t i = plan->n_idle_duties; i-- > 0 && there_are_any(desk);) {
        const double turns_s = fmax(desk->now_s,
                                    desk->agents[a].idles_s + plan->idle_duties[i].after_s);
        if (desk->duties->left_s[plan->idle_duty_base + i] <= 0 || turns_s > at_s)
            continue;
        at_s = turns_s;
        *which = i;
    }
    return at_s;
}

static void begin_piece_of(struct desk *desk, uint32_t a)
{
    struct naive_agent     *agent = &desk->agents[a];
    const struct plan_pool *plan = &desk->plan->pools[agent->pool];
    uint32_t                i = 0;
    if (turns_at(desk, a, &i) > desk->now_s)
        return;
    double    *left_s = &desk->duties->left_s[plan->idle_duty_base + i];
    struct rng rng = rng_at(desk->key, plan->idle_duties[i].purpose,
                            desk->duties->pieces[plan->idle_duty_base + i]++, 0);
    const double piece_s = fmin(*left_s, fmax(1, dist_draw(plan->idle_duties[i].piece, &rng)));
    *left_s -= piece_s;
    agent->has_piece = true;
    agent->piece_of = i;
    agent->piece_began_s = desk->now_s;
    agent->piece_ends_s = desk->now_s + piece_s;
    agent->is_called = false;
    if (plan->idle_duties[i].back_s > 0)
        agent->is = IS_ELSE_OCCUPIED;
    happens_at(desk, agent->piece_ends_s, MOMENT_DUTY, a, HAPPENS_DUTY, a);
}

void change_duty(struct desk *desk, uint32_t a)
{
    struct naive_agent *agent = &desk->agents[a];
    if (agent->has_piece)
        stop_piece_of(desk, a);
    if (agent->is == IS_IDLE) {
        begin_piece_of(desk, a);
        return;
    }
    const double idles_s = agent->idles_s;
    agent->is = IS_BUSY; /* until it is seen with what */
    if (take_next_one(desk, a))
        return;
    turn_to(desk, a, IS_IDLE);
    agent->idles_s = idles_s;
}

void leave_duty_for_good(struct desk *desk, uint32_t a)
{
    happens_not(desk, HAPPENS_DUTY, a);
    if (desk->agents[a].has_piece)
        stop_piece_of(desk, a);
    turn_to(desk, a, IS_AWAY);
}

/* Who of a pool can be called back and has been at it longest; NONE. */
static uint32_t who_is_called(const struct desk *desk, uint32_t pool)
{
    uint32_t who = NONE;
    for (uint32_t a = 0; a < desk->plan->n_agents; a++) {
        const struct naive_agent *agent = &desk->agents[a];
        if (agent->pool == pool && agent->is == IS_ELSE_OCCUPIED && !agent->is_called &&
            !isinf(desk->plan->pools[pool].idle_duties[agent->piece_of].back_s) &&
            (who == NONE || agent->piece_began_s < desk->agents[who].piece_began_s))
            who = a;
    }
    return who;
}

void call_somebody_back(struct desk *desk, uint32_t queue)
{
    const struct plan_queue *of = &desk->plan->queues[queue];
    uint32_t                 who = NONE;
    for (uint32_t i = 0; i < of->n_servers && who == NONE; i++)
        who = who_is_called(desk, of->servers[i].pool);
    for (uint32_t i = 0; i < of->n_helpers && who == NONE; i++)
        who = who_is_called(desk, of->helpers[i].pool);
    if (who == NONE)
        return;
    struct naive_agent     *agent = &desk->agents[who];
    const struct plan_pool *plan = &desk->plan->pools[agent->pool];
    const double back_s = desk->now_s + plan->idle_duties[agent->piece_of].back_s;
    agent->is_called = true;
    if (back_s >= agent->piece_ends_s)
        return;
    stop_piece_of(desk, who);
    happens_not(desk, HAPPENS_DUTY, who);
    happens_at(desk, back_s, MOMENT_DUTY, who, HAPPENS_DUTY, who);
}

/* ---- both */

double duties_change_at(const struct desk *desk, uint32_t pool)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    double at_s = plan->n_idle_duties > 0 ? desk->duties->midnight_s[pool] : INFINITY;
    for (uint32_t i = 0; i < plan->n_duties; i++) {
        const struct naive_duty *duty = duty_of(desk, pool, i);
        at_s = fmin(at_s, duty->lasts ? duty->until_s : duty->looks_s);
    }
    return at_s;
}

void change_duties(struct desk *desk, uint32_t pool)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    for (uint32_t i = 0; i < plan->n_duties; i++) {
        struct naive_duty *duty = duty_of(desk, pool, i);
        if (duty->lasts && duty->until_s <= desk->now_s)
            duty->lasts = false;
        while (!duty->lasts && duty->looks_s <= desk->now_s)
            look_at_due(desk, pool, &plan->duties[i], duty);
    }
    if (plan->n_idle_duties > 0 && desk->duties->midnight_s[pool] <= desk->now_s)
        come_up(desk, pool);
}

void begin_duties(struct desk *desk)
{
    const struct plan *plan = desk->plan;
    desk->duties = cleared(1, sizeof *desk->duties);
    desk->duties->planned = cleared(plan->n_duties, sizeof(struct naive_duty));
    desk->duties->left_s = cleared(plan->n_idle_duties, sizeof(double));
    desk->duties->pieces = cleared(plan->n_idle_duties, sizeof(uint32_t));
    desk->duties->midnight_s = cleared(plan->n_pools, sizeof(double));
    desk->duties->away = cleared(plan->n_pools, sizeof(uint32_t));
    desk->duties->at_it = cleared(plan->n_pools, sizeof(uint32_t));
    for (uint32_t p = 0; p < plan->n_pools; p++)
        for (uint32_t i = 0; i < plan->pools[p].n_duties; i++) {
            const struct plan_duty *of = &plan->pools[p].duties[i];
            row_of(desk, 0, p)->duty_wanted_s +=
                takes(of, people_of_plan(desk, p)) * fmin(of->lasts_s, plan->end_s);
            *duty_of(desk, p, i) =
                (struct naive_duty){ .lasts = of->lasts_s > 0, .until_s = of->lasts_s,
                                     .looks_s = fmax(of->lasts_s, begin_of(of, 0)) };
        }
}

void end_duties(struct desk *desk)
{
    free(desk->duties->planned);
    free(desk->duties->left_s);
    free(desk->duties->pieces);
    free(desk->duties->midnight_s);
    free(desk->duties->away);
    free(desk->duties->at_it);
    free(desk->duties);
}

/* Agents of a pool who have gone to planned duties: others are late. */
static uint32_t count_gone(const struct desk *desk, uint32_t pool)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    const uint32_t          here = count_here(desk, pool);
    const uint32_t          over = here > desk->scheduled[pool] ? here - desk->scheduled[pool] : 0;
    uint32_t                n = 0;
    for (uint32_t a = 0; plan->lines && a < plan->agents_most; a++)
        n += desk->agents[plan->agent_base + a].is_off &&
             desk->agents[plan->agent_base + a].is == IS_AWAY;
    if (plan->lines)
        return n;
    return desk->off[pool] > over ? desk->off[pool] - over : 0;
}

uint32_t count_elsewhere(const struct desk *desk, uint32_t queue)
{
    const struct plan_queue *of = &desk->plan->queues[queue];
    uint32_t                 n = 0;
    for (uint32_t i = 0; i < of->n_servers; i++) {
        const uint32_t pool = of->servers[i].pool;
        n += count_agents(desk, pool, IS_ELSE_OCCUPIED) +
             (desk->plan->pools[pool].n_duties > 0 ? count_gone(desk, pool) : 0) /
                 desk->plan->pools[pool].slots;
    }
    return n < 255 ? n : 255;
}

/* Time passes: counted, and put into the first interval. */
void count_duties(struct desk *desk, double to_s)
{
    const struct plan *plan = desk->plan;
    const double from_s = fmax(plan->warmup_s, desk->duties->since_s);
    const double for_s = fmax(0, fmin(plan->end_s, to_s) - from_s);
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        desk->tally->pool_interval[p].duty_s +=
            for_s * desk->duties->away[p] / plan->pools[p].slots;
        desk->tally->pool_interval[p].idle_duty_s += for_s * desk->duties->at_it[p];
    }
    desk->duties->since_s = to_s;
}

void look_at_duties(struct desk *desk)
{
    const struct plan *plan = desk->plan;
    uint32_t           which;
    for (uint32_t a = 0; a < plan->n_agents; a++) {
        struct naive_agent *agent = &desk->agents[a];
        if (!agent->has_piece || agent->is == IS_IDLE || agent->is == IS_ELSE_OCCUPIED)
            continue;
        stop_piece_of(desk, a);
        happens_not(desk, HAPPENS_DUTY, a);
    }
    for (uint32_t a = 0; a < plan->n_agents; a++) {
        struct naive_agent *agent = &desk->agents[a];
        if (plan->pools[agent->pool].n_idle_duties == 0 || agent->has_piece ||
            agent->is == IS_ELSE_OCCUPIED)
            continue;
        happens_not(desk, HAPPENS_DUTY, a);
        const double at_s = agent->is == IS_IDLE ? turns_at(desk, a, &which) : INFINITY;
        if (at_s < INFINITY)
            happens_at(desk, at_s, MOMENT_DUTY, a, HAPPENS_DUTY, a);
    }
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        desk->duties->away[p] = plan->pools[p].n_duties > 0 ? count_gone(desk, p) : 0;
        desk->duties->at_it[p] = 0;
    }
    for (uint32_t a = 0; a < plan->n_agents; a++)
        desk->duties->at_it[desk->agents[a].pool] += desk->agents[a].has_piece;
}
