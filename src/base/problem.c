/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/problem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

enum {
    TEXT_MOST = 1024,   /* bytes of one text of a problem; a longer one is cut */
    EXCERPT_SIDE = 200, /* bytes of a source line kept on each side of the place */
};

/* The source line is copied when the problem is added: the document may be gone when it is
 * printed. Only the part near the place is kept. */
struct entry {
    struct tsim_problem problem;
    const char         *excerpt;      /* NULL: no source line                           */
    size_t              excerpt_at;   /* byte of the excerpt at which the place begins  */
    size_t              excerpt_width; /* bytes of the excerpt to underline             */
    bool                cut_left;
    uint64_t            hash; /* of all that makes two problems the same                */
};

struct tsim_problems {
    struct arena   arena;
    struct entry **entries; /* in order of file, line and column */
    size_t         n, room;
    size_t         errors, warnings; /* all that were added, the unkept ones too */
    size_t         unkept;
    bool           out_of_memory;
    bool           no_warnings; /* they are not kept just now */
    struct entry   rest; /* stands at the end for those that were not kept */
    char           rest_message[96];
};

/* What is about to be added; texts still belong to the caller. */
struct draft {
    struct tsim_problem problem;
    const char         *text; /* for the excerpt; NULL: none */
    size_t              length, start, end;
};

struct tsim_problems *tsim_problems_new(void)
{
    struct tsim_problems *problems = calloc(1, sizeof *problems);
    if (problems)
        arena_open(&problems->arena);
    return problems;
}

void tsim_problems_free(struct tsim_problems *problems)
{
    if (!problems)
        return;
    arena_close(&problems->arena);
    free(problems->entries);
    free(problems);
}

size_t tsim_problems_count(const struct tsim_problems *problems)
{
    return problems ? problems->n + (problems->unkept > 0) : 0;
}

size_t tsim_problems_errors(const struct tsim_problems *problems)
{
    return problems ? problems->errors : 0;
}

static const struct entry *entry_get(const struct tsim_problems *problems, size_t i)
{
    TSIM_ASSERT(i < tsim_problems_count(problems));
    return i < problems->n ? problems->entries[i] : &problems->rest;
}

const struct tsim_problem *tsim_problems_get(const struct tsim_problems *problems, size_t i)
{
    return i < tsim_problems_count(problems) ? &entry_get(problems, i)->problem : NULL;
}

/* ---- adding */

/* Problems without a file come last; without a line, first in their file. */
static bool before(const struct tsim_problem *a, const struct tsim_problem *b)
{
    int files = !a->file || !b->file ? !a->file - !b->file : strcmp(a->file, b->file);
    if (files != 0)
        return files < 0;
    if (a->line != b->line)
        return a->line < b->line;
    return a->column < b->column;
}

static uint64_t draft_hash(const struct tsim_problem *problem)
{
    const char *texts[] = { problem->file,     problem->path,  problem->message,
                            problem->expected, problem->found, problem->hint };
    uint64_t    place[] = { problem->kind, problem->line, problem->column };
    uint64_t    hash = text_hash_bytes(place, sizeof place, 0);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        hash = text_hash_bytes(texts[i] ? texts[i] : "", texts[i] ? strlen(texts[i]) + 1 : 0,
                               hash + i);
    return hash;
}

