/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sweep's values say: estimates, effects, swings, slopes and fronts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/result.h"
#include "experiment/sweep.h"
#include "stats/digest.h"
#include "stats/effects.h"
#include "stats/pareto.h"
#include "stats/surface.h"
#include "stats/verdict.h"

/* Of predicted variance, by how much a curved surface must be better than a plane. */
static const double curve_gain = 0.01;

/* What is paired: replications, or sets of them. */
static uint32_t set_of(const struct tsim_sweep *sweep)
{
    return sweep->scenarios[0]->plan->busyness.strata;
}

static uint32_t sets_of(const struct tsim_sweep *sweep)
{
    return response_sets(sweep->info.replications, set_of(sweep));
}

static double student(const struct tsim_sweep *sweep, double confidence)
{
    const uint32_t n = sets_of(sweep);
    return n > 1 ? student_quantile(n - 1, confidence) : 0;
}

/* So that `n` intervals hold together (Bonferroni). */
static double student_joint(const struct tsim_sweep *sweep, size_t n)
{
    return student(sweep, 1 - (1 - sweep->info.confidence) / (double)(n ? n : 1));
}

/* ---- values of points */

static bool fill_values(struct tsim_sweep *sweep)
{
    const size_t n = sweep->info.responses;
    sweep->values = ARENA_ARRAY(&sweep->arena, n, struct response);
    for (size_t i = 0; sweep->values && i < n; i++) {
        if (!response_open(&sweep->values[i], (uint32_t)sweep->info.points, sets_of(sweep)))
            return false;
        for (size_t p = 0; p < sweep->info.points; p++) {
            const double *pairs = sweep_pairs(sweep, p, 0) + 2 * i;
            response_fill_sets(&sweep->values[i], (uint32_t)p, pairs, pairs + 1, 2 * n,
                               sweep->info.replications, set_of(sweep));
        }
    }
    return sweep->values != NULL;
}

static bool estimate_point(struct tsim_sweep *sweep, size_t p, double t)
{
    const size_t          n = sweep->info.responses;
    struct tsim_estimate *estimates = ARENA_ARRAY(&sweep->arena, n, struct tsim_estimate);
    enum tsim_verdict    *verdicts = ARENA_ARRAY(&sweep->arena, n, enum tsim_verdict);
    if (!estimates || !verdicts)
        return false;
    struct tsim_sweep_point *point = &sweep->points[p];
    point->estimates = estimates;
    point->verdicts = verdicts;
    point->keeps_all = true;
    for (size_t i = 0; i < n; i++) {
        const struct tsim_response *about = &sweep->responses[i];
        const struct response      *values = &sweep->values[i];
        struct interval_estimate    estimate = { .defined = false };
        if (values->defined[p])
            estimate = interval_around(values->value[p], values->error[p], t);
        if (about->unit == TSIM_UNIT_SHARE)
            estimate = interval_clamp(estimate, 0, 1);
        estimates[i] = public_estimate(estimate);
        verdicts[i] = TSIM_UNKNOWN;
        if (!about->promise)
            continue;
        verdicts[i] = (enum tsim_verdict)verdict_of(&estimate, about->target, about->at_least);
        point->keeps_all &= estimate.defined && (about->at_least ? estimate.value >= about->target
                                                                 : estimate.value <= about->target);
    }
    return true;
}

/* ---- effects of a factorial design */

/* Levels of a range are its two ends. */
static uint32_t level_of(const struct tsim_factor *factor, double value)
{
    uint32_t level = 0;
    if (factor->n_levels == 0)
        return value > factor->low;
    while (level + 1 < factor->n_levels &&
           (factor->levels[level] < value || factor->levels[level] > value))
        level++;
    return level;
}

static struct factorial factorial_of(const struct tsim_sweep *sweep)
{
    return (struct factorial){ (uint32_t)sweep->info.factors, (uint32_t)sweep->info.points,
                               sweep->n_levels, sweep->level };
}

static bool find_levels(struct tsim_sweep *sweep)
{
    const size_t k = sweep->info.factors, n = sweep->info.points;
    sweep->n_levels = ARENA_ARRAY(&sweep->arena, k, uint32_t);
    sweep->level = ARENA_ARRAY(&sweep->arena, k * n, uint32_t);
    if (!sweep->n_levels || !sweep->level)
        return false;
    for (size_t f = 0; f < k; f++) {
        const struct tsim_factor *factor = &sweep->factors[f];
        sweep->n_levels[f] = factor->n_levels ? (uint32_t)factor->n_levels : 2;
        for (size_t p = 0; p < n; p++)
            sweep->level[p * k + f] = level_of(factor, sweep->points[p].values[f]);
    }
    return true;
}

