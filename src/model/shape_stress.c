/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a study's method "stress". */
#include "base/assert.h"
#include "base/problem.h"
#include "model/study.h"

static const struct param stress_params[] = {
    { .key = "demand", .type = PARAM_NUMBERS, .offset = offsetof(struct stress_given, demand),
      .low = 0.001, .high = 100,
      .doc = "Rises of all demand to try, as shares, ascending; by default 0.1, 0.2 and 0.3.",
      .example = "[0.1, 0.2, 0.3]" },
    { .key = "usual", .type = PARAM_BOOL, .fallback = "true",
      .offset = offsetof(struct stress_given, usual),
      .doc = "Try what usually goes wrong: demand, an hour without the first pool, absent agents "
             "in each tier, a slow vendor. false: only the variants." },
    { .key = "heal", .type = PARAM_BOOL, .fallback = "true",
      .offset = offsetof(struct stress_given, heal),
      .doc = "Look for the fewest added agents that keep every promise under each stress." },
    { .key = "most", .type = PARAM_COUNT, .low = 1, .high = 10000, .fallback = "100",
      .offset = offsetof(struct stress_given, most), .doc = "No more added agents than that." },
};

static bool stress_check(struct reader *reader, const struct json *node, void *value)
{
    const struct stress_given *stress = value;
    for (uint32_t i = 1; i < stress->demand.n; i++)
        if (stress->demand.at[i] <= stress->demand.at[i - 1])
            return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "demand", "ascending",
                              NULL, NULL, "the rises of demand are not in ascending order");
    return true;
}

const struct shape stress_shape = {
    .name = "stress",
    .summary = "Tries what may go wrong, on the same customers: which promise breaks, and what "
               "heals it?",
    .params = stress_params,
    .n_params = COUNT_OF(stress_params),
    .size = sizeof(struct stress_given),
    .check = stress_check,
    .at_offset = offsetof(struct stress_given, at),
};
