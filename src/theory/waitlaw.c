/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "theory/waitlaw.h"

#include <math.h>
#include <stddef.h>

#include "theory/poisson.h"

/* Logarithms of the integrand that are followed on either side of its maximum: the rest is
 * below exp(-50) = 2e-22 of it, times a width that cannot make up for it. */
static const double depth = 50.0;

/* Places are given by their distance d from the maximum of v, so that neither large exponents nor
 * small differences of large places appear. */
struct frame {
    const struct wait_line *line;
    double mode;          /* where v is greatest                                          */
    double growth_rate;   /* load exp(-theta mode): y' there                              */
    double y_mode, log_below_mode;
    double peak_served;   /* distance to where v exp(-theta x) is greatest, 0 or below    */
};

/* (1 - exp(-theta d)) / theta. */
static double growth(double theta, double d)
{
    const double t = theta * d;
    return fabs(t) < 1e-300 ? d : d * (-expm1(-t) / t);
}

/* 1 - growth / d, for d of either sign: the series where the difference would cancel. */
static double shortfall(double theta, double d)
{
    const double t = theta * d;
    if (fabs(t) > 0.5)
        return 1.0 + expm1(-t) / t;
    double term = 0.5 * t;
    double sum = term;
    for (int j = 3; j < 20; j++) {
        term *= -t / j;
        sum += term;
    }
    return sum;
}

/* (1 - exp(-theta x)) / theta - x exp(-theta x), x >= 0, without cancellation. */
static double growth_of_leavers(double theta, double x)
{
    const double t = theta * x;
    if (t > 0.5)
        return growth(theta, x) - x * exp(-t);
    const double s = shortfall(theta, x);
    return x * (t * (1.0 - s) - s);
}

/* log v(mode + d) - log v(mode). */
static double exponent(const struct frame *frame, double d)
{
    const struct wait_line *line = frame->line;
    double e = d * ((frame->growth_rate - 1.0) - frame->growth_rate * shortfall(line->theta, d));
    if (line->limited) {
        const double y = frame->y_mode + frame->growth_rate * growth(line->theta, d);
        e += poisson_log_below(line->places, fmax(y, 0.0)) - frame->log_below_mode;
    }
    return e;
}

/* Derivative of log v, which falls from load - 1 towards -1. */
static double slope(const struct wait_line *line, double x)
{
    const double rate = line->load * exp(-line->theta * x);
    if (!line->limited)
        return rate - 1.0;
    const double y = line->load * growth(line->theta, x);
    const double last = exp(poisson_log_mass(line->places - 1, y) -
                            poisson_log_below(line->places, y));
    return rate * (1.0 - fmin(last, 1.0)) - 1.0;
}

/* Where the slope of log v comes down to `level` >= 0; 0 when it starts below. */
static double slope_place(const struct wait_line *line, double level)
{
    if (!(line->load > 1.0 + level))
        return 0.0;
    const double open = line->theta > 0.0 ? log(line->load / (1.0 + level)) / line->theta
                                          : HUGE_VAL;
    if (!line->limited)
        return open;
    /* The slope of log v is at most (places - 1) / x - 1. */
    double low = 0.0;
    double high = fmin(open, (double)line->places);
    for (int step = 0; step < 60 && high - low > 1e-12 * high; step++) {
        const double middle = 0.5 * (low + high);
        *(slope(line, middle) > level ? &low : &high) = middle;
    }
    return 0.5 * (low + high);
}

static void frame_open(struct frame *frame, const struct wait_line *line)
{
    *frame = (struct frame){ .line = line, .mode = slope_place(line, 0.0) };
    frame->peak_served = fmin(slope_place(line, line->theta) - frame->mode, 0.0);
    if (!line->limited && line->theta > 0.0 && line->load > 1.0 + line->theta)
        frame->peak_served = -log1p(line->theta) / line->theta;
    if (!line->limited && frame->mode > 0.0)
        frame->growth_rate = 1.0; /* exactly */
    else
        frame->growth_rate = line->load * exp(-line->theta * frame->mode);
    if (line->limited) {
        frame->y_mode = line->load * growth(line->theta, frame->mode);
        frame->log_below_mode = poisson_log_below(line->places, frame->y_mode);
    }
}

