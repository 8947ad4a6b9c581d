/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a candidate keeps its claims on replications that the search has not seen, as sure as
 * was asked; and whether one agent less would too. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/size.h"

enum { ROUNDS = 16, CLOSE_MOST = 3, FIRST = 4, TIGHTER = 4, FAILURES = 4 };

#define CAREFUL 0.05 /* share of a cell's agents that a step may change                  */

/* KEPT: every claim, with the confidence. BROKEN: one, as sure. CLOSE: neither can be said. */
static enum tsim_verdict judge(const struct sizer *sizer, const struct size_candidate *candidate)
{
    const double      t = size_one_sided(sizer, candidate->seen[SAMPLE_VERIFY].n);
    enum tsim_verdict verdict = TSIM_KEPT;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        if (size_slack(sizer, candidate, SAMPLE_VERIFY, i, -t) < 0)
            return TSIM_BROKEN;
        if (size_slack(sizer, candidate, SAMPLE_VERIFY, i, t) < 0)
            verdict = TSIM_TOO_CLOSE;
    }
    return verdict;
}

/* Replications until it can be said, or there are as many as may be. */
static bool decide(struct sizer *sizer, struct size_candidate *candidate,
                   enum tsim_verdict *verdict)
{
    for (uint32_t n = FIRST * sizer->n;; n *= 2) {
        if (n > sizer->verify_most)
            n = sizer->verify_most;
        if (!size_simulate(sizer, &candidate, 1, SAMPLE_VERIFY, n))
            return false;
        *verdict = judge(sizer, candidate);
        if (*verdict != TSIM_TOO_CLOSE || n == sizer->verify_most)
            return true;
    }
}

/* The search was too hopeful: it is to be on the right side by more than this candidate was; where
 * a change may be as small as one of many cells, by as much as the verification lacks. */
static void learn(struct sizer *sizer, struct size_candidate *candidate)
{
    const double t = size_one_sided(sizer, candidate->seen[SAMPLE_VERIFY].n);
    candidate->refused = true;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const double slack = size_slack(sizer, candidate, SAMPLE_SEARCH, i, 0);
        const double verified = size_slack(sizer, candidate, SAMPLE_VERIFY, i, t);
        if (verified >= 0)
            continue;
        sizer->all |= !sizer->claims[i].grows;
        if (size_many(sizer))
            sizer->claims[i].margin += slack - verified;
        else if (slack >= 0)
            sizer->claims[i].margin += slack + 1e-9;
    }
}

/* What the verification leaves over, of many cells: the search may come so much nearer. The cheaper
 * of what is found and kept then, and `from`. */
static struct size_candidate *tighten(struct sizer *sizer, struct size_candidate *from)
{
    enum tsim_verdict verdict;
    for (int round = 0; round < TIGHTER && !sizer->stopped; round++) {
        const double t = size_one_sided(sizer, from->seen[SAMPLE_VERIFY].n);
        for (size_t i = 0; i < sizer->n_claims && round == 0; i++)
            sizer->claims[i].margin = fmax(0, sizer->claims[i].margin +
                                                  size_slack(sizer, from, SAMPLE_SEARCH, i, 0) -
                                                  size_slack(sizer, from, SAMPLE_VERIFY, i, t));
        struct size_candidate *next = size_descend(sizer, from, CAREFUL);
        if (!next || next == from || next->cost >= from->cost || !decide(sizer, next, &verdict))
            break;
        if (verdict == TSIM_KEPT)
            from = next;
        else
            learn(sizer, next);
    }
    return sizer->failed ? NULL : from;
}

