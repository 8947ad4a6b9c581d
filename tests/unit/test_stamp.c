/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: numbers and dates written by hand are those that printf and the C library's calendar
 * write; rows that do not fit into memory come back as they were. Method: random and awkward
 * values against snprintf, gmtime and strftime; a spill fed with more than it may keep. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/digits.h"
#include "experiment/spill.h"
#include "experiment/stamp.h"
#include "support/random_scenario.h"

Test(stamp, whole_numbers_are_those_of_printf)
{
    uint64_t state = 1;
    for (int i = 0; i < 20000; i++) {
        const uint64_t value = i == 0 ? 0 : i == 1 ? UINT64_MAX
                                                   : random_next(&state) >> (i % 64);
        char           found[DIGITS_MOST], expected[32];
        *digits_whole(found, value) = '\0';
        snprintf(expected, sizeof expected, "%llu", (unsigned long long)value);
        cr_assert_str_eq(found, expected);
    }
}

Test(stamp, amounts_are_rounded_to_cents)
{
    static const struct {
        double      value;
        const char *text;
    } rows[] = { { 0, "0.00" },      { 0.004, "0.00" },   { -0.004, "0.00" }, { 0.005, "0.01" },
                 { 84.5, "84.50" },  { 99.995, "100.00" }, { -3.25, "-3.25" },
                 { 1e9 / 3, "333333333.33" }, { 1e15, "1000000000000000.00" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char found[DIGITS_MOST];
        *digits_cents(found, rows[i].value) = '\0';
        cr_expect_str_eq(found, rows[i].text);
    }
    char longest[DIGITS_MOST];
    cr_expect(digits_cents(longest, 1.7e308) - longest < DIGITS_MOST);
}

/* 1 January 2024, a Monday, in seconds of Unix time. */
#define MONDAY 1704067200

Test(stamp, dates_are_those_of_the_calendar)
{
    uint64_t     state = 2;
    struct stamp stamp = { 0 };
    for (int i = 0; i < 50000; i++) {
        /* Every third one is of the twenty years before. */
        const int64_t ms = (int64_t)(random_next(&state) % (i % 2 ? 12622780800000u : 900000000u)) -
                           (i % 3 == 0 ? 631152000000 : 0);
        const int64_t unix_ms = (int64_t)MONDAY * 1000 + ms;
        const time_t  second = (time_t)(unix_ms / 1000);
        char          found[STAMP_MOST], expected[STAMP_MOST];
        struct tm     parts;
        *stamp_write(&stamp, found, (double)ms / 1000) = '\0';
        cr_assert(gmtime_r(&second, &parts));
        const size_t n = strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%S", &parts);
        snprintf(expected + n, sizeof expected - n, ".%03dZ", (int)(unix_ms % 1000));
        cr_assert_str_eq(found, expected);
    }
}

Test(stamp, moments_far_away_stay_within_their_room)
{
    static const double moments[] = { 0, 0.0004999, 0.0005, 3.2e10, 3e11, 1e18, 1e300, INFINITY };
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        struct stamp stamp = { 0 };
        char         found[STAMP_MOST];
        const char  *end = stamp_write(&stamp, found, moments[i]);
        cr_assert(end - found >= 24 && end - found < STAMP_MOST);
        cr_expect(end[-1] == 'Z' && end[-14] == 'T' && end[-17] == '-');
    }
}

/* Writes rows into a spill and reads back what it copies out. */
static void fill_and_copy(struct spill *spill, uint32_t rows)
{
    FILE *to = tmpfile();
    cr_assert(to);
    spill_clear(spill);
    for (uint32_t i = 0; i < rows; i++) {
        char *at = spill_room(spill);
        spill_wrote(spill, at + sprintf(at, "row %u %0*u\n", i, (int)(i % 4000), i));
    }
    cr_assert(spill_copy(spill, to));
    rewind(to);
    for (uint32_t i = 0; i < rows; i++) {
        char found[SPILL_ROW], expected[SPILL_ROW];
        sprintf(expected, "row %u %0*u\n", i, (int)(i % 4000), i);
        cr_assert(fgets(found, sizeof found, to));
        cr_assert_str_eq(found, expected);
    }
    cr_assert_eq(fgetc(to), EOF);
    fclose(to);
}

Test(stamp, rows_come_back_from_memory_and_from_files)
{
    struct spill spill;
    cr_assert(spill_open(&spill, 1 << 17));
    fill_and_copy(&spill, 20);
    cr_assert_null(spill.file, "a few rows need no file");
    fill_and_copy(&spill, 9000);
    cr_assert(spill.file && spill.size == 1 << 17);
    fill_and_copy(&spill, 0);
    fill_and_copy(&spill, 300);
    spill_close(&spill);
}
