/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the system are weighed in units of the state "all agents busy, none waiting":
 * those below by Erlang's recurrence, which only adds and multiplies, those above through the
 * offered wait (theory/waitlaw.h), which needs no sum over states and so does not care how many
 * there are. */
#include "theory/erlang.h"

#include <math.h>

#include "theory/waitlaw.h"

/* Weight of all states with an idle agent: D(k) = k / load * (1 + D(k - 1)). Overflows to
 * infinity where an agent is as good as never missing. */
static double idle_weight(double load, uint32_t agents)
{
    double weight = 0.0;
    for (uint32_t k = 1; k <= agents && weight < HUGE_VAL; k++)
        weight = (double)k / load * (1.0 + weight);
    return weight;
}

static bool load_valid(double load, uint32_t agents)
{
    return load >= 0.0 && isfinite(load) && agents >= 1 && agents <= ERLANG_AGENTS_MAX;
}

double erlang_b(double load, uint32_t agents)
{
    if (!load_valid(load, agents))
        return 0.0;
    return load > 0.0 ? 1.0 / (1.0 + idle_weight(load, agents)) : 0.0;
}

double erlang_c(double load, uint32_t agents)
{
    if (!load_valid(load, agents) || !(load > 0.0))
        return 0.0;
    if (load >= (double)agents)
        return 1.0;
    const double waiting = (double)agents / ((double)agents - load);
    return waiting / (waiting + idle_weight(load, agents));
}

/* Logarithm of the weight of the full line: the product of load / (1 + i theta), i = 1..places. */
static double full_log_weight(const struct wait_line *line)
{
    if (!(line->load > 0.0))
        return line->places ? -HUGE_VAL : 0.0;
    if (!(line->theta > 0.0))
        return line->places * log(line->load);
    double product = 1.0;
    double log_weight = 0.0;
    for (uint32_t i = 1; i <= line->places; i++) {
        product *= line->load / (1.0 + i * line->theta);
        if (product > 1e-100 && product < 1e100 && i < line->places)
            continue;
        log_weight += log(product);
        product = 1.0;
        /* Once far below the first state and still falling, it is nothing. */
        if (log_weight < -800.0 && line->load < 1.0 + i * line->theta)
            return -HUGE_VAL;
    }
    return log_weight;
}

/* Relative weights: they add up to 1. */
struct weights {
    double idle, full, full_agents; /* an agent idle; line full; exactly all agents busy */
    struct wait_sums early, late;
};

static void sums_scale(struct wait_sums *sums, double factor)
{
    sums->all *= factor;
    sums->served *= factor;
    sums->served_wait *= factor;
    sums->stay *= factor;
    sums->left_wait *= factor;
}

/* Closed form for endless patience in an open line: v = exp(-(1 - load) x). */
static void patient_integrate(double load, double within, struct wait_sums *early,
                              struct wait_sums *late)
{
    const double rate = 1.0 - load;
    const double after = exp(-rate * within);
    const double wait_after = within < HUGE_VAL && after > 0.0
                                  ? after * (1.0 + rate * within) / (rate * rate)
                                  : 0.0;
    const double wait = fmax(1.0 / (rate * rate) - wait_after, 0.0);
    *late = (struct wait_sums){ after / rate, after / rate, wait_after, wait_after, 0.0 };
    *early = (struct wait_sums){ -expm1(-rate * within) / rate, 0.0, wait, wait, 0.0 };
    early->served = early->all;
}

static void weights_find(const struct wait_line *line, double load, uint32_t agents,
                         double within, struct weights *weights)
{
    double log_line = 0.0;
    *weights = (struct weights){ 0 };
    if (!line->limited && !(line->theta > 0.0))
        patient_integrate(line->load, within, &weights->early, &weights->late);
    else if (!line->limited || line->places > 0)
        wait_line_integrate(line, within, &weights->early, &weights->late, &log_line);
    const double log_full = line->limited ? full_log_weight(line) : -HUGE_VAL;
    /* The largest exponent becomes the unit. */
    const double unit = fmax(0.0, fmax(log_line, log_full));
    const double idle = load > 0.0 ? idle_weight(load, agents) : HUGE_VAL;
    sums_scale(&weights->early, exp(log_line - unit));
    sums_scale(&weights->late, exp(log_line - unit));
    weights->full = exp(log_full - unit);
    weights->full_agents = exp(-unit);
    weights->idle = idle * exp(-unit);
    const double rest = weights->early.all + weights->late.all + weights->full;
    if (!(weights->idle < HUGE_VAL)) {
        *weights = (struct weights){ .idle = 1.0 };
        return;
    }
    const double factor = 1.0 / (weights->idle + rest);
    sums_scale(&weights->early, factor);
    sums_scale(&weights->late, factor);
    weights->full *= factor;
    weights->full_agents *= factor;
    weights->idle *= factor;
}

static double quotient(double x, double y)
{
    return y > 0.0 ? x / y : 0.0;
}

