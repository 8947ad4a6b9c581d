/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a selection: intervals, who is behind by how much, how sure it is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiment/select.h"
#include "stats/contrast.h"
#include "stats/digest.h"
#include "stats/ocba.h"

/* A candidate beside the selected one. */
struct beside {
    struct interval_estimate behind; /* over the replications that both had                */
    double                   lead;   /* of all replications: how much worse                */
    double                   variance, n, other_variance, other_n, covariance;
    uint64_t                 degrees;
};

static struct tsim_estimate public_estimate(struct interval_estimate of)
{
    return (struct tsim_estimate){ of.value, of.low, of.high, of.std_error, of.defined,
                                   of.has_interval };
}

static double variance_of_one(const struct history *history)
{
    const double error = ratio_interval_t(&history->sums, 1).std_error;
    return error * error * history->n;
}

static double covariance_of(const struct response *response)
{
    const uint32_t n = response->replications;
    double         sum = 0;
    for (uint32_t r = 0; r < n; r++)
        sum += (response->at[r] - response->value[0]) * (response->at[n + r] - response->value[1]);
    return n > 1 ? sum / (n - 1.0) : 0;
}

/* Sets `other` beside the best. False when memory is out. */
static bool set_beside(const struct tsim_selection *selection, const struct select_task *task,
                       size_t other, double confidence, struct beside *beside)
{
    const struct history *one = &selection->histories[selection->info.best];
    const struct history *two = &selection->histories[other];
    const uint32_t        n = one->n < two->n ? one->n : two->n;
    struct response       response = { .at = NULL };
    const bool            good = response_open(&response, 2, n);
    if (good) {
        const double t = student_quantile(n - 1, confidence);
        response_fill(&response, 0, &one->pairs[0].x, &one->pairs[0].y, 2);
        response_fill(&response, 1, &two->pairs[0].x, &two->pairs[0].y, 2);
        const double difference = ratio_interval_t(&one->sums, 1).value -
                                  ratio_interval_t(&two->sums, 1).value;
        *beside = (struct beside){
            .behind = task->largest ? contrast_of_two(&response, 0, 1, t)
                                    : contrast_of_two(&response, 1, 0, t),
            .lead = task->largest ? difference : -difference,
            .variance = variance_of_one(one), .n = one->n,
            .other_variance = variance_of_one(two), .other_n = two->n,
            .covariance = covariance_of(&response), .degrees = n - 1,
        };
    }
    response_close(&response);
    return good;
}

/* Of the difference of two means over n and m observations of which the first ones are pairs. */
static double error_of_lead(const struct beside *beside, double n, double m)
{
    return sqrt(fmax(0.0, beside->variance / n + beside->other_variance / m -
                              2.0 * beside->covariance / fmax(n, m)));
}

/* Bonferroni's bound on the probability that none is better, or not by the zone or more; each has
 * its own number of observations, or all have n. */
static double probability_of(const struct beside *besides, size_t k, size_t best, double zone,
                             double n)
{
    double wrong = 0;
    for (size_t i = 0; i < k; i++) {
        const struct beside *beside = &besides[i];
        if (i == best)
            continue;
        const double error = n > 0 ? error_of_lead(beside, n, n)
                                   : error_of_lead(beside, beside->n, beside->other_n);
        wrong += ocba_error(beside->lead + zone, error,
                            n > 0 ? (uint64_t)ceil(n - 1.0) : beside->degrees);
    }
    return fmax(0.0, 1.0 - wrong);
}

/* How often all would have to be simulated for the same estimated probability; as often as the one
 * that was simulated most is enough to begin the search. */
static double equal_shares(const struct beside *besides, size_t k,
                           const struct tsim_selection_info *info, double most)
{
    double low = 2, high = most;
    if (probability_of(besides, k, info->best, info->zone, high) < info->probability)
        return high;
    while (high - low > 0.5) {
        const double middle = 0.5 * (low + high);
        if (probability_of(besides, k, info->best, info->zone, middle) < info->probability)
            low = middle;
        else
            high = middle;
    }
    return ceil(high - 0.5);
}

static void judge_certainty(struct tsim_selection *selection, const struct select_task *task,
                            const struct beside *besides)
{
    struct tsim_selection_info *info = &selection->info;
    uint32_t                    most = 0;
    for (size_t i = 0; i < selection->n; i++)
        if (selection->histories[i].n > most)
            most = selection->histories[i].n;
    info->equal = (uint64_t)most * selection->n * selection->set;
    if (task->budget == 0) {
        info->probability = info->decided ? task->confidence : 0;
        return;
    }
    info->probability = probability_of(besides, selection->n, info->best, info->zone, 0);
    info->equal = (uint64_t)equal_shares(besides, selection->n, info, most) * selection->n *
                  selection->set;
}

