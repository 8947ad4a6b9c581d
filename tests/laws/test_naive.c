/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the engine does what the words say, event by event, also where much happens at one instant.
 * Method: small random scenarios, every second one with all times in whole minutes, run on the
 * engine and on a slow and simple second one (support/naive/) that was written from the words and
 * shares nothing with it but the plan and the draws. All that is told must be equal: time to the
 * last bit, contact, kind, tier, pool, detail and where to; the sums of the engine's tally must be
 * those of the second one's account; and they must be the same when nobody listens. Where something
 * differs, both sides around the first difference are printed and the scenario is kept in a file.
 */
#include "support/law.h"

#include "support/naive/desk.h"
#include "support/naive/recount.h"

enum { SCENARIOS = 600, REPLICATIONS = 2, MOST = 1000000 };

#define SAME_FATE(name) ((int)NAIVE_##name == (int)FATE_##name)
_Static_assert(SAME_FATE(SELF_SERVICE) && SAME_FATE(RESOLVED) && SAME_FATE(VENDOR) &&
                   SAME_FATE(ABANDONED) && SAME_FATE(BLOCKED) && SAME_FATE(UNRESOLVED) &&
                   SAME_FATE(OPEN),
               "fates have one order");

/* ---- what was told */

struct account {
    struct case_event *at;
    size_t             n, room;
};

static void take(void *user, const struct case_event *event)
{
    struct account *account = user;
    if (account->n == account->room) {
        account->room = 2 * account->room + 1024;
        account->at = realloc(account->at, account->room * sizeof *account->at);
        cr_assert(account->at);
    }
    account->at[account->n++] = *event;
}

/* … by a loop of its own, where the desk is plain. */
static void same_when_nobody_listens(struct world *world, const struct tally *tally, uint64_t seed,
                                     uint32_t replication)
{
    const struct replication_limits limits = { .events = MOST };
    struct tally                    deaf;
    cr_assert(tally_open(&deaf, world->plan));
    cr_assert_eq((int)replication_run(world, &deaf, seed, replication, &limits, NULL),
                 REPLICATION_DONE);
    cr_assert(deaf.contacts == tally->contacts && deaf.events == tally->events &&
                  memcmp(deaf.block, tally->block, deaf.size) == 0,
              "scenario %d, replication %u: listening changes what is counted", (int)law_number,
              replication);
    tally_close(&deaf);
}

static struct account told_by_engine(const struct plan *plan, uint64_t seed, uint32_t replication,
                                     struct tally *tally)
{
    const struct replication_limits limits = { .events = MOST };
    struct account                  account = { 0 };
    const struct event_sink         sink = { take, &account };
    const struct listeners          listeners = { .events = &sink };
    struct world                    world;
    cr_assert(world_open(&world, plan, LAW_CONTACTS_MOST));
    const enum replication_status status =
        replication_run(&world, tally, seed, replication, &limits, &listeners);
    cr_assert_eq((int)status, REPLICATION_DONE, "scenario %d: status %d", (int)law_number, status);
    same_when_nobody_listens(&world, tally, seed, replication);
    world_close(&world);
    return account;
}

static struct account told_by_naive(const struct plan *plan, uint64_t seed, uint32_t replication,
                                    struct tally *tally)
{
    struct account          account = { 0 };
    const struct event_sink sink = { take, &account };
    cr_assert(naive_run(plan, seed, replication, MOST, &sink, tally), "scenario %d",
              (int)law_number);
    return account;
}

static bool is_end(const struct case_event *event)
{
    return event->kind == EVENT_CLOCK ||
           (event->kind == EVENT_CLOSED &&
            (event->detail == FATE_UNRESOLVED || event->detail == FATE_OPEN));
}

/* Contacts that all end at one instant for no doing of theirs, emptied out of queues or cut off,
 * have no order among themselves: they are put in that of their numbers. */
static void sort_ends(struct account *account)
{
    for (size_t i = 1; i < account->n; i++) {
        const struct case_event event = account->at[i];
        size_t                  k = i;
        for (; k > 0 && is_end(&event) && is_end(&account->at[k - 1]) &&
               account->at[k - 1].at_s == event.at_s && account->at[k - 1].number > event.number;
             k--)
            account->at[k] = account->at[k - 1];
        account->at[k] = event;
    }
}

/* ---- comparing */

static bool same_event(const struct case_event *a, const struct case_event *b)
{
    return memcmp(&a->at_s, &b->at_s, sizeof a->at_s) == 0 &&
           memcmp(&a->amount, &b->amount, sizeof a->amount) == 0 && a->number == b->number &&
           a->class == b->class && a->pool == b->pool && a->agent == b->agent &&
           a->to == b->to && a->kind == b->kind && a->tier == b->tier && a->detail == b->detail &&
           a->hops == b->hops && a->counted == b->counted;
}

