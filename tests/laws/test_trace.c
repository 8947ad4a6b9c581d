/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a trace is the contact's own story, and the contact that was asked for. Method: random
 * scenarios run with a case log; every pick is compared with the rows of cases.csv (nobody took
 * longer, nobody was handed over more often …), its parts add up to its time from arrival to end,
 * and tracing it by number tells the same. Options that make no sense are problems, not crashes. */
#include "support/law.h"

#include <math.h>

#include "base/csv.h"

enum { SCENARIOS = 40 };

#define CASES "cases.csv"

/* What the case log says of the counted contacts of one replication. */
struct rows {
    double        longest_s;
    unsigned long hops;
    unsigned long most_handed, first_breach; /* numbers; 0: nobody */
    uint64_t      counted, all;
};

static struct rows read_rows(const struct law *law)
{
    struct rows rows = { 0 };
    const struct tsim_run_options options = { .replications = 1, .threads = 1, .case_log = CASES };
    tsim_result_free(law_run(law, &options));
    struct csv *csv = csv_open(CASES, law->problems);
    cr_assert(csv);
    while (csv_next(csv)) {
        rows.all++;
        if (strcmp(csv_cell(csv, csv_find(csv, "counted")), "true") != 0)
            continue;
        const char *id = csv_cell(csv, csv_find(csv, "case_id"));
        const unsigned long number = strtoul(strchr(id, '-') + 1, NULL, 10);
        const unsigned long hops =
            strtoul(csv_cell(csv, csv_find(csv, "reassignment_count")), NULL, 10);
        rows.counted++;
        if (hops > rows.hops || (hops > 0 && hops == rows.hops && number < rows.most_handed)) {
            rows.hops = hops;
            rows.most_handed = number;
        }
        if (strcmp(csv_cell(csv, csv_find(csv, "sla_met")), "false") == 0 &&
            (rows.first_breach == 0 || number < rows.first_breach))
            rows.first_breach = number;
    }
    csv_close(csv);
    return rows;
}

static double sum_of_parts(const struct tsim_trace *trace, const char *name)
{
    size_t                        count;
    const struct tsim_trace_part *parts = tsim_trace_parts(trace, &count);
    double                        sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += !name || strcmp(parts[i].name, name) == 0 ? parts[i].seconds : 0;
    return sum;
}

static double sum_of_costs(const struct tsim_trace *trace)
{
    size_t                        count;
    const struct tsim_trace_cost *costs = tsim_trace_costs(trace, &count);
    double                        sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += costs[i].amount;
    return sum;
}

/* What holds of every trace. */
static void check_trace(const struct tsim_trace *trace)
{
    const struct tsim_trace_info *info = tsim_trace_info(trace);
    size_t                        count, targets, i = 0, missed = 0;
    const struct tsim_trace_event *events = tsim_trace_events(trace, &count);
    const struct tsim_trace_target *target = tsim_trace_targets(trace, &targets);
    const double whole_s = info->ended_s - info->arrived_s;
    cr_assert(law_same(sum_of_parts(trace, NULL), whole_s), "scenario %d, case %s: %.17g, %.17g",
              (int)law_number, info->id, sum_of_parts(trace, NULL), whole_s);
    cr_assert(count >= 2 && events[0].kind == TSIM_EVENT_CREATED);
    cr_assert_eq(events[0].at_s, info->arrived_s);
    while (i < count && events[i].kind != TSIM_EVENT_CLOSED)
        i++;
    cr_assert(i < count && events[i].at_s == info->ended_s);
    cr_assert_str_eq(events[i].cause, info->outcome);
    for (i = 1; i < count; i++)
        cr_assert(events[i].at_s >= events[i - 1].at_s && events[i].owner && events[i].name &&
                  isfinite(events[i].took_s));
    for (i = 0; i < targets; i++)
        missed += !target[i].met;
    cr_assert(missed > 0 || info->pick != TSIM_PICK_FIRST_BREACH);
}

static struct tsim_trace *trace_by(const struct law *law, enum tsim_pick pick, uint64_t number)
{
    const struct tsim_trace_options options = { .pick = pick, .number = number };
    struct tsim_trace              *trace = tsim_trace(law->scenario, &options, law->problems);
    if (trace)
        check_trace(trace);
    return trace;
}

static char *report(const struct tsim_trace *trace)
{
    char  *bytes = NULL;
    size_t size;
    FILE  *to = open_memstream(&bytes, &size);
    cr_assert(to && tsim_report_trace_json(trace, to));
    tsim_report_trace(trace, NULL, to);
    fclose(to);
    return bytes;
}

/* The one that was picked is the same when it is named. */
static void name_it(const struct law *law, const struct tsim_trace *picked)
{
    const struct tsim_trace_info *info = tsim_trace_info(picked);
    struct tsim_trace            *named = trace_by(law, TSIM_PICK_NUMBER, info->number);
    cr_assert(named);
    char *a = report(picked), *b = report(named);
    cr_assert_str_eq(strstr(a, "WHAT HAPPENED"), strstr(b, "WHAT HAPPENED"));
    free(a);
    free(b);
    tsim_trace_free(named);
}

