/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: SLA clocks run when they should, stand still when they should, and end when they should;
 * what they ran is split rightly. Method: desks small enough to be worked out by hand, a contact or
 * two with constant times, in which every number is a sum that the comment shows; then what must
 * not matter does not: a calendar that is never closed, escalation points that no rule looks at. */
#include "support/cases.h"

#define HOUR 3600.0
#define MIN  60.0

/* ---- desks by hand */

struct outcome {
    struct law          law;
    struct tsim_result *result;
};

static void run(struct outcome *outcome, const char *text)
{
    const struct tsim_run_options options = { .threads = 1, .replications = 1 };
    outcome->law = law_load(text);
    outcome->result = law_run(&outcome->law, &options);
}

static void finish(struct outcome *outcome)
{
    tsim_result_free(outcome->result);
    law_free(&outcome->law);
}

static struct tsim_estimate found(const struct outcome *outcome, enum tsim_scope scope,
                                  const char *entry, const char *measure)
{
    cr_assert_neq(tsim_result_measure(outcome->result, scope, measure), (size_t)-1, "no %s",
                  measure);
    return tsim_result_find(outcome->result, scope, entry, measure);
}

#define IS(scope, entry, measure, expected)                                                     \
    do {                                                                                        \
        const struct tsim_estimate of = found(&outcome, TSIM_SCOPE_##scope, entry, measure);    \
        cr_expect(of.defined && law_same(of.value, expected), "%s %s is %.17g, not %.17g", entry, \
                  measure, of.value, (double)(expected));                                       \
    } while (0)

#define UNDEFINED(scope, entry, measure)                                                        \
    cr_expect_not(found(&outcome, TSIM_SCOPE_##scope, entry, measure).defined, "%s %s", entry,   \
                  measure)

/* A stream sends a contact after the time of `every`, and again and again, until the length of the
 * run is over. */
#define RUN(start, length)                                                                      \
    "{ \"name\": \"clocks\", \"run\": { \"start\": \"" start "\", \"length\": \"" length "\" },\n"

#define STREAM(name, every)                                                                     \
    "{ \"name\": \"" name "\", \"arrivals\": { \"kind\": \"renewal\", \"between\": \"" every   \
    "\" } }"

#define STREAMS(all) "\"streams\": [ " all " ],\n"

#define OFFICE                                                                                  \
    "\"calendars\": [ { \"name\": \"office\", \"windows\": [ { \"days\": \"Mon-Fri\", "       \
    "\"from\": \"09:00\", \"to\": \"17:00\" } ] } ],\n"

#define TIER(name, handling, agents, more)                                                      \
    "{ \"name\": \"" name "\", \"handling\": \"" handling "\"" more ", \"pools\": [ { "       \
    "\"name\": \"" name " pool\", \"agents\": " agents " } ] }"

#define TIERS(all) "\"tiers\": [ " all " ],\n"

#define SLA(name, clock, target, more)                                                          \
    "{ \"name\": \"" name "\", \"clock\": \"" clock "\", \"target\": \"" target "\"" more " }"

#define SLAS(all) "\"sla\": [ " all " ]\n"

/* Comes on Monday at 16:00, is worked on until Tuesday, 12:00: by the calendar 1 h + 3 h. The
 * target of 3 h passes on Tuesday at 11:00, an hour before: a penalty of 10 + 1 h x 5. */
Test(clocks, business_hours)
{
    const double   days = 47.0 / 24;
    struct outcome outcome;
    run(&outcome, RUN("Sun 16:00", "47 h") STREAMS(STREAM("s", "24 h")) OFFICE
                  "\"business_hours\": \"office\",\n" TIERS(TIER("L1", "20 h", "1", ""))
                  SLAS(SLA("t", "resolution", "3 h",
                           ", \"calendar\": \"office\", \"penalty\": 10, \"penalty_per_hour\": 5"))
                  "}");
    IS(SLA, "t", "breach_share", 1);
    IS(SLA, "t", "clocks_per_day", 1 / days);
    IS(SLA, "t", "clock_mean", 4 * HOUR);
    IS(SLA, "t", "late_mean", HOUR);
    IS(SLA, "t", "penalty_per_day", 15 / days);
    IS(DESK, "desk", "resolution_mean", 20 * HOUR);
    IS(DESK, "desk", "resolution_business_mean", 4 * HOUR);
    IS(DELAY, "t/L1 work", "share", 1);
    IS(DELAY, "t/L1 work", "breached_share", 1);
    IS(DELAY, "t/L1 work", "mean", 4 * HOUR);
    IS(DELAY, "t/L1 queue", "share", 0);
    const size_t measure = tsim_result_measure(outcome.result, TSIM_SCOPE_INTERVAL, "breaches");
    for (size_t i = 0; i < tsim_result_entries(outcome.result, TSIM_SCOPE_INTERVAL); i++)
        cr_expect_eq(tsim_result_get(outcome.result, TSIM_SCOPE_INTERVAL, i, measure).value,
                     i == 43 * 2, "interval %zu", i);
    finish(&outcome);
}

/* On time to the second, and a second late; nobody asks for business hours. */
Test(clocks, within_the_target_is_in_time)
{
    struct outcome outcome;
    run(&outcome, RUN("Mon 08:00", "90 min") STREAMS(STREAM("s", "1 h"))
                  TIERS(TIER("L1", "30 min", "1", ""))
                  SLAS(SLA("t", "resolution", "30 min", "")) "}");
    IS(SLA, "t", "breach_share", 0);
    UNDEFINED(DESK, "desk", "resolution_business_mean");
    UNDEFINED(DELAY, "t/L1 work", "breached_share");
    finish(&outcome);
    run(&outcome, RUN("Mon 08:00", "90 min") STREAMS(STREAM("s", "1 h"))
                  TIERS(TIER("L1", "30 min", "1", ""))
                  SLAS(SLA("t", "resolution", "1799 s", "")) "}");
    IS(SLA, "t", "breach_share", 1);
    IS(SLA, "t", "late_mean", 1);
    finish(&outcome);
}

/* An hour of work, then five with the vendor: 6 h, or 1 h where the clock stands still. */
Test(clocks, the_vendor_may_pause_them)
{
    static const struct {
        const char *pauses;
        double      ran_s, late_s;
    } cases[] = {
        { "", 1 * HOUR, 0 },
        { ", \"pauses\": [\"vendor\"]", 1 * HOUR, 0 },
        { ", \"pauses\": []", 6 * HOUR, 4 * HOUR },
        { ", \"pauses\": [\"customer\"]", 6 * HOUR, 4 * HOUR },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome;
        char           text[3000];
        snprintf(text, sizeof text,
                 RUN("Mon 08:00", "90 min") STREAMS(STREAM("s", "1 h"))
                 TIERS(TIER("L1", "1 h", "1", ", \"resolves\": 0"))
                 "\"vendor\": { \"delay\": \"5 h\" },\n"
                 SLAS(SLA("t", "resolution", "2 h", "%s")) "}", cases[i].pauses);
        run(&outcome, text);
        IS(SLA, "t", "clock_mean", cases[i].ran_s);
        IS(SLA, "t", "breach_share", cases[i].late_s > 0);
        IS(DELAY, "t/L1 work", "share", HOUR / cases[i].ran_s);
        if (cases[i].late_s > 0) {
            IS(SLA, "t", "late_mean", cases[i].late_s);
            IS(DELAY, "t/vendor", "share", 5.0 / 6);
            IS(DELAY, "t/vendor", "breached_share", 5.0 / 6);
        }
        finish(&outcome);
    }
}

/* Two contacts, at 09:00 and 10:00; L1 works 90 min on each, one after the other, and solves
 * nothing; L2 takes 30 min. In L1 the first is 90 min, the second 30 + 90 min. */
Test(clocks, each_tier_may_have_its_own)
{
    struct outcome outcome;
    run(&outcome, RUN("Mon 08:00", "150 min") STREAMS(STREAM("s", "1 h"))
                  TIERS(TIER("L1", "90 min", "1", ", \"resolves\": 0") ","
                        TIER("L2", "30 min", "1", ""))
                  SLAS(SLA("first", "operational", "100 min", ", \"tier\": \"L1\"") ","
                       SLA("any", "operational", "30 min", "")) "}");
    IS(SLA, "first", "clocks_per_day", 2);
    IS(SLA, "first", "breach_share", 0.5);
    IS(SLA, "first", "late_mean", 20 * MIN);
    IS(SLA, "first", "clock_mean", 105 * MIN);
    IS(SLA, "any", "clocks_per_day", 2);
    IS(SLA, "any", "breach_share", 0);
    IS(SLA, "any", "clock_mean", 30 * MIN);
    IS(DELAY, "first/L1 queue", "share", 30.0 / 210);
    IS(DELAY, "first/L1 queue", "breached_share", 30.0 / 120);
    IS(DELAY, "first/L1 work", "mean", 90 * MIN);
    IS(DELAY, "any/L1 work", "share", 0);
    IS(DELAY, "any/L2 work", "share", 1);
    IS(DESK, "desk", "sla_breach_share", 0.5);
    finish(&outcome);
}

/* Nobody works after 17:00. The first contact, of 16:00, keeps the agent until 17:30; the second,
 * of 16:30, waits half an hour while L1 is open and then 16 h until Tuesday, 09:00. */
Test(clocks, closing_time_is_told_from_the_queue)
{
    static const char *const calendars[] = { "", ", \"calendar\": \"office\"" };
    for (size_t i = 0; i < 2; i++) {
        struct outcome outcome;
        char           text[3000];
        snprintf(text, sizeof text,
                 RUN("Sun 00:00", "79 h") STREAMS(STREAM("s", "40 h") "," STREAM("r", "40.5 h"))
                 OFFICE "\"tiers\": [ { \"name\": \"L1\", \"handling\": \"90 min\", \"pools\": [ { "
                 "\"name\": \"p\", \"agents\": [ { \"days\": \"Mon-Fri\", \"from\": \"09:00\", "
                 "\"to\": \"17:00\", \"agents\": 1 } ] } ] } ],\n"
                 SLAS(SLA("t", "resolution", "4 h", "%s")) "}", calendars[i]);
        run(&outcome, text);
        const double closed_s = i ? 0 : 16 * HOUR, late_worked_s = i ? 0.5 * HOUR : 0;
        const double sum_s = 0.5 * HOUR + closed_s + 3 * HOUR - late_worked_s;
        IS(SLA, "t", "clock_mean", sum_s / 2);
        IS(SLA, "t", "breach_share", i ? 0 : 0.5);
        IS(DELAY, "t/L1 queue", "mean", 0.25 * HOUR);
        IS(DELAY, "t/L1 closing time", "mean", closed_s / 2);
        IS(DELAY, "t/L1 work", "mean", (3 * HOUR - late_worked_s) / 2);
        finish(&outcome);
    }
}

/* Contacts of 10:00 and 11:45, half an hour of work each, an hour and a half with the customer, and
 * half an hour again. The first replies at 12:00 and waits for the agent until 12:15; the second,
 * replying at 13:45, does not wait. */
Test(clocks, replies_are_waited_for_and_answered)
{
    static const char *const pauses[] = { "", ", \"pauses\": []" };
    for (size_t i = 0; i < 2; i++) {
        struct outcome outcome;
        char           text[3000];
        snprintf(text, sizeof text,
                 RUN("Mon 08:00", "3.9 h") STREAMS(STREAM("s", "2 h") "," STREAM("r", "3.75 h"))
                 TIERS(TIER("L1", "30 min", "1", ", \"waits_on_customer\": { \"share\": 1, "
                            "\"delay\": \"1.5 h\" }"))
                 SLAS(SLA("reply", "next_reply", "10 min", "") ","
                      SLA("end", "resolution", "1 h", "%s") ","
                      SLA("visit", "operational", "1 h", "%s") ","
                      SLA("start", "first_response", "1 h", "%s")) "}",
                 pauses[i], pauses[i], pauses[i]);
        run(&outcome, text);
        IS(SLA, "reply", "clocks_per_day", 2);
        IS(SLA, "reply", "clock_mean", 7.5 * MIN);
        IS(SLA, "reply", "breach_share", 0.5);
        IS(SLA, "reply", "late_mean", 5 * MIN);
        IS(DELAY, "reply/L1 queue", "share", 1);
        IS(SLA, "start", "clock_mean", 0);
        for (size_t k = 0; k < 2; k++) {
            const char *const name = k ? "visit" : "end";
            IS(SLA, name, "clocks_per_day", 2);
            IS(SLA, name, "clock_mean", (i ? 157.5 : 67.5) * MIN);
            IS(SLA, name, "breach_share", i ? 1 : 0.5);
            IS(SLA, name, "late_mean", (i ? 97.5 : 15) * MIN);
        }
        IS(DELAY, "end/L1 queue", "mean", 7.5 * MIN);
        IS(DELAY, "end/L1 work", "mean", 60 * MIN);
        if (i)
            IS(DELAY, "end/customer", "mean", 90 * MIN);
        finish(&outcome);
    }
}

/* Taken for solved after an hour of work, back three hours later, another hour: one clock of two
 * hours, or two of one. */
Test(clocks, reopening_goes_on_or_begins_anew)
{
    for (size_t i = 0; i < 2; i++) {
        struct outcome outcome;
        char           text[3000];
        snprintf(text, sizeof text,
                 RUN("Mon 08:00", "90 min") STREAMS(STREAM("s", "1 h"))
                 TIERS(TIER("L1", "1 h", "1", ", \"reopens\": { \"share\": 1, \"delay\": \"3 h\", "
                            "\"most\": 1 }"))
                 SLAS(SLA("t", "resolution", "90 min", "%s")) "}",
                 i ? ", \"on_reopen\": \"restart\"" : "");
        run(&outcome, text);
        IS(SLA, "t", "clocks_per_day", i ? 2 : 1);
        IS(SLA, "t", "clock_mean", i ? HOUR : 2 * HOUR);
        IS(SLA, "t", "breach_share", i ? 0 : 1);
        IS(DELAY, "t/L1 work", "mean", i ? HOUR : 2 * HOUR);
        finish(&outcome);
    }
}

/* An hour in L1 as low, then an hour in L2 as high: for the stricter target two hours, or one; or
 * the looser target has passed already, and is the one that was missed. */
Test(clocks, another_severity_goes_on_or_begins_anew)
{
    static const struct {
        const char *loose, *more;
        double      low, high, high_s, breached;
    } cases[] = {
        { "10 h", "", 0, 1, 2 * HOUR, 1 },
        { "10 h", ", \"on_severity_change\": \"restart\"", 1, 1, HOUR, 0 },
        { "30 min", "", 1, 0, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome;
        char           text[3000];
        snprintf(text, sizeof text,
                 RUN("Mon 08:00", "90 min") "\"severities\": [ { \"name\": \"low\" }, { \"name\": "
                 "\"high\" } ],\n\"streams\": [ { \"name\": \"s\", \"severities\": { \"low\": 1, "
                 "\"high\": 0 }, \"arrivals\": { \"kind\": \"renewal\", \"between\": \"1 h\" } }, "
                 "{ \"name\": \"r\", \"severities\": { \"low\": 0.5, \"high\": 0.5 }, "
                 "\"arrivals\": { \"kind\": \"poisson\", \"rate\": 0 } } ],\n"
                 TIERS(TIER("L1", "1 h", "1", ", \"resolves\": 0") "," TIER("L2", "1 h", "1", ""))
                 "\"escalation\": [ { \"to\": \"next\", \"set_severity\": \"high\" } ],\n"
                 SLAS(SLA("low", "resolution", "%s", ", \"severity\": \"low\"") ","
                      SLA("high", "resolution", "90 min", ", \"severity\": \"high\"%s")) "}",
                 cases[i].loose, cases[i].more);
        run(&outcome, text);
        IS(SLA, "low", "clocks_per_day", cases[i].low);
        IS(SLA, "high", "clocks_per_day", cases[i].high);
        if (cases[i].high > 0) {
            IS(SLA, "high", "clock_mean", cases[i].high_s);
            IS(SLA, "high", "breach_share", cases[i].breached);
        } else {
            IS(SLA, "low", "clock_mean", 2 * HOUR);
            IS(SLA, "low", "late_mean", 1.5 * HOUR);
        }
        finish(&outcome);
    }
}

/* A contact of 11:00 waits in L1, where nobody works, until the run ends at 13:30; points at half
 * the target of an hour, at the target and at twice it. A rule for breaches takes it to L2 on the
 * hour, which is in time; one for warnings after half an hour; from the third point on after two
 * hours. */
Test(clocks, escalation_points_move_who_waits)
{
    static const struct {
        const char *rule;
        double      points, clock_s, breached, moved;
    } cases[] = {
        { "", 3, 2.5 * HOUR, 1, 0 },
        { "{ \"to\": \"next\" }", 3, 2.5 * HOUR, 1, 0 },
        { "{ \"to\": \"next\", \"when\": \"complexity\" }", 3, 2.5 * HOUR, 1, 0 },
        { "{ \"to\": \"next\", \"when\": \"sla_breach\" }", 2, HOUR, 0, 1 },
        { "{ \"to\": \"next\", \"when\": \"sla_warning\" }", 1, HOUR / 2, 0, 1 },
        { "{ \"to\": \"next\", \"when\": [\"sla_breach\", \"sla_warning\"], \"point\": 3 }", 3,
          2 * HOUR, 1, 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome;
        char           text[3000];
        snprintf(text, sizeof text,
                 RUN("Mon 08:00", "5.5 h") STREAMS(STREAM("s", "3 h"))
                 TIERS(TIER("L1", "1 h", "0", "") "," TIER("L2", "30 min", "1", ""))
                 "\"escalation\": [ %s ],\n"
                 SLAS(SLA("t", "first_response", "1 h",
                          ", \"escalate_at\": [\"50 %%\", 1, 2]")) "}",
                 cases[i].rule);
        run(&outcome, text);
        IS(SLA, "t", "points_per_day", cases[i].points);
        IS(SLA, "t", "clock_mean", cases[i].clock_s);
        IS(SLA, "t", "breach_share", cases[i].breached);
        IS(MOVE, "L1 > L2", "per_day", cases[i].moved);
        IS(TIER, "L2", "offered_per_day", cases[i].moved);
        IS(DELAY, "t/L1 closing time", "share", 1);
        finish(&outcome);
    }
}

/* The clock of a contact that leaves its queue is still: a point that it would have reached does
 * not come. Points come before patience ends at the same instant. */
Test(clocks, points_come_in_their_order_of_an_instant)
{
    static const char *const patience[] = { "59 min", "60 min", "61 min" };
    for (size_t i = 0; i < 3; i++) {
        struct outcome outcome;
        char           text[3000];
        snprintf(text, sizeof text,
                 RUN("Mon 08:00", "90 min") "\"channels\": [ { \"name\": \"phone\", \"patience\": "
                 "\"%s\" } ],\n" STREAMS(STREAM("s", "1 h"))
                 TIERS(TIER("L1", "1 h", "0", "") "," TIER("L2", "30 min", "1", ""))
                 "\"escalation\": [ { \"to\": \"next\", \"when\": \"sla_breach\" } ],\n"
                 SLAS(SLA("t", "resolution", "1 h", ", \"escalate_at\": 1")) "}", patience[i]);
        run(&outcome, text);
        IS(SLA, "t", "points_per_day", i > 0);
        IS(FATE, "abandoned", "per_day", i == 0);
        IS(FATE, "L2", "per_day", i > 0);
        finish(&outcome);
    }
}

/* By a calendar that opens at 09:00 the first point of a contact of 08:30 is at 09:30. */
Test(clocks, points_keep_to_the_calendar)
{
    struct outcome outcome;
    run(&outcome, RUN("Mon 08:00", "50 min") STREAMS(STREAM("s", "30 min")) OFFICE
                  TIERS(TIER("L1", "1 h", "0", "") "," TIER("L2", "30 min", "1", ""))
                  "\"escalation\": [ { \"to\": \"next\", \"when\": \"sla_warning\" } ],\n"
                  SLAS(SLA("t", "first_response", "1 h",
                           ", \"calendar\": \"office\", \"escalate_at\": \"50 %\"")) "}");
    IS(SLA, "t", "clock_mean", 0.5 * HOUR);
    IS(DESK, "desk", "first_response_mean", HOUR);
    finish(&outcome);
}

/* ---- what must not matter */

static void same_digest(const struct law *a, const struct law *b)
{
    const struct tsim_run_options options = { .threads = 1 };
    struct tsim_result           *x = law_run(a, &options), *y = law_run(b, &options);
    cr_assert_str_eq(tsim_result_digest(x), tsim_result_digest(y), "scenario %d", (int)law_number);
    tsim_result_free(y);
    tsim_result_free(x);
}

/* The text with `before` put in front of every `at`. */
static char *put_before(const char *text, const char *at, const char *before)
{
    const size_t length = strlen(text), step = strlen(at);
    size_t       n = 1;
    for (const char *c = strstr(text, at); c; c = strstr(c + step, at))
        n++;
    char *out = malloc(length + n * strlen(before) + 1), *to = out;
    cr_assert(out);
    for (const char *c = text; *c; c++) {
        if (strncmp(c, at, step) == 0)
            to += sprintf(to, "%s", before);
        *to++ = *c;
    }
    *to = '\0';
    return out;
}

/* The same happened to everybody whose contact ended. */
static void same_lives(const struct law *a, const struct law *b)
{
    struct cases x = cases_of(a, 0), y = cases_of(b, 0);
    cr_assert_eq(x.n, y.n, "scenario %d: %zu and %zu cases", (int)law_number, x.n, y.n);
    for (size_t i = 0; i < x.n; i++)
        cr_assert(same_customer(&x, &y, i) &&
                      (x.at[i].fate == FATE_OPEN ? y.at[i].fate == FATE_OPEN
                                                 : same_life(&x.at[i], &y.at[i])),
                  "scenario %d: case %zu ended at %.17g and %.17g, breaches %u and %u",
                  (int)law_number, i, x.at[i].ended_s, y.at[i].ended_s, x.at[i].breaches,
                  y.at[i].breaches);
    free(x.at);
    free(y.at);
}

Test(clocks, points_that_no_rule_looks_at_change_nothing)
{
    size_t compared = 0;
    for (uint32_t number = 0; number < 900; number++) {
        const struct scenario_style style = { .small = true, .rich = number & 1 };
        struct law                  plain = law_random(number, &style);
        if (strstr(plain.text, "\"clock\"") && !strstr(plain.text, "\"escalate_at\"") &&
            !strstr(plain.text, "\"when\": \"sla_") && !strstr(plain.text, "sla_warning")) {
            char *text = put_before(plain.text, "\"clock\":",
                                    "\"escalate_at\": [0.01, \"50 %\", 1, 20, 400], ");
            struct law points = law_load(text);
            same_lives(&plain, &points);
            compared++;
            law_free(&points);
            free(text);
        }
        law_free(&plain);
    }
    cr_expect_gt(compared, 20, "%zu", compared);
}

/* A holiday a thousand years away makes the calendar more than the wall clock in name only. */
Test(clocks, a_calendar_that_is_never_closed_is_the_wall_clock)
{
    size_t compared = 0;
    for (uint32_t number = 0; number < 150; number++) {
        const struct scenario_style style = { .small = true, .wall_clock = true };
        struct law                  plain = law_random(number, &style);
        if (!strstr(plain.text, "\"clock\"")) {
            law_free(&plain);
            continue;
        }
        char *clocks = put_before(plain.text, "\"clock\":", "\"calendar\": \"always\", ");
        clocks[strrchr(clocks, '}') - clocks] = '\0';
        const size_t room = strlen(clocks) + 200;
        char        *text = malloc(room);
        cr_assert(text);
        snprintf(text, room, "%s, \"calendars\": [ { \"name\": \"always\", \"windows\": [ {} ], "
                             "\"holidays\": \"3024-01-01\" } ] }", clocks);
        struct law always = law_load(text);
        cr_assert_eq(always.scenario->plan->n_hours, 2);
        cr_assert(always.scenario->plan->hours[1]);
        same_digest(&plain, &always);
        compared++;
        law_free(&always);
        free(text);
        free(clocks);
        law_free(&plain);
    }
    cr_expect_gt(compared, 20);
}