static const char *const kind_names[EVENT_KINDS] = {
    [EVENT_CREATED] = "created",     [EVENT_SELF_SERVICE] = "self-service",
    [EVENT_QUEUED] = "queued",       [EVENT_WORK] = "work",
    [EVENT_DONE] = "done",           [EVENT_PASSED] = "passed",
    [EVENT_INTERRUPTED] = "interrupted",
    [EVENT_ESCALATED] = "escalated", [EVENT_VENDOR] = "vendor",
    [EVENT_CONSULT] = "consult",     [EVENT_HELP] = "help",
    [EVENT_HELPED] = "helped",       [EVENT_RELEASED] = "released",
    [EVENT_CUSTOMER] = "customer",   [EVENT_REPLIED] = "replied",
    [EVENT_WITHDRAWN] = "withdrawn", [EVENT_SLA] = "sla",
    [EVENT_CLOCK] = "clock",
    [EVENT_ABANDONED] = "abandoned", [EVENT_RETRIES] = "retries",
    [EVENT_RESOLVED] = "resolved",   [EVENT_REOPENED] = "reopened",   [EVENT_BALKED] = "balked",
    [EVENT_CALL_BACK] = "call_back", [EVENT_BOOKED] = "booked", [EVENT_MISSED] = "missed",
    [EVENT_CLOSED] = "closed",
};

static void print_event(const struct account *account, size_t i, const char *side)
{
    if (i >= account->n) {
        fprintf(stderr, "  %-6s %6zu (no more)\n", side, i);
        return;
    }
    const struct case_event *event = &account->at[i];
    fprintf(stderr, "  %-6s %6zu %17.10g s #%-5llu %-12s tier %u pool %d agent %d detail %u to %u "
                    "hops %u class %u%s\n", side, i, event->at_s, (unsigned long long)event->number,
            kind_names[event->kind], event->tier + 1u, (int)event->pool,
            (int)event->agent, event->detail, event->to,
            event->hops, event->class, event->counted ? "" : " (not counted)");
}

enum { AROUND = 12 };

static void print_difference(const struct account *engine, const struct account *naive, size_t i)
{
    for (size_t k = i > AROUND ? i - AROUND : 0; k < i; k++)
        print_event(engine, k, "both");
    for (size_t k = i; k < i + 6; k++)
        print_event(engine, k, "engine");
    for (size_t k = i; k < i + 6; k++)
        print_event(naive, k, "naive");
}

static void keep_text(const char *text)
{
    char  name[64];
    snprintf(name, sizeof name, "scenario-%d.json", (int)law_number);
    FILE *file = fopen(name, "w");
    if (file) {
        fputs(text, file);
        fclose(file);
    }
}

/* ---- what the scenarios are good for */

struct seen {
    uint64_t events, at_one_instant, plain, kinds[EVENT_KINDS], fates[FATES], tasks[TASK_KINDS],
        ends[END_FOLLOW + 1], triggers[TRIGGERS];
    struct pool_interval_row duties; /* of all pools                                        */
};

static void look_at_pools(struct seen *seen, const struct plan *plan, const struct tally *tally)
{
    for (size_t i = 0; i < (size_t)plan->n_intervals * plan->n_pools; i++)
        ROW_ADD(&seen->duties, &tally->pool_interval[i]);
}

static void look(struct seen *seen, const struct account *account)
{
    seen->events += account->n;
    for (size_t i = 0; i < account->n; i++) {
        const struct case_event *event = &account->at[i];
        seen->kinds[event->kind]++;
        if (event->kind == EVENT_CLOSED)
            seen->fates[event->detail]++;
        if (event->kind == EVENT_ESCALATED)
            seen->triggers[event->detail]++;
        if (event->kind == EVENT_HELP)
            seen->tasks[event->detail]++;
        seen->at_one_instant += i > 0 && event->at_s == event[-1].at_s &&
                                event->number != event[-1].number &&
                                event->kind != EVENT_CLOSED;
    }
}

/* What the engine has counted is what the second one's account adds up to. */
static void compare_counts(const struct law *law, uint32_t replication, const struct tally *tally,
                           const struct account *naive, struct tally *again)
{
    const struct plan *plan = law->scenario->plan;
    char               text[256];
    recount(plan, naive->at, naive->n, again);
    const char *differs = recount_differs(plan, tally, again, text, sizeof text);
    if (differs)
        keep_text(law->text);
    cr_assert_null(differs, "scenario %d, replication %u: %s", (int)law_number, replication,
                   differs);
}

