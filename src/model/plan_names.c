/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario gives names to; they must differ among their kind. */
#include <stdlib.h>
#include <string.h>

#include "model/plan_impl.h"

struct named {
    const char        *name;
    const struct json *at;
    uint32_t           order;
};

static int name_order(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    const int           order = strcmp(x->name, y->name);
    return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

/* Every name that stood before is a problem where it stands again. */
static void check_different(struct compiler *compiler, const char *what, struct named *sorted,
                            uint32_t n)
{
    qsort(sorted, n, sizeof *sorted, name_order);
    for (uint32_t i = 1; i < n; i++) {
        if (strcmp(sorted[i - 1].name, sorted[i].name) != 0)
            continue;
        problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, sorted[i].at, NULL, NULL, NULL,
                   "give each its own name", "\"%s\" is already the name of %s", sorted[i].name,
                   what);
        compiler->good = false;
    }
}

/* Collects the names of the objects in `n_lists` lists, which must differ; with none, the one
 * default. */
static struct names collect_names(struct compiler *compiler, const char *what,
                                  const struct json *const *lists, uint32_t n_lists,
                                  const char *fallback)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_lists; i++)
        n += lists[i] ? lists[i]->size : 0;
    const char  **at = TAKE(compiler, n + 1, const char *);
    struct named *named = TAKE(compiler, n + 1, struct named);
    if (!at || !named)
        return (struct names){ .what = what };
    n = 0;
    for (uint32_t i = 0; i < n_lists; i++) {
        if (!lists[i])
            continue;
        JSON_EACH(element, lists[i])
        {
            const struct json *name = json_bare_member(element, "name");
            named[n] = (struct named){ name->string, name, n };
            at[n++] = name->string;
        }
    }
    check_different(compiler, what, named, n);
    if (n == 0 && fallback)
        at[n++] = fallback;
    return (struct names){ .what = what, .at = at, .n = n };
}

struct names names_under(struct compiler *compiler, const char *what, const char *key,
                         const char *fallback)
{
    const struct json *const list = json_member(compiler->given->at, key);
    struct names             names = collect_names(compiler, what, &list, 1, fallback);
    names.key = key;
    return names;
}

/* Names of pools, and of teams: pools that are the agents of their rosters. */
static void name_pools(struct compiler *compiler)
{
    const struct tier_given *tiers = compiler->given->tiers.at;
    uint32_t                 most = 0, n = 0, all = 0, n_teams = 0;
    for (uint32_t t = 0; t < compiler->given->tiers.n; t++)
        most += tiers[t].pools.n;
    const char  **pools = TAKE(compiler, most, const char *);
    const char  **teams = TAKE(compiler, most, const char *);
    uint32_t     *base = TAKE(compiler, most, uint32_t), *agents = TAKE(compiler, most, uint32_t);
    struct named *named = TAKE(compiler, 2 * (size_t)most, struct named);
    if (!pools || !teams || !base || !agents || !named)
        return;
    for (uint32_t t = 0; t < compiler->given->tiers.n; t++) {
        const struct pool_given *given = tiers[t].pools.at;
        for (uint32_t p = 0; p < tiers[t].pools.n; p++) {
            const struct json *at = given[p].line ? given[p].line : given[p].at;
            if (given[p].team && (p == 0 || given[p - 1].at != given[p].at)) {
                named[all] = (struct named){ given[p].team, json_member(given[p].at, "name"), all };
                base[n_teams] = n;
                teams[n_teams++] = given[p].team;
                all++;
            }
            if (given[p].team)
                agents[n_teams - 1]++;
            named[all] = (struct named){ given[p].name, json_member(at, "name"), all };
            if (!named[all].at) /* it stands in a file */
                named[all].at = json_member(at, "csv");
            all++;
            pools[n++] = given[p].name;
        }
    }
    check_different(compiler, "a pool", named, all);
    compiler->pools = (struct names){ .what = "a pool", .at = pools, .n = n };
    compiler->teams = (struct names){ .what = "a pool", .at = teams, .n = n_teams };
    compiler->team_base = base;
    compiler->team_pools = agents;
}

void compile_names(struct compiler *compiler)
{
    compiler->tiers = names_under(compiler, "a tier", "tiers", NULL);
    name_pools(compiler);
    compiler->channels = names_under(compiler, "a channel", "channels", "phone");
    compiler->issues = names_under(compiler, "an issue type", "issue_types", "general");
    compiler->severities = names_under(compiler, "a severity", "severities", "normal");
    compiler->segments = names_under(compiler, "a segment", "segments", "standard");
    compiler->streams = names_under(compiler, "a stream", "streams", NULL);
    compiler->slas = names_under(compiler, "an SLA target", "sla", NULL);
    if (!compiler->good)
        return;
    compiler->plan->n_tiers = compiler->tiers.n;
    compiler->plan->n_pools = compiler->pools.n;
    compiler->plan->n_channels = compiler->channels.n;
    compiler->plan->n_issues = compiler->issues.n;
    compiler->plan->n_severities = compiler->severities.n;
    compiler->plan->n_segments = compiler->segments.n;
    compiler->plan->n_slas = compiler->slas.n;
    compiler->plan->issue_names = compiler->issues.at;
    compiler->plan->severity_names = compiler->severities.at;
    compiler->plan->segment_names = compiler->segments.at;
    if (compiler->pools.n > LIMIT_POOLS)
        compiler->good = problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                       "%u pools; at most %d are allowed", compiler->pools.n,
                                       LIMIT_POOLS);
}
