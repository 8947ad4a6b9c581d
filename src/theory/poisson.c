/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000: the mass is
 * exp(-deviance) / sqrt(2 pi k) times Stirling's error, which avoids the cancellation between
 * k log(mean) and log k!. Known answer: P(N = 10) = 0.12511003572113330 for mean 10. */
#include "theory/poisson.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

/* log k! - log(sqrt(2 pi k) (k/e)^k), k >= 1. */
static double stirling_error(uint32_t k)
{
    const double x = k;
    if (k < 16)
        return gsl_sf_lnfact(k) - (x + 0.5) * log(x) + x - 0.5 * log(2.0 * M_PI);
    const double inverse = 1.0 / (x * x);
    const double tail = 1.0 / 1260.0 - inverse * (1.0 / 1680.0 - inverse / 1188.0);
    return (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * tail)) / x;
}

/* x log(x / mean) + mean - x, without cancellation when the two are close. */
static double deviance(double x, double mean)
{
    if (fabs(x - mean) >= 0.1 * (x + mean))
        return x * log(x / mean) + mean - x;
    const double v = (x - mean) / (x + mean);
    double sum = (x - mean) * v;
    double term = 2.0 * x * v;
    for (int j = 3; j < 40; j += 2) {
        term *= v * v;
        sum += term / j;
    }
    return sum;
}

double poisson_log_mass(uint32_t k, double mean)
{
    if (k == 0)
        return -mean;
    if (!(mean > 0.0))
        return -HUGE_VAL;
    const double x = k;
    return -stirling_error(k) - deviance(x, mean) - 0.5 * log(2.0 * M_PI * x);
}

double poisson_log_below(uint32_t k, double mean)
{
    if (k == 0)
        return -HUGE_VAL;
    if (!(mean > 0.0))
        return 0.0;
    /* Sum from the boundary into the smaller tail: terms fall at once and for good. */
    const bool light = mean < (double)k;
    const double log_first = poisson_log_mass(light ? k : k - 1, mean);
    if (light && log_first < -60.0)
        return 0.0;
    double sum = 1.0;
    double term = 1.0;
    if (light) {
        for (double j = (double)k + 1.0; term > 1e-17 * sum; j += 1.0)
            sum += term *= mean / j;
        return log1p(-fmin(sum * exp(log_first), 1.0));
    }
    for (double j = (double)k - 1.0; j > 0.5 && term > 1e-17 * sum; j -= 1.0)
        sum += term *= j / mean;
    return log_first + log(sum);
}
