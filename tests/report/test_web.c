/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: report.html is a page that any browser shows, that asks nobody for anything, that no name
 * of a scenario can break, and that is the same for the same result. Method: folders of made-up
 * results, with hostile names among them, are read back by a strict reader of tags: every element
 * is one of those that the page needs and is closed in its order, every attribute is quoted and is
 * one of a few, pictures are in the page and links lead to files of the folder. Another machine,
 * wall time and number of threads give the same bytes. */
#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiersim/report.h>
#include <unistd.h>

#include "support/fake_result.h"

enum { DEEP = 32, WORD = 64 };

static int failures;

static void check(bool fact, const char *shape, const char *what)
{
    if (fact)
        return;
    fprintf(stderr, "%s: %s\n", shape, what);
    failures++;
}

/* ---- a strict reader */

struct reader {
    const char *shape, *folder, *at;
    char        open[DEEP][WORD];
    size_t      depth, figures, tables, titles;
};

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* Reads up to one of `ends` into a word. */
static void take_word(struct reader *reader, const char *ends, char word[WORD])
{
    const size_t n = strcspn(reader->at, ends);
    snprintf(word, WORD, "%.*s", (int)(n < WORD ? n : WORD - 1), reader->at);
    reader->at += n;
}

static void read_attribute(struct reader *reader, const char *element)
{
    static const char *const known[] = { "lang",  "charset", "http-equiv", "content", "name",
                                         "class", "scope",   "alt",        "src",     "href",
                                         NULL };
    char name[WORD];
    take_word(reader, "= >", name);
    check(is_one_of(name, known), reader->shape, name);
    if (strncmp(reader->at, "=\"", 2) != 0) {
        check(false, reader->shape, "an attribute without a quoted value");
        reader->at += strcspn(reader->at, " >");
        return;
    }
    reader->at += 2;
    const char  *value = reader->at;
    const size_t n = strcspn(value, "\"");
    reader->at += n + (value[n] == '"');
    if (strcmp(name, "src") == 0)
        check(strncmp(value, "data:image/svg+xml;base64,", 26) == 0 && n > 100, reader->shape,
              "a picture that is not in the page");
    if (strcmp(name, "href") == 0 && strcmp(element, "a") == 0) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%.*s", reader->folder, (int)n, value);
        check(!memchr(value, ':', n) && (access(path, R_OK) == 0 || strstr(path, "manifest.json")),
              reader->shape, path);
    }
}

static void read_tag(struct reader *reader)
{
    static const char *const known[] = {
        "html", "head", "meta", "title", "style", "body", "main",   "h1",         "h2",
        "p",    "span", "pre",  "div",   "table", "thead", "tbody", "tr",         "th",
        "td",   "a",    "img",  "figure", "figcaption", "footer", "details", "summary", "dl",
        "dt",   "dd",   NULL };
    const bool closes = *reader->at == '/';
    char       name[WORD];
    reader->at += closes;
    take_word(reader, " >/", name);
    check(is_one_of(name, known), reader->shape, name);
    while (*reader->at == ' ') {
        reader->at++;
        read_attribute(reader, name);
    }
    check(*reader->at == '>', reader->shape, "a tag that does not end");
    reader->at += *reader->at == '>';
    reader->tables += !closes && strcmp(name, "table") == 0;
    reader->figures += !closes && strcmp(name, "figure") == 0;
    reader->titles += !closes && strcmp(name, "h1") == 0;
    if (strcmp(name, "meta") == 0 || strcmp(name, "img") == 0)
        return;
    if (!closes && reader->depth < DEEP) {
        snprintf(reader->open[reader->depth++], WORD, "%s", name);
        return;
    }
    const bool fits = reader->depth > 0 && strcmp(reader->open[reader->depth - 1], name) == 0;
    check(closes && fits, reader->shape, "tags are not closed in their order");
    reader->depth -= fits;
}

static void read_entity(struct reader *reader)
{
    static const char *const known[] = { "amp", "lt", "gt", "quot", "#160", NULL };
    char                     name[WORD];
    reader->at++;
    take_word(reader, "; <", name);
    check(*reader->at == ';' && is_one_of(name, known), reader->shape, "an & that is no entity");
}

