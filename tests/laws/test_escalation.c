/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: every form of escalation has a limit in which it must be something simpler: an approval
 * that takes no time is authority of one's own, a warm hand-over to people who idle is a cold one,
 * conditions that always hold are none. Method: one desk with all triggers, written in two ways
 * that must mean the same; every customer's life must be equal to the last bit, and the result,
 * where all is added up in the same order, in its digest. Where the two must differ, the direction
 * is known for every customer: documentation shortens, predictions skip tiers. */
#include "support/cases.h"

/* ---- the desk */

/* What the two ways of writing differ in; NULL: nothing there. */
struct desk {
    const char *root;      /* further keys of the scenario                                    */
    const char *stream;    /* … of its stream                                                 */
    const char *phone;     /* … of its channel                                                */
    const char *first;     /* … of the first tier's pool, after its agents                    */
    const char *rules;     /* of the matrix                                                   */
    uint32_t    agents[3]; /* of the tiers; 0: 6, 4, 3                                        */
    bool        steady;    /* handling of tier 2 and 3 is constant                            */
};

enum { ROOM = 300 }; /* agents who are never all busy */

#define PATIENCE ", \"patience\": { \"kind\": \"exponential\", \"mean\": \"15 min\" }"

static const char format[] =
    "{ \"name\": \"desk\", \"run\": { \"length\": \"30 h\", \"replications\": 3 }%s,\n"
    "  \"severities\": [ { \"name\": \"low\" }, { \"name\": \"high\", \"priority\": 3 } ],\n"
    "  \"channels\": [ { \"name\": \"phone\"%s } ],\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"concession_share\": 0.4,\n"
    "      \"concession\": { \"kind\": \"lognormal\", \"median\": 60, \"sigma\": 1 } },\n"
    "    { \"name\": \"b\" }, { \"name\": \"c\", \"skill\": \"x\" } ],\n"
    "  \"streams\": [ { \"name\": \"s\",\n"
    "    \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"40 /h\" },\n"
    "    \"issues\": { \"a\": 0.5, \"b\": 0.35, \"c\": 0.15 },\n"
    "    \"severities\": { \"low\": 0.8, \"high\": 0.2 }%s } ],\n"
    "  \"tiers\": [\n"
    "    { \"name\": \"L1\",\n"
    "      \"handling\": { \"kind\": \"lognormal\", \"mean\": \"6 min\", \"cv\": 1 },\n"
    "      \"wrap_up\": { \"kind\": \"exponential\", \"mean\": \"1 min\" }, \"resolves\": 0.7,\n"
    "      \"pools\": [ { \"name\": \"first\", \"wage\": 20, \"skills\": [ { \"skill\": "
    "\"general\" } ],\n"
    "        \"agents\": %u%s } ] },\n"
    "    { \"name\": \"L2\", \"handling\": %s, \"resolves\": 0.6, \"pools\": [\n"
    "      { \"name\": \"second\", \"wage\": 30, \"agents\": %u } ] },\n"
    "    { \"name\": \"L3\", \"handling\": %s, \"resolves\": 0.9, \"pools\": [\n"
    "      { \"name\": \"third\", \"wage\": 40, \"agents\": %u },\n"
    "      { \"name\": \"managers\", \"skills\": [ { \"skill\": \"signing\" } ],\n"
    "        \"agents\": 300 } ] } ],\n"
    "  \"escalation\": [ %s ] }";

static struct law desk_law(const struct desk *desk)
{
    static const uint32_t usual[3] = { 6, 4, 3 };
    uint32_t              agents[3];
    char                  text[6000];
    for (int t = 0; t < 3; t++)
        agents[t] = desk->agents[t] ? desk->agents[t] : usual[t];
    const char *handling =
        desk->steady ? "\"9 min\"" : "{ \"kind\": \"lognormal\", \"mean\": \"9 min\", \"cv\": 1 }";
    const int n = snprintf(text, sizeof text, format, desk->root ? desk->root : "",
                           desk->phone ? desk->phone : "", desk->stream ? desk->stream : "",
                           agents[0], desk->first ? desk->first : "", handling, agents[1],
                           handling, agents[2], desk->rules ? desk->rules : "");
    cr_assert(n > 0 && (size_t)n < sizeof text);
    return law_load(text);
}

