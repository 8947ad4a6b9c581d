/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: queues give the contact that their order says, wherever others left in between. Method:
 * random joins, departures from anywhere and looks at the head, beside a plain search through all
 * who wait; for level lists (first come, first served within a priority) and for pairing heaps
 * (earliest key, ties to the earlier number), with few different keys so that ties are common. */
#include <math.h>

#include "model/queue.h"
#include "support/law.h"

enum { CONTACTS = 400, QUEUES = 2, OPERATIONS = 60000 };

static const char text[] =
    "{ \"name\": \"queues\", \"run\": { \"length\": \"1 h\" },\n"
    "  \"severities\": [ { \"name\": \"low\" }, { \"name\": \"high\", \"priority\": 9 },\n"
    "    { \"name\": \"middle\", \"priority\": 1 } ],\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\" }, { \"name\": \"b\", \"skill\": "
    "\"b\" } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"1 "
    "/h\" },\n"
    "    \"severities\": { \"low\": 0.3, \"high\": 0.3, \"middle\": 0.4 },\n"
    "    \"issues\": { \"a\": 0.5, \"b\": 0.5 } } ],\n"
    "  \"tiers\": [ { \"name\": \"lists\", \"handling\": \"1 min\", \"queue\": { \"order\": "
    "\"priority\" },\n"
    "    \"pools\": [ { \"name\": \"p\", \"agents\": 1 } ] },\n"
    "    { \"name\": \"heaps\", \"handling\": \"1 min\",\n"
    "      \"queue\": { \"order\": \"earliest_deadline\" },\n"
    "      \"pools\": [ { \"name\": \"q\", \"agents\": 1 } ] } ] }";

struct desk {
    struct world world;
    struct tally tally;
    uint32_t     tier;
    bool         waits[CONTACTS];
    double       key[CONTACTS], joined[CONTACTS];
    uint64_t     joins; /* so far: numbers of contacts, and their clock */
};

/* What the order says of two who wait in one queue. */
static bool goes_before(const struct desk *desk, uint32_t a, uint32_t b)
{
    const struct contact *x = &desk->world.contacts[a], *y = &desk->world.contacts[b];
    if (desk->tier == 1 && desk->key[a] != desk->key[b])
        return desk->key[a] < desk->key[b];
    if (desk->tier == 0 && x->plan->class->level != y->plan->class->level)
        return x->plan->class->level < y->plan->class->level;
    return x->number < y->number;
}

static uint32_t expected_head(const struct desk *desk, uint32_t queue)
{
    uint32_t head = NONE;
    for (uint32_t c = 0; c < CONTACTS; c++)
        if (desk->waits[c] && desk->world.contacts[c].queue == queue &&
            (head == NONE || goes_before(desk, c, head)))
            head = c;
    return head;
}

static void join_queue(struct desk *desk, uint32_t c, uint64_t *state)
{
    const struct plan *plan = desk->world.plan;
    struct contact    *contact = &desk->world.contacts[c];
    const uint32_t     class = random_below(state, plan->n_classes);
    const uint32_t     queue = plan->tiers[desk->tier].queue_base + random_below(state, QUEUES);
    contact->plan = &plan->visits[class * plan->n_tiers + desk->tier];
    contact->class = class;
    contact->number = desk->joins++;
    contact->since_s = (double)desk->joins;
    contact->level = (uint8_t)contact->plan->class->level;
    contact->tier = (uint8_t)desk->tier;
    contact->state = CONTACT_WAITING;
    /* No deadline at all is a key, too. */
    desk->key[c] = random_below(state, 10) ? (double)random_below(state, 20) : INFINITY;
    desk->waits[c] = true;
    queue_join(&desk->world, queue, c, desk->tier == 1, desk->key[c]);
}

static void check(const struct desk *desk)
{
    const struct plan *plan = desk->world.plan;
    for (uint32_t q = 0; q < QUEUES; q++) {
        const uint32_t queue = plan->tiers[desk->tier].queue_base + q;
        const uint32_t head = queue_head(&desk->world, queue), other = expected_head(desk, queue);
        cr_assert_eq(head, other, "queue %u gives %u, not %u, after %llu joins", queue, head, other,
                     (unsigned long long)desk->joins);
    }
    const uint32_t base = plan->tiers[desk->tier].queue_base;
    const uint32_t a = queue_head(&desk->world, base), b = queue_head(&desk->world, base + 1);
    if (a != NONE && b != NONE)
        cr_assert_eq(head_before(&desk->world, plan->tiers[desk->tier].order, a, b),
                     goes_before(desk, a, b));
}

static void try_tier(const struct plan *plan, uint32_t tier)
{
    static struct desk desk;
    uint64_t           state = 7 + tier;
    desk = (struct desk){ .tier = tier };
    cr_assert(world_open(&desk.world, plan, 2000) && tally_open(&desk.tally, plan));
    cr_assert_eq(plan->tiers[tier].n_queues, QUEUES);
    world_reset(&desk.world, &desk.tally, 1, 0);
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < OPERATIONS; i++) {
        /* Long queues for a while, then short ones. */
        const uint32_t c = random_below(&state, i / 5000 % 2 ? CONTACTS : 12);
        if (desk.waits[c] && random_below(&state, 3) > 0) {
            queue_leave(&desk.world, c);
            desk.waits[c] = false;
            waiting--;
        } else if (!desk.waits[c]) {
            join_queue(&desk, c, &state);
            waiting++;
        } else {
            const uint32_t queue = desk.world.contacts[c].queue;
            const uint32_t head = queue_head(&desk.world, queue);
            queue_leave(&desk.world, head);
            desk.waits[head] = false;
            waiting--;
        }
        if (i % 3 == 0)
            check(&desk);
    }
    for (uint32_t q = 0; q < QUEUES; q++) {
        const uint32_t queue = plan->tiers[tier].queue_base + q;
        for (uint32_t head; (head = queue_head(&desk.world, queue)) != NONE; waiting--) {
            cr_assert_eq(head, expected_head(&desk, queue));
            queue_leave(&desk.world, head);
            desk.waits[head] = false;
        }
    }
    cr_assert_eq(waiting, 0);
    tally_close(&desk.tally);
    world_close(&desk.world);
}

Test(queue, lists_go_by_level_then_by_turn)
{
    struct law law = law_load(text);
    try_tier(law.scenario->plan, 0);
    law_free(&law);
}

Test(queue, heaps_go_by_key_then_by_number)
{
    struct law law = law_load(text);
    try_tier(law.scenario->plan, 1);
    law_free(&law);
}
