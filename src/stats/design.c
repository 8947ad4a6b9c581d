/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/design.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Ends of a range as levels. */
static uint32_t levels_of(const struct design_factor *factor)
{
    if (factor->n_levels)
        return factor->n_levels;
    return factor->high > factor->low ? 2 : 1;
}

static double level_at(const struct design_factor *factor, uint32_t level)
{
    if (factor->n_levels)
        return factor->levels[level];
    return level == 0 ? factor->low : factor->high;
}

/* The value of a factor at a place of [0, 1): equal parts of it for equal levels. */
static double value_at(const struct design_factor *factor, double place)
{
    if (factor->n_levels) {
        const uint32_t level = (uint32_t)(place * factor->n_levels);
        return factor->levels[level < factor->n_levels ? level : factor->n_levels - 1];
    }
    if (!factor->whole)
        return factor->low + place * (factor->high - factor->low);
    const double low = ceil(factor->low), high = floor(factor->high);
    return fmin(low + floor(place * (high - low + 1)), high);
}

static enum design_status open_points(struct design *design, uint32_t n_factors, double n_points)
{
    *design = (struct design){ .n_factors = n_factors };
    if (n_factors > DESIGN_FACTORS_MOST)
        return DESIGN_TOO_MANY_FACTORS;
    if (n_points > DESIGN_POINTS_MOST)
        return DESIGN_TOO_MANY_POINTS;
    design->at = calloc((size_t)n_points * n_factors + 1, sizeof *design->at);
    design->n_points = (uint32_t)n_points;
    return design->at ? DESIGN_OK : DESIGN_NO_MEMORY;
}

void design_free(struct design *design)
{
    free(design->at);
    *design = (struct design){ .at = NULL };
}

static double *point_at(struct design *design, uint32_t point)
{
    return design->at + (size_t)point * design->n_factors;
}

/* ---- duplicates: order by value, keep the first of equals */

/* A point and where it stands. */
struct standing {
    const double *at;
    uint32_t      n_factors, number;
};

static int compare(const void *a, const void *b)
{
    const struct standing *x = a, *y = b;
    for (uint32_t f = 0; f < x->n_factors; f++)
        if (x->at[f] < y->at[f] || x->at[f] > y->at[f])
            return x->at[f] < y->at[f] ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static bool same_point(const double *a, const double *b, uint32_t n)
{
    for (uint32_t f = 0; f < n; f++)
        if (a[f] < b[f] || a[f] > b[f])
            return false;
    return true;
}

static enum design_status drop_duplicates(struct design *design)
{
    const uint32_t   n = design->n_points, k = design->n_factors;
    struct standing *order = malloc((n + (size_t)1) * sizeof *order);
    bool            *again = calloc(n + (size_t)1, sizeof *again);
    if (!order || !again) {
        free(order);
        free(again);
        design_free(design);
        return DESIGN_NO_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++)
        order[i] = (struct standing){ design_point(design, i), k, i };
    qsort(order, n, sizeof *order, compare);
    for (uint32_t i = 1; i < n; i++)
        again[order[i].number] = same_point(order[i].at, order[i - 1].at, k);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!again[i])
            memmove(point_at(design, kept++), design_point(design, i), k * sizeof *design->at);
    design->n_points = kept;
    free(order);
    free(again);
    return DESIGN_OK;
}

uint32_t design_find(const struct design *design, const double *values)
{
    uint32_t point = 0;
    while (point < design->n_points &&
           !same_point(design_point(design, point), values, design->n_factors))
        point++;
    return point;
}

/* ---- the designs */

enum design_status design_factorial(struct design *design, const struct design_factor *factors,
                                    uint32_t n_factors)
{
    double n = 1;
    for (uint32_t f = 0; f < n_factors; f++)
        n *= levels_of(&factors[f]);
    const enum design_status status = open_points(design, n_factors, n);
    for (uint32_t i = 0; status == DESIGN_OK && i < design->n_points; i++) {
        uint32_t rest = i;
        for (uint32_t f = n_factors; f-- > 0;) {
            point_at(design, i)[f] = level_at(&factors[f], rest % levels_of(&factors[f]));
            rest /= levels_of(&factors[f]);
        }
    }
    return status == DESIGN_OK ? drop_duplicates(design) : status;
}

enum design_status design_one_at_a_time(struct design *design, const struct design_factor *factors,
                                        uint32_t n_factors)
{
    double n = 1;
    for (uint32_t f = 0; f < n_factors; f++)
        n += levels_of(&factors[f]);
    const enum design_status status = open_points(design, n_factors, n);
    if (status != DESIGN_OK)
        return status;
    for (uint32_t i = 0; i < design->n_points; i++)
        for (uint32_t f = 0; f < n_factors; f++)
            point_at(design, i)[f] = factors[f].base;
    uint32_t point = 1;
    for (uint32_t f = 0; f < n_factors; f++)
        for (uint32_t level = 0; level < levels_of(&factors[f]); level++)
            point_at(design, point++)[f] = level_at(&factors[f], level);
    return drop_duplicates(design);
}

enum design_status design_latin_hypercube(struct design *design,
                                          const struct design_factor *factors, uint32_t n_factors,
                                          uint32_t n_points, const struct design_random *random)
{
    enum design_status status = open_points(design, n_factors, n_points);
    uint32_t          *stratum = malloc((n_points + (size_t)1) * sizeof *stratum);
    if (status == DESIGN_OK && !stratum) {
        design_free(design);
        status = DESIGN_NO_MEMORY;
    }
    for (uint32_t f = 0; status == DESIGN_OK && f < n_factors; f++) {
        for (uint32_t i = 0; i < n_points; i++)
            stratum[i] = i;
        for (uint32_t i = n_points; i > 1; i--) { /* Fisher and Yates */
            const uint32_t j = (uint32_t)(random->next(random->state) * i) % i;
            const uint32_t swap = stratum[i - 1];
            stratum[i - 1] = stratum[j];
            stratum[j] = swap;
        }
        for (uint32_t i = 0; i < n_points; i++)
            point_at(design, i)[f] = value_at(
                &factors[f], (stratum[i] + random->next(random->state)) / n_points);
    }
    free(stratum);
    return status == DESIGN_OK ? drop_duplicates(design) : status;
}

enum design_status design_sobol(struct design *design, const struct design_factor *factors,
                                uint32_t n_factors, uint32_t n_points)
{
    enum design_status status = open_points(design, n_factors, n_points);
    if (status != DESIGN_OK || n_factors == 0)
        return status == DESIGN_OK ? drop_duplicates(design) : status;
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, n_factors);
    if (!sequence) {
        design_free(design);
        return DESIGN_NO_MEMORY;
    }
    for (uint32_t i = 0; i < n_points; i++) {
        double place[DESIGN_FACTORS_MOST];
        gsl_qrng_get(sequence, place);
        for (uint32_t f = 0; f < n_factors; f++)
            point_at(design, i)[f] = value_at(&factors[f], place[f]);
    }
    gsl_qrng_free(sequence);
    return drop_duplicates(design);
}
