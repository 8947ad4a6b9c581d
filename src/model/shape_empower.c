/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a study's method "empower". */
#include "base/assert.h"
#include "model/study.h"

static const struct param empower_params[] = {
    { .key = "tier", .type = PARAM_NAME, .offset = offsetof(struct empower_given, tier),
      .doc = "Tier whose pools get the limits; by default the first that has one.",
      .example = "\"front desk\"" },
    { .key = "limits", .type = PARAM_NUMBERS, .offset = offsetof(struct empower_given, limits),
      .low = 0, .high = 1e12,
      .doc = "Authority limits to try, in the scenario's currency; by default fractions and "
             "multiples of the limit there is.", .example = "[25, 50, 100, 200]" },
};

const struct shape empower_shape = {
    .name = "empower",
    .summary = "Tries authority limits of a tier on the same customers: what does authority buy?",
    .params = empower_params,
    .n_params = COUNT_OF(empower_params),
    .size = sizeof(struct empower_given),
    .at_offset = offsetof(struct empower_given, at),
};
