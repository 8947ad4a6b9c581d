/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: the simulator finds what is known exactly. Method: every case of expected.json that has a
 * scenario file runs; every expected value is compared with the measure that answers to it
 * (support/validation/rules.c). Asked is that
 *
 * - each value is as near as its standard error says (judge.h; false alarm of all together 2e-4);
 * - standard errors are small, so that being near means something: half a per cent of every share
 *   above 0.1, one per cent of those above 0.05;
 * - over all values the root mean square of z is near 1, for a wrong standard error shows there
 *   first. Values of one case hang together, so it varies more than that of independent ones: in 36
 *   repetitions with other seeds its mean was 0.98 and its standard deviation 0.066. ROOT_LOW and
 *   ROOT_HIGH are four and almost five of them away (false alarm about 1e-4);
 * - standard errors of Erlang systems agree with the exact variance constants (chi-square, false
 *   alarm of all together 1e-4).
 *
 * By hand: CASE=EA limits the run to the cases whose id begins so, SEED=7 takes other random
 * numbers than the files say.
 */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/validation/casefile.h"
#include "support/validation/judge.h"
#include "theory/variance.h"

#define ROOT_LOW  0.72
#define ROOT_HIGH 1.30

struct score {
    size_t values, skipped;
    double squares, worst, widest; /* widest: largest standard error / share              */
    char   worst_name[64];
};

static bool is_share(const char *name)
{
    static const char *const words[] = { "P_", "SL", "util", "share" };
    const char              *last = strrchr(name, '/');
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(name, words[i], strlen(words[i])) == 0 || strstr(name, "_share") ||
            (last && strncmp(last + 1, words[i], strlen(words[i])) == 0))
            return true;
    return false;
}

/* Results that another simulator printed have a standard error too. */
static void add_printed_error(const struct json *element, const char *name,
                              struct finding *finding)
{
    const struct json *printed = json_member(element, "printed_std_error");
    const struct json *own = printed ? json_member(printed, name) : NULL;
    if (own)
        finding->std_error = hypot(finding->std_error, own->number);
}

static void score_value(struct score *score, const char *id, const char *name,
                        const struct finding *finding, double exact, bool snapshot)
{
    const double z = judge_z(finding, exact);
    const bool   far = !(fabs(z) <= judge_limit(finding->degrees));
    const bool   share = !snapshot && is_share(name) && exact > 0.05 && exact < 1;
    const double width = share ? finding->std_error / exact : 0;
    score->values++;
    score->squares += z * z;
    score->widest = fmax(score->widest, width);
    if (!(fabs(z) <= fabs(score->worst))) {
        score->worst = z;
        snprintf(score->worst_name, sizeof score->worst_name, "%s", name);
    }
    cr_expect(!far, "%s %s: %.8g is %.2f standard errors from the exact %.8g", id, name,
              finding->value, z, exact);
    cr_expect(width <= (exact > 0.1 ? 0.005 : 0.01), "%s %s: standard error %.2g of %.8g", id, name,
              finding->std_error, exact);
}

/* ---- standard errors against theory */

static const struct {
    const char *id;
    double      arrival_rate, handling, patience; /* patience 0: none */
    uint32_t    agents, places;                   /* places 0: no bound */
} erlang_cases[] = {
    { "EC-01", 10.0 / 3, 3, 0, 14, 0 },      { "EC-02", 10.0 / 3, 3, 0, 13, 0 },
    { "EC-03", 10.0 / 3, 3, 0, 15, 0 },      { "EC-04", 3.6, 1, 0, 4, 0 },
    { "EC-05", 1.6, 1, 0, 2, 0 },            { "EA-01", 48, 1, 2, 50, 0 },
    { "EA-03", 10.0 / 3, 3, 5, 13, 0 },      { "EA-05", 9.5, 4, 20.0 / 3, 36, 0 },
    { "EA-07", 5, 2, 4, 10, 6 },             { "EA-09", 6, 2.5, 2.5, 17, 0 },
    { "EK-01", 4.2, 2, 0, 12, 5 },
};

enum { ERRORS_COMPARED = 66 };

/* (n - 1) s^2 / sigma^2 is chi-square with n - 1 degrees. */
static void expect_error(const struct tsim_result *result, const char *id, const char *where,
                         double v)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    struct place                place;
    if (v == 0)
        return;
    cr_assert(casefile_place(result, where, &place));
    const double s = tsim_result_get(result, place.scope, place.entry, place.measure).std_error /
                     (strstr(where, "wait") ? 60 : 1);
    const double minutes = info->length_s / 60 * info->replications;
    const double degrees = info->replications - 1.0, alpha = 1e-4 / ERRORS_COMPARED / 2;
    const double found = degrees * s * s / (v / minutes);
    cr_expect(found > gsl_cdf_chisq_Pinv(alpha, degrees) &&
                  found < gsl_cdf_chisq_Qinv(alpha, degrees),
              "%s %s: standard error %.3g, by theory %.3g", id, where, s, sqrt(v / minutes));
}

