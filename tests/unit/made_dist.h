/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A distribution made from its JSON, for the tests of distributions. */
#ifndef TEST_MADE_DIST_H
#define TEST_MADE_DIST_H

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <tiersim/problem.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/param.h"
#include "kernel/dist.h"

struct made {
    struct arena          arena;
    struct reader         reader;
    struct tsim_problems *problems;
    struct json_document *document;
    struct dist           dist;
    bool                  good;
};

static inline void made_open(struct made *made, const char *text, enum quantity quantity)
{
    struct choice choice;

    *made = (struct made){ .good = false };
    arena_open(&made->arena);
    made->problems = tsim_problems_new();
    made->reader = (struct reader){ .arena = &made->arena, .problems = made->problems,
                                    .quantity = quantity, .folder = "." };
    made->document = json_read_text(text, strlen(text), "test", made->problems);
    cr_assert(made->document, "%s", text);
    made->good = choice_read(&made->reader, json_root(made->document), &dist_family, &choice) &&
                 dist_make(&made->reader, &choice, &made->dist);
}

static inline void made_close(struct made *made)
{
    reader_close(&made->reader);
    json_free(made->document);
    tsim_problems_free(made->problems);
    arena_close(&made->arena);
}

/* As above, for texts that must read. */
static inline void law_open(struct made *made, const char *text, enum quantity quantity)
{
    made_open(made, text, quantity);
    if (!made->good)
        tsim_problems_print(made->problems, stderr, 0);
    cr_assert(made->good, "%s", text);
}

static inline double draw_at(const struct dist *dist, uint64_t seed, uint32_t i)
{
    struct rng rng = rng_at(rng_key_of(seed, 0), 77, i, 3);

    return dist_draw(dist, &rng);
}

#endif
