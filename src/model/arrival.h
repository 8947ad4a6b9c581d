/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/arrival.h - arrival processes: when the next contact of a stream comes. One kind a file in
 * arrival/.
 *
 * A kind is made once into a flat struct arrival; each replication keeps a small state. Arrival
 * number n of a stream is a pure function of (seed, replication, stream, n).
 */
#ifndef MODEL_ARRIVAL_H
#define MODEL_ARRIVAL_H

#include "base/param.h"
#include "kernel/dist.h"
#include "kernel/rng.h"
#include "model/busyness.h"
#include "model/calendar.h"
#include "model/intensity.h"

/* The days of a trace that are drawn again for each simulated day: whole days as they were, so that
 * what hangs together within a day stays together (the bootstrap of independent blocks). */
struct trace_days {
    uint32_t        n;
    const uint32_t *first;       /* [n + 1] row with which each recorded day begins       */
    const uint32_t *of_weekday;  /* [n] days by weekday, Monday first                     */
    uint32_t        weekday[8];  /* … where those of each begin                           */
    bool            by_weekday;  /* a Monday is one of the recorded Mondays               */
    uint64_t        purpose;
};

/* What a trace says of its contacts, in order of arrival. */
struct trace {
    uint32_t      n;
    const double *time_s;   /* since the simulation's start, never falling; with days: since
                               midnight, day by day                                      */
    const struct trace_days *days; /* NULL: replayed as it was recorded                  */
    uint32_t      n_tiers;  /* tiers with given handling times                           */
    const double *handling; /* [contact * n_tiers + tier], NAN: not given; may be NULL    */
    const double *patience; /* the same                                                  */
};

struct arrival {
    const struct arrival_kind *kind;
    struct profile             rate;      /* per second                                  */
    struct dist                gap;       /* renewal: time between arrivals              */
    struct dist                busyness;  /* day factor, mean 1                          */
    bool                       has_busyness;
    bool                       varies;    /* the rate is multiplied by: see intensity.h  */
    const struct busyness_law *law;       /* how busy days hang together; NULL           */
    uint32_t                   law_group; /* its number there                            */
    const struct busyness_parts *parts;   /* of its days; NULL: a day has one factor     */
    const struct day_rates    *day_rates; /* NULL                                        */
    const struct regimes      *regimes;   /* NULL; else the profile is 1                 */
    const struct surge        *surges;
    uint32_t                   n_surges;
    struct numbers             per_day;   /* daily: contacts, by weekday or always       */
    struct profile             shape;     /* … and how they are spread                   */
    const struct dist         *batch;     /* contacts that come at once; NULL: one       */
    uint64_t                   batches;   /* purpose                                     */
    double                     start_s;   /* time 0 in seconds after Monday 00:00        */
    const struct trace        *trace;
    struct busyness_group      days;      /* of busyness                                 */
    uint64_t                   gaps, jumps; /* purposes                                  */
};

struct arrival_state {
    struct profile_cursor cursor;
    double                gaps[4]; /* Poisson: unit exponentials made at once            */
    double                time_s; /* of the last arrival                                 */
    double                factor, change_s; /* times the profile, until then            */
    const struct busyness_set *set; /* NULL: days are drawn independently                */
    uint32_t              n;      /* gaps so far                                         */
    uint32_t              left;   /* of the batch that is coming; of the day             */
    double                day;    /* daily: in hand                                      */
    struct intensity_state more;
};

struct arrival_kind {
    struct kind kind;
    bool (*make)(struct reader *reader, const struct json *at, const void *given,
                 double start_s, struct arrival *arrival);
    /* Time of the next arrival, not before the last; INFINITY when none comes before until_s. */
    double (*next)(const struct arrival *arrival, struct arrival_state *state,
                   const struct rng_schedule *schedule, double until_s);
    /* Expected arrivals in [a, b). */
    double (*expected)(const struct arrival *arrival, double a_s, double b_s);
};

/* The first of the incidents that moves the rate at the arrival drawn last; 0: none does. */
static inline uint32_t arrival_incident(const struct arrival *arrival,
                                        const struct arrival_state *state)
{
    for (uint32_t i = 0; i < arrival->n_surges; i++)
        if (state->more.surges[i].on)
            return arrival->surges[i].number;
    return 0;
}

extern const struct family arrival_family;

/* Arrivals of a Poisson process whose rate is the profile times what changes. */
double arrival_next_poisson(const struct arrival *arrival, struct arrival_state *state,
                            const struct rng_schedule *schedule, double until_s);

static inline const struct arrival_kind *arrival_of(const struct choice *choice)
{
    return (const struct arrival_kind *)(const void *)choice->kind;
}

#endif
