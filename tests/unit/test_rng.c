/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a number is a function of its address and of nothing else, and looks random along every
 * part of the address. Method: Philox's known answers (Random123, tests/kat_vectors); repeated and
 * reordered reads; means and correlations of 200,000 numbers along entity, visit, purpose,
 * replication and seed within 4.5 standard errors. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "base/text.h"
#include "kernel/rng.h"

#define N 200000

Test(rng, known_answers)
{
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } cases[] = {
        { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
        { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, { 0xffffffff, 0xffffffff },
          { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
        { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, { 0xa4093822, 0x299f31d0 },
          { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t c[4];
        memcpy(c, cases[i].counter, sizeof c);
        philox4x32_10(c, cases[i].key[0], cases[i].key[1]);
        cr_expect(memcmp(c, cases[i].answer, sizeof c) == 0, "case %zu", i);
    }

    /* The same through the address: block 0 is the first number and the two side numbers. */
    const struct rng_key key = { 0xa4093822, 0x299f31d0 };
    struct rng rng = rng_at(key, (uint64_t)0x03707344 << 32 | 0x13198a2e, 0x243f6a88, 0);
    uint32_t c[4] = { 0x243f6a88, 0, 0x13198a2e, 0x03707344 };
    philox4x32_10(c, key.k0, key.k1);
    cr_expect(rng_bits(&rng) == ((uint64_t)c[1] << 32 | c[0]));
    cr_expect(rng.side[0] == c[2] && rng.side[1] == c[3]);
    uint32_t next[4] = { 0x243f6a88, 1, 0x13198a2e, 0x03707344 };
    philox4x32_10(next, key.k0, key.k1);
    cr_expect(rng_bits(&rng) == ((uint64_t)next[1] << 32 | next[0]));
    cr_expect(rng_bits(&rng) == ((uint64_t)next[3] << 32 | next[2]));
}

Test(rng, an_address_is_everything)
{
    const struct rng_key key = rng_key_of(1, 2);
    const uint64_t purpose = rng_purpose("phone/patience/tier 2");
    struct rng once = rng_at(key, purpose, 7, 3);
    uint64_t taken[1000];

    for (int i = 0; i < 1000; i++)
        taken[i] = rng_bits(&once);
    /* Others in between change nothing; neither do the side numbers move. */
    struct rng again = rng_at(key, purpose, 7, 3);
    const double side0 = rng_side(&again, 0), side1 = rng_side(&again, 1);
    for (uint32_t i = 0; i < 1000; i++) {
        struct rng other = rng_at(key, purpose, i, 4);
        (void)rng_bits(&other);
        cr_assert(rng_bits(&again) == taken[i]);
    }
    cr_expect(rng_side(&again, 0) == side0 && rng_side(&again, 1) == side1);
    cr_expect(side0 >= 0.0 && side0 < 1.0 && side1 >= 0.0 && side1 < 1.0 && side0 != side1);

    /* Every part of the address counts. */
    const struct rng others[] = {
        rng_at(rng_key_of(2, 2), purpose, 7, 3), rng_at(rng_key_of(1, 3), purpose, 7, 3),
        rng_at(key, purpose + 1, 7, 3),          rng_at(key, purpose + (1ull << 32), 7, 3),
        rng_at(key, purpose, 8, 3),              rng_at(key, purpose, 7, 4),
        rng_at(key, rng_purpose("phone/patience/tier 3"), 7, 3),
    };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        cr_expect(others[i].next[0] != taken[0] && others[i].side[0] != once.side[0], "%zu", i);

    /* After 2^16 blocks from block 1 again, in the same visit. */
    struct rng far = rng_at(key, purpose, 7, 3);
    for (long i = 0; i < 131071; i++)
        (void)rng_bits(&far);
    for (int i = 1; i < 5; i++)
        cr_expect(rng_bits(&far) == taken[i]);
}

Test(rng, keys_and_purposes_are_fixed)
{
    const struct rng_key key = rng_key_of(1, 0), other = rng_key_of(0, 1);

    cr_expect(key.k0 != other.k0 && key.k1 != other.k1);
    /* Recorded: results of earlier versions depend on them. */
    cr_expect(key.k0 == 0x7439611eu && key.k1 == 0x5e41ab08u, "0x%08xu 0x%08xu", key.k0, key.k1);
    const uint64_t purpose = rng_purpose("phone/patience/tier 2");
    cr_expect(purpose == 0xe6d5d2b4073429adu, "0x%016llxu", (unsigned long long)purpose);

    struct rng rng = rng_at(key, purpose, 0, 0);
    uint64_t hash = 0;
    for (int i = 0; i < 10000; i++) {
        const uint64_t bits = rng_bits(&rng);
        hash = text_hash_bytes(&bits, sizeof bits, hash);
    }
    cr_expect(hash == 0x8615b35975b2413fu, "0x%016llxu", (unsigned long long)hash);
}

Test(rng, uniforms_stay_inside)
{
    cr_expect(rng_unit_of(0) == 0x1p-53);
    cr_expect(rng_unit_of(UINT64_MAX) == 1.0 - 0x1p-53);
    cr_expect(rng_unit_of(UINT64_MAX / 2) < 0.5 && rng_unit_of(UINT64_MAX / 2 + 1) > 0.5);
}

/* Number i along one direction of the address. */
static double along(int direction, uint32_t i)
{
    const uint64_t purpose = 0x123456789abcdefu;
    struct rng rng;

    switch (direction) {
    case 0:
        rng = rng_at(rng_key_of(1, 1), purpose, i, 0);
        break;
    case 1:
        rng = rng_at(rng_key_of(1, 1), purpose, i >> 16, i & 0xffff);
        break;
    case 2:
        rng = rng_at(rng_key_of(1, 1), purpose + i, 0, 0);
        break;
    case 3:
        rng = rng_at(rng_key_of(1, i), purpose, 0, 0);
        break;
    case 4:
        rng = rng_at(rng_key_of(i, 1), purpose, 0, 0);
        break;
    default: /* the side number against the first one */
        rng = rng_at(rng_key_of(1, 1), purpose, i / 2, 0);
        return i % 2 ? rng_side(&rng, 1) : rng_unit(&rng);
    }
    return rng_unit(&rng);
}

Test(rng, neighbours_are_not_correlated)
{
    for (int direction = 0; direction < 6; direction++) {
        double sum = 0.0, sum2 = 0.0, product = 0.0, before = 0.5;
        for (uint32_t i = 0; i < N; i++) {
            const double u = along(direction, i) - 0.5;
            sum += u;
            sum2 += u * u;
            product += u * before;
            before = u;
        }
        cr_expect(fabs(sum) < 4.5 * sqrt(N / 12.0), "mean along %d", direction);
        cr_expect(fabs(sum2 - N / 12.0) < 4.5 * sqrt(N / 180.0), "variance along %d", direction);
        cr_expect(fabs(product) < 4.5 * sqrt(N) / 12.0, "correlation along %d", direction);
    }
}