static const char *copy_cut(struct arena *arena, const char *text)
{
    if (!text)
        return NULL;
    size_t length = text_cut(text, TEXT_MOST);
    return text[length] ? arena_print(arena, "%.*s…", (int)length, text)
                        : arena_copy_n(arena, text, length);
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void excerpt_copy(struct arena *arena, const struct draft *draft, struct entry *entry)
{
    const char *text = draft->text;
    size_t      first = draft->start, last = draft->start;
    while (first > 0 && text[first - 1] != '\n' && draft->start - first < EXCERPT_SIDE)
        first--;
    entry->cut_left = first > 0 && text[first - 1] != '\n';
    while (first < draft->start && entry->cut_left && is_continuation(text[first]))
        first++;
    while (last < draft->length && text[last] != '\n' && text[last] != '\r' && text[last] &&
           last - draft->start < EXCERPT_SIDE)
        last++;
    while (last > draft->start && last < draft->length && is_continuation(text[last]))
        last--;
    size_t end = draft->end < last ? draft->end : last;
    char  *copy = arena_copy_n(arena, text + first, last - first);
    if (!copy)
        return;
    /* Tabs and NULs would shift the caret or end the text. */
    for (size_t i = 0; i < last - first; i++)
        if (copy[i] == '\t' || copy[i] == 0)
            copy[i] = ' ';
    entry->excerpt = copy;
    entry->excerpt_at = draft->start - first;
    entry->excerpt_width = end > draft->start ? end - draft->start : 0;
}

static struct entry *entry_new(struct arena *arena, const struct draft *draft)
{
    const struct tsim_problem *given = &draft->problem;
    struct entry              *entry = ARENA_NEW(arena, struct entry);
    if (!entry)
        return NULL;
    entry->problem = (struct tsim_problem){
        .kind = given->kind,
        .file = given->file ? arena_copy(arena, given->file) : NULL,
        .line = given->line,
        .column = given->column,
        .path = copy_cut(arena, given->path),
        .message = copy_cut(arena, given->message),
        .expected = copy_cut(arena, given->expected),
        .found = copy_cut(arena, given->found),
        .hint = copy_cut(arena, given->hint),
    };
    if (draft->text && draft->start <= draft->length)
        excerpt_copy(arena, draft, entry);
    entry->hash = draft_hash(given);
    return arena->failed ? NULL : entry;
}

static void count(struct tsim_problems *problems, enum tsim_problem_kind kind)
{
    if (kind == TSIM_PROBLEM_WARNING)
        problems->warnings++;
    else
        problems->errors++;
}

/* Counts a problem that cannot be kept. When memory is out that is an error by itself, even
 * when the problem was only a warning. */
static void leave_out(struct tsim_problems *problems, enum tsim_problem_kind kind, bool memory)
{
    problems->unkept++;
    count(problems, memory ? TSIM_PROBLEM_LIMIT : kind);
    problems->out_of_memory = problems->out_of_memory || memory;
    struct tsim_problem *rest = &problems->rest.problem;
    if (problems->out_of_memory || kind != TSIM_PROBLEM_WARNING || !rest->message)
        rest->kind = problems->out_of_memory ? TSIM_PROBLEM_LIMIT : kind;
    snprintf(problems->rest_message, sizeof problems->rest_message,
             problems->out_of_memory ? "memory is out; %zu problems could not be kept"
                                     : "%zu more problems were found and not kept",
             problems->unkept);
    rest->message = problems->rest_message;
}

static bool make_room(struct tsim_problems *problems)
{
    if (problems->n < problems->room)
        return true;
    size_t         room = problems->room ? problems->room * 2 : 16;
    struct entry **entries = realloc(problems->entries, room * sizeof *entries);
    if (!entries)
        return false;
    problems->entries = entries;
    problems->room = room;
    return true;
}

static bool is_known(const struct tsim_problems *problems, const struct tsim_problem *problem)
{
    uint64_t hash = draft_hash(problem);
    for (size_t i = 0; i < problems->n; i++)
        if (problems->entries[i]->hash == hash)
            return true;
    return false;
}

static void add(struct tsim_problems *problems, const struct draft *draft)
{
    const struct tsim_problem *given = &draft->problem;
    if (given->kind == TSIM_PROBLEM_WARNING && problems->no_warnings)
        return;
    if (problems->n >= LIMIT_PROBLEMS) {
        leave_out(problems, given->kind, false);
        return;
    }
    if (is_known(problems, given))
        return;
    struct entry *entry = make_room(problems) ? entry_new(&problems->arena, draft) : NULL;
    if (!entry) {
        problems->arena.failed = false; /* a later, smaller one may fit */
        leave_out(problems, given->kind, true);
        return;
    }
    size_t at = problems->n++;
    for (; at > 0 && before(&entry->problem, &problems->entries[at - 1]->problem); at--)
        problems->entries[at] = problems->entries[at - 1];
    problems->entries[at] = entry;
    count(problems, given->kind);
}

/* ---- the ways in */

void problem_leave_out_warnings(struct tsim_problems *problems, bool leave_out)
{
    if (problems)
        problems->no_warnings = leave_out;
}

void problem_path(const struct json *node, const char *key, char *to, size_t size)
{
    const struct json *chain[LIMIT_JSON_DEPTH + 1];
    size_t             n = 0;
    struct text        text;
    text_open(&text, to, size);
    for (; node && node->parent && n < COUNT_OF(chain); node = node->parent)
        chain[n++] = node;
    while (n > 0 || key) {
        const char *name = n > 0 ? chain[n - 1]->key : key;
        if (!name) {
            text_add(&text, "/%u", (unsigned)chain[n - 1]->index);
        } else {
            text_add(&text, "/");
            while (*name) {
                size_t plain = strcspn(name, "~/");
                text_add(&text, "%.*s", (int)plain, name);
                name += plain;
                if (*name)
                    text_add(&text, *name++ == '~' ? "~0" : "~1");
            }
        }
        if (n == 0)
            break;
        n--;
    }
}

/* A problem of bytes [start, end) of the node's document. */
static void add_at(struct tsim_problems *problems, const struct json *node, const char *key,
                   size_t start, size_t end, struct tsim_problem problem)
{
    char         path[TEXT_MOST + 8];
    struct draft draft = { .problem = problem, .start = start, .end = end };
    if (problems->n >= LIMIT_PROBLEMS) {
        leave_out(problems, problem.kind, false); /* without the cost of finding its place */
        return;
    }
    problem_path(node, key, path, sizeof path);
    draft.problem.path = path;
    draft.problem.file = json_name(node->document);
    draft.text = json_text(node->document, &draft.length);
    json_place(node->document, start, &draft.problem.line, &draft.problem.column);
    add(problems, &draft);
}

bool problem_at(struct tsim_problems *problems, enum tsim_problem_kind kind,
                const struct json *node, const char *key, const char *expected,
                const char *found, const char *hint, const char *message, ...)
{
    char    spelled[TEXT_MOST + 8];
    va_list given;
    if (!problems)
        return false;
    va_start(given, message);
    vsnprintf(spelled, sizeof spelled, message, given);
    va_end(given);
    /* Of an object or array only the opening bracket is underlined: the whole is too much. */
    bool   single = node->type != JSON_OBJECT && node->type != JSON_ARRAY;
    size_t end = single ? node->end : node->start + 1;
    add_at(problems, node, key, node->start, end,
           (struct tsim_problem){ .kind = kind, .message = spelled, .expected = expected,
                                  .found = found, .hint = hint });
    return false;
}

bool problem_at_key(struct tsim_problems *problems, enum tsim_problem_kind kind,
                    const struct json *node, const char *expected, const char *found,
                    const char *hint, const char *message, ...)
{
    char    spelled[TEXT_MOST + 8];
    va_list given;
    if (!problems)
        return false;
    va_start(given, message);
    vsnprintf(spelled, sizeof spelled, message, given);
    va_end(given);
    size_t start = node->key ? node->key_start : node->start;
    size_t end = node->key ? node->key_end : node->start + 1;
    add_at(problems, node, NULL, start, end,
           (struct tsim_problem){ .kind = kind, .message = spelled, .expected = expected,
                                  .found = found, .hint = hint });
    return false;
}

/* Byte offset of a line and column in a text; `length` when it is beyond the end. */
static size_t offset_of(const char *text, size_t length, size_t line, size_t column)
{
    size_t at = 0;
    for (size_t i = 1; i < line && at < length; i++) {
        const char *newline = memchr(text + at, '\n', length - at);
        at = newline ? (size_t)(newline - text) + 1 : length;
    }
    size_t right = column > 0 ? column - 1 : 0;
    return right < length - at ? at + right : length;
}

bool problem_in_file(struct tsim_problems *problems, enum tsim_problem_kind kind, const char *file,
                     const char *text, size_t length, size_t line, size_t column,
                     const char *expected, const char *found, const char *hint,
                     const char *message, ...)
{
    char    spelled[TEXT_MOST + 8];
    va_list given;
    if (!problems)
        return false;
    va_start(given, message);
    vsnprintf(spelled, sizeof spelled, message, given);
    va_end(given);
    struct draft draft = {
        .problem = { .kind = kind, .file = file, .line = line, .column = column,
                     .message = spelled, .expected = expected, .found = found, .hint = hint },
        .text = text,
        .length = length,
    };
    if (text)
        draft.start = draft.end = offset_of(text, length, line, column);
    add(problems, &draft);
    return false;
}

bool problem_plain(struct tsim_problems *problems, enum tsim_problem_kind kind, const char *hint,
                   const char *message, ...)
{
    char    spelled[TEXT_MOST + 8];
    va_list given;
    if (!problems)
        return false;
    va_start(given, message);
    vsnprintf(spelled, sizeof spelled, message, given);
    va_end(given);
    add(problems, &(struct draft){ .problem = { .kind = kind, .message = spelled, .hint = hint } });
    return false;
}

/* ---- printing for people */

enum { SCREEN = 80, SHOWN_MOST = 4 * (TEXT_MOST + 8) + 1 };

/* Prints a text of any length so that a terminal cannot be led astray by it. */
static void print_visible(FILE *to, const char *before_text, const char *text)
{
    char shown[SHOWN_MOST];
    fputs(before_text, to);
    while (*text) {
        size_t part = text_cut(text, TEXT_MOST);
        char   piece[TEXT_MOST + 1];
        memcpy(piece, text, part);
        piece[part] = 0;
        text_visible(shown, sizeof shown, piece);
        fputs(shown, to);
        text += part;
    }
}

/* Visible form of n bytes of an excerpt. */
static void excerpt_show(char *to, size_t size, const char *text, size_t n)
{
    char piece[2 * EXCERPT_SIDE + 8];
    TSIM_ASSERT(n < sizeof piece);
    memcpy(piece, text, n);
    piece[n] = 0;
    text_visible(to, size, piece);
}

/* Bytes of the character at `text`, which is valid UTF-8. */
static size_t character(const char *text)
{
    size_t n = 1;
    while (is_continuation(text[n]))
        n++;
    return n;
}

/* Cuts a text to `most` columns, at least one of which is there, and says whether it did. */
static bool cut_right(char *text, size_t most)
{
    if (text_columns(text) <= most)
        return false;
    size_t at = 0, columns = 0;
    while (text[at]) {
        size_t n = character(text + at);
        char   one[8] = { 0 };
        memcpy(one, text + at, n < sizeof one ? n : sizeof one - 1);
        size_t width = text_columns(one);
        if (columns + width + 1 > most)
            break;
        columns += width;
        at += n;
    }
    text[at] = 0;
    return true;
}

static void excerpt_print(const struct entry *entry, FILE *to, int digits)
{
    char   left[4 * (EXCERPT_SIDE + 8)], right[4 * (EXCERPT_SIDE + 8)];
    char   under[4 * (EXCERPT_SIDE + 8)];
    size_t room = SCREEN - (size_t)digits - 5;
    size_t n_right = strlen(entry->excerpt + entry->excerpt_at);
    excerpt_show(left, sizeof left, entry->excerpt, entry->excerpt_at);
    excerpt_show(right, sizeof right, entry->excerpt + entry->excerpt_at, n_right);
    excerpt_show(under, sizeof under, entry->excerpt + entry->excerpt_at, entry->excerpt_width);

    /* The left part gets half the screen, or more when the right one is short. */
    size_t right_columns = text_columns(right), half = room / 2;
    size_t left_most = right_columns < half ? room - right_columns - 1 : half;
    char  *shown = left;
    bool   cut = entry->cut_left;
    while (*shown && text_columns(shown) + 1 > left_most) {
        shown += character(shown);
        cut = true;
    }
    size_t left_columns = text_columns(shown) + cut;
    bool   more = cut_right(right, room - left_columns);
    size_t carets = text_columns(under), carets_most = text_columns(right);
    if (carets > carets_most)
        carets = carets_most;

    fprintf(to, "%*s |\n%*zu | %s%s%s%s\n%*s | %*s", digits + 2, "", digits + 2,
            entry->problem.line, cut ? "…" : "", shown, right, more ? "…" : "", digits + 2, "",
            (int)left_columns, "");
    do
        fputc('^', to);
    while (carets-- > 1);
    if (entry->problem.path && *entry->problem.path)
        print_visible(to, " ", entry->problem.path);
    fputc('\n', to);
}

static void entry_print(const struct entry *entry, FILE *to)
{
    const struct tsim_problem *problem = &entry->problem;
    int                        digits = snprintf(NULL, 0, "%zu", problem->line);
    if (problem->file) {
        print_visible(to, "", problem->file);
        if (problem->line > 0)
            fprintf(to, ":%zu:%zu", problem->line, problem->column);
        fputs(": ", to);
    }
    fputs(problem->kind == TSIM_PROBLEM_WARNING ? "warning: " : "error: ", to);
    print_visible(to, "", problem->message);
    fputc('\n', to);
    if (entry->excerpt) {
        excerpt_print(entry, to, digits);
    } else if (problem->path) {
        fprintf(to, "%*s ", digits + 2, "");
        print_visible(to, "= at: ", *problem->path ? problem->path : "the whole document");
        fputc('\n', to);
    }
    const char *texts[] = { problem->expected, problem->found, problem->hint };
    const char *names[] = { "= expected: ", "= found: ", "= help: " };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (!texts[i])
            continue;
        fprintf(to, "%*s ", digits + 2, "");
        print_visible(to, names[i], texts[i]);
        fputc('\n', to);
    }
}

