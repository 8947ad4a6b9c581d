/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: intervals of differences between two desks are true together, where desks have several
 * kinds of contacts and of agents.
 * Method: the N, X and M designs and both priority queues, whose waits, losses, service levels and
 * occupancies are known exactly, are compared in pairs, 200 times each with other seeds. All
 * intervals of a comparison must hold the exact differences in 95 % of them; so many must that a
 * true share of 93 % fails once in 10^4 for each pair. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <string.h>

#include "support/law.h"
#include "support/validation/casefile.h"

enum { REPETITIONS = 200, MEASURES_MOST = 5 };

/* A value of each kind of contact or agent; of those of the whole tier, "_1" and "_2" of them are
 * weighed by how many contacts of each kind come. */
struct watched {
    const char *exact, *where;
    double      unit;
    bool        weighed;
};

struct desk {
    const char *id;
    double      per_min[2];
};

struct pair_of_desks {
    struct desk    first, second;
    const char    *length;
    struct watched watched[MEASURES_MOST];
};

static double value_of(const struct json_document *expected, const char *id, const char *name)
{
    const struct json *value = json_member(json_member(casefile_find(expected, id), "expected"),
                                           name);
    cr_assert(value, "%s has no %s", id, name);
    return value->number;
}

static double exact_value(const struct json_document *expected, const struct desk *desk,
                          const struct watched *watched)
{
    char   name[40];
    double sum = 0;
    if (!watched->weighed)
        return watched->unit * value_of(expected, desk->id, watched->exact);
    for (int kind = 0; kind < 2; kind++) {
        snprintf(name, sizeof name, "%s_%d", watched->exact, kind + 1);
        sum += desk->per_min[kind] * value_of(expected, desk->id, name);
    }
    return watched->unit * sum / (desk->per_min[0] + desk->per_min[1]);
}

static size_t add_measures(const struct pair_of_desks *pair, char *to, size_t size)
{
    size_t n = 0, length = 0;
    for (; n < MEASURES_MOST && pair->watched[n].where; n++)
        length += (size_t)snprintf(to + length, size - length, "%s\"%s\"", n ? ", " : "",
                                   pair->watched[n].where);
    return n;
}

static void check(const struct pair_of_desks *pair)
{
    char         measures[500], text[3000];
    double       exact[MEASURES_MOST];
    unsigned     held = 0, each[MEASURES_MOST] = { 0 }, least = REPETITIONS;
    const size_t n = add_measures(pair, measures, sizeof measures);
    struct json_document *expected = casefile_expected();
    cr_assert(expected);
    for (size_t m = 0; m < n; m++)
        exact[m] = exact_value(expected, &pair->second, &pair->watched[m]) -
                   exact_value(expected, &pair->first, &pair->watched[m]);
    json_free(expected);
    snprintf(text, sizeof text,
             "{\"study\": \"pair\", \"scenario\": \"%s/tests/validation/%s.json\", \"variants\": "
             "[{\"name\": \"other\", \"scenario\": \"%s/tests/validation/%s.json\"}], \"set\": "
             "\"run.warm_up = 4 h, run.length = %s, run.replications = 30\", \"measures\": [%s], "
             "\"compare\": {}}", TSIM_SOURCE_DIR, pair->first.id, TSIM_SOURCE_DIR, pair->second.id,
             pair->length, measures);
    struct tsim_study *study = law_study(text);
    for (uint64_t seed = 1; seed <= REPETITIONS; seed++) {
        struct tsim_problems         *problems = tsim_problems_new();
        const struct tsim_run_options options = { .seed = seed * 1021, .has_seed = true };
        struct tsim_comparison       *comparison = tsim_compare(study, &options, problems);
        if (!comparison)
            tsim_problems_print(problems, stderr, 0);
        cr_assert(comparison);
        bool all = true;
        for (size_t m = 0; m < n; m++) {
            const struct tsim_estimate d =
                tsim_comparison_difference(comparison, 1, 0, m).difference;
            cr_assert(d.defined && d.has_interval);
            const bool holds = d.low <= exact[m] && exact[m] <= d.high;
            each[m] += holds;
            all &= holds;
        }
        held += all;
        tsim_comparison_free(comparison);
        tsim_problems_free(problems);
    }
    tsim_study_free(study);
    while (least > 0 && gsl_cdf_binomial_P(least, 0.93, REPETITIONS) > 1e-4)
        least--;
    printf("%s and %s: all hold in %u of %d comparisons;", pair->first.id, pair->second.id, held,
           REPETITIONS);
    for (size_t m = 0; m < n; m++)
        printf(" %s %u", pair->watched[m].exact, each[m]);
    printf("\n");
    cr_expect(held >= least, "%s and %s: all hold in %u of %d", pair->first.id, pair->second.id,
              held, REPETITIONS);
}

#define DESIGNS                                                                                   \
    { { "E_W", "tier.L1.wait_all_mean", 60, true },                                                \
      { "P_ab", "tier.L1.abandoned_share", 1, true },                                              \
      { "util_1", "pool.1.occupancy", 1, false },                                                  \
      { "util_2", "pool.2.occupancy", 1, false } }

static const struct desk n = { "SB-01", { 2, 1.2 } }, x = { "SB-03", { 1.1, 1 } },
                         m = { "SB-05", { 1.5, 1.4 } }, pr_1 = { "PR-01", { 1.2, 2.9 } },
                         pr_3 = { "PR-03", { 1.5, 2.5 } };

Test(paired, differences_of_n_x_and_m_designs_are_covered)
{
    check(&(struct pair_of_desks){ n, x, "12 h", DESIGNS });
    check(&(struct pair_of_desks){ x, m, "12 h", DESIGNS });
    check(&(struct pair_of_desks){ n, m, "12 h", DESIGNS });
}

Test(paired, differences_of_priority_queues_are_covered)
{
    check(&(struct pair_of_desks){
        pr_1, pr_3, "24 h",
        { { "E_W", "tier.L1.wait_all_mean", 60, true },
          { "util", "pool.agents.occupancy", 1, false } } });
}
