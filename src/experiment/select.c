/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tsim_select: replications of the points that may still be the best. */
#include "experiment/select.h"

#include <stdlib.h>

#include "base/problem.h"
#include "experiment/study.h"
#include "experiment/trials.h"
#include "stats/ocba.h"
#include "stats/select.h"

struct selector {
    const struct tsim_study  *study;
    const struct select_task *task;
    struct tsim_problems     *problems;
    struct trials             trials;
    struct selection          rule;   /* with a zone                                       */
    struct ocba_system       *seen;   /* with a budget: [point]                            */
    uint64_t                 *more;
    struct tsim_selection    *result;
    bool                      ended;  /* the procedure has                                 */
};

static bool out_of_memory(struct tsim_problems *problems)
{
    return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

/* ---- what is kept */

static bool add_observation(struct history *history, struct pair pair)
{
    if (history->n == history->room) {
        const uint32_t room = history->room ? 2 * history->room : 64;
        struct pair   *pairs = realloc(history->pairs, room * sizeof *pairs);
        if (!pairs)
            return false;
        history->pairs = pairs;
        history->room = room;
    }
    history->pairs[history->n++] = pair;
    ratio_add(&history->sums, pair.x, pair.y);
    return true;
}

/* A set that is not whole does not count. */
static bool take(void *user, const struct trial *trial)
{
    struct selector  *selector = user;
    struct history   *history = &selector->result->histories[trial->point];
    const struct pair pair = trial->pairs[selector->task->places[trial->point]];
    history->hand.x += pair.x;
    history->hand.y += pair.y;
    if (++history->in_hand < selector->task->set)
        return true;
    const struct pair whole = history->hand;
    history->hand = (struct pair){ 0 };
    history->in_hand = 0;
    return add_observation(history, whole) || out_of_memory(selector->problems);
}

/* Plans n further observations. */
static void plan_more(struct selector *selector, size_t point, uint64_t n)
{
    const uint32_t set = selector->task->set;
    trials_plan(&selector->trials, (uint32_t)point, selector->result->histories[point].n * set,
                (uint32_t)n * set);
}

static void nothing_measured(struct selector *selector, size_t point)
{
    problem_plain(selector->problems, TSIM_PROBLEM_INPUT, "select by another measure",
                  "nothing was measured in \"%s\": %s is not defined after %u replications",
                  selector->study->points[point].name, selector->study->given.select.measure,
                  selector->result->histories[point].n * selector->task->set);
}

/* ---- with a zone */

enum { BATCH_LEAST = 16, BATCH_SHARE = 8 };

static bool everybody_left_has(const struct selector *selector, uint64_t n)
{
    for (size_t i = 0; i < selector->result->n; i++)
        if (!selector->rule.systems[i].dropped && selector->result->histories[i].n < n)
            return false;
    return true;
}

/* Looks after each observation that everybody has: what was simulated ahead does not help those
 * who are dropped before. */
static void look(struct selector *selector)
{
    struct selection *rule = &selector->rule;
    while (!rule->decided && !rule->failed && everybody_left_has(selector, rule->stage + 1)) {
        const uint64_t r = rule->stage;
        for (uint32_t i = 0; i < rule->rule.systems; i++) {
            if (rule->systems[i].dropped)
                continue;
            const struct pair pair = selector->result->histories[i].pairs[r];
            selection_add(rule, i, pair.x, pair.y);
        }
        selection_look(rule);
    }
}

/* Observations of each until the next look: an eighth of what there is, so that threads have work
 * and little of it is in vain; never more than could be needed. */
static uint64_t next_batch(const struct selection *rule, uint64_t most)
{
    uint64_t n = rule->stage / BATCH_SHARE;
    if (n < (BATCH_LEAST + rule->left - 1) / rule->left)
        n = (BATCH_LEAST + rule->left - 1) / rule->left;
    if (n > selection_latest(rule) - rule->stage)
        n = selection_latest(rule) - rule->stage;
    return n < most - rule->stage ? n : most - rule->stage;
}

static void decide_by_zone(void *user)
{
    struct selector        *selector = user;
    const struct selection *rule = &selector->rule;
    look(selector);
    selector->ended = rule->decided;
    if (rule->failed)
        nothing_measured(selector, rule->best);
    if (rule->failed || rule->decided || rule->stage >= selector->task->most)
        return;
    const uint64_t n = next_batch(rule, selector->task->most);
    for (size_t i = 0; i < selector->result->n; i++)
        if (!rule->systems[i].dropped)
            plan_more(selector, i, n);
}

/* ---- with a budget */

enum { STEPS = 25, STEP_LEAST = 16 };

/* The variance of one observation is that of its mean times how many there are. */
static bool see(struct selector *selector)
{
    for (size_t i = 0; i < selector->result->n; i++) {
        const struct history           *history = &selector->result->histories[i];
        const struct interval_estimate  mean = ratio_interval_t(&history->sums, 1);
        if (!mean.defined) {
            nothing_measured(selector, i);
            return false;
        }
        selector->seen[i] = (struct ocba_system){
            mean.value, mean.std_error * mean.std_error * history->n, history->n
        };
    }
    return true;
}

static void decide_by_budget(void *user)
{
    struct selector          *selector = user;
    const struct select_task *task = selector->task;
    const uint64_t            spent = selector->trials.planned;
    const uint32_t            k = (uint32_t)selector->result->n;
    const uint64_t            left = (task->budget - spent) / task->set;
    if (!see(selector) || left == 0) {
        selector->ended = tsim_problems_errors(selector->problems) == 0;
        return;
    }
    uint64_t step = task->budget / STEPS > STEP_LEAST ? task->budget / STEPS : STEP_LEAST;
    step = (step + task->set - 1) / task->set;
    ocba_deal(selector->seen, k, task->largest, task->zone, step < left ? step : left,
              selector->more);
    for (size_t i = 0; i < k; i++)
        plan_more(selector, i, selector->more[i]);
}

/* ---- the whole */

/* What is still to come is a guess while nobody knows who will be dropped when. */
static void tell(void *user, struct tsim_progress *progress)
{
    const struct selector *selector = user;
    uint64_t               all = selector->task->budget;
    if (selector->rule.systems) {
        const uint64_t end = selection_expected(&selector->rule);
        const uint64_t most = selector->task->most;
        all = selector->trials.taken + (uint64_t)selector->rule.left * selector->task->set *
                                           ((end < most ? end : most) - selector->rule.stage);
    }
    if (all > progress->replications_planned)
        progress->replications_planned = all < UINT32_MAX ? (uint32_t)all : UINT32_MAX;
}

static bool open_rule(struct selector *selector)
{
    const struct select_task *task = selector->task;
    const size_t              k = selector->result->n;
    const struct select_rule  rule = { .systems = (uint32_t)k, .first = task->first,
                                       .largest = task->largest,
                                       .alpha = 1 - task->confidence, .delta = task->zone };
    if (task->budget == 0)
        return selection_open(&selector->rule, &rule);
    selector->seen = calloc(k, sizeof *selector->seen);
    selector->more = calloc(k, sizeof *selector->more);
    return selector->seen && selector->more;
}

static bool open_selector(struct selector *selector, const struct tsim_run_options *options)
{
    const struct tsim_study *study = selector->study;
    struct tsim_selection   *result = selector->result = calloc(1, sizeof *result);
    if (result)
        arena_open(&result->arena);
    if (result)
        result->histories = calloc(study->n_points, sizeof *result->histories);
    if (!result || !result->histories)
        return out_of_memory(selector->problems);
    result->n = study->n_points;
    result->set = selector->task->set;
    selector->trials = (struct trials){
        .scenarios = study->scenarios, .n_points = (uint32_t)study->n_points, .options = options,
        .problems = selector->problems, .user = selector, .take = take, .tell = tell,
        .decide = selector->task->budget ? decide_by_budget : decide_by_zone,
        .seed = study_seed(study, options),
    };
    if (!open_rule(selector))
        return out_of_memory(selector->problems);
    return trials_open(&selector->trials, 0);
}

/* Whether everybody had the first observations: before, nothing can be said. */
static bool begun(const struct selector *selector)
{
    for (size_t i = 0; i < selector->result->n; i++)
        if (selector->result->histories[i].n < selector->task->first)
            return false;
    return true;
}

static void tell_run(const struct selector *selector, struct arena *arena,
                     struct tsim_selection_info *info)
{
    const struct trials     *trials = &selector->trials;
    const struct tsim_study *study = selector->study;
    *info = (struct tsim_selection_info){
        .seed = trials->seed, .replications = trials->taken, .contacts = trials->contacts,
        .events = trials->events, .threads = trials->threads, .complete = trials->complete,
        .wall_s = farm_clock() - trials->began_s, .decided = selector->ended,
        .study = arena_copy(arena, study->given.name),
        .measure = arena_copy(arena, study->given.select.measure),
        .currency = arena_copy(arena, study->scenarios[0]->plan->given->currency),
    };
}

static void name_candidates(const struct selector *selector)
{
    struct tsim_selection *result = selector->result;
    result->candidates = ARENA_ARRAY(&result->arena, result->n, struct tsim_candidate);
    for (size_t i = 0; result->candidates && i < result->n; i++) {
        const struct tsim_point *point = &selector->study->points[i];
        result->candidates[i] = (struct tsim_candidate){
            .name = arena_copy(&result->arena, point->name),
            .file = arena_copy(&result->arena, point->file),
            .settings = arena_copy(&result->arena, point->settings),
        };
    }
}

/* After an interruption there is more than was looked at. False when that cannot be judged. */
static bool choose(struct selector *selector)
{
    struct tsim_selection *result = selector->result;
    if (selector->task->budget) {
        if (!see(selector))
            return false;
        result->info.best = ocba_best(selector->seen, (uint32_t)result->n,
                                      selector->task->largest);
        return true;
    }
    look(selector);
    result->info.best = selector->rule.best;
    for (size_t i = 0; i < result->n; i++) {
        result->histories[i].dropped_after = (uint32_t)selector->rule.systems[i].dropped_at;
        result->histories[i].dropped_by = selector->rule.systems[i].dropped_by;
    }
    return !selector->rule.failed;
}

static void conclude(struct selector *selector)
{
    struct tsim_selection *result = selector->result;
    tell_run(selector, &result->arena, &result->info);
    name_candidates(selector);
    if (choose(selector) &&
        (!select_judge(result, selector->task) || result->arena.failed))
        out_of_memory(selector->problems);
}

static void close_selector(struct selector *selector)
{
    if (selector->rule.systems)
        selection_close(&selector->rule);
    free(selector->seen);
    free(selector->more);
    trials_close(&selector->trials);
}

static void run(struct selector *selector)
{
    for (size_t i = 0; i < selector->result->n; i++)
        plan_more(selector, i, selector->task->first);
    trials_run(&selector->trials);
}

struct tsim_selection *tsim_select(const struct tsim_study *study,
                                   const struct tsim_run_options *options,
                                   struct tsim_problems *problems)
{
    static const struct tsim_run_options defaults;
    struct selector selector = { .study = study, .task = &study->select, .problems = problems };
    const size_t    before = tsim_problems_errors(problems);
    if (!study->given.select.at) {
        problem_plain(problems, TSIM_PROBLEM_INPUT, "such as \"select\": { \"zone\": 50 }",
                      "the method of this study is not \"select\"");
        return NULL;
    }
    if (open_selector(&selector, options ? options : &defaults)) {
        run(&selector);
        if (tsim_problems_errors(problems) == before && begun(&selector))
            conclude(&selector);
    }
    struct tsim_selection *result = selector.result;
    const bool good = tsim_problems_errors(problems) == before && result && begun(&selector);
    close_selector(&selector);
    if (good)
        return result;
    tsim_selection_free(result);
    return NULL;
}
