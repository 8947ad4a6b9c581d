/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a candidate keeps its claims on replications that the search has not seen, as sure as
 * was asked; and whether one agent less would too. */
#include <stdlib.h>
#include <string.h>

#include "experiment/size.h"

enum { ROUNDS = 16, FIRST = 4 };

/* KEPT: every claim, with the confidence. BROKEN: one, as sure. CLOSE: neither can be said. */
static enum tsim_verdict judge(const struct sizer *sizer, const struct size_candidate *candidate)
{
    const double      t = size_one_sided(sizer, candidate->seen[SAMPLE_VERIFY].n);
    enum tsim_verdict verdict = TSIM_KEPT;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        if (!sizer->claims[i].grows)
            continue;
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

/* The search was too hopeful: it is to be on the right side by more than this candidate was. */
static void learn(struct sizer *sizer, struct size_candidate *candidate)
{
    const double t = size_one_sided(sizer, candidate->seen[SAMPLE_VERIFY].n);
    candidate->refused = true;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const double slack = size_slack(sizer, candidate, SAMPLE_SEARCH, i, 0);
        if (sizer->claims[i].grows && slack >= 0 &&
            size_slack(sizer, candidate, SAMPLE_VERIFY, i, t) < 0)
            sizer->claims[i].margin += slack + 1e-9;
    }
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
            if (agents[j] <= 1)
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

struct size_candidate *size_verify(struct sizer *sizer, struct size_candidate *from)
{
    enum tsim_verdict verdict = TSIM_TOO_CLOSE;
    for (int round = 0; round < ROUNDS && from; round++) {
        if (!decide(sizer, from, &verdict))
            return sizer->failed ? NULL : from;
        if (verdict == TSIM_KEPT)
            return spare(sizer, from);
        learn(sizer, from);
        from = size_repair(sizer, from);
        if (from)
            from = size_polish(sizer, from);
    }
    /* So few replications mislead the search again and again: what the last one is, is told. */
    return from && !decide(sizer, from, &verdict) && sizer->failed ? NULL : from;
}