static bool make_effects(struct tsim_sweep *sweep, double *weights)
{
    const size_t k = sweep->info.factors;
    if (sweep->info.design != TSIM_FACTORIAL)
        return true;
    sweep->n_effects = k + k * (k - 1) / 2;
    sweep->effects = ARENA_ARRAY(&sweep->arena, sweep->n_effects * sweep->info.responses,
                                 struct tsim_effect);
    if (!sweep->effects || !find_levels(sweep))
        return false;
    const struct factorial factorial = factorial_of(sweep);
    const double           t = student_joint(sweep, sweep->n_effects);
    struct tsim_effect    *to = sweep->effects;
    for (size_t i = 0; i < sweep->info.responses; i++) {
        for (uint32_t f = 0; f < k; f++) {
            const struct effect effect = effect_main(&factorial, &sweep->values[i], f, t, weights);
            *to++ = (struct tsim_effect){ f, f, public_estimate(effect.change), effect.share };
        }
        for (uint32_t f = 0; f < k; f++)
            for (uint32_t g = f + 1; g < k; g++) {
                const struct effect effect =
                    effect_of_two(&factorial, &sweep->values[i], f, g, t, weights);
                *to++ = (struct tsim_effect){ f, g, public_estimate(effect.change),
                                              effect.share };
            }
    }
    return true;
}

/* ---- one at a time */

/* The point at which only this factor differs from the base. */
static uint32_t point_with(const struct tsim_sweep *sweep, size_t factor, double value)
{
    double values[DESIGN_FACTORS_MOST];
    for (size_t f = 0; f < sweep->info.factors; f++)
        values[f] = sweep->factors[f].base;
    values[factor] = value;
    return design_find(&sweep->design, values);
}

static bool make_swings(struct tsim_sweep *sweep)
{
    const size_t   k = sweep->info.factors;
    const uint32_t base = (uint32_t)sweep->info.base;
    const double   t = student_joint(sweep, 2 * k);
    if (sweep->info.design != TSIM_ONE_AT_A_TIME)
        return true;
    sweep->swings = ARENA_ARRAY(&sweep->arena, k * sweep->info.responses, struct tsim_swing);
    for (size_t i = 0; sweep->swings && i < sweep->info.responses; i++)
        for (size_t f = 0; f < k; f++)
            for (int high = 0; high < 2; high++) {
                struct tsim_swing *swing = &sweep->swings[i * k + f];
                const uint32_t     end = point_with(sweep, f, high ? sweep->factors[f].high
                                                                   : sweep->factors[f].low);
                if (end != base && end < sweep->info.points)
                    *(high ? &swing->high : &swing->low) =
                        public_estimate(contrast_of_two(&sweep->values[i], end, base, t));
            }
    return sweep->swings != NULL;
}

/* The value tried next above the base, or else next below it; the base when there is none. */
static double neighbour(const struct tsim_factor *factor)
{
    const double *levels = factor->n_levels ? factor->levels
                                            : (const double[]){ factor->low, factor->high };
    double        up = HUGE_VAL, down = -HUGE_VAL;
    for (size_t i = 0; i < (factor->n_levels ? factor->n_levels : 2); i++) {
        if (levels[i] > factor->base)
            up = fmin(up, levels[i]);
        if (levels[i] < factor->base)
            down = fmax(down, levels[i]);
    }
    return up < HUGE_VAL ? up : down > -HUGE_VAL ? down : factor->base;
}

/* One at a time, one more is what was seen from the base to the next value, for one step. */
static void steps_of(struct tsim_sweep *sweep, size_t response, double *weights)
{
    const size_t   k = sweep->info.factors;
    const uint32_t base = (uint32_t)sweep->info.base;
    const double   t = student_joint(sweep, k);
    for (size_t f = 0; f < k; f++) {
        const double   next = neighbour(&sweep->factors[f]);
        const uint32_t point = point_with(sweep, f, next);
        if (point == base || point >= sweep->info.points)
            continue;
        memset(weights, 0, sweep->info.points * sizeof *weights);
        weights[point] = sweep->factors[f].step / (next - sweep->factors[f].base);
        weights[base] = -weights[point];
        sweep->slopes[response * k + f].change =
            public_estimate(contrast(&sweep->values[response], weights, t));
    }
}

/* ---- surfaces */

/* Points at which a response is defined: a design of their own. */
struct sample {
    double   *at, *values, *weights;
    uint32_t *point;
    uint32_t  n;
};

static void take_sample(const struct tsim_sweep *sweep, size_t response, struct sample *sample)
{
    const size_t k = sweep->info.factors;
    sample->n = 0;
    for (uint32_t p = 0; p < sweep->info.points; p++) {
        if (!sweep->values[response].defined[p])
            continue;
        memcpy(sample->at + sample->n * k, sweep->points[p].values, k * sizeof *sample->at);
        sample->values[sample->n] = sweep->values[response].value[p];
        sample->point[sample->n++] = p;
    }
}

