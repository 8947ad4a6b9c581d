/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "floor.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NONE     UINT32_MAX
#define PLACES   65536u /* customers at once: far more than either workload ever has */
#define INTERVAL 0.6    /* W2: mean minutes between arrivals                         */
#define PATIENCE 30.0
#define IN_TIME  5.0

static const uint32_t agents[FLOOR_TIERS] = { 20, 5, 2 };
static const double   service[FLOOR_TIERS] = { 10.8, 16.5, 50.0 };
static const double   moves_on[FLOOR_TIERS] = { 0.20, 0.25, 0.0 };

static void too_many(void)
{
    fputs("floor: more customers than places\n", stderr);
    abort();
}

/* ---- xoshiro256++ (Blackman & Vigna, ACM TOMS 47, 2021), seeded by SplitMix64 */

struct xoshiro {
    uint64_t a, b, c, d;
};

static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = (*x += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static struct xoshiro xoshiro_of(uint64_t seed)
{
    struct xoshiro rng;
    rng.a = splitmix(&seed);
    rng.b = splitmix(&seed);
    rng.c = splitmix(&seed);
    rng.d = splitmix(&seed);
    return rng;
}

static inline uint64_t rotated(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static inline uint64_t bits_of(struct xoshiro *rng)
{
    const uint64_t bits = rotated(rng->a + rng->d, 23) + rng->a, shifted = rng->b << 17;
    rng->c ^= rng->a;
    rng->d ^= rng->b;
    rng->b ^= rng->c;
    rng->a ^= rng->d;
    rng->c ^= shifted;
    rng->d = rotated(rng->d, 45);
    return bits;
}

static inline double unit_of(struct xoshiro *rng)
{
    return (double)(int64_t)(bits_of(rng) >> 11) * 0x1p-53;
}

/* ---- the exponential by a ziggurat of 256 layers (Marsaglia & Tsang, J. Stat. Softw. 5, 2000) */

static struct {
    double   x[257], density[257]; /* right ends of layers, from the base up, and exp(-x) */
    uint64_t inside[256];          /* 53-bit numbers below this are inside the layer       */
    double   width[256];
} ziggurat;

static void ziggurat_make(void)
{
    const double tail = 7.69711747013104972, area = 3.9496598225815571993e-3;
    double      *x = ziggurat.x, *density = ziggurat.density;
    if (x[1] == tail)
        return;
    x[0] = area * exp(tail);
    x[1] = tail;
    density[0] = exp(-x[0]);
    density[1] = exp(-x[1]);
    for (int i = 1; i < 255; i++) {
        x[i + 1] = -log(area / x[i] + density[i]);
        density[i + 1] = exp(-x[i + 1]);
    }
    x[256] = 0;
    density[256] = 1;
    for (int i = 0; i < 256; i++) {
        ziggurat.width[i] = x[i] * 0x1p-53;
        ziggurat.inside[i] = (uint64_t)(x[i + 1] / x[i] * 0x1p53);
    }
}

struct drawn {
    double         value;
    struct xoshiro rng;
};

/* One draw in a hundred: the edge of a layer, or the tail, which is the whole again. The state
 * comes and goes by value, so that the caller keeps it in registers. */
__attribute__((noinline)) static struct drawn exponential_edge(struct xoshiro rng, unsigned layer,
                                                               double x)
{
    const double *right = ziggurat.x, *density = ziggurat.density;
    double        base = 0;
    for (;;) {
        if (layer == 0) {
            base += right[1];
        } else {
            const double low = density[layer], high = density[layer + 1];
            if (low + unit_of(&rng) * (high - low) < exp(-x))
                return (struct drawn){ base + x, rng };
        }
        const uint64_t bits = bits_of(&rng);
        layer = (unsigned)(bits & 255);
        x = (double)(int64_t)(bits >> 11) * ziggurat.width[layer];
        if (bits >> 11 < ziggurat.inside[layer])
            return (struct drawn){ base + x, rng };
    }
}

static inline double exponential(struct xoshiro *rng)
{
    const uint64_t bits = bits_of(rng);
    const unsigned layer = (unsigned)(bits & 255);
    const double   x = (double)(int64_t)(bits >> 11) * ziggurat.width[layer];
    if (__builtin_expect(bits >> 11 < ziggurat.inside[layer], 1))
        return x;
    const struct drawn drawn = exponential_edge(*rng, layer, x);
    *rng = drawn.rng;
    return drawn.value;
}

/* ---- one list of all events: a 4-ary heap that knows where each customer's event is */

enum state { ARRIVING, WAITING, SERVED };

struct customer {
    double   since;
    uint32_t prev, next; /* in its queue; free list */
    uint32_t place;      /* of its event            */
    uint8_t  tier, state;
};

struct event {
    double   time;
    uint32_t order, owner;
};

struct desk {
    struct customer customers[PLACES];
    struct event    heap[PLACES];
    uint32_t        n_events, order;
    uint32_t        n_customers, free;
};

static struct desk *desk_open(void)
{
    struct desk *desk = malloc(sizeof *desk);
    if (!desk)
        abort();
    desk->n_events = desk->order = desk->n_customers = 0;
    desk->free = NONE;
    ziggurat_make();
    return desk;
}

static inline bool before(const struct event *a, const struct event *b)
{
    return a->time < b->time || (a->time == b->time && a->order < b->order);
}

static inline void put(struct desk *desk, uint32_t i, struct event event)
{
    desk->heap[i] = event;
    desk->customers[event.owner].place = i;
}

static inline void rise(struct desk *desk, uint32_t i, struct event event)
{
    while (i > 0) {
        const uint32_t parent = (i - 1) >> 2;
        if (!before(&event, &desk->heap[parent]))
            break;
        put(desk, i, desk->heap[parent]);
        i = parent;
    }
    put(desk, i, event);
}

static inline void sink(struct desk *desk, uint32_t i, struct event event)
{
    for (;;) {
        const uint32_t first = 4 * i + 1;
        if (first >= desk->n_events)
            break;
        const uint32_t last = first + 4 < desk->n_events ? first + 4 : desk->n_events;
        uint32_t       least = first;
        for (uint32_t k = first + 1; k < last; k++)
            least = before(&desk->heap[k], &desk->heap[least]) ? k : least;
        if (!before(&desk->heap[least], &event))
            break;
        put(desk, i, desk->heap[least]);
        i = least;
    }
    put(desk, i, event);
}

static inline void schedule(struct desk *desk, double time, uint32_t owner)
{
    if (desk->n_events == PLACES)
        too_many();
    rise(desk, desk->n_events++, (struct event){ time, desk->order++, owner });
}

static inline void reschedule(struct desk *desk, uint32_t i, double time)
{
    struct event event = desk->heap[i];
    const bool   earlier = time < event.time;
    event.time = time;
    event.order = desk->order++;
    if (earlier)
        rise(desk, i, event);
    else
        sink(desk, i, event);
}

static inline void cancel(struct desk *desk, uint32_t i)
{
    const struct event last = desk->heap[--desk->n_events];
    if (i == desk->n_events)
        return;
    if (i > 0 && before(&last, &desk->heap[(i - 1) >> 2]))
        rise(desk, i, last);
    else
        sink(desk, i, last);
}

static inline uint32_t customer_new(struct desk *desk)
{
    const uint32_t c = desk->free;
    if (c != NONE) {
        desk->free = desk->customers[c].next;
        return c;
    }
    if (desk->n_customers == PLACES)
        too_many();
    return desk->n_customers++;
}

static inline void customer_free(struct desk *desk, uint32_t c)
{
    desk->customers[c].next = desk->free;
    desk->free = c;
}

/* ---- queues through the customers */

struct line {
    uint32_t head, tail;
};

static inline void line_join(struct desk *desk, struct line *line, uint32_t c)
{
    struct customer *customer = &desk->customers[c];
    customer->next = NONE;
    customer->prev = line->tail;
    if (line->tail != NONE)
        desk->customers[line->tail].next = c;
    else
        line->head = c;
    line->tail = c;
}

static inline void line_leave(struct desk *desk, struct line *line, uint32_t c)
{
    const uint32_t prev = desk->customers[c].prev, next = desk->customers[c].next;
    if (prev != NONE)
        desk->customers[prev].next = next;
    else
        line->head = next;
    if (next != NONE)
        desk->customers[next].prev = prev;
    else
        line->tail = prev;
}

static inline void count_answered(struct floor_tier *tier, double wait)
{
    tier->answered++;
    tier->wait_answered += wait;
    tier->in_time += wait <= IN_TIME;
}

/* ---- W2, every event in the list */

void floor_w2_full(uint64_t contacts, uint64_t seed, struct floor_w2 *result)
{
    struct desk   *desk = desk_open();
    struct xoshiro rng = xoshiro_of(seed);
    struct line    lines[FLOOR_TIERS] = { { NONE, NONE }, { NONE, NONE }, { NONE, NONE } };
    uint32_t       busy[FLOOR_TIERS] = { 0 };
    uint64_t       arrived = 0, events = 0;
    const uint32_t source = customer_new(desk);
    *result = (struct floor_w2){ 0 };
    desk->customers[source].state = ARRIVING;
    schedule(desk, exponential(&rng) * INTERVAL, source);
    while (desk->n_events > 0) {
        const double     now = desk->heap[0].time;
        uint32_t         c = desk->heap[0].owner, to = 0;
        struct customer *customer = &desk->customers[c];
        const uint32_t   at = customer->tier;
        events++;
        if (customer->state == ARRIVING) {
            if (++arrived < contacts)
                reschedule(desk, 0, now + exponential(&rng) * INTERVAL);
            else
                cancel(desk, 0);
            c = customer_new(desk);
            customer = &desk->customers[c];
        } else if (customer->state == WAITING) {
            cancel(desk, 0);
            result->tiers[at].abandoned++;
            result->tiers[at].wait_abandoned += now - customer->since;
            line_leave(desk, &lines[at], c);
            customer_free(desk, c);
            continue;
        } else {
            const uint32_t next = lines[at].head;
            cancel(desk, 0);
            if (next != NONE) {
                struct customer *served = &desk->customers[next];
                line_leave(desk, &lines[at], next);
                count_answered(&result->tiers[at], now - served->since);
                served->state = SERVED;
                reschedule(desk, served->place, now + exponential(&rng) * service[at]);
            } else {
                busy[at]--;
            }
            if (at + 1 == FLOOR_TIERS || unit_of(&rng) >= moves_on[at]) {
                customer_free(desk, c);
                continue;
            }
            result->tiers[at].escalated++;
            to = at + 1;
        }
        result->tiers[to].offered++;
        customer->tier = (uint8_t)to;
        customer->since = now;
        if (busy[to] < agents[to]) {
            busy[to]++;
            count_answered(&result->tiers[to], 0);
            customer->state = SERVED;
            schedule(desk, now + exponential(&rng) * service[to], c);
        } else {
            customer->state = WAITING;
            line_join(desk, &lines[to], c);
            schedule(desk, now + exponential(&rng) * PATIENCE, c);
        }
    }
    result->events = events;
    free(desk);
}

/* ---- W2 without timers: the next arrival, and a small binary heap of ends of service */

struct end {
    double   time;
    uint32_t tier;
};

struct ends {
    struct end heap[64];
    uint32_t   n;
};

static inline void ends_push(struct ends *ends, struct end end)
{
    uint32_t i = ends->n++;
    while (i > 0) {
        const uint32_t parent = (i - 1) >> 1;
        if (ends->heap[parent].time <= end.time)
            break;
        ends->heap[i] = ends->heap[parent];
        i = parent;
    }
    ends->heap[i] = end;
}

/* Replaces the earliest. */
static inline void ends_replace(struct ends *ends, struct end end)
{
    uint32_t i = 0;
    for (uint32_t child = 1; child < ends->n; child = 2 * i + 1) {
        child += child + 1 < ends->n && ends->heap[child + 1].time < ends->heap[child].time;
        if (end.time <= ends->heap[child].time)
            break;
        ends->heap[i] = ends->heap[child];
        i = child;
    }
    ends->heap[i] = end;
}

static inline void ends_pop(struct ends *ends)
{
    const struct end last = ends->heap[--ends->n];
    if (ends->n > 0)
        ends_replace(ends, last);
}

struct waiting {
    double since, gives_up;
};

struct ring {
    struct waiting at[PLACES];
    uint32_t       head, tail;
};

/* The next customer who has not given up; false when nobody is left. */
static inline bool ring_take(struct ring *ring, double now, struct floor_tier *tier)
{
    while (ring->head != ring->tail) {
        const struct waiting next = ring->at[ring->head++ % PLACES];
        if (next.gives_up >= now) {
            count_answered(tier, now - next.since);
            return true;
        }
        tier->abandoned++;
        tier->wait_abandoned += next.gives_up - next.since;
    }
    return false;
}

static inline void ring_join(struct ring *ring, struct waiting who)
{
    if (ring->tail - ring->head == PLACES)
        too_many();
    ring->at[ring->tail++ % PLACES] = who;
}

void floor_w2_lazy(uint64_t contacts, uint64_t seed, struct floor_w2 *result)
{
    struct ring   *rings = malloc(FLOOR_TIERS * sizeof *rings);
    struct ends    ends = { .n = 0 };
    struct xoshiro rng = xoshiro_of(seed);
    uint32_t       busy[FLOOR_TIERS] = { 0 };
    uint64_t       arrived = 0, events = 0;
    if (!rings)
        abort();
    for (int t = 0; t < FLOOR_TIERS; t++)
        rings[t].head = rings[t].tail = 0;
    ziggurat_make();
    *result = (struct floor_w2){ 0 };
    double arrival = exponential(&rng) * INTERVAL;
    for (;; events++) {
        double   now;
        uint32_t to;
        if (ends.n == 0 || arrival < ends.heap[0].time) {
            if (arrived == contacts)
                break;
            now = arrival;
            to = 0;
            arrival = ++arrived < contacts ? now + exponential(&rng) * INTERVAL : INFINITY;
        } else {
            const uint32_t at = ends.heap[0].tier;
            now = ends.heap[0].time;
            if (ring_take(&rings[at], now, &result->tiers[at])) {
                ends_replace(&ends, (struct end){ now + exponential(&rng) * service[at], at });
            } else {
                busy[at]--;
                ends_pop(&ends);
            }
            if (at + 1 == FLOOR_TIERS || unit_of(&rng) >= moves_on[at])
                continue;
            result->tiers[at].escalated++;
            to = at + 1;
        }
        result->tiers[to].offered++;
        if (busy[to] < agents[to]) {
            busy[to]++;
            count_answered(&result->tiers[to], 0);
            ends_push(&ends, (struct end){ now + exponential(&rng) * service[to], to });
        } else {
            ring_join(&rings[to],
                      (struct waiting){ now, now + exponential(&rng) * PATIENCE });
        }
    }
    result->events = events;
    free(rings);
}

/* ---- W1 */

void floor_w1_full(uint64_t contacts, uint64_t seed, struct floor_w1 *result)
{
    const double   between = 1.0 / 9;
    struct desk   *desk = desk_open();
    struct xoshiro rng = xoshiro_of(seed);
    struct line    line = { NONE, NONE };
    uint64_t       arrived = 0;
    uint32_t       idle = 10;
    const uint32_t source = customer_new(desk);
    *result = (struct floor_w1){ 0 };
    desk->customers[source].state = ARRIVING;
    schedule(desk, exponential(&rng) * between, source);
    while (desk->n_events > 0) {
        const double   now = desk->heap[0].time;
        const uint32_t owner = desk->heap[0].owner;
        result->events++;
        if (owner == source) {
            if (++arrived < contacts)
                reschedule(desk, 0, now + exponential(&rng) * between);
            else
                cancel(desk, 0);
            const uint32_t c = customer_new(desk);
            desk->customers[c].since = now;
            if (idle > 0) {
                idle--;
                schedule(desk, now + exponential(&rng), c);
            } else {
                line_join(desk, &line, c);
            }
            continue;
        }
        const uint32_t next = line.head;
        cancel(desk, 0);
        if (next != NONE) {
            line_leave(desk, &line, next);
            result->wait += now - desk->customers[next].since;
            schedule(desk, now + exponential(&rng), next);
        } else {
            idle++;
        }
        customer_free(desk, owner);
    }
    free(desk);
}
