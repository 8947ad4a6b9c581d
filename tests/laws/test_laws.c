/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: whatever is simulated, nothing is lost: contacts, time and money balance. Method: random
 * scenarios that use everything a file may say, run on an engine that checks its world after
 * every event (no agent idle while work it may take waits); then the tally is added up again here
 * by other ways: Little's law for every queue and the desk, busy time for every tier, intervals
 * against classes, and the public result's shares and costs. */
#include "support/law.h"

#include <math.h>

#include "base/limits.h"
#include "model/plan.h"
#include "model/tally.h"

enum { SCENARIOS = 260, REPLICATIONS = 2 };

/* Interrupted contacts keep the place of when they joined, and wait since later. */
static double waits_since(const struct world *world, uint32_t c)
{
    if (world->stories && world->stories[c].interrupted)
        return world->stories[c].again_s;
    return world->contacts[c].since_s;
}

/* What a tally cannot say: how long those waited, or were worked on, whom the end cut off. */
struct watcher {
    const struct world *world;
    double              waited_s[LIMIT_TIERS], worked_s[LIMIT_TIERS];
    uint64_t            cases;
};

static void take(void *user, const struct case_record *record)
{
    struct watcher     *watcher = user;
    const struct world *world = watcher->world;
    watcher->cases++;
    if (record->fate != FATE_OPEN && record->fate != FATE_UNRESOLVED)
        return;
    for (uint32_t c = 0; c < world->contacts_used; c++) {
        const struct contact *contact = &world->contacts[c];
        if (contact->state == CONTACT_FREE || contact->number != record->number)
            continue;
        if (contact->state == CONTACT_WAITING)
            watcher->waited_s[contact->tier] += world->now_s - waits_since(world, c);
        else if (contact->state == CONTACT_AT_WORK && record->fate == FATE_OPEN)
            watcher->worked_s[contact->tier] += world->now_s - contact->since_s;
        return;
    }
}

/* All visits to a tier, counted or not. */
static struct visit_row visits_of(const struct plan *plan, const struct tally *tally, uint32_t t)
{
    struct visit_row sum = { 0 };
    for (uint32_t c = 0; c <= plan->n_classes; c++)
        ROW_ADD(&sum, &tally->visit[(size_t)t * (plan->n_classes + 1) + c]);
    return sum;
}

/* Wrap-up that the end cut off. */
static double wrap_left_s(const struct world *world, uint32_t t)
{
    double left_s = 0;
    for (uint32_t a = 0; a < world->plan->n_agents; a++)
        if (world->agents[a].state == AGENT_WRAPPING &&
            world->plan->pools[world->agents[a].pool].tier == t)
            left_s += world->agents[a].since_s - world->now_s;
    return left_s;
}

/* Of agents who are kept on contacts, and of tasks: done, and what the end cut off. */
static double other_work_s(const struct world *world, const struct tally *tally, uint32_t t)
{
    const struct plan *plan = world->plan;
    double             work_s = 0;
    for (uint32_t p = 0; p < 2 * plan->n_pools; p++)
        if (plan->pools[p % plan->n_pools].tier == t)
            work_s += tally->pool[p].hold_s + tally->pool[p].tasks_s;
    for (uint32_t a = 0; a < plan->n_agents; a++) {
        const struct agent *agent = &world->agents[a];
        if (plan->pools[agent->pool].tier != t)
            continue;
        if (agent->state == AGENT_HOLDING)
            work_s += world->now_s - agent->since_s;
        if (agent->state == AGENT_AT_WORK && world->contacts[agent->contact].flags & FLAG_TASK)
            work_s += world->now_s - world->contacts[agent->contact].since_s;
    }
    return work_s;
}

/* Before time 0, of those who waited then: in a tier (NONE: in all). */
static double waited_before_s(const struct plan *plan, uint32_t t)
{
    double sum_s = 0;
    for (uint32_t i = 0; i < plan->n_backlog; i++)
        if (t == NONE || plan->backlog[i].tier == t)
            sum_s += plan->backlog[i].age_s;
    return sum_s;
}

