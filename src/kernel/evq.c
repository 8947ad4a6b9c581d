/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/evq.h"

#include <string.h>

/* The four children of an entry share a cache line when heap[0] stands 48 bytes behind a line's
 * start: children of i begin at 4 i + 1. */
#define LEAD_BYTES 48

static size_t heap_bytes(uint32_t owners)
{
    return (LEAD_BYTES + ((size_t)owners + EVQ_PAD) * sizeof(evq_key) + 63) & ~(size_t)63;
}

size_t evq_bytes(uint32_t owners)
{
    return heap_bytes(owners) + (((size_t)owners * sizeof(uint32_t) + 63) & ~(size_t)63);
}

void evq_open(struct evq *q, void *block, uint32_t owners)
{
    *q = (struct evq){
        .heap = (evq_key *)(void *)((char *)block + LEAD_BYTES),
        .place = (uint32_t *)(void *)((char *)block + heap_bytes(owners)),
    };
    memset(q->heap, 0xff, EVQ_PAD * sizeof(evq_key));
}

void evq_reset(struct evq *q)
{
    memset(q->heap, 0xff, ((size_t)q->n + EVQ_PAD) * sizeof(evq_key));
    q->n = 0;
    q->hole = false;
}