/* log v(mode): (load - 1 - log load) / theta in the open line, written without cancellation. */
static double frame_log_peak(const struct frame *frame)
{
    const struct wait_line *line = frame->line;
    if (frame->mode <= 0.0)
        return 0.0;
    if (line->limited)
        return frame->y_mode - frame->mode + frame->log_below_mode;
    const double over = line->load - 1.0;
    if (over > 0.1)
        return (over - log1p(over)) / line->theta;
    double term = over * over;
    double sum = 0.0;
    for (int j = 2; j < 20; j++) {
        sum += term / j;
        term *= -over;
    }
    return sum / line->theta;
}

/* Where the patient part of the window begins. */
static double window_low(const struct frame *frame)
{
    const double theta = frame->line->theta;
    const double peak = frame->peak_served;
    const double floor = exponent(frame, peak) - depth;
    double low = -frame->mode;
    double high = peak;
    if (exponent(frame, low) - theta * (low - peak) >= floor)
        return low;
    /* First the scale of the distance, by halves, then the place. */
    double reach = high - low;
    for (int step = 0; step < 1100; step++) {
        const double nearer = 0.5 * reach;
        if (exponent(frame, peak - nearer) + theta * nearer >= floor)
            break;
        reach = nearer;
    }
    low = peak - reach;
    high = peak - 0.5 * reach;
    for (int step = 0; step < 20; step++) {
        const double middle = 0.5 * (low + high);
        *(exponent(frame, middle) - theta * (middle - peak) < floor ? &low : &high) = middle;
    }
    return low;
}

static double window_high(const struct frame *frame)
{
    double step = 1.0;
    while (exponent(frame, step) > -depth && step < 1e300)
        step *= 2.0;
    double low = 0.5 * step;
    double high = step;
    for (int i = 0; i < 20; i++) {
        const double middle = 0.5 * (low + high);
        *(exponent(frame, middle) > -depth ? &low : &high) = middle;
    }
    return high;
}

/* Gauss-Legendre, 16 points. */
static void panel_add(const struct frame *frame, double a, double b, struct wait_sums *sums)
{
    static const double rule[8][2] = {
        { 0.095012509837637454, 0.18945061045506859 },
        { 0.28160355077925892, 0.18260341504492361 },
        { 0.45801677765722737, 0.16915651939500262 },
        { 0.61787624440264377, 0.14959598881657676 },
        { 0.755404408355003, 0.12462897125553403 },
        { 0.86563120238783176, 0.095158511682492591 },
        { 0.9445750230732326, 0.062253523938647706 },
        { 0.98940093499164994, 0.027152459411754037 },
    };
    const double theta = frame->line->theta;
    const double half = 0.5 * (b - a);
    for (size_t i = 0; i < 16; i++) {
        const double *point = rule[i / 2];
        const double d = a + half + (i % 2 ? half : -half) * point[0];
        const double x = frame->mode + d;
        const double v = half * point[1] * exp(exponent(frame, d));
        const double lasting = exp(-theta * x);
        sums->all += v;
        sums->served += v * lasting;
        sums->served_wait += v * x * lasting;
        sums->stay += v * growth(theta, x);
        sums->left_wait += v * growth_of_leavers(theta, x);
    }
}

/* Panels shrink by halves towards both ends: the maximum, the edge of T and the place where a
 * limited line fills up, near the end of the window, are all ends. */
static void piece_add(const struct frame *frame, double a, double b, struct wait_sums *sums)
{
    if (!(b > a))
        return;
    const struct wait_line *line = frame->line;
    const double half = 0.5 * (b - a);
    /* The integrands change by a factor of e in no less than 1 / fastest. */
    const double fastest = 1.0 + line->theta + line->load;
    const int levels = (int)fmin(fmax(ceil(log2(half * fastest)), 0.0), 100.0);
    double near = 0.0;
    for (int level = levels; level >= 0; level--) {
        const double far = ldexp(half, -level);
        panel_add(frame, a + near, a + far, sums);
        panel_add(frame, b - far, b - near, sums);
        near = far;
    }
}

void wait_line_integrate(const struct wait_line *line, double within, struct wait_sums *early,
                         struct wait_sums *late, double *log_scale)
{
    struct frame frame;
    frame_open(&frame, line);
    *early = *late = (struct wait_sums){ 0 };
    *log_scale = frame_log_peak(&frame);
    const double ends[4] = { window_low(&frame), frame.peak_served, 0.0, window_high(&frame) };
    for (int i = 0; i < 3; i++) {
        const double cut = fmin(fmax(within - frame.mode, ends[i]), ends[i + 1]);
        piece_add(&frame, ends[i], cut, early);
        piece_add(&frame, cut, ends[i + 1], late);
    }
}
