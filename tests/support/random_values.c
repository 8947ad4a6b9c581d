/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws, values and distributions of random scenarios. */
#include "support/random_impl.h"

#include <string.h>

/* ---- draws */

uint32_t pick(struct maker *maker, uint32_t n)
{
    return random_below(&maker->state, n);
}

uint32_t between(struct maker *maker, uint32_t low, uint32_t high)
{
    return low + pick(maker, high - low + 1);
}

bool chance(struct maker *maker, uint32_t percent)
{
    return pick(maker, 100) < percent;
}

void draw_for(struct maker *maker, const char *what, uint32_t i, uint32_t j)
{
    uint64_t state = maker->number;
    for (; *what; what++)
        state = (state ^ (unsigned char)*what) * 0x100000001B3u;
    state ^= (uint64_t)i << 40 ^ (uint64_t)j << 20;
    maker->state = random_next(&state);
}

/* ---- values */

struct spelling {
    const char *name;
    uint32_t    seconds;
};

void put_seconds(struct maker *maker, uint32_t seconds)
{
    static const struct spelling plain[] = { { " h", 3600 }, { " min", 60 }, { " s", 1 } };
    static const struct spelling other[] = {
        { "s", 1 },        { " sec", 1 },     { " seconds", 1 },   { "min", 60 },
        { " minute", 60 }, { " minutes", 60 }, { " h", 3600 },     { " hour", 3600 },
        { " hours", 3600 }, { " d", 86400 },   { " day", 86400 },  { " w", 604800 },
    };
    uint32_t i = 0;
    if (!maker->style.other_units) {
        while (seconds % plain[i].seconds != 0)
            i++;
        fprintf(maker->to, "\"%u%s\"", seconds / plain[i].seconds, plain[i].name);
        return;
    }
    do
        i = random_below(&maker->taste, sizeof other / sizeof *other);
    while (seconds % other[i].seconds != 0);
    fprintf(maker->to, "\"%u%s\"", seconds / other[i].seconds, other[i].name);
}

void put_share(struct maker *maker, uint32_t percent)
{
    const bool text = maker->style.other_units ? random_below(&maker->taste, 2) : percent % 3 == 0;
    if (text)
        fprintf(maker->to, "\"%u %%\"", percent);
    else
        fprintf(maker->to, "%u.%02u", percent / 100, percent % 100);
}

void put_rate(struct maker *maker, uint32_t per_hour)
{
    static const char *const words[] = { "/d", " / day", "per day", "/h", "/hour" };
    static const uint32_t    hours[] = { 24, 24, 24, 1, 1 };
    const uint32_t i = maker->style.other_units ? random_below(&maker->taste, 5) : 3;
    if (maker->style.other_units && per_hour % 60 == 0)
        fprintf(maker->to, "\"%u /min\"", per_hour / 60);
    else
        fprintf(maker->to, "\"%u %s\"", per_hour * hours[i], words[i]);
}

static const char *const plain_names[] = {
    [TIER] = "L",          [POOL] = "pool ",         [STREAM] = "stream ",   [CHANNEL] = "channel ",
    [ISSUE] = "issue ",    [SEVERITY] = "severity ", [SEGMENT] = "segment ", [SKILL] = "skill ",
    [SLA] = "target ",
};

static const char *const other_names[] = {
    [TIER] = "N\u00edvel ",   [POOL] = "\\\"\u00c9quipe\\\" ",
    [STREAM] = "a/b~c ",      [CHANNEL] = "v\u00eda ",
    [ISSUE] = "'; -- ",       [SEVERITY] = "<i>&",
    [SEGMENT] = "\u5ba2\u6237", [SKILL] = "\\u0394 ",
    [SLA] = "%s %n ",
};

void put_name(struct maker *maker, enum named named, uint32_t i)
{
    const char *const *names = maker->style.other_names ? other_names : plain_names;
    fprintf(maker->to, "\"%s%u\"", names[named], maker->style.other_names ? 90 - i : i + 1);
}

void put_pool_name(struct maker *maker, uint32_t tier, uint32_t pool)
{
    put_name(maker, POOL, tier * 10 + pool);
}

/* ---- names by share, lists */

void put_mix(struct maker *maker, const char *key, enum named named, uint32_t n)
{
    uint32_t left = 100;
    fprintf(maker->to, ", \"%s\": ", key);
    if (n == 1 && chance(maker, 70)) {
        put_name(maker, named, 0);
        return;
    }
    fputs("{ ", maker->to);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t share = i + 1 == n ? left : pick(maker, left + 1);
        left -= share;
        if (i > 0)
            fputs(", ", maker->to);
        put_name(maker, named, i);
        fputs(": ", maker->to);
        put_share(maker, share);
    }
    fputs(" }", maker->to);
}

