/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: self-service with so many sessions and so much authority does as it says. Method: a bot
 * that turns away is an Erlang loss system (the blocked share within 4.9 standard errors of Erlang
 * B: false alarm 1e-6); what it grants is within its authority, case by case; a bound that is never
 * reached changes no bit. */
#include <math.h>

#include "support/cases.h"

#define DESK                                                                                       \
    "{ \"name\": \"x\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"2 h\", \"length\": " \
    "\"300 h\", \"replications\": 40 }, \"issue_types\": [ { \"name\": \"a\", \"self_service\": "  \
    "%s, \"concession\": { \"kind\": \"exponential\", \"mean\": 30 }, \"concession_share\": 0.5 }" \
    "], \"self_service\": { \"session\": { \"kind\": \"exponential\", \"mean\": \"2 min\" } %s }," \
    " \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "         \
    "\"120 /h\" } } ], \"tiers\": [ { \"name\": \"L1\", \"handling\": \"1 min\", \"pools\": [ { "  \
    "\"name\": \"p\", \"agents\": 30 } ] } ] }"

static struct law desk_with(const char *share, const char *bot)
{
    char text[2048];
    cr_assert(snprintf(text, sizeof text, DESK, share, bot) < (int)sizeof text);
    return law_load(text);
}

/* Four erlangs on five sessions: Erlang's formula, (4^5 / 5!) / sum. */
Test(self_service, sessions_that_turn_away_are_a_loss_system)
{
    const double exact = (1024.0 / 120) / (1 + 4 + 8 + 64.0 / 6 + 256.0 / 24 + 1024.0 / 120);
    struct law   law = desk_with("1", ", \"sessions\": 5, \"when_full\": \"turned_away\"");
    const struct tsim_run_options options = { .threads = 1 };
    struct tsim_result           *result = law_run(&law, &options);
    const struct tsim_estimate    found =
        tsim_result_find(result, TSIM_SCOPE_FATE, "blocked", "share");
    cr_expect_lt(fabs(found.value - exact), 4.9 * found.std_error, "%g, exact %g", found.value,
                 exact);
    cr_expect_lt(found.std_error, 0.003);
    tsim_result_free(result);
    law_free(&law);
}

/* Who finds all taken goes on to people. */
Test(self_service, or_people_help)
{
    struct law   law = desk_with("1", ", \"sessions\": 5");
    struct cases cases = cases_of(&law, 0);
    size_t       people = 0;
    for (size_t i = 0; i < cases.n; i++) {
        cr_assert(cases.at[i].fate == FATE_SELF_SERVICE || cases.at[i].fate == FATE_RESOLVED ||
                  cases.at[i].fate == FATE_OPEN);
        people += cases.at[i].fate == FATE_RESOLVED;
        cr_assert(cases.at[i].fate != FATE_RESOLVED ||
                  cases.at[i].responded_s <= cases.at[i].arrived_s);
    }
    cr_expect_float_eq((double)people / (double)cases.n, 0.199, 0.03);
    free(cases.at);
    law_free(&law);
}

Test(self_service, it_grants_within_its_authority)
{
    struct law   law = desk_with("1", ", \"authority\": 20");
    struct cases cases = cases_of(&law, 0);
    for (size_t i = 0; i < cases.n; i++)
        if (cases.at[i].fate != FATE_OPEN)
            cr_assert_eq(cases.at[i].fate == FATE_SELF_SERVICE, cases.at[i].concession <= 20,
                         "%g", cases.at[i].concession);
    const struct tsim_run_options options = { .threads = 1 };
    struct tsim_result           *result = law_run(&law, &options);
    const double all =
        tsim_result_find(result, TSIM_SCOPE_DESK, "desk", "self_service_granted_per_day").value;
    const double paid =
        tsim_result_find(result, TSIM_SCOPE_COST, "concessions", "per_day").value;
    const double by_people =
        tsim_result_find(result, TSIM_SCOPE_POOL, "p", "concessions_per_day").value;
    /* Of each contact half of E(X; X <= 20): 30 (1 - (1 + 2/3) exp(-2/3)). */
    const double exact = 2880 * 0.5 * 30 * (1 - 5.0 / 3 * exp(-2.0 / 3));
    cr_expect_float_eq(all, exact, 0.02 * exact);
    cr_expect_float_eq(all + by_people, paid, 1e-6 * paid);
    tsim_result_free(result);
    free(cases.at);
    law_free(&law);
}

Test(self_service, a_bound_never_reached_changes_no_bit)
{
    char digests[2][64];
    for (int i = 0; i < 2; i++) {
        struct law law = desk_with("0.4", i ? ", \"sessions\": 1000000" : "");
        const struct tsim_run_options options = { .threads = 1, .replications = 3 };
        struct tsim_result           *result = law_run(&law, &options);
        snprintf(digests[i], sizeof digests[i], "%s", tsim_result_digest(result));
        tsim_result_free(result);
        law_free(&law);
    }
    cr_expect_str_eq(digests[0], digests[1]);
}
