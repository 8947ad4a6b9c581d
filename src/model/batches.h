/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/batches.h - where one long run is cut into batches.
 *
 * The counted time is cut into plan->n_batches parts: of equal length, or, where the time of day
 * matters, of whole cycles that differ by at most one. What is counted is counted in the batch in
 * which it happens, so that the batches add up to the run: a contact may arrive in one and be
 * resolved in the next. What is done after the end belongs to the last.
 */
#ifndef MODEL_BATCHES_H
#define MODEL_BATCHES_H

#include <math.h>

#include "model/plan.h"

/* The end of batch b, from 0. */
static inline double batch_end(const struct plan *plan, uint32_t b)
{
    const double share = (b + 1.0) / plan->n_batches;
    if (b + 1 >= plan->n_batches)
        return plan->end_s;
    if (plan->whole_batches)
        return plan->warmup_s + floor(share * floor(plan->cycles + 1e-9) + 1e-9) * plan->cycle_s;
    return plan->warmup_s + share * (plan->end_s - plan->warmup_s);
}

static inline double batch_begin(const struct plan *plan, uint32_t b)
{
    return b == 0 ? plan->warmup_s : batch_end(plan, b - 1);
}

#endif