static struct tsim_result *desk_run(const struct desk *desk)
{
    struct law          law = desk_law(desk);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    law_free(&law);
    return result;
}

static double value_of(const struct tsim_result *result, enum tsim_scope scope, const char *entry,
                       const char *measure)
{
    cr_assert_neq(tsim_result_measure(result, scope, measure), (size_t)-1, "%s", measure);
    return tsim_result_find(result, scope, entry, measure).value;
}

static double tasks_a_day(const struct tsim_result *result, const char *kind)
{
    return value_of(result, TSIM_SCOPE_TASK, kind, "per_day");
}

/* ---- two ways to say the same */

/* `but`: scopes, or measures as scope.measure, that are about the difference itself. */
static bool is_left_out(const char *const *but, enum tsim_scope scope, const char *measure)
{
    char name[128];
    snprintf(name, sizeof name, "%s.%s", tsim_scope_name(scope), measure);
    for (; *but; but++)
        if (strcmp(*but, name) == 0 || strcmp(*but, tsim_scope_name(scope)) == 0)
            return true;
    return false;
}

static void same_measures(const struct tsim_result *x, const struct tsim_result *y,
                          const char *const *but)
{
    for (int s = 0; s < TSIM_SCOPES; s++) {
        const enum tsim_scope      scope = (enum tsim_scope)s;
        size_t                     n;
        const struct tsim_measure *measures = tsim_result_measures(x, scope, &n);
        for (size_t e = 0; e < tsim_result_entries(x, scope); e++)
            for (size_t m = 0; m < n; m++) {
                const struct tsim_estimate a = tsim_result_get(x, scope, e, m);
                const struct tsim_estimate b = tsim_result_get(y, scope, e, m);
                cr_assert(is_left_out(but, scope, measures[m].name) ||
                              (law_same(a.value, b.value) && law_same(a.std_error, b.std_error)),
                          "%s %s %s: %.17g ± %g and %.17g ± %g", tsim_scope_name(scope),
                          tsim_result_entry(x, scope, e), measures[m].name, a.value, a.std_error,
                          b.value, b.std_error);
            }
    }
}

/* Every life to the last bit, every measure but those named; the second result is given back. */
static struct tsim_result *same_desk(const struct desk *plain, const struct desk *other,
                                     const char *const *but)
{
    struct law   p = desk_law(plain), q = desk_law(other);
    struct cases x = cases_of(&p, 1), y = cases_of(&q, 1);
    cr_assert_eq(x.n, y.n, "%zu and %zu cases", x.n, y.n);
    for (size_t i = 0; i < x.n; i++)
        cr_assert(same_customer(&x, &y, i) && same_life(&x.at[i], &y.at[i]),
                  "case %zu: ended %.17g and %.17g, fates %u and %u, tiers %u and %u, hops %u and "
                  "%u", i, x.at[i].ended_s, y.at[i].ended_s, x.at[i].fate, y.at[i].fate,
                  x.at[i].tier, y.at[i].tier, x.at[i].hops, y.at[i].hops);
    free(x.at);
    free(y.at);
    law_free(&p);
    law_free(&q);
    struct tsim_result *result[2] = { desk_run(plain), desk_run(other) };
    same_measures(result[0], result[1], but);
    tsim_result_free(result[0]);
    return result[1];
}

static const char *const nothing[] = { NULL };
static const char *const but_tasks[] = { "cause", "trigger", "task", NULL };

/* ---- equal to the digest */

#define SLA ", \"sla\": [ { \"name\": \"r\", \"clock\": \"resolution\", \"target\": \"1 h\" } ]"
#define CAUSE(keys) ", \"root_causes\": [ { \"issue\": \"a\", \"by\": \"managers\", " \
                    "\"work\": \"1 h\", " keys " } ]"