static void measures_fill(const struct erlang_system *system, const struct wait_line *line,
                          const struct weights *w, struct erlang_measures *m)
{
    const double n = system->agents;
    const double unit = 1.0 / (n * system->service_rate);
    const double load = system->arrival_rate / system->service_rate;
    const double waiting = w->early.all + w->late.all;
    const double stay = w->early.stay + w->late.stay;
    const double served_waiting = w->early.served + w->late.served;
    const double served = w->idle + served_waiting;
    m->stable = true;
    m->wait_share = waiting;
    m->block_share = w->full;
    m->abandon_share = line->theta * stay;
    m->abandon_share_of_waiting = quotient(m->abandon_share, waiting);
    m->queue_mean = line->load * stay; /* Little, in units of 1 / (n mu) */
    m->busy_mean = load * w->idle + n * fmax(0.0, waiting + w->full - w->full_agents);
    m->present_mean = m->queue_mean + m->busy_mean;
    m->utilisation = m->busy_mean / n;
    m->served_rate = system->arrival_rate * served;
    m->wait_mean = quotient(stay, w->idle + waiting) * unit;
    m->wait_mean_waiting = quotient(stay, waiting) * unit;
    const double served_wait = w->early.served_wait + w->late.served_wait;
    m->wait_mean_served = quotient(served_wait, served) * unit;
    const double left_wait = w->early.left_wait + w->late.left_wait;
    m->wait_mean_abandoned = quotient(left_wait, m->abandon_share) * unit;
    /* Short abandonment: the wait offered was short and patience shorter, or the wait offered was
     * long and patience ended within T. */
    const double s = w->idle + w->early.served;
    const double given_up = -expm1(-system->abandon_rate * system->within);
    const double a = line->theta * w->early.stay + w->late.all * given_up;
    const double others = w->late.all * (1.0 - given_up) + w->full; /* neither s nor a */
    m->level[ERLANG_SERVED_OF_OFFERED] = s;
    m->level[ERLANG_WITHOUT_SHORT_LEFT] = quotient(s, s + others);
    m->level[ERLANG_SERVED_OR_LEFT] = s + a;
    m->level[ERLANG_SERVED_OF_SERVED] = quotient(s, served);
}

static void unstable_fill(const struct erlang_system *system, struct erlang_measures *m)
{
    *m = (struct erlang_measures){
        .wait_share = 1.0,
        .busy_mean = system->agents,
        .utilisation = 1.0,
        .served_rate = system->agents * system->service_rate,
    };
}

static bool measures_finite(const struct erlang_measures *m)
{
    const double sum = m->wait_share + m->queue_mean + m->busy_mean + m->served_rate +
                       m->wait_mean + m->wait_mean_waiting + m->wait_mean_served +
                       m->wait_mean_abandoned + m->level[ERLANG_SERVED_OF_OFFERED] +
                       m->level[ERLANG_WITHOUT_SHORT_LEFT] + m->abandon_share;
    return isfinite(sum);
}

bool erlang_solve(const struct erlang_system *system, struct erlang_measures *measures)
{
    *measures = (struct erlang_measures){ 0 };
    const double load =
        system->service_rate > 0.0 ? system->arrival_rate / system->service_rate : -1.0;
    if (!load_valid(load, system->agents) || !(system->arrival_rate >= 0.0) ||
        !(system->abandon_rate >= 0.0) || !(system->within >= 0.0) ||
        !isfinite(system->within) || (system->limited && system->places > ERLANG_PLACES_MAX))
        return false;
    const double all = system->agents * system->service_rate;
    const struct wait_line line = {
        .load = system->arrival_rate / all,
        .theta = system->abandon_rate / all,
        .limited = system->limited,
        .places = system->places,
    };
    if (!isfinite(all) || !isfinite(line.theta))
        return false;
    if (!line.limited && !(line.theta > 0.0) && line.load >= 1.0) {
        unstable_fill(system, measures);
        return true;
    }
    struct weights weights;
    weights_find(&line, load, system->agents, system->within * all, &weights);
    measures_fill(system, &line, &weights, measures);
    if (measures_finite(measures))
        return true;
    *measures = (struct erlang_measures){ 0 };
    return false;
}

static bool patient_and_stable(const struct erlang_system *system)
{
    return !system->limited && !(system->abandon_rate > 0.0) && system->arrival_rate >= 0.0 &&
           system->arrival_rate < system->agents * system->service_rate;
}

double erlang_c_wait_variance(const struct erlang_system *system)
{
    if (!patient_and_stable(system))
        return 0.0;
    const double c = erlang_c(system->arrival_rate / system->service_rate, system->agents);
    const double rate = system->agents * system->service_rate - system->arrival_rate;
    return c * (2.0 - c) / (rate * rate);
}

double erlang_c_wait_quantile(const struct erlang_system *system, double probability)
{
    if (!patient_and_stable(system) || !(probability > 0.0) || !(probability < 1.0))
        return 0.0;
    const double c = erlang_c(system->arrival_rate / system->service_rate, system->agents);
    const double rate = system->agents * system->service_rate - system->arrival_rate;
    return fmax(0.0, log(c / (1.0 - probability)) / rate);
}

uint32_t erlang_square_root_agents(double load, double beta)
{
    if (!(load > 0.0))
        return 1;
    const double agents = ceil(load + beta * sqrt(load));
    return agents > 1.0 ? (uint32_t)fmin(agents, ERLANG_AGENTS_MAX) : 1;
}
