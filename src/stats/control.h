/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/control.h - sharper means from quantities whose means are known.
 *
 * A control is observed beside the response in every unit (a replication, or a set of them) and its
 * mean is known: arrivals, say. Where arrivals were above their mean, the response is moved by what
 * they explain of it: the adjusted mean is the intercept of the least-squares regression of the
 * response on the controls less their means (S. S. Lavenberg and P. D. Welch, A perspective on the
 * use of control variables to increase the efficiency of Monte Carlo simulations, Management
 * Science 27(3), 1981, 322-335).
 *
 * Their interval supposes that the response is linear in the controls with equal spread. Desks are
 * not so: a day of 10 % more calls is worse by far more than one of 10 % fewer is better, and
 * varies more; the plain regression interval then covered 70 % instead of 95 % where it was
 * tried (TV-13). So the jackknife is used instead (S. S. Lavenberg, T. L. Moeller and P. D.
 * Welch, Statistical results on control variables with application to queueing network
 * simulation, Operations Research 30(1), 1982, 182-202; B. L. Nelson, Control variate remedies,
 * Operations Research 38(6), 1990, 974-992): each unit is left out in turn, which takes the bias
 * of first order away and needs neither assumption. The factor is Student's for n - 1 - q
 * degrees of freedom, q being the number of controls. Leaving out unit i lowers the intercept by
 * w_i e_i / (1 - h_i), weight times residual over one less the leverage, so one regression is
 * enough for all n.
 *
 * Every control costs a degree of freedom, and its regression coefficient is estimated too: the
 * variance grows by (n - 2) / (n - q - 2). So controls are chosen, once for all responses: always
 * the one that lowers the logarithms of the residual variances most, as long as it lowers them by
 * more than it costs on average, and by more for one response than chance would. A choice by
 * looking at the data narrows intervals if it is lenient; so it is strict, and allows one
 * control for every ten units and none below twenty. One choice for all keeps what adds up
 * adding up: the adjusted shares of a whole are still a whole.
 */
#ifndef STATS_CONTROL_H
#define STATS_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

enum { CONTROLS_MOST = 6, CONTROL_UNITS_LEAST = 20 };

/* n units: values[unit * stride + i] is control (or response) i. Controls are less their means. */
struct control_table {
    const double *values;
    size_t        n, stride, columns;
};

/* Chooses among the columns of `controls` for all responses; writes their indices, best first, and
 * returns how many (at most CONTROLS_MOST; 0 also when memory is out). Columns that do not vary, or
 * that others make up, are never chosen. */
size_t control_choose(const struct control_table *controls, const struct control_table *responses,
                      size_t chosen[CONTROLS_MOST]);

struct control_fit;

/* A fit to the q chosen controls; NULL when there are none, too few units, or no memory. */
struct control_fit *control_fit_new(const struct control_table *controls, const size_t *chosen,
                                    size_t q);
void                control_fit_free(struct control_fit *fit);

/* Degrees of freedom of its standard errors: n - 1 - q. */
size_t control_fit_degrees(const struct control_fit *fit);

/* The adjusted mean of n responses, y[unit * stride], and its standard error, by the jackknife. */
void control_fit_mean(struct control_fit *fit, const double *y, size_t stride, double *mean,
                      double *std_error);

#endif