void put_names(struct maker *maker, const char *key, enum named named, uint32_t n)
{
    const uint32_t first = pick(maker, n), more = pick(maker, n - first);
    fprintf(maker->to, ", \"%s\": %s", key, more ? "[" : "");
    put_name(maker, named, first);
    for (uint32_t i = 1; i <= more; i++) {
        fputs(", ", maker->to);
        put_name(maker, named, first + i);
    }
    if (more)
        fputs("]", maker->to);
}

void put_list(struct maker *maker, const char *key, uint32_t n, bool free_order, item_fn item,
              uint32_t context)
{
    const uint64_t state = maker->state;
    fprintf(maker->to, "\"%s\": [\n  ", key);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t k = free_order && maker->style.other_order ? n - 1 - i : i;
        draw_for(maker, key, k, context);
        if (i > 0)
            fputs(",\n  ", maker->to);
        item(maker, k, context);
    }
    fputs(" ]", maker->to);
    maker->state = state;
}

/* ---- distributions */

struct amount {
    bool money, smooth;
    int  depth;
};

static void put_amount(struct maker *maker, const struct amount *of, uint32_t value)
{
    if (of->money)
        fprintf(maker->to, "%u", value);
    else
        put_seconds(maker, value);
}

static void put_field(struct maker *maker, const struct amount *of, const char *key,
                      uint32_t value)
{
    fprintf(maker->to, ", \"%s\": ", key);
    put_amount(maker, of, value);
}

static void put_dist(struct maker *maker, const struct amount *of, uint32_t mean);

static void put_part(struct maker *maker, const struct amount *of, const char *before,
                     uint32_t mean)
{
    const struct amount inner = { of->money, of->smooth, of->depth + 1 };
    fputs(before, maker->to);
    put_dist(maker, &inner, mean);
}

static void put_values(struct maker *maker, const struct amount *of, uint32_t mean)
{
    fputs(", \"values\": [", maker->to);
    put_amount(maker, of, mean / 2);
    fputs(", ", maker->to);
    put_amount(maker, of, mean);
    fputs(", ", maker->to);
    put_amount(maker, of, mean * 2);
    fputs("]", maker->to);
}

/* Kinds whose values may be equal. */
static void put_stepped(struct maker *maker, const struct amount *of, uint32_t mean)
{
    static const char *const kinds[] = { "constant", "empirical", "empirical", "discrete",
                                         "poisson", "negative_binomial", "binomial", "geometric" };
    const uint32_t k = pick(maker, 8);
    if (k == 0 && chance(maker, 50)) {
        put_amount(maker, of, mean);
        return;
    }
    fprintf(maker->to, "{ \"kind\": \"%s\"", kinds[k]);
    switch (k) {
    case 0:
        put_field(maker, of, "value", mean);
        break;
    case 1:
        put_values(maker, of, mean);
        fputs(", \"interpolate\": false, \"shares\": [0.5, 0.25, \"25 %\"]", maker->to);
        break;
    case 2:
        put_values(maker, of, mean);
        fputs(", \"interpolate\": true", maker->to);
        break;
    case 3:
        put_values(maker, of, mean);
        fputs(", \"shares\": [\"40 %\", 0.4, 0.2]", maker->to);
        break;
    case 4:
        fprintf(maker->to, ", \"mean\": %u.5", mean);
        break;
    case 5:
        fprintf(maker->to, ", \"mean\": %u, \"shape\": 2.5", mean);
        break;
    case 6:
        fprintf(maker->to, ", \"n\": %u, \"share\": 0.3", mean * 3);
        break;
    default:
        fprintf(maker->to, ", \"mean\": %u", mean);
    }
    fputs(" }", maker->to);
}

static void put_compound(struct maker *maker, const struct amount *of, uint32_t mean)
{
    switch (pick(maker, 3)) {
    case 0:
        put_part(maker, of, "{ \"kind\": \"truncated\", \"of\": ", mean);
        put_field(maker, of, "low", mean / 8);
        put_field(maker, of, "high", mean * 3);
        break;
    case 1:
        put_part(maker, of, "{ \"kind\": \"shifted\", \"of\": ", mean - mean / 4);
        put_field(maker, of, "by", mean / 4);
        break;
    default:
        put_part(maker, of, "{ \"kind\": \"mixture\", \"parts\": [ { \"share\": 0.75, \"of\": ",
                 mean - mean / 4);
        put_part(maker, of, " }, { \"share\": \"25 %\", \"of\": ", mean + mean / 2);
        fputs(" } ]", maker->to);
    }
    fputs(" }", maker->to);
}

