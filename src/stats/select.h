/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/select.h - which of k systems has the best mean, with a stated chance of being right.
 *
 * The fully sequential procedure KN of S.-H. Kim and B. L. Nelson, "A fully sequential procedure
 * for indifference-zone selection in simulation", ACM TOMACS 11(3), 2001, 251-273, with their
 * recommended c = 1 and the constant for dependent systems. Every system is observed `first`
 * times; from then on, after each further observation of all that are left, system i is dropped
 * when some system l was ahead of it by more than
 *
 *     W_il(r) = max(0, delta / (2 r) (h^2 S_il^2 / delta^2 - r)),
 *     h^2 = (first - 1) ((2 alpha / (k - 1))^(-2 / (first - 1)) - 1),
 *
 * where r is the number of observations and S_il^2 the variance of the difference of i and l over
 * the first ones. When W is 0 for all that are left, the one ahead is taken.
 *
 * With normal observations, independent from one r to the next, the best is selected with
 * probability 1 - alpha or more whenever it is better than every other by `delta` or more. The
 * systems may be dependent in any way: S_il^2 is that of differences, so common random numbers
 * make it smaller and the procedure shorter.
 *
 * An observation is a pair (x, y) and the mean of a system is sum x / sum y: y = 1 is a plain mean
 * and the procedure above to the letter. A ratio has the variance of x - R y over the mean of y in
 * place of that of x (delta method), with R and that mean from the first observations; the
 * guarantee is then that of large samples.
 *
 * Nothing here depends on anything but the numbers given, in their order. Equal means are settled
 * in favour of the system named first. Zero variances are what they seem: a difference that was
 * the same in all first observations is believed.
 */
#ifndef STATS_SELECT_H
#define STATS_SELECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SELECT_FIRST_LEAST = 2 };

struct select_rule {
    uint32_t systems; /* k, at least 1                                                     */
    uint32_t first;   /* observations of each before the first look, at least 2            */
    bool     largest; /* the best has the largest mean; else: the smallest                 */
    double   alpha;   /* of (0, 1): 1 - alpha is guaranteed                                */
    double   delta;   /* > 0: a smaller difference does not matter                         */
};

struct select_system {
    double   sum_x, sum_y;
    uint64_t n;
    bool     dropped;
    uint64_t dropped_at; /* after how many observations, if dropped                        */
    uint32_t dropped_by; /* … and by which system, the one furthest ahead of it            */
    /* The first observations; x turns into its residual when they are complete. */
    double  *first_x, *first_y;
};

struct selection {
    struct select_rule    rule;
    struct select_system *systems;   /* [k]                                                */
    double               *variances; /* [k * k]: S_il^2                                    */
    double                h2;
    uint64_t              stage;     /* observations of every system that is left          */
    uint32_t              left;
    bool                  decided;
    bool                  failed;    /* see selection_look                                 */
    uint32_t              best;      /* ahead among those left; the answer when decided    */
    double               *memory;    /* of the first observations                          */
    uint32_t             *list, *by; /* of a look: who is left, and who drops them         */
};

/* False when the rule makes no sense (a bound above is broken) or memory is out. A single system
 * is decided at once. */
bool selection_open(struct selection *selection, const struct select_rule *rule);
void selection_close(struct selection *selection);

/* The next observation of a system that is not dropped. */
void selection_add(struct selection *selection, uint32_t system, double x, double y);

/* Every system that is left has had its next observation: drops, and decides. When a system has no
 * mean after the first observations (its y are all 0) or some number is not finite, `failed` is
 * set: nothing can be decided, and `best` is that system. */
void selection_look(struct selection *selection);

/* Observations of a system that is left after which everything is decided at the latest; known
 * from the first look on (before: rule.first). */
uint64_t selection_latest(const struct selection *selection);

/* About when it will be decided if the means stay as they are: between `stage` and
 * selection_latest. */
uint64_t selection_expected(const struct selection *selection);

/* sum x / sum y; 0 when that is not defined. */
double selection_mean(const struct selection *selection, uint32_t system);

#endif
