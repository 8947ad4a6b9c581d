/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The escalation matrix in words. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/matrix.h>

#include "base/json.h"
#include "base/text.h"
#include "model/plan_impl.h"

enum { WORDS = 1000 };

struct tsim_matrix {
    struct arena      arena;
    struct tsim_rule *rules;
    size_t            n;
};

/* ---- conditions */

static void add_names(struct text *text, const char *what, const struct list *names)
{
    const struct text_entry *entries = names->at;
    for (uint32_t i = 0; i < names->n; i++)
        text_add(text, "%s%s%s", i ? ", " : text->length ? "; " : "", i ? "" : what,
                 entries[i].text);
}

static void add_bound(struct text *text, const char *before, double seconds, const char *after)
{
    text_add(text, "%s%s", text->length ? "; " : "", before);
    text_add_duration(text, seconds);
    text_add(text, "%s", after);
}

static void add_conditions(struct text *text, const struct escalation_given *rule)
{
    add_names(text, "from ", &rule->from);
    add_names(text, "issue ", &rule->issue);
    add_names(text, "severity ", &rule->severity);
    add_names(text, "segment ", &rule->segment);
    add_names(text, "channel ", &rule->channel);
    add_names(text, "SLA ", &rule->sla);
    if (rule->point)
        text_add(text, "%sfrom escalation point %u on", text->length ? "; " : "", rule->point);
    if (rule->attempts > 1)
        text_add(text, "%sfrom attempt %u on", text->length ? "; " : "", rule->attempts);
    if (rule->hops)
        text_add(text, "%safter %u hand-over%s", text->length ? "; " : "", rule->hops,
                 rule->hops > 1 ? "s" : "");
    if (rule->older_than_s > 0)
        add_bound(text, "after ", rule->older_than_s, " or more");
    if (!isnan(rule->time_left_s))
        add_bound(text, "at most ", rule->time_left_s, " left");
}

static void add_triggers(struct text *text, const struct escalation_given *rule)
{
    const struct text_entry *when = rule->when.at;
    for (uint32_t i = 0; i < rule->when.n; i++)
        text_add(text, "%s%s", i ? ", " : "", when[i].text);
    if (rule->when.n == 0)
        text_add(text, "any");
}

/* ---- form and path */

static void add_place(struct text *text, const struct plan *plan, const char *name)
{
    static const char *const words[][2] = {
        { "next", "the next tier" },        { "previous", "the previous tier" },
        { "same", "the same tier again" },  { "back", "the tier it came from" },
        { "vendor", "the vendor" },         { "unresolved", "nobody (unresolved)" },
        { "authority", "the first pool with the authority" },
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(name, words[i][0]) == 0) {
            text_add(text, "%s", words[i][1]);
            return;
        }
    const char *what = "the skill ";
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (strcmp(name, plan->pools[p].name) == 0)
            what = "the pool ";
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        if (strcmp(name, plan->tiers[t].name) == 0)
            what = "";
    text_add(text, "%s%s", what, name);
}

static void add_places(struct text *text, const struct plan *plan, const struct mix *to)
{
    bool any = false;
    for (uint32_t i = 0; i < to->n; i++) {
        if (to->at[i].share <= 0)
            continue;
        text_add(text, "%s", any ? ", " : "");
        add_place(text, plan, to->at[i].name);
        if (to->at[i].share < 1)
            text_add(text, " %.4g %%", to->at[i].share * 100);
        any = true;
    }
}

/* ", write-up 3 min", as its mean. */
static void add_time(struct text *text, const char *what, const struct dist *time)
{
    if (!time)
        return;
    text_add(text, "%s", what);
    text_add_duration(text, round(dist_mean(time) * 1000) / 1000);
    if (dist_variance(time) > 0)
        text_add(text, " on average");
}

