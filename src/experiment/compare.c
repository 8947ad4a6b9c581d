/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulating the points of a comparison side by side. */
#include "experiment/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/problem.h"
#include "experiment/result.h"
#include "experiment/trials.h"
#include "stats/digest.h"

/* Points take turns, so that an interruption leaves them all with about as many. */
enum { TURN = 25, POINTS_MOST = 50 };

struct comparer {
    struct tsim_comparison        *comparison;
    const struct tsim_run_options *options;
    struct tsim_problems          *problems;
    struct trials                  trials;
    uint32_t                       planned; /* of each point                               */
    uint32_t                       looks;   /* taken at the differences, while going on    */
};

static bool take(void *user, const struct trial *trial)
{
    struct comparer *comparer = user;
    return gather_add(&comparer->comparison->gathered[trial->point],
                      comparer->trials.scenarios[trial->point]->plan, trial->tally, trial->pairs,
                      comparer->problems);
}

static bool memory_is_out(struct tsim_problems *problems)
{
    return problem_plain(problems, TSIM_PROBLEM_LIMIT, "compare fewer scenarios at once",
                         "memory is out");
}

/* Plans the points up to replication `end` of each. */
static bool plan_until(struct comparer *comparer, uint32_t end)
{
    bool good = true;
    for (uint32_t first = comparer->planned; good && first < end; first += TURN)
        for (uint32_t p = 0; good && p < comparer->trials.n_points; p++)
            good = trials_plan(&comparer->trials, p, first,
                               end - first < TURN ? end - first : TURN);
    comparer->planned = end;
    return good;
}

/* Look j of those that go on spends 1 / (j (j + 1)) of what may go wrong: all looks together no
 * more than that. */
static double confidence_of_look(double confidence, uint32_t look)
{
    return 1 - (1 - confidence) / ((double)look * (look + 1));
}

static bool goes_on(const struct tsim_comparison *comparison)
{
    return comparison->info.until_decided || comparison->study->given.precision > 0;
}

static void decide(void *user)
{
    struct comparer        *comparer = user;
    struct tsim_comparison *comparison = comparer->comparison;
    const uint32_t          most = comparison->study->given.replications_most;
    if (!goes_on(comparison))
        return;
    comparer->looks++;
    if (!compare_judge(comparison, comparer->planned,
                       confidence_of_look(comparison->info.confidence, comparer->looks))) {
        memory_is_out(comparer->problems);
        return;
    }
    const uint32_t wanted = compare_undecided(comparison, comparer->planned);
    comparison->info.decided = wanted == 0;
    if (wanted == 0 || comparer->planned >= most)
        return;
    const double next = fmin(fmin(wanted, 2.0 * comparer->planned), most);
    plan_until(comparer, gather_whole_sets(comparison->study->scenarios[0]->plan,
                                           (uint32_t)fmax(next, comparer->planned + 1.0)));
}

/* ---- the whole */

static bool open_points(struct comparer *comparer, uint32_t replications)
{
    struct tsim_comparison *comparison = comparer->comparison;
    const size_t            n = comparison->n_points;
    double                  all = 0;
    comparison->gathered = ARENA_ARRAY(&comparison->arena, n, struct gathered);
    comparison->results = ARENA_ARRAY(&comparison->arena, n, struct tsim_result *);
    comparison->differences = ARENA_ARRAY(&comparison->arena,
                                          n * (n - 1) / 2 * comparison->n_measures + 1,
                                          struct tsim_difference);
    if (!comparison->gathered || !comparison->results || !comparison->differences)
        return memory_is_out(comparer->problems);
    for (size_t p = 0; p < n; p++) {
        const struct plan *plan = comparison->study->scenarios[p]->plan;
        all += (double)measure_kept(plan);
        if (!gather_open(&comparison->gathered[p], plan))
            return memory_is_out(comparer->problems);
    }
    all *= (double)replications / (double)measure_kept(comparison->study->scenarios[0]->plan);
    return gather_fits(comparison->study->scenarios[0]->plan, all, comparer->problems);
}

