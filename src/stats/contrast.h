/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/contrast.h - differences between points that met the same customers.
 *
 * A response is a ratio of means X / Y (or, with Y = 1, a mean) at each of several points, known
 * from replications that are paired across points by common random numbers. To compare points the
 * ratio is made linear around its value: replication r at point p contributes
 *
 *     v[p][r] = R[p] + (x[p][r] - R[p] y[p][r]) / mean(y[p]),     R[p] = sum x[p] / sum y[p]
 *
 * so that the mean of v[p] is R[p] exactly and its variance is that of the delta method
 * (stats/interval.h). Whatever is a sum of points with weights - a difference, an effect, a slope,
 * a prediction - is then a mean over replications of the same sum of v, and has its Student
 * interval; what the points have in common cancels inside each replication, before anything is
 * averaged (A. M. Law, Simulation Modeling and Analysis, 5th ed., 10.2 and 12).
 */
#ifndef STATS_CONTRAST_H
#define STATS_CONTRAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/interval.h"

/* Zeroed before response_open. */
struct response {
    uint32_t n_points, replications;
    double  *at;      /* [point * replications + replication]: v                          */
    double  *value;   /* [point]: R                                                       */
    double  *error;   /* [point]: its standard error; 0 with one replication              */
    bool    *defined; /* [point]: something was measured there                            */
};

bool response_open(struct response *response, uint32_t n_points, uint32_t replications);
void response_close(struct response *response);

/* Fills a point from its pairs; x[r * stride] and y[r * stride] are those of replication r. */
void response_fill(struct response *response, uint32_t point, const double *x, const double *y,
                   size_t stride);

/* The same of `n` replications in sets of so many, that depend on each other (model/busyness.h): a
 * set is what is paired, and response->replications is the number of sets, the last of which may be
 * smaller. */
void response_fill_sets(struct response *response, uint32_t point, const double *x,
                        const double *y, size_t stride, uint32_t n, uint32_t set);

static inline uint32_t response_sets(uint32_t n, uint32_t set)
{
    return n / set + (n % set > 0);
}

/* Sum of weight[p] * R[p], with its interval: t is Student's factor for replications - 1 degrees
 * of freedom. Points of weight 0 do not count; not defined where another is not. */
struct interval_estimate contrast(const struct response *response, const double *weights, double t);

/* R[a] - R[b]. */
struct interval_estimate contrast_of_two(const struct response *response, uint32_t a, uint32_t b,
                                         double t);

#endif
