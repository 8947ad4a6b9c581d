/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what is amiss with an escalation matrix is told where it stands, and what is well is not
 * complained of; a rule reads as it acts. Method: one desk of three tiers, and a matrix for each
 * kind of finding beside one that differs in the point and is sound. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

#include "base/assert.h"

/* Issue types: bill takes concessions of up to 400, net a skill that only L3 has, and nobody has
 * the skill of gas. The parts that the cases change are the shares that tiers resolve, what may be
 * approved, and the matrix. */
static const char desk[] =
    "{ 'name': 'desk', 'run': { 'length': '1 d', 'hop_limit': 9 },\n"
    "  'severities': [ { 'name': 'low' }, { 'name': 'high', 'priority': 1 } ],\n"
    "  'issue_types': [\n"
    "    { 'name': 'bill', 'skill': 'money',\n"
    "      'concession': { 'kind': 'uniform', 'low': 0, 'high': 400 } },\n"
    "    { 'name': 'login', 'skill': 'money' }, { 'name': 'net', 'skill': 'nets' },\n"
    "    { 'name': 'gas', 'skill': 'pipes' } ],\n"
    "  'streams': [ { 'name': 'calls', 'issues': { 'bill': 0.5, 'login': 0.3, 'net': 0.2 },\n"
    "    'severities': { 'low': 0.9, 'high': 0.1 },\n"
    "    'arrivals': { 'kind': 'poisson', 'rate': '9 /h' } } ],\n"
    "  'tiers': [\n"
    "    { 'name': 'L1', 'handling': '6 min', 'resolves': 0.8, 'pools': [ { 'name': 'front',\n"
    "      'agents': 2, 'authority': 50, 'skills': [ { 'skill': 'money' } ] } ] },\n"
    "    { 'name': 'L2', 'handling': '6 min', 'resolves': 0.8, 'pools': [ { 'name': 'back',\n"
    "      'agents': 2, 'authority': 100, 'skills': [ { 'skill': 'money' } ] } ] },\n"
    "    { 'name': 'L3', 'handling': '6 min', 'resolves': %s, 'pools': [ { 'name': 'top',\n"
    "      'agents': 2, 'authority': %s } ] } ],\n"
    "  %s'escalation': [ %s ] }\n";
enum { RULE_LINE = 18 };

#define VENDOR "'vendor': { 'name': 'maker', 'delay': '1 d' },\n  "

#define SLA(points)                                                                            \
    "'sla': [ { 'name': 'slow', 'clock': 'resolution', 'target': '4 h', 'escalate_at': [ "     \
    points " ] } ],\n  "

struct matrix_case {
    const char *rules;
    const char *path, *words; /* of the one finding; NULL: there is none                       */
    const char *resolves;     /* by L3; NULL: all                                              */
    const char *authority;    /* at L3; NULL: enough                                           */
    const char *more;
};

