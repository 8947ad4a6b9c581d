/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/dist.h"

#include <string.h>

#include "base/text.h"
#include "kernel/dist_impl.h"

double dist_draw_other(const struct dist *dist, struct rng_key key, uint64_t purpose,
                       uint32_t entity, uint32_t visit, const struct rng_block *block)
{
    struct rng rng = rng_from(key, purpose, entity, visit, *block);
    return dist->kind->draw(dist, &rng);
}

double dist_mean(const struct dist *dist)
{
    return dist->kind->mean(dist);
}

double dist_variance(const struct dist *dist)
{
    return dist->kind->variance(dist);
}

double dist_cdf(const struct dist *dist, double x)
{
    return isinf(x) ? (double)(x > 0.0) : dist->kind->cdf(dist, x);
}

struct dist dist_constant(double value)
{
    return (struct dist){ .fast = DIST_CONSTANT, .p = { value }, .kind = &dist_kind_constant };
}

bool dist_make(struct reader *reader, const struct choice *choice, struct dist *dist)
{
    TSIM_ASSERT(choice->kind && choice->given);
    /* The catalogue's row is the first member of the whole one. */
    const struct dist_kind *kind = (const struct dist_kind *)(const void *)choice->kind;
    *dist = (struct dist){ .kind = kind };
    if (!kind->make(reader, choice->at, choice->given, dist))
        return false;

    const double mean = dist_mean(dist);
    if (mean >= 0.0 && mean <= DIST_MOST)
        return true;
    char found[64];
    struct text text;
    text_open(&text, found, sizeof found);
    text_add(&text, mean > DIST_MOST ? "a mean of %g" : "no finite mean", mean);
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, choice->at, NULL,
                      "parameters whose mean is finite and at most 3.2e10 (1000 years)", found,
                      NULL, "the parameters of this %s distribution are too extreme",
                      kind->kind.name);
}

bool dist_written(const struct json *at, const char *key)
{
    return at->type == JSON_OBJECT && json_member(at, key);
}

double dist_draw_inverse(const struct dist *dist, struct rng *rng)
{
    return dist->kind->quantile(dist, rng_unit(rng));
}

/* Adds the keys of a form, as "a", "b" and "c". */
static void add_keys(struct text *text, const struct dist_form *form)
{
    for (size_t i = 0; i < DIST_KEYS && form->keys[i]; i++) {
        const bool last = i + 1 == DIST_KEYS || !form->keys[i + 1];
        text_add(text, "%s\"%s\"", i == 0 ? "" : last ? " and " : ", ", form->keys[i]);
    }
}

/* Whether all keys that are written, of any form, are the keys of forms[which] and all of them. */
static bool form_matches(const struct json *at, const struct dist_form *forms, size_t n,
                         size_t which)
{
    size_t own = 0, written_own = 0;
    for (size_t k = 0; k < DIST_KEYS && forms[which].keys[k]; k++) {
        own++;
        written_own += dist_written(at, forms[which].keys[k]);
    }
    if (written_own < own)
        return false;
    JSON_EACH (member, at) {
        bool mine = false, known = false;
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < DIST_KEYS && forms[i].keys[k]; k++) {
                const bool same = strcmp(member->key, forms[i].keys[k]) == 0;
                known |= same;
                mine |= same && i == which;
            }
        }
        if (known && !mine)
            return false;
    }
    return true;
}

int dist_form(struct reader *reader, const struct json *at, const struct dist_form *forms,
              size_t n)
{
    char expected[256], found[256];
    struct text text;

    for (size_t i = 0; i < n; i++) {
        if (form_matches(at, forms, n, i))
            return (int)i;
    }
    text_open(&text, expected, sizeof expected);
    text_add(&text, n == 1 ? "" : "exactly one form: ");
    for (size_t i = 0; i < n; i++) {
        text_add(&text, i == 0 ? "" : "; or ");
        add_keys(&text, &forms[i]);
    }
    text_open(&text, found, sizeof found);
    JSON_EACH (member, at) {
        if (strcmp(member->key, "kind") != 0)
            text_add(&text, "%s\"%s\"", text.length ? ", " : "", member->key);
    }
    problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL, expected,
               text.length ? found : "none of them", NULL,
               "the parameters of this distribution are incomplete or mixed");
    return -1;
}

struct dist *dist_parts(struct reader *reader, uint32_t n)
{
    return ARENA_ARRAY(reader->arena, n, struct dist);
}

double *dist_cumulate(struct reader *reader, const struct json *at, const char *key,
                      const struct numbers *shares)
{
    double *table = ARENA_ARRAY(reader->arena, shares->n, double);
    double sum = 0.0;

    if (!table)
        return NULL;
    for (uint32_t i = 0; i < shares->n; i++) {
        sum += shares->at[i];
        table[i] = sum;
    }
    if (!(sum > 1.0 - 1e-6 && sum < 1.0 + 1e-6)) {
        char found[64];
        struct text text;
        text_open(&text, found, sizeof found);
        text_add(&text, "%.9g", sum);
        const struct json *node = json_member(at, key);
        problem_at(reader->problems, TSIM_PROBLEM_INPUT, node ? node : at, NULL,
                   "shares that add up to 1", found, NULL, "the shares do not add up to 1");
        return NULL;
    }
    for (uint32_t i = 0; i < shares->n; i++)
        table[i] = table[i] >= sum ? 1.0 : table[i] / sum;
    return table;
}

uint32_t dist_search(const double *cumulative, uint32_t n, double u)
{
    uint32_t low = 0, high = n - 1;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (cumulative[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool shorthand(struct reader *reader, const struct json *node, struct choice *choice)
{
    struct dist_constant_given *given = ARENA_NEW(reader->arena, struct dist_constant_given);

    if (!given)
        return false;
    *choice = (struct choice){ .kind = &dist_kind_constant.kind, .given = given, .at = node };
    return reader->quantity == QUANTITY_TIME
        ? read_duration(reader, node, 0.0, DIST_MOST, &given->value)
        : read_number(reader, node, 0.0, DIST_MOST, &given->value);
}

static const struct kind *const kinds[] = {
    &dist_kind_constant.kind,
    &dist_kind_uniform.kind,
    &dist_kind_triangular.kind,
    &dist_kind_exponential.kind,
    &dist_kind_erlang.kind,
    &dist_kind_gamma.kind,
    &dist_kind_lognormal.kind,
    &dist_kind_weibull.kind,
    &dist_kind_hyperexponential.kind,
    &dist_kind_log_logistic.kind,
    &dist_kind_pareto.kind,
    &dist_kind_beta.kind,
    &dist_kind_truncated.kind,
    &dist_kind_shifted.kind,
    &dist_kind_mixture.kind,
    &dist_kind_empirical.kind,
    &dist_kind_discrete.kind,
    &dist_kind_poisson.kind,
    &dist_kind_negative_binomial.kind,
    &dist_kind_binomial.kind,
    &dist_kind_geometric.kind,
    NULL,
};

const struct family dist_family = {
    .name = "distribution",
    .summary = "How a duration, an amount of money or a count varies from case to case.",
    .kinds = kinds,
    .shorthand = shorthand,
    .shorthand_doc = "\"8 min\" or 25 for a constant",
    .shorthand_schema = "\"type\": [\"string\", \"number\"]",
};
