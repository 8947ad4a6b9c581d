/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: customers have the patience that is theirs by channel, tier, segment, severity and issue
 * type. Method: a desk where nobody works, so that each waits for just that time; rows that say
 * what the channel says, or are for nobody, change no bit; a severity that a rule changes holds for
 * the next wait. */
#include "support/law.h"

/* Calls of one kind, an hour apart; nobody takes them. */
static const char desk[] =
    "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": 1 },\n"
    "  \"severities\": [ { \"name\": \"low\" }, { \"name\": \"high\" } ],\n"
    "  \"segments\": [ { \"name\": \"gold\" }, { \"name\": \"standard\" } ],\n"
    "  \"issue_types\": [ { \"name\": \"bill\" }, { \"name\": \"fault\" } ],\n"
    "  \"channels\": [ { \"name\": \"phone\", \"patience\": \"60 s\"%s } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"issues\": \"%s\", \"severities\": \"%s\", "
    "\"segments\": \"%s\", \"enters_at\": \"%s\", \"arrivals\": { \"kind\": \"renewal\", "
    "\"between\": \"1 h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"2 min\", \"pools\": [ { \"name\": \"p\", "
    "\"agents\": 0 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"2 min\", \"pools\": [ { \"name\": \"q\", "
    "\"agents\": 0 } ] } ] }";

static const char rows[] =
    ", \"patience_at\": [ { \"segment\": \"gold\", \"tier\": \"L2\", \"patience\": \"700 s\" }, "
    "{ \"segment\": \"gold\", \"issue\": [ \"bill\" ], \"patience\": \"600 s\" }, "
    "{ \"severity\": \"high\", \"tier\": [ \"L1\", \"L2\" ], \"patience\": \"500 s\" }, "
    "{ \"tier\": \"L2\", \"patience\": 0 } ]";

struct calls {
    const char *issue, *severity, *segment, *tier;
    double      patience_s;
};

static struct tsim_result *run(const char *patience_at, const struct calls *kind)
{
    char text[3000];
    snprintf(text, sizeof text, desk, patience_at, kind->issue, kind->severity, kind->segment,
             kind->tier);
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    law_free(&law);
    return result;
}

Test(patience, the_first_row_that_holds_decides)
{
    static const struct calls kinds[] = {
        { "bill", "low", "gold", "L2", 700 },  { "bill", "low", "gold", "L1", 600 },
        { "bill", "high", "gold", "L1", 600 }, { "fault", "high", "gold", "L1", 500 },
        { "fault", "low", "gold", "L1", 60 },  { "bill", "high", "standard", "L2", 500 },
        { "bill", "low", "standard", "L2", 0 }, { "bill", "low", "standard", "L1", 60 },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct tsim_result        *result = run(rows, &kinds[i]);
        const struct tsim_estimate wait =
            tsim_result_find(result, TSIM_SCOPE_TIER, kinds[i].tier, "wait_abandoned_mean");
        cr_assert(law_same(wait.value, kinds[i].patience_s), "kind %zu waits %.12g s", i,
                  wait.value);
        tsim_result_free(result);
    }
}

Test(patience, a_row_that_says_what_the_channel_says_changes_nothing)
{
    static const char *const same[] = {
        ", \"patience_at\": [ { \"patience\": \"1 min\" } ]",
        ", \"patience_at\": [ { \"segment\": \"gold\", \"patience\": \"9 min\" } ]",
        ", \"patience_at\": [ { \"tier\": \"L2\", \"patience\": 0 } ]",
    };
    const struct calls   kind = { "bill", "low", "standard", "L1", 60 };
    struct tsim_result *plain = run("", &kind);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct tsim_result *result = run(same[i], &kind);
        cr_assert_str_eq(tsim_result_digest(result), tsim_result_digest(plain), "row %zu", i);
        tsim_result_free(result);
    }
    tsim_result_free(plain);
}

/* Who fails at L1 becomes severe, and waits longer at L2. */
Test(patience, a_severity_that_is_raised_counts_from_the_next_wait_on)
{
    static const char text[] =
        "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": 1 },\n"
        "  \"severities\": [ { \"name\": \"low\" }, { \"name\": \"high\" } ],\n"
        "  \"channels\": [ { \"name\": \"phone\", \"patience\": \"60 s\", \"patience_at\": "
        "[ { \"severity\": \"high\", \"patience\": \"500 s\" } ] } ],\n"
        "  \"streams\": [ { \"name\": \"s\", \"severities\": \"low\", \"arrivals\": { \"kind\": "
        "\"renewal\", \"between\": \"1 h\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"2 min\", \"resolves\": 0, \"pools\": "
        "[ { \"name\": \"p\", \"agents\": 1 } ] },\n"
        "    { \"name\": \"L2\", \"handling\": \"2 min\", \"pools\": [ { \"name\": \"q\", "
        "\"agents\": 0 } ] } ],\n"
        "  \"escalation\": [ { \"to\": \"next\", \"set_severity\": \"high\" } ] }";
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    cr_assert(law_same(
        tsim_result_find(result, TSIM_SCOPE_TIER, "L2", "wait_abandoned_mean").value, 500));
    tsim_result_free(result);
    law_free(&law);
}