static void add_form(struct text *text, const struct plan *plan, const struct plan_rule *rule,
                     const struct mix *to)
{
    const enum rule_form form = rule ? rule->form : FORM_HAND_OFF;
    if (form == FORM_APPROVAL) {
        text_add(text, "ask ");
        add_places(text, plan, to);
        add_time(text, " for approval: ", rule->work);
        text_add(text, "; the customer %s", rule->called_back ? "is called back" : "holds");
        add_time(text, ": ", rule->closing);
    } else if (form == FORM_SWARM) {
        text_add(text, "swarm: work on it with somebody from ");
        add_places(text, plan, to);
    } else if (form == FORM_NOTIFY) {
        text_add(text, "notify ");
        add_places(text, plan, to);
        add_time(text, ": ", rule->work);
        text_add(text, "; then look for another rule");
    } else {
        text_add(text, rule && rule->warm ? "warm hand-over to " : "hand over to ");
        add_places(text, plan, to);
        add_time(text, rule && rule->warm ? "; briefing " : "; write-up ",
                 rule ? rule->briefing : NULL);
    }
}

static void add_changes(struct text *text, const struct plan *plan, const struct plan_rule *rule)
{
    if (!rule)
        return;
    if (rule->call_back_within_s > 0)
        add_bound(text, "call back within ", rule->call_back_within_s, "");
    if (rule->raise_priority)
        text_add(text, "; priority up by %u", rule->raise_priority);
    if (rule->severity != NONE)
        text_add(text, "; severity becomes %s", plan->severity_names[rule->severity]);
}

/* ---- the rows */

static struct tsim_rule rule_row(struct tsim_matrix *matrix, const struct plan *plan, uint32_t r)
{
    const struct escalation_given *given =
        (const struct escalation_given *)plan->given->escalation.at + r;
    /* The first paths are those of the rules, tier by tier. */
    const struct plan_rule *rule = plan->paths[(size_t)r * plan->n_tiers].rule;
    struct tsim_rule        row = { 0 };
    char                    words[WORDS];
    struct text             text;
    size_t                  column;
    text_open(&text, words, sizeof words);
    add_triggers(&text, given);
    row.when = arena_copy(&matrix->arena, words);
    text_open(&text, words, sizeof words);
    add_conditions(&text, given);
    row.only = arena_copy(&matrix->arena, words);
    text_open(&text, words, sizeof words);
    add_form(&text, plan, rule, &given->to);
    add_changes(&text, plan, rule);
    row.then = arena_copy(&matrix->arena, words);
    json_place(given->at->document, given->at->start, &row.line, &column);
    return row;
}

/* What happens without a rule. */
static struct tsim_rule default_row(struct tsim_matrix *matrix, const struct plan *plan)
{
    char        words[WORDS];
    struct text text;
    text_open(&text, words, sizeof words);
    if (plan->n_tiers > 1)
        text_add(&text, "%s; from %s: ",
                 plan->organisation == ORGANISATION_SWARMING
                     ? "swarm: work on it with somebody from the next tier"
                     : "hand over to the next tier",
                 plan->tiers[plan->n_tiers - 1].name);
    text_add(&text, plan->has_vendor ? "hand over to the vendor" : "unresolved");
    return (struct tsim_rule){ .when = plan->given->escalation.n ? "any other" : "any",
                               .only = "", .then = arena_copy(&matrix->arena, words) };
}

struct tsim_matrix *tsim_matrix_new(const struct tsim_scenario *scenario)
{
    const struct plan  *plan = scenario->plan;
    const uint32_t      n = plan->given->escalation.n;
    struct tsim_matrix *matrix = calloc(1, sizeof *matrix);
    if (!matrix)
        return NULL;
    arena_open(&matrix->arena);
    matrix->rules = ARENA_ARRAY(&matrix->arena, n + 1, struct tsim_rule);
    for (uint32_t r = 0; matrix->rules && r < n; r++)
        matrix->rules[r] = rule_row(matrix, plan, r);
    if (matrix->rules)
        matrix->rules[n] = default_row(matrix, plan);
    matrix->n = n + 1;
    if (!matrix->arena.failed)
        return matrix;
    tsim_matrix_free(matrix);
    return NULL;
}

void tsim_matrix_free(struct tsim_matrix *matrix)
{
    if (!matrix)
        return;
    arena_close(&matrix->arena);
    free(matrix);
}

const struct tsim_rule *tsim_matrix_rules(const struct tsim_matrix *matrix, size_t *count)
{
    *count = matrix->n;
    return matrix->rules;
}
