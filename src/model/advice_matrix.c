/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is amiss with the escalation matrix: rules that never decide, contacts that end unresolved
 * though no rule says so, circles, clocks that wake nobody.
 */
#include <stdlib.h>
#include <string.h>

#include <tiersim/matrix.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/advice_impl.h"
#include "model/matrix_walk.h"
#include "model/plan_impl.h"

enum { SENTENCE = 512 };

static const struct escalation_given *rule_at(const struct plan *plan, uint32_t rule)
{
    return (const struct escalation_given *)plan->given->escalation.at + rule;
}

/* "L1", "L1 and L2", "L1, L2 and L3": entry i of n. */
static void add_to_list(struct text *text, const char *name, uint32_t i, uint32_t n)
{
    text_add(text, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", name);
}

/* ---- rules that never decide */

/* Marks the rules that decide wherever `rule` could; false when it is for no contact at all. */
static bool find_deciders(const struct plan *plan, uint32_t rule, bool *deciders)
{
    const struct escalation_given *given = rule_at(plan, rule);
    bool                           any = false;
    for (uint32_t v = 0; v < plan->n_classes * plan->n_tiers; v++) {
        if (!rule_is_for(plan, given, &plan->classes[v / plan->n_tiers], v % plan->n_tiers))
            continue;
        any = true;
        for (int g = 0; g < TRIGGERS; g++) {
            const struct plan_path *path = path_of_visit(plan, v, (enum trigger)g);
            if (!rule_names(given, (enum trigger)g))
                continue;
            while (path->otherwise != NONE)
                path = &plan->paths[path->otherwise];
            if (path->number < rule)
                deciders[path->number] = true;
        }
    }
    return any;
}

static void warn_shadowed(const struct plan *plan, uint32_t rule, struct tsim_problems *problems)
{
    const struct escalation_given *given = rule_at(plan, rule);
    bool       *deciders = calloc(rule + 1, sizeof *deciders);
    char        words[SENTENCE];
    struct text text;
    uint32_t    n = 0, i = 0;
    if (!deciders)
        return;
    if (!find_deciders(plan, rule, deciders)) {
        problem_at(problems, TSIM_PROBLEM_WARNING, given->at, NULL, NULL, NULL,
                   "see the issues, severities, segments and channel of the streams",
                   "rule %u is for no contact: no stream brings what it asks for", rule + 1);
        free(deciders);
        return;
    }
    for (uint32_t r = 0; r < rule; r++)
        n += deciders[r];
    text_open(&text, words, sizeof words);
    for (uint32_t r = 0; r < rule; r++) {
        char number[16];
        snprintf(number, sizeof number, "%u", r + 1);
        if (deciders[r])
            add_to_list(&text, number, i++, n);
    }
    problem_at(problems, TSIM_PROBLEM_WARNING, given->at, NULL, NULL, NULL,
               "put it first, or give the earlier ones more conditions",
               "rule %u is never reached: rule%s %s %s before it", rule + 1, n > 1 ? "s" : "",
               words, n > 1 ? "decide" : "decides");
    free(deciders);
}

/* The tiers a rule is from where contacts come that it is for. */
static bool anybody_comes(const struct matrix_walk *walk, uint32_t rule)
{
    const struct plan *plan = walk->plan;
    for (uint32_t v = 0; v < plan->n_classes * plan->n_tiers; v++)
        if (walk->coming[v] && rule_is_for(plan, rule_at(plan, rule),
                                           &plan->classes[v / plan->n_tiers], v % plan->n_tiers))
            return true;
    return false;
}

/* What makes a trigger fire, for those who wonder why it does not. */
static const char *trigger_hint(const struct escalation_given *rule)
{
    static const struct {
        enum trigger trigger;
        const char  *hint;
    } hints[] = {
        { TRIGGER_skill, "skill fires where nobody in the tier has the issue type's skill" },
        { TRIGGER_complexity, "complexity fires where \"resolves\" is below 100 %" },
        { TRIGGER_authority, "authority fires where a concession can be above a pool's authority" },
        { TRIGGER_repeat, "repeat fires where customers redial or contacts are reopened" },
        { TRIGGER_sla_warning, "it fires at \"escalate_at\" below 100 % of an SLA target" },
        { TRIGGER_sla_breach, "it fires at \"escalate_at\" from 100 % of an SLA target on" },
    };
    for (size_t i = 0; i < COUNT_OF(hints); i++)
        if (rule->when.n == 1 && rule_names(rule, hints[i].trigger))
            return hints[i].hint;
    return NULL;
}

static void warn_idle(const struct matrix_walk *walk, uint32_t rule,
                      struct tsim_problems *problems)
{
    const struct escalation_given *given = rule_at(walk->plan, rule);
    if (!anybody_comes(walk, rule)) {
        problem_at(problems, TSIM_PROBLEM_WARNING, given->at, NULL, NULL, NULL,
                   "see the streams' \"enters_at\" and the places that rules lead to",
                   "rule %u is never reached: no contact that it is for comes to its tiers",
                   rule + 1);
        return;
    }
    problem_at(problems, TSIM_PROBLEM_WARNING,
               given->when.n ? json_member(given->at, "when") : given->at, NULL, NULL, NULL,
               trigger_hint(given),
               "rule %u is never reached: what it is for does not happen, or an earlier rule "
               "decides there", rule + 1);
}

/* The most escalation points that a clock has which a rule is for. */
static uint32_t most_points(const struct plan *plan, const struct escalation_given *rule)
{
    uint32_t most = 0;
    if (!rule_names(rule, TRIGGER_sla_warning) && !rule_names(rule, TRIGGER_sla_breach))
        return 0;
    for (uint32_t i = 0; i < plan->n_slas; i++)
        if (is_listed(&rule->sla, plan->slas[i].name) && plan->slas[i].n_points > most)
            most = plan->slas[i].n_points;
    return most;
}

/* A rule that could decide if its conditions could hold. */
static void advise_conditions(const struct plan *plan, uint32_t rule,
                              struct tsim_problems *problems)
{
    const struct escalation_given *given = rule_at(plan, rule);
    const struct json             *at = given->at;
    const uint32_t                 points = most_points(plan, given);
    if (given->attempts > 1 && !somebody_returns(plan))
        problem_at(problems, TSIM_PROBLEM_WARNING, json_member(at, "attempts"), NULL, NULL, NULL,
                   "say who redials or reopens, or leave \"attempts\" out",
                   "rule %u never holds: nobody tries a second time", rule + 1);
    if (given->hops > plan->hop_limit)
        problem_at(problems, TSIM_PROBLEM_WARNING, json_member(at, "hops"), NULL, NULL, NULL,
                   "ask for fewer, or raise the run's \"hop_limit\"",
                   "rule %u never holds: a contact is given up after %u hand-overs", rule + 1,
                   plan->hop_limit);
    if ((given->sla.n > 0 && points == 0) || given->point > points)
        problem_at(problems, TSIM_PROBLEM_WARNING,
                   json_member(at, given->sla.n > 0 ? "sla" : "point"), NULL, NULL, NULL,
                   "clocks wake rules for sla_warning and sla_breach, at their \"escalate_at\"",
                   "rule %u never holds: no clock that it is for has %s", rule + 1,
                   points ? "so many escalation points" : "escalation points");
}

static void advise_rules(const struct matrix_walk *walk, struct tsim_problems *problems)
{
    const struct plan *plan = walk->plan;
    for (uint32_t r = 0; r < plan->given->escalation.n; r++) {
        if (!walk->listed[r])
            warn_shadowed(plan, r, problems);
        else if (!walk->decides[r])
            warn_idle(walk, r, problems);
        else
            advise_conditions(plan, r, problems);
    }
}

/* ---- contacts that end unresolved */

/* Whether contacts at a visit are left without a place to go when a trigger fires. */
static bool ends_unresolved(const struct plan *plan, uint32_t visit, enum trigger trigger)
{
    const struct plan_path *path = path_of_visit(plan, visit, trigger);
    while (path->otherwise != NONE)
        path = &plan->paths[path->otherwise];
    return path->number == plan->given->escalation.n && path->places[0].kind == PLACE_UNRESOLVED;
}

/* "issue billing, severity high": what is more than one of. */
static void add_class(struct text *text, const struct plan *plan, const struct plan_class *class)
{
    const struct {
        const char *what, *name;
        uint32_t    n;
    } parts[] = {
        { "issue", plan->issue_names[class->issue], plan->n_issues },
        { "severity", plan->severity_names[class->severity], plan->n_severities },
        { "segment", plan->segment_names[class->segment], plan->n_segments },
        { "channel", plan->channels[class->channel].name, plan->n_channels },
    };
    bool any = false;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].n > 1) {
            text_add(text, "%s%s %s", any ? ", " : "", parts[i].what, parts[i].name);
            any = true;
        }
}

