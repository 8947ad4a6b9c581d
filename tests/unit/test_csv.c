/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: CSV of all usual dialects is read exactly as written, and what is malformed is refused
 * with its line, never guessed. Method: a table of texts with their expected cells, among them
 * the traps of the csv-spectrum collection written anew; limits at n and n + 1; the same file
 * plain and compressed; what is written is read back. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/csv.h"
#include "base/limits.h"
#include "base/problem.h"

/* Spells header and rows as "a|b/1|2", with the last problem's "line:column message" if any. */
static void spell(struct csv *csv, const struct tsim_problems *problems, char *to, size_t size)
{
    FILE *out = fmemopen(to, size, "w");
    if (csv) {
        for (size_t i = 0; i < csv_columns(csv); i++)
            fprintf(out, "%s%s", i ? "|" : "", csv_header(csv, i));
        while (csv_next(csv))
            for (size_t i = 0; i < csv_columns(csv); i++)
                fprintf(out, "%s%s", i ? "|" : "/", csv_cell(csv, i));
        cr_expect_eq(csv_failed(csv), tsim_problems_errors(problems) > 0);
    }
    size_t n = tsim_problems_count(problems);
    if (n > 0) {
        const struct tsim_problem *problem = tsim_problems_get(problems, n - 1);
        fprintf(out, "!%zu:%zu %s", problem->line, problem->column, problem->message);
    }
    fclose(out);
}

static void reads(const char *text, size_t length, const char *expected)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv = csv_open_text(text, length, "x.csv", problems);
    char                  spelled[1000] = { 0 };
    spell(csv, problems, spelled, sizeof spelled);
    cr_expect_str_eq(spelled, expected, "%s\nis read as %s\nnot as     %s", text, spelled,
                     expected);
    csv_close(csv);
    tsim_problems_free(problems);
}

Test(csv, dialects_and_mistakes)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "a,b,c\n1,2,3\n", "a|b|c/1|2|3" },
        { "a,b,c\r\n1,2,3\r\n4,5,6", "a|b|c/1|2|3/4|5|6" },
        { "a;b\n1,5;2,5\n", "a|b/1,5|2,5" },
        { "a\tb\n1;2\t3,4\n", "a|b/1;2|3,4" },
        { "\"a;b\",c,d\n1,2,3\n", "a;b|c|d/1|2|3" },
        { "\xEF\xBB\xBF"
          "a,b\n1,2\n",
          "a|b/1|2" },
        { "a,b\n\"x, y\",2\n", "a|b/x, y|2" },
        { "a,b\n\"say \"\"hi\"\"\",2\n", "a|b/say \"hi\"|2" },
        { "a,b\n\"one\ntwo\",2\n", "a|b/one\ntwo|2" },
        { "a,b\r\n\"one\r\ntwo\",2\r\n", "a|b/one\r\ntwo|2" },
        { "a,b\n\"{\"\"k\"\": [1, 2]}\",\"\"\n", "a|b/{\"k\": [1, 2]}|" },
        { "a,b\n,\n\"\",\"\"\n", "a|b/|/|" },
        { "a,b\n1,2\n\n\n", "a|b/1|2" },
        { "a\n1\n\n2\n", "a/1//2" },
        { "a,b\n1, 2 \n", "a|b/1| 2 " },
        { " a , b \n1,2\n", "a|b/1|2" },
        { "é,日本\n😀,ʤ\n", "é|日本/😀|ʤ" },
        { "a,b", "a|b" },
        { "a,b\n\"\"\"\",2\n", "a|b/\"|2" },
        { "a,b\n1,\"2\"", "a|b/1|2" },
        { "a,b\n\"\n\n\",2\n3,4,5\n", "a|b/\n\n|2!5:1 a row has too many cells" },
        { "a,b\n1,2\n3\n4,5\n", "a|b/1|2!3:1 a row has too few cells" },
        { "a,b\n1,x\"y\n", "a|b!2:4 a quote inside a cell without quotes" },
        { "a,b\n\"x\"y,2\n", "a|b!2:4 text behind a closing quote" },
        { "a,b\n1,2\n\"x,3\n4,5\n", "a|b/1|2!3:1 the file ends inside quotes" },
        { "a,b\n1,2\r3,4\r", "a|b!2:4 a carriage return without a line feed" },
        { "a,b\n\xFF,2\n", "a|b!2:1 a cell is not valid UTF-8" },
        { "", "!1:1 the file is empty" },
        { "\xFF\xFE"
          "a,b",
          "!1:1 the file is in UTF-16, not UTF-8" },
        { "a,b,a\n1,2,3\n", "a|b|a/1|2|3!1:1 two columns are called \"a\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        reads(cases[i].text, strlen(cases[i].text), cases[i].expected);
    reads("a,b\n1\0,2\n", 9, "a|b!2:2 a NUL byte in the text");
    reads("a,b\n\"1\0\",2\n", 11, "a|b!2:3 a NUL byte in the text");
    reads("a\0,\0b\0", 6, "!1:1 the file is in UTF-16, not UTF-8");
    reads(NULL, 0, "!1:1 the file is empty");
}