static const struct {
    const char *what;
    struct desk plain, other;
} pairs[] = {
    { "a briefing of no time", { .rules = "{ \"to\": \"next\" }" },
      { .rules = "{ \"to\": \"next\", \"briefing\": \"0 s\" }" } },
    { "raised priority where queues are fifo", { .rules = "{ \"to\": \"next\" }" },
      { .rules = "{ \"to\": \"next\", \"raise_priority\": 2 }" } },
    { "the severity it has", { .rules = "{ \"severity\": \"low\", \"to\": \"next\" }" },
      { .rules = "{ \"severity\": \"low\", \"to\": \"next\", \"set_severity\": \"low\" }" } },
    { "never: hops", { 0 }, { .rules = "{ \"hops\": 50000, \"to\": \"unresolved\" }" } },
    { "never: attempts", { 0 }, { .rules = "{ \"attempts\": 250, \"to\": \"unresolved\" }" } },
    { "never: age", { 0 }, { .rules = "{ \"older_than\": \"300 d\", \"to\": \"unresolved\" }" } },
    { "never: no target", { 0 },
      { .rules = "{ \"time_left\": \"300 d\", \"to\": \"unresolved\" }" } },
    { "never: no clock", { 0 }, { .rules = "{ \"point\": 1, \"to\": \"unresolved\" }" } },
    { "never: a target that is not the clock's", { .root = SLA },
      { .root = SLA, .rules = "{ \"sla\": \"r\", \"to\": \"unresolved\" }" } },
    { "never: a notification", { 0 },
      { .rules = "{ \"hops\": 50000, \"to\": \"managers\", \"form\": \"notify\", \"work\": \"1 h\" "
                 "}" } },
    { "never: a trigger that nothing wakes", { 0 },
      { .rules = "{ \"when\": [\"repeat\", \"satisfaction\"], \"to\": \"unresolved\" }" } },
    { "always: time left",
      { .root = SLA, .rules = "{ \"to\": \"same\", \"when\": \"complexity\" }" },
      { .root = SLA,
        .rules = "{ \"to\": \"same\", \"when\": \"complexity\", \"time_left\": \"90 d\" }" } },
    { "always: age", { .rules = "{ \"to\": \"same\", \"when\": \"complexity\" }" },
      { .rules = "{ \"to\": \"same\", \"when\": \"complexity\", \"older_than\": \"0.0001 s\" }" } },
    { "always: hops", { .rules = "{ \"to\": \"unresolved\", \"from\": \"L2\" }" },
      { .rules = "{ \"to\": \"unresolved\", \"from\": \"L2\", \"hops\": 1 }" } },
    { "always: the first attempt", { .rules = "{ \"to\": \"same\", \"when\": \"complexity\" }" },
      { .rules = "{ \"to\": \"same\", \"when\": \"complexity\", \"attempts\": 1 }" } },
    { "a tiered organisation", { 0 }, { .root = ", \"organisation\": { \"form\": \"tiered\" }" } },
    { "direct access", { .stream = ", \"enters_at\": \"L3\"" },
      { .root = ", \"organisation\": { \"form\": \"direct\" }",
        .stream = ", \"enters_at\": \"L3\"" } },
    { "swarming where every rule says hand-off", { .rules = "{ \"to\": \"next\" }" },
      { .root = ", \"organisation\": { \"form\": \"swarming\" }",
        .rules = "{ \"to\": \"next\", \"form\": \"hand_off\" }" } },
    { "no rework", { 0 },
      { .root = ", \"hand_offs\": { \"rework\": 0, \"documentation\": 0.5 }" } },
    { "documentation for nothing", { 0 },
      { .root = ", \"hand_offs\": { \"rework\": 0.5, \"documentation\": 1 }" } },
    { "no write-up", { 0 }, { .root = ", \"hand_offs\": { \"documentation\": 0, \"write_up\": \"9 "
                                      "min\" }" } },
    { "half of the rework", { .root = ", \"hand_offs\": { \"rework\": 0.25 }" },
      { .root = ", \"hand_offs\": { \"rework\": 0.5, \"documentation\": 0.5 }" } },
    { "a root cause that nobody looks into", { 0 },
      { .root = CAUSE("\"after\": 1000000, \"reduces\": 1") } },
    { "a root cause that may not be fixed", { 0 },
      { .root = CAUSE("\"after\": 1, \"reduces\": 1, \"most\": 0") } },
};

Test(escalation, what_changes_nothing_changes_nothing)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct desk plain = pairs[i].plain, other = pairs[i].other;
        plain.phone = other.phone = PATIENCE;
        plain.first = other.first = ", \"authority\": 80";
        struct tsim_result *x = desk_run(&plain), *y = desk_run(&other);
        cr_expect_str_eq(tsim_result_digest(x), tsim_result_digest(y), "%s", pairs[i].what);
        cr_assert_gt(value_of(x, TSIM_SCOPE_DESK, "desk", "contacts_per_day"), 800);
        tsim_result_free(x);
        tsim_result_free(y);
    }
}