static void compare(const struct law *law, uint32_t replication, struct seen *seen)
{
    const struct plan *plan = law->scenario->plan;
    struct tally       tally, again;
    cr_assert(tally_open(&tally, plan) && tally_open(&again, plan));
    tally_clear(&again);
    struct account engine = told_by_engine(plan, 7, replication, &tally);
    struct account naive = told_by_naive(plan, 7, replication, &again);
    size_t         i = 0;
    sort_ends(&engine);
    sort_ends(&naive);
    while (i < engine.n && i < naive.n && same_event(&engine.at[i], &naive.at[i]))
        i++;
    if (i < engine.n || i < naive.n) {
        print_difference(&engine, &naive, i);
        keep_text(law->text);
        cr_assert_fail("scenario %d, replication %u: the engines differ in event %zu",
                       (int)law_number, replication, i);
    }
    compare_counts(law, replication, &tally, &naive, &again);
    look_at_pools(seen, plan, &again);
    tally_close(&again);
    tally_close(&tally);
    look(seen, &naive);
    seen->ends[plan->at_end]++;
    seen->plain += plan->loop == LOOP_PLAIN;
    free(engine.at);
    free(naive.at);
}

Test(naive, tells_the_same)
{
    struct seen seen = { 0 };
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        const struct scenario_style style = { .small = true, .even = number & 1,
                                              .rich = number & 2, .routed = number & 4 };
        struct law                  law = law_random(number, &style);
        for (uint32_t r = 0; r < REPLICATIONS; r++)
            compare(&law, r, &seen);
        law_free(&law);
    }
    printf("%llu events, %llu at the instant of another's, %llu runs of plain desks\n",
           (unsigned long long)seen.events, (unsigned long long)seen.at_one_instant,
           (unsigned long long)seen.plain);
    for (int k = 0; k < EVENT_KINDS; k++)
        printf("%s %llu\n", kind_names[k], (unsigned long long)seen.kinds[k]);
    cr_expect_gt(seen.events, 500u * SCENARIOS * REPLICATIONS);
    cr_expect_gt(seen.at_one_instant, seen.events / 10);
    cr_expect_gt(seen.plain, SCENARIOS / 20u);
    for (int fate = 0; fate < FATES; fate++)
        cr_expect_gt(seen.fates[fate], 100u, "fate %d: %llu", fate,
                     (unsigned long long)seen.fates[fate]);
    for (int task = TASK_APPROVAL; task < TASK_KINDS; task++)
        cr_expect_gt(seen.tasks[task], 100u, "task %d: %llu", task,
                     (unsigned long long)seen.tasks[task]);
    for (int trigger = TRIGGER_skill; trigger < TRIGGERS; trigger++)
        cr_expect_gt(seen.triggers[trigger], 100u, "trigger %d: %llu", trigger,
                     (unsigned long long)seen.triggers[trigger]);
    cr_expect_gt(seen.kinds[EVENT_REPLIED], SCENARIOS * 5u);
    cr_expect_gt(seen.kinds[EVENT_RETRIES], SCENARIOS * 5u);
    cr_expect_gt(seen.kinds[EVENT_REOPENED], SCENARIOS * 2u);
    cr_expect_gt(seen.kinds[EVENT_INTERRUPTED], SCENARIOS / 6u);
    cr_expect_gt(seen.kinds[EVENT_SLA], SCENARIOS * 20u);
    cr_expect_gt(seen.kinds[EVENT_WITHDRAWN], SCENARIOS * 2u);
    cr_expect_gt(seen.kinds[EVENT_BALKED], SCENARIOS * 2u);
    cr_expect_gt(seen.kinds[EVENT_CALL_BACK], SCENARIOS * 2u);
    cr_expect_gt(seen.kinds[EVENT_BOOKED], SCENARIOS);
    cr_expect_gt(seen.kinds[EVENT_MISSED], SCENARIOS);
    const struct pool_interval_row *duties = &seen.duties;
    printf("duties: %.0f h planned, %.0f h idle, %.0f put off, %.0f cancelled, %.0f interrupted\n",
           duties->duty_s / 3600, duties->idle_duty_s / 3600, duties->duties_put_off,
           duties->duties_cancelled, duties->duties_interrupted);
    cr_expect_gt(duties->duty_s, SCENARIOS * 600);
    cr_expect_gt(duties->idle_duty_s, SCENARIOS * 600);
    cr_expect_gt(duties->duties_put_off, SCENARIOS / 20);
    cr_expect_gt(duties->duties_cancelled, SCENARIOS / 20);
    cr_expect_gt(duties->duties_interrupted, SCENARIOS / 4);
    for (int end = END_DRAIN; end <= END_FOLLOW; end++)
        cr_expect_gt(seen.ends[end], SCENARIOS / 20u, "end %d: %llu", end,
                     (unsigned long long)seen.ends[end]);
}
