/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/intensity.h - what multiplies a stream's rate as time goes by, beside its weekly profile.
 *
 * All of it is constant between changes, so that the process stays an exact Poisson process given
 * its rate, and each is a pure function of (seed, replication) and an address of its own:
 *
 *   days     a busy day's factor (model/busyness.h), growth, holidays; they change at midnight,
 *            and a factor also where intervals of a day have their own
 *   regimes  states between which a hidden Markov chain jumps: the Markov-modulated Poisson
 *            process (W. Fischer and K. Meier-Hellstern, Performance Evaluation 18(2), 1993). It
 *            starts in its stationary law
 *   surges   incidents: an outage multiplies the rates of some streams while it lasts. Every
 *            stream walks along the incident's times by itself, and finds the same ones
 */
#ifndef MODEL_INTENSITY_H
#define MODEL_INTENSITY_H

#include "kernel/dist.h"
#include "kernel/rng.h"

enum { INTENSITY_SURGES = 8, INTENSITY_REGIMES = 16 }; /* at most, of a stream */

struct regime {
    double        rate;   /* per second                                                     */
    double        stay_s; /* mean of an exponential                                         */
    const double *up_to;  /* [regimes] where it jumps, cumulated                            */
};

struct regimes {
    uint32_t             n;
    const struct regime *at;
    const double        *share; /* [regimes] of time, in the long run                       */
};

/* An incident as one stream sees it. */
struct surge {
    double             factor;   /* of the rate                                             */
    const struct dist *between;  /* from the end of one to the next; NULL: at given times   */
    const struct dist *duration; /* NULL: none                                              */
    const double      *begin_s;  /* given times, ascending                                  */
    uint32_t           n;
    uint64_t           times;    /* purpose, of the incident                                */
    uint32_t           number;   /* of the scenario's incidents, from 1                     */
};

/* Of whole days. */
struct day_rates {
    double        growth_log; /* of the factor of a day to the next                         */
    double        holiday_factor;
    const double *holidays;   /* days after Monday, 1 January 2024, ascending               */
    uint32_t      n_holidays;
};

struct arrival;
struct arrival_state;

struct surge_state {
    double   edge_s; /* when it changes                                                     */
    uint32_t n;      /* begun so far                                                        */
    bool     on;
};

struct intensity_state {
    double             day_factor, day_end_s;
    double             normal; /* of the day's busyness, where days hang together            */
    double             day_normal, part_normal; /* … and where its intervals differ          */
    double             part_factor, part_end_s;
    uint32_t           parts;  /* of the day, drawn so far                                    */
    double             regime_end_s;
    uint32_t           regime, jumps;
    struct surge_state surges[INTENSITY_SURGES];
};

/* Sets the state's factor, and until when it holds: at time 0, and at that time. */
void intensity_open(const struct arrival *arrival, struct arrival_state *state,
                    struct rng_key key);
void intensity_step(const struct arrival *arrival, struct arrival_state *state,
                    struct rng_key key);

/* Expected integral of profile times factor over [a, b): exact where there are no surges, and with
 * them as if they had always been. */
double intensity_expected(const struct arrival *arrival, double a_s, double b_s);

/* Fills the shares of time of a chain whose states all reach each other; false when they do
 * not (elimination without subtractions: W. K. Grassmann, M. I. Taksar and D. P. Heyman,
 * Operations Research 33(5), 1985). `rates` is [n * n], jumps per second, and is used up. */
bool intensity_shares(uint32_t n, double *rates, double *share);

#endif
