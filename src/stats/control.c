/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/control.h"

#include <math.h>
#include <stdlib.h>

/* A partial F of one degree of freedom is above this by chance once in 600 (many units); the
 * logarithm of the number of chances is added. */
#define F_LEAST 10.0

/* What is left of a column when the chosen ones are taken out: below this share of it, rounding. */
#define DEPENDENT 1e-10

/* A unit that makes its own fit would be left out with anything in its place. */
#define LEVERAGE_MOST 0.999

/* ---- the choice: columns lose their means, then what the chosen ones explain */

struct residuals {
    double *at;      /* [column * n + unit] */
    double *squares; /* [column] of the column less its mean */
    size_t  n, columns;
};

static double product(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static bool residuals_open(struct residuals *residuals, const struct control_table *table)
{
    const size_t n = table->n;
    *residuals = (struct residuals){ .n = n, .columns = table->columns };
    residuals->at = malloc(n * table->columns * sizeof(double));
    residuals->squares = malloc(table->columns * sizeof(double));
    if (!residuals->at || !residuals->squares)
        return false;
    for (size_t c = 0; c < table->columns; c++) {
        double *to = residuals->at + c * n;
        double  sum = 0, size = 0;
        for (size_t i = 0; i < n; i++)
            sum += to[i] = table->values[i * table->stride + c];
        for (size_t i = 0; i < n; i++) {
            size = fmax(size, fabs(to[i]));
            to[i] -= sum / (double)n;
        }
        residuals->squares[c] = product(to, to, n);
        if (!(residuals->squares[c] > DEPENDENT * size * size))
            residuals->squares[c] = 0; /* the same in every unit */
    }
    return true;
}

static void residuals_close(struct residuals *residuals)
{
    free(residuals->at);
    free(residuals->squares);
}

/* The share of what is left of column c that `by` explains; 0 when nothing is left. */
static double explained(const struct residuals *residuals, size_t c, const double *by,
                        double by_squares)
{
    const double *column = residuals->at + c * residuals->n;
    const double  left = product(column, column, residuals->n);
    if (!(left > DEPENDENT * residuals->squares[c]))
        return 0;
    const double cross = product(column, by, residuals->n);
    return fmin(cross * cross / by_squares / left, 1 - 1e-12);
}

static void take_out(struct residuals *residuals, const double *by, double by_squares)
{
    for (size_t c = 0; c < residuals->columns; c++) {
        double *column = residuals->at + c * residuals->n;
        if (column == by)
            continue;
        const double slope = product(column, by, residuals->n) / by_squares;
        for (size_t i = 0; i < residuals->n; i++)
            column[i] -= slope * by[i];
    }
}

/* How much control c, given q others, would lower the residual variances: the mean of the
 * logarithms. 0 when it should not be taken. */
static double gain_of(const struct residuals *controls, const struct residuals *responses, size_t c,
                      size_t q)
{
    const double *column = controls->at + c * controls->n;
    const double  left = product(column, column, controls->n);
    const double  degrees = (double)(controls->n - q) - 2;
    const double  chances = (double)(controls->columns * responses->columns);
    double        gain = 0, largest = 0;
    size_t        counted = 0;
    if (!(controls->squares[c] > 0) || !(left > DEPENDENT * controls->squares[c]))
        return 0;
    for (size_t r = 0; r < responses->columns; r++) {
        if (!(responses->squares[r] > 0))
            continue;
        const double share = explained(responses, r, column, left);
        gain -= log1p(-share);
        largest = fmax(largest, share / (1 - share) * degrees);
        counted++;
    }
    const double cost = log(degrees / (degrees - 1));
    return counted && largest > F_LEAST + 2 * log(chances) && gain > cost * (double)counted
               ? gain / (double)counted : 0;
}

size_t control_choose(const struct control_table *controls, const struct control_table *responses,
                      size_t chosen[CONTROLS_MOST])
{
    struct residuals left = { 0 }, of = { 0 };
    const size_t     n = controls->n;
    size_t           q = 0;
    if (n < CONTROL_UNITS_LEAST || controls->columns == 0 || responses->columns == 0)
        return 0;
    const size_t most = n / 10 - 1 < CONTROLS_MOST ? n / 10 - 1 : CONTROLS_MOST;
    if (residuals_open(&left, controls) && residuals_open(&of, responses))
        while (q < most) {
            size_t best = 0;
            double gain = 0;
            for (size_t c = 0; c < left.columns; c++) {
                const double own = gain_of(&left, &of, c, q);
                if (own > gain) {
                    gain = own;
                    best = c;
                }
            }
            if (!(gain > 0))
                break;
            double      *by = left.at + best * n;
            const double squares = product(by, by, n);
            take_out(&of, by, squares);
            take_out(&left, by, squares);
            left.squares[best] = 0; /* not again */
            chosen[q++] = best;
        }
    residuals_close(&left);
    residuals_close(&of);
    return q;
}

/* ---- the fit: an orthonormal basis of the controls and the constant, the constant last, by
 * Householder's Q R. The intercept is then a weighted mean of the responses. */

struct control_fit {
    size_t  n, q;
    double *basis;    /* [column * n + unit], q + 1 columns                              */
    double *weights;  /* [unit] of the intercept: the last column over R's last number   */
    double *leverage; /* [unit] how much of its own fit a unit makes: the sum of squares */
    double *residual; /* [unit] room for a response's                                    */
    double  numbers[];
};

void control_fit_free(struct control_fit *fit)
{
    free(fit);
}

/* Fills the transposed design: controls in units of their size, then 1. */
static void fill_design(struct control_fit *fit, const struct control_table *controls,
                        const size_t *chosen)
{
    for (size_t k = 0; k < fit->q; k++) {
        double *column = fit->basis + k * fit->n;
        for (size_t i = 0; i < fit->n; i++)
            column[i] = controls->values[i * controls->stride + chosen[k]];
        const double squares = product(column, column, fit->n);
        const double size = squares > 0 ? sqrt(squares / (double)fit->n) : 1;
        for (size_t i = 0; i < fit->n; i++)
            column[i] /= size;
    }
    for (size_t i = 0; i < fit->n; i++)
        fit->basis[fit->q * fit->n + i] = 1;
}

/* Makes the columns orthonormal by Gram and Schmidt's method, twice, which is enough (L. Giraud et
 * al., Numerische Mathematik 101, 2005). False when one is made up of those before it. */
static bool make_basis(struct control_fit *fit, double *last)
{
    for (size_t k = 0; k <= fit->q; k++) {
        double      *column = fit->basis + k * fit->n;
        const double before = product(column, column, fit->n);
        for (int pass = 0; pass < 2; pass++)
            for (size_t j = 0; j < k; j++) {
                const double *other = fit->basis + j * fit->n;
                const double  along = product(column, other, fit->n);
                for (size_t i = 0; i < fit->n; i++)
                    column[i] -= along * other[i];
            }
        const double left = product(column, column, fit->n);
        if (!(left > DEPENDENT * before))
            return false;
        *last = sqrt(left);
        for (size_t i = 0; i < fit->n; i++)
            column[i] /= *last;
    }
    return true;
}

struct control_fit *control_fit_new(const struct control_table *controls, const size_t *chosen,
                                    size_t q)
{
    const size_t n = controls->n;
    double       last;
    if (q == 0 || n < q + 3)
        return NULL;
    struct control_fit *fit = malloc(sizeof *fit + n * (q + 4) * sizeof(double));
    if (!fit)
        return NULL;
    *fit = (struct control_fit){ .n = n, .q = q, .basis = fit->numbers,
                                 .weights = fit->numbers + n * (q + 1),
                                 .leverage = fit->numbers + n * (q + 2),
                                 .residual = fit->numbers + n * (q + 3) };
    fill_design(fit, controls, chosen);
    if (!make_basis(fit, &last)) {
        free(fit);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        fit->weights[i] = fit->basis[q * n + i] / last;
        fit->leverage[i] = 0;
        for (size_t k = 0; k <= q; k++)
            fit->leverage[i] += fit->basis[k * n + i] * fit->basis[k * n + i];
        fit->leverage[i] = fmin(fit->leverage[i], LEVERAGE_MOST);
    }
    return fit;
}

size_t control_fit_degrees(const struct control_fit *fit)
{
    return fit->n - 1 - fit->q;
}

void control_fit_mean(struct control_fit *fit, const double *y, size_t stride, double *mean,
                      double *std_error)
{
    const double n = (double)fit->n;
    double       intercept = 0, shifts = 0, squares = 0;
    for (size_t i = 0; i < fit->n; i++) {
        fit->residual[i] = y[i * stride];
        intercept += fit->weights[i] * y[i * stride];
    }
    for (size_t k = 0; k <= fit->q; k++) {
        const double *column = fit->basis + k * fit->n;
        const double  along = product(fit->residual, column, fit->n);
        for (size_t i = 0; i < fit->n; i++)
            fit->residual[i] -= along * column[i];
    }
    /* Without unit i the intercept is smaller by the shift. */
    for (size_t i = 0; i < fit->n; i++)
        shifts += fit->weights[i] * fit->residual[i] / (1 - fit->leverage[i]);
    for (size_t i = 0; i < fit->n; i++) {
        const double shift = fit->weights[i] * fit->residual[i] / (1 - fit->leverage[i]);
        squares += (shift - shifts / n) * (shift - shifts / n);
    }
    *mean = intercept + (n - 1) / n * shifts;
    *std_error = sqrt((n - 1) / n * squares);
}
