/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another distribution, given that its value lies between low and high. When the part is drawn by
 * inversion, so is this: the uniforms whose value lies inside are an interval of the 2^52 that
 * exist, found by bisection with the part's own quantile, so that it has the same bits everywhere.
 * Otherwise values are drawn until one lies inside. parts[0];
 * p = low, high, probability of the inside, first uniform, number of uniforms (0: rejection),
 * mean. */
#include "kernel/dist_impl.h"

#define UNIFORMS       0x1p52
#define LEAST_INVERTED 1e-9  /* leaves four million different values                     */
#define LEAST_REJECTED 1e-3
#define TRIES          50000 /* all outside with probability below exp(-50)              */

struct given {
    struct choice of;
    double        low, high;
};

/* Uniform number k of 2^52: rng_unit's. */
static double uniform_at(double k)
{
    return (k + 0.5) / UNIFORMS;
}

/* How many uniforms have a value below x, or at most x when `with_equal`. */
static double uniforms_below(const struct dist *part, double x, bool with_equal)
{
    double low = 0.0, high = UNIFORMS;

    while (low < high) {
        const double middle = __builtin_floor(0.5 * (low + high));
        const double value = part->kind->quantile(part, uniform_at(middle));
        if (value < x || (with_equal && value == x))
            low = middle + 1.0;
        else
            high = middle;
    }
    return low;
}

/* P(X < x): a step at x itself is not counted. */
static double cdf_below(const struct dist *part, double x)
{
    return dist_cdf(part, nextafter(x, -INFINITY));
}

static double moment(const struct dist *dist, double centre, int power);

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    struct dist *part = dist_parts(reader, 1);
    const bool bounded = dist_written(at, "high");

    if (!part || !dist_make(reader, &of->of, part))
        return false;
    dist->parts = part;
    dist->n = 1;
    dist->p[0] = of->low;
    dist->p[1] = bounded ? of->high : INFINITY;
    if (dist->p[0] > dist->p[1])
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "\"low\" at most \"high\"", NULL, NULL, "\"low\" is above \"high\"");
    if (part->kind->quantile) {
        dist->p[3] = uniforms_below(part, of->low, false);
        dist->p[4] = bounded ? uniforms_below(part, of->high, true) - dist->p[3]
                             : UNIFORMS - dist->p[3];
        dist->p[2] = dist->p[4] / UNIFORMS;
    } else {
        dist->p[2] = dist_cdf(part, dist->p[1]) - cdf_below(part, of->low);
    }
    if (dist->p[2] >= (part->kind->quantile ? LEAST_INVERTED : LEAST_REJECTED)) {
        dist->p[5] = moment(dist, 0.0, 1);
        return true;
    }
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                      part->kind->quantile ? "bounds that hold at least 1e-9 of the values"
                                           : "bounds that hold at least 0.001 of the values",
                      NULL, NULL, "almost no value of the %s distribution lies inside the bounds",
                      part->kind->kind.name);
}

static double draw(const struct dist *dist, struct rng *rng)
{
    const struct dist *part = &dist->parts[0];
    const double low = dist->p[0], high = dist->p[1];

    if (dist->p[4] > 0.0) {
        const double steps = __builtin_floor(rng_unit(rng) * dist->p[4]);
        const double last = dist->p[4] - 1.0;
        return part->kind->quantile(part, uniform_at(dist->p[3] + (steps < last ? steps : last)));
    }
    double x = low;
    for (int i = 0; i < TRIES; i++) {
        x = dist_draw(part, rng);
        if (x >= low && x <= high)
            return x;
    }
    return x < low ? low : high;
}

static double cdf(const struct dist *dist, double x)
{
    if (x < dist->p[0])
        return 0.0;
    if (x >= dist->p[1])
        return 1.0;
    const double inside = dist_cdf(&dist->parts[0], x) - cdf_below(&dist->parts[0], dist->p[0]);
    return fmin(fmax(inside / dist->p[2], 0.0), 1.0);
}

/* ---- moments: the integral of (x - centre)^power by adaptive Simpson. With a quantile over the
 * uniforms, otherwise over x by parts: E (X - c)^k = (a - c)^k + integral of k (x - c)^(k-1)
 * P(X > x). Both ends are stretched, where the functions are steep. */

struct integral {
    const struct dist *dist;
    double centre, from, width;
    int    power;
    double tolerance;
    int    evaluations; /* still allowed */
};

#define PANELS       64
#define EVALUATIONS  200000 /* of a quantile */
#define EVALUATIONS_X  4000 /* of a cdf, which may take 100 times as long */
#define STEPS          4096
#define DEEPEST      30
#define STRETCH      36.0 /* of the logistic: its ends are beyond 2^-51 */
#define STRETCH_X    20.0 /* of the exponential: steps from 2e-9 of the width */

static double raised(double x, int power)
{
    double product = 1.0;

    while (power-- > 0)
        product *= x;
    return product;
}

static double over_uniforms(const struct integral *of, double t)
{
    const struct dist *part = &of->dist->parts[0];
    const double e = exact_exp(-fabs(t)), near = e / (1.0 + e); /* logistic and its mirror */
    const double share = t < 0.0 ? near : 1.0 - near;
    double u = of->from + of->width * share;

    u = fmin(fmax(u, 0.5 / UNIFORMS), 1.0 - 0.5 / UNIFORMS);
    return raised(part->kind->quantile(part, u) - of->centre, of->power) * near * (1.0 - near);
}

static double over_values(const struct integral *of, double t)
{
    const double stretch = of->width / exact_expm1(STRETCH_X);
    const double x = of->from + stretch * exact_expm1(t);

    return of->power * raised(x - of->centre, of->power - 1) * (1.0 - cdf(of->dist, x)) * stretch *
           exact_exp(t);
}

