/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the rules at the end of a shift do what they say, and nothing where there is no end.
 * Method: a desk of clockwork arrivals and works, whose times are worked out by hand for each rule;
 * the same numbers with a rule as without one where staffing never falls, or falls by count and by
 * name with nobody busy; the day of validation case TV-03 with dropped works, of which 13.34 are
 * dropped and a share of 0.1578 gives up (published to these digits; within rounding and 4.5
 * standard errors: false alarm below 1e-4); breaks take off what windows cut in two leave out, and
 * dates that repeat what weekdays say change no bit. */
#include "support/law.h"

#include <math.h>

static double measure(const struct tsim_result *result, enum tsim_scope scope, const char *name,
                      double *std_error)
{
    const struct tsim_estimate found =
        tsim_result_get(result, scope, 0, tsim_result_measure(result, scope, name));
    if (std_error)
        *std_error = found.std_error;
    return found.value;
}

/* ---- by hand */

/* Contacts come after 10, 20 and 30 minutes, for 25 each; at 30 one of two agents has to go. */
static const char clockwork[] =
    "{ \"name\": \"clockwork\", \"run\": { \"kind\": \"terminating\", \"length\": \"31 min\", "
    "\"replications\": 2 },\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"renewal\", "
    "\"between\": { \"kind\": \"constant\", \"value\": \"10 min\" } } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": \"25 min\", "
    "\"interrupted_work\": \"resume\",\n"
    "    \"pools\": [{ \"name\": \"p\", \"shift_end\": \"finish\", \"leave_by\": \"count\",\n"
    "      \"agents\": [{ \"to\": \"00:30\", \"agents\": 1 }, { \"agents\": 1 }] }] }] }";

static void expect_resolution(const char *rule, const char *leave, const char *work,
                              double minutes)
{
    char *text = law_edited(clockwork, "\"finish\"", rule);
    char *named = law_edited(text, "\"count\"", leave);
    char *whole = law_edited(named, "\"resume\"", work);
    struct law          law = law_load(whole);
    struct tsim_result *result = law_run(&law, NULL);
    const double        found = measure(result, TSIM_SCOPE_DESK, "resolution_mean", NULL);
    cr_expect(law_same(found, minutes * 60), "%s, %s, %s: %.6f min instead of %.6f", rule, leave,
              work, found / 60, minutes);
    tsim_result_free(result);
    law_free(&law);
    free(text);
    free(named);
    free(whole);
}

Test(shifts, clockwork_by_hand)
{
    /* The second, begun at 20, ends at 45; the third begins then. */
    expect_resolution("\"finish\"", "\"count\"", "\"resume\"", (25 + 25 + 40) / 3.0);
    /* It is interrupted at 30, goes on from 35 to 50, before the third. */
    expect_resolution("\"requeue\"", "\"count\"", "\"resume\"", (25 + 30 + 45) / 3.0);
    /* … from 35 to 60. */
    expect_resolution("\"requeue\"", "\"count\"", "\"restart\"", (25 + 40 + 55) / 3.0);
    /* It is lost; the third begins at 35. */
    expect_resolution("\"drop\"", "\"count\"", "\"resume\"", (25 + 30) / 2.0);
    /* The agent with the first goes: at 35; it is interrupted at 30 and goes on at 45; is lost. */
    expect_resolution("\"finish\"", "\"name\"", "\"resume\"", (25 + 25 + 40) / 3.0);
    expect_resolution("\"requeue\"", "\"name\"", "\"resume\"", (40 + 25 + 45) / 3.0);
    expect_resolution("\"drop\"", "\"name\"", "\"resume\"", (25 + 40) / 2.0);
}

/* ---- without an end */

static const char steady[] =
    "{ \"name\": \"steady\", \"run\": { \"kind\": \"terminating\", \"length\": \"4 h\", "
    "\"replications\": 20 },\n"
    "  \"channels\": [{ \"name\": \"c\", \"patience\": { \"kind\": \"exponential\", "
    "\"mean\": \"3 min\" } }],\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", "
    "\"rate\": \"60 /h\" } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"resolves\": \"70 %\", \"handling\": { \"kind\": "
    "\"exponential\", \"mean\": \"5 min\" }, \"wrap_up\": \"20 s\",\n"
    "    \"pools\": [{ \"name\": \"p\", \"agents\": AGENTS }] }] }";

/* All estimates of the desk and its tier. */
static void expect_equal(const char *agents, const char *other)
{
    char *texts[] = { law_edited(steady, "AGENTS", agents), law_edited(steady, "AGENTS", other) };
    struct law          laws[] = { law_load(texts[0]), law_load(texts[1]) };
    struct tsim_result *results[] = { law_run(&laws[0], NULL), law_run(&laws[1], NULL) };
    static const enum tsim_scope scopes[] = { TSIM_SCOPE_DESK, TSIM_SCOPE_TIER };
    for (size_t s = 0; s < 2; s++) {
        size_t n;
        tsim_result_measures(results[0], scopes[s], &n);
        for (size_t m = 0; m < n; m++) {
            const struct tsim_estimate a = tsim_result_get(results[0], scopes[s], 0, m);
            const struct tsim_estimate b = tsim_result_get(results[1], scopes[s], 0, m);
            cr_expect(memcmp(&a.value, &b.value, sizeof a.value) == 0, "%s: measure %zu", other, m);
        }
    }
    for (size_t i = 0; i < 2; i++) {
        tsim_result_free(results[i]);
        law_free(&laws[i]);
        free(texts[i]);
    }
}

