/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a study's method "schedule": shifts, their breaks, and how they are chosen. */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/calendar.h"
#include "model/scenario.h"
#include "model/shape_impl.h"
#include "model/study.h"

#define BREAKS_MOST 8

/* ---- breaks */

static const struct param break_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct break_given, name),
      .fallback = "\"break\"", .doc = "What it is called in the roster.",
      .example = "\"lunch\"" },
    { .key = "length", .type = PARAM_DURATION, .offset = offsetof(struct break_given, length_s),
      .flags = PARAM_REQUIRED | PARAM_POSITIVE, .high = DAY_S,
      .doc = "How long it is: whole minutes.", .example = "\"30 min\"" },
    { .key = "from", .type = PARAM_DURATION, .offset = offsetof(struct break_given, from_s),
      .flags = PARAM_REQUIRED, .high = DAY_S,
      .doc = "It begins no earlier than so long after the start of the shift.",
      .example = "\"3 h\"" },
    { .key = "to", .type = PARAM_DURATION, .offset = offsetof(struct break_given, to_s),
      .flags = PARAM_REQUIRED, .high = DAY_S, .doc = "… and begins no later than this.",
      .example = "\"5 h\"" },
    { .key = "paid", .type = PARAM_BOOL, .offset = offsetof(struct break_given, paid),
      .fallback = "true", .doc = "Whether its time is paid.", .example = "false" },
};

static bool whole_minutes(struct reader *reader, const struct json *node, const char *key,
                          double time_s)
{
    return fmod(time_s, 60) == 0 ||
           problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, key, "whole minutes", NULL,
                      NULL, "shifts are planned by the minute");
}

static bool break_check(struct reader *reader, const struct json *node, void *value)
{
    const struct break_given *rest = value;
    if (rest->to_s < rest->from_s)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "to",
                          "no less than \"from\"", NULL, NULL,
                          "the break would have to begin before it may");
    return whole_minutes(reader, node, "length", rest->length_s) &&
           whole_minutes(reader, node, "from", rest->from_s) &&
           whole_minutes(reader, node, "to", rest->to_s);
}

static const struct shape break_shape = {
    .name = "break",
    .summary = "A break of a shift, which begins within a window.",
    .params = break_params,
    .n_params = COUNT_OF(break_params),
    .size = sizeof(struct break_given),
    .check = break_check,
    .at_offset = offsetof(struct break_given, at),
};

/* ---- shifts */

static const struct param shift_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct shift_given, name),
      .flags = PARAM_REQUIRED, .doc = "What it is called in the roster.",
      .example = "\"full time\"" },
    TEXTS_PARAM(shift_given, "pool", pools, "Pools whose agents work it; by default all.",
                "\"front desk\""),
    { .key = "length", .type = PARAM_DURATION, .offset = offsetof(struct shift_given, length_s),
      .flags = PARAM_REQUIRED | PARAM_POSITIVE, .high = DAY_S,
      .doc = "From its start to its end, breaks included: whole minutes.",
      .example = "\"8 h\"" },
    { .key = "earliest", .type = PARAM_TEXT, .offset = offsetof(struct shift_given, earliest),
      .fallback = "\"00:00\"", .doc = "Earliest start.", .example = "\"07:00\"" },
    { .key = "latest", .type = PARAM_TEXT, .offset = offsetof(struct shift_given, latest),
      .fallback = "\"23:59\"", .doc = "Latest start.", .example = "\"12:00\"" },
    { .key = "every", .type = PARAM_DURATION, .offset = offsetof(struct shift_given, every_s),
      .flags = PARAM_POSITIVE, .high = DAY_S, .fallback = "\"30 min\"",
      .doc = "Grid of starts, counted from the earliest: whole minutes.",
      .example = "\"1 h\"" },
    { .key = "breaks", .type = PARAM_LIST, .offset = offsetof(struct shift_given, breaks),
      .shape = &break_shape, .high = BREAKS_MOST,
      .doc = "Its breaks in order; their windows may not overlap.",
      .example = "[{ \"name\": \"lunch\", \"length\": \"30 min\", \"from\": \"3 h\", "
                 "\"to\": \"5 h\", \"paid\": false }]" },
    { .key = "days", .type = PARAM_TEXT, .offset = offsetof(struct shift_given, days),
      .fallback = "\"Mon-Sun\"", .doc = "Days on which it may be worked.",
      .example = "\"Mon-Fri\"" },
    { .key = "days_off", .type = PARAM_COUNT, .offset = offsetof(struct shift_given, days_off),
      .high = 6, .fallback = "2",
      .doc = "Days off a week of whoever works it; of use where a week is scheduled." },
    { .key = "days_off_apart", .type = PARAM_BOOL,
      .offset = offsetof(struct shift_given, days_off_apart), .fallback = "false",
      .doc = "Days off need not follow each other." },
    { .key = "least", .type = PARAM_COUNT, .offset = offsetof(struct shift_given, least),
      .high = LIMIT_AGENTS_POOL, .fallback = "0", .doc = "At least so many people of each pool." },
    { .key = "most", .type = PARAM_COUNT, .offset = offsetof(struct shift_given, most),
      .high = LIMIT_AGENTS_POOL, .doc = "… and at most so many; without this key any number.",
      .example = "10" },
    { .key = "pay", .type = PARAM_NUMBER, .offset = offsetof(struct shift_given, pay),
      .high = 100, .flags = PARAM_POSITIVE, .fallback = "1",
      .doc = "Its hours cost this many times the pool's wage.", .example = "1.25" },
};