/* Whether that word stands here. The character before is of the page, too. */
static bool is_word(const char *at, const char *word)
{
    const size_t n = strlen(word);
    return strncmp(at, word, n) == 0 && !isalnum((unsigned char)at[-1]) &&
           !isalnum((unsigned char)at[n]);
}

static void read_page(struct reader *reader, const char *page)
{
    static const char start[] = "<!doctype html>\n";
    check(strncmp(page, start, strlen(start)) == 0, reader->shape, "the first line");
    check(strstr(page, "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
          reader->shape, "its policy");
    reader->at = page + strlen(start);
    while (*reader->at) {
        if (*reader->at == '<') {
            reader->at++;
            read_tag(reader);
        } else if (*reader->at == '&') {
            read_entity(reader);
        } else {
            check((unsigned char)*reader->at >= ' ' || *reader->at == '\n', reader->shape,
                  "a control character");
            check(!is_word(reader->at, "nan") && !is_word(reader->at, "inf"), reader->shape,
                  "says nan or inf");
            reader->at++;
        }
    }
    check(reader->depth == 0, reader->shape, "elements are left open");
    check(reader->titles == 1, reader->shape, "one title");
}

/* ---- folders */

/* The page of a folder; the caller frees it. */
static char *page_of(const struct fake *fake, const char *shape, char *folder)
{
    char  path[PATH_MAX];
    char *text = calloc(1, 1 << 22);
    struct tsim_result   *result = fake_new(fake);
    struct tsim_problems *problems = tsim_problems_new();
    check(tsim_report_folder(result, NULL, folder, NULL, problems), shape, "is written");
    tsim_problems_free(problems);
    tsim_result_free(result);
    snprintf(path, sizeof path, "%s/report.html", folder);
    FILE *from = fopen(path, "rb");
    check(from && text, shape, "report.html is there");
    if (from && text)
        text[fread(text, 1, (1 << 22) - 1, from)] = '\0';
    if (from)
        fclose(from);
    return text;
}

static void shape_desk(struct fake *fake)
{
    (void)fake;
}

static void shape_hostile(struct fake *fake)
{
    fake->info.scenario = "</title><script>alert(1)</script>\x02";
    fake->info.title = "\"><img src=x onerror=alert(1)> & <b>";
    fake->info.file = "../<a href=\"http://example.org\">.json";
    fake->tiers[0] = "<h1>L1</h1>";
    fake->tiers[1] = "&lt;\"'";
    fake->vendor = "</main></body>\x01\x1f\x1b[31m";
}

static void shape_empty(struct fake *fake)
{
    fake->info.contacts = 0;
}

static void shape_poison(struct fake *fake)
{
    fake->poison = true;
}

static void shape_one(struct fake *fake)
{
    fake->info.replications = fake->info.planned = 1;
}

int main(void)
{
    static const struct {
        const char *name;
        void (*make)(struct fake *fake);
        size_t tables; /* at least */
    } shapes[] = {
        { "desk", shape_desk, 4 }, { "hostile", shape_hostile, 4 }, { "empty", shape_empty, 0 },
        { "poison", shape_poison, 2 }, { "one", shape_one, 2 },
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct fake fake;
        char        folder[WORD], again[WORD];
        fake_desk(&fake);
        shapes[i].make(&fake);
        snprintf(folder, sizeof folder, "web-%s", shapes[i].name);
        snprintf(again, sizeof again, "web-%s-again", shapes[i].name);
        char         *page = page_of(&fake, shapes[i].name, folder);
        struct reader reader = { .shape = shapes[i].name, .folder = folder };
        read_page(&reader, page);
        check(reader.tables >= shapes[i].tables, shapes[i].name, "its tables");
        fake.info.wall_s += 5;
        fake.info.threads += 3;
        char *other = page_of(&fake, shapes[i].name, again);
        check(strcmp(page, other) == 0, shapes[i].name, "is the same for the same result");
        free(page);
        free(other);
    }
    printf("%d failures\n", failures);
    return failures > 0;
}