static void put_two_words(struct maker *maker, const struct amount *of, uint32_t mean)
{
    static const char *const kinds[] = { "uniform", "gamma", "lognormal", "weibull", "pareto",
                                         "hyperexponential" };
    static const char *const cvs[] = { "0.4", "0.7", "1.1", "1.4", "0.9", "1.7" };
    const uint32_t k = pick(maker, 6);
    fprintf(maker->to, "{ \"kind\": \"%s\"", kinds[k]);
    put_field(maker, of, "mean", mean);
    fprintf(maker->to, ", \"cv\": %s }", cvs[k]);
}

static void put_smooth(struct maker *maker, const struct amount *of, uint32_t mean)
{
    static const char *const kinds[] = { "uniform",   "triangular", "exponential", "erlang",
                                         "erlang",    "gamma",      "lognormal",   "weibull",
                                         "hyperexponential", "log_logistic", "log_logistic",
                                         "pareto",    "beta",       "beta" };
    const uint32_t k = pick(maker, 14);
    fprintf(maker->to, "{ \"kind\": \"%s\"", kinds[k]);
    if (k == 0 || k == 1 || k >= 12) {
        put_field(maker, of, "low", mean / 2);
        put_field(maker, of, "high", mean + mean / 2 + 1);
    }
    if (k == 2 || k == 3)
        put_field(maker, of, "mean", mean);
    switch (k) {
    case 1:
        put_field(maker, of, "mode", mean);
        break;
    case 3:
        fputs(", \"k\": 3", maker->to);
        break;
    case 4:
        fputs(", \"k\": 2", maker->to);
        put_field(maker, of, "stage_mean", mean / 2);
        break;
    case 5:
        fputs(", \"shape\": 2", maker->to);
        put_field(maker, of, "scale", mean / 2);
        break;
    case 6:
        fputs(", \"sigma\": 0.6", maker->to);
        put_field(maker, of, "median", mean);
        break;
    case 7:
        fputs(", \"shape\": 1.5", maker->to);
        put_field(maker, of, "scale", mean);
        break;
    case 8:
        fputs(", \"shares\": [0.75, 0.25], \"means\": [", maker->to);
        put_amount(maker, of, mean / 2);
        fputs(", ", maker->to);
        put_amount(maker, of, mean * 5 / 2);
        fputs("]", maker->to);
        break;
    case 9:
    case 10:
        fputs(", \"shape\": 4.5", maker->to);
        put_field(maker, of, k == 9 ? "median" : "scale", mean);
        break;
    case 11:
        fputs(", \"shape\": 2.5", maker->to);
        put_field(maker, of, "minimum", mean * 3 / 5);
        break;
    case 12:
        fputs(", \"alpha\": 2, \"beta\": 3", maker->to);
        break;
    case 13:
        put_field(maker, of, "mean", mean);
        fputs(", \"cv\": 0.2", maker->to);
        break;
    default:
        break;
    }
    fputs(" }", maker->to);
}

/* A few whole minutes, the same ones everywhere. */
static void put_even(struct maker *maker, uint32_t mean_s)
{
    static const uint32_t minutes[] = { 1, 2, 3, 5, 10, 20, 60, 120 };
    uint32_t              i = 0;
    while (i + 1 < sizeof minutes / sizeof *minutes && minutes[i + 1] * 60 <= mean_s)
        i++;
    if (chance(maker, 50)) {
        put_seconds(maker, minutes[i] * 60);
        return;
    }
    fputs("{ \"kind\": \"discrete\", \"values\": [", maker->to);
    put_seconds(maker, chance(maker, 35) ? 0 : 60);
    fputs(", ", maker->to);
    put_seconds(maker, minutes[i] * 60);
    fputs(", ", maker->to);
    put_seconds(maker, minutes[i] * 120);
    fputs("], \"shares\": [0.25, 0.5, 0.25] }", maker->to);
}

static void put_dist(struct maker *maker, const struct amount *of, uint32_t mean)
{
    mean = mean < 8 ? 8 : mean;
    if (maker->style.even && !of->money)
        put_even(maker, mean);
    else if (!of->smooth && chance(maker, 25))
        put_stepped(maker, of, mean);
    else if (of->depth < 2 && chance(maker, 20))
        put_compound(maker, of, mean);
    else if (chance(maker, 35))
        put_two_words(maker, of, mean);
    else
        put_smooth(maker, of, mean);
}

void put_times(struct maker *maker, uint32_t mean_s, bool smooth)
{
    put_dist(maker, &(struct amount){ .smooth = smooth }, mean_s);
}

void put_money(struct maker *maker, uint32_t mean)
{
    put_dist(maker, &(struct amount){ .money = true }, mean);
}
