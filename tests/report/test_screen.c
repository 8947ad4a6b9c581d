/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the screen of a run reads as intended for every shape of result. Method: screens of
 * made-up results are compared with the texts in golden/ (set TSIM_UPDATE_GOLDEN to rewrite
 * them, then read the difference); and whatever the result, names and width, no line is wider
 * than the page, ends in a blank, holds a raw control character, or says nan or inf. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiersim/report.h>

#include "report/format.h"
#include "support/fake_result.h"
#include "support/screen_check.h"

/* ---- shapes of results */

static void shape_desk(struct fake *fake)
{
    (void)fake;
}

static void shape_one(struct fake *fake)
{
    fake->info.replications = fake->info.planned = 1;
    fake->info.contacts                          = 769;
}

static void shape_empty(struct fake *fake)
{
    fake->info.contacts = 0;
}

static void shape_partial(struct fake *fake)
{
    fake->info.complete     = false;
    fake->info.replications = 12;
}

static void shape_precision(struct fake *fake)
{
    fake->info.precision_asked = true;
    fake->info.precision       = 0.02;
    fake->promises             = 0;
}

static void shape_single(struct fake *fake)
{
    fake->info.tiers = fake->info.pools = 1;
    fake->info.currency                 = "€";
    fake->promises                      = 1;
}

static void shape_steady(struct fake *fake)
{
    fake->info.steady_state = true;
    fake->info.warmup_s     = 5 * 86400;
    fake->info.length_s     = 30 * 86400;
    fake->intervals         = 0;
    fake->promises          = 0;
}

static void shape_week(struct fake *fake)
{
    fake->info.cycle_s = fake->info.length_s = 7 * 86400;
    fake->info.start_second                  = 0;
    fake->intervals                          = 336;
}

static void shape_six(struct fake *fake)
{
    fake->info.tiers = 6;
    fake->tiers[0]   = "The first line of support with quite a long name";
    fake->tiers[3]   = "L4 日本語サポートチーム長い名前です";
    fake->tiers[4]   = "L5 Überspannung";
    fake->tiers[5]   = "L6";
}

static void shape_alarm(struct fake *fake)
{
    fake->broken_check = true;
    fake->no_split     = true;
}

static void shape_poison(struct fake *fake)
{
    fake->poison = true;
}

static void shape_hostile(struct fake *fake)
{
    static char long_name[10241];
    memset(long_name, 'x', sizeof long_name - 1);
    fake->info.tiers    = 6;
    fake->info.scenario = "a\x1b]0;owned\x07" "b\x1b[2J";
    fake->info.title    = "\xe2\x80\xae" "desrever \xff\xfe\nline two\r\t%s%n";
    fake->info.file     = "a;rm -rf `id`\n.json";
    fake->info.currency = "\x1b[31mEUR\n";
    fake->tiers[0]      = "`touch PWN`\nsystem('touch PWN')";
    fake->tiers[1]      = long_name;
    fake->tiers[2]      = "\xc2\x9b" "31m";
    fake->tiers[3]      = "";
    fake->tiers[4]      = "%s%n%d \x1f glue";
    fake->tiers[5]      = "e\xcc\x81\xcc\x81\xcc\x81 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb";
}

struct shape {
    const char *name;
    void (*make)(struct fake *fake);
};

static const struct shape shapes[] = {
    { "desk", shape_desk },       { "one", shape_one },       { "empty", shape_empty },
    { "partial", shape_partial }, { "precision", shape_precision }, { "single", shape_single },
    { "steady", shape_steady },   { "week", shape_week },     { "six", shape_six },
    { "alarm", shape_alarm },     { "poison", shape_poison }, { "hostile", shape_hostile },
};

enum { SHAPES = sizeof shapes / sizeof *shapes };

static char *screen_of(const struct shape *shape, int width, bool ascii, bool color)
{
    char                      *text = NULL;
    size_t                     size = 0;
    struct fake                fake;
    struct tsim_screen_options options = { .width = width, .ascii = ascii, .color = color,
                                           .folder   = "results/saas-support",
                                           .scenario = "scenarios/saas-support.json" };
    fake_desk(&fake);
    shape->make(&fake);
    struct tsim_result *result = fake_new(&fake);
    FILE               *to     = open_memstream(&text, &size);
    tsim_report_screen(result, &options, to);
    fclose(to);
    tsim_result_free(result);
    return text;
}

/* ---- golden screens */

static void compare(const struct shape *shape, const char *kind, int width, bool ascii)
{
    char  name[64];
    char *got = screen_of(shape, width, ascii, false);
    snprintf(name, sizeof name, "%s-%s", shape->name, kind);
    expect_golden(name, got);
    free(got);
}

static void check_lines(const struct shape *shape, int width, bool ascii)
{
    char *screen = screen_of(shape, width, ascii, false);
    expect_lines(shape->name, screen, width, ascii);
    free(screen);
}

/* Colours only add escape sequences: without them the text is the same. */
static void check_color(const struct shape *shape)
{
    char *plain = screen_of(shape, 80, false, false), *color = screen_of(shape, 80, false, true);
    char *to = color;
    bool  any = false;
    for (char *at = color; *at;) {
        if (*at == '\x1b') {
            any = true;
            at += strcspn(at, "m") + 1;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
    if (!any || strcmp(plain, color) != 0)
        fail(shape->name, "colours change the text", color);
    free(plain);
    free(color);
}

/* A time that somebody chose, as people say it. */
static void check_durations(void)
{
    static const struct {
        double      seconds;
        const char *text;
    } times[] = {
        { 0, "0 s" },          { 20, "20 s" },       { 90, "1.5 min" },    { 75, "1 min 15 s" },
        { 3600, "1 h" },       { 8100, "2 h 15 min" }, { 86400, "24 h" },  { 720000, "8 d 8 h" },
        { 1209600, "14 d" },   { 216000, "2.5 d" },  { 93784, "26.051 h" }, { 0.25, "0.25 s" },
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char text[FORMAT_VALUE];
        format_target(times[i].seconds, TSIM_UNIT_DURATION, NULL, true, text, sizeof text);
        if (strcmp(text, times[i].text) != 0)
            fail("durations", times[i].text, text);
    }
}

int main(void)
{
    check_durations();
    static const int widths[] = { 40, 60, 80, 132 };
    for (size_t s = 0; s < SHAPES; s++) {
        if (shapes[s].make != shape_poison)
            compare(&shapes[s], "80", 80, false);
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            check_lines(&shapes[s], widths[w], false);
            check_lines(&shapes[s], widths[w], true);
        }
        check_color(&shapes[s]);
    }
    compare(&shapes[0], "ascii", 80, true);
    compare(&shapes[8], "ascii", 80, true);
    compare(&shapes[0], "120", 120, false);
    return failures ? 1 : 0;
}
