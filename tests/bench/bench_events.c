/* SPDX-License-Identifier: GPL-3.0-or-later */
/* events [--rounds N]: the parts of which an event is made, alone.
 *
 * The event list by the hold model (take the earliest, put it back an exponential time later) with
 * 100, 10^4 and 10^6 pending, beside a plain binary heap of (time, owner) without cancellation and
 * without an order of ties; then with a timer that is set and cleared in every hold, and with
 * another owner's event moved. After that the price of one draw. Everything runs in turn; medians
 * with least and most. Exit code 1 when an event list does not return events in order. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/problem.h>
#include <tiersim/run.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/param.h"
#include "kernel/dist.h"
#include "kernel/evq.h"
#include "kernel/exact.h"
#include "kernel/rng.h"
#include "timing.h"

#define HOLDS     1000000u
#define DRAWS     1000000u
#define GAPS      65536u /* exponentials made beforehand, so that only the list is timed */
#define KINDS_MOST 64

static volatile double sink; /* what is computed for nothing is used here */

static void *allocate(size_t size)
{
    void *block = aligned_alloc(64, (size + 63) & ~(size_t)63);
    if (!block) {
        fputs("events: memory is out\n", stderr);
        exit(1);
    }
    return block;
}

static double gap_at(const double *gaps, uint32_t i)
{
    return gaps[i % GAPS];
}

/* ---- a plain binary heap */

struct entry {
    double   time_s;
    uint32_t owner;
};

static void binary_push(struct entry *heap, uint32_t i, struct entry entry)
{
    while (i > 0 && entry.time_s < heap[(i - 1) / 2].time_s) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = entry;
}

