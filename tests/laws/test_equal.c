/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what must not matter does not: threads, names, the order of lists whose order says
 * nothing, units, what is never used, other replications of the same run; and other staffing
 * does not change who comes and what they need. Method: random scenarios, written in two styles
 * or run in two ways; digests must be equal where every sum is added up in the same order, cases
 * one by one elsewhere. */
#include "support/cases.h"

#include "model/scenario.h"

enum { SCENARIOS = 120 };

static void digest_of(const struct law *law, const struct tsim_run_options *options, char *digest)
{
    struct tsim_result *result = law_run(law, options);
    snprintf(digest, 17, "%s", tsim_result_digest(result));
    tsim_result_free(result);
}

/* ---- ways to run */

Test(equal, threads_do_not_matter)
{
    static const uint32_t threads[] = { 1, 2, 3, 8 };
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law law = law_random(number, &(struct scenario_style){ .rich = number & 1 });
        char       digests[4][17];
        for (size_t i = 0; i < 4; i++) {
            const struct tsim_run_options options = { .threads = threads[i], .replications = 5 };
            digest_of(&law, &options, digests[i]);
            cr_assert_str_eq(digests[i], digests[0], "scenario %u with %u threads", number,
                             threads[i]);
        }
        law_free(&law);
    }
}

/* Fills the pairs of replication r, run by itself. */
static void run_alone(const struct law *law, struct world *world, uint64_t seed, uint32_t r,
                      struct pair *pairs)
{
    const struct replication_limits limits = { .events = 10000000 };
    struct tally                    tally;
    cr_assert(tally_open(&tally, law->scenario->plan));
    cr_assert_eq((int)replication_run(world, &tally, seed, r, &limits, NULL), REPLICATION_DONE);
    measure_tally(law->scenario->plan, &tally, pairs);
    tally_close(&tally);
}

static void same_as_in_the_run(const struct tsim_result *result, const struct plan *plan,
                               uint32_t r, const struct pair *pairs)
{
    static const enum tsim_scope kept[] = { TSIM_SCOPE_DESK, TSIM_SCOPE_FATE, TSIM_SCOPE_TIER,
                                            TSIM_SCOPE_POOL, TSIM_SCOPE_SLA, TSIM_SCOPE_COST };
    for (size_t s = 0; s < sizeof kept / sizeof *kept; s++)
        for (size_t e = 0; e < measure_entries(plan, kept[s]); e++)
            for (size_t m = 0; m < measure_count(kept[s]); m++) {
                const struct pair pair =
                    pairs[measure_offset(plan, kept[s]) + e * measure_count(kept[s]) + m];
                bool         defined;
                const double value = tsim_result_of_replication(result, r, kept[s], e, m, &defined);
                cr_assert_eq(defined, pair.y != 0);
                cr_assert(!defined || value == pair.x / pair.y, "scenario %d, replication %u: %s",
                          (int)law_number, r, measure_at(kept[s], m)->public.name);
            }
}

/* In a world of its own, or in one where others ran before, later ones among them. */
Test(equal, a_replication_alone_is_the_same)
{
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        const struct scenario_style   style = { .rich = number & 1 };
        struct law                    law = law_random(number, &style);
        const struct plan            *plan = law.scenario->plan;
        const struct tsim_run_options options = { .threads = 2, .replications = 6, .seed = number,
                                                  .has_seed = true };
        struct tsim_result           *result = law_run(&law, &options);
        struct pair  *pairs = malloc(measure_total(plan) * sizeof *pairs);
        struct world  fresh, used;
        cr_assert(pairs && world_open(&fresh, plan, LAW_CONTACTS_MOST));
        cr_assert(world_open(&used, plan, LAW_CONTACTS_MOST));
        run_alone(&law, &fresh, number, 4, pairs);
        same_as_in_the_run(result, plan, 4, pairs);
        for (uint32_t r = 6; r-- > 0;) {
            run_alone(&law, &used, number, r, pairs);
            same_as_in_the_run(result, plan, r, pairs);
        }
        world_close(&used);
        world_close(&fresh);
        free(pairs);
        tsim_result_free(result);
        law_free(&law);
    }
}

/* ---- ways to write */

