/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/queue.h - waiting contacts: lists by level, or a pairing heap where keys are not join
 * times (Fredman, Sedgewick, Sleator & Tarjan, Algorithmica 1, 1986). Links are in the contacts, so
 * joining and leaving take no memory; leaving from anywhere is O(1) for lists, O(log n) amortised
 * for heaps.
 */
#ifndef MODEL_QUEUE_H
#define MODEL_QUEUE_H

#include <math.h>

#include "model/uses.h"
#include "model/world.h"

/* ---- lists */

static inline struct level_list *queue_list(const struct world *world, uint32_t queue,
                                            uint32_t level)
{
    return &world->lists[(size_t)queue * world->plan->n_lists + level];
}

/* The list of a queue in which a contact waits: of its level, of its lane, or the only one. */
static inline uint32_t queue_level(const struct world *world, uint32_t queue, uint32_t contact)
{
    const struct plan      *plan = world->plan;
    const struct plan_tier *tier = &plan->tiers[plan->queues[queue].tier];
    const struct contact   *c = &world->contacts[contact];
    if (USES(tier->lane_of))
        return tier->lane_of[(size_t)(c->plan->class - plan->classes) * plan->n_levels + c->level];
    return tier->order->by_level ? c->level : 0;
}

/* Behind all who joined before; of those who join at one instant the lower number goes first, as
 * between queues. They come in that order but where work takes no time, or was interrupted. */
static inline void list_append(struct world *world, uint32_t queue, uint32_t level,
                               uint32_t contact)
{
    struct level_list *list = queue_list(world, queue, level);
    struct contact    *c = &world->contacts[contact];
    c->next = NONE;
    c->prev = list->tail;
    while (c->prev != NONE && world->contacts[c->prev].since_s >= c->since_s &&
           (world->contacts[c->prev].since_s > c->since_s ||
            world->contacts[c->prev].number > c->number)) {
        c->next = c->prev;
        c->prev = world->contacts[c->prev].prev;
    }
    if (c->prev != NONE)
        world->contacts[c->prev].next = contact;
    else
        list->head = contact;
    if (c->next != NONE)
        world->contacts[c->next].prev = contact;
    else
        list->tail = contact;
    world->queues[queue].levels |= (uint64_t)1 << level;
}

static inline void list_remove(struct world *world, uint32_t queue, uint32_t level,
                               uint32_t contact)
{
    struct level_list    *list = queue_list(world, queue, level);
    const struct contact *c = &world->contacts[contact];
    if (c->prev != NONE)
        world->contacts[c->prev].next = c->next;
    else
        list->head = c->next;
    if (c->next != NONE)
        world->contacts[c->next].prev = c->prev;
    else
        list->tail = c->prev;
    if (list->head == NONE)
        world->queues[queue].levels &= ~((uint64_t)1 << level);
}

/* ---- heaps */

static inline bool heap_before(const struct world *world, uint32_t a, uint32_t b)
{
    const double x = world->orders[a].key, y = world->orders[b].key;
    if (x != y)
        return x < y;
    return world->contacts[a].number < world->contacts[b].number;
}

/* Joins two roots; NONE is an empty heap. */
static inline uint32_t heap_meld(struct world *world, uint32_t a, uint32_t b)
{
    if (a == NONE)
        return b;
    if (b == NONE)
        return a;
    if (heap_before(world, b, a)) {
        const uint32_t other = a;
        a = b;
        b = other;
    }
    struct contact *younger = &world->contacts[b];
    younger->prev = a;
    younger->next = world->orders[a].child;
    if (younger->next != NONE)
        world->contacts[younger->next].prev = b;
    world->orders[a].child = b;
    world->contacts[a].prev = world->contacts[a].next = NONE;
    return a;
}

/* The heap of a root's children: pairs from left to right, then all from right to left. */
static inline uint32_t heap_pair(struct world *world, uint32_t first)
{
    uint32_t stack = NONE;
    while (first != NONE) {
        const uint32_t a = first, b = world->contacts[a].next;
        first = b == NONE ? NONE : world->contacts[b].next;
        world->contacts[a].next = world->contacts[a].prev = NONE;
        if (b != NONE)
            world->contacts[b].next = world->contacts[b].prev = NONE;
        const uint32_t pair = heap_meld(world, a, b);
        world->contacts[pair].next = stack;
        stack = pair;
    }
    uint32_t root = NONE;
    while (stack != NONE) {
        const uint32_t next = world->contacts[stack].next;
        world->contacts[stack].next = NONE;
        root = heap_meld(world, root, stack);
        stack = next;
    }
    return root;
}