/* Integral of the queue = all waits; integral of busy agents = all work. */
static void tier_laws(const struct world *world, const struct tally *tally,
                      const struct watcher *watcher, uint32_t t)
{
    const struct plan     *plan = world->plan;
    const struct visit_row visits = visits_of(plan, tally, t);
    double                 queue_s = 0, busy_s = 0;
    for (uint32_t i = 0; i <= plan->n_intervals; i++) {
        queue_s += tally->tier_interval[(size_t)i * plan->n_tiers + t].queue_s;
        for (uint32_t p = 0; p < plan->n_pools; p++)
            if (plan->pools[p].tier == t)
                busy_s += tally->pool_interval[(size_t)i * plan->n_pools + p].busy_s *
                          plan->pools[p].slots;
    }
    const double waits_s = visits.wait_answered_s + visits.wait_abandoned_s +
                           visits.wait_withdrawn_s + visits.wait_again_s + visits.wait_missed_s +
                           watcher->waited_s[t] - waited_before_s(plan, t);
    cr_assert(law_same(queue_s, waits_s), "scenario %d, tier %u: queue %.17g, waits %.17g",
              (int)law_number, t + 1, queue_s, waits_s);
    const double work_s = visits.handled_s + visits.wrap_s + watcher->worked_s[t] -
                          wrap_left_s(world, t) + other_work_s(world, tally, t);
    cr_assert(law_same(busy_s, work_s), "scenario %d, tier %u: busy %.17g, work %.17g",
              (int)law_number, t + 1, busy_s, work_s);
}

/* Integral of the contacts present = all sojourns; intervals and classes count the same. */
static void desk_laws(const struct world *world, const struct tally *tally,
                      const struct watcher *watcher)
{
    const struct plan *plan = world->plan;
    double present_s = 0, sojourn_s = 0, arrived = 0, offered = 0, joined = 0, visits = 0, all = 0;
    for (uint32_t i = 0; i <= plan->n_intervals; i++)
        present_s += tally->desk_interval[i].present_s;
    for (uint32_t c = 0; c <= plan->n_classes; c++) {
        sojourn_s += tally->ledger[c].sojourn_s;
        all += tally->ledger[c].offered;
    }
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        offered += tally->ledger[c].offered;
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            visits += tally->visit[(size_t)t * (plan->n_classes + 1) + c].offered;
    }
    for (uint32_t i = 0; i < plan->n_intervals; i++) {
        arrived += tally->desk_interval[i].arrived;
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            joined += tally->tier_interval[(size_t)i * plan->n_tiers + t].offered;
    }
    sojourn_s -= waited_before_s(plan, NONE);
    cr_assert(law_same(present_s, sojourn_s), "scenario %d: present %.17g, sojourns %.17g",
              (int)law_number, present_s, sojourn_s);
    cr_assert_eq(arrived, offered, "scenario %d: %.17g, %.17g", (int)law_number, arrived, offered);
    cr_assert_eq(all, (double)watcher->cases, "scenario %d", (int)law_number);
    /* Visits begun after the end belong to no interval. */
    cr_assert(joined <= visits, "scenario %d: %.17g, %.17g", (int)law_number, joined, visits);
}

static void laws_of_replication(const struct law *law, struct world *world, struct tally *tally,
                                uint32_t replication)
{
    const struct replication_limits limits = { .events = 10000000 };
    struct watcher                  watcher = { .world = world };
    const struct case_sink          sink = { take, &watcher };
    const struct listeners          listeners = { .cases = &sink };
    char                            said[256];
    const enum replication_status   status =
        replication_run(world, tally, 42, replication, &limits, &listeners);
    cr_assert_eq((int)status, REPLICATION_DONE, "scenario %d: status %d", (int)law_number, status);
    cr_assert_null(world_broken(world));
    const char *unbalanced = replication_unbalanced(world, said, sizeof said);
    cr_assert_null(unbalanced, "scenario %d: %s\n%s", (int)law_number, unbalanced, law->text);
    for (uint32_t t = 0; t < world->plan->n_tiers; t++)
        tier_laws(world, tally, &watcher, t);
    desk_laws(world, tally, &watcher);
}

