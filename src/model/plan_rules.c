/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises, resolved for every class and tier. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/plan_impl.h"

/* ---- conditions */

void check_conditions(struct compiler *compiler, const struct conditions *of)
{
    check_names(compiler, of->severity, &compiler->severities);
    check_names(compiler, of->segment, &compiler->segments);
    check_names(compiler, of->channel, &compiler->channels);
    check_names(compiler, of->issue, &compiler->issues);
}

bool conditions_hold(const struct compiler *compiler, const struct conditions *of,
                     const struct plan_class *class)
{
    return in_list(of->severity, &compiler->severities, class->severity) &&
           in_list(of->segment, &compiler->segments, class->segment) &&
           in_list(of->channel, &compiler->channels, class->channel) &&
           in_list(of->issue, &compiler->issues, class->issue);
}

/* ---- promises */

static void spell_conditions(struct text *text, const struct conditions *of)
{
    const struct list *lists[] = { of->severity, of->segment, of->channel, of->issue };
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        const struct text_entry *entries = lists[i]->at;
        for (uint32_t k = 0; k < lists[i]->n; k++)
            text_add(text, "%s%s", k ? "/" : text->length ? " " : "", entries[k].text);
    }
}

static const char *promise_text(struct compiler *compiler, const struct promise_given *given,
                                const struct conditions *of, double within_s)
{
    static const char *const words[] = {
        [PROMISE_SERVICE_LEVEL] = "answered within ",
        [PROMISE_FIRST_RESPONSE] = "first response within ",
        [PROMISE_RESOLUTION] = "resolved within ",    [PROMISE_ABANDONMENT] = "given up",
        [PROMISE_OCCUPANCY] = "occupancy",            [PROMISE_ESCALATION] = "escalated",
        [PROMISE_SLA_BREACH] = "SLA breached",        [PROMISE_WAIT_MEAN] = "mean wait",
        [PROMISE_COST_PER_DAY] = "cost a day",        [PROMISE_SPLIT] = "resolved by ",
    };
    char        buffer[512];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    if (given->measure == PROMISE_SPLIT) {
        text_add(&text, "%s%s", words[given->measure], given->tier);
        return arena_copy(compiler->reader->arena, buffer);
    }
    spell_conditions(&text, of);
    if (given->tier)
        text_add(&text, "%s%s", text.length ? " at " : "", given->tier);
    text_add(&text, "%s%s", text.length ? " " : "", words[given->measure]);
    if (given->measure == PROMISE_SERVICE_LEVEL || given->measure == PROMISE_FIRST_RESPONSE ||
        given->measure == PROMISE_RESOLUTION)
        text_add_duration(&text, within_s);
    return arena_copy(compiler->reader->arena, buffer);
}

static void compile_promise(struct compiler *compiler, const struct promise_given *given,
                            struct plan_promise *promise)
{
    struct plan            *plan = compiler->plan;
    const struct conditions of = { &given->severity, &given->segment, &given->channel,
                                   &given->issue };
    bool *classes = TAKE(compiler, plan->n_classes, bool);
    check_conditions(compiler, &of);
    promise->measure = (enum promise_measure)given->measure;
    promise->tier = NONE; /* the desk */
    promise->row = NONE;
    if (given->tier && given->measure != PROMISE_FIRST_RESPONSE &&
        given->measure != PROMISE_RESOLUTION)
        promise->tier = find_name(compiler, &compiler->tiers, given->tier,
                                  json_member(given->at, "tier"));
    if (!classes || !compiler->good)
        return;
    for (uint32_t c = 0; c < plan->n_classes; c++)
        classes[c] = conditions_hold(compiler, &of, &plan->classes[c]);
    promise->classes = classes;
    promise->at_least = !isnan(given->at_least);
    promise->target = promise->at_least ? given->at_least : given->at_most;
    promise->within_s = given->within_s;
    if (promise->measure == PROMISE_SERVICE_LEVEL && isnan(given->within_s))
        promise->within_s = plan->tiers[promise->tier].answer_within_s;
    if (promise->measure <= PROMISE_ABANDONMENT)
        promise->row = plan->n_counted++;
    promise->text = promise_text(compiler, given, &of, promise->within_s);
}

/* The counted promises of one measure that hold for a class, at a tier or (NONE) the desk. */
static struct plan_watches watches_of(struct compiler *compiler, enum promise_measure measure,
                                      uint32_t class, uint32_t tier)
{
    const struct plan *plan = compiler->plan;
    uint32_t           n = 0;
    for (uint32_t i = 0; i < plan->n_promises; i++)
        n += plan->promises[i].measure == measure && plan->promises[i].tier == tier &&
             plan->promises[i].classes[class];
    if (n == 0)
        return (struct plan_watches){ NULL, 0 };
    struct plan_watch *at = TAKE(compiler, n, struct plan_watch);
    if (!at)
        return (struct plan_watches){ NULL, 0 };
    n = 0;
    for (uint32_t i = 0; i < plan->n_promises; i++)
        if (plan->promises[i].measure == measure && plan->promises[i].tier == tier &&
            plan->promises[i].classes[class])
            at[n++] = (struct plan_watch){ plan->promises[i].within_s, plan->promises[i].row };
    return (struct plan_watches){ at, n };
}

