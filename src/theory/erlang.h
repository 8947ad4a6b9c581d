/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theory/erlang.h - one line, interchangeable agents, exact answers.
 *
 * Erlang B (no waiting places), Erlang C (patient callers, unlimited line), Erlang A (impatient
 * callers) and their mixtures with a limited line: Poisson arrivals, exponential handling,
 * exponential patience that stops when handling starts, first come first served. Besides these,
 * the mean waits of one agent with any handling time and of priority classes.
 *
 * Any unit of time will do, as long as all rates and times use the same one. Results are good to
 * about 1e-11 of their value (1e-9 with millions of waiting places), for 1 to ERLANG_AGENTS_MAX
 * agents and any patience: nothing overflows, and the work is bounded (below a millisecond, tens
 * of milliseconds with millions of waiting places).
 *
 * Where an unlimited line grows for ever (`stable` false) the answer is fixed: everybody waits,
 * all agents are busy, served_rate is what they can do, and everything else is 0.
 *
 * All functions are pure.
 */
#ifndef THEORY_ERLANG_H
#define THEORY_ERLANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ERLANG_AGENTS_MAX = 1000000, ERLANG_PLACES_MAX = 10000000 };

struct erlang_system {
    double   arrival_rate;
    double   service_rate; /* of one agent, above 0                       */
    double   abandon_rate; /* of one waiting contact; 0: patient for ever */
    uint32_t agents;       /* at least 1                                  */
    bool     limited;      /* the line has `places` waiting places        */
    uint32_t places;
    double   within;       /* the time T of the service levels            */
};

/* What is counted: see the service levels below. s = served with a wait of at most T, a =
 * abandoned with a wait of at most T, S = served, N = offered, blocked contacts included. */
enum erlang_level {
    ERLANG_SERVED_OF_OFFERED,   /* s / N       */
    ERLANG_WITHOUT_SHORT_LEFT,  /* s / (N - a) */
    ERLANG_SERVED_OR_LEFT,      /* (s + a) / N */
    ERLANG_SERVED_OF_SERVED,    /* s / S       */
    ERLANG_LEVELS
};

/* Shares are of all contacts offered. */
struct erlang_measures {
    bool   stable;
    double wait_share, block_share, abandon_share;
    double abandon_share_of_waiting;
    double queue_mean, busy_mean, present_mean; /* waiting, in service, both: time averages  */
    double utilisation, served_rate;
    double wait_mean;           /* of all admitted, zeros included                           */
    double wait_mean_served;    /* of the served, zeros included                             */
    double wait_mean_abandoned; /* of those who gave up                                      */
    double wait_mean_waiting;   /* of those who had to wait, served or not                   */
    double level[ERLANG_LEVELS];
};

/* False when the system is outside the limits above or a result is not a finite number; then
 * `measures` is all zero. */
bool erlang_solve(const struct erlang_system *system, struct erlang_measures *measures);

/* Share of contacts that find all agents busy: of `load` erlang on `agents` with no line. */
double erlang_b(double load, uint32_t agents);

/* Share of patient contacts that have to wait; 1 when load >= agents. */
double erlang_c(double load, uint32_t agents);

/* Variance and quantile of the wait in a stable, patient, unlimited system (Erlang C); 0 in any
 * other. */
double erlang_c_wait_variance(const struct erlang_system *system);
double erlang_c_wait_quantile(const struct erlang_system *system, double probability);

/* Agents by the square-root rule: load + beta * sqrt(load), rounded up, at least 1. beta 0 is
 * about every second contact waiting; 1 is about one in four to five. */
uint32_t erlang_square_root_agents(double load, double beta);

/* One agent, any handling time given by its first three moments about zero
 * (Pollaczek-Khinchine). The variance needs the third. */
struct pollaczek_measures {
    bool   stable;
    double utilisation, wait_share, wait_mean, wait_variance, queue_mean, present_mean;
};

bool pollaczek_solve(double arrival_rate, const double moments[3],
                     struct pollaczek_measures *measures);

/* Classes of patient contacts in order of priority, the first one first; nobody is interrupted;
 * every class has the same exponential handling (O. Kella and U. Yechiali, 1985). */
struct priority_system {
    const double *arrival_rates; /* one a class             */
    size_t        classes;
    double        service_rate;
    uint32_t      agents;
    double        within;
};

struct priority_class {
    bool   stable; /* all classes together are less than the agents can do */
    double wait_mean, queue_mean, level; /* level: share answered within T, to 1e-12 */
};

/* Fills one element a class. `wait_share` is for all classes together, 1 when they are too much
 * for the agents: then all elements are 0. */
bool priority_solve(const struct priority_system *system, struct priority_class *classes,
                    double *wait_share);

#endif
