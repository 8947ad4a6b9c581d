/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markov-modulated Poisson arrivals: the rate jumps between states that nobody sees. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/problem.h"
#include "model/catalog.h"

struct state_given {
    double             rate, stay_s;
    struct numbers     next; /* shares */
    const struct json *at;
};

struct given {
    struct list states; /* of struct state_given */
};

static const struct param state_params[] = {
    { .key = "rate", .type = PARAM_RATE, .offset = offsetof(struct state_given, rate),
      .flags = PARAM_REQUIRED, .doc = "Contacts per unit of time in this state.",
      .example = "\"150 /h\"" },
    { .key = "stay", .type = PARAM_DURATION, .offset = offsetof(struct state_given, stay_s),
      .low = 1, .high = 1e10, .flags = PARAM_REQUIRED,
      .doc = "Mean time in this state until the next jump; exponential.",
      .example = "\"50 min\"" },
    { .key = "next", .type = PARAM_SHARES, .offset = offsetof(struct state_given, next),
      .doc = "Where it jumps: a share for each state, in their order, 0 for itself. Without this "
             "key every other state is as likely.", .example = "[0, 0.7, 0.3]" },
};

static const struct shape state_shape = {
    .name = "mmpp_state",
    .summary = "A state in which the rate is constant.",
    .params = state_params,
    .n_params = COUNT_OF(state_params),
    .size = sizeof(struct state_given),
    .at_offset = offsetof(struct state_given, at),
};

static const struct param params[] = {
    { .key = "states", .type = PARAM_LIST, .offset = offsetof(struct given, states),
      .shape = &state_shape, .low = 1, .high = INTENSITY_REGIMES, .flags = PARAM_REQUIRED,
      .doc = "The states, of which each must be reached from each. The process begins in its long "
             "run.",
      .example = "[{ \"rate\": \"150 /h\", \"stay\": \"50 min\" }, "
                 "{ \"rate\": \"420 /h\", \"stay\": \"20 min\" }]" },
};

static const struct shape shape = {
    .name = "mmpp",
    .summary = "Arrivals whose rate jumps at random.",
    .params = params,
    .n_params = COUNT_OF(params),
    .size = sizeof(struct given),
};

/* Shares of the jumps of state i. False, with a problem, when they make no sense. */
static bool read_next(struct reader *reader, const struct state_given *of, uint32_t i, uint32_t n,
                      double *share)
{
    double sum = 0;
    for (uint32_t k = 0; k < n; k++) {
        share[k] = of->next.n == n ? of->next.at[k] : k == i ? 0 : 1.0 / (n - 1);
        sum += share[k];
    }
    if ((of->next.n == 0 || of->next.n == n) && fabs(sum - 1) < 1e-9 && share[i] <= 0)
        return true;
    if (of->next.n == 0 && n == 1)
        return true;
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, of->at, "next",
                      "a share for each state, which add up to 1, with 0 for the state itself",
                      NULL, NULL, "it is not said where the rate jumps");
}

static bool make(struct reader *reader, const struct json *at, const void *given_, double start_s,
                 struct arrival *arrival)
{
    const struct given       *given = given_;
    const struct state_given *states = given->states.at;
    const uint32_t            n = given->states.n;
    double          rates[INTENSITY_REGIMES * INTENSITY_REGIMES], most = 0;
    struct regime  *regimes = ARENA_ARRAY(reader->arena, n, struct regime);
    struct regimes *all = ARENA_ARRAY(reader->arena, 1, struct regimes);
    double         *share = ARENA_ARRAY(reader->arena, n, double);
    double         *up_to = ARENA_ARRAY(reader->arena, (size_t)n * n, double);
    bool            good = true;
    if (!regimes || !all || !share || !up_to)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        double next[INTENSITY_REGIMES], sum = 0;
        good &= read_next(reader, &states[i], i, n, next);
        for (uint32_t k = 0; k < n; k++) {
            rates[i * n + k] = next[k] / states[i].stay_s;
            up_to[i * n + k] = sum += next[k];
        }
        regimes[i] = (struct regime){ states[i].rate, states[i].stay_s, &up_to[i * n] };
        most = fmax(most, states[i].rate);
    }
    if (good && !intensity_shares(n, rates, share))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, "states", NULL, NULL, NULL,
                          "some state is never reached again from another");
    *all = (struct regimes){ n, regimes, share };
    arrival->regimes = all;
    arrival->varies = true;
    const struct profile_given whole = { .constant = true, .value = most > 0 };
    return good && profile_compile(reader, &whole, start_s, &arrival->rate);
}

static double expected(const struct arrival *arrival, double a_s, double b_s)
{
    return intensity_expected(arrival, a_s, b_s);
}

const struct arrival_kind arrival_mmpp = {
    .kind = {
        .name = "mmpp",
        .summary = "Poisson arrivals whose rate jumps at random between a few values (a "
                   "Markov-modulated Poisson process): bursts that nobody planned.",
        .example = "{ \"kind\": \"mmpp\", \"states\": [{ \"rate\": \"150 /h\", \"stay\": "
                   "\"50 min\" }, { \"rate\": \"420 /h\", \"stay\": \"20 min\" }] }",
        .shape = &shape,
        .source = "W. Fischer and K. Meier-Hellstern, Performance Evaluation 18(2), 1993, "
                  "149-171.",
    },
    .make = make,
    .next = arrival_next_poisson,
    .expected = expected,
};