Test(laws, nothing_is_lost_in_a_replication)
{
    uint64_t contacts = 0, events = 0;
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        const struct scenario_style style = { .rich = number & 1, .routed = number & 2 };
        struct law   law = law_random(number, &style);
        struct world world;
        struct tally tally;
        cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST));
        cr_assert(tally_open(&tally, law.scenario->plan));
        for (uint32_t r = 0; r < REPLICATIONS; r++) {
            laws_of_replication(&law, &world, &tally, r);
            contacts += tally.contacts;
            events += tally.events;
        }
        tally_close(&tally);
        world_close(&world);
        law_free(&law);
    }
    /* The scenarios are no empty ones. */
    cr_assert_gt(contacts, 500u * SCENARIOS * REPLICATIONS);
    cr_assert_gt(events, 2 * contacts);
}

/* ---- the public result */

static double sum_over(const struct tsim_result *result, enum tsim_scope scope,
                       const char *measure, size_t entries, bool *defined)
{
    const size_t m = tsim_result_measure(result, scope, measure);
    double       sum = 0;
    cr_assert_neq(m, (size_t)-1, "%s", measure);
    *defined = true;
    for (size_t i = 0; i < entries; i++) {
        const struct tsim_estimate estimate = tsim_result_get(result, scope, i, m);
        *defined &= estimate.defined;
        sum += estimate.value;
    }
    return sum;
}

static void shares_add_up(const struct tsim_result *result)
{
    bool         defined;
    const double fates = sum_over(result, TSIM_SCOPE_FATE, "share",
                                  tsim_result_entries(result, TSIM_SCOPE_FATE), &defined);
    cr_assert(!defined || law_same(fates, 1), "scenario %d: fates %.17g", (int)law_number, fates);
    size_t                   n;
    const struct tsim_split *split = tsim_result_split(result, &n);
    double                   shares = 0;
    for (size_t i = 0; i < n; i++)
        shares += split[i].share.value;
    cr_assert(n == 0 || !split[0].share.defined || law_same(shares, 1),
              "scenario %d: split %.17g", (int)law_number, shares);
    static const char *const of_cost[] = { "per_day", "per_contact", "per_resolution" };
    for (size_t k = 0; k < 3; k++) {
        const size_t lines = tsim_result_entries(result, TSIM_SCOPE_COST) - 1;
        const double sum = sum_over(result, TSIM_SCOPE_COST, of_cost[k], lines, &defined);
        const double total = tsim_result_find(result, TSIM_SCOPE_COST, "total", of_cost[k]).value;
        cr_assert(law_same(sum, total), "scenario %d: %s %.17g of %.17g", (int)law_number,
                  of_cost[k], sum, total);
    }
}

/* Every value is a finite number, every interval holds its value, every share is one. */
static void numbers_are_sane(const struct tsim_result *result)
{
    for (int s = 0; s < TSIM_SCOPES; s++) {
        const enum tsim_scope      scope = (enum tsim_scope)s;
        size_t                     n;
        const struct tsim_measure *measures = tsim_result_measures(result, scope, &n);
        for (size_t e = 0; e < tsim_result_entries(result, scope); e++)
            for (size_t m = 0; m < n; m++) {
                const struct tsim_estimate v = tsim_result_get(result, scope, e, m);
                /* Areas of levels are rounded: who was always busy may be a hair more. */
                const double slack = measures[m].unit == TSIM_UNIT_SHARE ? 1e-12 : 0;
                cr_assert(isfinite(v.value) && isfinite(v.low) && isfinite(v.high) &&
                              isfinite(v.std_error) && v.low <= v.value &&
                              v.value <= v.high + slack &&
                              (measures[m].unit != TSIM_UNIT_SHARE ||
                               (v.low >= 0 && v.high <= 1)),
                          "scenario %d: %s %s %s: %.17g in [%.17g, %.17g] ± %g", (int)law_number,
                          tsim_scope_name(scope), tsim_result_entry(result, scope, e),
                          measures[m].name, v.value, v.low, v.high, v.std_error);
            }
    }
}

Test(laws, results_add_up)
{
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        const struct scenario_style style = { .rich = number & 1, .routed = number & 2 };
        struct law          law = law_random(number, &style);
        struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
        cr_assert(tsim_result_info(result)->complete);
        shares_add_up(result);
        numbers_are_sane(result);
        tsim_result_free(result);
        law_free(&law);
    }
}
