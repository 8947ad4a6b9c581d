/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What those hear who have to wait: they balk, or are called back. */
#include <math.h>

#include "model/plan_customer.h"
#include "support/naive/desk.h"

/* NULL: the scenario offers nothing. */
static const struct plan_offer *offer_at(const struct desk *desk, uint32_t c)
{
    const struct plan_customer *customer = desk->plan->customer;
    const size_t                channel = class_of(desk, c)->channel;
    if (!customer || !customer->offers)
        return NULL;
    return &customer->offers[channel * desk->plan->n_tiers + desk->contacts[c].tier];
}

static double estimate(const struct desk *desk, uint32_t c, uint32_t queue)
{
    const struct plan_queue *of = &desk->plan->queues[queue];
    const struct plan_visit *visit = visit_of(desk, c);
    double                   work_s = dist_mean(visit->handling), agents = 0;
    if (offer_at(desk, c)->estimate == ESTIMATE_LAST_ANSWERED)
        return desk->last_wait_s[queue];
    if (visit->wrap_up && !visit->triage)
        work_s += dist_mean(visit->wrap_up);
    for (uint32_t i = 0; i < of->n_servers; i++)
        agents += desk->scheduled[of->servers[i].pool] / of->servers[i].factor;
    return agents > 0 ? (count_for(desk, queue) + 1.0) * work_s / agents : INFINITY;
}

static double unit_of_wait(const struct desk *desk, uint32_t c, uint64_t purpose)
{
    const struct rng rng = draw_of(desk, c, visit_of(desk, c)->wait ^ purpose,
                                   desk->contacts[c].works_before);
    return rng_side(&rng, 0);
}

/* ---- having to wait */

double patience_when_told(const struct desk *desk, uint32_t c)
{
    const struct plan_offer *offer = offer_at(desk, c);
    return offer && desk->contacts[c].keeper == NONE ? offer->balking.patience : 1;
}

static bool balks(const struct desk *desk, uint32_t c, uint32_t queue, double wait_s)
{
    const struct plan_balking *balking = &offer_at(desk, c)->balking;
    const double beyond = fmax(0, count_for(desk, queue) - (double)balking->from_waiting);
    const double share = balking->per_waiting * beyond +
                         (balking->per_s == 0 ? 0
                              : balking->per_s * fmax(0, wait_s - balking->from_wait_s));
    if (!balking->asked)
        return false;
    return unit_of_wait(desk, c, desk->plan->customer->balks) < fmin(share, balking->most) ||
           (balking->announced &&
            wait_s > drawn_patience(desk, c, visit_of(desk, c)->wait,
                                    desk->contacts[c].works_before));
}

static bool accepts(const struct desk *desk, uint32_t c, uint32_t queue, double wait_s)
{
    const struct plan_call_back *call_back = &offer_at(desk, c)->call_back;
    const bool offered = call_back->offered &&
                         (count_for(desk, queue) >= call_back->from_waiting ||
                          wait_s >= call_back->from_wait_s);
    return offered && unit_of_wait(desk, c, desk->plan->customer->offer) < call_back->accepts;
}

/* The contact is called when the appointment is, and not before. */
static void make_appointment(struct desk *desk, uint32_t c)
{
    struct naive_contact        *contact = &desk->contacts[c];
    const struct plan_call_back *call_back = &offer_at(desk, c)->call_back;
    struct rng rng = draw_of(desk, c, visit_of(desk, c)->wait ^ desk->plan->customer->booking,
                             contact->works_before);
    double     at_s = desk->now_s + dist_draw(call_back->due_in, &rng);
    if (call_back->grid_s > 0) {
        const double slots = ceil((desk->plan->start_s + at_s) / call_back->grid_s);
        at_s = fmax(at_s, slots * call_back->grid_s - desk->plan->start_s);
    }
    if (call_back->within_s > 0)
        contact->call_back_by_s = at_s + call_back->within_s;
    contact->is = IS_ELSEWHERE;
    contact->customer.dialled = true;
    tell_event(desk, c, EVENT_CALL_BACK, NONE, 0, 0);
    tell_amount_of(desk, c, EVENT_BOOKED, NONE, 0, 0, at_s - desk->now_s);
    enter(desk, c, AWAITS_CUSTOMER);
    happens_at(desk, at_s, MOMENT_RETURN, c, HAPPENS_RETURN, c);
}

