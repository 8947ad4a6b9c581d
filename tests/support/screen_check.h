/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/screen_check.h - what tests of screens share: comparing with a golden text (set
 * TSIM_UPDATE_GOLDEN to rewrite those, then read the difference), and what holds of every screen:
 * no line is wider than the page, ends in a blank, holds a raw control character, or says nan or
 * inf. Complaints are counted in `failures`.
 */
#ifndef SUPPORT_SCREEN_CHECK_H
#define SUPPORT_SCREEN_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int failures;

static inline void fail(const char *name, const char *what, const char *line)
{
    fprintf(stderr, "%s: %s: %s\n", name, what, line);
    failures++;
}

static inline char *read_all(const char *path)
{
    FILE *from = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);
    if (from && text) {
        size_t n = fread(text, 1, (1 << 16) - 1, from);
        text[n]  = '\0';
    }
    if (from)
        fclose(from);
    return text;
}

/* Compares a screen with golden/NAME.txt. */
static inline void expect_golden(const char *name, const char *screen)
{
    char path[600];
    snprintf(path, sizeof path, TSIM_SOURCE_DIR "/tests/report/golden/%s.txt", name);
    if (getenv("TSIM_UPDATE_GOLDEN")) {
        FILE *to = fopen(path, "wb");
        if (!to || fputs(screen, to) < 0 || fclose(to) != 0)
            fail(name, "cannot write", path);
    }
    char *expected = read_all(path);
    if (!expected || strcmp(screen, expected) != 0) {
        fail(name, "the screen differs from", path);
        fputs(screen, stderr);
    }
    free(expected);
}

static inline bool is_steering(const char *line)
{
    for (const unsigned char *at = (const unsigned char *)line; *at; at++)
        if (*at < 0x20 || *at == 0x7F || (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) ||
            (*at == 0xE2 && at[1] == 0x80 && at[2] == 0xAE))
            return true;
    return false;
}

static inline bool is_utf8(const char *line)
{
    uint32_t code;
    for (size_t at = 0, length = strlen(line), n; at < length; at += n) {
        n = text_utf8(line + at, length - at, &code);
        if (n == 0)
            return false;
    }
    return true;
}

/* Looks at each line of a screen, which is cut into its lines on the way. */
static inline void expect_lines(const char *name, char *screen, int width, bool ascii)
{
    char *rest = screen;
    for (char *line; (line = rest) && *line;) {
        char *end = strchr(line, '\n');
        rest      = end ? end + 1 : NULL;
        if (end)
            *end = '\0';
        size_t length = strlen(line);
        if (text_columns(line) > (size_t)width)
            fail(name, "too wide", line);
        if (length && line[length - 1] == ' ')
            fail(name, "ends in a blank", line);
        if (is_steering(line) || !is_utf8(line))
            fail(name, "raw control characters", line);
        for (const char *at = line; ascii && *at; at++)
            if ((unsigned char)*at >= 0x80) {
                fail(name, "not ASCII", line);
                break;
            }
        if (strstr(line, "nan ") || strstr(line, "inf ") || strstr(line, "nan\n") ||
            strstr(line, " nan") || strstr(line, " inf ") || strstr(line, "-nan"))
            fail(name, "not a number", line);
    }
}

#endif