/* The plane through the sample, or the curved surface where that predicts better. */
static bool fit_surface(const struct tsim_sweep *sweep, const struct sample *sample,
                        const double *middle, struct surface *surface, struct tsim_surface *about)
{
    const uint32_t k = (uint32_t)sweep->info.factors;
    struct surface curved = { .n_points = 0 };
    if (!surface_open(surface, SURFACE_LINEAR, sample->at, sample->n, k, middle))
        return false;
    const struct surface_fit fit = surface_fit(surface, sample->at, sample->values);
    *about = (struct tsim_surface){ false, fit.defined, fit.predicted_defined, fit.r2,
                                    fit.predicted };
    if (!surface_feasible(SURFACE_QUADRATIC, k, sample->n))
        return true;
    if (!surface_open(&curved, SURFACE_QUADRATIC, sample->at, sample->n, k, middle)) {
        surface_close(&curved);
        return false;
    }
    const struct surface_fit bent = surface_fit(&curved, sample->at, sample->values);
    if (bent.predicted_defined && bent.predicted > fit.predicted + curve_gain) {
        surface_close(surface);
        *surface = curved;
        *about = (struct tsim_surface){ true, true, true, bent.r2, bent.predicted };
    } else {
        surface_close(&curved);
    }
    return true;
}

static bool slopes_of(struct tsim_sweep *sweep, size_t response, struct sample *sample,
                      double *weights)
{
    const size_t   k = sweep->info.factors;
    const double   t = student_joint(sweep, k);
    struct surface surface = { .n_points = 0 };
    double         where[DESIGN_FACTORS_MOST];
    take_sample(sweep, response, sample);
    for (size_t f = 0; f < k; f++)
        where[f] = sweep->factors[f].low / 2 + sweep->factors[f].high / 2;
    if (!fit_surface(sweep, sample, where, &surface, &sweep->surfaces[response])) {
        surface_close(&surface);
        return false;
    }
    for (uint32_t f = 0; f < k; f++) {
        if (sample->n == 0 || !surface_slope(&surface, where, f, sample->weights))
            continue;
        memset(weights, 0, sweep->info.points * sizeof *weights);
        for (uint32_t i = 0; i < sample->n; i++)
            weights[sample->point[i]] = sample->weights[i] * sweep->factors[f].step;
        sweep->slopes[response * k + f].change =
            public_estimate(contrast(&sweep->values[response], weights, t));
    }
    surface_close(&surface);
    return true;
}

static bool make_slopes(struct tsim_sweep *sweep, double *weights)
{
    const size_t  n = sweep->info.points, k = sweep->info.factors;
    struct arena  arena;
    arena_open(&arena);
    struct sample sample = { .at = ARENA_ARRAY(&arena, n * k, double),
                             .values = ARENA_ARRAY(&arena, n, double),
                             .weights = ARENA_ARRAY(&arena, n, double),
                             .point = ARENA_ARRAY(&arena, n, uint32_t) };
    sweep->slopes = ARENA_ARRAY(&sweep->arena, k * sweep->info.responses, struct tsim_slope);
    sweep->surfaces = ARENA_ARRAY(&sweep->arena, sweep->info.responses, struct tsim_surface);
    bool good = !arena.failed && sweep->slopes && sweep->surfaces;
    for (size_t i = 0; good && i < sweep->info.responses; i++)
        if (sweep->info.design == TSIM_ONE_AT_A_TIME)
            steps_of(sweep, i, weights);
        else
            good = slopes_of(sweep, i, &sample, weights);
    arena_close(&arena);
    return good;
}

/* ---- fronts */

static bool make_fronts(struct tsim_sweep *sweep)
{
    const size_t        n = sweep->info.points;
    struct pareto_mark *marks = ARENA_ARRAY(&sweep->arena, n, struct pareto_mark);
    sweep->fronts = ARENA_ARRAY(&sweep->arena, sweep->info.responses, struct tsim_front_mark *);
    for (size_t i = 0; marks && sweep->fronts && i < sweep->info.responses; i++) {
        if (!sweep->responses[i].promise)
            continue;
        struct tsim_front_mark *to = ARENA_ARRAY(&sweep->arena, n, struct tsim_front_mark);
        sweep->fronts[i] = to;
        if (!to)
            return false;
        pareto_front(&sweep->values[sweep->info.cost], &sweep->values[i],
                     sweep->responses[i].at_least, sweep->info.confidence, marks);
        for (size_t p = 0; p < n; p++)
            to[p] = (struct tsim_front_mark){ marks[p].on, marks[p].sure };
    }
    return marks && sweep->fronts;
}

