/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delta method for R = mean(x) / mean(y): with d = x - R y, whose mean is 0,
 * Var R is about Var(d) / (n mean(y)^2) (Law, Simulation Modeling and Analysis, 5th ed., 9.5.1). */
#include "stats/interval.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Below this share of its parts the residual variance is rounding, not spread. */
static const double residual_noise = 1e-13;

void moments_add(struct moments *moments, double x)
{
    moments->n++;
    const double delta = x - moments->mean;
    moments->mean += delta / (double)moments->n;
    moments->m2 += delta * (x - moments->mean);
}

void ratio_add(struct ratio_sums *sums, double x, double y)
{
    sums->n++;
    sums->sum_x += x;
    sums->sum_y += y;
    const double n = (double)sums->n;
    const double dx = x - sums->mean_x;
    const double dy = y - sums->mean_y;
    sums->mean_x += dx / n;
    sums->mean_y += dy / n;
    sums->m2_x += dx * (x - sums->mean_x);
    sums->m2_y += dy * (y - sums->mean_y);
    sums->c_xy += dx * (y - sums->mean_y);
}

double student_quantile(uint64_t degrees, double confidence)
{
    if (degrees == 0 || !(confidence > 0.0) || !(confidence < 1.0))
        return 0.0;
    return gsl_cdf_tdist_Pinv(0.5 + 0.5 * confidence, (double)degrees);
}

struct interval_estimate interval_of_value(double value)
{
    if (!isfinite(value))
        return (struct interval_estimate){ 0 };
    return (struct interval_estimate){
        .value = value, .low = value, .high = value, .defined = true
    };
}

struct interval_estimate interval_around(double value, double std_error, double t)
{
    struct interval_estimate estimate = interval_of_value(value);
    const double half = t * std_error;
    if (!estimate.defined || !(t > 0.0) || !(std_error >= 0.0) || !isfinite(value - half) ||
        !isfinite(value + half))
        return estimate;
    estimate.low = value - half;
    estimate.high = value + half;
    estimate.std_error = std_error;
    estimate.has_interval = true;
    return estimate;
}

struct interval_estimate mean_interval_t(const struct moments *moments, double t)
{
    if (moments->n == 0)
        return (struct interval_estimate){ 0 };
    if (moments->n == 1)
        return interval_of_value(moments->mean);
    const double n = (double)moments->n;
    return interval_around(moments->mean, sqrt(moments->m2 / (n - 1.0) / n), t);
}

struct interval_estimate mean_interval(const struct moments *moments, double confidence)
{
    const uint64_t degrees = moments->n > 1 ? moments->n - 1 : 0;
    return mean_interval_t(moments, student_quantile(degrees, confidence));
}

struct interval_estimate ratio_interval_t(const struct ratio_sums *sums, double t)
{
    if (!(sums->sum_y < 0.0) && !(sums->sum_y > 0.0))
        return (struct interval_estimate){ 0 };
    const double value = sums->sum_x / sums->sum_y;
    if (sums->n < 2)
        return interval_of_value(value);
    const double n = (double)sums->n;
    const double parts = sums->m2_x + value * value * sums->m2_y;
    double residual = parts - 2.0 * value * sums->c_xy;
    if (residual < parts * residual_noise)
        residual = 0.0;
    const double mean_y = sums->sum_y / n;
    return interval_around(value, sqrt(residual / (n - 1.0) / n) / fabs(mean_y), t);
}

struct interval_estimate ratio_interval(const struct ratio_sums *sums, double confidence)
{
    const uint64_t degrees = sums->n > 1 ? sums->n - 1 : 0;
    return ratio_interval_t(sums, student_quantile(degrees, confidence));
}

struct interval_estimate interval_of_alike(struct interval_estimate estimate, double n,
                                           double confidence)
{
    const bool none = estimate.value <= 0.0, all = estimate.value >= 1.0;
    if (!estimate.has_interval || estimate.low < estimate.high || !(none || all) || !(n > 0.0) ||
        !(confidence > 0.0) || !(confidence < 1.0))
        return estimate;
    const double reach = -expm1(log(0.5 - 0.5 * confidence) / n);
    estimate.low = all ? 1.0 - reach : 0.0;
    estimate.high = none ? reach : 1.0;
    return estimate;
}

struct interval_estimate ratio_jackknife(const double *x, const double *y, size_t n,
                                         double confidence)
{
    double sum_x = 0.0;
    double sum_y = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        sum_y += y[i];
    }
    if (!(sum_y < 0.0) && !(sum_y > 0.0))
        return (struct interval_estimate){ 0 };
    const double value = sum_x / sum_y;
    struct moments pseudo = { 0 };
    for (size_t i = 0; i < n; i++) {
        const double rest = sum_y - y[i];
        if (!(rest < 0.0) && !(rest > 0.0))
            return interval_of_value(value);
        moments_add(&pseudo, (double)n * value - (double)(n - 1) * (sum_x - x[i]) / rest);
    }
    return mean_interval(&pseudo, confidence);
}

struct interval_estimate interval_clamp(struct interval_estimate estimate, double low,
                                        double high)
{
    if (estimate.has_interval) {
        estimate.low = fmin(fmax(estimate.low, low), high);
        estimate.high = fmin(fmax(estimate.high, low), high);
    }
    return estimate;
}

double interval_relative_half_width(const struct interval_estimate *estimate)
{
    if (!estimate->defined || !estimate->has_interval)
        return HUGE_VAL;
    const double half = 0.5 * (estimate->high - estimate->low);
    if (half <= 0.0)
        return 0.0;
    if (estimate->value == 0.0)
        return HUGE_VAL;
    const double relative = half / fabs(estimate->value);
    return isfinite(relative) ? relative : HUGE_VAL;
}
