/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mix of the key is the finaliser of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014; constants
 * of David Stafford's "Mix13"), a bijection of 64 bits: applied to the seed, then to the sum of
 * that and the replication's multiple of the golden ratio. Two replications of one seed therefore
 * never share a key, and seeds 1, 2, 3 are as unlike as any others. */
#include "kernel/rng.h"

#include "base/text.h"

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

struct rng_key rng_key_of(uint64_t seed, uint64_t replication)
{
    const uint64_t golden = 0x9e3779b97f4a7c15u; /* 2^64 over the golden ratio, odd */
    const uint64_t key = mix(mix(seed + golden) + (replication + 1) * golden);

    return (struct rng_key){ .k0 = (uint32_t)key, .k1 = (uint32_t)(key >> 32) };
}

uint64_t rng_purpose(const char *name)
{
    return text_hash(name);
}

void rng_refill(struct rng *rng)
{
    uint32_t c[4] = { rng->entity, rng->visit_block, rng->purpose_low, rng->purpose_high };

    philox4x32_10(c, rng->key0, rng->key1);
    rng->next[1] = (uint64_t)c[1] << 32 | c[0];
    rng->next[0] = (uint64_t)c[3] << 32 | c[2];
    rng->n = 2;
    /* The visit stays in the upper half; after 2^16 blocks, again from block 1. */
    const uint32_t block = (rng->visit_block + 1) & 0xffffu;
    rng->visit_block = (rng->visit_block & 0xffff0000u) | (block ? block : 1u);
}

void rng_schedule_open(struct rng_schedule *schedule, struct rng_key key)
{
    schedule->key = key;
    for (uint32_t round = 0; round < PHILOX_ROUNDS; round++) {
        schedule->k0[round] = key.k0 + round * PHILOX_STEP_0;
        schedule->k1[round] = key.k1 + round * PHILOX_STEP_1;
    }
}
