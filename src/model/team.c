/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/team.h"

#include <math.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/scenario.h"

static bool may_learn(struct reader *reader, const struct pool_given *team,
                      const struct agent_given *agent)
{
    if (agent->experience == NOT_GIVEN || team->learning.at)
        return true;
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, agent->at, "experience", NULL, NULL,
                      "for example \"learning\": { \"rate\": \"90 %\" } in the pool",
                      "experience matters only where the pool says how its agents learn");
}

static struct pool_given agent_of(const struct pool_given *team, const struct agent_given *agent)
{
    struct pool_given pool = *team;
    pool.name = agent->name;
    pool.team = team->name;
    pool.line = agent->at;
    pool.roster = (struct list){ 0 };
    pool.agents = (struct profile_given){ .constant = agent->shift.n == 0, .value = 1,
                                          .windows = agent->shift, .at = agent->at };
    pool.started = agent->started;
    if (!isnan(agent->started))
        pool.agents.since = fmax(0, agent->started);
    if (agent->skills.n > 0)
        pool.skills = agent->skills;
    if (agent->helps.n > 0)
        pool.helps = agent->helps;
    if (!isnan(agent->authority))
        pool.authority = agent->authority;
    if (!isnan(agent->wage_per_h))
        pool.wage_per_h = agent->wage_per_h;
    if (!isnan(agent->time_factor))
        pool.time_factor = agent->time_factor;
    if (agent->experience != NOT_GIVEN)
        pool.learning.experience = agent->experience;
    return pool;
}

bool teams_make(struct reader *reader, struct list *pools)
{
    struct pool_given *given = pools->at;
    uint32_t           n = 0;
    bool               good = true, any = false;
    for (uint32_t i = 0; i < pools->n; i++) {
        const bool named = given[i].roster.n > 0;
        good &= !named || roster_read_files(reader, &given[i]);
        n += named ? given[i].roster.n : 1;
        any |= named;
    }
    if (good && any && n > LIMIT_POOLS)
        return problem_plain(reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                             "%u agents by name and pools in one tier; at most %d are allowed", n,
                             LIMIT_POOLS);
    struct pool_given *all = good && any ? ARENA_ARRAY(reader->arena, n, struct pool_given) : NULL;
    if (!all)
        return good && !any;
    n = 0;
    for (uint32_t i = 0; i < pools->n; i++) {
        const struct agent_given *agents = given[i].roster.at;
        if (given[i].roster.n == 0)
            all[n++] = given[i];
        for (uint32_t k = 0; k < given[i].roster.n; k++) {
            good &= may_learn(reader, &given[i], &agents[k]);
            all[n++] = agent_of(&given[i], &agents[k]);
        }
    }
    *pools = (struct list){ .at = all, .n = n };
    return good;
}