/* The file that all problems are about, or NULL when there is no such file. */
static const char *common_file(const struct tsim_problems *problems)
{
    const char *file = problems->n > 0 ? problems->entries[0]->problem.file : NULL;
    for (size_t i = 1; i < problems->n && file; i++) {
        const char *other = problems->entries[i]->problem.file;
        if (!other || strcmp(file, other) != 0)
            file = NULL;
    }
    return file;
}

static void print_count(FILE *to, size_t n, const char *word)
{
    fprintf(to, "%zu %s%s", n, word, n == 1 ? "" : "s");
}

void tsim_problems_print(const struct tsim_problems *problems, FILE *to, size_t most)
{
    size_t n = tsim_problems_count(problems);
    if (n == 0)
        return;
    size_t shown = most > 0 && most < n ? most : n;
    for (size_t i = 0; i < shown; i++) {
        entry_print(entry_get(problems, i), to);
        fputc('\n', to);
    }
    if (shown < n)
        fprintf(to, "… and %zu more\n", n - shown);
    if (problems->errors == 0 || n == 1)
        return; /* warnings do not add up to a verdict, and one error is its own */
    const char *file = common_file(problems);
    if (file) {
        print_visible(to, "", file);
        fputs(": ", to);
    }
    print_count(to, problems->errors, "error");
    if (problems->warnings > 0) {
        fputs(", ", to);
        print_count(to, problems->warnings, "warning");
    }
    fputc('\n', to);
}

