/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/surface.h"

#include <float.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

enum { TERMS_MOST = 1000 };

static const double work_most = 4e9; /* multiplications: some seconds */
static const double room_most = 2e7; /* numbers */

uint32_t surface_terms(enum surface_kind kind, uint32_t n_factors)
{
    const uint32_t squares = kind == SURFACE_QUADRATIC ? n_factors * (n_factors + 1) / 2 : 0;
    return 1 + n_factors + squares;
}

bool surface_feasible(enum surface_kind kind, uint32_t n_factors, uint32_t n_points)
{
    const double terms = surface_terms(kind, n_factors);
    return terms <= TERMS_MOST && terms * n_points <= room_most &&
           terms * terms * n_points <= work_most;
}

static double coded(const struct surface *surface, const double *where, uint32_t factor)
{
    return (where[factor] - surface->middle[factor]) / surface->half[factor];
}

/* The terms at a place: 1, each factor, then products of a factor with itself and later ones. */
static void terms_at(const struct surface *surface, const double *where, double *terms)
{
    const uint32_t k = surface->n_factors;
    uint32_t       n = 0;
    terms[n++] = 1;
    for (uint32_t f = 0; f < k; f++)
        terms[n++] = coded(surface, where, f);
    for (uint32_t f = 0; f < k && surface->kind == SURFACE_QUADRATIC; f++)
        for (uint32_t g = f; g < k; g++)
            terms[n++] = terms[1 + f] * terms[1 + g];
}

/* Their slopes along a factor, for one unit of it. */
static void slopes_at(const struct surface *surface, const double *where, uint32_t factor,
                      double *terms)
{
    const uint32_t k = surface->n_factors;
    const double   unit = 1 / surface->half[factor];
    uint32_t       n = 0;
    terms[n++] = 0;
    for (uint32_t f = 0; f < k; f++)
        terms[n++] = f == factor ? unit : 0;
    for (uint32_t f = 0; f < k && surface->kind == SURFACE_QUADRATIC; f++)
        for (uint32_t g = f; g < k; g++)
            terms[n++] = (f == factor ? unit * coded(surface, where, g) : 0) +
                         (g == factor ? unit * coded(surface, where, f) : 0);
}

static void measure_ranges(struct surface *surface, const double *at)
{
    for (uint32_t f = 0; f < surface->n_factors; f++) {
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (uint32_t p = 0; p < surface->n_points; p++) {
            low = fmin(low, at[(size_t)p * surface->n_factors + f]);
            high = fmax(high, at[(size_t)p * surface->n_factors + f]);
        }
        surface->middle[f] = surface->n_points ? low / 2 + high / 2 : 0;
        surface->half[f] = high > low ? high / 2 - low / 2 : 1;
    }
}

/* From U, s, V of the design to what is kept of it. */
static void keep(struct surface *surface, const gsl_matrix *u, const gsl_vector *s,
                 const gsl_matrix *v)
{
    const uint32_t m = surface->n_terms, n = surface->n_points;
    const double   least = gsl_vector_get(s, 0) * DBL_EPSILON * (n > m ? n : m);
    for (uint32_t j = 0; j < m; j++) {
        const double size = gsl_vector_get(s, j);
        if (!(size > least))
            break; /* they are in falling order */
        surface->rank++;
        for (uint32_t p = 0; p < n; p++)
            surface->lever[p] += gsl_matrix_get(u, p, j) * gsl_matrix_get(u, p, j);
        for (uint32_t a = 0; a < m; a++) {
            const double of_a = gsl_matrix_get(v, a, j);
            for (uint32_t p = 0; p < n; p++)
                surface->solve[(size_t)a * n + p] += of_a / size * gsl_matrix_get(u, p, j);
            for (uint32_t b = 0; b < m; b++)
                surface->span[(size_t)a * m + b] += of_a * gsl_matrix_get(v, b, j);
        }
    }
}

/* Memory is ours: GSL's own allocation aborts when there is none. */
static bool decompose(struct surface *surface, const double *at)
{
    const size_t m = surface->n_terms, n = surface->n_points;
    const size_t rows = n > m ? n : m; /* GSL wants no fewer rows than columns: some are empty */
    double      *memory = calloc(rows * m + m * m + 2 * m, sizeof *memory);
    if (!memory)
        return false;
    gsl_matrix_view u = gsl_matrix_view_array(memory, rows, m);
    gsl_matrix_view v = gsl_matrix_view_array(memory + rows * m, m, m);
    gsl_vector_view s = gsl_vector_view_array(memory + rows * m + m * m, m);
    gsl_vector_view work = gsl_vector_view_array(memory + rows * m + m * m + m, m);
    for (size_t p = 0; p < n; p++)
        terms_at(surface, at + p * surface->n_factors, memory + p * m);
    gsl_linalg_SV_decomp(&u.matrix, &v.matrix, &s.vector, &work.vector);
    keep(surface, &u.matrix, &s.vector, &v.matrix);
    free(memory);
    return true;
}