Test(shifts, rules_without_an_end_change_nothing)
{
    expect_equal("6", "6, \"shift_end\": \"requeue\"");
    expect_equal("6", "6, \"shift_end\": \"drop\"");
    expect_equal("6", "6, \"leave_by\": \"name\"");
    expect_equal("6", "[{ \"agents\": 4 }, { \"agents\": 2 }], \"leave_by\": \"name\", "
                      "\"shift_end\": \"requeue\"");
    expect_equal("[{ \"to\": \"02:00\", \"agents\": 6 }]",
                 "[{ \"to\": \"02:00\", \"agents\": 6 }], \"leave_by\": \"name\"");
}

Test(shifts, a_break_is_time_off_the_floor)
{
    expect_equal("[{ \"from\": \"00:00\", \"to\": \"01:00\", \"agents\": 5 }, "
                 "{ \"from\": \"01:15\", \"to\": \"02:30\", \"agents\": 5 }, "
                 "{ \"from\": \"03:00\", \"to\": \"12:00\", \"agents\": 5 }, { \"agents\": 2 }]",
                 "[{ \"to\": \"12:00\", \"agents\": 5, \"breaks\": [{ \"from\": \"01:00\", "
                 "\"to\": \"01:15\" }, { \"from\": \"02:30\", \"to\": \"03:00\" }] }, "
                 "{ \"agents\": 2 }]");
}

#define ON "\"dates\": [\"2024-01-01\"]"

Test(shifts, dates_take_the_place_of_weekdays)
{
    expect_equal("6", "[{ \"agents\": 6 }, { " ON ", \"agents\": 6 }]");
    expect_equal("6", "[{ \"agents\": 6 }, { " ON ", \"agents\": 2 }, { " ON ", \"agents\": 4 }], "
                      "\"leave_by\": \"name\"");
    expect_equal("5", "[{ \"agents\": 6 }, { " ON ", \"agents\": 5 }]");
    expect_equal("6", "[{ \"agents\": 6 }, { \"dates\": \"2024-01-02\", \"agents\": 5 }]");
    expect_equal("6", "[{ \"agents\": 6 }, { " ON ", \"days\": \"Tue\", \"agents\": 9 }, { " ON
                      ", \"agents\": 6 }]");
    expect_equal("[{ \"to\": \"02:00\", \"agents\": 6 }, { \"from\": \"02:00\", \"agents\": 5 }], "
                 "\"absence\": { \"share\": 0.1 }, \"shift_end\": \"requeue\"",
                 "[{ \"agents\": 1 }, { " ON ", \"to\": \"02:00\", \"agents\": 6 }, { " ON
                 ", \"from\": \"02:00\", \"agents\": 5 }], \"absence\": { \"share\": 0.1 }, "
                 "\"shift_end\": \"requeue\"");
}

/* ---- a published day */

static const char day[] =
    "{ \"name\": \"day\", \"run\": { \"kind\": \"terminating\", \"length\": \"180 min\", "
    "\"replications\": 4000, \"seed\": 5 },\n"
    "  \"channels\": [{ \"name\": \"c\", \"patience\": { \"kind\": \"exponential\", "
    "\"mean\": \"150 s\" } }],\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
    "[{ \"to\": \"03:00\", \"every\": \"30 min\", \"volumes\": [60, 120, 180, 150, 90, 45] "
    "}] } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
    "\"4 min\" }, \"pools\": [{ \"name\": \"p\", \"shift_end\": \"drop\", \"agents\": "
    "[{ \"to\": \"03:00\", \"every\": \"30 min\", \"values\": [8, 15, 22, 17, 10, 6] }] }] }] }";

Test(shifts, dropped_works_of_a_day)
{
    struct law          law = law_load(day);
    struct tsim_result *result = law_run(&law, NULL);
    double              error = 0;
    const double dropped = measure(result, TSIM_SCOPE_TIER, "dropped_per_day", &error);
    cr_expect(error < 0.1 && fabs(dropped - 13.34) < 0.005 + 4.5 * error, "%.4f dropped (%.4f)",
              dropped, error);
    const double gave_up = measure(result, TSIM_SCOPE_TIER, "abandoned_share", &error);
    cr_expect(error < 0.001 && fabs(gave_up - 0.1578) < 0.00005 + 4.5 * error, "%.5f (%.5f)",
              gave_up, error);
    tsim_result_free(result);
    law_free(&law);
}
