/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: small systems whose every event can be followed by hand come out exactly so, ties and
 * shift changes included; and every case file loads and reports what it is judged by. Method: the
 * traces run and their case log is compared with the log of expected.json, moment by moment; of
 * all other cases two short replications run, and each value is looked up (test_cases.c, which
 * takes minutes, compares them).
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "support/validation/casefile.h"
#include "support/validation/judge.h"

#define MINUTE_S 60.0

/* ---- traces */

/* One contact as the case log tells it, in minutes. */
struct row {
    double opened, started, closed; /* started NAN: never */
    bool   served, abandoned;
};

enum { ROWS_MOST = 16 };

/* "2024-01-01T00:05:30.000" in minutes after midnight; NAN when empty. */
static double read_minutes(const char *stamp)
{
    unsigned hour, minute;
    double   second;
    if (stamp[0] == '\0')
        return NAN;
    cr_assert(strncmp(stamp, "2024-01-01T", 11) == 0, "%s", stamp);
    cr_assert(sscanf(stamp + 11, "%2u:%2u:%lf", &hour, &minute, &second) == 3, "%s", stamp);
    return hour * 60.0 + minute + second / MINUTE_S;
}

/* Reads the log, in order of the contacts' numbers ("1-3" is the third). */
static size_t read_log(const char *path, struct row *rows)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv = csv_open(path, problems);
    size_t                n = 0;
    cr_assert(csv);
    while (csv_next(csv)) {
        const char *outcome = csv_cell(csv, csv_find(csv, "outcome"));
        const unsigned long number =
            strtoul(csv_cell(csv, csv_find(csv, "case_id")) + 2, NULL, 10);
        cr_assert(number >= 1 && number <= ROWS_MOST);
        rows[number - 1] = (struct row){
            .opened = read_minutes(csv_cell(csv, csv_find(csv, "opened_at"))),
            .started = read_minutes(csv_cell(csv, csv_find(csv, "first_response_at"))),
            .closed = read_minutes(csv_cell(csv, csv_find(csv, "closed_at"))),
            .served = strcmp(outcome, "resolved") == 0,
            .abandoned = strcmp(outcome, "abandoned") == 0,
        };
        n++;
    }
    csv_close(csv);
    tsim_problems_free(problems);
    return n;
}

/* What the log says of "log/CONTACT/0/WORD". */
static double of_row(const struct row *row, const char *word)
{
    if (strcmp(word, "tier") == 0)
        return 1;
    if (strcmp(word, "queued_at") == 0)
        return row->opened;
    if (strcmp(word, "start") == 0)
        return row->started;
    if (strcmp(word, "end") == 0)
        return row->closed;
    if (strcmp(word, "wait") == 0)
        return (row->served ? row->started : row->closed) - row->opened;
    if (strcmp(word, "served") == 0)
        return row->served;
    if (strcmp(word, "abandoned") == 0)
        return row->abandoned;
    cr_assert_fail("no such word: %s", word);
    return NAN;
}

/* What the result says of the totals: whole numbers of half minutes, times a share. */
static double of_result(const struct tsim_result *result, const char *name)
{
    static const struct {
        const char *name, *formula;
    } totals[] = {
        { "served", "tier.L1.answered_share*tier.L1.offered_per_day" },
        { "abandoned", "fate.abandoned.per_day" },
        { "within_T", "tier.L1.service_level_strict*tier.L1.offered_per_day" },
        { "sum_wait_all", "tier.L1.wait_all_mean*tier.L1.offered_per_day" },
        { "busy_time/0", "tier.L1.busy_mean*1200" }, /* seconds of the run */
        { "queue_time/0", "tier.L1.queue_mean*1200" },
    };
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        double x, y;
        if (strcmp(totals[i].name, name) != 0)
            continue;
        cr_assert(casefile_sums(result, totals[i].formula, &x, &y));
        return x / (i < 3 ? 1 : MINUTE_S);
    }
    cr_assert_fail("no such total: %s", name);
    return NAN;
}

static void expect_trace(const struct json *element, const char *id)
{
    struct row rows[ROWS_MOST];
    char       path[64];
    size_t     compared = 0;
    snprintf(path, sizeof path, "%s.log.csv", id);
    const struct tsim_run_options options = { .case_log = path };
    struct tsim_result           *result = casefile_run(id, NULL, &options);
    cr_assert(result);
    const size_t n = read_log(path, rows);
    JSON_EACH(expected, json_member(element, "expected"))
    {
        unsigned contact, visit;
        char     word[32];
        double   found;
        if (sscanf(expected->key, "log/%u/%u/%31s", &contact, &visit, word) == 3) {
            cr_assert(contact < n && visit == 0);
            found = of_row(&rows[contact], word);
            cr_expect(found == expected->number, "%s %s: %.17g is not %.17g", id, expected->key,
                      found, expected->number);
        } else {
            found = of_result(result, expected->key);
            cr_expect_float_eq(found, expected->number, 1e-12 * expected->number,
                               "%s %s: %.17g is not %.17g", id, expected->key, found,
                               expected->number);
        }
        compared++;
    }
    printf("%s: %zu values of %zu contacts\n", id, compared, n);
    tsim_result_free(result);
    unlink(path);
}

Test(validation, traces)
{
    struct json_document *expected = casefile_expected();
    size_t                traces = 0;
    cr_assert(expected);
    JSON_EACH(element, json_root(expected))
    {
        const char *id = json_member(element, "id")->string;
        if (strncmp(id, "TR", 2) == 0) {
            expect_trace(element, id);
            traces++;
        }
    }
    json_free(expected);
    cr_expect(traces == 2);
}

/* ---- all other cases, in brief */

static void expect_values(const struct json *element, const char *id)
{
    struct case_runs runs = { .id = id, .unit_s = json_member(element, "time_unit_s")->number,
                              .options.replications = 2 };
    JSON_EACH(expected, json_member(element, "expected"))
    {
        struct rule_match match;
        cr_assert(rule_match(id, expected->key, &match), "no rule for %s %s", id, expected->key);
        if (match.rule->kind == NOT_MEASURED)
            continue;
        const struct finding finding = judge_find(&runs, &match);
        cr_expect(finding.found && isfinite(finding.value), "%s %s: %s", id, expected->key,
                  match.where);
    }
    case_close(&runs);
}

Test(validation, brief)
{
    struct json_document *expected = casefile_expected();
    size_t                cases = 0;
    cr_assert(expected);
    JSON_EACH(element, json_root(expected))
    {
        const char *id = json_member(element, "id")->string;
        if (!case_has_scenario(id))
            continue;
        expect_values(element, id);
        cases++;
    }
    json_free(expected);
    cr_expect(cases >= 50, "%zu cases", cases);
}
