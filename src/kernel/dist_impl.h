/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernel/dist_impl.h - what the kinds of distribution share; private to the kernel.
 *
 * A kind's parameters come in one or more *forms* ("mean" and "cv", or "shape" and "scale"), of
 * which exactly one must be written. A parameter that is not written stays 0 in the given struct;
 * dist_form looks at the document itself, so that 0 can also be a legal value.
 */
#ifndef KERNEL_DIST_IMPL_H
#define KERNEL_DIST_IMPL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/param.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "kernel/exact.h"
#include "kernel/rng.h"

#define DIST_MOST      LIMIT_DURATION_S /* of means and bounds, in any quantity              */
#define DIST_CV_MOST   100.0
#define DIST_SHAPE_LOW 1e-3
#define DIST_SHAPE_TOP 1e6
#define DIST_KEYS      3                /* most keys of one form                             */

struct dist_form {
    const char *keys[DIST_KEYS]; /* unused ones NULL */
};

/* Which of the forms is written at `at`: its index. When none is complete, or keys of different
 * forms are mixed, reports it with all the forms and returns -1. */
int dist_form(struct reader *reader, const struct json *at, const struct dist_form *forms,
              size_t n);

/* Whether the member was written. */
bool dist_written(const struct json *at, const char *key);

/* The draw of a kind that has a quantile: one number. */
double dist_draw_inverse(const struct dist *dist, struct rng *rng);

/* Makes the n parts of a compound distribution; NULL after a problem or when memory is out. */
struct dist *dist_parts(struct reader *reader, uint32_t n);

/* Turns shares into a cumulative table whose last entry is exactly 1. The shares must add up to 1
 * within 1e-6; otherwise it is a problem of the member `key`. NULL then. */
double *dist_cumulate(struct reader *reader, const struct json *at, const char *key,
                      const struct numbers *shares);

/* Index of the first of n cumulative shares above u, for 0 <= u < 1. */
uint32_t dist_search(const double *cumulative, uint32_t n, double u);

/* ---- variates and functions shared by several kinds */

/* Gamma with scale 1 (kernel/dist/gamma.c), and its logarithm, which small shapes need because
 * the value itself underflows. */
double dist_gamma_unit(double shape, struct rng *rng);
double dist_gamma_unit_log(double shape, struct rng *rng);

/* A Poisson count (kernel/dist/poisson.c); any mean from 0. */
double dist_poisson_count(double mean, struct rng *rng);

/* x log(x / m) + m - x, and log(n!) minus Stirling's formula, without cancellation (Loader 2000,
 * kernel/dist_special.c). */
double dist_deviance(double x, double m);
double dist_stirling_error(double n);

/* Regularised incomplete gamma P(shape, x) and beta I_x(a, b), for checks and reports. */
double dist_gamma_cdf(double shape, double x);
double dist_beta_cdf(double a, double b, double x);

/* Values with shares (kernel/dist/discrete.c): sorted into dist->table as n values and n
 * cumulative shares. `shares` may be empty: all alike. The functions are the kind's own. */
bool   dist_table_make(struct reader *reader, const struct json *at, const struct numbers *values,
                       const struct numbers *shares, struct dist *dist);
double dist_table_quantile(const struct dist *dist, double u);
double dist_table_mean(const struct dist *dist);
double dist_table_variance(const struct dist *dist);
double dist_table_cdf(const struct dist *dist, double x);

/* ---- parameter rows that several kinds have; `given_` is the given struct */

#define DIST_ROW_MEAN(given_)                                                                  \
    { .key = "mean", .type = PARAM_QUANTITY, .offset = offsetof(given_, mean), .low = 0.0,     \
      .high = DIST_MOST, .flags = PARAM_POSITIVE, .doc = "Mean.", .example = "\"8 min\"" }
#define DIST_ROW_QUANTITY(given_, field, flags_, doc_, example_)                               \
    { .key = #field, .type = PARAM_QUANTITY, .offset = offsetof(given_, field), .low = 0.0,    \
      .high = DIST_MOST, .flags = (flags_), .doc = (doc_), .example = (example_) }
#define DIST_ROW_CV(given_)                                                                    \
    { .key = "cv", .type = PARAM_NUMBER, .offset = offsetof(given_, cv), .low = 0.0,           \
      .high = DIST_CV_MOST, .doc = "Coefficient of variation: standard deviation / mean.",     \
      .example = "0.9" }
#define DIST_ROW_SHAPE(given_, key_, field, doc_)                                              \
    { .key = (key_), .type = PARAM_NUMBER, .offset = offsetof(given_, field),                  \
      .low = DIST_SHAPE_LOW, .high = DIST_SHAPE_TOP, .doc = (doc_), .example = "2" }
#define DIST_ROW_SCALE(given_)                                                                 \
    { .key = "scale", .type = PARAM_QUANTITY, .offset = offsetof(given_, scale), .low = 0.0,   \
      .high = DIST_MOST, .flags = PARAM_POSITIVE, .doc = "Scale: stretches the distribution.", \
      .example = "\"4 min\"" }

/* ---- the kinds */

struct dist_constant_given { /* also made by the family's shorthand */
    double value;
};

extern const struct dist_kind dist_kind_constant;
extern const struct dist_kind dist_kind_uniform;
extern const struct dist_kind dist_kind_triangular;
extern const struct dist_kind dist_kind_exponential;
extern const struct dist_kind dist_kind_erlang;
extern const struct dist_kind dist_kind_gamma;
extern const struct dist_kind dist_kind_lognormal;
extern const struct dist_kind dist_kind_weibull;
extern const struct dist_kind dist_kind_hyperexponential;
extern const struct dist_kind dist_kind_log_logistic;
extern const struct dist_kind dist_kind_pareto;
extern const struct dist_kind dist_kind_beta;
extern const struct dist_kind dist_kind_truncated;
extern const struct dist_kind dist_kind_shifted;
extern const struct dist_kind dist_kind_mixture;
extern const struct dist_kind dist_kind_empirical;
extern const struct dist_kind dist_kind_poisson;
extern const struct dist_kind dist_kind_negative_binomial;
extern const struct dist_kind dist_kind_binomial;
extern const struct dist_kind dist_kind_geometric;
extern const struct dist_kind dist_kind_discrete;

#endif