static void advise_unresolved(const struct matrix_walk *walk, uint32_t tier, enum trigger trigger,
                              struct tsim_problems *problems)
{
    const struct plan *plan = walk->plan;
    uint32_t           all = 0, left = 0, first = NONE;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const uint32_t v = c * plan->n_tiers + tier, coming = walk->coming[v] & COMING_SURELY;
        if (!coming || !trigger_may_fire(walk, v, trigger, coming))
            continue;
        all++;
        if (!ends_unresolved(plan, v, trigger))
            continue;
        left++;
        first = first == NONE ? c : first;
    }
    if (left == 0)
        return;
    char        which[SENTENCE];
    struct text text;
    text_open(&text, which, sizeof which);
    if (left < all) {
        text_add(&text, " for %u of %u kinds of contact (", left, all);
        add_class(&text, plan, &plan->classes[first]);
        text_add(&text, left > 1 ? " …)" : ")");
    }
    problem_at(problems, TSIM_PROBLEM_WARNING, json_member(plan->given->at, "escalation"), NULL,
               NULL, NULL, "add a rule for it; \"to\": \"unresolved\" says that it is meant so",
               "%s at %s leaves contacts unresolved%s: no rule is sure to hold, and there is no "
               "vendor", triggers[trigger]->kind.name, plan->tiers[tier].name, which);
}

