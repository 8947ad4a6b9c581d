/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernel/rng.h - randomness by address.
 *
 * A draw is a pure function of its address: (key, purpose, entity, visit, position). The key
 * is made of seed and replication; the purpose is the 64-bit hash of a name such as
 * "phone/patience/tier 2"; the entity is the contact's ordinal in its stream; the visit says
 * which of several services this is. Nothing is consumed, so the same customer needs the same
 * things whatever happens to others, under any policy and staffing.
 *
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011): counter = (entity, visit and block,
 * purpose low, purpose high), key = (k0, k1). Block 0 of an address gives the first 64-bit
 * number and two 32-bit side numbers; each later block gives two more 64-bit numbers. The side
 * numbers are always the same two, however many 64-bit numbers a sampler takes: yes-no decisions
 * use them, so that a decision does not move when a distribution is changed.
 *
 * Limits: entity < 2^32, visit < 2^16, 2^16 blocks an address (131,071 numbers; a sampler that
 * would need more starts again at block 1: no sampler of ours comes near).
 */
#ifndef KERNEL_RNG_H
#define KERNEL_RNG_H

#include <stdint.h>

struct rng_key {
    uint32_t k0, k1;
};

struct rng {
    uint32_t key0, key1;
    uint32_t entity, visit_block; /* visit << 16 | next block                            */
    uint32_t purpose_low, purpose_high;
    uint32_t side[2];             /* the two 32-bit side numbers                         */
    uint64_t next[2];             /* 64-bit numbers in hand, next[n - 1] first           */
    uint32_t n;
};

static inline void philox_round(uint32_t c[4], uint32_t k0, uint32_t k1)
{
    const uint64_t p0 = (uint64_t)0xD2511F53u * c[0];
    const uint64_t p1 = (uint64_t)0xCD9E8D57u * c[2];
    c[0] = (uint32_t)(p1 >> 32) ^ c[1] ^ k0;
    c[1] = (uint32_t)p1;
    c[2] = (uint32_t)(p0 >> 32) ^ c[3] ^ k1;
    c[3] = (uint32_t)p0;
}

#define PHILOX_ROUNDS 10
#define PHILOX_STEP_0 0x9E3779B9u /* from one round key to the next */
#define PHILOX_STEP_1 0xBB67AE85u

static inline void philox4x32_10(uint32_t counter[4], uint32_t k0, uint32_t k1)
{
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        philox_round(counter, k0, k1);
        k0 += PHILOX_STEP_0;
        k1 += PHILOX_STEP_1;
    }
}

/* The key of one replication: a 64-bit mix of seed and replication number. */
struct rng_key rng_key_of(uint64_t seed, uint64_t replication);

/* The purpose of a name. */
uint64_t rng_purpose(const char *name);

static inline struct rng rng_at(struct rng_key key, uint64_t purpose, uint32_t entity,
                                uint32_t visit)
{
    struct rng rng = { .key0 = key.k0, .key1 = key.k1, .entity = entity,
                       .visit_block = visit << 16 | 1u, .purpose_low = (uint32_t)purpose,
                       .purpose_high = (uint32_t)(purpose >> 32), .n = 1 };
    uint32_t c[4] = { entity, visit << 16, rng.purpose_low, rng.purpose_high };
    philox4x32_10(c, key.k0, key.k1);
    rng.next[0] = (uint64_t)c[1] << 32 | c[0];
    rng.side[0] = c[2];
    rng.side[1] = c[3];
    return rng;
}

/* Block 0 of an address: its first 64-bit number and its side numbers (0 in the low half). */
struct rng_block {
    uint64_t bits, sides;
};

/* A key and its round keys. */
struct rng_schedule {
    struct rng_key key;
    uint32_t       k0[PHILOX_ROUNDS], k1[PHILOX_ROUNDS];
};

void rng_schedule_open(struct rng_schedule *schedule, struct rng_key key);

/* Block 0 of an address: the same bits as rng_at gives, for less. */
static inline struct rng_block rng_block_at(const struct rng_schedule *schedule, uint64_t purpose,
                                            uint32_t entity, uint32_t visit)
{
    uint32_t c[4] = { entity, visit << 16, (uint32_t)purpose, (uint32_t)(purpose >> 32) };
    for (int round = 0; round < PHILOX_ROUNDS; round++)
        philox_round(c, schedule->k0[round], schedule->k1[round]);
    return (struct rng_block){ .bits = (uint64_t)c[1] << 32 | c[0],
                               .sides = (uint64_t)c[3] << 32 | c[2] };
}

/* The rng at an address whose block 0 is at hand. */
static inline struct rng rng_from(struct rng_key key, uint64_t purpose, uint32_t entity,
                                  uint32_t visit, struct rng_block block)
{
    return (struct rng){ .key0 = key.k0, .key1 = key.k1, .entity = entity,
                         .visit_block = visit << 16 | 1u, .purpose_low = (uint32_t)purpose,
                         .purpose_high = (uint32_t)(purpose >> 32),
                         .side = { (uint32_t)block.sides, (uint32_t)(block.sides >> 32) },
                         .next = { block.bits }, .n = 1 };
}

/* Uniform on [0, 1) with 32 bits, from side number i (0 or 1) of a block. */
static inline double rng_block_side(struct rng_block block, int i)
{
    return (double)(uint32_t)(block.sides >> (32 * i)) * 0x1p-32;
}

void rng_refill(struct rng *rng);

static inline uint64_t rng_bits(struct rng *rng)
{
    if (rng->n == 0)
        rng_refill(rng);
    return rng->next[--rng->n];
}

/* Uniform on (0, 1), never 0 or 1: (k + 1/2) / 2^52. */
static inline double rng_unit_of(uint64_t bits)
{
    return ((double)(int64_t)(bits >> 12) + 0.5) * 0x1p-52;
}

static inline double rng_unit(struct rng *rng)
{
    return rng_unit_of(rng_bits(rng));
}

/* Uniform on [0, 1) with 32 bits, from side number i (0 or 1). */
static inline double rng_side(const struct rng *rng, int i)
{
    return (double)rng->side[i] * 0x1p-32;
}

#endif