static bool plan_comparison(struct comparer *comparer)
{
    struct tsim_comparison  *comparison = comparer->comparison;
    const struct tsim_study *study = comparison->study;
    const uint32_t           replications = study_replications(study, comparer->options);
    comparison->n_points = study->n_points;
    if (study->n_points < 2)
        return problem_plain(comparer->problems, TSIM_PROBLEM_INPUT,
                             "name a second scenario, or settings such as "
                             "--set 'tiers[0].pools[0].agents += 1'",
                             "there is nothing to compare with");
    if (study->n_points > POINTS_MOST)
        return problem_plain(comparer->problems, TSIM_PROBLEM_LIMIT,
                             "choose among many with the method \"select\"",
                             "at most %d scenarios can be compared with each other", POINTS_MOST);
    comparer->trials = (struct trials){
        .scenarios = study->scenarios, .n_points = (uint32_t)study->n_points,
        .options = comparer->options, .problems = comparer->problems, .user = comparer,
        .take = take, .decide = decide, .seed = study_seed(study, comparer->options),
    };
    return compare_measures(comparison, comparer->problems) &&
           open_points(comparer, replications) && trials_open(&comparer->trials, 0) &&
           plan_until(comparer, replications);
}

/* Replications that all points have. */
static uint32_t complete_ones(const struct tsim_comparison *comparison)
{
    uint32_t n = UINT32_MAX;
    for (size_t p = 0; p < comparison->n_points; p++)
        if (comparison->gathered[p].replications < n)
            n = comparison->gathered[p].replications;
    return n;
}

static bool make_results(struct comparer *comparer)
{
    struct tsim_comparison *comparison = comparer->comparison;
    for (size_t p = 0; p < comparison->n_points; p++) {
        struct tsim_result *result =
            result_make(comparison->study->scenarios[p], &comparison->gathered[p]);
        if (!result)
            return memory_is_out(comparer->problems);
        result->info.seed = comparer->trials.seed;
        result->info.planned = comparer->planned;
        result->info.complete = comparer->trials.complete;
        result->info.threads = comparer->trials.threads;
        comparison->results[p] = result;
    }
    return true;
}

static void make_digest(struct tsim_comparison *comparison)
{
    struct digest digest;
    digest_open(&digest);
    for (size_t p = 0; p < comparison->n_points; p++)
        digest_text(&digest, tsim_result_digest(comparison->results[p]));
    for (size_t i = 0; i < comparison->info.differences; i++) {
        digest_double(&digest, comparison->differences[i].difference.value);
        digest_double(&digest, comparison->differences[i].difference.low);
    }
    snprintf(comparison->digest, sizeof comparison->digest, "%016llx",
             (unsigned long long)digest_value(&digest));
}

static bool conclude(struct comparer *comparer)
{
    struct tsim_comparison      *comparison = comparer->comparison;
    struct tsim_comparison_info *info = &comparison->info;
    info->replications = complete_ones(comparison);
    if (info->replications <= comparison->gathered[0].set)
        return comparer->trials.complete &&
               problem_plain(comparer->problems, TSIM_PROBLEM_INPUT, "use --reps 100",
                             "a comparison needs two replications or more%s",
                             comparison->gathered[0].set > 1
                                 ? ", or two sets of them where busy days are spread over sets"
                                 : "");
    compare_drop_empty(comparison);
    /* Where it was stopped on its way, this is one look more. */
    const uint32_t looks = comparer->looks + !comparer->trials.complete;
    if (!compare_judge(comparison, info->replications,
                       goes_on(comparison) && looks > 0
                           ? confidence_of_look(info->confidence, looks)
                           : info->confidence))
        return memory_is_out(comparer->problems);
    info->seed = comparer->trials.seed;
    info->complete = comparer->trials.complete;
    info->contacts = comparer->trials.contacts;
    info->events = comparer->trials.events;
    info->threads = comparer->trials.threads;
    info->wall_s = farm_clock() - comparer->trials.began_s;
    if (!make_results(comparer))
        return false;
    make_digest(comparison);
    return true;
}