/* ---- printing for programs */

static void print_member(FILE *to, const char *key, const char *text)
{
    fprintf(to, ", \"%s\": ", key);
    if (text)
        json_write_string(to, text);
    else
        fputs("null", to);
}

static void print_place(FILE *to, const char *key, size_t value)
{
    if (value > 0)
        fprintf(to, ", \"%s\": %zu", key, value);
    else
        fprintf(to, ", \"%s\": null", key);
}

void tsim_problems_print_json(const struct tsim_problems *problems, FILE *to)
{
    static const char *const kinds[] = {
        [TSIM_PROBLEM_WARNING] = "warning", [TSIM_PROBLEM_INPUT] = "input",
        [TSIM_PROBLEM_IO] = "io",           [TSIM_PROBLEM_LIMIT] = "limit",
        [TSIM_PROBLEM_INTERNAL] = "internal",
    };
    size_t n = tsim_problems_count(problems);
    fputs("{\"problems\": [", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_problem *problem = &entry_get(problems, i)->problem;
        bool                       warns = problem->kind == TSIM_PROBLEM_WARNING;
        fprintf(to, "%s\n  {\"severity\": \"%s\", \"kind\": \"%s\"", i > 0 ? "," : "",
                warns ? "warning" : "error", kinds[problem->kind]);
        print_member(to, "file", problem->file);
        print_place(to, "line", problem->line);
        print_place(to, "column", problem->line > 0 ? problem->column : 0);
        print_member(to, "path", problem->path);
        print_member(to, "message", problem->message);
        print_member(to, "expected", problem->expected);
        print_member(to, "found", problem->found);
        print_member(to, "hint", problem->hint);
        fputc('}', to);
    }
    fprintf(to, "%s], \"errors\": %zu, \"warnings\": %zu}\n", n > 0 ? "\n" : "",
            tsim_problems_errors(problems), problems ? problems->warnings : 0);
}
