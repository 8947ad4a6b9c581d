/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/effects.h"

#include <math.h>

static uint32_t level_of(const struct factorial *factorial, uint32_t point, uint32_t factor)
{
    return factorial->level[(size_t)point * factorial->n_factors + factor];
}

/* -1 at the first level, 1 at the last, 0 between; 0 for a factor of one level. */
static double side(const struct factorial *factorial, uint32_t point, uint32_t factor)
{
    const uint32_t last = factorial->n_levels[factor] - 1;
    const uint32_t level = level_of(factorial, point, factor);
    return last == 0 ? 0 : level == 0 ? -1 : level == last ? 1 : 0;
}

static bool all_defined(const struct response *response)
{
    for (uint32_t p = 0; p < response->n_points; p++)
        if (!response->defined[p])
            return false;
    return true;
}

static double mean_where(const struct factorial *factorial, const struct response *response,
                         const uint32_t *factors, const uint32_t *levels, uint32_t n)
{
    double   sum = 0;
    uint32_t points = 0;
    for (uint32_t p = 0; p < factorial->n_points; p++) {
        bool there = true;
        for (uint32_t i = 0; i < n; i++)
            there &= level_of(factorial, p, factors[i]) == levels[i];
        sum += there ? response->value[p] : 0;
        points += there;
    }
    return points ? sum / points : 0;
}

/* Sum of squares of the points around their mean. */
static double total_squares(const struct factorial *factorial, const struct response *response)
{
    const double mean = mean_where(factorial, response, NULL, NULL, 0);
    double       sum = 0, size = 0;
    for (uint32_t p = 0; p < factorial->n_points; p++) {
        sum += (response->value[p] - mean) * (response->value[p] - mean);
        size += response->value[p] * response->value[p];
    }
    return sum > 1e-24 * size ? sum : 0; /* less is rounding */
}

static double share_of(const struct factorial *factorial, const struct response *response,
                       double squares)
{
    const double total = total_squares(factorial, response);
    return total > 0 ? fmin(fmax(squares / total, 0), 1) : 0;
}

struct effect effect_main(const struct factorial *factorial, const struct response *response,
                          uint32_t factor, double t, double *weights)
{
    const uint32_t n = factorial->n_points, levels = factorial->n_levels[factor];
    const double   each = (double)levels / n; /* one over the points at a level */
    struct effect  effect = { .share = 0 };
    for (uint32_t p = 0; p < n; p++)
        weights[p] = side(factorial, p, factor) * each;
    effect.change = contrast(response, weights, t);
    if (!all_defined(response))
        return effect;
    const double mean = mean_where(factorial, response, NULL, NULL, 0);
    double       squares = 0;
    for (uint32_t level = 0; level < levels; level++) {
        const double there = mean_where(factorial, response, &factor, &level, 1) - mean;
        squares += there * there / each;
    }
    effect.share = share_of(factorial, response, squares);
    return effect;
}

struct effect effect_of_two(const struct factorial *factorial, const struct response *response,
                            uint32_t first, uint32_t second, double t, double *weights)
{
    const uint32_t n = factorial->n_points, factors[] = { first, second };
    const uint32_t rows = factorial->n_levels[first], columns = factorial->n_levels[second];
    const double   each = (double)rows * columns / n;
    struct effect  effect = { .share = 0 };
    for (uint32_t p = 0; p < n; p++)
        weights[p] = side(factorial, p, first) * side(factorial, p, second) * each / 2;
    effect.change = contrast(response, weights, t);
    if (!all_defined(response))
        return effect;
    const double mean = mean_where(factorial, response, NULL, NULL, 0);
    double       squares = 0;
    for (uint32_t row = 0; row < rows; row++) {
        const double of_row = mean_where(factorial, response, &first, &row, 1);
        for (uint32_t column = 0; column < columns; column++) {
            const double of_column = mean_where(factorial, response, &second, &column, 1);
            const double there = mean_where(factorial, response, factors,
                                            (uint32_t[]){ row, column }, 2);
            const double left = there - of_row - of_column + mean;
            squares += left * left / each;
        }
    }
    effect.share = share_of(factorial, response, squares);
    return effect;
}

struct interval_estimate effect_level(const struct factorial *factorial,
                                      const struct response *response, uint32_t factor,
                                      uint32_t level, double t, double *weights)
{
    for (uint32_t p = 0; p < factorial->n_points; p++)
        weights[p] = level_of(factorial, p, factor) == level
                         ? (double)factorial->n_levels[factor] / factorial->n_points : 0;
    return contrast(response, weights, t);
}
