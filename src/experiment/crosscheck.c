/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each tier as the textbook's line beside the simulated one: Erlang B, C, A, or with a bounded
 * queue; for tiers without loss the product form of Jackson. What the textbook leaves out is said,
 * because that is what explains a difference. */
#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "experiment/result.h"
#include "model/plan_customer.h"
#include "theory/erlang.h"

/* What of a tier differs from the textbook. */
struct tier_facts {
    double      rate;          /* per second, offered                                     */
    double      service_s, patience_s; /* means; patience INFINITY: never gives up         */
    double      agents;
    bool        poisson, one_pool, helped, duties, constant_staff, exponential_service,
        exponential_patience, several_at_once, individual, one_kind, no_wrap_up, fifo,
        lossless_before, steady, lines_bounded, closes, backlog, only_handling, offers,
        own_policy;
    uint32_t    places;
    bool        bounded;
};

static bool is_exponential(const struct dist *dist)
{
    return dist->fast == DIST_EXPONENTIAL;
}

/* Every arrival process is Poisson at one constant rate without busy days, and nothing is
 * deflected by chance of a class (thinning keeps it Poisson). */
static bool all_poisson(const struct plan *plan)
{
    for (uint32_t s = 0; s < plan->n_streams; s++) {
        const struct arrival *arrival = &plan->streams[s].arrival;
        if (arrival->rate.n != 1 || arrival->varies || arrival->batch)
            return false;
    }
    return true;
}

static bool lines_bounded(const struct plan *plan)
{
    for (uint32_t c = 0; c < plan->n_channels; c++)
        if (plan->channels[c].lines > 0)
            return true;
    return false;
}

/* Customers return, or their reply does. */
static bool come_back(const struct plan *plan)
{
    return plan->customer && plan->customer->comes_back;
}

static void read_classes(const struct plan *plan, uint32_t t, struct tier_facts *facts)
{
    const struct plan_visit *first = NULL;
    facts->exponential_service = facts->exponential_patience = facts->one_kind = true;
    facts->no_wrap_up = true;
    facts->patience_s = INFINITY;
    double patient = 0, patience_s = 0, n = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_visit *visit = &plan->visits[(size_t)c * plan->n_tiers + t];
        if (visit->queue == NONE)
            continue;
        facts->exponential_service &= is_exponential(visit->handling);
        facts->no_wrap_up &= visit->wrap_up == NULL;
        if (visit->patience)
            facts->exponential_patience &= is_exponential(visit->patience);
        if (first)
            facts->one_kind &= visit->handling == first->handling &&
                               visit->patience == first->patience &&
                               visit->resolves == first->resolves;
        else
            first = visit;
        patient += visit->patience == NULL;
        patience_s += visit->patience ? dist_mean(visit->patience) : 0;
        n++;
    }
    if (n > patient) {
        facts->patience_s = patience_s / (n - patient);
        facts->one_kind &= patient == 0;
    }
    if (plan->classes->trace || plan->hourly)
        facts->one_kind = false;
}

static void read_staff(const struct plan *plan, uint32_t t, struct tier_facts *facts)
{
    const struct plan_tier *tier = &plan->tiers[t];
    facts->one_pool = tier->n_pools == 1;
    facts->helped = tier->helped;
    facts->constant_staff = true;
    for (uint32_t p = tier->pool_base; p < tier->pool_base + tier->n_pools; p++) {
        facts->constant_staff &= plan->pools[p].agents.n == 1;
        facts->helped |= plan->pools[p].n_helps > 0;
        facts->duties |= plan->pools[p].n_duties > 0;
        for (uint32_t i = 0; i < plan->pools[p].n_idle_duties; i++)
            facts->duties |= plan->pools[p].idle_duties[i].back_s > 0;
        facts->several_at_once |= plan->pools[p].slots > 1;
        facts->individual |= plan->pools[p].individual || plan->pools[p].practice < 0 ||
                             plan->pools[p].n_tenure > 0;
        for (uint32_t q = 0; q < plan->pools[p].n_queues; q++)
            facts->one_kind &= plan->pools[p].queues[q].factor == 1;
    }
    facts->fifo = strcmp(tier->order->kind.name, "fifo") == 0 ||
                  (strcmp(tier->order->kind.name, "priority") == 0 && plan->n_levels == 1) ||
                  tier->simple;
    facts->bounded = tier->capacity != UINT32_MAX;
    facts->places = facts->bounded ? tier->capacity : 0;
}

static double measured(const struct tsim_result *result, uint32_t t, const char *measure)
{
    return tsim_result_get(result, TSIM_SCOPE_TIER, t,
                           tsim_result_measure(result, TSIM_SCOPE_TIER, measure)).value;
}

/* Whether a user's own policy says where contacts are; whether it has a say in a tier. */
static bool moves(const struct plan *plan)
{
    return plan->policy && (plan->policy->table->route || plan->policy->table->escalate);
}

static bool decides(const struct plan *plan, uint32_t t)
{
    return moves(plan) || (plan->policy && plan->policy->rules[t]);
}

