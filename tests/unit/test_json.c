/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: JSON is read strictly and exactly, every value knows its place, and errors are reported
 * where they are. Method: written-out documents and error tables; one document corrupted in
 * 2,000 ways from a fixed seed; hostile sizes; doubles by the thousand written and read back. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_number.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "base/problem.h"

static struct tsim_problems *problems;

static struct json_document *read_n(const char *text, size_t length)
{
    tsim_problems_free(problems);
    problems = tsim_problems_new();
    struct json_document *document = json_read_text(text, length, "x.json", problems);
    cr_assert_eq(document == NULL, tsim_problems_errors(problems) > 0,
                 "no document, and only then an error: %.60s", text);
    return document;
}

static struct json_document *read(const char *text)
{
    return read_n(text, strlen(text));
}

/* Reads what must fail with one problem that says `message` at `line`:`column`. */
static const struct tsim_problem *refused_n(const char *text, size_t length, size_t line,
                                            size_t column, const char *message)
{
    cr_assert_null(read_n(text, length), "%s", text);
    const struct tsim_problem *problem = tsim_problems_get(problems, 0);
    cr_expect(strstr(problem->message, message) != NULL, "%s: says \"%s\", not \"%s\"", text,
              problem->message, message);
    cr_expect(problem->line == line && problem->column == column, "%s: at %zu:%zu, not %zu:%zu",
              text, problem->line, problem->column, line, column);
    return problem;
}

static const struct tsim_problem *refused(const char *text, size_t line, size_t column,
                                          const char *message)
{
    return refused_n(text, strlen(text), line, column, message);
}

Test(json, knows_values_and_places)
{
    const char *text = "{\n"
                       "  \"name\": \"desk \\u00e9\\n\",\n"
                       "  \"tiers\": [ {\"agents\": 12}, {}, [], -1.5e-3, true, false, null ],\n"
                       "  \"a/b~c\": {\"\": 0}\r\n"
                       "}\n";
    struct json_document *document = read(text);
    const struct json    *root = json_root(document), *name = json_member(root, "name");
    const struct json    *tiers = json_member(root, "tiers");
    size_t                line, column, length;
    cr_assert_eq(root->type, JSON_OBJECT);
    cr_assert_eq(root->size, 3);
    cr_assert_null(root->key);
    cr_assert_null(root->parent);
    cr_assert_str_eq(json_name(document), "x.json");
    cr_assert_str_eq(json_text(document, &length), text);
    cr_assert_eq(length, strlen(text));

    cr_assert_str_eq(name->string, "desk é\n");
    cr_assert_eq(strncmp(text + name->start, "\"desk", 5), 0);
    cr_assert_eq(text[name->end], ',');
    cr_assert_eq(strncmp(text + name->key_start, "\"name\":", name->key_end - name->key_start + 1),
                 0);
    json_place(document, name->start, &line, &column);
    cr_assert(line == 2 && column == 11);
    json_place(document, length, &line, &column);
    cr_assert(line == 6 && column == 1);

    static const enum json_type types[] = { JSON_OBJECT, JSON_OBJECT, JSON_ARRAY, JSON_NUMBER,
                                            JSON_BOOL,   JSON_BOOL,   JSON_NULL };
    uint32_t                    n = 0;
    JSON_EACH(child, tiers) {
        cr_assert_eq(child->type, types[n]);
        cr_assert_eq(child->index, n);
        cr_assert_eq(child->parent, tiers);
        cr_assert_eq(child, json_element(tiers, n));
        n++;
    }
    cr_assert_eq(n, 7);
    cr_assert_eq(tiers->size, 7);
    cr_assert_eq(json_element(tiers, 3)->number, -1.5e-3);
    cr_assert(json_element(tiers, 4)->boolean && !json_element(tiers, 5)->boolean);
    cr_assert_null(json_element(tiers, 7));
    cr_assert_null(json_element(root, 0));
    cr_assert_null(json_member(tiers, "agents"));
    cr_assert_null(json_member(root, "Name"), "names are compared exactly");
    cr_assert_eq(json_member(json_element(tiers, 0), "agents")->number, 12);
    char path[64];
    problem_path(json_member(json_member(root, "a/b~c"), ""), "x", path, sizeof path);
    cr_assert_str_eq(path, "/a~1b~0c//x");
    problem_path(json_element(tiers, 6), NULL, path, sizeof path);
    cr_assert_str_eq(path, "/tiers/6");
    cr_assert_str_eq(json_type_name(JSON_OBJECT), "an object");
    json_free(document);
    json_free(NULL);
    tsim_problems_free(problems);
}