static bool breaks_fit(struct reader *reader, const struct json *node,
                       const struct shift_given *shift)
{
    const struct break_given *breaks = shift->breaks.at;
    double                    free_s = 0;
    for (uint32_t b = 0; b < shift->breaks.n; b++) {
        if (breaks[b].from_s < free_s)
            return problem_at(reader->problems, TSIM_PROBLEM_INPUT, breaks[b].at, "from",
                              "a window after the one of the break before", NULL,
                              "make the windows narrower, or put the breaks in order",
                              "the break could overlap the one before");
        free_s = breaks[b].to_s + breaks[b].length_s;
    }
    return free_s <= shift->length_s ||
           problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "breaks",
                      "breaks that end within the shift", NULL, NULL,
                      "the last break may end after the shift");
}

static bool shift_check(struct reader *reader, const struct json *node, void *value)
{
    struct shift_given *shift = value;
    if (!json_member(node, "most"))
        shift->most = UINT32_MAX;
    if (!calendar_read_clock(shift->earliest, &shift->earliest_s) || shift->earliest_s >= DAY_S)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "earliest",
                          "a time such as \"07:00\"", shift->earliest, NULL,
                          "the earliest start is no time of day");
    if (!calendar_read_clock(shift->latest, &shift->latest_s) ||
        shift->latest_s < shift->earliest_s)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "latest",
                          "a time such as \"12:00\", not before the earliest start",
                          shift->latest, NULL, "no start is possible");
    if (!calendar_read_days(shift->days, &shift->day_mask))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "days",
                          "days such as \"Mon-Fri\"", shift->days, NULL, "these are no days");
    if (shift->least > shift->most)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "least",
                          "no more than \"most\"", NULL, NULL, "no number of people will do");
    return whole_minutes(reader, node, "length", shift->length_s) &&
           whole_minutes(reader, node, "every", shift->every_s) &&
           breaks_fit(reader, node, shift);
}

static const struct shape shift_shape = {
    .name = "shift",
    .summary = "A kind of shift: how long, when it may begin, with which breaks.",
    .params = shift_params,
    .n_params = COUNT_OF(shift_params),
    .size = sizeof(struct shift_given),
    .check = shift_check,
    .at_offset = offsetof(struct shift_given, at),
};

/* ---- the method */

static const char *const requirement_words[] = { "size", "scenario", "file", NULL };
static const char *const solver_words[] = { "auto", "glpk", "cbc", NULL };

/* A day of eight hours with lunch and two short breaks, and half a day with one. */
#define USUAL_SHIFTS \
    "[{ \"name\": \"full time\", \"length\": \"8.5 h\", \"breaks\": [" \
    "{ \"name\": \"break\", \"length\": \"15 min\", \"from\": \"1 h\", \"to\": \"2.5 h\" }, " \
    "{ \"name\": \"lunch\", \"length\": \"30 min\", \"from\": \"3 h\", \"to\": \"5 h\", " \
    "\"paid\": false }, " \
    "{ \"name\": \"break\", \"length\": \"15 min\", \"from\": \"5.75 h\", " \
    "\"to\": \"7.5 h\" }] }, " \
    "{ \"name\": \"part time\", \"length\": \"4 h\", \"breaks\": [" \
    "{ \"name\": \"break\", \"length\": \"15 min\", \"from\": \"1 h\", \"to\": \"2.5 h\" }] }]"