static void writes_the_same(const struct scenario_style *style)
{
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        const struct tsim_run_options options = { .threads = 1 };
        const struct scenario_style   rich = { .rich = number & 1 };
        struct scenario_style         way = *style;
        way.rich = rich.rich;
        struct law plain = law_random(number, &rich), other = law_random(number, &way);
        char       before[17], after[17];
        cr_assert_str_neq(plain.text, other.text);
        digest_of(&plain, &options, before);
        digest_of(&other, &options, after);
        cr_assert_str_eq(before, after, "scenario %u", number);
        law_free(&other);
        law_free(&plain);
    }
}

Test(equal, names_do_not_matter)
{
    writes_the_same(&(struct scenario_style){ .other_names = true });
}

Test(equal, units_do_not_matter)
{
    writes_the_same(&(struct scenario_style){ .other_units = true });
}

/* ---- cases one by one */

static void same_cases(const struct law *a, const struct law *b)
{
    struct cases x = cases_of(a, 1), y = cases_of(b, 1);
    cr_assert_eq(x.n, y.n, "scenario %d: %zu cases, then %zu", (int)law_number, x.n, y.n);
    for (size_t i = 0; i < x.n; i++)
        cr_assert(same_customer(&x, &y, i) && same_life(&x.at[i], &y.at[i]),
                  "scenario %d: case %zu of %zu arrived %.17g and %.17g, ended %.17g and %.17g, "
                  "fates %u and %u, hops %u and %u", (int)law_number, i, x.n, x.at[i].arrived_s,
                  y.at[i].arrived_s, x.at[i].ended_s, y.at[i].ended_s, x.at[i].fate, y.at[i].fate,
                  x.at[i].hops, y.at[i].hops);
    free(x.at);
    free(y.at);
}

/* Order says something where arrivals of two streams may fall on the same instant (the stream
 * listed first goes first), and where agents who list no skills look through queues in a listed
 * order (that of the issue types). */
Test(equal, order_does_not_matter_where_it_says_nothing)
{
    uint32_t compared = 0;
    for (uint32_t number = 0; number < 2 * SCENARIOS; number++) {
        const struct scenario_traits traits = random_scenario_traits(number);
        struct law plain = law_random(number, NULL);
        struct law other = law_random(number, &(struct scenario_style){ .other_order = true });
        if (!(traits.ties && traits.n_streams > 1) &&
            !strstr(plain.text, "\"order\": \"listed\"")) {
            same_cases(&plain, &other);
            compared++;
        }
        law_free(&other);
        law_free(&plain);
    }
    cr_assert_gt(compared, SCENARIOS * 3 / 4);
}

Test(equal, what_is_not_used_does_not_matter)
{
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law plain = law_random(number, NULL);
        struct law other = law_random(number, &(struct scenario_style){ .unused = true });
        same_cases(&plain, &other);
        law_free(&other);
        law_free(&plain);
    }
}

/* ---- common random numbers */

/* A run that follows its last contacts to their end sees more arrivals where they end later. */
Test(equal, other_staffing_meets_the_same_customers)
{
    size_t lives = 0, customers = 0;
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law   few = law_random(number, NULL);
        struct law   many = law_random(number, &(struct scenario_style){ .more_agents = 3 });
        struct cases x = cases_of(&few, 0), y = cases_of(&many, 0);
        const bool   follow = few.scenario->plan->at_end == END_FOLLOW;
        const size_t n = x.n < y.n ? x.n : y.n;
        cr_assert(follow || x.n == y.n, "scenario %u: %zu and %zu", number, x.n, y.n);
        for (size_t i = 0; i < n; i++) {
            cr_assert(same_customer(&x, &y, i), "scenario %u, case %zu", number, i);
            lives += same_life(&x.at[i], &y.at[i]);
        }
        customers += n;
        free(x.at);
        free(y.at);
        law_free(&many);
        law_free(&few);
    }
    cr_assert(lives < customers - customers / 10, "staffing changes nothing: %zu lives of %zu",
              lives, customers);
}