static void judge_candidate(struct tsim_selection *selection, const struct select_task *task,
                            size_t i, const struct beside *beside)
{
    struct tsim_candidate *candidate = &selection->candidates[i];
    const struct history  *history = &selection->histories[i];
    struct interval_estimate estimate = ratio_interval(&history->sums, task->confidence);
    if (task->address.about->unit == TSIM_UNIT_SHARE)
        estimate = interval_clamp(estimate, 0, 1);
    candidate->estimate = public_estimate(estimate);
    candidate->replications = history->n * selection->set;
    candidate->dropped_after = history->dropped_after * selection->set;
    candidate->dropped_by = history->dropped_by;
    candidate->standing = TSIM_SELECTED;
    if (i == selection->info.best)
        return;
    candidate->behind = public_estimate(beside->behind);
    /* Without a zone, those are close whose difference may be none. */
    const bool close = task->zone > 0 ? beside->behind.value < task->zone
                                      : beside->behind.low <= 0;
    candidate->standing = close ? TSIM_CLOSE : TSIM_BEHIND;
}

static void digest_selection(struct tsim_selection *selection)
{
    struct digest digest;
    digest_open(&digest);
    digest_integer(&digest, selection->info.seed);
    digest_integer(&digest, selection->info.best);
    digest_integer(&digest, selection->info.decided);
    digest_integer(&digest, selection->info.contacts);
    digest_integer(&digest, selection->info.events);
    for (size_t i = 0; i < selection->n; i++) {
        const struct history *history = &selection->histories[i];
        digest_integer(&digest, history->n);
        digest_integer(&digest, history->dropped_after);
        digest_double(&digest, history->sums.sum_x);
        digest_double(&digest, history->sums.sum_y);
        digest_double(&digest, history->sums.m2_x);
    }
    snprintf(selection->digest, sizeof selection->digest, "%016llx",
             (unsigned long long)digest_value(&digest));
}

static void fill_info(struct tsim_selection *selection, const struct select_task *task)
{
    struct tsim_selection_info *info = &selection->info;
    info->doc = task->address.about->doc;
    info->unit = task->address.about->unit;
    info->largest = task->largest;
    info->zone = task->zone;
    info->budget = task->budget;
    info->first = task->first * task->set;
    info->most = task->most * task->set;
    info->confidence = task->confidence;
}

bool select_judge(struct tsim_selection *selection, const struct select_task *task)
{
    struct beside *besides = calloc(selection->n, sizeof *besides);
    bool           good = besides && selection->candidates;
    const double   confidence = 1 - (1 - task->confidence) / (double)(selection->n - 1);
    fill_info(selection, task);
    for (size_t i = 0; good && i < selection->n; i++) {
        good = i == selection->info.best ||
               set_beside(selection, task, i, confidence, &besides[i]);
        judge_candidate(selection, task, i, &besides[i]);
    }
    if (good)
        judge_certainty(selection, task, besides);
    digest_selection(selection);
    free(besides);
    return good;
}

/* ---- reading it */

void tsim_selection_free(struct tsim_selection *selection)
{
    if (!selection)
        return;
    for (size_t i = 0; selection->histories && i < selection->n; i++)
        free(selection->histories[i].pairs);
    free(selection->histories);
    arena_close(&selection->arena);
    free(selection);
}

const struct tsim_selection_info *tsim_selection_info(const struct tsim_selection *selection)
{
    return &selection->info;
}

const struct tsim_candidate *tsim_selection_candidates(const struct tsim_selection *selection,
                                                       size_t *count)
{
    *count = selection->n;
    return selection->candidates;
}

double tsim_selection_value(const struct tsim_selection *selection, size_t candidate,
                            uint32_t replication, bool *defined)
{
    *defined = false;
    if (candidate >= selection->n ||
        replication / selection->set >= selection->histories[candidate].n)
        return 0;
    const struct pair pair = selection->histories[candidate].pairs[replication / selection->set];
    *defined = pair.y != 0;
    return *defined ? pair.x / pair.y : 0;
}

const char *tsim_selection_digest(const struct tsim_selection *selection)
{
    return selection->digest;
}
