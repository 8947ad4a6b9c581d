/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/problem.h - what went wrong, and where.
 *
 * A struct tsim_problems collects every problem of one or more calls, so that a
 * user sees all of them at once. Each problem is an error (the call fails) or a
 * warning (it goes on). A problem of an input file has a place: file, line and
 * column (both from 1; column counts bytes), and JSON path.
 *
 * Ownership: texts returned here belong to the collection and live until it is
 * freed. Threads: one collection belongs to one thread at a time.
 */
#ifndef TIERSIM_PROBLEM_H
#define TIERSIM_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TSIM_API __attribute__((visibility("default")))
#else
#define TSIM_API
#endif

/* What kind of thing went wrong; the command's exit codes follow it. */
enum tsim_problem_kind {
    TSIM_PROBLEM_WARNING,  /* legal but suspicious; nothing fails               */
    TSIM_PROBLEM_INPUT,    /* the scenario or another input file: exit code 3    */
    TSIM_PROBLEM_IO,       /* reading or writing failed: exit code 4             */
    TSIM_PROBLEM_LIMIT,    /* a stated limit was reached: exit code 6            */
    TSIM_PROBLEM_INTERNAL, /* our fault (a law was broken): exit code 1          */
};

struct tsim_problem {
    enum tsim_problem_kind kind;
    const char *file;     /* as the user named it; NULL: not about a file        */
    size_t      line;     /* from 1; 0: no place in the file                     */
    size_t      column;   /* from 1, in bytes                                    */
    const char *path;     /* JSON path such as /tiers/1/agents; NULL: none       */
    const char *message;  /* one sentence, never NULL                            */
    const char *expected; /* what must hold; NULL: said by the message           */
    const char *found;    /* what was there; NULL: nothing to quote              */
    const char *hint;     /* what to do; NULL: none                              */
};

struct tsim_problems;

/* An empty collection; NULL when memory is out. */
TSIM_API struct tsim_problems *tsim_problems_new(void);

/* Frees the collection and every text in it. NULL is fine. */
TSIM_API void tsim_problems_free(struct tsim_problems *problems);

/* How many problems there are, warnings included; and how many are errors. */
TSIM_API size_t tsim_problems_count(const struct tsim_problems *problems);
TSIM_API size_t tsim_problems_errors(const struct tsim_problems *problems);

/* Problem number i (0 … count - 1), in order of file, line and column. */
TSIM_API const struct tsim_problem *tsim_problems_get(const struct tsim_problems *problems,
                                                      size_t i);

/* Prints them for people: one block each with the source line and a caret and an
 * empty line after it, then, if there are several and one is an error, a line that
 * counts them. At most `most` blocks (0: all). */
TSIM_API void tsim_problems_print(const struct tsim_problems *problems, FILE *to, size_t most);

/* Prints them for programs, as one JSON document. */
TSIM_API void tsim_problems_print_json(const struct tsim_problems *problems, FILE *to);

#ifdef __cplusplus
}
#endif
#endif