/* One tier, one visit: the time from first response to the end is what the customer needs. */
Test(equal, other_staffing_meets_the_same_needs)
{
    static const char format[] =
        "{ \"name\": \"needs\", \"run\": { \"length\": \"12 h\", \"at_end\": \"drain\" },\n"
        "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"x\" }, { \"name\": \"b\" } ],\n"
        "  \"streams\": [ { \"name\": \"s\", \"issues\": { \"a\": 0.5, \"b\": 0.5 },\n"
        "    \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"60 /h\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"queue\": { \"order\": \"%s\" },\n"
        "    \"handling\": { \"kind\": \"lognormal\", \"mean\": \"8 min\", \"cv\": 1 },\n"
        "    \"wrap_up\": { \"kind\": \"exponential\", \"mean\": \"1 min\" },\n"
        "    \"pools\": [ { \"name\": \"p\", \"agents\": %u }, { \"name\": \"q\", \"agents\": "
        "%u } ]\n"
        "  } ] }";
    char       text[2][2000];
    snprintf(text[0], sizeof text[0], format, "fifo", 5u, 4u);
    snprintf(text[1], sizeof text[1], format, "priority", 7u, 9u);
    struct law   a = law_load(text[0]), b = law_load(text[1]);
    struct cases x = cases_of(&a, 3), y = cases_of(&b, 3);
    size_t       waited = 0;
    cr_assert_eq(x.n, y.n);
    cr_assert_gt(x.n, 500);
    for (size_t i = 0; i < x.n; i++) {
        const double need_s = x.at[i].ended_s - x.at[i].responded_s;
        cr_assert(same_customer(&x, &y, i));
        cr_assert(law_same(need_s, y.at[i].ended_s - y.at[i].responded_s), "case %zu", i);
        waited += x.at[i].responded_s != y.at[i].responded_s;
    }
    cr_assert_gt(waited, 50);
    free(x.at);
    free(y.at);
    law_free(&b);
    law_free(&a);
}

/* ---- event loops */

/* As replication_run. */
typedef enum replication_status run_fn(struct world *world, struct tally *tally, uint64_t seed,
                                       uint32_t replication,
                                       const struct replication_limits *limits,
                                       const struct listeners *listeners);

static void hear(void *user, const struct case_event *event)
{
    *(uint64_t *)user += event->number + 1;
}

/* By one event loop, or by the one that is chosen. */
static void run_by(const struct law *law, struct world *world, run_fn *run,
                   const struct listeners *listeners, struct tally *tally)
{
    const struct replication_limits limits = { .events = 10000000 };
    cr_assert(tally_open(tally, law->scenario->plan));
    cr_assert_eq((int)run(world, tally, 3, 1, &limits, listeners), REPLICATION_DONE);
}

/* A desk is run by the least loop that has all it uses, and by another when somebody listens; all
 * that have it count the same. */
Test(equal, event_loops_are_the_same)
{
    static run_fn *const loops[] = { [LOOP_PLAIN] = replication_run_plain,
                                     [LOOP_CLASSIC] = replication_run_classic,
                                     [LOOP_WHOLE] = replication_run_whole };
    uint32_t desks[] = { 0, 0, 0 };
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        const struct scenario_style style = { .rich = number & 1 };
        struct law              law = law_random(number, &style);
        const enum loop_kind    least = law.scenario->plan->loop;
        uint64_t                heard = 0;
        const struct event_sink sink = { hear, &heard };
        const struct listeners  listeners = { .events = &sink };
        struct world            world;
        struct tally            chosen, other;
        cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST));
        run_by(&law, &world, replication_run, &listeners, &chosen);
        for (unsigned loop = least; loop <= LOOP_WHOLE; loop++) {
            run_by(&law, &world, loops[loop], NULL, &other);
            cr_assert(memcmp(chosen.block, other.block, chosen.size) == 0,
                      "scenario %u, loop %u", number, loop);
            cr_assert(chosen.events == other.events && chosen.contacts == other.contacts);
            tally_close(&other);
        }
        desks[least] += heard > 0;
        tally_close(&chosen);
        world_close(&world);
        law_free(&law);
    }
    for (unsigned loop = LOOP_PLAIN; loop <= LOOP_WHOLE; loop++)
        cr_assert_gt(desks[loop], 2, "loop %u runs %u desks", loop, desks[loop]);
}
