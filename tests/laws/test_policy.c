/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a user's own policy is on a level with the built-in ones, and nothing of it breaks a law.
 * Method: random scenarios with a policy that copies the built-in order and selection of each tier
 * through the public header: the digest must be that of the scenario without it. The same scenarios
 * with a policy that does every odd thing it may: every law holds after every replication (the
 * engine here checks its world after every event), on any number of threads, in any order of
 * replications. The copies are seen to matter: with the order of another kind the digest differs
 * somewhere. */
#include "support/law.h"

#include "model/scenario.h"
#include "support/policies.h"

enum { SCENARIOS = 120 };

static const char *const orders[] = { "fifo", "priority", "earliest_deadline", "listed" };
static const char *const selections[] = { "longest_idle", "random", "listed" };

static size_t number_of(const char *name, const char *const *names, size_t n)
{
    size_t i = 0;
    while (i < n && strcmp(names[i], name) != 0)
        i++;
    cr_assert_lt(i, n, "there is no copy of %s", name);
    return i;
}

/* Parameters that make the copies those of the plan; `shift`: the orders of other kinds. */
static void spell_copies(const struct plan *plan, size_t shift, char *to, size_t size)
{
    size_t n = (size_t)snprintf(to, size, ", \"parameters\": {");
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        n += (size_t)snprintf(to + n, size - n, "%s \"order%u\": %zu, \"selection%u\": %zu",
                              t ? "," : "", t,
                              (number_of(plan->tiers[t].order->kind.name, orders, 4) + shift) % 4,
                              t, number_of(plan->tiers[t].selection->kind.name, selections, 3));
    snprintf(to + n, size - n, " }");
}

static struct law with_policy(const struct law *plain, const char *plugin, const char *rest)
{
    struct law law = { .problems = tsim_problems_new() };
    law.text = policy_text(plain->text, plugin, rest);
    law.scenario = policy_load(law.text, law.problems);
    if (!law.scenario)
        tsim_problems_print(law.problems, stderr, 0);
    cr_assert(law.scenario, "scenario %d with %s", (int)law_number, plugin);
    return law;
}

static void digest_of(const struct law *law, uint32_t threads, uint32_t replications, char *digest)
{
    const struct tsim_run_options options = { .threads = threads, .replications = replications };
    struct tsim_result           *result = law_run(law, &options);
    snprintf(digest, 17, "%s", tsim_result_digest(result));
    tsim_result_free(result);
}

Test(policy, copies_are_the_originals)
{
    uint32_t others = 0;
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law plain = law_random(number, &(struct scenario_style){ .rich = number & 1 });
        char       rest[1024], expected[17], digest[17];
        spell_copies(plain.scenario->plan, 0, rest, sizeof rest);
        struct law copy = with_policy(&plain, "plugin_copies.so", rest);
        digest_of(&plain, 1, 2, expected);
        digest_of(&copy, 2, 2, digest);
        cr_assert_str_eq(digest, expected, "scenario %u", number);
        spell_copies(plain.scenario->plan, 1, rest, sizeof rest);
        struct law other = with_policy(&plain, "plugin_copies.so", rest);
        digest_of(&other, 2, 2, digest);
        others += strcmp(digest, expected) != 0;
        law_free(&other);
        law_free(&copy);
        law_free(&plain);
    }
    cr_assert_gt(others, SCENARIOS / 4, "other orders matter in only %u", others);
}

Test(policy, odd_ones_break_no_law)
{
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law plain = law_random(number, &(struct scenario_style){ .rich = number & 1 });
        struct law odd = with_policy(&plain, "plugin_wrong.so", "");
        char       one[17], many[17];
        digest_of(&odd, 1, 4, one);
        digest_of(&odd, 3, 4, many);
        cr_assert_str_eq(one, many, "scenario %u", number);
        law_free(&odd);
        law_free(&plain);
    }
}
