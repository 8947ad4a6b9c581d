/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernel/evq.h - what happens next.
 *
 * Every owner (a small number) has at most one pending event; setting its time again moves the
 * event, clearing it removes it. The order is total and documented: earlier time first; at one
 * instant the lower rank; within a rank the lower number (the contact's, in order of arrival);
 * last the lower owner. It does not depend on the order in which events were set.
 *
 * Inside: an implicit 4-ary heap of 128-bit keys (time bits, rank, number, owner), compared as
 * integers without branches, with the place of every owner kept so that moving and clearing
 * need no search. A pop leaves a hole at the root that the next set usually fills.
 *
 * Times are seconds >= 0 (not -0) and finite. Cost O(log n). Memory is given at open, none is
 * taken later. Names ending in _ are for this header only.
 */
#ifndef KERNEL_EVQ_H
#define KERNEL_EVQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Same instant: lower goes first. */
enum rank {
    RANK_WINDOW,  /* warm-up, report and horizon edges: windows are half-open [a, b)         */
    RANK_FINISH,  /* work ends, with the pull and the hand-off it causes                     */
    RANK_TASK,    /* work ends that is not a contact                                         */
    RANK_ROSTER,  /* people come and go                                                      */
    RANK_STAGE,   /* who has waited long enough may go to others                             */
    RANK_CLOCK,   /* a clock reaches an escalation point                                     */
    RANK_ABANDON, /* patience that ends just when an agent comes free is served              */
    RANK_DUE,     /* tasks that were put off come to their queues                            */
    RANK_RETURN,  /* customers reply or come back                                            */
    RANK_ARRIVE,  /* a newcomer meets the state everyone else has left behind                */
    RANK_DUTY,    /* idle agents turn to other duties, or back                               */
};

#define EVQ_OWNER_BITS  24
#define EVQ_NUMBER_BITS 36
#define EVQ_NONE        UINT32_MAX

__extension__ typedef unsigned __int128 evq_key;

struct evq {
    evq_key  *heap;   /* the earliest first, or the hole; all ones behind the last entry     */
    uint32_t *place;  /* of each owner; EVQ_NONE: nothing pending                            */
    uint32_t  n;      /* entries, the hole included                                          */
    bool      hole;   /* heap[0] was popped and not yet replaced; it then holds key 0, which
                         is before everything                                                */
};

/* Bytes that evq_open needs for so many owners; and opening over such a block (64-byte aligned,
 * zeroed or fresh from the system; it need not be touched before it is used). */
size_t evq_bytes(uint32_t owners);
void   evq_open(struct evq *q, void *block, uint32_t owners);

/* Forgets everything pending and every owner. */
void evq_reset(struct evq *q);

/* Keys behind the last entry that are always all ones, so that the least of four children
 * needs no bounds. */
#define EVQ_PAD 8

/* Owners [first, last) come into use with nothing pending. Owners must be admitted in order from
 * 0; an owner that was not admitted must not be set. */
static inline void evq_admit(struct evq *q, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++) {
        q->place[i] = EVQ_NONE;
        q->heap[i + EVQ_PAD] = ~(evq_key)0;
    }
}

static inline evq_key evq_key_of(double time_s, enum rank rank, uint64_t number, uint32_t owner)
{
    uint64_t bits;
    __builtin_memcpy(&bits, &time_s, sizeof bits);
    return (evq_key)bits << 64 | (uint64_t)rank << 60 | number << EVQ_OWNER_BITS | owner;
}

static inline uint32_t evq_owner_of(evq_key key)
{
    return (uint32_t)key & ((1u << EVQ_OWNER_BITS) - 1);
}

static inline double evq_time_of(evq_key key)
{
    const uint64_t bits = (uint64_t)(key >> 64);
    double         time_s;
    __builtin_memcpy(&time_s, &bits, sizeof time_s);
    return time_s;
}

static inline enum rank evq_rank_of(evq_key key)
{
    return (enum rank)((uint64_t)key >> 60);
}

static inline void evq_put_(struct evq *q, size_t i, evq_key key)
{
    q->heap[i] = key;
    q->place[evq_owner_of(key)] = (uint32_t)i;
}

/* Puts `key` at or above position i, but not above `top`. */
static inline void evq_rise_(struct evq *q, size_t i, size_t top, evq_key key)
{
    const evq_key *h = q->heap;
    while (i > top) {
        const size_t parent = (i - 1) >> 2;
        if (h[parent] < key)
            break;
        evq_put_(q, i, h[parent]);
        i = parent;
    }
    evq_put_(q, i, key);
}

/* Puts `key` at or below position i: the least child moves up all the way to a leaf and the key
 * rises from there, for a key is usually late. The entries behind the last are all ones. */
static inline void evq_sink_(struct evq *q, size_t i, evq_key key)
{
    const evq_key *h = q->heap;
    const size_t   top = i, n = q->n;
    for (size_t c = 4 * i + 1; c < n; c = 4 * i + 1) {
        const size_t a = c + (h[c + 1] < h[c]);
        const size_t b = c + 2 + (h[c + 3] < h[c + 2]);
        const size_t least = a + ((b - a) & -(size_t)(h[b] < h[a]));
        evq_put_(q, i, h[least]);
        i = least;
    }
    evq_rise_(q, i, top, key);
}

/* Fills the hole with the last entry. */
static inline void evq_close_hole_(struct evq *q)
{
    q->hole = false;
    const evq_key last = q->heap[--q->n];
    q->heap[q->n] = ~(evq_key)0;
    if (q->n > 0)
        evq_sink_(q, 0, last);
}

/* Sets or moves an owner's event. */
static inline void evq_set(struct evq *q, double time_s, enum rank rank, uint64_t number,
                           uint32_t owner)
{
    const evq_key  key = evq_key_of(time_s, rank, number, owner);
    const uint32_t i = q->place[owner];
    if (i == EVQ_NONE) {
        if (q->hole) {
            q->hole = false;
            evq_sink_(q, 0, key);
        } else {
            evq_rise_(q, q->n++, 0, key);
        }
    } else if (key < q->heap[i]) {
        evq_rise_(q, i, 0, key);
    } else {
        evq_sink_(q, i, key);
    }
}

/* Removes an owner's event, if there is one. */
static inline void evq_clear(struct evq *q, uint32_t owner)
{
    const uint32_t i = q->place[owner];
    if (i == EVQ_NONE)
        return;
    q->place[owner] = EVQ_NONE;
    const evq_key last = q->heap[--q->n];
    q->heap[q->n] = ~(evq_key)0;
    if (i == q->n)
        return;
    if (i > 0 && last < q->heap[(i - 1) >> 2])
        evq_rise_(q, i, 0, last);
    else
        evq_sink_(q, i, last);
}

#define EVQ_NEVER (~(evq_key)0)

/* The earliest event, EVQ_NEVER when nothing is pending. */
static inline evq_key evq_top(struct evq *q)
{
    if (q->hole)
        evq_close_hole_(q);
    return q->heap[0];
}

/* Takes the earliest event; there must be one. */
static inline evq_key evq_pop(struct evq *q)
{
    const evq_key key = evq_top(q);
    q->heap[0] = 0;
    q->hole = true;
    q->place[evq_owner_of(key)] = EVQ_NONE;
    return key;
}

#endif