Test(json, places_are_right_in_long_texts)
{
    /* Lines of 1 to 1000 bytes up to some blocks of the line index, and one very long line. */
    size_t room = 400000, length = 0;
    char  *text = malloc(room + 1000);
    text[length++] = '[';
    while (length < room) {
        memset(text + length, ' ', 1000);
        length += 1 + length * 7 % 999;
        if (length < 200000)
            text[length++] = '\n';
    }
    text[length++] = '0';
    text[length++] = ']';
    struct json_document *document = read_n(text, length);
    size_t                line = 1, column = 1;
    for (size_t i = 0; i <= length; i++) {
        size_t said_line, said_column;
        if (i % 97 == 0 || i == length || text[i] == '\n') {
            json_place(document, i, &said_line, &said_column);
            cr_assert(said_line == line && said_column == column, "at %zu", i);
        }
        column++;
        if (i < length && text[i] == '\n') {
            line++;
            column = 1;
        }
    }
    json_free(document);
    free(text);
    tsim_problems_free(problems);
}

Test(json, errors_say_what_and_where)
{
    static const struct {
        const char *text;
        size_t      line, column;
        const char *message, *hint;
    } cases[] = {
        { "", 1, 1, "empty", NULL },
        { " \n", 2, 1, "empty", NULL },
        { "{\"a\": 1,}", 1, 8, "trailing comma", "member" },
        { "[1,\n 2,\n]", 2, 3, "trailing comma", "element" },
        { "{\"a\": 1\n \"b\": 2}", 1, 8, "missing comma", NULL },
        { "[1 2]", 1, 3, "missing comma", NULL },
        { "{\"a\" 1}", 1, 5, "':' is missing", NULL },
        { "{\"a\" = 1}", 1, 6, "'='", "':'" },
        { "{'a': 1}", 1, 2, "single quotes", "double quotes" },
        { "[“a”]", 1, 2, "typographic quotes", "double quotes" },
        { "{\"a\": 1} // x", 1, 10, "comments are not allowed", "\"notes\"" },
        { "[ /* x */ 1]", 1, 3, "comments are not allowed", "\"notes\"" },
        { "# x\n[]", 1, 1, "comments are not allowed", "\"notes\"" },
        { "{\"a\": \"xyz\n}", 1, 7, "unterminated string", "starts here" },
        { "[1, \"xyz", 1, 5, "unterminated string", "file" },
        { "[1, \"xyz\\", 1, 5, "unterminated string", "file" },
        { "{\"agents: 12, \"x\": 1}", 1, 9, "closing '\"' is missing", "\"agents" },
        { "{\"a\": \"L1, \"x\": 1}", 1, 10, "closing '\"' is missing", "\"L1" },
        { "[\"the \"main\" desk\"]", 1, 8, "text behind the closing quote", "\\\"" },
        { "[NaN]", 1, 2, "no NaN", "leave" },
        { "[Infinity]", 1, 2, "no NaN and no Infinity", NULL },
        { "[-Infinity]", 1, 3, "digit after '-'", "infinite" },
        { "[1e400]", 1, 2, "too large", "1.8e308" },
        { "[-1e400]", 1, 2, "too large", NULL },
        { "[True]", 1, 2, "small letters", "write true" },
        { "[None]", 1, 2, "not JSON", "null" },
        { "[trve]", 1, 4, "misspelled", NULL },
        { "[10 min]", 1, 4, "missing comma", "as text" },
        { "[90s]", 1, 4, "followed by letters", "\"90 s\"" },
        { "[20%]", 1, 4, "followed by letters", "\"20 %\"" },
        { "[0x1F]", 1, 3, "hexadecimal", NULL },
        { "[012]", 1, 2, "begin with 0", NULL },
        { "[+1]", 1, 2, "begin with '+'", NULL },
        { "[.5]", 1, 2, "begin with a point", NULL },
        { "[1.]", 1, 4, "after the point", NULL },
        { "[1e]", 1, 4, "exponent", NULL },
        { "[1.2.3]", 1, 5, "second point", NULL },
        { "{a: 1}", 1, 2, "without quotes", NULL },
        { "{\"a\": b}", 1, 7, "without quotes", NULL },
        { "{\"a\": }", 1, 7, "value is missing", NULL },
        { "[1,,2]", 1, 4, "value is missing", NULL },
        { "[1, 2}", 1, 6, "wrong closing", "line 1" },
        { "{\"a\": [1, 2}", 1, 12, "']' is missing", "line 1" },
        { "{\"a\":\n [1, 2", 2, 7, "ends too early", "line 2" },
        { "[1]]", 1, 4, "bracket too many", NULL },
        { "{} {}", 1, 4, "text after the end", "one value" },
        { "[\"a\": 1]", 1, 2, "no key can be", "{ }" },
        { "[\"a\tb\"]", 1, 4, "control character", "\\t" },
        { "[\"C:\\dir\"]", 1, 5, "escape", "\\\\" },
        { "[\"\\u12G4\"]", 1, 3, "four hexadecimal", NULL },
        { "[\"\\ud800\"]", 1, 3, "surrogate", NULL },
        { "[\"\\udc00\\ud800\"]", 1, 3, "surrogate", NULL },
        { "[\"\xC3(\"]", 1, 3, "UTF-8", NULL },
        { "[\xFF]", 1, 2, "UTF-8", NULL },
        { "\xEF\xBB\xBF{}", 1, 1, "byte order mark", "without BOM" },
        { "[1\f]", 1, 3, "control character", NULL },
        { "[1;2]", 1, 3, "comma or closing", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct tsim_problem *problem =
            refused(cases[i].text, cases[i].line, cases[i].column, cases[i].message);
        if (cases[i].hint)
            cr_expect(problem->hint && strstr(problem->hint, cases[i].hint), "%s: hint is %s",
                      cases[i].text, problem->hint ? problem->hint : "(none)");
        cr_expect_eq(problem->kind, TSIM_PROBLEM_INPUT);
        cr_expect_str_eq(problem->file, "x.json");
    }
    refused_n("\xFF\xFE{\0}\0", 6, 0, 0, "UTF-16");
    refused_n("\0{\0}", 4, 0, 0, "UTF-16");
    refused_n("{\0\0\0}\0\0\0", 8, 0, 0, "UTF-16");
    refused_n("\0\0\0{", 4, 0, 0, "UTF-32");
    refused_n("[1]\0", 4, 1, 4, "control character");
    tsim_problems_free(problems);
}

Test(json, meaningless_json_is_refused_whole)
{
    /* Legal, but not what anyone means: all of it is told at once. */
    cr_assert_null(read("{\"a\": 1,\n"
                        " \"\\u0061\": 9007199254740993,\n"
                        " \"b\": \"x\\u0000y\",\n"
                        " \"n\\u0000\": [-123456789012345678901],\n"
                        " \"c\": {\"a\": 9007199254740992, \"d\": 9007199254740994}}"));
    static const struct {
        size_t      line, column;
        const char *message, *path;
    } expected[] = {
        { 2, 2, "twice", "/a" },
        { 2, 12, "kept exactly", "/a" },
        { 3, 7, "\\u0000", "/b" },
        { 4, 2, "\\u0000", "/n" },
        { 4, 14, "kept exactly", "/n/0" },
    };
    cr_assert_eq(tsim_problems_count(problems), 5);
    for (size_t i = 0; i < 5; i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        cr_expect(strstr(problem->message, expected[i].message) != NULL, "%s", problem->message);
        cr_expect_str_eq(problem->path, expected[i].path);
        cr_expect(problem->line == expected[i].line && problem->column == expected[i].column,
                  "%zu: %zu:%zu", i, problem->line, problem->column);
    }
    /* Rounded all the same, but written as what it is: an approximation. */
    static const char *const fine[] = { "[9007199254740993.0]", "[9007199254740993e0]", "[1e22]",
                                        "[0.1]", "[10000000000000000000000]", "[-0]" };
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        json_free(read(fine[i]));
    cr_assert_eq(tsim_problems_count(problems), 0);
    cr_assert_null(read("[9007199254740993]"));
    cr_assert_null(read("{\"a\": {}, \"a\": []}"));
    cr_assert_null(read("{\"\\ud83d\\ude00\": 1, \"😀\": 2}"));
    cr_assert_null(read("{\"\\/\\b\\u20aC\": 1, \"/\\u0008€\": 2}"));
    struct json_document *document = read("[{\"a\": 1}, {\"a\": 1, \"A\": 2, \"\": {\"a\": 3}}]");
    cr_assert_not_null(document);
    json_free(document);
    tsim_problems_free(problems);
}

/* Writes `n` times `part` between two texts. */
static char *repeat(const char *before, const char *part, size_t n, const char *after,
                    size_t *length)
{
    size_t size = strlen(part);
    char  *text = malloc(strlen(before) + n * size + strlen(after) + 1);
    *length = strlen(before);
    memcpy(text, before, *length);
    for (size_t i = 0; i < n; i++, *length += size)
        memcpy(text + *length, part, size);
    strcpy(text + *length, after);
    *length += strlen(after);
    return text;
}

static void limit_is(const char *before, const char *part, size_t n, const char *after,
                     const char *message)
{
    size_t length;
    char  *text = repeat(before, part, n, after, &length);
    struct json_document *document = read_n(text, length);
    if (!message) {
        cr_assert_not_null(document, "%zu times %s", n, part);
    } else {
        cr_assert_null(document);
        cr_assert(strstr(tsim_problems_get(problems, 0)->message, message) != NULL, "%s",
                  tsim_problems_get(problems, 0)->message);
        cr_assert_eq(tsim_problems_get(problems, 0)->kind, TSIM_PROBLEM_LIMIT);
    }
    json_free(document);
    free(text);
}

Test(json, limits_hold_at_n_and_not_at_n_plus_1)
{
    limit_is("\"", "a", LIMIT_JSON_STRING, "\"", NULL);
    limit_is("\"", "a", LIMIT_JSON_STRING + 1, "\"", "string is too long");
    limit_is("\"", "😀", LIMIT_JSON_STRING / 4, "\"", NULL);
    limit_is("\"abc", "😀", LIMIT_JSON_STRING / 4, "\"", "string is too long");
    limit_is("{\"b\":0,\"a\\n", "😀", LIMIT_JSON_STRING / 4, "\":0}", "string is too long");
    limit_is("{\"b\":0,\"\\nab", "😀", LIMIT_JSON_STRING / 4 - 1, "\":0}", NULL);
    limit_is("\"", "a", 5000000, "", "string is too long");
    limit_is("[0", ",0", LIMIT_JSON_ELEMENTS - 1, "]", NULL);
    limit_is("[0", ",0", LIMIT_JSON_ELEMENTS, "]", "too many elements");
    limit_is("[[]", ",[0,0,0,0,0,0]", LIMIT_JSON_VALUES / 7 + 1, "]", "too many values");
    limit_is("", "[", 100000, "", "nested too deeply");
    limit_is("", "{\"a\":", 100000, "", "nested too deeply");
    limit_is("[", " ", LIMIT_FILE_BYTES - 2, "]", NULL);
    limit_is("[", " ", LIMIT_FILE_BYTES - 1, "]", "64 MiB");
    struct json_scan scan;
    char             nested[2 * LIMIT_JSON_DEPTH + 2];
    memset(nested, '[', LIMIT_JSON_DEPTH + 1);
    memset(nested + LIMIT_JSON_DEPTH + 1, ']', LIMIT_JSON_DEPTH + 1);
    cr_assert_not(json_scan(nested, sizeof nested, &scan));
    cr_assert(scan.limit && scan.offset == LIMIT_JSON_DEPTH);
    json_scan_free(&scan);
    json_free(read_n(nested + 1, 2 * LIMIT_JSON_DEPTH));
    cr_assert_eq(tsim_problems_count(problems), 0);

    /* 4,096 keys, some equal only after decoding; then one more. */
    char  *text = malloc(40 * (LIMIT_JSON_KEYS + 1));
    size_t length = 0;
    for (int i = 0; i < LIMIT_JSON_KEYS; i++)
        length += (size_t)sprintf(text + length, "%c\"key%d\":%d", i ? ',' : '{', i, i);
    strcpy(text + length, "}");
    json_free(read(text));
    cr_assert_eq(tsim_problems_count(problems), 0);
    char *last = strstr(text, "\"key4095\"");
    memcpy(last, "\"\\u006beY", 9);
    json_free(read(text));
    memcpy(last, "\"k\\u00657", 9);
    json_free(read(text));
    strcpy(last, "\"\\u006bey77\":0}");
    cr_assert_null(read(text));
    cr_assert_str_eq(tsim_problems_get(problems, 0)->message, "the key \"key77\" is there twice");
    strcpy(text + length, ",\"more\":0}");
    memcpy(last, "\"key4095\":4095", 14);
    cr_assert_null(read(text));
    cr_assert(strstr(tsim_problems_get(problems, 0)->message, "too many keys") != NULL);
    free(text);
    tsim_problems_free(problems);
}

/* The offset of byte `at` when white space is not counted. */
static long solid(const char *text, size_t at)
{
    long n = 0;
    for (size_t i = 0; i < at && text[i]; i++)
        n += strchr(" \n\r\t", text[i]) == NULL;
    return n;
}

Test(json, errors_are_near_the_corruption)
{
    /* One character is replaced, removed or added. An error counts as near when it is reported
     * within one character of that place, white space aside, or, for an unterminated string,
     * which is reported where it starts, when the place lies in that string. */
    static const char document[] =
        "{\n  \"name\": \"desk\",\n  \"seed\": 42,\n  \"tiers\": [\n"
        "    {\"name\": \"L1\", \"agents\": 12, \"handle\": {\"kind\": \"lognormal\", \"mean\": "
        "\"6 min\", \"cv\": 0.8}},\n"
        "    {\"name\": \"L2\", \"agents\": 4, \"open\": true, \"share\": -1.5e-3, "
        "\"notes\": null}\n  ],\n  \"days\": [1, 2, 3, [], {}]\n}\n";
    static const char others[] = ",:;{}[]\"'x01 -.#\n";
    enum { LENGTH = sizeof document - 1, WANTED = 2000 };
    uint64_t random = 1;
    unsigned errors = 0, near = 0, missed = 0;
    while (errors < WANTED) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t at = (random >> 33) % LENGTH, kind = (random >> 20) % 3, length = LENGTH;
        char   other = others[(random >> 40) % (sizeof others - 1)], text[LENGTH + 2];
        memcpy(text, document, LENGTH + 1);
        if (kind == 1)
            memmove(text + at, text + at + 1, length-- - at);
        if (kind == 2)
            memmove(text + at + 1, text + at, ++length - at);
        if (kind != 1)
            text[at] = other;
        struct json_scan scan;
        if (!json_scan(text, length, &scan)) {
            errors++;
            long distance = labs(solid(text, scan.offset) - solid(text, at));
            bool string = strcmp(scan.message, "unterminated string") == 0 && scan.offset <= at &&
                          !memchr(text + scan.offset, '\n', at - scan.offset);
            near += distance <= 1 || string;
            missed += distance > 3 && !string;
        }
        json_scan_free(&scan);
    }
    cr_assert(near >= WANTED * 95 / 100, "%u of %u are near", near, errors);
    cr_assert(missed <= WANTED * 4 / 100, "%u of %u are far away", missed, errors);
}

