/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: an escalation with several places goes to each by its share, whatever wakes it, on the
 * first visit and on later ones. Method: four desks, one for each way to be sent on (nobody has the
 * skill, nobody has it but somebody looks, the attempt fails, authority lacks), from a first tier
 * that sends every contact on, some of them back to itself; counts within 4.5 standard errors. */
#include "support/law.h"

#include <math.h>

static const char format[] =
    "{ \"name\": \"paths\", \"run\": { \"length\": \"400 h\", \"replications\": 1 },\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"x\"%s } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"60 "
    "/h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"1 min\"%s,\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 9%s } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"1 min\", \"pools\": [ { \"name\": \"q\", "
    "\"agents\": 9 } ] },\n"
    "    { \"name\": \"L3\", \"handling\": \"1 min\", \"pools\": [ { \"name\": \"r\", "
    "\"agents\": 9 } ] } ],\n"
    "  \"vendor\": { \"delay\": \"1 h\" },\n"
    "  \"escalation\": [ { \"from\": \"L1\",\n"
    "    \"to\": { \"same\": \"20 %%\", \"L2\": 0.4, \"r\": 0.25, \"vendor\": 0.1, "
    "\"unresolved\": 0.05 } } ] }";

static const char *const desks[][3] = {
    { "", "", ", \"skills\": [ { \"skill\": \"y\" } ]" },
    { "", ", \"triage\": \"30 s\"", ", \"skills\": [ { \"skill\": \"y\" } ]" },
    { "", ", \"resolves\": 0", "" },
    { ", \"concession\": 50", "", ", \"authority\": 10" },
};

Test(paths, each_place_gets_its_share)
{
    static const double shares[] = { 0.2, 0.4, 0.25, 0.1, 0.05 }; /* L1, L2, L3, vendor, none */
    for (size_t i = 0; i < sizeof desks / sizeof *desks; i++) {
        char text[2000];
        snprintf(text, sizeof text, format, desks[i][0], desks[i][1], desks[i][2]);
        struct law                    law = law_load(text);
        const struct tsim_run_options options = { .threads = 1 };
        struct tsim_result           *result = law_run(&law, &options);
        const size_t per_day = tsim_result_measure(result, TSIM_SCOPE_MOVE, "per_day");
        double       moves[5], all = 0;
        for (size_t k = 0; k < 5; k++) {
            moves[k] = tsim_result_get(result, TSIM_SCOPE_MOVE, k, per_day).value * 400 / 24;
            all += moves[k];
        }
        cr_assert_gt(all, 25000);
        for (size_t k = 0; k < 5; k++)
            cr_assert_lt(fabs(moves[k] - all * shares[k]),
                         4.5 * sqrt(all * shares[k] * (1 - shares[k])),
                         "desk %zu: %g of %g to place %zu", i, moves[k], all, k);
        tsim_result_free(result);
        law_free(&law);
    }
}