/* Rate from outside at the first tier, when every contact enters there. */
static bool outside_rate(const struct plan *plan, uint32_t t, double *rate)
{
    *rate = 0;
    if (t != 0 || plan->has_self_service || moves(plan) || come_back(plan) || plan->n_causes > 0 ||
        plan->organisation == ORGANISATION_DIRECT ||
        plan->organisation == ORGANISATION_CONTEXT_ROUTED)
        return false;
    for (uint32_t s = 0; s < plan->n_streams; s++) {
        const struct plan_stream *stream = &plan->streams[s];
        if (stream->enters_at.n != 1 || stream->enters_at.index[0] != 0)
            return false;
        const struct arrival *arrival = &stream->arrival;
        const bool plain = arrival->rate.n == 1 && !arrival->regimes && arrival->n_surges == 0 &&
                           !arrival->day_rates && !arrival->batch;
        *rate += plain ? arrival->rate.value[0] : NAN;
    }
    /* What comes back from above is not from outside. */
    for (size_t i = 0; i < (size_t)plan->n_classes * plan->n_tiers * TRIGGERS; i++) {
        const struct plan_path *path = &plan->paths[plan->path_of[i]];
        for (uint32_t k = 0; k < path->n; k++)
            if ((path->places[k].kind == PLACE_TIER && path->places[k].index == 0) ||
                path->places[k].kind == PLACE_POOL || path->places[k].kind == PLACE_AUTHORITY ||
                path->places[k].kind == PLACE_QUEUE || path->places[k].kind == PLACE_BACK)
                return false;
    }
    return isfinite(*rate);
}

static void add_reason(struct text *text, bool is_so, const char *reason)
{
    if (is_so)
        text_add(text, "%s%s", text->length ? ", " : "", reason);
}

static const char *spell_reasons(struct tsim_result *result, const struct tier_facts *facts)
{
    char        buffer[512];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    add_reason(&text, !facts->steady, facts->backlog ? "the day starts with a backlog"
                                                     : "the day starts empty");
    add_reason(&text, !facts->poisson, "arrivals vary more or over time");
    add_reason(&text, facts->lines_bounded, "lines are bounded");
    add_reason(&text, facts->closes, "channels close");
    add_reason(&text, !facts->constant_staff, "staffing changes");
    add_reason(&text, !facts->one_pool, "several pools");
    add_reason(&text, facts->helped, "tiers help each other");
    add_reason(&text, facts->duties, "agents have other duties");
    add_reason(&text, !facts->one_kind, "contacts differ");
    add_reason(&text, !facts->exponential_service, "handling is not exponential");
    add_reason(&text, !facts->no_wrap_up, "wrap-up");
    add_reason(&text, isfinite(facts->patience_s) && !facts->exponential_patience,
               "patience is not exponential");
    add_reason(&text, !facts->fifo, "the queue is not first come, first served");
    add_reason(&text, facts->own_policy, "a policy of the scenario's own");
    add_reason(&text, facts->offers, "customers balk or are called back");
    add_reason(&text, facts->several_at_once, "agents work on several contacts at once");
    add_reason(&text, facts->individual, "agents differ in pace");
    add_reason(&text, !facts->only_handling,
               "contacts come back, or agents are kept on or taken off them");
    add_reason(&text, !facts->lossless_before, "what other tiers send is not Poisson");
    return arena_copy(&result->arena, buffer);
}

static const char *model_name(const struct tier_facts *facts, bool jackson)
{
    if (facts->bounded && facts->places == 0)
        return "Erlang B";
    if (isfinite(facts->patience_s))
        return facts->bounded ? "Erlang A with a bounded queue" : "Erlang A";
    if (facts->bounded)
        return "M/M/n/K";
    return jackson ? "Jackson" : "Erlang C";
}

static void add_check(struct tsim_result *result, uint32_t t, const char *model,
                      const char *measure, double analytic, const char *reasons)
{
    const size_t at = tsim_result_measure(result, TSIM_SCOPE_TIER, measure);
    result->crosschecks[result->n_crosschecks++] = (struct tsim_crosscheck){
        .tier = result->names[TSIM_SCOPE_TIER][t],
        .model = model,
        .measure = measure,
        .analytic = analytic,
        .simulated = tsim_result_get(result, TSIM_SCOPE_TIER, t, at),
        .exact = reasons[0] == '\0',
        .reasons = reasons,
    };
}

/* The textbook's answers of a tier: sums weighted by what is offered, over intervals. */
struct answers {
    double offered, admitted, served, in_time, delayed, blocked, abandoned, wait_s; /* per second */
    double busy, agents;
};

/* Adds a stretch of time with a constant rate and staff. False when the formula has no answer:
 * nobody there, or more work than the agents can do and nobody gives up. */