/* ---- the whole */

static void digest_sweep(struct tsim_sweep *sweep)
{
    const size_t  n = (size_t)sweep->info.replications * sweep->info.responses * 2;
    struct digest digest;
    digest_open(&digest);
    digest_integer(&digest, sweep->info.seed);
    digest_integer(&digest, sweep->info.points);
    digest_integer(&digest, sweep->info.replications);
    digest_integer(&digest, sweep->info.contacts);
    digest_integer(&digest, sweep->info.events);
    for (size_t p = 0; p < sweep->info.points; p++)
        digest_doubles(&digest, sweep->points[p].values, sweep->info.factors);
    for (size_t i = 0; i < sweep->info.responses; i++)
        digest_text(&digest, sweep->responses[i].name);
    for (size_t p = 0; p < sweep->info.points; p++)
        digest_doubles(&digest, sweep_pairs(sweep, p, 0), n);
    snprintf(sweep->digest, sizeof sweep->digest, "%016llx",
             (unsigned long long)digest_value(&digest));
}

bool sweep_conclude(struct tsim_sweep *sweep, struct tsim_problems *problems)
{
    double      *weights = calloc(sweep->info.points + 1, sizeof *weights);
    const double t = student(sweep, sweep->info.confidence);
    bool         good = weights && fill_values(sweep);
    for (size_t p = 0; good && p < sweep->info.points; p++)
        good = estimate_point(sweep, p, t);
    good = good && make_effects(sweep, weights) && make_swings(sweep) &&
           make_slopes(sweep, weights) && make_fronts(sweep);
    free(weights);
    digest_sweep(sweep);
    return good || problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

void tsim_sweep_free(struct tsim_sweep *sweep)
{
    if (!sweep)
        return;
    for (size_t p = 0; sweep->scenarios && p < sweep->info.points; p++)
        tsim_scenario_free(sweep->scenarios[p]);
    for (size_t i = 0; sweep->values && i < sweep->info.responses; i++)
        response_close(&sweep->values[i]);
    design_free(&sweep->design);
    free(sweep->xy);
    arena_close(&sweep->arena);
    free(sweep);
}

const struct tsim_sweep_info *tsim_sweep_info(const struct tsim_sweep *sweep)
{
    return &sweep->info;
}

const struct tsim_factor *tsim_sweep_factor(const struct tsim_sweep *sweep, size_t factor)
{
    return &sweep->factors[factor];
}

const struct tsim_response *tsim_sweep_response(const struct tsim_sweep *sweep, size_t response)
{
    return &sweep->responses[response];
}

const struct tsim_sweep_point *tsim_sweep_point(const struct tsim_sweep *sweep, size_t point)
{
    return &sweep->points[point];
}

const struct tsim_effect *tsim_sweep_effects(const struct tsim_sweep *sweep, size_t response,
                                             size_t *count)
{
    *count = sweep->n_effects;
    return sweep->effects ? sweep->effects + response * sweep->n_effects : NULL;
}

struct tsim_estimate tsim_sweep_level(const struct tsim_sweep *sweep, size_t response,
                                      size_t factor, size_t level)
{
    struct tsim_estimate estimate = { .defined = false };
    double              *weights = calloc(sweep->info.points, sizeof *weights);
    if (weights && sweep->effects) {
        const struct factorial factorial = factorial_of(sweep);
        estimate = public_estimate(effect_level(&factorial, &sweep->values[response],
                                                (uint32_t)factor, (uint32_t)level,
                                                student(sweep, sweep->info.confidence), weights));
    }
    free(weights);
    return estimate;
}

const struct tsim_swing *tsim_sweep_swings(const struct tsim_sweep *sweep, size_t response)
{
    return sweep->swings ? sweep->swings + response * sweep->info.factors : NULL;
}

const struct tsim_slope *tsim_sweep_slopes(const struct tsim_sweep *sweep, size_t response)
{
    return sweep->slopes + response * sweep->info.factors;
}

const struct tsim_surface *tsim_sweep_surface(const struct tsim_sweep *sweep, size_t response)
{
    return &sweep->surfaces[response];
}

const struct tsim_front_mark *tsim_sweep_front(const struct tsim_sweep *sweep, size_t response)
{
    return sweep->fronts[response];
}

double tsim_sweep_value(const struct tsim_sweep *sweep, size_t point, uint32_t replication,
                        size_t response, bool *defined)
{
    const double *pair = sweep_pairs(sweep, point, replication) + 2 * response;
    *defined = pair[1] < 0 || pair[1] > 0;
    return *defined ? pair[0] / pair[1] : 0;
}

const char *tsim_sweep_digest(const struct tsim_sweep *sweep)
{
    return sweep->digest;
}
