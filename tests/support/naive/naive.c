/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time: what is going to happen, and the run from its first to its last moment. */
#include "support/naive/naive.h"

#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "support/naive/desk.h"

/* ---- what is going to happen */

void *one_more(void *list, uint32_t n, uint32_t *room, size_t size)
{
    if (n < *room)
        return list;
    *room = 2 * *room + 64;
    list = realloc(list, *room * size);
    if (!list)
        abort();
    return list;
}

void happens_at(struct desk *desk, double at_s, enum moment moment, uint64_t number,
                enum happening what, uint32_t who)
{
    desk->pending =
        one_more(desk->pending, desk->n_pending, &desk->pending_room, sizeof *desk->pending);
    desk->pending[desk->n_pending++] = (struct pending){ at_s, moment, number, what, who };
}

void happens_not(struct desk *desk, enum happening what, uint32_t who)
{
    for (uint32_t i = 0; i < desk->n_pending; i++)
        if (desk->pending[i].what == what && desk->pending[i].who == who)
            desk->pending[i--] = desk->pending[--desk->n_pending];
}

static bool is_before(const struct pending *a, const struct pending *b)
{
    if (a->at_s != b->at_s)
        return a->at_s < b->at_s;
    if (a->moment != b->moment)
        return a->moment < b->moment;
    if (a->number != b->number)
        return a->number < b->number;
    if (a->what != b->what)
        return a->what < b->what;
    return a->who < b->who;
}

static struct pending take_next(struct desk *desk)
{
    uint32_t least = 0;
    for (uint32_t i = 1; i < desk->n_pending; i++)
        if (is_before(&desk->pending[i], &desk->pending[least]))
            least = i;
    const struct pending next = desk->pending[least];
    desk->pending[least] = desk->pending[--desk->n_pending];
    return next;
}

void tell_amount_of(struct desk *desk, uint32_t c, enum case_event_kind kind, uint32_t pool,
                    uint32_t detail, uint32_t to, double amount)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const bool                  by_agent = kind == EVENT_WORK || kind == EVENT_DONE ||
                                             kind == EVENT_INTERRUPTED;
    const struct case_event     event = {
        .at_s = desk->now_s, .amount = amount, .number = c, .class = contact->class, .pool = pool,
        .agent = by_agent ? contact->agent : NONE,
        .to = to, .kind = (uint8_t)kind, .tier = (uint8_t)contact->tier, .detail = (uint8_t)detail,
        .hops = (uint8_t)(contact->hops > 255 ? 255 : contact->hops), .counted = contact->counted,
    };
    desk->sink->take(desk->sink->user, &event);
}

void tell_event(struct desk *desk, uint32_t c, enum case_event_kind kind, uint32_t pool,
                uint32_t detail, uint32_t to)
{
    tell_amount_of(desk, c, kind, pool, detail, to, 0);
}

/* ---- the end */

static bool counted_contact_is_left(const struct desk *desk)
{
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        if (desk->contacts[c].counted && desk->contacts[c].is != IS_GONE)
            return true;
    return false;
}

/* The counted time ends; where contacts are followed, a second edge ends that. */
static void reach_edge(struct desk *desk)
{
    const double end_s = desk->plan->end_s;
    if (desk->ended) {
        desk->done = true;
        return;
    }
    desk->ended = true;
    if (desk->plan->at_end == END_CUT)
        desk->done = true;
    if (desk->plan->at_end == END_FLUSH)
        for (uint32_t c = 0; c < desk->n_contacts; c++)
            if (desk->contacts[c].is == IS_WAITING) {
                if (desk->contacts[c].interrupted)
                    end_second_wait(desk, c);
                else
                    count_flushed(desk, c);
                close_contact(desk, c, NAIVE_UNRESOLVED);
            }
    if (desk->plan->at_end == END_FOLLOW)
        happens_at(desk, end_s + end_s, MOMENT_EDGE, 0, HAPPENS_EDGE, 0);
}

/* ---- staffing */

/* Staffing stays as it is at the end, unless contacts are followed. */
static void expect_staffing(struct desk *desk, uint32_t pool)
{
    const double at_s = fmin(duties_change_at(desk, pool),
                             profile_end(&desk->plan->pools[pool].agents, desk->shift[pool]));
    if (at_s < desk->plan->end_s || (desk->plan->at_end == END_FOLLOW && at_s < INFINITY))
        happens_at(desk, at_s, MOMENT_STAFFING, pool, HAPPENS_STAFFING, pool);
}

static void staff(struct desk *desk, uint32_t pool)
{
    const struct profile *agents = &desk->plan->pools[pool].agents;
    if (profile_end(agents, desk->shift[pool]) <= desk->now_s)
        profile_step(agents, &desk->shift[pool]);
    change_duties(desk, pool);
    set_agents(desk, pool);
    expect_staffing(desk, pool);
}

/* ---- the run */

static void expect_arrival(struct desk *desk, uint32_t stream)
{
    const struct arrival *arrival = &desk->plan->streams[stream].arrival;
    const double until_s =
        desk->plan->at_end == END_FOLLOW ? 4 * LIMIT_HORIZON_S : desk->plan->end_s;
    const double at_s =
        arrival->kind->next(arrival, &desk->arrivals[stream], &desk->schedule, until_s);
    if (at_s < until_s)
        happens_at(desk, at_s, MOMENT_ARRIVAL, stream, HAPPENS_ARRIVAL, stream);
}