static inline void heap_remove(struct world *world, uint32_t queue, uint32_t contact)
{
    struct contact    *c = &world->contacts[contact];
    struct queue_state *state = &world->queues[queue];
    const uint32_t     children = heap_pair(world, world->orders[contact].child);
    world->orders[contact].child = NONE;
    if (contact == state->root) {
        state->root = children;
        return;
    }
    if (world->orders[c->prev].child == contact)
        world->orders[c->prev].child = c->next;
    else
        world->contacts[c->prev].next = c->next;
    if (c->next != NONE)
        world->contacts[c->next].prev = c->prev;
    state->root = heap_meld(world, state->root, children);
}

/* ---- both */

/* Sets the next instant at which a contact that waits may go to more pools (route.h). */
static inline void stage_set(struct world *world, uint32_t contact)
{
    const struct contact    *c = &world->contacts[contact];
    const struct plan_queue *queue = &world->plan->queues[c->queue];
    double                   next_s = INFINITY;
    for (uint32_t i = 0; i < queue->n_servers + queue->n_helpers; i++) {
        const bool              helps = i >= queue->n_servers;
        const struct plan_gate *gate = helps ? queue->helpers[i - queue->n_servers].gate
                                             : queue->servers[i].gate;
        const double            at_s = gate ? c->since_s + gate->after_s : 0;
        if (at_s > world->now_s && at_s < next_s)
            next_s = at_s;
    }
    if (next_s < INFINITY)
        evq_set(&world->evq, next_s, RANK_STAGE, c->number % TASK_NUMBER,
                world->owner_contact + (contact << world->owner_shift) + 2);
}

/* What rules of routing have to know of who waits. */
static inline void gates_joined(struct world *world, uint32_t contact)
{
    const struct contact *c = &world->contacts[contact];
    if (world->plan->expects)
        world->queues[c->queue].work_us += world->plan->work_us[c->plan - world->plan->visits];
    if (world->plan->staged)
        stage_set(world, contact);
}

static inline void gates_left(struct world *world, uint32_t contact)
{
    const struct contact *c = &world->contacts[contact];
    if (world->plan->expects)
        world->queues[c->queue].work_us -= world->plan->work_us[c->plan - world->plan->visits];
    if (world->plan->staged)
        evq_clear(&world->evq, world->owner_contact + (contact << world->owner_shift) + 2);
}

/* A contact joins; `key` is used by heaps alone. */
static inline void queue_join(struct world *world, uint32_t queue, uint32_t contact, bool by_key,
                              double key)
{
    struct queue_state *state = &world->queues[queue];
    world->contacts[contact].queue = queue;
    state->n++;
    if (USES(world->plan->gated))
        gates_joined(world, contact);
    if (by_key) {
        world->orders[contact] = (struct contact_order){ .key = key, .child = NONE };
        world->contacts[contact].prev = world->contacts[contact].next = NONE;
        state->root = heap_meld(world, state->root, contact);
    } else {
        list_append(world, queue, queue_level(world, queue, contact), contact);
    }
}

/* The one who is next by level or key, NONE when nobody waits; not where there are lanes. */
static inline uint32_t queue_head(const struct world *world, uint32_t queue)
{
    const struct queue_state *state = &world->queues[queue];
    if (state->n == 0)
        return NONE;
    if (state->root != NONE)
        return state->root;
    return queue_list(world, queue, (uint32_t)__builtin_ctzll(state->levels))->head;
}

static inline void queue_leave(struct world *world, uint32_t contact)
{
    const uint32_t queue = world->contacts[contact].queue;
    world->queues[queue].n--;
    if (USES(world->plan->gated))
        gates_left(world, contact);
    if (world->queues[queue].root != NONE)
        heap_remove(world, queue, contact);
    else
        list_remove(world, queue, queue_level(world, queue, contact), contact);
}

/* Whether head a of one queue goes before head b of another of the same tier. */
static inline bool head_before(const struct world *world, const struct order_kind *order,
                               uint32_t a, uint32_t b)
{
    const struct contact *x = &world->contacts[a], *y = &world->contacts[b];
    if (order->by_key)
        return heap_before(world, a, b);
    if (order->by_level) {
        const uint32_t k = x->level, l = y->level;
        if (k != l)
            return k < l;
    }
    if (x->since_s != y->since_s)
        return x->since_s < y->since_s;
    return x->number < y->number;
}

#endif
