/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits at time 0, from names and a distribution of ages to one entry a contact. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/plan_impl.h"

#define AGE_MOST_S (20 * 365.25 * DAY_S)

static bool refuse(struct compiler *compiler, const struct backlog_given *given, const char *key,
                   const char *hint, const char *what)
{
    return compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                       key, NULL, NULL, hint, "%s", what);
}

/* The place of a name among those of a stream; NONE where none is given. */
static uint32_t place_in_mix(struct compiler *compiler, const struct backlog_given *given,
                             const char *key, const char *name, const struct names *names,
                             const struct plan_mix *mix)
{
    const uint32_t index =
        name ? find_name(compiler, names, name, json_member(given->at, key)) : NONE;
    for (uint32_t i = 0; i < mix->n && index != NONE; i++)
        if (mix->index[i] == index)
            return i;
    if (index != NONE)
        refuse(compiler, given, key, "name one of those the stream brings, or add it there",
               "none of the stream's contacts are of this kind");
    return NONE;
}

/* Whether there is a queue for every class of the stream that they may be of. */
static bool all_may_wait(const struct compiler *compiler, const struct plan_backlog *of)
{
    const struct plan        *plan = compiler->plan;
    const struct plan_stream *stream = &plan->streams[of->stream];
    const uint32_t            n_segments = stream->segments.n;
    const uint32_t            n_each = stream->severities.n * n_segments;
    for (uint32_t i = 0; i < stream->issues.n * n_each; i++) {
        const size_t class = stream->class_base + (size_t)i;
        if ((of->issue == NONE || i / n_each == of->issue) &&
            (of->severity == NONE || i / n_segments % stream->severities.n == of->severity) &&
            (of->segment == NONE || i % n_segments == of->segment) &&
            plan->visits[class * plan->n_tiers + of->tier].queue == NONE)
            return false;
    }
    return true;
}

/* What the contacts of an entry have in common. */
static bool read_entry(struct compiler *compiler, const struct backlog_given *given,
                       struct plan_backlog *of)
{
    const struct plan *plan = compiler->plan;
    of->stream = given->stream ? find_name(compiler, &compiler->streams, given->stream,
                                           json_member(given->at, "stream")) : 0;
    if (!given->stream && plan->n_streams > 1)
        return refuse(compiler, given, "stream", NULL,
                      "the backlog must say its stream, for there are several");
    if (of->stream == NONE)
        return false;
    const struct plan_stream *stream = &plan->streams[of->stream];
    of->tier = given->tier ? find_name(compiler, &compiler->tiers, given->tier,
                                       json_member(given->at, "tier"))
                           : stream->enters_at.index[0];
    if (!given->tier && stream->enters_at.n > 1)
        return refuse(compiler, given, "tier", NULL,
                      "the backlog must say its tier, for the stream enters at several");
    of->issue = place_in_mix(compiler, given, "issue", given->issue, &compiler->issues,
                             &stream->issues);
    of->severity = place_in_mix(compiler, given, "severity", given->severity,
                                &compiler->severities, &stream->severities);
    of->segment = place_in_mix(compiler, given, "segment", given->segment, &compiler->segments,
                               &stream->segments);
    of->responded = given->responded;
    if (of->tier == NONE || !compiler->good)
        return false;
    return all_may_wait(compiler, of) ||
           refuse(compiler, given, "tier", "let them wait where a pool has the skill, or give a "
                  "pool of this tier the skill", "nobody of the tier has the skill they need");
}

/* Smallest x, not below `low`, with cdf(x) >= u. */
static double age_at(const struct dist *dist, double u, double low)
{
    if (dist->fast == DIST_CONSTANT)
        return dist->p[0];
    if (dist->kind->quantile)
        return dist->kind->quantile(dist, u);
    double high = fmax(2 * low, 1);
    while (dist_cdf(dist, high) < u && high < AGE_MOST_S)
        high *= 2;
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        if (dist_cdf(dist, middle) < u)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* The contacts of an entry, with ages at evenly spaced quantiles. */
static void put_entry(struct compiler *compiler, const struct backlog_given *given,
                      struct plan_backlog entry, uint32_t *ordinals, struct plan_backlog *all)
{
    struct dist age;
    double      last_s = 0;
    if (!dist_make(compiler->reader, &given->age, &age)) {
        compiler->good = false;
        return;
    }
    for (uint32_t i = 0; i < given->contacts; i++) {
        entry.age_s = last_s = fmax(0, age_at(&age, (i + 0.5) / given->contacts, last_s));
        if (!(entry.age_s <= AGE_MOST_S)) {
            refuse(compiler, given, "age", NULL, "contacts that are older than 20 years");
            return;
        }
        entry.ordinal = ORDINAL_BACKLOG + ordinals[entry.stream]++;
        all[i] = entry;
    }
}

static int oldest_first(const void *a, const void *b)
{
    const struct plan_backlog *x = a, *y = b;
    if (x->age_s != y->age_s)
        return x->age_s > y->age_s ? -1 : 1;
    if (x->stream != y->stream)
        return x->stream < y->stream ? -1 : 1;
    return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

void compile_backlog(struct compiler *compiler)
{
    const struct backlog_given *given = compiler->given->backlog.at;
    const uint32_t              n = compiler->given->backlog.n;
    uint64_t                    sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += given[i].contacts;
    if (sum > LIMIT_CONTACTS) {
        compiler->good = problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                       "more than %d contacts wait at time 0", LIMIT_CONTACTS);
        return;
    }
    struct plan_backlog *all = TAKE(compiler, (size_t)sum, struct plan_backlog);
    uint32_t            *ordinals = TAKE(compiler, compiler->plan->n_streams, uint32_t);
    if (sum == 0 || !all || !ordinals)
        return;
    uint32_t used = 0;
    for (uint32_t i = 0; i < n && compiler->good; i++) {
        struct plan_backlog entry = { 0 };
        if (!read_entry(compiler, &given[i], &entry))
            return;
        put_entry(compiler, &given[i], entry, ordinals, all + used);
        used += given[i].contacts;
    }
    if (!compiler->good)
        return;
    qsort(all, used, sizeof *all, oldest_first);
    compiler->plan->backlog = all;
    compiler->plan->n_backlog = used;
}