/* Nobody else, of a few at random, stands out more. */
static void compare_others(const struct law *law, const struct rows *rows,
                           struct tsim_trace *const picks[TSIM_PICKS])
{
    uint64_t state = (uint64_t)law_number;
    for (int i = 0; i < 12; i++) {
        struct tsim_trace *other =
            trace_by(law, TSIM_PICK_NUMBER, 1 + random_next(&state) % rows->all);
        cr_assert(other);
        const struct tsim_trace_info *info = tsim_trace_info(other);
        if (info->counted) {
            const struct tsim_trace_info *worst = tsim_trace_info(picks[TSIM_PICK_WORST]);
            const struct tsim_trace *waits = picks[TSIM_PICK_LONGEST_WAIT];
            const struct tsim_trace *costs = picks[TSIM_PICK_COSTLIEST];
            cr_assert(info->ended_s - info->arrived_s <= worst->ended_s - worst->arrived_s);
            cr_assert(sum_of_parts(other, "queue") <=
                      (waits ? sum_of_parts(waits, "queue") * (1 + 1e-12) : 0));
            cr_assert(sum_of_costs(other) <= (costs ? sum_of_costs(costs) * (1 + 1e-12) : 0));
        }
        tsim_trace_free(other);
    }
}

Test(trace, picks_are_those_that_stand_out)
{
    unsigned found[TSIM_PICKS] = { 0 };
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law         law = law_random(number, NULL);
        const struct rows  rows = read_rows(&law);
        struct tsim_trace *picks[TSIM_PICKS] = { NULL };
        for (int pick = TSIM_PICK_WORST; pick < TSIM_PICKS && rows.counted > 0; pick++) {
            picks[pick] = trace_by(&law, (enum tsim_pick)pick, 0);
            found[pick] += picks[pick] != NULL;
            if (picks[pick]) {
                cr_assert_eq(tsim_trace_info(picks[pick])->searched, rows.counted);
                name_it(&law, picks[pick]);
            }
        }
        const struct tsim_trace *hops = picks[TSIM_PICK_MOST_HOPS];
        const struct tsim_trace *breach = picks[TSIM_PICK_FIRST_BREACH];
        cr_assert_eq(hops ? tsim_trace_info(hops)->hops : 0, rows.hops);
        cr_assert_eq(hops ? tsim_trace_info(hops)->number : 0, rows.most_handed);
        cr_assert_eq(breach ? tsim_trace_info(breach)->number : 0, rows.first_breach);
        if (picks[TSIM_PICK_WORST])
            compare_others(&law, &rows, picks);
        for (int pick = 0; pick < TSIM_PICKS; pick++)
            tsim_trace_free(picks[pick]);
        law_free(&law);
    }
    for (int pick = TSIM_PICK_WORST; pick < TSIM_PICKS; pick++)
        cr_expect(found[pick] >= 10, "%s: found %u times", tsim_pick_name((enum tsim_pick)pick),
                  found[pick]);
}

static bool stop_at_once(void *user)
{
    ++*(unsigned *)user;
    return true;
}

Test(trace, hostile_options_are_problems)
{
    struct law law = law_random(3, NULL);
    unsigned   asked = 0;
    const struct tsim_trace_options wrong[] = {
        { .pick = TSIM_PICK_NUMBER },
        { .pick = TSIM_PICK_NUMBER, .number = UINT64_MAX },
        { .pick = TSIM_PICK_NUMBER, .number = 1000000000 },
        { .pick = (enum tsim_pick)99 },
        { .pick = TSIM_PICK_WORST, .replication = UINT32_MAX, .replications = UINT32_MAX },
        { .pick = TSIM_PICK_WORST, .max_events = 1 },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const size_t before = tsim_problems_errors(law.problems);
        cr_expect_null(tsim_trace(law.scenario, &wrong[i], law.problems), "options %zu", i);
        cr_expect_eq(tsim_problems_errors(law.problems), before + 1, "options %zu", i);
    }
    /* Far away replications and seeds are as good as any. */
    const struct tsim_trace_options far = { .pick = TSIM_PICK_WORST, .replication = 999999,
                                            .replications = 2, .seed = UINT64_MAX,
                                            .has_seed = true };
    struct tsim_trace *trace = tsim_trace(law.scenario, &far, law.problems);
    cr_assert(trace);
    cr_expect(tsim_trace_info(trace)->replication >= 999999);
    tsim_trace_free(trace);
    tsim_trace_free(NULL);
    /* Stopped: nothing, and no problem. */
    const size_t before = tsim_problems_errors(law.problems);
    const struct tsim_trace_options stopped = { .pick = TSIM_PICK_WORST, .replications = 500,
                                                .stop = stop_at_once, .user = &asked };
    cr_expect_null(tsim_trace(law.scenario, &stopped, law.problems));
    cr_expect(asked > 0 && tsim_problems_errors(law.problems) == before);
    law_free(&law);
}
