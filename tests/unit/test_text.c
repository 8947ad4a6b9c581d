/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: texts are bounded, compared, hashed and made visible as text.h says. Method: written-out
 * expectations; every cut length of a text of 1- to 4-byte characters; known hash relations. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

Test(text, cuts_between_characters)
{
    const char *whole = "aé€😀z"; /* 1 + 2 + 3 + 4 + 1 bytes */
    size_t      ends[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11, 11 };
    for (size_t size = 1; size <= 14; size++) {
        char        buffer[32];
        struct text text;
        memset(buffer, 'X', sizeof buffer);
        text_open(&text, buffer, size);
        text_add(&text, "%s", whole);
        cr_assert_eq(text.length, ends[size - 1], "size %zu", size);
        cr_assert_eq(strlen(buffer), text.length);
        cr_assert_eq(text.cut, size <= 11, "size %zu", size);
        cr_assert_eq(buffer[size], 'X', "nothing behind the end is written");
        cr_assert_eq(text_cut(whole, size - 1), ends[size - 1]);
        size_t before = text.length;
        text_add(&text, "q");
        cr_assert_eq(text.length, text.cut ? before : before + 1, "nothing follows a cut");
    }
}

Test(text, utf8_is_told_from_other_bytes)
{
    static const struct {
        const char *bytes;
        size_t      length;
        uint32_t    code;
    } good[] = { { "a", 1, 'a' },
                 { "\x7F", 1, 0x7F },
                 { "\xC2\x80", 2, 0x80 },
                 { "\xDF\xBF", 2, 0x7FF },
                 { "\xE0\xA0\x80", 3, 0x800 },
                 { "\xED\x9F\xBF", 3, 0xD7FF },
                 { "\xEE\x80\x80", 3, 0xE000 },
                 { "\xEF\xBF\xBF", 3, 0xFFFF },
                 { "\xF0\x90\x80\x80", 4, 0x10000 },
                 { "\xF4\x8F\xBF\xBF", 4, 0x10FFFF } };
    static const char *const bad[] = {
        "\x80",         "\xBF",         "\xC0\x80",         "\xC1\xBF",         "\xC3",
        "\xC3\x28",     "\xE0\x9F\xBF", "\xED\xA0\x80",     "\xED\xBF\xBF",     "\xE2\x82",
        "\xE2\x28\xA1", "\xE2\x82\x28", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xF0\x90\x80", "\xFE",         "\xFF",             "\xF8\x88\x80\x80\x80",
    };
    uint32_t code;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cr_assert_eq(text_utf8(good[i].bytes, good[i].length, &code), good[i].length, "%zu", i);
        cr_assert_eq(code, good[i].code);
        cr_assert_eq(text_utf8(good[i].bytes, good[i].length - 1, &code), 0, "cut off");
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_eq(text_utf8(bad[i], strlen(bad[i]), &code), 0, "bad %zu", i);
}