typedef double integrand(const struct integral *of, double t);

struct panel {
    double a, b, fa, fm, fb, area;
};

static double panel_area(const struct panel *panel)
{
    return (panel->b - panel->a) / 6.0 * (panel->fa + 4.0 * panel->fm + panel->fb);
}

static double refine(integrand *f, struct integral *of, struct panel panel, int depth)
{
    const double middle = 0.5 * (panel.a + panel.b);
    const double early = 0.5 * (panel.a + middle), late = 0.5 * (middle + panel.b);
    struct panel left = { panel.a, middle, panel.fa, f(of, early), panel.fm, 0.0 };
    struct panel right = { middle, panel.b, panel.fm, f(of, late), panel.fb, 0.0 };

    of->evaluations -= 2;
    left.area = panel_area(&left);
    right.area = panel_area(&right);
    const double both = left.area + right.area, change = fabs(both - panel.area);
    if (depth >= DEEPEST || of->evaluations <= 0 || !(change > of->tolerance))
        return both;
    return refine(f, of, left, depth + 1) + refine(f, of, right, depth + 1);
}

static double integrate(integrand *f, struct integral *of, double a, double b, int evaluations)
{
    struct panel panels[PANELS];
    double sum = 0.0, rough = 0.0;

    for (int i = 0; i < PANELS; i++) {
        const double from = a + (b - a) * i / PANELS, to = a + (b - a) * (i + 1) / PANELS;
        panels[i] = (struct panel){ from, to, f(of, from), f(of, 0.5 * (from + to)), f(of, to), 0 };
        panels[i].area = panel_area(&panels[i]);
        rough += fabs(panels[i].area);
    }
    of->tolerance = rough * 1e-10;
    of->evaluations = evaluations;
    for (int i = 0; i < PANELS; i++)
        sum += refine(f, of, panels[i], 0);
    return sum;
}

/* Where practically nothing is above. */
static double practical_high(const struct dist *dist)
{
    double high = dist->p[1];

    if (isinf(high)) {
        high = fmax(dist->p[0], dist_mean(&dist->parts[0])) + 1e-300;
        for (int i = 0; i < 1000 && cdf(dist, high) < 1.0 - 1e-14; i++)
            high *= 1.25;
    }
    return high;
}

/* What the whole number x adds to E (X - centre)^power: by parts, as above. */
static double step(const struct integral *of, double x)
{
    return (raised(x - of->centre, of->power) - raised(x - 1.0 - of->centre, of->power)) *
           (1.0 - cdf(of->dist, x - 1.0));
}

/* Whole numbers are added up one by one, or, where there are very many, in blocks in which the
 * terms run straight. */
static double over_steps(const struct integral *of)
{
    const double first = ceil(of->from), last = floor(of->from + of->width);
    const double block = fmax(ceil((last - first) / STEPS), 1.0);
    double sum = raised(first - of->centre, of->power), x = first + 1.0;

    if (last <= first)
        return sum;
    for (double here = step(of, x); x < last;) {
        const double n = fmin(block, last - x), next = step(of, x + n);
        sum += n * 0.5 * (here + next) + 0.5 * (here - next);
        x += n;
        here = next;
    }
    return sum + step(of, last);
}

/* E (X - centre)^power */
static double moment(const struct dist *dist, double centre, int power)
{
    struct integral of = { .dist = dist, .centre = centre, .power = power };

    if (dist->p[4] > 0.0) {
        of.from = dist->p[3] / UNIFORMS;
        of.width = dist->p[2];
        return integrate(over_uniforms, &of, -STRETCH, STRETCH, EVALUATIONS);
    }
    of.from = dist->p[0];
    of.width = practical_high(dist) - dist->p[0];
    if (dist->parts[0].kind->discrete)
        return over_steps(&of);
    return raised(dist->p[0] - centre, power) +
           integrate(over_values, &of, 0.0, STRETCH_X, EVALUATIONS_X);
}

static double mean(const struct dist *dist)
{
    return dist->p[5]; /* asked often */
}

static double variance(const struct dist *dist)
{
    if (isinf(dist->p[1]) && isinf(dist_variance(&dist->parts[0])))
        return INFINITY;
    return fmax(moment(dist, mean(dist), 2), 0.0);
}

static const struct param params[] = {
    { .key = "of", .type = PARAM_KIND, .offset = offsetof(struct given, of),
      .flags = PARAM_REQUIRED, .family = &dist_family, .doc = "The distribution that is cut.",
      .example = "{\"kind\": \"exponential\", \"mean\": \"6 min\"}" },
    { .key = "low", .type = PARAM_QUANTITY, .offset = offsetof(struct given, low), .low = 0.0,
      .high = DIST_MOST, .fallback = "0", .doc = "Smallest value.", .example = "\"1 min\"" },
    { .key = "high", .type = PARAM_QUANTITY, .offset = offsetof(struct given, high), .low = 0.0,
      .high = DIST_MOST, .doc = "Largest value; without it there is none.",
      .example = "\"30 min\"" },
};

static const struct shape shape = {
    .name = "truncated", .summary = "Needs of, and low or high or both.", .params = params,
    .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_truncated = {
    .kind = { .name = "truncated",
              .summary = "Another distribution without the values outside two bounds.",
              .example = "{\"kind\": \"truncated\", \"of\": {\"kind\": \"lognormal\", \"mean\": "
                         "\"8 min\", \"cv\": 1}, \"low\": \"1 min\", \"high\": \"40 min\"}",
              .shape = &shape,
              .source = "inversion of the part where it has one, else rejection" },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
