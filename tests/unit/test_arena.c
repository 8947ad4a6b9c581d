/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: an arena hands out zeroed, aligned memory that does not overlap, and stays failed once
 * memory is out. Method: takes of many sizes are filled and read again; absurd sizes are asked. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

Test(arena, takes_are_zeroed_aligned_and_apart)
{
    enum { N = 3000 };
    static unsigned char *at[N];
    struct arena          arena;
    arena_open(&arena);
    size_t total = 0;
    for (size_t i = 0; i < N; i++) {
        size_t size = i * 37 % 5000;
        at[i] = arena_take(&arena, size);
        cr_assert_not_null(at[i]);
        cr_assert_eq((uintptr_t)at[i] % 16, 0);
        for (size_t j = 0; j < size; j++)
            cr_assert_eq(at[i][j], 0);
        memset(at[i], (int)(i % 255) + 1, size);
        total += size;
    }
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < i * 37 % 5000; j++)
            cr_assert_eq(at[i][j], i % 255 + 1);
    cr_assert_geq(arena.taken_total, total);
    cr_assert_neq(arena_take(&arena, 0), arena_take(&arena, 0), "empty takes are apart, too");
    cr_assert_not_null(arena_take(&arena, (size_t)5 << 20), "larger than any block");
    arena_close(&arena);
    cr_assert_null(arena.blocks);
    arena_close(&arena);
}

Test(arena, texts_are_copied)
{
    struct arena arena;
    arena_open(&arena);
    cr_assert_str_eq(arena_copy(&arena, "tier"), "tier");
    cr_assert_str_eq(arena_copy(&arena, ""), "");
    cr_assert_str_eq(arena_copy_n(&arena, "tiersim", 4), "tier");
    cr_assert_str_eq(arena_copy_n(&arena, NULL, 0), "");
    cr_assert_str_eq(arena_print(&arena, "%s %d", "tier", 2), "tier 2");
    char *longer = arena_print(&arena, "%0100000d", 1);
    cr_assert_eq(strlen(longer), 100000);
    double *numbers = ARENA_ARRAY(&arena, 10, double);
    cr_assert_eq(numbers[9], 0.0);
    cr_assert_not(arena.failed);
    arena_close(&arena);
}

Test(arena, stays_failed)
{
    struct arena arena;
    arena_open(&arena);
    cr_assert_null(arena_take_array(&arena, SIZE_MAX / 2, 3), "the product overflows");
    cr_assert(arena.failed);
    cr_assert_null(arena_take(&arena, 1));
    arena_close(&arena);
    cr_assert_not(arena.failed, "closed is as good as new");
    cr_assert_null(arena_take(&arena, SIZE_MAX));
    arena_close(&arena);
    cr_assert_null(arena_take(&arena, SIZE_MAX - 40));
    arena_close(&arena);
    cr_assert_null(arena_copy_n(&arena, "x", SIZE_MAX));
    arena_close(&arena);
}
