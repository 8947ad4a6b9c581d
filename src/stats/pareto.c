/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/pareto.h"

/* How p compares with q in one respect, for certain. */
enum certain { WORSE, UNKNOWN, SAME, BETTER };

struct front {
    const struct response *cost, *service;
    double                 sign; /* of service: -1 when more is better, so that less always is */
    double                 t;
};

static bool defined(const struct front *front, uint32_t p)
{
    return front->cost->defined[p] && front->service->defined[p];
}

/* Whether p beats q by estimates. */
static bool beats(const struct front *front, uint32_t p, uint32_t q)
{
    const double cost = front->cost->value[p] - front->cost->value[q];
    const double service = front->sign * (front->service->value[p] - front->service->value[q]);
    return cost <= 0 && service <= 0 && (cost < 0 || service < 0);
}

/* Less is better after `sign`. The standard error of a difference is at most the sum of the two,
 * which settles most pairs without looking at replications. */
static enum certain compare(const struct front *front, const struct response *response, double sign,
                            uint32_t p, uint32_t q)
{
    const double value = sign * (response->value[p] - response->value[q]);
    const double most = front->t * (response->error[p] + response->error[q]);
    if (front->t > 0 && (value > most || value < -most))
        return value < 0 ? BETTER : WORSE;
    const struct interval_estimate found = contrast_of_two(response, p, q, front->t);
    if (!found.has_interval)
        return UNKNOWN;
    const double low = sign > 0 ? found.low : -found.high;
    const double high = sign > 0 ? found.high : -found.low;
    if (low > 0 || high < 0)
        return high < 0 ? BETTER : WORSE;
    return low < 0 || high > 0 ? UNKNOWN : SAME;
}

static bool is_sure(const struct front *front, uint32_t p, bool on)
{
    for (uint32_t q = 0; q < front->cost->n_points; q++) {
        if (q == p || !defined(front, q) || (!on && !beats(front, q, p)))
            continue;
        const enum certain cost = compare(front, front->cost, 1, p, q);
        const enum certain service = compare(front, front->service, front->sign, p, q);
        const bool same = cost == SAME && service == SAME;
        if (on && cost != BETTER && service != BETTER && !same)
            return false;
        const bool no_better = (cost == WORSE || cost == SAME) &&
                               (service == WORSE || service == SAME);
        if (!on && no_better && !same)
            return true;
    }
    return on;
}

void pareto_front(const struct response *cost, const struct response *service,
                  bool more_is_better, double confidence, struct pareto_mark *marks)
{
    const uint32_t n = cost->n_points;
    struct front   front = { .cost = cost, .service = service, .sign = more_is_better ? -1 : 1 };
    if (n > 1 && cost->replications > 1) /* two comparisons with each other point */
        front.t = student_quantile(cost->replications - 1,
                                   1 - (1 - confidence) / (2 * (double)(n - 1)));
    for (uint32_t p = 0; p < n; p++) {
        marks[p] = (struct pareto_mark){ .on = defined(&front, p), .sure = true };
        for (uint32_t q = 0; q < n && marks[p].on; q++)
            marks[p].on = !(defined(&front, q) && beats(&front, q, p));
        if (defined(&front, p))
            marks[p].sure = is_sure(&front, p, marks[p].on);
    }
}