static const struct param schedule_params[] = {
    { .key = "requirements", .type = PARAM_CHOICE, .choices = requirement_words,
      .offset = offsetof(struct schedule_given, requirements), .fallback = "\"size\"",
      .doc = "Heads needed on the floor by interval: those that sizing finds, those that the "
             "scenario has, or those of a file." },
    { .key = "file", .type = PARAM_NAME, .offset = offsetof(struct schedule_given, file),
      .doc = "CSV with the columns pool, interval (from 1) and need, such as "
             "`tiersim size --per-interval --csv` prints.", .example = "\"need.csv\"" },
    { .key = "shifts", .type = PARAM_LIST, .offset = offsetof(struct schedule_given, shifts),
      .shape = &shift_shape, .low = 1, .high = 100, .fallback = USUAL_SHIFTS,
      .doc = "Kinds of shift there are.",
      .example = "[ { \"name\": \"early\", \"length\": \"8 h\", \"earliest\": \"06:00\", "
                 "\"latest\": \"08:00\" } ]" },
    { .key = "understaffing", .type = PARAM_MONEY,
      .offset = offsetof(struct schedule_given, understaffing), .high = 1e9,
      .doc = "What an agent hour too few costs (agent hours where a pool has no wage); without "
             "this key no interval may be understaffed.", .example = "60" },
    { .key = "overstaffing", .type = PARAM_MONEY, .fallback = "0",
      .offset = offsetof(struct schedule_given, overstaffing), .high = 1e9,
      .doc = "What an agent hour more than needed costs, beside its wage.", .example = "2" },
    { .key = "shrinkage", .type = PARAM_SHARE,
      .offset = offsetof(struct schedule_given, shrinkage),
      .doc = "Share of paid time lost to other things than the breaks of the shifts (absence, "
             "training); without this key the pool's shrinkage.", .example = "\"12 %\"" },
    { .key = "rounds", .type = PARAM_COUNT, .offset = offsetof(struct schedule_given, rounds),
      .low = 1, .high = 100, .fallback = "12",
      .doc = "How often the requirements may be raised where the simulated schedule breaks a "
             "promise." },
    { .key = "solver", .type = PARAM_CHOICE, .choices = solver_words,
      .offset = offsetof(struct schedule_given, solver), .fallback = "\"auto\"",
      .doc = "Who solves the integer programs: GLPK, which is built in, or the program cbc; auto "
             "is GLPK for a day, and for a week cbc where it is installed." },
    { .key = "gap", .type = PARAM_SHARE, .offset = offsetof(struct schedule_given, gap),
      .fallback = "\"1 %\"",
      .doc = "A program is solved when it is shown to be within this share of the least cost." },
    { .key = "nodes", .type = PARAM_COUNT, .offset = offsetof(struct schedule_given, nodes),
      .low = 1, .high = 1e9, .fallback = "300",
      .doc = "… or when its search tree has so many nodes, the same on every machine." },
    { .key = "time_limit", .type = PARAM_DURATION, .flags = PARAM_POSITIVE,
      .offset = offsetof(struct schedule_given, time_limit_s), .high = 1e6,
      .fallback = "\"2 min\"",
      .doc = "… or after this time, which then decides what comes out, and is told." },
};

static bool schedule_check(struct reader *reader, const struct json *node, void *value)
{
    struct schedule_given *schedule = value;
    schedule->priced = json_member(node, "understaffing") != NULL;
    if (!json_member(node, "shrinkage"))
        schedule->shrinkage = -1;
    else if (schedule->shrinkage > 0.95)
        return wrong_value(reader, json_member(node, "shrinkage"), "at most 95 %", NULL);
    if ((schedule->requirements == REQUIREMENTS_FILE) != (schedule->file != NULL))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node,
                          schedule->file ? "requirements" : "file",
                          "\"requirements\": \"file\" together with \"file\"", NULL, NULL,
                          schedule->file ? "the file would not be used"
                                         : "the file with the requirements is not named");
    return true;
}

const struct shape schedule_shape = {
    .name = "schedule",
    .summary = "Finds shifts that cover what is needed at least cost, and simulates them.",
    .params = schedule_params,
    .n_params = COUNT_OF(schedule_params),
    .size = sizeof(struct schedule_given),
    .check = schedule_check,
    .at_offset = offsetof(struct schedule_given, at),
};
