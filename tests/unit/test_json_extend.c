/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what a document makes of the one it extends is what the header says, and every node still
 * knows where it stands. Method: small documents and what must come out; a row of files; lists too
 * long to merge. Broken files are in tests/invalid (extends-*.json). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tiersim.h>
#include <unistd.h>

#include "base/json_extend.h"

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
}

static void open_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/tiersim-extend-%ld", (long)getpid());
    cr_assert_eq(mkdir(folder, 0700), 0);
}

static void close_folder(const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cr_assert_eq(unlink(path_of(names[i])), 0);
    cr_assert_eq(rmdir(folder), 0);
}

/* What comes out of a text, without its line breaks. */
static void expect(const char *over, const char *expected)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_text(over, strlen(over), "over", problems);
    struct json_extension extension;
    cr_assert(document);
    if (!json_extend(&extension, document, NULL, folder, problems)) {
        tsim_problems_print(problems, stderr, 0);
        cr_assert_fail("%s", over);
    }
    size_t length;
    char  *text = json_extension_text(&extension, &length), *to = text;
    cr_assert(text);
    for (const char *from = text; *from; from++)
        if (*from != '\n')
            *to++ = *from;
    *to = '\0';
    cr_expect_str_eq(text, expected, "%s gave %s", over, text);
    free(text);
    json_extension_close(&extension);
    json_free(document);
    tsim_problems_free(problems);
}

Test(json_extend, merges)
{
    static const char *const names[] = { "a", "b", "c" };
    open_folder();
    put_file("a", "{ \"x\": 1, \"o\": { \"p\": 1, \"q\": [1, 2] }, \"l\": [ { \"name\": \"m\", "
                  "\"v\": 1 }, { \"name\": \"n\", \"v\": 2 } ], \"t\": \"\\u00e9\" }");
    put_file("b", "{ \"extends\": \"a\", \"y\": 5, \"o\": { \"r\": 3 } }");
    put_file("c", "[ 1 ]");
    expect("{ \"x\": 1 }", "{\"x\": 1}");
    expect("{ \"extends\": \"a\" }",
           "{\"x\": 1,\"o\": {\"p\": 1,\"q\": [1,2]},\"l\": [{\"name\": \"m\",\"v\": 1},"
           "{\"name\": \"n\",\"v\": 2}],\"t\": \"\\u00e9\"}");
    /* Keys and names, in the order of the base; what is new comes last; lists without names. */
    expect("{ \"l\": [ { \"name\": \"k\" }, { \"name\": \"n\", \"v\": 9, \"w\": 0 } ], "
           "\"z\": true, \"o\": { \"q\": [3] }, \"x\": 2, \"extends\": \"a\", \"t\": null }",
           "{\"x\": 2,\"o\": {\"p\": 1,\"q\": [3]},\"l\": [{\"name\": \"m\",\"v\": 1},"
           "{\"name\": \"n\",\"v\": 9,\"w\": 0},{\"name\": \"k\"}],\"z\": true}");
    /* Another type, an empty list, a null of what is not there. */
    expect("{ \"extends\": \"a\", \"o\": 1, \"l\": [], \"t\": { \"u\": null }, \"v\": null }",
           "{\"x\": 1,\"o\": 1,\"l\": [],\"t\": {\"u\": null}}");
    expect("{ \"extends\": \"b\", \"o\": { \"p\": null } }",
           "{\"x\": 1,\"o\": {\"q\": [1,2],\"r\": 3},\"l\": [{\"name\": \"m\",\"v\": 1},"
           "{\"name\": \"n\",\"v\": 2}],\"t\": \"\\u00e9\",\"y\": 5}");
    close_folder(names, 3);
}

/* What is refused, and that nothing hangs. */
static void refuse(const char *over, const char *message)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_text(over, strlen(over), "over", problems);
    struct json_extension extension;
    cr_assert(document);
    cr_expect(!json_extend(&extension, document, NULL, folder, problems));
    cr_assert_gt(tsim_problems_count(problems), 0);
    cr_expect(strstr(tsim_problems_get(problems, 0)->message, message), "%s",
              tsim_problems_get(problems, 0)->message);
    json_extension_close(&extension);
    json_free(document);
    tsim_problems_free(problems);
}

Test(json_extend, refuses)
{
    static const char *const names[] = { "list", "x", "y", "long" };
    open_folder();
    put_file("list", "[ 1 ]");
    put_file("x", "{ \"extends\": \"y\" }");
    put_file("y", "{ \"extends\": \"x\" }");
    refuse("{ \"extends\": \"list\" }", "what is extended is no object");
    refuse("{ \"extends\": \"x\" }", "in a circle");
    refuse("{ \"extends\": \"no\" }", "no such file");
    refuse("{ \"extends\": \"\" }", "extends a file");
    refuse("{ \"extends\": [] }", "extends a file");
    enum { LONG = 4000 };
    char *text = malloc(LONG * 24), *to = text;
    cr_assert(text);
    to += sprintf(to, "{ \"l\": [");
    for (int i = 0; i < LONG; i++)
        to += sprintf(to, "%s{\"name\":\"%d\"}", i ? "," : "", i);
    to += sprintf(to, "], \"extends\": \"long\" }");
    put_file("long", "{ \"l\": [] }");
    FILE *file = fopen(path_of("long"), "w");
    cr_assert(file);
    fprintf(file, "%.*s] }", (int)(strstr(text, "], ") - text), text);
    fclose(file);
    refuse(text, "too many things");
    free(text);
    close_folder(names, 4);
}