struct tsim_comparison *tsim_compare(const struct tsim_study *study,
                                     const struct tsim_run_options *options,
                                     struct tsim_problems *problems)
{
    static const struct tsim_run_options defaults;
    struct tsim_comparison *comparison = calloc(1, sizeof *comparison);
    struct comparer comparer = { .comparison = comparison, .problems = problems,
                                 .options = options ? options : &defaults };
    if (!comparison) {
        memory_is_out(problems);
        return NULL;
    }
    arena_open(&comparison->arena);
    comparison->study = study;
    comparison->info = (struct tsim_comparison_info){
        .study = study->given.name, .currency = study->scenarios[0]->given.currency,
        .confidence = study->given.confidence, .until_decided = study->given.compare.until_decided,
        .indifference = study->given.compare.indifference,
    };
    const bool good = plan_comparison(&comparer) && trials_run(&comparer.trials) &&
                      conclude(&comparer);
    trials_close(&comparer.trials);
    if (good)
        return comparison;
    tsim_comparison_free(comparison);
    return NULL;
}

/* ---- looking */

void tsim_comparison_free(struct tsim_comparison *comparison)
{
    if (!comparison)
        return;
    for (size_t p = 0; p < comparison->n_points; p++) {
        if (comparison->gathered)
            gather_close(&comparison->gathered[p]);
        if (comparison->results)
            tsim_result_free(comparison->results[p]);
    }
    arena_close(&comparison->arena);
    free(comparison);
}

const struct tsim_comparison_info *tsim_comparison_info(const struct tsim_comparison *comparison)
{
    return &comparison->info;
}

const struct tsim_point *tsim_comparison_points(const struct tsim_comparison *comparison,
                                                size_t *count)
{
    return tsim_study_points(comparison->study, count);
}

const struct tsim_result *tsim_comparison_result(const struct tsim_comparison *comparison,
                                                 size_t point)
{
    return point < comparison->n_points ? comparison->results[point] : NULL;
}

const struct tsim_compared *tsim_comparison_measures(const struct tsim_comparison *comparison,
                                                     size_t *count)
{
    *count = comparison->n_measures;
    return comparison->measures;
}

struct tsim_estimate tsim_comparison_value(const struct tsim_comparison *comparison, size_t point,
                                           size_t measure)
{
    if (point >= comparison->n_points || measure >= comparison->n_measures)
        return (struct tsim_estimate){ 0 };
    const size_t place = comparison->places[measure * comparison->n_points + point];
    if (place == SIZE_MAX)
        return (struct tsim_estimate){ 0 };
    struct interval_estimate estimate = ratio_interval(&comparison->gathered[point].sums[place],
                                                       comparison->info.confidence);
    if (comparison->measures[measure].unit == TSIM_UNIT_SHARE)
        estimate = interval_clamp(estimate, 0, 1);
    return public_estimate(estimate);
}

double tsim_comparison_of_replication(const struct tsim_comparison *comparison, size_t point,
                                      uint32_t replication, size_t measure, bool *defined)
{
    const bool   is = point < comparison->n_points && measure < comparison->n_measures &&
                    replication < comparison->info.replications;
    const size_t place =
        is ? comparison->places[measure * comparison->n_points + point] : SIZE_MAX;
    *defined = false;
    if (place == SIZE_MAX)
        return 0;
    const struct tsim_result *result = comparison->results[point];
    const struct pair        *pair = &result->pairs[replication * result->kept + place];
    *defined = pair->y != 0;
    return *defined ? pair->x / pair->y : 0;
}

static enum tsim_outcome opposite(enum tsim_outcome outcome)
{
    switch (outcome) {
    case TSIM_BETTER:
        return TSIM_WORSE;
    case TSIM_WORSE:
        return TSIM_BETTER;
    case TSIM_HIGHER:
        return TSIM_LOWER;
    case TSIM_LOWER:
        return TSIM_HIGHER;
    default:
        return outcome;
    }
}

struct tsim_difference tsim_comparison_difference(const struct tsim_comparison *comparison,
                                                  size_t point, size_t other, size_t measure)
{
    const size_t high = point > other ? point : other, low = point > other ? other : point;
    if (high == low || high >= comparison->n_points || measure >= comparison->n_measures)
        return (struct tsim_difference){ .outcome = TSIM_UNDEFINED };
    struct tsim_difference difference =
        comparison->differences[compare_at(comparison, high, low, measure)];
    if (point > other)
        return difference;
    const double was_low = difference.difference.low;
    difference.difference.value = 0 - difference.difference.value;
    difference.difference.low = 0 - difference.difference.high;
    difference.difference.high = 0 - was_low;
    difference.outcome = opposite(difference.outcome);
    return difference;
}

const char *tsim_comparison_digest(const struct tsim_comparison *comparison)
{
    return comparison->digest;
}