bool leaves_at_once(struct desk *desk, uint32_t c, uint32_t came_to)
{
    struct naive_contact *contact = &desk->contacts[c];
    if (!offer_at(desk, c))
        return false;
    const uint32_t queue = queue_waited_in(desk, came_to);
    if (!contact->customer.called) {
        if (contact->patient || contact->keeper != NONE)
            return false;
        const double wait_s = estimate(desk, c, queue);
        const struct plan_call_back *call_back = &offer_at(desk, c)->call_back;
        if (!accepts(desk, c, queue, wait_s)) {
            if (!balks(desk, c, queue, wait_s))
                return false;
            tell_event(desk, c, EVENT_BALKED, NONE, 0, 0);
            count_abandoned(desk, c);
            give_up_as(desk, c, NAIVE_ABANDONED);
            return true;
        }
        contact->customer.called = contact->patient = true;
        contact->customer.accepted_s = desk->now_s;
        if (call_back->within_s > 0) {
            ledger_of(desk, c)->call_backs++;
            contact->call_back_by_s = desk->now_s + call_back->within_s;
        }
        visit_row(desk, c, contact->tier)->called++;
        if (call_back->due_in) {
            make_appointment(desk, c);
            return true;
        }
        tell_event(desk, c, EVENT_CALL_BACK, NONE, 0, 0);
    }
    visit_row(desk, c, contact->tier)->called_delayed++;
    return false;
}

/* ---- calling */

uint32_t queue_of_calls(const struct desk *desk, uint32_t c, uint32_t queue)
{
    const bool called = desk->contacts[c].customer.called;
    const bool late = called && offer_at(desk, c)->call_back.after_others;
    return late ? desk->plan->customer->late[queue] : queue;
}

static uint32_t idle_for(const struct desk *desk, uint32_t queue)
{
    const struct plan_queue *of = &desk->plan->queues[queue];
    uint32_t                 n = 0;
    for (uint32_t i = 0; i < of->n_servers; i++)
        n += count_idle(desk, of->servers[i].pool);
    return n;
}

bool is_quiet_for(const struct desk *desk, uint32_t c, uint32_t queue)
{
    return idle_for(desk, queue) >= offer_at(desk, c)->call_back.reserve;
}

bool waits_for_quiet(const struct desk *desk, uint32_t c, uint32_t queue)
{
    return desk->contacts[c].customer.called && offer_at(desk, c)->call_back.after_others &&
           idle_for(desk, queue) <= offer_at(desk, c)->call_back.reserve;
}

bool calls_in_vain(struct desk *desk, uint32_t c, uint32_t agent,
                   const struct plan_server *server)
{
    struct naive_contact  *contact = &desk->contacts[c];
    struct naive_customer *customer = &contact->customer;
    if (!customer->called)
        return false;
    const struct plan_call_back *call_back = &offer_at(desk, c)->call_back;
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->who ^ desk->plan->customer->call,
                             customer->calls);
    if (call_back->reached >= 1 || rng_side(&rng, 0) < call_back->reached)
        return false;
    const double dial_s = time_of_task(desk, c, call_back->dial);
    const double waited_s = desk->now_s - contact->ticket.joined_s;
    contact->is = IS_ELSEWHERE;
    contact->asked++;
    customer->calls++;
    customer->waited_s += waited_s * (1 - call_back->relieves);
    ledger_of(desk, c)->call_backs_late += contact->call_back_by_s > 0 &&
                                           desk->now_s > contact->call_back_by_s;
    contact->call_back_by_s = 0;
    tell_event(desk, c, EVENT_MISSED, server->pool, 0, 0);
    begin_at_once(desk, (struct naive_task){ .kind = TASK_CALL, .contact = c,
                                             .trigger = TRIGGERS, .work_s = dial_s },
                  agent, server);
    if (customer->calls >= call_back->most) {
        ledger_of(desk, c)->unreached++;
        close_contact(desk, c, NAIVE_UNRESOLVED);
        return true;
    }
    customer->dialled = true;
    enter(desk, c, AWAITS_CUSTOMER);
    happens_at(desk, desk->now_s + (call_back->again ? dist_draw(call_back->again, &rng) : 0),
               MOMENT_RETURN, c, HAPPENS_RETURN, c);
    return true;
}

void call_again(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    contact->customer.dialled = false;
    if (!join_tier(desk, c, contact->tier, contact->customer.sent_to))
        escalate_contact(desk, c, TRIGGER_skill);
}

/* The queue whose customers hear of an answer: where contacts wait for pools, that of the pool. */
static uint32_t queue_of_answer(const struct desk *desk, const struct plan_server *server)
{
    const struct plan_queue *of = &desk->plan->queues[server->queue];
    uint32_t                 i = 0;
    if (of->own == 0)
        return server->queue;
    while (of->servers[i].pool != server->pool)
        i++;
    return of->own + i;
}

double reach(struct desk *desk, uint32_t c, const struct plan_server *server, double work_s)
{
    struct naive_contact    *contact = &desk->contacts[c];
    const struct plan_offer *offer = offer_at(desk, c);
    const double             waited_s = desk->now_s - contact->ticket.joined_s;
    if (!contact->patient)
        desk->last_wait_s[queue_of_answer(desk, server)] = waited_s;
    if (!contact->customer.called)
        return work_s;
    struct visit_row *row = visit_row(desk, c, contact->tier);
    row->reached++;
    row->wait_called_s += waited_s;
    row->called_s += desk->now_s - contact->customer.accepted_s;
    contact->customer.called = false;
    contact->customer.waited_s -= waited_s * offer->call_back.relieves;
    return offer->call_back.offered ? work_s * offer->call_back.time_factor : work_s;
}
