/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernel/rng.h - randomness by address.
 *
 * A draw is a pure function of its address: (key, purpose, entity, visit, position). The key
 * is made of seed and replication; the purpose is the 64-bit hash of a name such as
 * "phone/work/tier 2"; the entity is the contact's ordinal in its stream; the visit says
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

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

static inline void philox4x32_10(uint32_t counter[4], uint32_t k0, uint32_t k1)
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    for (int round = 0; round < 10; round++) {
        const uint64_t p0 = (uint64_t)0xD2511F53u * c0;
        const uint64_t p1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    counter[0] = c0;
    counter[1] = c1;
    counter[2] = c2;
    counter[3] = c3;
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

/* The ten round keys of a key, each twice, ready for two lanes. */
struct rng_schedule {
    struct rng_key key;
#ifdef __SSE2__
    __m128i k0[10], k1[10];
#endif
};

void rng_schedule_open(struct rng_schedule *schedule, struct rng_key key);

#ifdef __SSE2__
/* The upper half of each lane, in both halves: one instruction where a shift and a copy are two. */
static inline __m128i rng_high_(__m128i x)
{
    return _mm_shuffle_epi32(x, _MM_SHUFFLE(3, 3, 1, 1));
}
#endif

/* Two blocks for little more than the price of one. They share key and counter word 1 (visit << 16
 * | block) and differ in entity and purpose; each is just what philox4x32_10 gives. */
static inline void rng_two(const struct rng_schedule *schedule, uint32_t visit_block,
                           uint32_t entity_a, uint64_t purpose_a, uint32_t entity_b,
                           uint64_t purpose_b, struct rng_block *a, struct rng_block *b)
{
#ifdef __SSE2__
    /* 64-bit lanes whose upper halves may hold anything: pmuludq reads the lower ones alone. */
    const __m128i m0 = _mm_set1_epi64x(0xD2511F53), m1 = _mm_set1_epi64x(0xCD9E8D57);
    __m128i c0 = _mm_set_epi64x((int64_t)entity_b, (int64_t)entity_a);
    __m128i c1 = _mm_set1_epi64x((int64_t)visit_block);
    __m128i c2 = _mm_set_epi64x((int64_t)purpose_b, (int64_t)purpose_a);
    __m128i c3 = rng_high_(c2);
    for (int round = 0; round < 10; round++) {
        const __m128i p0 = _mm_mul_epu32(c0, m0), p1 = _mm_mul_epu32(c2, m1);
        c0 = _mm_xor_si128(_mm_xor_si128(rng_high_(p1), c1), schedule->k0[round]);
        c1 = p1;
        c2 = _mm_xor_si128(_mm_xor_si128(rng_high_(p0), c3), schedule->k1[round]);
        c3 = p0;
    }
    const __m128i low = _mm_set1_epi64x(0xffffffff);
    const __m128i bits = _mm_or_si128(_mm_and_si128(c0, low), _mm_slli_epi64(c1, 32));
    const __m128i sides = _mm_or_si128(_mm_and_si128(c2, low), _mm_slli_epi64(c3, 32));
    a->bits = (uint64_t)_mm_cvtsi128_si64(bits);
    a->sides = (uint64_t)_mm_cvtsi128_si64(sides);
    b->bits = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(bits, bits));
    b->sides = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(sides, sides));
#else
    const struct rng_key key = schedule->key;
    uint32_t x[4] = { entity_a, visit_block, (uint32_t)purpose_a, (uint32_t)(purpose_a >> 32) };
    uint32_t y[4] = { entity_b, visit_block, (uint32_t)purpose_b, (uint32_t)(purpose_b >> 32) };
    philox4x32_10(x, key.k0, key.k1);
    philox4x32_10(y, key.k0, key.k1);
    *a = (struct rng_block){ (uint64_t)x[1] << 32 | x[0], (uint64_t)x[3] << 32 | x[2] };
    *b = (struct rng_block){ (uint64_t)y[1] << 32 | y[0], (uint64_t)y[3] << 32 | y[2] };
#endif
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