static struct entry binary_pop(struct entry *heap, uint32_t n)
{
    const struct entry top = heap[0], last = heap[n - 1];
    uint32_t           i = 0;
    for (uint32_t child = 1; child < n - 1; child = 2 * i + 1) {
        child += child + 1 < n - 1 && heap[child + 1].time_s < heap[child].time_s;
        if (last.time_s <= heap[child].time_s)
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

static double hold_binary(void *list, uint32_t pending, const double *gaps)
{
    struct entry *heap = list;
    double        now_s = 0;
    for (uint32_t i = 0; i < HOLDS; i++) {
        const struct entry top = binary_pop(heap, pending);
        now_s = top.time_s;
        binary_push(heap, pending - 1, (struct entry){ now_s + gap_at(gaps, i), top.owner });
    }
    return now_s;
}

/* ---- the engine's list */

static inline double take(struct evq *q, uint32_t *owner)
{
    const evq_key key = evq_pop(q);
    *owner = evq_owner_of(key);
    return evq_time_of(key);
}

static double hold_list(void *list, uint32_t pending, const double *gaps)
{
    struct evq *q = list;
    double      now_s = 0;
    (void)pending;
    for (uint32_t i = 0; i < HOLDS; i++) {
        uint32_t owner;
        now_s = take(q, &owner);
        evq_set(q, now_s + gap_at(gaps, i), RANK_FINISH, owner, owner);
    }
    return now_s;
}

/* A timer of another owner is set for later than most, and cleared again some holds on: four are
 * pending at any time. */
static double hold_and_clear(void *list, uint32_t pending, const double *gaps)
{
    struct evq *q = list;
    double      now_s = 0;
    for (uint32_t i = 0; i < HOLDS; i++) {
        uint32_t owner;
        now_s = take(q, &owner);
        evq_clear(q, pending + i % 4);
        evq_set(q, now_s + gap_at(gaps, i), RANK_FINISH, owner, owner);
        evq_set(q, now_s + 9 + gap_at(gaps, i + 1), RANK_ABANDON, i, pending + i % 4);
    }
    for (uint32_t i = 0; i < 4; i++)
        evq_clear(q, pending + i);
    return now_s;
}

static double hold_and_move(void *list, uint32_t pending, const double *gaps)
{
    struct evq *q = list;
    double      now_s = 0;
    for (uint32_t i = 0; i < HOLDS; i++) {
        uint32_t owner;
        now_s = take(q, &owner);
        evq_set(q, now_s + gap_at(gaps, i), RANK_FINISH, owner, owner);
        const uint32_t other = (uint32_t)((uint64_t)i * 2654435761u % pending);
        evq_set(q, now_s + gap_at(gaps, i + 1), RANK_FINISH, other, other);
    }
    return now_s;
}

/* ---- in turn */

static const struct contender {
    const char *name;
    bool        binary;
    double (*hold)(void *list, uint32_t pending, const double *gaps);
} contenders[] = {
    { "event list", false, hold_list },
    { "plain binary heap", true, hold_binary },
    { "event list, and a clear", false, hold_and_clear },
    { "event list, and a move", false, hold_and_move },
};

#define CONTENDERS (sizeof contenders / sizeof *contenders)

static struct evq *open_list(uint32_t pending, const double *gaps, void *block)
{
    static struct evq q;
    memset(block, 0, evq_bytes(pending + 4));
    evq_open(&q, block, pending + 4);
    evq_admit(&q, 0, pending + 4);
    for (uint32_t i = 0; i < pending; i++)
        evq_set(&q, gap_at(gaps, 7 * i + 3), RANK_FINISH, i, i);
    return &q;
}

static struct entry *open_binary(uint32_t pending, const double *gaps, void *block)
{
    for (uint32_t i = 0; i < pending; i++)
        binary_push(block, i, (struct entry){ gap_at(gaps, 7 * i + 3), i });
    return block;
}

static bool in_order(struct evq *q)
{
    double before_s = 0;
    while (evq_top(q) != EVQ_NEVER) {
        const double now_s = evq_time_of(evq_pop(q));
        if (now_s < before_s)
            return false;
        before_s = now_s;
    }
    return true;
}

static bool measure_lists(uint32_t pending, const double *gaps, uint32_t rounds)
{
    double hold_s[CONTENDERS][ROUNDS_MOST];
    bool   good = true;
    void  *block = allocate(evq_bytes(pending + 4));
    for (uint32_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < CONTENDERS; i++) {
            struct evq *q = contenders[i].binary ? NULL : open_list(pending, gaps, block);
            void *list = q ? (void *)q : (void *)open_binary(pending, gaps, block);
            sink = contenders[i].hold(list, pending, gaps); /* settles down */
            const double began_s = cpu_seconds();
            sink = contenders[i].hold(list, pending, gaps);
            hold_s[i][round] = (cpu_seconds() - began_s) / HOLDS;
            if (q && round == 0)
                good = good && in_order(q);
        }
    }
    free(block);
    printf("\n%u pending: ns per hold, and speed of a plain binary heap = 1\n", pending);
    for (size_t i = 0; i < CONTENDERS; i++) {
        printf("  %-26s", contenders[i].name);
        spread_print(spread_of(hold_s[i], rounds), 1e9, 1);
        spread_print(spread_of_ratios(hold_s[1], hold_s[i], rounds), 1, 2);
        putchar('\n');
    }
    return good;
}

/* ---- draws */

static double draw_block(const struct dist *dist)
{
    double sum = 0;
    (void)dist;
    for (uint32_t i = 0; i < DRAWS; i++) {
        uint32_t counter[4] = { i, 0, 1, 2 };
        philox4x32_10(counter, 3, 4);
        sum += counter[0];
    }
    return sum;
}

static double draw_scheduled(const struct dist *dist)
{
    struct rng_schedule schedule;
    double              sum = 0;
    (void)dist;
    rng_schedule_open(&schedule, rng_key_of(1, 2));
    for (uint32_t i = 0; i < DRAWS; i++)
        sum += (double)(int64_t)(rng_block_at(&schedule, 7, i, 0).bits >> 12);
    return sum;
}

static double draw_exponential(const struct dist *dist)
{
    double sum = 0;
    (void)dist;
    for (uint32_t i = 0; i < DRAWS; i++)
        sum += exact_exponential(rng_unit_of((uint64_t)i * 0x9e3779b97f4a7c15u));
    return sum;
}

/* As the model draws: at an address of its own. */
static double draw_dist(const struct dist *dist)
{
    const struct rng_key key = rng_key_of(1, 2);
    double               sum = 0;
    for (uint32_t i = 0; i < DRAWS; i++) {
        struct rng rng = rng_at(key, 7, i, 0);
        sum += dist_draw(dist, &rng);
    }
    return sum;
}

struct drawn {
    const char *name;
    double (*draw)(const struct dist *dist);
    struct dist dist;
};

/* Every kind of distribution by the catalogue's example. Those of a file are left out. */
static size_t make_kinds(struct reader *reader, struct drawn *drawn, size_t n)
{
    for (const struct kind *const *kind = dist_family.kinds; *kind && n < KINDS_MOST; kind++) {
        struct json_document *document =
            json_read_text((*kind)->example, strlen((*kind)->example), "example",
                           reader->problems);
        struct choice choice;
        if (document && choice_read(reader, json_root(document), &dist_family, &choice) &&
            dist_make(reader, &choice, &drawn[n].dist)) {
            drawn[n].name = (*kind)->name;
            drawn[n++].draw = draw_dist;
        }
        json_free(document);
    }
    return n;
}

static void measure_draws(uint32_t rounds)
{
    static struct drawn drawn[KINDS_MOST] = {
        { .name = "one Philox block", .draw = draw_block },
        { .name = "the same, round keys known", .draw = draw_scheduled },
        { .name = "an exponential of 64 bits", .draw = draw_exponential },
    };
    static double draw_s[KINDS_MOST][ROUNDS_MOST];
    struct arena  arena;
    arena_open(&arena);
    struct reader reader = { .arena = &arena, .problems = tsim_problems_new(),
                             .quantity = QUANTITY_TIME, .folder = "." };
    const size_t  n = make_kinds(&reader, drawn, 3);
    for (uint32_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < n; i++) {
            const double began_s = cpu_seconds();
            sink = drawn[i].draw(&drawn[i].dist);
            draw_s[i][round] = (cpu_seconds() - began_s) / DRAWS;
        }
    }
    printf("\nns per draw; distributions at an address of their own, block included\n");
    for (size_t i = 0; i < n; i++) {
        printf("  %-26s", drawn[i].name);
        spread_print(spread_of(draw_s[i], rounds), 1e9, 1);
        putchar('\n');
    }
    reader_close(&reader);
    tsim_problems_free(reader.problems);
    arena_close(&arena);
}

int main(int argc, char **argv)
{
    static const uint32_t pending[] = { 100, 10000, 1000000 };
    static double         gaps[GAPS];
    uint32_t              rounds = 7;
    bool                  good = true;
    if (argc == 3 && strcmp(argv[1], "--rounds") == 0)
        rounds = (uint32_t)strtoul(argv[2], NULL, 10);
    if ((argc != 1 && argc != 3) || rounds < 5 || rounds > ROUNDS_MOST) {
        fprintf(stderr, "usage: events [--rounds 5…%d]\n", ROUNDS_MOST);
        return 2;
    }
    for (uint32_t i = 0; i < GAPS; i++) {
        struct rng rng = rng_at(rng_key_of(1, 1), 9, i, 0);
        gaps[i] = exact_exponential(rng_unit(&rng));
    }
    printf("%s\n%u rounds, everything in turn: median [least, most]\n", tsim_build_info(), rounds);
    for (size_t i = 0; i < 3; i++)
        good = measure_lists(pending[i], gaps, rounds) && good;
    measure_draws(rounds);
    if (!good)
        printf("\nWRONG: the event list returned an event too late.\n");
    return good ? 0 : 1;
}
