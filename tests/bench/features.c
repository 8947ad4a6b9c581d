/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "features.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "timing.h"
#include "workload.h"

#define EDITS_MOST 8

struct feature {
    const char *name;
    struct edit edits[EDITS_MOST];
    bool        case_log;
};

#define SLAS                                                                                       \
    "\"sla\": [ { \"name\": \"response\", \"clock\": \"first_response\", \"target\": \"5 min\", " \
    "\"penalty\": 5 }, { \"name\": \"resolution\", \"clock\": \"resolution\", "                    \
    "\"target\": \"1 h\", \"penalty\": 20, \"penalty_per_hour\": 10 } ], "

/* The load on people is the same in all of them. */
static const struct feature features[] = {
    { .name = "W2 as it is" },
    { .name = "two SLA targets with penalties",
      .edits = { { "\"escalation\":", SLAS "\"escalation\":" } } },
    { .name = "four more promises",
      .edits = { { "\"at_least\": \"80 %\" }",
                   "\"at_least\": \"80 %\" }, { \"measure\": \"service_level\", \"tier\": \"L2\", "
                   "\"within\": \"10 min\", \"at_least\": \"50 %\" }, { \"measure\": "
                   "\"first_response\", \"within\": \"2 min\", \"at_least\": \"50 %\" }, { "
                   "\"measure\": \"resolution\", \"within\": \"1 h\", \"at_least\": \"50 %\" }, { "
                   "\"measure\": \"abandonment\", \"at_most\": \"10 %\" }" } } },
    { .name = "three severities, priority queues",
      .edits = { { "\"streams\":",
                   "\"severities\": [ { \"name\": \"high\", \"priority\": 3 }, { \"name\": "
                   "\"normal\", \"priority\": 2 }, { \"name\": \"low\", \"priority\": 1 } ], "
                   "\"streams\":" },
                 { "\"arrivals\":",
                   "\"severities\": { \"high\": 0.1, \"normal\": 0.6, \"low\": 0.3 }, "
                   "\"arrivals\":" },
                 { "\"handling\":", "\"queue\": { \"order\": \"priority\" }, \"handling\":" } } },
    { .name = "earliest-deadline queues (with the SLA targets)",
      .edits = { { "\"escalation\":", SLAS "\"escalation\":" },
                 { "\"handling\":",
                   "\"queue\": { \"order\": \"earliest_deadline\" }, \"handling\":" } } },
    { .name = "ageing queues, three weights",
      .edits = { { "\"streams\":",
                   "\"severities\": [ { \"name\": \"high\", \"priority\": 3 }, { \"name\": "
                   "\"normal\", \"priority\": 2 }, { \"name\": \"low\", \"priority\": 1 } ], "
                   "\"streams\":" },
                 { "\"arrivals\":",
                   "\"severities\": { \"high\": 0.1, \"normal\": 0.6, \"low\": 0.3 }, "
                   "\"arrivals\":" },
                 { "\"handling\":",
                   "\"queue\": { \"order\": { \"kind\": \"ageing\", \"weights\": [ { "
                   "\"severity\": \"high\", \"weight\": 5 } ] } }, \"handling\":" } } },
    { .name = "least-slack queues (with the SLA targets)",
      .edits = { { "\"escalation\":", SLAS "\"escalation\":" },
                 { "\"handling\":",
                   "\"queue\": { \"order\": \"least_slack\" }, \"handling\":" } } },
    { .name = "wrap-up, exponential",
      .edits = { { "\"10.8 min\" }",
                   "\"9.8 min\" }, \"wrap_up\": { \"kind\": \"exponential\", "
                   "\"mean\": \"1 min\" }" },
                 { "\"16.5 min\" }",
                   "\"15 min\" }, \"wrap_up\": { \"kind\": \"exponential\", "
                   "\"mean\": \"1.5 min\" }" },
                 { "\"50 min\" }",
                   "\"46 min\" }, \"wrap_up\": { \"kind\": \"exponential\", "
                   "\"mean\": \"4 min\" }" } } },
    { .name = "self-service that resolves 20 % of 125 contacts an hour",
      .edits = { { "\"streams\":",
                   "\"issue_types\": [ { \"name\": \"any\", \"self_service\": 0.2 } ], "
                   "\"self_service\": { \"session\": { \"kind\": \"exponential\", \"mean\": "
                   "\"3 min\" } }, \"streams\":" },
                 { "\"100 /h\"", "\"125 /h\"" } } },
    { .name = "the same, of at most 20 sessions at once",
      .edits = { { "\"streams\":",
                   "\"issue_types\": [ { \"name\": \"any\", \"self_service\": 0.2 } ], "
                   "\"self_service\": { \"sessions\": 20, \"session\": { \"kind\": "
                   "\"exponential\", \"mean\": \"3 min\" } }, \"streams\":" },
                 { "\"100 /h\"", "\"125 /h\"" } } },
    { .name = "lognormal handling, cv 1",
      .edits = { { "\"exponential\", \"mean\": \"10.8 min\"",
                   "\"lognormal\", \"cv\": 1, \"mean\": \"10.8 min\"" },
                 { "\"exponential\", \"mean\": \"16.5 min\"",
                   "\"lognormal\", \"cv\": 1, \"mean\": \"16.5 min\"" },
                 { "\"exponential\", \"mean\": \"50 min\"",
                   "\"lognormal\", \"cv\": 1, \"mean\": \"50 min\"" } } },
    { .name = "gamma handling, cv 0.7",
      .edits = { { "\"exponential\", \"mean\": \"10.8 min\"",
                   "\"gamma\", \"cv\": 0.7, \"mean\": \"10.8 min\"" },
                 { "\"exponential\", \"mean\": \"16.5 min\"",
                   "\"gamma\", \"cv\": 0.7, \"mean\": \"16.5 min\"" },
                 { "\"exponential\", \"mean\": \"50 min\"",
                   "\"gamma\", \"cv\": 0.7, \"mean\": \"50 min\"" } } },
    { .name = "rates and staff by the hour, busy days of cv 0.05",
      .edits = { { "\"rate\": \"100 /h\"",
                   "\"busyness_cv\": 0.05, \"rate\": [ { \"every\": \"1 h\", \"volumes\": [ 95, "
                   "105, 95, 105, 95, 105, 95, 105, 95, 105, 95, 105, 95, 105, 95, 105, 95, 105, "
                   "95, 105, 95, 105, 95, 105 ] } ]" },
                 { "\"agents\": 20",
                   "\"agents\": [ { \"every\": \"1 h\", \"values\": [ 19, 21, 19, 21, 19, 21, 19, "
                   "21, 19, 21, 19, 21, 19, 21, 19, 21, 19, 21, 19, 21, 19, 21, 19, 21 ] } ]" } } },
    { .name = "rates that jump at random (mmpp)",
      .edits = { { "\"kind\": \"poisson\", \"rate\": \"100 /h\"",
                   "\"kind\": \"mmpp\", \"states\": [ { \"rate\": \"95 /h\", \"stay\": \"1 h\" "
                   "}, { \"rate\": \"105 /h\", \"stay\": \"1 h\" } ]" } } },
    { .name = "a channel that closes for ten minutes a week",
      .edits = { { "\"streams\":",
                   "\"calendars\": [ { \"name\": \"c\", \"windows\": [ { \"days\": \"Mon-Sat\" "
                   "}, { \"days\": \"Sun\", \"to\": \"23:50\" } ] } ], \"streams\":" },
                 { "\"patience\":", "\"hours\": \"c\", \"patience\":" } } },
    { .name = "incidents that multiply the rate",
      .edits = { { "\"streams\":",
                   "\"incidents\": [ { \"name\": \"i\", \"factor\": 1.001, \"between\": { "
                   "\"kind\": \"exponential\", \"mean\": \"4 h\" }, \"duration\": \"1 h\" } ], "
                   "\"streams\":" } } },
    { .name = "batches of one contact or, seldom, two",
      .edits = { { "\"rate\": \"100 /h\"",
                   "\"batch\": { \"kind\": \"geometric\", \"mean\": 1.001 }, \"rate\": "
                   "\"100 /h\"" } } },
    { .name = "a fixed number of contacts a day",
      .edits = { { "\"kind\": \"poisson\", \"rate\": \"100 /h\"",
                   "\"kind\": \"daily\", \"per_day\": [2400], \"rate\": \"100 /h\"" } } },
    { .name = "holidays, of the same rate but for a thousandth",
      .edits = { { "\"rate\": \"100 /h\"",
                   "\"holidays\": [\"2024-01-03\", \"2024-02-01\"], \"holiday_factor\": "
                   "0.999, \"rate\": \"100 /h\"" } } },
    { .name = "busy days of cv 0.05 that follow each other",
      .edits = { { "\"streams\":", "\"busy_days\": { \"autocorrelation\": 0.5 }, \"streams\":" },
                 { "\"rate\": \"100 /h\"", "\"busyness_cv\": 0.05, \"rate\": \"100 /h\"" } } },
    { .name = "the same, with factors of each half-hour",
      .edits = { { "\"streams\":",
                   "\"busy_days\": { \"autocorrelation\": 0.5, \"every\": \"30 min\", "
                   "\"within_day\": 0.5, \"next_interval\": 0.7 }, \"streams\":" },
                 { "\"rate\": \"100 /h\"", "\"busyness_cv\": 0.05, \"rate\": \"100 /h\"" } } },
    { .name = "a backlog of ten",
      .edits = { { "\"streams\":",
                   "\"backlog\": [ { \"contacts\": 10, \"age\": \"1 h\" } ], "
                   "\"streams\":" } } },
    { .name = "handling and patience by the hour of arrival",
      .edits = { { "\"handling\":",
                   "\"handling_by_hour\": [ { \"from\": \"08:00\", \"to\": \"17:00\", "
                   "\"factor\": 1.0001 } ], \"handling\":" },
                 { "\"patience\":",
                   "\"patience_by_hour\": [ { \"from\": \"08:00\", \"to\": \"17:00\", "
                   "\"factor\": 1.0001 } ], \"patience\":" } } },
    { .name = "three issue types, concessions, authority",
      .edits = { { "\"streams\":",
                   "\"issue_types\": [ { \"name\": \"how\" }, { \"name\": \"bill\", "
                   "\"concession\": { \"kind\": \"lognormal\", \"mean\": 30, \"cv\": 1 } }, { "
                   "\"name\": \"fault\", \"concession\": { \"kind\": \"exponential\", \"mean\": 20 "
                   "}, \"concession_share\": 0.3 } ], \"streams\":" },
                 { "\"arrivals\":",
                   "\"issues\": { \"how\": 0.6, \"bill\": 0.2, \"fault\": 0.2 }, "
                   "\"arrivals\":" },
                 { "\"resolves\": 0.8,", "\"resolves\": 0.835," }, /* the rest is authority */
                 { "\"agents\": 20", "\"agents\": 20, \"authority\": 60" } } },
    { .name = "two pools a tier, skills, two queues",
      .edits = { { "\"streams\":",
                   "\"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\" }, { \"name\": \"b\", "
                   "\"skill\": \"b\" } ], \"streams\":" },
                 { "\"arrivals\":", "\"issues\": { \"a\": 0.5, \"b\": 0.5 }, \"arrivals\":" },
                 { "{ \"name\": \"one\", \"agents\": 20 }",
                   "{ \"name\": \"one a\", \"agents\": 10, \"skills\": [ { \"skill\": \"a\" } ] }, "
                   "{ \"name\": \"one\", \"agents\": 10, \"skills\": [ { \"skill\": \"a\" }, { "
                   "\"skill\": \"b\" } ] }" } } },
    { .name = "three severities, priority queues, preemption",
      .edits = { { "\"streams\":",
                   "\"severities\": [ { \"name\": \"high\", \"priority\": 3 }, { \"name\": "
                   "\"normal\", \"priority\": 2 }, { \"name\": \"low\", \"priority\": 1 } ], "
                   "\"streams\":" },
                 { "\"arrivals\":",
                   "\"severities\": { \"high\": 0.1, \"normal\": 0.6, \"low\": 0.3 }, "
                   "\"arrivals\":" },
                 { "\"handling\":",
                   "\"queue\": { \"order\": \"priority\", \"preempts\": true }, "
                   "\"handling\":" } } },
    { .name = "two pools in L1, the second for those who have waited a minute",
      .edits = { { "{ \"name\": \"one\", \"agents\": 20 }",
                   "{ \"name\": \"one a\", \"agents\": 10 }, { \"name\": \"one\", \"agents\": 10, "
                   "\"skills\": [ { \"skill\": \"general\", \"after\": \"1 min\" } ] }" } } },
    { .name = "two pools in L1, the second with a reserve and a condition",
      .edits = { { "{ \"name\": \"one\", \"agents\": 20 }",
                   "{ \"name\": \"one a\", \"agents\": 10 }, { \"name\": \"one\", \"agents\": 10, "
                   "\"skills\": [ { \"skill\": \"general\", \"reserve\": 1, \"only_if\": [ { "
                   "\"expected_wait\": \"general\", \"at_least\": 0 } ] } ] }" } } },
    { .name = "two pools in L1, queues of their own, the first with a ratio",
      .edits = { { "{ \"name\": \"one\", \"agents\": 20 }",
                   "{ \"name\": \"one a\", \"agents\": 10, \"queue_ratio\": 0.2 }, { \"name\": "
                   "\"one\", \"agents\": 10, \"skills\": [ { \"skill\": \"general\", "
                   "\"preference\": 1 } ] }" },
                 { "\"handling\":",
                   "\"queue\": { \"waits_for\": \"shortest_queue\" }, \"handling\":" } } },
    { .name = "the whole event loop (a rework of next to nothing)",
      .edits = { { "\"escalation\":", "\"hand_offs\": { \"rework\": 1e-9 }, \"escalation\":" } } },
    { .name = "warm hand-overs to L2",
      .edits = { { "\"escalation\": [",
                   "\"escalation\": [ { \"from\": \"L1\", \"to\": \"next\", \"hand_over\": "
                   "\"warm\" }," } } },
    { .name = "experts of L2 and L3 instead of hand-overs (swarming)",
      .edits = { { "\"escalation\":",
                   "\"organisation\": { \"form\": \"swarming\" }, \"escalation\":" } } },
    { .name = "notifications of L3 at each escalation from L1",
      .edits = { { "\"escalation\": [",
                   "\"escalation\": [ { \"from\": \"L1\", \"to\": \"L3\", \"form\": "
                   "\"notify\", \"work\": \"10 s\" }," } } },
    { .name = "half of those who give up call again",
      .edits = { { "\"30 min\" } }",
                   "\"30 min\" }, \"redial\": { \"share\": 0.5, \"delay\": \"10 min\" } }" } } },
    { .name = "balking and call-backs, half of which reach nobody",
      .edits = { { "\"30 min\" } }",
                   "\"30 min\" }, \"balking\": { \"per_waiting\": 0.02 }, \"call_back\": { "
                   "\"from_waiting\": 3, \"accepts\": 0.5, \"reached\": 0.5 } }" } } },
    { .name = "balking and call-backs, by appointment",
      .edits = { { "\"30 min\" } }",
                   "\"30 min\" }, \"balking\": { \"per_waiting\": 0.02 }, \"call_back\": { "
                   "\"from_waiting\": 3, \"accepts\": 0.5, \"due_in\": \"1 h\", \"slots\": "
                   "\"15 min\" } }" } } },
    { .name = "escalation points of a resolution target",
      .edits = { { "\"escalation\":",
                   "\"sla\": [ { \"name\": \"r\", \"clock\": \"resolution\", \"target\": "
                   "\"1 h\", \"escalate_at\": [ 0.75, 1 ] } ], \"escalation\":" } } },
    { .name = "agents leave by name, work is requeued at a shift's end",
      .edits = { { "\"agents\": 20",
                   "\"leave_by\": \"name\", \"shift_end\": \"requeue\", \"agents\": "
                   "[ { \"agents\": 17 }, { \"from\": \"00:00\", \"to\": \"12:00\", "
                   "\"agents\": 3 }, { \"from\": \"12:00\", \"to\": \"24:00\", "
                   "\"agents\": 3 } ]" } } },
    { .name = "two contacts at once, which slows both down",
      .edits = { { "\"agents\": 20",
                   "\"concurrency\": { \"contacts\": 2, \"slow_down\": [1, 1.6] }, "
                   "\"agents\": 16" } } },
    { .name = "a meeting of one agent, ten minutes a day",
      .edits = { { "\"name\": \"two\",",
                   "\"name\": \"two\", \"duties\": [ { \"name\": \"m\", \"agents\": 1, \"when\": "
                   "[ { \"from\": \"10:00\", \"to\": \"10:10\" } ] } ]," } } },
    { .name = "duties of idle agents in two tiers, dropped when somebody calls",
      .edits = { { "\"name\": \"two\",",
                   "\"name\": \"two\", \"idle_duties\": [ { \"name\": \"d\", \"per_day\": "
                   "\"200 h\", \"after\": \"1 min\", \"piece\": \"20 min\" } ]," },
                 { "\"name\": \"one\",",
                   "\"name\": \"one\", \"idle_duties\": [ { \"name\": \"d\", \"per_day\": "
                   "\"200 h\", \"after\": \"1 min\", \"piece\": \"20 min\" } ]," } } },
    { .name = "tier 2 helps tier 1",
      .edits = { { "\"name\": \"two\",",
                   "\"name\": \"two\", \"helps\": [ { \"tier\": \"L1\", \"reserve\": 2 } ]," } } },
    { .name = "the 20 agents of tier 1 by name",
      .edits = { { "\"agents\": 20",
                   "\"roster\": [ { \"name\": \"a\" }, { \"name\": \"b\" }, "
                   "{ \"name\": \"c\" }, { \"name\": \"d\" }, { \"name\": \"e\" }, "
                   "{ \"name\": \"f\" }, { \"name\": \"g\" }, { \"name\": \"h\" }, "
                   "{ \"name\": \"i\" }, { \"name\": \"j\" }, { \"name\": \"k\" }, "
                   "{ \"name\": \"l\" }, { \"name\": \"m\" }, { \"name\": \"n\" }, "
                   "{ \"name\": \"o\" }, { \"name\": \"p\" }, { \"name\": \"q\" }, "
                   "{ \"name\": \"r\" }, { \"name\": \"s\" }, { \"name\": \"t\" } ]" } } },
    { .name = "a case log and an event log", .case_log = true },
};