static void survives(double value)
{
    char   spelled[64];
    size_t length = 0;
    FILE  *to = fmemopen(spelled, sizeof spelled, "w");
    json_write_number(to, value);
    length = (size_t)ftell(to);
    fclose(to);
    double back = json_number_read(spelled, length);
    cr_assert(memcmp(&back, &value, sizeof value) == 0, "%a was written as %s", value, spelled);
    struct json_scan scan;
    cr_assert(json_scan(spelled, length, &scan), "%s", spelled);
    json_scan_free(&scan);
}

static void writes(double value, const char *expected)
{
    char  spelled[64] = { 0 };
    FILE *to = fmemopen(spelled, sizeof spelled, "w");
    json_write_number(to, value);
    fclose(to);
    cr_assert_str_eq(spelled, expected);
}

Test(json, doubles_survive)
{
    static const double values[] = {
        0,         1,       0.1,           0.1 + 0.2,    1.0 / 3,  9007199254740991,
        9007199254740992, 9007199254740994, DBL_MAX, DBL_MIN, DBL_EPSILON, 0x1p-1074, 0x1.8p-1073,
        2.2250738585072011e-308, 1.2345678901234568e17, 1e22, 1e23, 5e-324, 1e308,
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        survives(values[i]);
        survives(-values[i]);
        survives(nextafter(values[i], 1));
    }
    uint64_t random = 7;
    for (int i = 0; i < 200000; i++) {
        double value;
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = random ^ random >> 29;
        memcpy(&value, &bits, sizeof value);
        if (i % 100 == 0)
            survives(isfinite(value) ? value : 0);
        else if (isfinite(value)) {
            char spelled[JSON_NUMBER_SIZE];
            json_number_write(spelled, value);
            cr_assert_eq(json_number_read(spelled, strlen(spelled)), value, "%a", value);
        }
    }
    writes(0.1, "0.1");
    writes(0.1 + 0.2, "0.30000000000000004");
    writes(12, "12");
    writes(-0.0, "-0");
    writes(1e300, "1e+300");
    writes(INFINITY, "null");
    writes(NAN, "null");
}

