/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the event list gives events in its documented order, whatever was set, moved and cleared
 * before. Method: a million random operations beside a sorted array that is plainly right, with
 * few different times, ranks and numbers so that ties of every depth are common, in every mix of
 * operations (a set just after a pop fills the hole), over resets and reuse. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/evq.h"
#include "support/random_scenario.h"

enum { OWNERS = 300 };

/* All pending events, the earliest first. */
struct reference {
    struct event {
        double    time_s;
        enum rank rank;
        uint64_t  number;
        uint32_t  owner;
    } at[OWNERS];
    uint32_t n;
};

static bool before(const struct event *a, const struct event *b)
{
    if (a->time_s != b->time_s)
        return a->time_s < b->time_s;
    if (a->rank != b->rank)
        return a->rank < b->rank;
    if (a->number != b->number)
        return a->number < b->number;
    return a->owner < b->owner;
}

static void reference_clear(struct reference *all, uint32_t owner)
{
    for (uint32_t i = 0; i < all->n; i++) {
        if (all->at[i].owner != owner)
            continue;
        memmove(&all->at[i], &all->at[i + 1], (all->n - i - 1) * sizeof *all->at);
        all->n--;
        return;
    }
}

static void reference_set(struct reference *all, const struct event *event)
{
    uint32_t i = 0;
    reference_clear(all, event->owner);
    while (i < all->n && before(&all->at[i], event))
        i++;
    memmove(&all->at[i + 1], &all->at[i], (all->n - i) * sizeof *all->at);
    all->at[i] = *event;
    all->n++;
}

static struct evq open_list(uint32_t owners)
{
    struct evq   q;
    const size_t size = (evq_bytes(owners) + 63) & ~(size_t)63;
    void        *block = aligned_alloc(64, size);
    cr_assert(block);
    memset(block, 0, size);
    evq_open(&q, block, owners);
    return q;
}

static void close_list(struct evq *q)
{
    free((void *)((uintptr_t)q->heap & ~(uintptr_t)63)); /* the heap begins inside the first line */
}

/* Few values, so that equal ones are common; extreme ones among them. */
static struct event random_event(uint64_t *state, uint32_t owner)
{
    static const double times_s[] = { 0, 5e-324, 1e-9, 1, 1.0000000000000002, 60, 3600, 1e9,
                                      1.7976931348623157e308 };
    const double coarse = random_below(state, 2) ? random_below(state, 1000) / 8.0 + 2
                                                 : times_s[random_below(state, 9)];
    return (struct event){ coarse, (enum rank)random_below(state, RANK_ARRIVE + 1),
                           random_below(state, 8) ? random_below(state, 5)
                                                  : ((uint64_t)1 << EVQ_NUMBER_BITS) - 1,
                           owner };
}

static void expect_top(struct evq *q, const struct reference *all)
{
    const evq_key top = evq_top(q);
    if (all->n == 0) {
        cr_assert(top == EVQ_NEVER);
        return;
    }
    cr_assert_eq(evq_owner_of(top), all->at[0].owner);
    cr_assert_eq(evq_time_of(top), all->at[0].time_s);
    cr_assert_eq((int)evq_rank_of(top), (int)all->at[0].rank);
}

static void pop_both(struct evq *q, struct reference *all)
{
    const evq_key key = evq_pop(q);
    cr_assert_eq(evq_owner_of(key), all->at[0].owner, "%u pending: %u at %g instead of %u at %g",
                 all->n, evq_owner_of(key), evq_time_of(key), all->at[0].owner,
                 all->at[0].time_s);
    cr_assert_eq(evq_time_of(key), all->at[0].time_s);
    cr_assert_eq((int)evq_rank_of(key), (int)all->at[0].rank);
    reference_clear(all, all->at[0].owner);
}

static void operate(struct evq *q, struct reference *all, uint64_t *state, uint32_t set_weight,
                    uint32_t owners)
{
    const uint32_t owner = random_below(state, owners), what = random_below(state, 100);
    if (what < set_weight) {
        const struct event event = random_event(state, owner);
        evq_set(q, event.time_s, event.rank, event.number, event.owner);
        reference_set(all, &event);
    } else if (what < set_weight + 10) {
        evq_clear(q, owner);
        reference_clear(all, owner);
    } else if (all->n > 0) {
        pop_both(q, all);
    }
    if (what % 3 == 0) /* a look closes the hole: not always */
        expect_top(q, all);
}

Test(evq, gives_the_order_of_a_sorted_array)
{
    static struct reference all;
    struct evq              q = open_list(OWNERS);
    uint64_t                state = 1;
    for (uint32_t round = 0; round < 50; round++) {
        /* As many owners as the round has; growing, shrinking and level lists. */
        const uint32_t owners = round % 5 == 0 ? 1 + round % 7 : OWNERS;
        evq_admit(&q, 0, owners);
        for (uint32_t i = 0; i < 20000; i++)
            operate(&q, &all, &state, 35 + (round * 11 + i / 2000 * 7) % 50, owners);
        if (round % 2 == 0) {
            while (all.n > 0)
                pop_both(&q, &all);
            expect_top(&q, &all);
        }
        all.n = 0;
        evq_reset(&q);
        expect_top(&q, &all);
    }
    close_list(&q);
}

/* Owners come into use one by one while others are pending, as contacts do. */
Test(evq, owners_may_be_admitted_one_by_one)
{
    static struct reference all;
    struct evq              q = open_list(OWNERS);
    uint64_t                state = 2;
    for (uint32_t admitted = 0; admitted < OWNERS; admitted++) {
        evq_admit(&q, admitted, admitted + 1);
        for (uint32_t i = 0; i < 20; i++)
            operate(&q, &all, &state, 60, admitted + 1);
    }
    while (all.n > 0)
        pop_both(&q, &all);
    expect_top(&q, &all);
    close_list(&q);
}

/* A thousand events at one instant, set in any order: rank, then number, then owner. */
Test(evq, ties_have_one_order)
{
    enum { TIES = 1000 };
    struct evq q = open_list(TIES);
    evq_admit(&q, 0, TIES);
    for (uint32_t i = 0; i < TIES; i++) {
        const uint32_t owner = i * 7 % TIES;
        evq_set(&q, 42, (enum rank)(owner / 200), owner / 20 % 10, owner);
    }
    for (uint32_t i = 0; i < TIES; i++) {
        const evq_key key = evq_pop(&q);
        cr_assert_eq(evq_owner_of(key), i);
        cr_assert_eq(evq_time_of(key), 42);
    }
    cr_assert(evq_top(&q) == EVQ_NEVER);
    close_list(&q);
}
