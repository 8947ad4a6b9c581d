/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/size.h - the inside of a sizing. Private to size*.c.
 *
 * A cell is an unknown: the agents of a pool, in the whole time or in one report interval. A
 * candidate is a number for each cell, and what was seen of it. A claim is what a candidate must
 * keep: a promise, on average or on a share of days, or a tier's service level in one interval.
 *
 * The search works on replications 0 … n - 1 of the seed, the same for all candidates; the
 * verification on those from `fresh` on.
 */
#ifndef EXPERIMENT_SIZE_H
#define EXPERIMENT_SIZE_H

#include <tiersim/size.h>

#include "base/arena.h"
#include "experiment/integer.h"
#include "experiment/preplan.h"
#include "model/measure.h"
#include "stats/interval.h"

struct size_cell {
    uint32_t pool;
    uint32_t interval; /* NONE: all of them                                               */
    double   hours;    /* a day on the floor, of one agent                                */
    double   cost;     /* a day, of one agent                                             */
    uint32_t now, preplan;
    uint32_t least, most; /* found on the way: needed with all others ample; ample          */
};

struct size_claim {
    size_t   promise;   /* as reported                                                    */
    size_t   place;     /* of its pair among those of a replication                        */
    bool     at_least, grows; /* grows: more agents help it; else they may hurt it          */
    bool     sure;            /* asks for certainty: 100 %, 0 %, no wait                     */
    uint32_t interval;       /* its report interval; NONE: overall                          */
    double   target, margin; /* margin: by which the search must be on the right side       */
    double   day_target;    /* by_days: what a day's own value is held against             */
    bool     day_at_least, by_days;
};

/* The cells of a pool where one fewer does least harm, and where one more is worth most. */
struct size_neighbours {
    size_t less, more;
};

/* Sums over some replications of one candidate. */
struct size_seen {
    uint32_t           n;    /* replications, from the first of the sample on              */
    struct ratio_sums *sums; /* [claim], then the desk's cost, then occupancy of each pool  */
};

enum size_sample { SAMPLE_SEARCH, SAMPLE_VERIFY, SAMPLES };

/* What was seen of a tier in a report interval, a replication on average. */
enum size_response { RESPONSE_IN_TIME, RESPONSE_ANSWERED, RESPONSE_ABANDONED, RESPONSE_QUEUED,
                     RESPONSE_BUSY, RESPONSE_STAFFED, RESPONSES };

struct size_candidate {
    const char      *also;          /* settings besides; NULL: none                         */
    uint32_t        *agents;        /* [cell]; NULL: the scenario as it is                  */
    double           cost;
    struct size_seen seen[SAMPLES];
    struct moments  *response;      /* [tier][interval][RESPONSES], of the search; NULL: not
                                       per interval                                         */
    struct ratio_sums *differ;      /* [claim]: from another, see size_simulate_beside      */
    bool             refused;       /* the verification did not keep it                     */
};

struct size_reason {
    enum tsim_size_cause         cause;
    bool                         keeps;
    const struct size_candidate *seen;
    size_t                       other; /* claim                                            */
};

struct sizer {
    const struct tsim_scenario     *scenario;
    const struct plan              *plan;
    struct tsim_size_options        options;
    struct tsim_run_options         run;
    struct tsim_problems           *problems;
    struct arena                    arena; /* of candidates; the result's is its own        */
    struct preplan                  preplan;
    struct size_cell               *cells;
    uint32_t                       *within; /* [cell]: room to hold agents to their limits  */
    struct size_claim              *claims;
    size_t                          n_cells, n_claims;
    struct size_candidate         **candidates;
    size_t                          n_candidates, room;
    uint32_t                        n;     /* replications of the search, for now           */
    uint32_t                        fresh; /* … at most: the verification's are from it on  */
    uint32_t                        verify_most;
    uint64_t                        seed;
    bool                            money, stopped, failed;
    uint64_t                        replications, contacts, events;
    uint32_t                        threads;
    double                          began_s;
    bool                            infeasible;
    bool                            all;    /* claims that agents may hurt bind the search, too */
    uint64_t                        walked; /* replications of plans tried for those      */
    bool                            certain; /* infeasible, for it asks for certainty        */
    bool                            dropped; /* see cost_most                              */
    bool                            unsure; /* the last plan could not be verified         */
    size_t                          broken_claim;
    double                          bound; /* of the cost                                  */
    bool                            bound_by_slopes;
    struct size_reason             *reasons; /* [TSIM_CAUSES] room                         */
    size_t                          n_reasons;
    struct size_neighbours         *neighbours; /* [pool], of the answer                   */
};

/* ---- size_cells.c: unknowns, and the settings that make them */

bool  size_cells_make(struct sizer *sizer);
/* False, with a problem, where agents are named: there is no number of them to find. */
bool  size_counts_agents(const struct plan *plan, struct tsim_problems *problems);
bool  size_claims_make(struct sizer *sizer);
/* One line for tsim_scenario_vary, in the arena. */
char *size_settings(const struct sizer *sizer, const uint32_t *agents, struct arena *arena);
/* Staff windows of a week of agents by the minute, from Monday on: those of equal days in one. ""
 * for nobody; NULL when memory is out. */
char *size_windows(const uint32_t *week, struct arena *arena);
/* The agents of a pool in an interval. */
uint32_t size_agents_at(const struct sizer *sizer, const uint32_t *agents, uint32_t pool,
                        uint32_t interval);
uint32_t size_agents_now(const struct plan *plan, uint32_t pool, uint32_t interval);

/* ---- size_simulate.c: candidates, simulated */

/* What a replication says of a claim; `pairs` are its measures. */
struct pair size_claim_pair(const struct size_claim *claim, const struct pair *pairs);