/* ---- concessions above everybody's authority */

/* Share of a visit's concessions that nobody from a tier up may approve. */
static double share_above(const struct plan *plan, const struct plan_class *class, uint32_t tier)
{
    double most = 0;
    for (uint32_t p = plan->tiers[tier].pool_base; p < plan->n_pools; p++)
        if (plan->pools[p].agents.most > 0 && plan->pools[p].authority > most)
            most = plan->pools[p].authority;
    return 1 - dist_cdf(class->concession, most);
}

/* Concessions so rare are no concern. */
#define RARE 1e-3

static void advise_authority(const struct matrix_walk *walk, uint32_t rule,
                             struct tsim_problems *problems)
{
    const struct plan *plan = walk->plan;
    double             worst = 0;
    uint32_t           at = 0;
    for (uint32_t v = 0; v < plan->n_classes * plan->n_tiers; v++) {
        const uint32_t coming = walk->coming[v] & COMING_SURELY;
        if (!coming || !trigger_may_fire(walk, v, TRIGGER_authority, coming))
            continue;
        const struct plan_path *path = path_of_visit(plan, v, TRIGGER_authority);
        while (path->otherwise != NONE && path->number != rule)
            path = &plan->paths[path->otherwise];
        for (uint32_t k = 0; path->number == rule && k < path->n; k++) {
            if (path->places[k].kind != PLACE_AUTHORITY)
                continue;
            const double above = share_above(plan, plan->visits[v].class, path->places[k].index);
            at = above > worst ? v : at;
            worst = above > worst ? above : worst;
        }
    }
    if (worst >= RARE)
        problem_at(problems, TSIM_PROBLEM_WARNING, json_member(rule_at(plan, rule)->at, "to"),
                   NULL, NULL, NULL, "raise a pool's \"authority\", or describe a vendor",
                   "%.3g %% of the concessions for %s are above what anybody from %s up may "
                   "approve: these contacts end unresolved", worst * 100,
                   plan->issue_names[plan->visits[at].class->issue],
                   plan->tiers[at % plan->n_tiers].name);
}

/* ---- circles */

/* Where a contact of a visit in a circle goes; `rule` becomes the one that leads there, when it is
 * before it. */
static uint32_t next_in_circle(const struct matrix_walk *walk, uint32_t visit, uint32_t *rule)
{
    const struct plan *plan = walk->plan;
    const bool         skill = trigger_may_fire(walk, visit, TRIGGER_skill, COMING_JOINS);
    const struct plan_path *path = path_of_visit(plan, visit,
                                                 skill ? TRIGGER_skill : TRIGGER_complexity);
    while (path->otherwise != NONE)
        path = &plan->paths[path->otherwise];
    *rule = path->number < *rule ? path->number : *rule;
    return visit_at_place(plan, visit, path, &path->places[0]);
}

/* The tiers of the circle that contacts of a visit end in, a bit each; `rule` is the first of the
 * rules that lead round: the default never leads back. */