static double reads(const char *number)
{
    return json_number_read(number, strlen(number));
}

Test(json, numbers_are_read_exactly)
{
    /* The known half-way and boundary cases; strtod of the same text in the C locale decides. */
    static const char *const numbers[] = {
        "0", "-0", "0.0", "0e99999", "1", "10", "1.5e3", "1e-400", "123.456e-7", "0.000001",
        "1.7976931348623157e308", "17976931348623157e292", "4.9406564584124654e-324",
        "2.4703282292062327208e-324", "2.4703282292062328e-324", "9007199254740993",
        "1e0000000000000000000000000000000000000000000001", "1e-99999999999999999999",
        "0.0000000000000000000000000000000000000000000000000000000000000000000000000000012345",
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cr_assert_eq(reads(numbers[i]), strtod(numbers[i], NULL), "%s", numbers[i]);
    cr_assert(signbit(reads("-0")) && signbit(reads("-0.0e5")));
    cr_assert(isinf(reads("1.7976931348623159e308")) && isinf(reads("1e99999999999999999999")));
    /* 2^53 + 1 is half-way: a digit 1,000 places behind decides. */
    size_t length;
    char  *number = repeat("9007199254740993.", "0", 1000, "1", &length);
    cr_assert_eq(reads(number), 9007199254740994.0);
    number[length - 1] = '0';
    cr_assert_eq(reads(number), 9007199254740992.0);
    free(number);
    number = repeat("[1", "0", 300, ".0, 1e-2, 2]", &length);
    struct json_document *document = read(number);
    cr_assert_eq(json_root(document)->first->number, 1e300, "longer than cJSON reads");
    cr_assert_eq(json_element(json_root(document), 2)->number, 2);
    json_free(document);
    free(number);
    tsim_problems_free(problems);
}

Test(json, texts_are_escaped)
{
    char  written[128] = { 0 };
    FILE *to = fmemopen(written, sizeof written, "w");
    json_write_string(to, "a\"\\/\b\n\t\x1b\x7f é😀 \xFF\xC2\x9B");
    fclose(to);
    cr_assert_str_eq(written, "\"a\\\"\\\\/\\u0008\\n\\t\\u001b\\u007f é😀 \\ufffd\\u009b\"");
    struct json_document *document = read(written);
    cr_assert_str_eq(json_root(document)->string,
                     "a\"\\/\b\n\t\x1b\x7f é😀 \xEF\xBF\xBD\xC2\x9B");
    json_free(document);
    tsim_problems_free(problems);
}