static void happen(struct desk *desk, const struct pending *now)
{
    uint32_t row, incident;
    switch (now->what) {
    case HAPPENS_EDGE:
        reach_edge(desk);
        break;
    case HAPPENS_AGENT_END:
        end_agent(desk, now->who);
        break;
    case HAPPENS_WORK_END:
        end_work(desk, now->who);
        break;
    case HAPPENS_WRITE_UP_END:
        end_write_up(desk, now->who);
        break;
    case HAPPENS_SESSION_END:
        end_session(desk, now->who);
        break;
    case HAPPENS_VENDOR_END:
        end_vendor(desk, now->who);
        break;
    case HAPPENS_PATIENCE_END:
        end_patience(desk, now->who);
        break;
    case HAPPENS_POINT:
        reach_point_of(desk, now->who);
        break;
    case HAPPENS_REPLY:
        reply(desk, now->who);
        break;
    case HAPPENS_RETURN:
        come_back(desk, now->who);
        break;
    case HAPPENS_TASK_DUE:
        if (desk->tasks[now->who].kind == TASK_CHASE)
            chase(desk, now->who);
        else
            task_is_due(desk, now->who);
        break;
    case HAPPENS_TASK_END:
        end_task(desk, now->who);
        break;
    case HAPPENS_STAFFING:
        staff(desk, now->who);
        break;
    case HAPPENS_DUTY:
        change_duty(desk, now->who);
        break;
    case HAPPENS_STAGE:
        break; /* idle agents are offered what waits after whatever happens */
    case HAPPENS_ARRIVAL:
        row = desk->arrivals[now->who].n - 1;
        incident = arrival_incident(&desk->plan->streams[now->who].arrival,
                                    &desk->arrivals[now->who]);
        expect_arrival(desk, now->who);
        arrive_from(desk, now->who, row, incident);
        break;
    }
}

static void *some(size_t n, size_t size)
{
    void *memory = calloc(n + 1, size);
    if (!memory)
        abort();
    return memory;
}

static void open_doors(struct desk *desk)
{
    const struct plan *plan = desk->plan;
    desk->agents = some(plan->n_agents, sizeof *desk->agents);
    desk->scheduled = some(plan->n_pools, sizeof *desk->scheduled);
    desk->off = some(plan->n_pools, sizeof *desk->off);
    desk->shift = some(plan->n_pools, sizeof *desk->shift);
    desk->arrivals = some(plan->n_streams, sizeof *desk->arrivals);
    desk->ordinals = some(plan->n_streams, sizeof *desk->ordinals);
    desk->pool_wait_s = some(plan->n_pools, sizeof *desk->pool_wait_s);
    desk->last_wait_s = some(plan->n_queues, sizeof *desk->last_wait_s);
    desk->causes = some(plan->n_causes, sizeof *desk->causes);
    for (uint32_t i = 0; i < plan->n_causes; i++)
        desk->causes[i].factor = 1;
    happens_at(desk, plan->end_s, MOMENT_EDGE, 0, HAPPENS_EDGE, 0);
    for (uint32_t p = 0; p < plan->n_pools; p++)
        for (uint32_t i = 0; i < plan->pools[p].agents_most; i++)
            desk->agents[plan->pools[p].agent_base + i].pool = p;
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        note_staffing(desk, t);
    begin_duties(desk);
    find_backlog(desk);
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        change_duties(desk, p);
        set_agents(desk, p);
        expect_staffing(desk, p);
    }
    offer_to_idle(desk);
    if (plan->staged)
        expect_stage(desk);
    for (uint32_t s = 0; s < plan->n_streams; s++)
        expect_arrival(desk, s);
    look_at_duties(desk);
}

static void close_doors(struct desk *desk)
{
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        if (desk->contacts[c].is != IS_GONE)
            close_contact(desk, c, NAIVE_OPEN);
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        for (int k = 0; k < SLA_CLOCKS; k++)
            free(desk->contacts[c].clocks[k].parts);
    end_duties(desk);
    free(desk->off);
    free(desk->closings);
    free(desk->pending);
    free(desk->contacts);
    free(desk->tasks);
    free(desk->causes);
    free(desk->agents);
    free(desk->scheduled);
    free(desk->shift);
    free(desk->arrivals);
    free(desk->ordinals);
    free(desk->pool_wait_s);
    free(desk->last_wait_s);
}

bool naive_run(const struct plan *plan, uint64_t seed, uint32_t replication,
               uint64_t happenings_most, const struct event_sink *sink, struct tally *tally)
{
    struct desk desk = { .plan = plan, .sink = sink, .tally = tally, .clock_sla = NONE,
                         .key = rng_key_of(seed, replication) };
    uint64_t    happenings = 0;
    rng_schedule_open(&desk.schedule, desk.key);
    open_doors(&desk);
    while (!desk.done && desk.n_pending > 0 && happenings++ < happenings_most) {
        const struct pending now = take_next(&desk);
        count_duties(&desk, now.at_s);
        desk.now_s = now.at_s;
        happen(&desk, &now);
        if (now.what != HAPPENS_EDGE) { /* else stages of this very instant are still to come */
            offer_to_idle(&desk);
            if (plan->staged)
                expect_stage(&desk);
        }
        look_at_duties(&desk);
        if (desk.ended && plan->at_end == END_FOLLOW && !counted_contact_is_left(&desk))
            desk.done = true;
    }
    close_doors(&desk);
    return happenings <= happenings_most;
}
