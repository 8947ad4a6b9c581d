/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a user's own policy is on a level with the built-in ones, and nothing of it breaks a law.
 * Method: random scenarios with a policy that copies the built-in order and selection of each tier
 * through the public header: the digest must be that of the scenario without it. The same scenarios
 * with a policy that does every odd thing it may: every law holds after every replication (the
 * engine here checks its world after every event), on any number of threads, in any order of
 * replications. The copies are seen to matter: with the order of another kind the digest differs
 * somewhere. A desk whose policy says what the matrix, an authority or the door of another says has
 * the digest of that other. */
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

/* ---- what a scenario can say as well */

/* A desk; %s are a door, an authority, and rules. */
static const char moved[] =
    "{ \"name\": \"moved\", \"run\": { \"length\": \"1 d\", \"replications\": 4 },\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\",\n"
    "    \"concession\": { \"kind\": \"exponential\", \"mean\": 20 } } ],\n"
    "  \"streams\": [ { \"name\": \"s\"%s,\n"
    "    \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"40 /h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"resolves\": \"70 %%\",\n"
    "      \"handling\": { \"kind\": \"exponential\", \"mean\": \"6 min\" },\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 5%s } ] },\n"
    "    { \"name\": \"L2\", \"resolves\": \"80 %%\",\n"
    "      \"handling\": { \"kind\": \"exponential\", \"mean\": \"9 min\" },\n"
    "      \"pools\": [ { \"name\": \"q\", \"agents\": 3 },\n"
    "        { \"name\": \"r\", \"agents\": 1 } ] },\n"
    "    { \"name\": \"L3\", \"handling\": \"20 min\",\n"
    "      \"pools\": [ { \"name\": \"t\", \"agents\": 2 } ] } ],\n"
    "  \"vendor\": { \"delay\": \"2 h\", \"fee\": 30, \"resolves\": \"90 %%\" },\n"
    "  \"escalation\": [ %s ] }";

static void digest_of_text(const char *text, char *digest)
{
    struct law law = { .problems = tsim_problems_new() };
    law.scenario = policy_load(text, law.problems);
    if (!law.scenario)
        tsim_problems_print(law.problems, stderr, 0);
    cr_assert(law.scenario);
    digest_of(&law, 2, 0, digest);
    law_free(&law);
}

struct saying {
    const char  *door, *authority, *rule; /* in the scenario … */
    enum trigger trigger;
    unsigned     step, index;             /* … and as a policy */
    int          to_door;
};

static void says_the_same(const struct saying *saying, const char *digest_of_neither)
{
    static const char limited[] = ", \"authority\": 15";
    char  text[4096], rest[256], said[17], decided[17];
    snprintf(text, sizeof text, moved, saying->door,
             saying->authority ? saying->authority : limited, saying->rule);
    digest_of_text(text, said);
    snprintf(text, sizeof text, moved, "", limited, "");
    snprintf(rest, sizeof rest,
             ", \"parameters\": { \"trigger\": %d, \"step\": %u, \"index\": %u, \"door\": %d }",
             (int)saying->trigger, saying->step, saying->index, saying->to_door);
    char *with = policy_text(text, "plugin_moves.so", rest);
    digest_of_text(with, decided);
    free(with);
    cr_assert_str_eq(decided, said, "step %u, index %u, door %d", saying->step, saying->index,
                     saying->to_door);
    cr_assert((strcmp(said, digest_of_neither) == 0) == (saying->step == 0 && saying->to_door < 0));
}

Test(policy, moves_are_those_of_the_matrix)
{
    static const struct saying sayings[] = {
        { "", NULL, "", TRIGGER_complexity, TSIM_POLICY_AS_PLANNED, 0, -1 },
        { "", NULL, "{ \"when\": \"complexity\", \"to\": \"L3\" }", TRIGGER_complexity,
          TSIM_POLICY_TO_TIER, 2, -1 },
        { "", NULL, "{ \"when\": \"authority\", \"to\": \"r\" }", TRIGGER_authority,
          TSIM_POLICY_TO_POOL, 2, -1 },
        { "", NULL, "{ \"when\": \"complexity\", \"to\": \"vendor\" }", TRIGGER_complexity,
          TSIM_POLICY_TO_VENDOR, 0, -1 },
        { "", NULL, "{ \"when\": \"complexity\", \"to\": \"unresolved\" }", TRIGGER_complexity,
          TSIM_POLICY_GIVE_UP, 0, -1 },
        { "", "", "", TRIGGER_authority, TSIM_POLICY_SETTLE, 0, -1 },
        { ", \"enters_at\": \"L2\"", NULL, "", TRIGGERS, TSIM_POLICY_AS_PLANNED, 0, 1 },
    };
    char neither[17], text[4096];
    snprintf(text, sizeof text, moved, "", ", \"authority\": 15", "");
    digest_of_text(text, neither);
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
        says_the_same(&sayings[i], neither);
}
