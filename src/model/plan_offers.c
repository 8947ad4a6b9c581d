/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers who have to wait are told and offered, from names to indices. */
#include <math.h>
#include <string.h>

#include "model/plan_customer.h"
#include "model/plan_impl.h"

static struct plan_balking balking_of(const struct balking_given *given)
{
    return (struct plan_balking){
        .asked = true,
        .announced = given->announced,
        .from_waiting = given->from_waiting,
        .per_waiting = given->per_waiting,
        .from_wait_s = given->from_wait_s,
        .per_s = given->per_minute / 60,
        .most = given->most,
        .patience = given->announced ? given->patience : 1,
    };
}

static struct plan_call_back call_back_of(struct compiler *compiler,
                                          const struct call_back_given *given)
{
    const bool by_wait = json_member(given->at, "from_wait") != NULL;
    const bool by_length = json_member(given->at, "from_waiting") != NULL;
    return (struct plan_call_back){
        .offered = true,
        .after_others = given->place == PLACE_AFTER_OTHERS,
        .from_waiting = by_wait && !by_length ? UINT32_MAX : given->from_waiting,
        .from_wait_s = by_wait ? given->from_wait_s : INFINITY,
        .accepts = given->accepts,
        .reserve = given->reserve,
        .most = given->most,
        .within_s = given->within_s,
        .due_in = make_time_or_zero(compiler, &given->due_in),
        .grid_s = given->grid_s,
        .reached = given->reached,
        .dial = make_time(compiler, &given->dial),
        .again = make_time(compiler, &given->again),
        .time_factor = given->time_factor,
        .relieves = given->relieves,
    };
}

static void compile_channel(struct compiler *compiler, const struct channel_given *given,
                            struct plan_offer *offers)
{
    const struct plan_call_back call_back =
        given->call_back.at ? call_back_of(compiler, &given->call_back)
                            : (struct plan_call_back){ .offered = false };
    check_names(compiler, &given->balking.tier, &compiler->tiers);
    check_names(compiler, &given->call_back.tier, &compiler->tiers);
    for (uint32_t t = 0; t < compiler->plan->n_tiers; t++) {
        offers[t].estimate = (enum wait_estimate)given->estimate;
        offers[t].balking.patience = 1;
        if (given->balking.at && in_list(&given->balking.tier, &compiler->tiers, t))
            offers[t].balking = balking_of(&given->balking);
        if (given->call_back.at && in_list(&given->call_back.tier, &compiler->tiers, t))
            offers[t].call_back = call_back;
    }
}

/* A second queue beside each, served by the same agents when nobody else waits. */
static void add_late_queues(struct compiler *compiler, struct plan_customer *customer)
{
    struct plan       *plan = compiler->plan;
    const uint32_t     n = plan->n_queues;
    struct plan_queue *queues = TAKE(compiler, 2 * (size_t)n, struct plan_queue);
    uint32_t          *late = TAKE(compiler, n, uint32_t);
    if (!queues || !late)
        return;
    memcpy(queues, plan->queues, n * sizeof *queues);
    for (uint32_t q = 0; q < n; q++) {
        queues[n + q] = queues[q];
        queues[n + q].beside = q;
        late[q] = n + q;
    }
    plan->queues = queues;
    plan->n_queues = 2 * n;
    customer->late = late;
}

static void estimate_work(struct compiler *compiler, struct plan_customer *customer)
{
    const struct plan *plan = compiler->plan;
    const size_t       n = (size_t)plan->n_classes * plan->n_tiers;
    double            *work_s = TAKE(compiler, n, double);
    for (size_t i = 0; work_s && i < n; i++) {
        const struct plan_visit *visit = &plan->visits[i];
        work_s[i] = dist_mean(visit->handling);
        work_s[i] += visit->wrap_up && !visit->triage ? dist_mean(visit->wrap_up) : 0;
    }
    customer->work_s = work_s;
}

void compile_offers(struct compiler *compiler, struct plan_customer *customer)
{
    const struct channel_given *channels = compiler->given->channels.at;
    const uint32_t              n_tiers = compiler->plan->n_tiers;
    bool                        any = false, late = false;
    for (uint32_t i = 0; i < compiler->given->channels.n; i++) {
        any |= channels[i].balking.at || channels[i].call_back.at;
        late |= channels[i].call_back.at && channels[i].call_back.place == PLACE_AFTER_OTHERS;
    }
    if (!any)
        return;
    struct plan_offer *offers =
        TAKE(compiler, (size_t)compiler->plan->n_channels * n_tiers, struct plan_offer);
    if (!offers)
        return;
    for (uint32_t i = 0; i < compiler->given->channels.n; i++)
        compile_channel(compiler, &channels[i], &offers[(size_t)i * n_tiers]);
    customer->offers = offers;
    compiler->plan->offered = true;
    customer->offer = rng_purpose("call-back offer");
    customer->balks = rng_purpose("balking");
    customer->call = rng_purpose("call-back");
    customer->booking = rng_purpose("appointment");
    estimate_work(compiler, customer);
    if (late)
        add_late_queues(compiler, customer);
}
