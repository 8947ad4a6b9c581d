/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: channels close as they say. Method: desks on which everything that matters follows from the
 * clock: nobody on duty, or somebody for everybody; every contact of a fortnight is held against
 * the calendar, to the last bit, over nights, a weekend and a holiday. An always open calendar
 * changes no bit of a whole result. */
#include "model/hours.h"
#include "support/cases.h"

#define DESK                                                                                       \
    "{ \"name\": \"x\", \"run\": { \"length\": \"2 w\", \"replications\": 2 }, "                   \
    "\"calendars\": [ { \"name\": \"office\", \"windows\": [ { \"days\": \"Mon-Fri\", \"from\": "  \
    "\"09:00\", \"to\": \"17:00\" }, { \"days\": \"Sat\", \"from\": \"22:00\", \"to\": \"03:00\" " \
    "} ], \"holidays\": [\"2024-01-04\"] }, { \"name\": \"always\", \"windows\": [ { \"from\": "   \
    "\"00:00\" } ] } ], \"channels\": [ { \"name\": \"phone\" %s } ], \"streams\": [ { \"name\": " \
    "\"a\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"20 /h\" } } ], \"tiers\": [ { "     \
    "\"name\": \"L1\", \"handling\": \"1 min\", \"pools\": [ { \"name\": \"p\", \"agents\": %u } " \
    "] } ] }"

static struct law desk_with(const char *channel, uint32_t agents)
{
    char text[2048];
    cr_assert(snprintf(text, sizeof text, DESK, channel, agents) < (int)sizeof text);
    return law_load(text);
}

/* The end of the day, written out: 17:00 of weekdays, 03:00 of Sunday. */
static double closing(double at_s)
{
    const double day = floor(at_s / DAY_S), hour = (at_s - day * DAY_S) / 3600;
    const int    weekday = (int)day % 7;
    if (weekday == 5)
        return hour >= 22 ? (day + 1) * DAY_S + 3 * 3600 : -1;
    if (weekday == 6)
        return hour < 3 ? day * DAY_S + 3 * 3600 : -1;
    return hour >= 9 && hour < 17 && (int)day != 3 ? day * DAY_S + 17 * 3600 : -1;
}

Test(opening, whoever_is_queued_at_closing_is_cut_off)
{
    struct law   law = desk_with(", \"hours\": \"office\", \"outside_hours\": \"turned_away\", "
                                 "\"at_closing\": \"cut_off\"", 0);
    struct cases cases = cases_of(&law, 0);
    size_t       cut = 0;
    for (size_t i = 0; i < cases.n; i++) {
        const struct case_record *of = &cases.at[i];
        const double              close_s = closing(of->arrived_s);
        cr_assert_eq(of->fate, close_s < 0 ? FATE_BLOCKED : FATE_ABANDONED, "case %zu", i);
        cr_assert_eq(of->ended_s, close_s < 0 ? of->arrived_s : close_s, "case %zu", i);
        cut += close_s > 0;
    }
    cr_expect(cut > 1200 && cases.n - cut > 3000);
    free(cases.at);
    law_free(&law);
}

Test(opening, patience_of_who_waits_for_the_opening_stands_still)
{
    struct law   law = desk_with(", \"hours\": \"office\", \"patience\": \"90 min\"", 0);
    struct cases cases = cases_of(&law, 0);
    size_t       carried = 0;
    for (size_t i = 0; i < cases.n; i++) {
        const struct case_record *of = &cases.at[i];
        const double              close_s = closing(of->arrived_s);
        cr_assert_eq(of->fate, FATE_ABANDONED);
        if (close_s > 0 && of->arrived_s + 5400 < close_s)
            cr_assert_float_eq(of->ended_s, of->arrived_s + 5400, 1e-6);
        else
            carried++;
        /* In all it has waited for so long in open hours. */
        cr_assert_float_eq(hours_between(law.scenario->plan->channels[0].hours, of->arrived_s,
                                         of->ended_s), 5400, 1e-3);
    }
    cr_expect_gt(carried, 3000);
    free(cases.at);
    law_free(&law);
}

/* With hands for everybody, who calls again at the opening is answered at that instant. */
Test(opening, who_was_turned_away_calls_again_at_the_opening)
{
    struct law   law = desk_with(", \"hours\": \"office\", \"outside_hours\": \"turned_away\", "
                                 "\"redial\": { \"share\": 1, \"blocked_share\": 1, \"delay\": "
                                 "\"10 min\" }", 2000);
    struct cases cases = cases_of(&law, 1);
    size_t       nights = 0;
    for (size_t i = 0; i < cases.n; i++) {
        const struct case_record *of = &cases.at[i];
        cr_assert_eq(of->fate, FATE_RESOLVED);
        cr_assert_gt(closing(of->responded_s), 0, "case %zu is answered at %g", i, of->responded_s);
        if (closing(of->arrived_s) > 0) {
            cr_assert_eq(of->responded_s, of->arrived_s);
            continue;
        }
        const double at_s = of->arrived_s + 600;
        cr_assert(closing(at_s) > 0 ? fabs(of->responded_s - at_s) < 1e-6
                                    : fmod(of->responded_s, 3600) == 0, "case %zu", i);
        cr_assert(closing(at_s) > 0 || closing(of->responded_s - 60) < 0, "case %zu", i);
        nights++;
    }
    cr_expect_gt(nights, 3000);
    free(cases.at);
    law_free(&law);
}

static void digest_with(const char *channel, char *digest, size_t size)
{
    struct law                    law = desk_with(channel, 1);
    const struct tsim_run_options options = { .threads = 1 };
    struct tsim_result           *result = law_run(&law, &options);
    snprintf(digest, size, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    law_free(&law);
}

Test(opening, an_always_open_channel_changes_no_bit)
{
    static const char patience[] = ", \"patience\": { \"kind\": \"exponential\", \"mean\": "
                                   "\"2 min\" }";
    char text[512], bare[64], with[64];
    digest_with(patience, bare, sizeof bare);
    snprintf(text, sizeof text, "%s%s", patience, ", \"hours\": \"always\", \"outside_hours\": "
             "\"turned_away\", \"at_closing\": \"cut_off\"");
    digest_with(text, with, sizeof with);
    cr_expect_str_eq(bare, with);
    snprintf(text, sizeof text, "%s%s", patience, ", \"hours\": \"office\"");
    digest_with(text, with, sizeof with);
    cr_expect_str_neq(bare, with);
}