bool surface_open(struct surface *surface, enum surface_kind kind, const double *at,
                  uint32_t n_points, uint32_t n_factors, const double *middle)
{
    const uint32_t m = surface_terms(kind, n_factors);
    *surface = (struct surface){ .kind = kind, .n_factors = n_factors, .n_points = n_points,
                                 .n_terms = m };
    if (!surface_feasible(kind, n_factors, n_points))
        return false;
    surface->middle = calloc(n_factors + (size_t)1, sizeof(double));
    surface->half = calloc(n_factors + (size_t)1, sizeof(double));
    surface->solve = calloc((size_t)m * n_points + 1, sizeof(double));
    surface->span = calloc((size_t)m * m, sizeof(double));
    surface->lever = calloc(n_points + (size_t)1, sizeof(double));
    if (!surface->middle || !surface->half || !surface->solve || !surface->span ||
        !surface->lever)
        return false;
    measure_ranges(surface, at);
    for (uint32_t f = 0; middle && f < n_factors; f++)
        surface->middle[f] = middle[f];
    return n_points == 0 || decompose(surface, at);
}

void surface_close(struct surface *surface)
{
    free(surface->middle);
    free(surface->half);
    free(surface->solve);
    free(surface->span);
    free(surface->lever);
    *surface = (struct surface){ .middle = NULL };
}

/* Weights of the points in a sum of coefficients; false when part of it is not determined. */
static bool weigh(const struct surface *surface, const double *terms, double *weights)
{
    const uint32_t m = surface->n_terms, n = surface->n_points;
    double         size = 0, outside = 0;
    for (uint32_t a = 0; a < m; a++) {
        double inside = 0;
        for (uint32_t b = 0; b < m; b++)
            inside += surface->span[(size_t)a * m + b] * terms[b];
        outside = fmax(outside, fabs(terms[a] - inside));
        size = fmax(size, fabs(terms[a]));
    }
    for (uint32_t p = 0; p < n; p++) {
        weights[p] = 0;
        for (uint32_t a = 0; a < m; a++)
            weights[p] += surface->solve[(size_t)a * n + p] * terms[a];
    }
    return outside <= 1e-8 * size;
}

bool surface_value(const struct surface *surface, const double *where, double *weights)
{
    double terms[TERMS_MOST];
    terms_at(surface, where, terms);
    return weigh(surface, terms, weights);
}

bool surface_slope(const struct surface *surface, const double *where, uint32_t factor,
                   double *weights)
{
    double terms[TERMS_MOST];
    slopes_at(surface, where, factor, terms);
    return weigh(surface, terms, weights);
}

struct surface_fit surface_fit(const struct surface *surface, const double *at,
                               const double *values)
{
    const uint32_t     n = surface->n_points, m = surface->n_terms;
    struct surface_fit fit = { .predicted_defined = n > 1 };
    double             mean = 0, total = 0, left = 0, press = 0, size = 0;
    double             coefficient[TERMS_MOST], terms[TERMS_MOST];
    for (uint32_t p = 0; p < n; p++)
        mean += values[p] / n;
    for (uint32_t a = 0; a < m; a++) {
        coefficient[a] = 0;
        for (uint32_t p = 0; p < n; p++)
            coefficient[a] += surface->solve[(size_t)a * n + p] * values[p];
    }
    for (uint32_t p = 0; p < n; p++) {
        double residual = values[p];
        terms_at(surface, at + (size_t)p * surface->n_factors, terms);
        for (uint32_t a = 0; a < m; a++)
            residual -= terms[a] * coefficient[a];
        const double alone = 1 - surface->lever[p];
        fit.predicted_defined &= alone > 1e-8;
        press += fit.predicted_defined ? residual * residual / (alone * alone) : 0;
        left += residual * residual;
        total += (values[p] - mean) * (values[p] - mean);
        size += values[p] * values[p];
    }
    fit.defined = total > 1e-24 * size;
    fit.predicted_defined &= fit.defined;
    fit.r2 = fit.defined ? fmax(1 - left / total, 0) : 0;
    /* The mean, too, is predicted from the other points. */
    const double others = n > 1 ? (double)n / (n - 1) : 1;
    fit.predicted = fit.predicted_defined ? 1 - press / (total * others * others) : 0;
    return fit;
}