/* Tells classes and visits which promises they feed. */
static void attach_promises(struct compiler *compiler)
{
    struct plan       *plan = compiler->plan;
    struct plan_class *classes = TAKE(compiler, plan->n_classes, struct plan_class);
    struct plan_visit *visits = TAKE(compiler, (size_t)plan->n_classes * plan->n_tiers,
                                     struct plan_visit);
    if (!classes || !visits)
        return;
    memcpy(classes, plan->classes, plan->n_classes * sizeof *classes);
    memcpy(visits, plan->visits, (size_t)plan->n_classes * plan->n_tiers * sizeof *visits);
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        classes[c].response = watches_of(compiler, PROMISE_FIRST_RESPONSE, c, NONE);
        classes[c].resolution = watches_of(compiler, PROMISE_RESOLUTION, c, NONE);
        classes[c].abandonment = watches_of(compiler, PROMISE_ABANDONMENT, c, NONE);
        for (uint32_t t = 0; t < plan->n_tiers; t++) {
            struct plan_visit *visit = &visits[(size_t)c * plan->n_tiers + t];
            visit->class = &classes[c];
            visit->level = watches_of(compiler, PROMISE_SERVICE_LEVEL, c, t);
            visit->abandonment = watches_of(compiler, PROMISE_ABANDONMENT, c, t);
        }
    }
    plan->classes = classes;
    plan->visits = visits;
}

/* The bounds of a promise of the whole split: each tier's share is near its target. Bounds that no
 * share can break are left out. Without `promises`, how many there are. */
static uint32_t compile_whole_split(struct compiler *compiler, const struct promise_given *given,
                                    struct plan_promise *promises)
{
    const struct plan *plan = compiler->plan;
    uint32_t           n = 0;
    for (uint32_t t = 0; plan->split_target && t < plan->n_tiers; t++)
        for (int at_least = 1; at_least >= 0; at_least--) {
            struct promise_given one = *given;
            const double by = at_least ? -plan->split_tolerance : plan->split_tolerance;
            const double bound = plan->split_target[t] + by;
            one.tier = plan->tiers[t].name;
            one.at_least = at_least ? bound : (double)NAN;
            one.at_most = at_least ? (double)NAN : bound;
            if (at_least ? bound <= 0 : bound >= 1)
                continue;
            if (promises)
                compile_promise(compiler, &one, &promises[n]);
            n++;
        }
    return n;
}

static bool is_whole_split(const struct promise_given *given)
{
    return given->measure == PROMISE_SPLIT && !given->tier;
}

/* All promises; that of the whole split becomes some for each tier. */
static void compile_promises(struct compiler *compiler)
{
    struct plan                *plan = compiler->plan;
    const struct promise_given *given = compiler->given->promises.at;
    uint32_t                    n = 0;
    for (uint32_t i = 0; i < compiler->given->promises.n; i++) {
        const bool whole = is_whole_split(&given[i]);
        n += whole ? compile_whole_split(compiler, &given[i], NULL) : 1;
        if (whole && !plan->split_target)
            compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                        given[i].at, "measure", NULL, NULL,
                                        "give \"resolution_split\" its \"target\", or name a tier",
                                        "this desk has no resolution split to promise");
    }
    struct plan_promise *promises = TAKE(compiler, n, struct plan_promise);
    if (!promises)
        return;
    n = 0;
    for (uint32_t i = 0; i < compiler->given->promises.n; i++) {
        if (is_whole_split(&given[i]))
            n += compile_whole_split(compiler, &given[i], &promises[n]);
        else
            compile_promise(compiler, &given[i], &promises[n++]);
    }
    plan->n_promises = n;
    plan->promises = promises;
    if (compiler->good)
        attach_promises(compiler);
}

static void compile_split(struct compiler *compiler)
{
    static const double default_target[] = { 0.80, 0.15, 0.05 };
    struct plan              *plan = compiler->plan;
    const struct split_given *split = &compiler->given->split;
    plan->split_tolerance = split->tolerance;
    if (split->target.n == 0) {
        plan->split_target = plan->n_tiers == 3 ? default_target : NULL;
        return;
    }
    plan->split_target = split->target.at;
    if (split->target.n != plan->n_tiers)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                    json_member(compiler->given->at, "resolution_split"), "target",
                                    "one share for each tier", NULL, NULL,
                                    "%u target shares for %u tiers", split->target.n,
                                    plan->n_tiers);
}

void compile_targets(struct compiler *compiler)
{
    compile_clocks(compiler);
    if (!compiler->plan->slas)
        return;
    compile_split(compiler);
    if (compiler->good)
        compile_promises(compiler);
}