/* The candidate of these agents, held to the limits of their pools; made if it is new. NULL when
 * memory is out. */
struct size_candidate *size_candidate(struct sizer *sizer, const uint32_t *agents);
/* The same with other settings besides: for a look, and no part of the search. */
struct size_candidate *size_candidate_also(struct sizer *sizer, const uint32_t *agents,
                                           const char *also);
/* Simulates all that lack replications of a sample up to `n`. False when it failed or was
 * stopped. */
bool size_simulate(struct sizer *sizer, struct size_candidate **candidates, size_t n,
                   enum size_sample sample, uint32_t replications);
/* The same on the search's sample, and how each candidate differs from `base` on those
 * replications: far more precise than either alone. Those that have been simulated before are left
 * out. */
bool size_simulate_beside(struct sizer *sizer, struct size_candidate *base,
                          struct size_candidate **candidates, size_t n, uint32_t replications);
/* Whether a candidate that was simulated beside `base` clearly breaks a claim that more agents
 * help. */
bool size_differs_wrongly(const struct sizer *sizer, const struct size_candidate *base,
                          const struct size_candidate *candidate);

/* How far on the right side of claim i the estimate is, its margin taken off: 0 or more is kept.
 * `t` standard errors to the cautious side. Nothing to measure: nothing is broken. */
double size_slack(const struct sizer *sizer, const struct size_candidate *candidate,
                  enum size_sample sample, size_t i, double t);
/* The same relative to its target, the margin taken off. */
double size_relative(const struct sizer *sizer, const struct size_candidate *candidate,
                     enum size_sample sample, size_t i, double t);
/* The claim with the least slack relative to its target, of those that are not kept; n_claims when
 * all are kept. With `growing`, only of those that more agents help. */
size_t size_broken(const struct sizer *sizer, const struct size_candidate *candidate,
                   enum size_sample sample, bool growing);
/* The candidate keeps, on the search's sample, all claims that bind the search by now. */
bool size_keeps(const struct sizer *sizer, const struct size_candidate *candidate);

/* ---- size_search.c: the cheapest candidate on the sample */

/* NULL when there is none (`infeasible`), or it was stopped or failed. */
struct size_candidate *size_search(struct sizer *sizer);
/* More unknowns than can be tried one by one. */
bool size_many(const struct sizer *sizer);
/* The fewest that a cell may have, as the pool's limits ask, and one at least where nobody else is
 * in its tier; and the most. */
uint32_t size_ceiling(const struct sizer *sizer, size_t cell);
uint32_t size_floor(const struct sizer *sizer, size_t cell);
/* A cheaper one that keeps all claims on the sample, by slopes; from one that does not, one that
 * does or comes nearer. `trust` is the share of a cell's agents that one step may change at
 * first. (size_descend.c) */
struct size_candidate *size_descend(struct sizer *sizer, struct size_candidate *from,
                                    double trust);
/* What its slopes say of an answer: a bound, and its neighbours. `sample` is the one that it is
 * told by. False when it failed or was stopped. */
bool size_look_around(struct sizer *sizer, struct size_candidate *at, enum size_sample sample);
/* Cells that may have one fewer, those first where the slopes say that it does least harm: so many
 * of them. Room for n_cells. */
size_t size_least_harm(struct sizer *sizer, struct size_candidate *at, size_t *cells);
/* The cheapest near one that keeps all claims on the sample: removing and swapping agents. */
struct size_candidate *size_polish(struct sizer *sizer, struct size_candidate *from);
/* One that keeps all claims on the sample again, by adding to one that does not. */
struct size_candidate *size_repair(struct sizer *sizer, struct size_candidate *from);

/* `agents` of a candidate, with one fewer in cell `less` and `by` more in cell `more`; n_cells:
 * nowhere. NULL when memory is out. (size_search.c) */
struct size_candidate *size_with(struct sizer *sizer, const struct size_candidate *from,
                                 size_t less, size_t more, uint32_t by);

/* So many agents instead of these that more would change next to nothing. */
static inline uint32_t size_ample(uint32_t agents)
{
    return 3 * agents + 2;
}

/* ---- size_settle.c: claims that more agents may hurt */

/* One that keeps all claims on the sample, near one that keeps those that more agents help. Where
 * there is none: `infeasible`, and the one that comes nearest. NULL when it failed or was
 * stopped. */
struct size_candidate *size_settle(struct sizer *sizer, struct size_candidate *from);

/* ---- size_explain.c */

/* Finds out why the claim that is broken cannot be kept; `at` comes nearest. False when it failed
 * or was stopped. */
bool size_explain(struct sizer *sizer, const struct size_candidate *at);

/* ---- size_verify.c */

/* Holds the candidate, and cheaper neighbours, against fresh replications; NULL as above. */
struct size_candidate *size_verify(struct sizer *sizer, struct size_candidate *from);

static inline uint32_t size_sample_first(const struct sizer *sizer, enum size_sample sample)
{
    return sample == SAMPLE_SEARCH ? 0 : sizer->fresh;
}

/* The normal quantile for one-sided confidence. */
double size_one_sided(const struct sizer *sizer, uint32_t n);

/* ---- size_promises.c */

/* What was seen of a claim (or of the other sums), with an interval of t standard
 * errors. */
struct tsim_estimate size_estimate(const struct size_candidate *candidate,
                                   enum size_sample sample, size_t at, double t);

/* What became of a promise, all but its text: by the claim of it that came off worst. */
void size_tell_promise(const struct sizer *sizer, const struct size_candidate *candidate,
                       enum size_sample sample, size_t promise, struct tsim_size_promise *told);

#endif