/* … in front of any other rules, too. */
Test(escalation, a_rule_that_never_holds_is_none)
{
    static const char begin[] = "\"escalation\": [";
    static const char rule[] = " { \"hops\": 60000, \"to\": \"same\", \"hand_over\": \"warm\" }, ";
    for (uint32_t number = 0; number < 200; number++) {
        const struct scenario_style   style = { .small = true, .even = number & 1, .rich = true };
        const struct tsim_run_options options = { .threads = 1 };
        struct law  plain = law_random(number, &style);
        const char *at = strstr(plain.text, begin);
        char       *text = malloc(strlen(plain.text) + sizeof rule);
        cr_assert(at && text);
        at += sizeof begin - 1;
        sprintf(text, "%.*s%s%s", (int)(at - plain.text), plain.text, rule, at);
        struct law          other = law_load(text);
        struct tsim_result *x = law_run(&plain, &options), *y = law_run(&other, &options);
        cr_assert_str_eq(tsim_result_digest(x), tsim_result_digest(y), "scenario %u", number);
        tsim_result_free(x);
        tsim_result_free(y);
        law_free(&other);
        law_free(&plain);
        free(text);
    }
}

/* ---- equal lives */

Test(escalation, an_approval_that_takes_no_time_is_authority)
{
    const struct desk plain = { .phone = PATIENCE };
    const struct desk other = {
        .phone = PATIENCE, .first = ", \"authority\": 40",
        .rules = "{ \"when\": \"authority\", \"form\": \"approval\", \"work\": \"0 s\", \"to\": "
                 "\"managers\" }"
    };
    struct tsim_result *result = same_desk(&plain, &other, but_tasks);
    cr_assert_gt(tasks_a_day(result, "approval"), 80);
    cr_assert_gt(value_of(result, TSIM_SCOPE_POOL, "first", "concessions_per_day"), 5000);
    tsim_result_free(result);
}

/* … or the customer is called back by people who idle: their works are then counted twice. */
Test(escalation, a_call_back_that_takes_no_time_is_authority)
{
    const struct desk plain = { .agents = { ROOM } };
    const struct desk other = {
        .agents = { ROOM }, .first = ", \"authority\": 40",
        .rules = "{ \"when\": \"authority\", \"form\": \"approval\", \"work\": \"0 s\", \"to\": "
                 "\"managers\", \"customer\": \"called_back\" }"
    };
    static const char *const but[] = { "cause", "trigger", "task", "tier", "pool", "tier_interval",
                                       "tier_issue", "pool_issue", "severity.wait_mean",
                                       "issue.wait_mean", "segment.wait_mean",
                                       "channel.wait_mean", "stream.wait_mean",
                                       "severity.wait_all_mean", "issue.wait_all_mean",
                                       "segment.wait_all_mean", "channel.wait_all_mean",
                                       "stream.wait_all_mean",
                                       "desk.owner_found_share", "desk.owners_mean", NULL };
    struct tsim_result *result = same_desk(&plain, &other, but);
    cr_assert_gt(tasks_a_day(result, "approval"), 80);
    tsim_result_free(result);
}

Test(escalation, a_warm_hand_over_to_people_who_idle_is_a_cold_one)
{
    const struct desk plain = { .phone = PATIENCE, .agents = { 6, ROOM, ROOM } };
    struct desk       other = plain;
    other.rules = "{ \"to\": \"next\", \"hand_over\": \"warm\" }";
    struct tsim_result *result = same_desk(&plain, &other, nothing);
    cr_assert_gt(value_of(result, TSIM_SCOPE_DESK, "desk", "transfers_mean"), 0.4);
    tsim_result_free(result);
}

