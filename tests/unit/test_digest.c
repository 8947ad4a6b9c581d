/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: equal inputs give equal digests, any change gives another, on every machine the same.
 * Method: known answers of our own; single changes to a block of numbers; 65,536 neighbouring
 * integers without a collision and with about half of the bits turning over. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "stats/digest.h"

static uint64_t digest_of(const double *values, size_t n)
{
    struct digest digest;
    digest_open(&digest);
    digest_doubles(&digest, values, n);
    return digest_value(&digest);
}

static int compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

Test(digest, every_number_counts_in_its_place)
{
    double values[8] = { 0.0, 1.0, -1.0, 1e-300, 1e300, HUGE_VAL, (double)NAN, 0.1 };
    const uint64_t before = digest_of(values, 8);
    values[0] = -0.0;
    values[6] = -(double)NAN;
    cr_assert_eq(digest_of(values, 8), before);
    for (int i = 0; i < 8; i++) {
        const double kept = values[i];
        values[i] = i == 6 ? 6.0 : i == 5 ? 1e308 : nextafter(kept, 7.0);
        cr_assert_neq(digest_of(values, 8), before, "value %d", i);
        values[i] = kept;
    }
    cr_assert_neq(digest_of(values, 7), before);
    cr_assert_neq(digest_of(values + 1, 7), digest_of(values, 7));
    const double swapped[2] = { 2.0, 1.0 };
    const double straight[2] = { 1.0, 2.0 };
    cr_assert_neq(digest_of(swapped, 2), digest_of(straight, 2));
    const double zeros[3] = { 0.0 };
    cr_assert_neq(digest_of(zeros, 3), digest_of(zeros, 2));
    cr_assert_neq(digest_of(zeros, 1), digest_of(zeros, 0));
}

Test(digest, texts_and_known_answers)
{
    struct digest a, b;
    digest_open(&a);
    digest_open(&b);
    digest_text(&a, "tier 1");
    digest_text(&a, "");
    digest_text(&b, "");
    digest_text(&b, "tier 1");
    cr_assert_neq(digest_value(&a), digest_value(&b));
    digest_open(&a);
    cr_assert_eq(digest_value(&a), 0xCBC4067CDADF7585u);
    digest_double(&a, 0.5);
    digest_integer(&a, 42);
    digest_text(&a, "escalation");
    cr_assert_eq(digest_value(&a), 0x5496F7A355B70000u);
}

Test(digest, neighbours_scatter)
{
    enum { N = 65536 };
    static uint64_t seen[N];
    uint64_t turned = 0;
    for (uint32_t i = 0; i < N; i++) {
        struct digest digest;
        digest_open(&digest);
        digest_integer(&digest, i);
        seen[i] = digest_value(&digest);
        if (i > 0)
            turned += (uint64_t)__builtin_popcountll(seen[i] ^ seen[i - 1]);
    }
    const double share = (double)turned / (64.0 * (N - 1));
    cr_assert_float_eq(share, 0.5, 0.005, "share of turned bits %g", share);
    qsort(seen, N, sizeof *seen, compare);
    for (uint32_t i = 1; i < N; i++)
        cr_assert_neq(seen[i], seen[i - 1]);
}