static const struct matrix_case cases[] = {
    /* sound ones */
    { .rules = "{ 'when': 'authority', 'to': 'authority' }" },
    { .rules = "{ 'from': 'L1', 'issue': 'net', 'to': 'L3' }, { 'to': 'next' }" },
    { .rules = "{ 'when': 'complexity', 'older_than': '1 h', 'to': 'L3' },\n"
               "{ 'when': 'complexity', 'to': 'next' }" },
    { .rules = "{ 'when': 'complexity', 'to': 'L3', 'form': 'notify', 'work': '1 min' },\n"
               "{ 'when': 'complexity', 'to': 'next' }" },
    { .rules = "{ 'when': ['sla_warning', 'sla_breach'], 'point': 2, 'to': 'L3' }, "
               "{ 'when': 'complexity', 'from': 'L1', 'to': 'L2' }", .more = SLA("'80 %', 1") },

    /* an earlier rule decides */
    { .rules = "{ 'to': 'next' }, { 'when': 'complexity', 'to': 'L3' }", .path = "/escalation/1",
      .words = "rule 2 is never reached: rule 1 decides before it" },
    { .rules = "{ 'when': 'complexity', 'from': ['L1', 'L2'], 'to': 'next' },\n"
      "{ 'when': 'complexity', 'severity': 'low', 'to': 'vendor' },\n"
      "{ 'when': 'complexity', 'severity': 'high', 'to': 'vendor' },\n"
      "{ 'when': 'complexity', 'from': 'L3', 'to': 'same' }",
      .path = "/escalation/3", .words = "rule 4 is never reached: rules 2 and 3 decide before it",
      .resolves = "0.9", .more = VENDOR },

    /* nobody is what it asks for, or comes there */
    { .rules = "{ 'issue': 'gas', 'to': 'L3' }",
      .path = "/escalation/0", .words = "is for no contact" },
    { .rules = "{ 'from': 'L2', 'issue': 'net', 'to': 'L3' }, { 'from': 'L1', 'to': 'L3' }",
      .path = "/escalation/0", .words = "no contact that it is for comes to its tiers" },

    /* its trigger does not fire there */
    { .rules = "{ 'when': 'authority', 'from': 'L3', 'to': 'same' }", .path = "/escalation/0/when",
      .words = "rule 1 is never reached: what it is for does not happen" },
    { .rules = "{ 'when': 'complexity', 'from': 'L3', 'to': 'same' }", .path = "/escalation/0/when",
      .words = "rule 1 is never reached: what it is for does not happen" },
    { .rules = "{ 'when': 'complexity', 'from': 'L3', 'to': 'same' }", .resolves = "0.9" },
    { .rules = "{ 'when': 'skill', 'from': 'L3', 'to': 'same' }", .path = "/escalation/0/when",
      .words = "rule 1 is never reached: what it is for does not happen" },

    /* it never holds */
    { .rules = "{ 'hops': 10, 'to': 'L3' }",
      .path = "/escalation/0/hops", .words = "given up after 9 hand-overs" },
    { .rules = "{ 'hops': 9, 'to': 'L3' }" },

    { .rules = "{ 'attempts': 2, 'to': 'L3' }, { 'when': 'skill', 'to': 'next' }",
      .path = "/escalation/0/attempts", .words = "nobody tries a second time" },
    { .rules = "{ 'attempts': 2, 'to': 'L3' }",
      .more = "'channels': [ { 'name': 'phone', 'redial': { 'share': 0.5, 'delay': '1 h' } } ], " },

    { .rules = "{ 'when': 'sla_breach', 'point': 3, 'to': 'L3' }", .more = SLA("1, 2"),
      .path = "/escalation/0/point", .words = "has so many escalation points" },
    { .rules = "{ 'sla': 'slow', 'to': 'L3' }", .more = SLA(""),
      .path = "/escalation/0/sla", .words = "no clock that it is for has escalation points" },

    /* clocks */
    { .rules = "{ 'when': 'sla_breach', 'to': 'L3' }", .more = SLA("'80 %', 1"),
      .path = "/sla/0/escalate_at", .words = "before its time, and no rule is for sla_warning" },
    { .rules = "{ 'when': 'sla_warning', 'from': 'L1', 'to': 'L3' }", .more = SLA("'80 %'") },
    { .rules = "", .more = SLA("1"),
      .path = "/sla/0/escalate_at", .words = "from its time on, and no rule is for sla_breach" },
    { .rules = "{ 'when': 'sla_warning', 'to': 'L3' }", .more = SLA(""),
      .path = "/escalation/0/when", .words = "rule 1 is never reached" },

    /* nowhere to go */
    { .rules = "{ 'when': 'authority', 'to': 'authority' }", .path = "/escalation",
      .words = "complexity at L3 leaves contacts unresolved", .resolves = "0.9" },
    { .rules = "{ 'when': 'authority', 'to': 'authority' }", .resolves = "0.9",
      .more = VENDOR },
    { .rules = "{ 'from': 'L3', 'issue': ['bill', 'net'], 'to': 'same' }", .path = "/escalation",
      .words = "complexity at L3 leaves contacts unresolved for 2 of 6 kinds of contact (issue "
               "login, "
      "severity low …)", .resolves = "0.9" },
    { .rules = "{ 'from': 'L3', 'older_than': '1 h', 'to': 'same' }", .path = "/escalation",
      .words = "complexity at L3 leaves contacts unresolved: no rule is sure to hold",
      .resolves = "0.9" },
    { .rules = "{ 'from': 'L3', 'to': 'unresolved' }", .resolves = "0.9" },

    /* concessions that nobody may approve: a quarter of them is above 300, a tenth above 360 */
    { .rules = "{ 'when': 'authority', 'to': 'authority' }",
      .path = "/escalation/0/to",
      .words = "10 % of the concessions for bill are above what anybody from L1 up",
      .authority = "360" },
    { .rules = "{ 'when': 'authority', 'to': 'authority' }",
      .authority = "360", .more = VENDOR },
    { .rules = "{ 'when': 'authority', 'to': 'authority' }",
      .authority = "400" },

    /* circles */
    { .rules = "{ 'when': 'skill', 'from': 'L2', 'to': 'previous' }", .path = "/escalation/0",
      .words = "(issue net, severity low) go round in L1 and L2 until 9 hand-overs end them" },
    { .rules = "{ 'when': 'skill', 'from': 'L2', 'to': { 'previous': 0.9, 'next': 0.1 } "
               "}" },
    { .rules = "{ 'when': 'skill', 'from': 'L2', 'hops': 3, 'to': 'next' },\n"
               "{ 'when': 'skill', 'from': 'L2', 'to': 'previous' }" },
    { .rules = "{ 'when': 'skill', 'from': 'L2', 'to': 'back' }" },
    { .rules = "{ 'when': 'complexity', 'from': 'L3', 'to': 'same' }", .path = "/escalation/0",
      .words = "go round in L3 until 9 hand-overs", .resolves = "0" },
    { .rules = "{ 'when': 'complexity', 'from': 'L3', 'to': 'same' }", .resolves = "0.1" },
};