static bool add_stretch(struct answers *answers, const struct plan_tier *tier,
                        const struct tier_facts *facts, double rate, double agents)
{
    const struct erlang_system system = {
        .arrival_rate = rate,
        .service_rate = 1 / facts->service_s,
        .abandon_rate = isfinite(facts->patience_s) && facts->patience_s > 0
                            ? 1 / facts->patience_s : 0,
        .agents = (uint32_t)agents,
        .limited = facts->bounded,
        .places = facts->places,
        .within = tier->answer_within_s,
    };
    struct erlang_measures measures;
    if (agents < 1 || !erlang_solve(&system, &measures) || !measures.stable)
        return false;
    answers->offered += rate;
    answers->admitted += rate * (1 - measures.block_share);
    answers->served += measures.served_rate;
    answers->in_time += rate * measures.level[ERLANG_SERVED_OF_OFFERED];
    answers->delayed += rate * measures.wait_share;
    answers->blocked += rate * measures.block_share;
    answers->abandoned += rate * measures.abandon_share;
    answers->wait_s += measures.served_rate * measures.wait_mean_served;
    answers->busy += measures.busy_mean;
    answers->agents += agents;
    return true;
}

/* Where arrivals or staff change over time: each report interval as if it were for ever. */
static bool add_intervals(struct answers *answers, const struct tsim_result *result,
                          const struct plan *plan, uint32_t t, const struct tier_facts *facts)
{
    const size_t offered = tsim_result_measure(result, TSIM_SCOPE_TIER_INTERVAL, "offered");
    const size_t agents = tsim_result_measure(result, TSIM_SCOPE_TIER_INTERVAL, "agents");
    for (uint32_t i = 0; i < plan->n_intervals; i++) {
        const size_t entry = (size_t)t * plan->n_intervals + i;
        const double rate =
            tsim_result_get(result, TSIM_SCOPE_TIER_INTERVAL, entry, offered).value /
            plan->interval_s;
        const double staff =
            tsim_result_get(result, TSIM_SCOPE_TIER_INTERVAL, entry, agents).value;
        if (rate > 0 && !add_stretch(answers, &plan->tiers[t], facts, rate, floor(staff + 0.5)))
            return false;
    }
    return answers->served > 0;
}

static void check_tier(struct tsim_result *result, const struct plan *plan, uint32_t t,
                       const struct tier_facts *facts)
{
    const bool     constant = facts->constant_staff && facts->poisson;
    const char    *model = model_name(facts, t > 0);
    struct answers answers = { 0 };
    if (!(facts->rate > 0) || !(facts->service_s > 0))
        return;
    if (constant ? !add_stretch(&answers, &plan->tiers[t], facts, facts->rate,
                                floor(facts->agents + 0.5))
                 : !add_intervals(&answers, result, plan, t, facts))
        return;
    if (!constant)
        model = arena_print(&result->arena, "%s by interval", model);
    const char *reasons = spell_reasons(result, facts);
    add_check(result, t, model, "service_level", answers.in_time / answers.admitted, reasons);
    add_check(result, t, model, "delayed_share", answers.delayed / answers.offered, reasons);
    add_check(result, t, model, "wait_mean", answers.wait_s / answers.served, reasons);
    if (isfinite(facts->patience_s))
        add_check(result, t, model, "abandoned_share", answers.abandoned / answers.offered,
                  reasons);
    if (facts->bounded)
        add_check(result, t, model, "blocked_share", answers.blocked / answers.offered, reasons);
    if (constant)
        add_check(result, t, model, "occupancy", answers.busy / answers.agents, reasons);
}

#define CHECKS_PER_TIER 6

void crosscheck(struct tsim_result *result, const struct plan *plan)
{
    const bool poisson = all_poisson(plan);
    bool       lossless = true; /* all tiers so far keep a Poisson stream Poisson */
    result->crosschecks = ARENA_ARRAY(&result->arena, (size_t)plan->n_tiers * CHECKS_PER_TIER,
                                      struct tsim_crosscheck);
    if (!result->crosschecks)
        return;
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        struct tier_facts facts = { .poisson = poisson, .lossless_before = lossless,
                                    .steady = plan->steady_state,
                                    .backlog = plan->n_backlog > 0,
                                    .lines_bounded = lines_bounded(plan),
                                    .closes = plan->opening,
                                    .only_handling = !plan->stories,
                                    .offers = plan->customer && plan->customer->offers,
                                    .own_policy = decides(plan, t) };
        read_classes(plan, t, &facts);
        read_staff(plan, t, &facts);
        facts.agents = measured(result, t, "agents_mean");
        facts.service_s = measured(result, t, "handling_mean");
        if (!outside_rate(plan, t, &facts.rate))
            facts.rate = measured(result, t, "offered_per_day") * plan->days /
                         (plan->end_s - plan->warmup_s);
        const struct plan_visit *first = &plan->visits[t];
        if (facts.one_kind && facts.no_wrap_up && facts.exponential_service)
            facts.service_s = dist_mean(first->handling);
        check_tier(result, plan, t, &facts);
        lossless &= facts.exponential_service && facts.one_kind && facts.no_wrap_up &&
                    !isfinite(facts.patience_s) && !facts.bounded && facts.constant_staff &&
                    facts.one_pool && !facts.helped && !facts.duties && !facts.own_policy;
    }
}
