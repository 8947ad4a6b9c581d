/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons to move on besides how the work went: who the customer is and wants, policy, pressure. */
#include <math.h>

#include "model/plan_customer.h"
#include "support/naive/desk.h"

bool falls_to(const struct desk *desk, uint32_t c, uint64_t purpose, double share)
{
    const struct rng rng = draw_of(desk, c, stream_of(desk, c)->who ^ purpose, 0);
    return rng_side(&rng, 0) < share;
}

/* Draws of the work that has begun last in the contact's tier. */
static struct rng work_draw(const struct desk *desk, uint32_t c, uint64_t purpose)
{
    const struct naive_contact *contact = &desk->contacts[c];
    return draw_of(desk, c, visit_of(desk, c)->work ^ purpose, contact->works[contact->tier]);
}

double resolves_with(const struct plan_server *server, const struct plan_visit *visit)
{
    if (visit->triage)
        return visit->resolves;
    const double share = server->resolves >= 0 ? server->resolves : visit->resolves;
    return server->fails == 1 ? share : 1 - (1 - share) * server->fails;
}

double refer_if_pressed(struct desk *desk, uint32_t c, double work_s)
{
    const struct plan_customer *customer = desk->plan->customer;
    struct naive_contact       *contact = &desk->contacts[c];
    contact->customer.referred = false;
    if (!customer || visit_of(desk, c)->triage || contact->approved)
        return work_s;
    const struct plan_congestion *congestion = &customer->congestion[contact->tier];
    const double beyond = (double)count_waiting(desk, contact->tier) - congestion->from;
    const double share = fmin(congestion->most, congestion->per_waiting * beyond);
    struct rng   rng = work_draw(desk, c, customer->refers);
    if (rng_side(&rng, 0) >= share)
        return work_s;
    contact->customer.referred = true;
    contact->solved = false;
    return congestion->time ? dist_draw(congestion->time, &rng) : 0;
}

bool is_forbidden(const struct desk *desk, uint32_t c, uint32_t pool)
{
    const struct plan_customer *customer = desk->plan->customer;
    return customer && !customer->cleared[pool] &&
           falls_to(desk, c, customer->regulation, customer->regulated[class_of(desk, c)->issue]);
}

double felt_wait(const struct desk *desk, uint32_t c)
{
    const struct plan_customer *customer = desk->plan->customer;
    const double                waited_s = desk->contacts[c].customer.waited_s;
    if (falls_to(desk, c, customer->updates, customer->updated_share))
        return waited_s * (1 - customer->updates_relieve);
    return waited_s;
}

bool asks_for_manager(const struct desk *desk, uint32_t c)
{
    const struct plan_customer *customer = desk->plan->customer;
    const struct naive_contact *contact = &desk->contacts[c];
    if (!customer || contact->tier >= customer->top || contact->customer.insisted)
        return false;
    const double hazard = customer->requests.base +
                          customer->requests.per_wait_s * felt_wait(desk, c) +
                          customer->requests.per_transfer * contact->hops +
                          customer->requests.per_repeat * contact->attempts;
    struct rng   rng = work_draw(desk, c, customer->request);
    const double threshold = exact_exponential(rng_unit(&rng));
    if (!customer->requests.asked || threshold >= hazard)
        return false;
    const bool talked_down = rng_side(&rng, 0) < customer->requests.talked_down;
    ledger_of(desk, c)->requests++;
    ledger_of(desk, c)->talked_down += talked_down;
    return !talked_down;
}

static bool is_sent_on(struct desk *desk, uint32_t c, uint32_t tier, enum trigger trigger)
{
    struct naive_contact *contact = &desk->contacts[c];
    const struct rng      rng = draw_of(desk, c, visit_at(desk, c, tier)->work,
                                        contact->works[tier]);
    contact->route = rng_side(&rng, 1);
    const struct plan_path *path = find_path(desk, c, trigger, tier);
    if (path->n == 0)
        return false;
    contact->tier = tier;
    contact->works[tier]++;
    contact->ticket.joined_s = desk->now_s;
    count_joined(desk, c);
    tell_event(desk, c, EVENT_PASSED, NONE, trigger, 0);
    move_on(desk, c, trigger, path);
    return true;
}

bool is_sent_elsewhere(struct desk *desk, uint32_t c, uint32_t tier)
{
    const struct plan_customer *customer = desk->plan->customer;
    if (!customer)
        return false;
    if (desk->contacts[c].attempts > 0 && is_sent_on(desk, c, tier, TRIGGER_repeat))
        return true;
    return customer->high_profile[class_of(desk, c)->segment] &&
           is_sent_on(desk, c, tier, TRIGGER_high_profile);
}