Test(escalation, a_notification_that_takes_no_time_is_none)
{
    const struct desk plain = { .phone = PATIENCE };
    const struct desk other = {
        .phone = PATIENCE,
        .rules = "{ \"to\": \"managers\", \"form\": \"notify\", \"work\": \"0 s\" }"
    };
    struct tsim_result *result = same_desk(&plain, &other, but_tasks);
    /* One for each hand-over. */
    const double moved = value_of(result, TSIM_SCOPE_DESK, "desk", "transfers_mean") *
                         value_of(result, TSIM_SCOPE_DESK, "desk", "contacts_per_day");
    const double gone = value_of(result, TSIM_SCOPE_DESK, "desk", "unresolved_share") *
                        value_of(result, TSIM_SCOPE_DESK, "desk", "contacts_per_day");
    const double told = tasks_a_day(result, "notify");
    cr_assert(law_same(told, moved + gone), "%g notifications, %g + %g", told, moved, gone);
    tsim_result_free(result);
}

Test(escalation, a_root_cause_without_effect_costs_its_tasks)
{
    const struct desk plain = { .phone = PATIENCE };
    const struct desk other = {
        .phone = PATIENCE, .root = CAUSE("\"after\": 10, \"reduces\": 0, \"most\": 1000")
    };
    static const char *const but[] = { "task", "pool.busy_mean", "pool.occupancy",
                                       "pool.utilisation", "tier.busy_mean", "tier.occupancy",
                                       "tier.occupancy_scheduled", "tier.utilisation",
                                       "tier_interval.busy", "tier_interval.occupancy",
                                       "tier_interval.occupancy_scheduled",
                                       "tier.drain_busy_per_day", NULL };
    struct tsim_result *result = same_desk(&plain, &other, but);
    cr_assert_gt(tasks_a_day(result, "root_cause"), 10);
    tsim_result_free(result);
}

Test(escalation, who_never_gives_up_may_as_well_wait_for_a_call)
{
    const struct desk plain = { 0 };
    const struct desk other = { .rules = "{ \"to\": \"next\", \"call_back_within\": \"1 min\" }" };
    static const char *const but[] = { "desk.call_backs_late_share", NULL };
    struct tsim_result *result = same_desk(&plain, &other, but);
    cr_assert_gt(value_of(result, TSIM_SCOPE_DESK, "desk", "call_backs_late_share"), 0.05);
    tsim_result_free(result);
}

/* ---- the same people, otherwise organised */

/* The owner keeps the case, and the expert's part is what the visit would have been. */
Test(escalation, a_swarm_of_people_who_idle_solves_as_fast_as_tiers)
{
    const struct desk tiers = { .agents = { ROOM, ROOM, ROOM } };
    struct desk       swarm = tiers;
    swarm.root = ", \"organisation\": { \"form\": \"swarming\" }";
    struct law   p = desk_law(&tiers), q = desk_law(&swarm);
    struct cases x = cases_of(&p, 0), y = cases_of(&q, 0);
    size_t       helped = 0;
    cr_assert_eq(x.n, y.n);
    for (size_t i = 0; i < x.n; i++) {
        cr_assert(same_customer(&x, &y, i));
        cr_assert(x.at[i].ended_s == y.at[i].ended_s && x.at[i].fate == y.at[i].fate,
                  "case %zu ended at %.17g and %.17g", i, x.at[i].ended_s, y.at[i].ended_s);
        const bool passed = strcmp(p.scenario->plan->issue_names
                                       [p.scenario->plan->classes[x.at[i].class].issue], "c") == 0;
        cr_assert(x.at[i].fate != FATE_RESOLVED || y.at[i].hops == passed, "case %zu: %u hops", i,
                  y.at[i].hops);
        helped += x.at[i].hops > y.at[i].hops;
    }
    cr_assert_gt(helped, 250);
    free(x.at);
    free(y.at);
    law_free(&p);
    law_free(&q);
}

/* Who is sent where they will be helped is helped at once, by the tier that would have helped them
 * in the end, and spares the time of those below. */