static struct tsim_scenario *load(const struct matrix_case *given, struct tsim_problems *problems)
{
    static char text[8192];
    const int   length = snprintf(text, sizeof text, desk, given->resolves ? given->resolves : "1",
                                  given->authority ? given->authority : "1000",
                                  given->more ? given->more : "", given->rules);
    cr_assert(length < (int)sizeof text);
    for (char *at = text; *at; at++)
        *at = *at == '\'' ? '"' : *at; /* texts here are easier to read with the other quotes */
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, (size_t)length, "desk.json", NULL, problems);
    if (!scenario)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(scenario, "%s", given->rules);
    return scenario;
}

/* The finding is among the warnings of loading too, and there alone with what else they warn of. */
static bool is_warned_of(const struct tsim_problems *problems, const struct tsim_problem *finding)
{
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        if (strcmp(tsim_problems_get(problems, i)->message, finding->message) == 0)
            return true;
    return false;
}

Test(matrix, each_finding_is_told_where_it_stands_and_no_other)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct matrix_case *given = &cases[i];
        struct tsim_problems     *loading = tsim_problems_new(), *found = tsim_problems_new();
        struct tsim_scenario     *scenario = load(given, loading);
        tsim_matrix_check(scenario, found);
        const size_t n = tsim_problems_count(found);
        if (n != (given->path != NULL))
            tsim_problems_print(found, stderr, 0);
        cr_assert_eq(n, given->path != NULL, "case %zu: %s", i, given->rules);
        if (given->path) {
            const struct tsim_problem *problem = tsim_problems_get(found, 0);
            cr_assert_eq(problem->kind, TSIM_PROBLEM_WARNING);
            cr_assert_str_eq(problem->path, given->path, "case %zu", i);
            cr_assert(strstr(problem->message, given->words), "case %zu: %s", i, problem->message);
            cr_assert(problem->line > 0 && problem->column > 0);
            cr_assert(is_warned_of(loading, problem), "case %zu", i);
        }
        tsim_scenario_free(scenario);
        tsim_problems_free(loading);
        tsim_problems_free(found);
    }
}

/* ---- in words */

static const struct {
    const char *rule, *when, *only, *then;
} spelled[] = {
    { "{ 'to': 'next' }", "any", "", "hand over to the next tier" },
    { "{ 'when': ['skill', 'complexity'], 'from': 'L1', 'severity': ['low', 'high'], "
      "'to': { 'next': 0.6, 'top': 0.3, 'nets': 0.1 } }",
      "skill, complexity", "from L1; severity low, high",
      "hand over to the next tier 60 %, the pool top 30 %, the skill nets 10 %" },
    { "{ 'attempts': 3, 'hops': 1, 'older_than': '90 min', 'time_left': '1 h', 'to': "
      "'L3', 'hand_over': 'warm', 'briefing': '2 min', 'raise_priority': 2, "
      "'set_severity': 'high' }",
      "any", "from attempt 3 on; after 1 hand-over; after 90 min or more; at most 1 h left",
      "warm hand-over to L3; briefing 2 min; priority up by 2; severity becomes high" },
    { "{ 'to': 'back', 'briefing': { 'kind': 'exponential', 'mean': '3 min' }, "
      "'call_back_within': '2 h' }",
      "any", "",
      "hand over to the tier it came from; write-up 3 min on average; call back within 2 h" },
    { "{ 'when': 'authority', 'form': 'approval', 'work': '4 min', 'to': 'authority' }",
      "authority", "",
      "ask the first pool with the authority for approval: 4 min; the customer holds" },
    { "{ 'when': 'authority', 'form': 'approval', 'work': '4 min', 'to': 'back', "
      "'customer': 'called_back', 'closing': '1 min' }",
      "authority", "",
      "ask the tier it came from for approval: 4 min; the customer is called back: 1 min" },
    { "{ 'form': 'swarm', 'to': 'L3' }", "any", "",
      "swarm: work on it with somebody from L3" },
    { "{ 'form': 'notify', 'work': '30 s', 'to': 'top' }", "any", "",
      "notify the pool top: 30 s; then look for another rule" },
};

Test(matrix, rules_read_as_they_act)
{
    for (size_t i = 0; i < COUNT_OF(spelled); i++) {
        const struct matrix_case given = { .rules = spelled[i].rule };
        struct tsim_problems    *problems = tsim_problems_new();
        struct tsim_scenario    *scenario = load(&given, problems);
        struct tsim_matrix      *matrix = tsim_matrix_new(scenario);
        size_t                   n;
        const struct tsim_rule  *rules = tsim_matrix_rules(matrix, &n);
        cr_assert_eq(n, 2);
        cr_assert_str_eq(rules[0].when, spelled[i].when);
        cr_assert_str_eq(rules[0].only, spelled[i].only);
        cr_assert_str_eq(rules[0].then, spelled[i].then);
        cr_assert_eq(rules[0].line, RULE_LINE);
        cr_assert_str_eq(rules[1].when, "any other");
        cr_assert_str_eq(rules[1].then, "hand over to the next tier; from L3: unresolved");
        tsim_matrix_free(matrix);
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
    }
}