static uint64_t circle_of(const struct matrix_walk *walk, uint32_t visit, uint32_t *rule)
{
    const struct plan *plan = walk->plan;
    uint64_t           tiers = 0;
    for (uint32_t i = 0; i < plan->n_tiers * plan->n_severities; i++) /* the way in */
        visit = next_in_circle(walk, visit, rule);
    *rule = NONE;
    for (const uint32_t first = visit; tiers == 0 || visit != first;) {
        tiers |= UINT64_C(1) << visit % plan->n_tiers;
        visit = next_in_circle(walk, visit, rule);
    }
    return tiers;
}

static void advise_circles(const struct matrix_walk *walk, struct tsim_problems *problems)
{
    const struct plan *plan = walk->plan;
    uint64_t           told = 0;
    for (uint32_t v = 0; v < plan->n_classes * plan->n_tiers; v++) {
        uint32_t rule = NONE, n = 0, i = 0;
        if (!walk->circles[v])
            continue;
        const uint64_t tiers = circle_of(walk, v, &rule);
        if ((tiers & ~told) == 0)
            continue;
        told |= tiers;
        char        where[SENTENCE], who[SENTENCE];
        struct text text;
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            n += (uint32_t)(tiers >> t & 1);
        text_open(&text, where, sizeof where);
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            if (tiers >> t & 1)
                add_to_list(&text, plan->tiers[t].name, i++, n);
        text_open(&text, who, sizeof who);
        add_class(&text, plan, plan->visits[v].class);
        problem_at(problems, TSIM_PROBLEM_WARNING, rule_at(plan, rule)->at, NULL, NULL, NULL,
                   "give somebody there the skill, or lead them elsewhere",
                   "contacts%s%s%s go round in %s until %u hand-overs end them: nobody there can "
                   "resolve them, and no rule leads out", *who ? " (" : "", who, *who ? ")" : "",
                   where, plan->hop_limit);
    }
}

/* ---- clocks that wake nobody */

/* Whether a rule may hold when a clock reaches one of its points. */
static bool wakes_a_rule(const struct plan *plan, uint32_t sla, enum trigger trigger)
{
    for (uint32_t v = 0; v < plan->n_classes * plan->n_tiers; v++) {
        const struct plan_path *path = path_of_visit(plan, v, trigger);
        for (; sla_is_for(plan, sla, v); path = &plan->paths[path->otherwise]) {
            const struct plan_rule *rule = path->rule;
            if (path->n > 0 && (!rule || !rule->slas || rule->slas[sla]))
                return true;
            if (path->otherwise == NONE)
                break;
        }
    }
    return false;
}

static void advise_clocks(const struct plan *plan, struct tsim_problems *problems)
{
    static const enum trigger of_clocks[] = { TRIGGER_sla_warning, TRIGGER_sla_breach };
    const struct sla_given   *given = plan->given->slas.at;
    for (uint32_t i = 0; i < plan->n_slas; i++)
        for (size_t k = 0; k < COUNT_OF(of_clocks); k++)
            if (sla_has_point(&plan->slas[i], of_clocks[k]) &&
                !wakes_a_rule(plan, i, of_clocks[k]))
                problem_at(problems, TSIM_PROBLEM_WARNING,
                           json_member(given[i].at, "escalate_at"), NULL, NULL, NULL,
                           "add a rule with this trigger under \"when\"",
                           "SLA target %s has escalation points %s, and no rule is for %s: "
                           "nothing happens", plan->slas[i].name,
                           k == 0 ? "before its time" : "from its time on",
                           triggers[of_clocks[k]]->kind.name);
}

/* ---- all of it */

void advise_matrix(const struct plan *plan, struct tsim_problems *problems)
{
    struct matrix_walk walk;
    advise_clocks(plan, problems);
    if (plan->given->escalation.n == 0)
        return;
    if (matrix_walk_open(&walk, plan)) {
        advise_rules(&walk, problems);
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            for (int g = 0; g < TRIGGERS; g++)
                if (trigger_is_told((enum trigger)g))
                    advise_unresolved(&walk, t, (enum trigger)g, problems);
        for (uint32_t r = 0; r < plan->given->escalation.n && !plan->has_vendor; r++)
            advise_authority(&walk, r, problems);
        advise_circles(&walk, problems);
    }
    matrix_walk_close(&walk);
}

void tsim_matrix_check(const struct tsim_scenario *scenario, struct tsim_problems *problems)
{
    advise_matrix(scenario->plan, problems);
}