Test(escalation, right_predictions_leave_nothing_to_escalate)
{
    const struct desk tiers = { .agents = { ROOM, ROOM, ROOM }, .first = ", \"authority\": 80" };
    struct desk       routed = tiers;
    routed.root = ", \"organisation\": { \"form\": \"context_routed\" }";
    struct law   p = desk_law(&tiers), q = desk_law(&routed);
    struct cases x = cases_of(&p, 0), y = cases_of(&q, 0);
    size_t       sooner = 0;
    cr_assert_eq(x.n, y.n);
    for (size_t i = 0; i < x.n; i++) {
        const struct case_record *a = &x.at[i], *b = &y.at[i];
        cr_assert_eq(b->hops, 0, "case %zu: %u hops", i, b->hops);
        cr_assert(a->tier == b->tier && a->fate == b->fate, "case %zu: tiers %u and %u", i, a->tier,
                  b->tier);
        cr_assert(b->ended_s <= a->ended_s, "case %zu: %.17g and %.17g", i, a->ended_s, b->ended_s);
        sooner += b->ended_s < a->ended_s;
    }
    cr_assert_gt(sooner, 250);
    free(x.at);
    free(y.at);
    law_free(&p);
    law_free(&q);
}

Test(escalation, wrong_predictions_are_counted)
{
    static const double accuracies[] = { 0, 0.3, 0.85, 1 };
    for (int i = 0; i < 4; i++) {
        char root[128];
        snprintf(root, sizeof root, ", \"organisation\": { \"form\": \"context_routed\", "
                 "\"accuracy\": %g }", accuracies[i]);
        struct tsim_result *result = desk_run(&(struct desk){ .root = root });
        const double wrong = value_of(result, TSIM_SCOPE_DESK, "desk", "misrouted_share");
        cr_assert_float_eq(wrong, 1 - accuracies[i], 0.04, "%g of %g", wrong, 1 - accuracies[i]);
        tsim_result_free(result);
    }
}

/* ---- documentation */

/* With constant times of tiers 2 and 3 the rework is known exactly. */
Test(escalation, rework_falls_with_documentation)
{
    double last_s = INFINITY;
    struct cases before = { 0 };
    for (int percent = 0; percent <= 100; percent += 25) {
        char root[128];
        snprintf(root, sizeof root, ", \"hand_offs\": { \"rework\": 0.4, \"documentation\": \"%d "
                 "%%\" }", percent);
        const struct desk   desk = { .root = root, .agents = { ROOM, ROOM, ROOM }, .steady = true };
        struct tsim_result *result = desk_run(&desk);
        const double mean_s = value_of(result, TSIM_SCOPE_TIER_ISSUE, "L2/a", "handling_mean");
        cr_assert(law_same(mean_s, 540 * (1 + 0.4 * (1 - percent / 100.0))), "%d %%: %g s", percent,
                  mean_s);
        /* Of those who passed the first tier unseen nothing can get lost. */
        cr_assert(law_same(value_of(result, TSIM_SCOPE_TIER_ISSUE, "L2/c", "handling_mean"), 540));
        cr_assert_lt(mean_s, last_s);
        last_s = mean_s;
        tsim_result_free(result);
        struct law   law = desk_law(&desk);
        struct cases cases = cases_of(&law, 0);
        for (size_t i = 0; i < before.n; i++)
            cr_assert(cases.at[i].ended_s <= before.at[i].ended_s, "case %zu at %d %%", i, percent);
        free(before.at);
        before = cases;
        law_free(&law);
    }
    free(before.at);
}

/* Nothing is lost in a warm hand-over, and nothing written. */
Test(escalation, a_warm_hand_over_needs_no_rework)
{
    const struct desk plain = { .agents = { 6, ROOM, ROOM },
                                .rules = "{ \"to\": \"next\", \"hand_over\": \"warm\" }" };
    struct desk       other = plain;
    other.root = ", \"hand_offs\": { \"rework\": 0.5, \"documentation\": 0.5, \"write_up\": \"4 "
                 "min\" }";
    /* Who passes tier 1 for lack of skill is passed on by nobody, but by the same rule. */
    struct tsim_result *result = same_desk(&plain, &other, nothing);
    tsim_result_free(result);
}