Test(text, near_words_are_found)
{
    static const struct {
        const char *a, *b;
        unsigned    most, distance;
    } cases[] = {
        { "", "", 3, 0 },
        { "agents", "agents", 2, 0 },
        { "Agents", "aGENTS", 0, 0 },
        { "agnets", "agents", 2, 1 },
        { "agent", "agents", 2, 1 },
        { "agennts", "agents", 2, 1 },
        { "agentz", "agents", 2, 1 },
        { "kitten", "sitting", 5, 3 },
        { "kitten", "sitting", 2, 3 },
        { "ca", "abc", 5, 3 }, /* no part is edited twice */
        { "", "abc", 5, 3 },
        { "abc", "", 2, 3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_assert_eq(text_distance(cases[i].a, cases[i].b, cases[i].most), cases[i].distance,
                     "case %zu", i);
    static const char *const words[] = { "name", "agents", "agent_cost", "authority", "x" };
    cr_assert_str_eq(text_nearest("agnets", words, 5), "agents");
    cr_assert_str_eq(text_nearest("NAME", words, 5), "name");
    cr_assert_str_eq(text_nearest("authorty", words, 5), "authority");
    cr_assert_str_eq(text_nearest("agent-costs", words, 5), "agent_cost");
    cr_assert_null(text_nearest("escalation", words, 5));
    cr_assert_null(text_nearest("", words, 5));
    cr_assert_null(text_nearest("y", words, 5), "a replaced letter is not near");
    cr_assert_null(text_nearest("agents", words, 0));
    char overlong[1000];
    memset(overlong, 'a', sizeof overlong - 1);
    overlong[sizeof overlong - 1] = 0;
    cr_assert_null(text_nearest(overlong, words, 5));
    cr_assert_eq(text_distance(overlong, overlong, 4), 5);
}

Test(text, hashes_differ)
{
    cr_assert_eq(text_hash("tier"), text_hash_bytes("tier", 4, 0));
    cr_assert_neq(text_hash("tier"), text_hash("tiers"));
    cr_assert_neq(text_hash("tier"), text_hash_bytes("tier", 4, 1));
    cr_assert_neq(text_hash(""), 0);
    /* One changed bit changes about half of the bits of the hash. */
    unsigned least = 64, most = 0;
    for (unsigned i = 0; i < 64; i++) {
        uint64_t bytes = 0x0123456789ABCDEF, other = bytes ^ (uint64_t)1 << i;
        uint64_t differ = text_hash_bytes(&bytes, 8, 0) ^ text_hash_bytes(&other, 8, 0);
        unsigned n = (unsigned)__builtin_popcountll(differ);
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    cr_assert(least > 12 && most < 52, "%u to %u bits", least, most);
}

Test(text, nothing_hidden_is_left)
{
    static const struct {
        const char *given, *shown;
    } cases[] = {
        { "plain é € 😀", "plain é € 😀" },
        { "a\x1b[2Jb", "a\\x1b[2Jb" },
        { "a\nb\tc\r", "a\\x0ab\\x09c\\x0d" },
        { "\x7f", "\\x7f" },
        { "\xC2\x9B"
          "31m",
          "\\xc2\\x9b31m" },                        /* C1: CSI */
        { "\xE2\x80\xAE", "\\xe2\\x80\\xae" },      /* right-to-left override */
        { "\xE2\x81\xA6", "\\xe2\\x81\\xa6" },      /* isolate */
        { "\xEF\xBB\xBF", "\\xef\\xbb\\xbf" },      /* byte order mark */
        { "a\xFFz\xC3", "a\\xffz\\xc3" },           /* no UTF-8 */
        { "\xED\xA0\x80", "\\xed\\xa0\\x80" },      /* surrogate */
        { "\xF3\xA0\x81\x81", "\\xf3\\xa0\\x81\\x81" }, /* tag character */
    };
    char shown[64];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert_eq(text_visible(shown, sizeof shown, cases[i].given), strlen(cases[i].shown));
        cr_assert_str_eq(shown, cases[i].shown);
        for (size_t size = 0; size < strlen(cases[i].shown) + 2; size++) {
            memset(shown, 'X', sizeof shown);
            cr_assert_eq(text_visible(shown, size, cases[i].given), strlen(cases[i].shown));
            if (size > 0)
                cr_assert(strlen(shown) < size, "terminated");
            cr_assert_eq(shown[size], 'X');
        }
    }
    text_visible(shown, 7, "ab\x1bz");
    cr_assert_str_eq(shown, "ab\\x1b");
    text_visible(shown, 6, "ab\x1bz");
    cr_assert_str_eq(shown, "ab", "an escape is not split, and nothing follows a cut");
}

Test(text, columns_are_counted)
{
    cr_assert_eq(text_columns(""), 0);
    cr_assert_eq(text_columns("tier"), 4);
    cr_assert_eq(text_columns("té"), 2);
    cr_assert_eq(text_columns("te\xCC\x81"), 2, "a combining accent");
    cr_assert_eq(text_columns("日本"), 4);
    cr_assert_eq(text_columns("😀"), 2);
    cr_assert_eq(text_columns("a…b"), 3);
    cr_assert_eq(text_columns("\xFF"), 1);
}