#define FEATURES (sizeof features / sizeof *features)

/* Runs once; the number of contacts that people are offered. */
static double contacts_of(const struct feature *feature, const struct tsim_scenario *scenario,
                          uint64_t seed, uint32_t replications)
{
    struct tsim_run_options options = { .replications = replications, .seed = seed,
                                        .has_seed = true, .threads = 1 };
    char                    log[64], events[64];
    snprintf(log, sizeof log, "tiersim-bench-%ld.csv", (long)getpid());
    snprintf(events, sizeof events, "tiersim-bench-%ld-events.csv", (long)getpid());
    if (feature->case_log) {
        options.case_log = log;
        options.event_log = events;
    }
    struct tsim_result         *result = workload_run(scenario, &options);
    const struct tsim_run_info *info = tsim_result_info(result);
    const char *own = info->self_service ? info->self_service : "";
    const double alone = tsim_result_find(result, TSIM_SCOPE_FATE, own, "share").value;
    const double contacts = (double)info->contacts * (1 - (*own ? alone : 0));
    tsim_result_free(result);
    if (feature->case_log) {
        remove(log);
        remove(events);
    }
    return contacts;
}

bool features_run(uint32_t which, uint32_t replications)
{
    struct edit edits[EDITS_MOST + 1] = {
        { "\"length\": \"10000 h\"", "\"length\": \"500 h\"" },
    };
    if (which >= FEATURES)
        return false;
    memcpy(edits + 1, features[which].edits, sizeof features[which].edits);
    struct tsim_scenario *scenario = workload_load("w2.json", edits);
    printf("%.0f %s\n", contacts_of(&features[which], scenario, 1, replications),
           features[which].name);
    tsim_scenario_free(scenario);
    return true;
}

void features_measure(uint32_t rounds)
{
    struct tsim_scenario *scenarios[FEATURES];
    double                times_s[FEATURES][ROUNDS_MOST];
    for (size_t i = 0; i < FEATURES; i++)
        scenarios[i] = workload_load("w2.json", features[i].edits);
    for (uint32_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < FEATURES; i++) {
            const double began_s = cpu_seconds();
            const double contacts = contacts_of(&features[i], scenarios[i], round, 1);
            times_s[i][round] = (cpu_seconds() - began_s) / contacts;
        }
    printf("\nW2 with one feature added: ns per contact that people are offered, and the ratio\n");
    for (size_t i = 0; i < FEATURES; i++) {
        printf("  %-56s", features[i].name);
        spread_print(spread_of(times_s[i], rounds), 1e9, 0);
        spread_print(spread_of_ratios(times_s[i], times_s[0], rounds), 1, 2);
        putchar('\n');
        tsim_scenario_free(scenarios[i]);
    }
}