/* Written up, and then it moves: with constants everything is known. */
Test(escalation, a_write_up_takes_its_time)
{
    const struct desk desk = {
        .agents = { ROOM, ROOM, ROOM }, .first = ", \"authority\": 80",
        .root = ", \"hand_offs\": { \"documentation\": 0.5, \"write_up\": \"4 min\" }",
        .rules = "{ \"to\": \"next\", \"briefing\": \"1 min\" }"
    };
    struct law   law = desk_law(&desk);
    struct world world;
    struct tally tally;
    double       hold_s = 0, ended = 0;
    cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST));
    cr_assert(tally_open(&tally, law.scenario->plan));
    cr_assert_eq((int)replication_run(&world, &tally, 5, 0,
                                      &(struct replication_limits){ .events = 1000000 }, NULL),
                 REPLICATION_DONE);
    for (uint32_t p = 0; p < law.scenario->plan->n_pools; p++) {
        hold_s += tally.pool[p].hold_s;
        ended += trigger_sum(tally.pool[p].escalated);
    }
    cr_assert_gt(ended, 300);
    cr_assert(law_same(hold_s, ended * 180), "%g s for %g hand-overs", hold_s, ended);
    tally_close(&tally);
    world_close(&world);
    law_free(&law);
}

/* ---- what an escalation led to */

static double led_to(const struct tsim_result *result, const char *cause, const char *measure)
{
    return value_of(result, TSIM_SCOPE_CAUSE, cause, measure);
}

/* Charged to the tier that could not settle the contact, not to the one that then works on it. */
Test(escalation, work_is_charged_to_where_the_escalation_began)
{
    const struct desk desk = {
        .agents = { ROOM, ROOM, ROOM }, .first = ", \"authority\": 80", .steady = true,
        .rules = "{ \"when\": \"authority\", \"from\": \"L1\", \"to\": \"managers\", "
                 "\"form\": \"approval\", \"work\": \"3 min\" }, { \"when\": \"complexity\", "
                 "\"from\": \"L2\", \"to\": \"third\", \"form\": \"swarm\" }"
    };
    struct tsim_result *result = desk_run(&desk);
    static const char *const handed_over[] = { "L1/complexity", "L1/skill" };
    for (int i = 0; i < 2; i++) {
        cr_assert_gt(led_to(result, handed_over[i], "handed_over_per_day"), 50);
        cr_assert(law_same(led_to(result, handed_over[i], "work_per_escalation"), 540));
        cr_assert(law_same(led_to(result, handed_over[i], "cost_per_escalation"), 30 * 0.15));
    }
    cr_assert(law_same(led_to(result, "L1/authority", "work_per_escalation"), 180));
    cr_assert_gt(led_to(result, "L1/authority", "asked_per_day"), 20);
    /* One in ten of the experts fails, and those cases are given up. */
    const double asked = led_to(result, "L2/complexity", "asked_per_day");
    const double given_up = led_to(result, "L2/complexity", "handed_over_per_day");
    const double work_s = led_to(result, "L2/complexity", "work_per_escalation");
    cr_assert(asked > 40 && given_up > 2);
    cr_assert(law_same(work_s * (asked + given_up), 540 * asked), "%g s", work_s);
    tsim_result_free(result);
}

/* ---- root causes */

/* Those who come, and those who need not, are those who would have come. */
Test(escalation, a_fix_prevents_those_who_would_have_come)
{
    const struct desk   plain = { 0 };
    const struct desk   fixed = { .root = CAUSE("\"after\": 40, \"reduces\": 0.7, \"most\": 2") };
    struct tsim_result *x = desk_run(&plain), *y = desk_run(&fixed);
    const double all = value_of(x, TSIM_SCOPE_DESK, "desk", "contacts_per_day");
    const double came = value_of(y, TSIM_SCOPE_DESK, "desk", "contacts_per_day");
    const double prevented = value_of(y, TSIM_SCOPE_DESK, "desk", "prevented_per_day");
    cr_assert_gt(prevented, 50);
    cr_assert(law_same(all, came + prevented), "%g of %g came, %g did not", came, all, prevented);
    cr_assert(law_same(value_of(x, TSIM_SCOPE_ISSUE, "a", "contacts_per_day"),
                       value_of(y, TSIM_SCOPE_ISSUE, "a", "contacts_per_day") + prevented));
    tsim_result_free(x);
    tsim_result_free(y);
}

/* ---- counts */

struct sums {
    double handed_over, asked, notified;
    double moved, to_unresolved, hops, hop_limited, escalated, by_hops;
};