static void expect_errors(const struct tsim_result *result, const char *id)
{
    for (size_t i = 0; i < sizeof erlang_cases / sizeof *erlang_cases; i++) {
        if (strcmp(erlang_cases[i].id, id) != 0)
            continue;
        const struct erlang_system system = {
            .arrival_rate = erlang_cases[i].arrival_rate,
            .service_rate = 1 / erlang_cases[i].handling,
            .abandon_rate = erlang_cases[i].patience > 0 ? 1 / erlang_cases[i].patience : 0,
            .agents = erlang_cases[i].agents,
            .limited = erlang_cases[i].places > 0,
            .places = erlang_cases[i].places,
        };
        struct variance_constants v;
        cr_assert(variance_solve(&system, &v));
        expect_error(result, id, "tier.L1.queue_mean", v.queue_mean);
        expect_error(result, id, "desk.desk.backlog_mean", v.present_mean);
        expect_error(result, id, "tier.L1.occupancy_scheduled", v.utilisation);
        expect_error(result, id, "tier.L1.delayed_share", v.wait_share);
        expect_error(result, id, "tier.L1.abandoned_share", v.abandon_share);
        if (!system.limited)
            expect_error(result, id, "tier.L1.wait_all_mean", v.wait_mean);
    }
}

/* ---- all cases */

static struct score judge_case(const struct json *element, const char *id)
{
    struct score     score = { 0 };
    struct case_runs runs = { .id = id, .unit_s = json_member(element, "time_unit_s")->number };
    runs.options.has_seed = getenv("SEED") != NULL;
    if (runs.options.has_seed)
        runs.options.seed = strtoull(getenv("SEED"), NULL, 10) * 1000 + element->index;
    JSON_EACH(expected, json_member(element, "expected"))
    {
        struct rule_match match;
        cr_assert(rule_match(id, expected->key, &match), "no rule for %s %s", id, expected->key);
        if (match.rule->kind == NOT_MEASURED) {
            score.skipped++;
            continue;
        }
        struct finding finding = judge_find(&runs, &match);
        cr_assert(finding.found, "%s: the result has no %s", id, match.where);
        add_printed_error(element, expected->key, &finding);
        const bool snapshot = match.rule->kind == AT_LEAST || match.rule->kind == AT_MOST ||
                              json_member(element, "printed_std_error");
        score_value(&score, id, expected->key, &finding, expected->number, snapshot);
    }
    expect_errors(case_result(&runs, ""), id);
    printf("| %s | %zu | %.2f | `%s` | %.2f | %.2f %% | %.1f |\n", id, score.values,
           fabs(score.worst), score.worst_name, sqrt(score.squares / (double)score.values),
           100 * score.widest, (double)runs.contacts / 1e6);
    fflush(stdout);
    case_close(&runs);
    return score;
}

Test(validation, cases)
{
    struct json_document *expected = casefile_expected();
    struct score          all = { 0 };
    const char           *only = getenv("CASE") ? getenv("CASE") : "";
    size_t                cases = 0;
    cr_assert(expected);
    printf("| case | values | worst z | of | r.m.s. z | widest s.e. | million contacts |\n"
           "|---|---:|---:|---|---:|---:|---:|\n");
    JSON_EACH(element, json_root(expected))
    {
        const char *id = json_member(element, "id")->string;
        if (!case_has_scenario(id) || strncmp(id, only, strlen(only)) != 0)
            continue;
        const struct score score = judge_case(element, id);
        cases++;
        all.values += score.values;
        all.skipped += score.skipped;
        all.squares += score.squares;
        if (fabs(score.worst) > fabs(all.worst))
            all.worst = score.worst;
    }
    const double root = sqrt(all.squares / (double)all.values);
    printf("%zu cases, %zu values (%zu not measured), worst z %.2f, r.m.s. z %.3f\n", cases,
           all.values, all.skipped, fabs(all.worst), root);
    json_free(expected);
    if (only[0] != '\0')
        return;
    cr_expect(cases >= 50 && all.values <= JUDGE_VALUES_MOST, "%zu cases", cases);
    cr_expect(root > ROOT_LOW && root < ROOT_HIGH, "r.m.s. z %.3f", root);
}
