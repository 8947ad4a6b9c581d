/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ocba.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stddef.h>

/* Leads are not taken to be less than this share of the greatest standard deviation: a tie would
 * ask for infinitely many observations. */
static const double tie = 1e-6;

uint32_t ocba_best(const struct ocba_system *systems, uint32_t k, bool largest)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < k; i++)
        if (largest ? systems[i].mean > systems[best].mean : systems[i].mean < systems[best].mean)
            best = i;
    return best;
}

struct rule {
    const struct ocba_system *systems;
    uint32_t                  k, best;
    double                    floor;   /* of leads                                         */
    double                    of_best; /* weight of the best                               */
};

static double lead_of_best(const struct rule *rule, uint32_t i)
{
    return fmax(fabs(rule->systems[i].mean - rule->systems[rule->best].mean), rule->floor);
}

/* Observations in proportion; 0 for a system that has no variance. */
static double weight(const struct rule *rule, uint32_t i)
{
    if (i == rule->best)
        return rule->of_best;
    const double ratio = sqrt(rule->systems[i].variance) / lead_of_best(rule, i);
    return ratio * ratio;
}

static struct rule make_rule(const struct ocba_system *systems, uint32_t k, bool largest,
                             double delta)
{
    struct rule rule = { .systems = systems, .k = k, .best = ocba_best(systems, k, largest) };
    double      greatest = 0.0, squares = 0.0;
    for (uint32_t i = 0; i < k; i++)
        greatest = fmax(greatest, sqrt(systems[i].variance));
    rule.floor = fmax(delta, greatest > 0.0 ? tie * greatest : 1.0);
    const double of_best = sqrt(systems[rule.best].variance);
    for (uint32_t i = 0; i < k; i++) {
        if (i == rule.best)
            continue;
        /* s_b N_i / s_i, without dividing by what may be small. */
        const double lead = lead_of_best(&rule, i);
        const double part = sqrt(systems[i].variance) / lead * (of_best / lead);
        squares += part * part;
    }
    rule.of_best = sqrt(squares);
    /* Nobody else varies: all that is uncertain is the best itself. */
    if (!(squares > 0.0) && of_best > 0.0)
        rule.of_best = 1.0;
    return rule;
}

/* The level t such that raising everybody to t * weight takes the budget. Systems above their
 * share take no part; at most k rounds, as each takes one out or ends. */
static double find_level(const struct rule *rule, uint64_t budget)
{
    double level = 0.0;
    for (uint32_t round = 0; round <= rule->k; round++) {
        double have = (double)budget, weights = 0.0;
        for (uint32_t i = 0; i < rule->k; i++) {
            const double w = weight(rule, i), n = (double)rule->systems[i].n;
            if (w > 0.0 && (round == 0 || level * w > n)) {
                have += n;
                weights += w;
            }
        }
        if (!(weights > 0.0))
            return 0.0;
        const double next = have / weights;
        if (round > 0 && next >= level)
            return level;
        level = next;
    }
    return level;
}

static void deal_evenly(const struct rule *rule, uint64_t budget, uint64_t *more)
{
    for (uint32_t i = 0; i < rule->k; i++)
        more[i] = budget / rule->k + (i < budget % rule->k);
}

static double wanted(const struct rule *rule, double level, uint32_t i)
{
    return fmax(0.0, level * weight(rule, i) - (double)rule->systems[i].n);
}

void ocba_deal(const struct ocba_system *systems, uint32_t k, bool largest, double delta,
               uint64_t budget, uint64_t *more)
{
    const struct rule rule = make_rule(systems, k, largest, delta);
    const double      level = find_level(&rule, budget);
    uint64_t          dealt = 0;
    if (!(level > 0.0) || !isfinite(level)) {
        deal_evenly(&rule, budget, more);
        return;
    }
    for (uint32_t i = 0; i < k; i++) {
        const double rest = (double)(budget - dealt);
        more[i] = (uint64_t)fmin(floor(wanted(&rule, level, i)), rest);
        dealt += more[i];
    }
    while (dealt < budget) { /* remainders, the greatest first */
        uint32_t next = rule.best;
        double   most = -HUGE_VAL;
        for (uint32_t i = 0; i < k; i++) {
            const double lacks = wanted(&rule, level, i) - (double)more[i];
            if (weight(&rule, i) > 0.0 && lacks > most) {
                most = lacks;
                next = i;
            }
        }
        more[next]++;
        dealt++;
    }
}

double ocba_error(double lead, double std_error, uint64_t degrees)
{
    if (!(std_error > 0.0) || degrees == 0)
        return lead > 0.0 ? 0.0 : lead < 0.0 ? 1.0 : 0.5;
    return gsl_cdf_tdist_Q(lead / std_error, (double)degrees);
}