/* Of what counts, by the causes, by places and by contacts. */
static struct sums sums_of(const struct plan *plan, const struct tally *tally)
{
    struct sums    sums = { 0 };
    const uint32_t columns = plan->n_tiers + 2;
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        for (uint32_t g = 0; g < TRIGGERS; g++) {
            const struct cause_row *cause = &tally->cause[t * TRIGGERS + g];
            double                  visits = 0, moved = 0;
            for (uint32_t c = 0; c < plan->n_classes; c++)
                visits += tally->visit[(size_t)t * (plan->n_classes + 1) + c].escalated[g];
            cr_assert_eq(visits, cause->handed_over, "scenario %d: tier %u, %s: %g and %g",
                         (int)law_number, t + 1, triggers[g]->kind.name, visits,
                         cause->handed_over);
            for (uint32_t to = 0; to < columns; to++)
                moved += tally->move[(t * columns + to) * TRIGGERS + g];
            cr_assert_eq(moved, cause->handed_over, "scenario %d: tier %u, %s", (int)law_number,
                         t + 1, triggers[g]->kind.name);
            sums.handed_over += cause->handed_over;
            sums.asked += cause->asked;
            sums.notified += cause->notified;
        }
        for (uint32_t to = 0; to < columns; to++)
            sums.moved += trigger_sum(&tally->move[(t * columns + to) * TRIGGERS]);
        sums.to_unresolved +=
            trigger_sum(&tally->move[(t * columns + plan->n_tiers + 1) * TRIGGERS]);
    }
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct ledger_row *ledger = &tally->ledger[c];
        sums.hops += ledger->hops;
        sums.hop_limited += ledger->hop_limited;
        sums.escalated += ledger->escalated;
        for (int k = 1; k < HOPS_COUNTED; k++)
            sums.by_hops += ledger->by_hops[k];
    }
    return sums;
}

static void counts_agree(const struct plan *plan, const struct tally *tally)
{
    const struct sums      sums = sums_of(plan, tally);
    const struct task_row *task = tally->task;
    cr_assert_eq(sums.handed_over, sums.moved, "scenario %d: %g hand-overs, %g moves",
                 (int)law_number, sums.handed_over, sums.moved);
    cr_assert_eq(sums.moved, sums.hops + sums.to_unresolved + sums.hop_limited,
                 "scenario %d: %g moves, %g hops, %g given up, %g after too many", (int)law_number,
                 sums.moved, sums.hops, sums.to_unresolved, sums.hop_limited);
    cr_assert_eq(sums.by_hops, sums.escalated, "scenario %d: %g by hops, %g handed over",
                 (int)law_number, sums.by_hops, sums.escalated);
    cr_assert_eq(sums.asked, task[TASK_APPROVAL].offered + task[TASK_SWARM].offered,
                 "scenario %d: %g asked", (int)law_number, sums.asked);
    cr_assert_eq(sums.notified, task[TASK_NOTIFY].offered, "scenario %d: %g notified",
                 (int)law_number, sums.notified);
    for (int k = 0; k < TASK_KINDS; k++)
        cr_assert(task[k].offered >= task[k].started && task[k].started >= task[k].done,
                  "scenario %d, task %d: %g offered, %g begun, %g done", (int)law_number, k,
                  task[k].offered, task[k].started, task[k].done);
}

Test(escalation, every_escalation_has_one_cause)
{
    const struct replication_limits limits = { .events = 1000000 };
    struct sums                     all = { 0 };
    for (uint32_t number = 0; number < 300; number++) {
        const struct scenario_style style = { .small = true, .rich = true };
        struct law         law = law_random(number, &style);
        const struct plan *plan = law.scenario->plan;
        struct world       world;
        struct tally       tally;
        cr_assert(world_open(&world, plan, LAW_CONTACTS_MOST));
        cr_assert(tally_open(&tally, plan));
        cr_assert_eq((int)replication_run(&world, &tally, 11, 0, &limits, NULL), REPLICATION_DONE);
        counts_agree(plan, &tally);
        const struct sums sums = sums_of(plan, &tally);
        all.handed_over += sums.handed_over;
        all.asked += sums.asked;
        all.notified += sums.notified;
        all.hop_limited += sums.hop_limited;
        tally_close(&tally);
        world_close(&world);
        law_free(&law);
    }
    cr_assert(all.handed_over > 5000 && all.asked > 500 && all.notified > 300 &&
                  all.hop_limited > 50,
              "%g hand-overs, %g asked, %g notified, %g after too many", all.handed_over, all.asked,
              all.notified, all.hop_limited);
}
