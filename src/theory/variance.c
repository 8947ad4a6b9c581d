/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Let R(t) add f(state) over time and c for every jump. With r the expected gain per unit of time
 * in a state, a its average, and g a solution of Q g = a - r, R(t) - a t is a martingale but for a
 * bounded term, so
 *
 *     v = sum over jumps i -> j of p(i) q(i, j) (c + g(j) - g(i))^2.
 *
 * In a birth-death chain the flow of p Q g across the cut between i and i + 1 gives
 *
 *     p(i) up (g(i + 1) - g(i)) = sum of p(k) (a - r(k)) over k <= i,
 *
 * and minus the sum over k > i, whichever is shorter. Known answer: M/M/1, number present,
 * v = 2 rho (1 + rho) / (1 - rho)^4 in units of the service rate. */
#include "theory/variance.h"

#include <math.h>
#include <stdlib.h>

struct chain {
    double        up, service, leave; /* rates: arrival, one agent, one waiting contact */
    double        agents;
    size_t        top;    /* states 0..top; arrivals at top are turned away     */
    const double *p;      /* their probabilities                                */
    size_t        mode;
};

/* What a measure adds: gains per arrival, per arrival that waits, per abandonment; per unit of
 * time and waiting contact, busy agent. */
struct gains {
    double arrival, waiter, leaver, line, busy;
};

static double busy_at(const struct chain *chain, size_t state)
{
    return fmin((double)state, chain->agents);
}

static double line_at(const struct chain *chain, size_t state)
{
    return fmax((double)state - chain->agents, 0.0);
}

/* Gain at an arrival in this state. */
static double arrival_gain(const struct chain *chain, const struct gains *gains, size_t state)
{
    const bool waits = (double)state >= chain->agents && state < chain->top;
    return gains->arrival + (waits ? gains->waiter : 0.0);
}

/* Expected gain per unit of time. */
static double gain_rate(const struct chain *chain, const struct gains *gains, size_t state)
{
    const double line = line_at(chain, state);
    return chain->up * arrival_gain(chain, gains, state) +
           line * (chain->leave * gains->leaver + gains->line) +
           busy_at(chain, state) * gains->busy;
}

/* Adds the squares of the two jumps across the cut between state and state + 1, whose deviation
 * sum is given. */
static double cut_squares(const struct chain *chain, const struct gains *gains, size_t state,
                          double sum)
{
    const double flow = chain->p[state] * chain->up;
    if (!(flow > 0.0))
        return 0.0;
    const double rise = sum / flow;
    const double up = arrival_gain(chain, gains, state) + rise;
    const double leave = gains->leaver - rise;
    const double served = busy_at(chain, state + 1) * chain->service * rise * rise;
    const double left = line_at(chain, state + 1) * chain->leave * leave * leave;
    return flow * up * up + chain->p[state + 1] * (served + left);
}

static double chain_variance(const struct chain *chain, const struct gains *gains)
{
    double average = 0.0;
    for (size_t i = 0; i <= chain->top; i++)
        average += chain->p[i] * gain_rate(chain, gains, i);
    const double turned = arrival_gain(chain, gains, chain->top);
    double v = chain->p[chain->top] * chain->up * turned * turned;
    double sum = 0.0;
    for (size_t i = 0; i < chain->mode; i++) {
        sum += chain->p[i] * (average - gain_rate(chain, gains, i));
        v += cut_squares(chain, gains, i, sum);
    }
    sum = 0.0;
    for (size_t i = chain->top; i > chain->mode; i--) {
        sum -= chain->p[i] * (average - gain_rate(chain, gains, i));
        v += cut_squares(chain, gains, i - 1, sum);
    }
    return v;
}

static double death_rate(const struct chain *chain, size_t state)
{
    return busy_at(chain, state) * chain->service + line_at(chain, state) * chain->leave;
}

/* Finds the mode and the last state that matters: 1e-25 of the mode, far below the squares of the
 * line's length that it is multiplied with. */
static bool chain_bounds(struct chain *chain, const struct erlang_system *system)
{
    const size_t limit = system->limited ? (size_t)system->agents + system->places
                                         : (size_t)VARIANCE_STATES_MAX;
    size_t state = 0;
    while (state < limit && state < VARIANCE_STATES_MAX &&
           chain->up >= death_rate(chain, state + 1))
        state++;
    chain->mode = state;
    double weight = 1.0;
    while (state < limit && state < VARIANCE_STATES_MAX && weight > 1e-25)
        weight *= chain->up / death_rate(chain, ++state);
    chain->top = state;
    return state < VARIANCE_STATES_MAX;
}

static void chain_fill(const struct chain *chain, double *p)
{
    double total = p[chain->mode] = 1.0;
    for (size_t i = chain->mode; i < chain->top; i++)
        total += p[i + 1] = p[i] * chain->up / death_rate(chain, i + 1);
    for (size_t i = chain->mode; i > 0; i--)
        total += p[i - 1] = p[i] * death_rate(chain, i) / chain->up;
    for (size_t i = 0; i <= chain->top; i++)
        p[i] /= total;
}

static void constants_fill(const struct chain *chain, const struct erlang_measures *exact,
                           struct variance_constants *v)
{
    const double rate = chain->up;
    const double stay = exact->queue_mean / rate;
    const double n = chain->agents;
    *v = (struct variance_constants){
        .queue_mean = chain_variance(chain, &(struct gains){ .line = 1.0 }),
        .present_mean = chain_variance(chain, &(struct gains){ .line = 1.0, .busy = 1.0 }),
        .utilisation = chain_variance(chain, &(struct gains){ .busy = 1.0 / n }),
        .arrival_rate = chain_variance(chain, &(struct gains){ .arrival = 1.0 }),
        .wait_share = chain_variance(
            chain, &(struct gains){ .waiter = 1.0 / rate, .arrival = -exact->wait_share / rate }),
        .wait_mean = chain_variance(
            chain, &(struct gains){ .line = 1.0 / rate, .arrival = -stay / rate }),
        .abandon_share =
            chain_variance(chain, &(struct gains){ .leaver = 1.0 / rate,
                                                   .arrival = -exact->abandon_share / rate }),
    };
}

bool variance_solve(const struct erlang_system *system, struct variance_constants *v)
{
    struct erlang_measures exact;
    *v = (struct variance_constants){ 0 };
    if (!erlang_solve(system, &exact) || !exact.stable || !(system->arrival_rate > 0.0))
        return false;
    struct chain chain = {
        .up = system->arrival_rate,
        .service = system->service_rate,
        .leave = system->abandon_rate,
        .agents = system->agents,
    };
    if (!chain_bounds(&chain, system))
        return false;
    double *p = malloc((chain.top + 1) * sizeof *p);
    if (!p)
        return false;
    chain_fill(&chain, p);
    chain.p = p;
    constants_fill(&chain, &exact, v);
    free(p);
    return true;
}