/* The candidate, with one agent less wherever that is kept as surely. */
static struct size_candidate *spare(struct sizer *sizer, struct size_candidate *from)
{
    uint32_t         *agents = calloc(sizer->n_cells, sizeof *agents);
    enum tsim_verdict verdict;
    bool              again = agents != NULL;
    sizer->failed |= agents == NULL;
    while (again) {
        again = false;
        for (size_t j = 0; j < sizer->n_cells && !again; j++) {
            memcpy(agents, from->agents, sizer->n_cells * sizeof *agents);
            if (agents[j] <= 1 || agents[j] <= size_floor(sizer, j))
                continue;
            agents[j]--;
            struct size_candidate *fewer = size_candidate(sizer, agents);
            if (!fewer || (!fewer->refused && !decide(sizer, fewer, &verdict))) {
                free(agents);
                return sizer->failed ? NULL : from;
            }
            again = !fewer->refused && verdict == TSIM_KEPT;
            if (again)
                from = fewer;
            else
                fewer->refused = true;
        }
    }
    free(agents);
    return from;
}

/* The same of many cells: where one fewer does least harm, until that has failed a few times. */
static struct size_candidate *spare_some(struct sizer *sizer, struct size_candidate *from)
{
    size_t   *cells = calloc(sizer->n_cells, sizeof *cells);
    uint32_t *agents = calloc(sizer->n_cells, sizeof *agents);
    sizer->failed |= !cells || !agents;
    const uint32_t n = from->seen[SAMPLE_VERIFY].n;
    const size_t   most = sizer->failed ? 0 : size_least_harm(sizer, from, cells);
    int            failures = 0;
    for (size_t k = 0; k < most && failures < FAILURES; k++) {
        memcpy(agents, from->agents, sizer->n_cells * sizeof *agents);
        agents[cells[k]]--;
        struct size_candidate *fewer = size_candidate(sizer, agents);
        if (!fewer || !size_simulate(sizer, &fewer, 1, SAMPLE_VERIFY, n))
            break;
        if (judge(sizer, fewer) == TSIM_KEPT)
            from = fewer;
        else
            failures++;
    }
    free(cells);
    free(agents);
    return sizer->failed ? NULL : from;
}

static struct size_candidate *spare_many(struct sizer *sizer, struct size_candidate *from)
{
    from = tighten(sizer, from);
    return from && !sizer->stopped ? spare_some(sizer, from) : from;
}

/* A claim that asks for certainty was broken: more agents make that rarer, and never sure. */
static bool is_certainty(struct sizer *sizer, const struct size_candidate *candidate)
{
    const size_t broken = size_broken(sizer, candidate, SAMPLE_VERIFY, true);
    if (broken == sizer->n_claims || !sizer->claims[broken].sure)
        return false;
    sizer->infeasible = sizer->certain = true;
    sizer->broken_claim = broken;
    return true;
}

/* With what the verification has taught. */
static struct size_candidate *search_on(struct sizer *sizer, struct size_candidate *from)
{
    if (size_many(sizer)) {
        from = size_descend(sizer, from, CAREFUL);
    } else {
        from = size_repair(sizer, from);
        from = from ? size_polish(sizer, from) : NULL;
    }
    return from && !sizer->stopped ? size_settle(sizer, from) : from;
}

struct size_candidate *size_verify(struct sizer *sizer, struct size_candidate *from)
{
    enum tsim_verdict verdict = TSIM_TOO_CLOSE;
    int               close = 0; /* how often, once claims that agents may hurt are in it */
    for (int round = 0; round < ROUNDS && close < CLOSE_MOST && from; round++) {
        if (!decide(sizer, from, &verdict))
            return sizer->failed ? NULL : from;
        if (verdict == TSIM_KEPT)
            return size_many(sizer) ? spare_many(sizer, from) : spare(sizer, from);
        if (is_certainty(sizer, from))
            return from;
        learn(sizer, from);
        close += sizer->all && verdict == TSIM_TOO_CLOSE;
        struct size_candidate *next = search_on(sizer, from);
        if (next && sizer->infeasible) {
            /* Nothing near does better; what was seen of this one is not out of doubt. */
            sizer->infeasible = verdict == TSIM_BROKEN;
            sizer->unsure = !sizer->infeasible;
            return from;
        }
        from = next;
    }
    /* So few replications mislead the search again and again: what the last one is, is told. */
    if (from && !decide(sizer, from, &verdict) && sizer->failed)
        return NULL;
    sizer->unsure = verdict != TSIM_KEPT;
    return from;
}