Test(csv, columns_are_found_and_lines_known)
{
    const char           *text = "Created,created,Tier\n1,2,\"a\nb\"\n3,4,5\n";
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv = csv_open_text(text, strlen(text), "x.csv", problems);
    cr_assert_eq(csv_find(csv, "created"), 1);
    cr_assert_eq(csv_find(csv, "Created"), 0);
    cr_assert_eq(csv_find(csv, "CREATED"), 0);
    cr_assert_eq(csv_find(csv, "tier"), 2);
    cr_assert_eq(csv_find(csv, "tiers"), (size_t)-1);
    cr_assert_str_eq(csv_name(csv), "x.csv");
    cr_assert(csv_next(csv));
    cr_assert_eq(csv_line(csv), 2);
    cr_assert(csv_next(csv));
    cr_assert_eq(csv_line(csv), 4);
    cr_assert_not(csv_next(csv));
    cr_assert_not(csv_next(csv), "the end stays the end");
    cr_assert_not(csv_failed(csv));
    csv_close(csv);
    csv_close(NULL);
    tsim_problems_free(problems);
}

/* Reads a text of `n` times `part`; the message of its problem, or NULL, must contain `message`. */
static void limit_is(const char *before, const char *part, size_t n, const char *after,
                     const char *message)
{
    size_t length = strlen(before), size = strlen(part);
    char  *text = malloc(length + n * size + strlen(after) + 1);
    memcpy(text, before, length);
    for (size_t i = 0; i < n; i++, length += size)
        memcpy(text + length, part, size);
    strcpy(text + length, after);
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv =
        csv_open_text(text, length + strlen(after), "x.csv", problems);
    while (csv && csv_next(csv))
        ;
    if (!message) {
        cr_assert_eq(tsim_problems_count(problems), 0, "%s",
                     tsim_problems_count(problems) ? tsim_problems_get(problems, 0)->message : "");
    } else {
        cr_assert_eq(tsim_problems_errors(problems), 1);
        cr_assert_eq(tsim_problems_get(problems, 0)->kind, TSIM_PROBLEM_LIMIT);
        cr_assert(strstr(tsim_problems_get(problems, 0)->message, message) != NULL, "%s",
                  tsim_problems_get(problems, 0)->message);
    }
    csv_close(csv);
    free(text);
    tsim_problems_free(problems);
}

Test(csv, limits_hold_at_n_and_not_at_n_plus_1)
{
    limit_is("a\n", "x", LIMIT_CSV_LINE - 1, "\n", NULL); /* with its NUL: 1 MiB */
    limit_is("a\n", "x", LIMIT_CSV_LINE, "\n", "longer than 1 MiB");
    limit_is("a\n\"", "x\n", LIMIT_CSV_LINE, "", "longer than 1 MiB");
    limit_is("", ",", LIMIT_CSV_COLUMNS - 1, "\n", NULL);
    limit_is("", ",", LIMIT_CSV_COLUMNS, "\n", "too many columns");
    limit_is("a,b\n", "1,", LIMIT_CSV_COLUMNS, "\n", "too many columns");
}

/* Writes a file of `rows` rows, compressed or not (zlib writes both), and reads it back. */
static void file_is_read(const char *path, const char *mode, int rows)
{
    gzFile out = gzopen(path, mode);
    gzprintf(out, "number,text\r\n");
    for (int i = 0; i < rows; i++)
        gzprintf(out, "%d,\"line %d\nof two\"\r\n", i, i);
    cr_assert_eq(gzclose(out), Z_OK);
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv = csv_open(path, problems);
    cr_assert_not_null(csv);
    int n = 0;
    for (; csv_next(csv); n++) {
        char expected[64];
        snprintf(expected, sizeof expected, "line %d\nof two", n);
        cr_assert_eq(atoi(csv_cell(csv, 0)), n);
        cr_assert_str_eq(csv_cell(csv, 1), expected);
        cr_assert_eq(csv_line(csv), 2 + 2 * (size_t)n);
    }
    cr_assert_eq(n, rows);
    cr_assert_eq(tsim_problems_count(problems), 0);
    csv_close(csv);
    tsim_problems_free(problems);
}

Test(csv, files_are_streamed_plain_or_compressed)
{
    file_is_read("plain.csv", "wbT", 20000);
    file_is_read("packed.csv.gz", "wb", 20000);
    /* A compressed file that was cut off is not taken for a short one. */
    FILE *file = fopen("packed.csv.gz", "rb");
    char  bytes[5000];
    cr_assert_eq(fread(bytes, 1, sizeof bytes, file), sizeof bytes);
    fclose(file);
    file = fopen("cut.csv.gz", "wb");
    fwrite(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv = csv_open("cut.csv.gz", problems);
    while (csv && csv_next(csv))
        ;
    cr_assert_eq(tsim_problems_errors(problems), 1);
    cr_assert_eq(tsim_problems_get(problems, 0)->kind, TSIM_PROBLEM_IO);
    csv_close(csv);
    cr_assert_null(csv_open("absent.csv", problems));
    cr_assert_null(csv_open(".", problems));
    cr_assert_eq(tsim_problems_errors(problems), 3);
    tsim_problems_free(problems);
}

Test(csv, written_texts_are_quoted_and_harmless)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        { "", "" },
        { "plain", "plain" },
        { "a,b", "\"a,b\"" },
        { "a;b", "\"a;b\"" },
        { "a\tb", "\"a\tb\"" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { "one\ntwo", "\"one\ntwo\"" },
        { " x", "\" x\"" },
        { "=1+1", "'=1+1" },
        { "+1", "'+1" },
        { "-cmd", "'-cmd" },
        { "@sum", "'@sum" },
        { "\tx", "\"'\tx\"" },
        { "\rx", "\"'\rx\"" },
        { "=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"" },
        { "a=1", "a=1" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char  written[100] = { 0 };
        FILE *to = fmemopen(written, sizeof written, "w");
        csv_write_text(to, cases[i].text);
        fclose(to);
        cr_expect_str_eq(written, cases[i].written, "%s", cases[i].text);
    }
}
