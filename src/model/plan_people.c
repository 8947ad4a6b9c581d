/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiers, pools, the queues between them, and what happens to each class at each tier.
 *
 * A tier has one queue for every skill that contacts may need there, one for contacts whose skill
 * nobody has (where the tier does triage), and one for every pool that the escalation matrix names.
 */
#include <math.h>
#include <string.h>

#include "model/plan_impl.h"

struct people {
    const char **skills; /* all skills of issue types, each once */
    uint32_t     n_skills;
    uint32_t    *issue_skill;          /* [issue] */
    uint32_t    *skill_queue;          /* [tier * n_skills + skill]: NONE or a queue */
    bool        *skill_triage;         /* the same: nobody has it */
    const struct dist **handling, **wrap_up; /* [tier * n_issues + issue] */
    double      *resolves;
    const struct dist **triage;        /* [tier] */
};

static uint32_t skill_index(struct people *people, const char *skill)
{
    for (uint32_t i = 0; i < people->n_skills; i++)
        if (strcmp(people->skills[i], skill) == 0)
            return i;
    people->skills[people->n_skills] = skill;
    return people->n_skills++;
}

static void collect_skills(struct compiler *compiler, struct people *people)
{
    const struct issue_given *issues = compiler->given->issues.at;
    const uint32_t            n = compiler->plan->n_issues;
    people->skills = TAKE(compiler, n, const char *);
    people->issue_skill = TAKE(compiler, n, uint32_t);
    if (!compiler->good)
        return;
    for (uint32_t i = 0; i < n; i++)
        people->issue_skill[i] =
            skill_index(people, compiler->given->issues.n ? issues[i].skill : "general");
    if (people->n_skills > LIMIT_SKILLS)
        compiler->good = problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                       "%u skills; at most %d are allowed", people->n_skills,
                                       LIMIT_SKILLS);
}

/* ---- pools and tiers */

/* Whether nobody is on the floor at some time of the week. */
static bool closes(const struct profile *agents)
{
    for (uint32_t i = 0; i < agents->n; i++)
        if (agents->value[i] == 0)
            return true;
    return false;
}

static void compile_pool(struct compiler *compiler, const struct pool_given *given, uint32_t tier,
                         struct plan_pool *pool)
{
    pool->name = given->name;
    pool->tier = tier;
    pool->authority = given->authority;
    pool->queue_ratio = given->queue_ratio;
    pool->wage_per_h = given->wage_per_h;
    pool->overtime_factor = given->overtime_factor;
    pool->concession_factor = given->concession_factor;
    pool->task_factor = given->time_factor / (1 - given->supervision);
    pool->is_agent = given->team != NULL;
    pool->shrinkage = given->shrinkage;
    pool->fee_per_contact = given->fee_per_contact;
    pool->size_least = given->sizing.at_least;
    pool->size_most = given->sizing.at_most;
    pool->fee_per_h = given->fee_per_h;
    pool->improvement_cost = given->training.level * given->training.cost_per_agent_day +
                             compiler->given->requests.empathy *
                                 compiler->given->requests.cost_per_agent_day;
    compiler->plan->trained |= given->training.level * given->training.gain > 0;
    pool->agent_base = compiler->plan->n_agents;
    if (!profile_compile(compiler->reader, &given->agents, compiler->given->run.start_s,
                         &pool->agents)) {
        compiler->good = false;
        return;
    }
    if (pool->is_agent && pool->agents.most > 1)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->line,
                                    "shift", NULL, NULL, "an agent is on the floor once at a time",
                                    "the shifts of \"%s\" overlap", given->name);
    compile_shifts(compiler, given, pool);
    compile_duties(compiler, given, pool);
    if (pool->agents_most > LIMIT_AGENTS_POOL)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_LIMIT, given->at,
                                    "agents", NULL, NULL, NULL,
                                    "%.0f agents at once in one pool; at most %d are allowed",
                                    fmax(pool->agents.most, pool->agents_most),
                                    LIMIT_AGENTS_POOL);
    compiler->plan->n_agents += pool->agents_most;
    if (compiler->plan->n_agents > LIMIT_AGENTS)
        compiler->good = problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                       "more than %d agents in all", LIMIT_AGENTS);
}

static void compile_tiers(struct compiler *compiler)
{
    const struct tier_given *given = compiler->given->tiers.at;
    struct plan             *plan = compiler->plan;
    struct plan_tier        *tiers = TAKE(compiler, plan->n_tiers, struct plan_tier);
    struct plan_pool        *pools = TAKE(compiler, plan->n_pools, struct plan_pool);
    if (!tiers || !pools)
        return;
    uint32_t pool = 0;
    for (uint32_t t = 0; t < plan->n_tiers && compiler->good; t++) {
        tiers[t] = (struct plan_tier){
            .name = given[t].name,
            .pool_base = pool,
            .n_pools = given[t].pools.n,
            .order = order_of(&given[t].queue.order),
            .selection = selection_of(&given[t].selection),
            .capacity = given[t].queue.capacity,
            .waits_for = (enum waits_for)given[t].queue.waits_for,
            .preempts = given[t].queue.preempts,
            .answer_within_s = given[t].answer_within_s,
            .short_abandon_s = given[t].short_abandon_s,
            .restarts = given[t].interrupted == INTERRUPTED_RESTARTS,
            .handling_by_hour = compile_hours(compiler, &given[t].handling_by_hour),
        };
        const struct pool_given *pool_given = given[t].pools.at;
        tiers[t].authority = -INFINITY;
        tiers[t].closes = true;
        for (uint32_t p = 0; p < given[t].pools.n && compiler->good; p++, pool++) {
            const bool same_row = p > 0 && pool_given[p].at == pool_given[p - 1].at;
            pools[pool].number = (t + 1) * POOL_NUMBERS + p + 1;
            pools[pool].team = same_row ? pools[pool - 1].team : pool;
            pools[pool].row = p == 0 ? 0 : pools[pool - 1].row + !same_row;
            compile_pool(compiler, &pool_given[p], t, &pools[pool]);
            tiers[t].closes = tiers[t].closes && (pools[pool].absence > 0 ||
                                                  pools[pool].n_duties > 0 ||
                                                  closes(&pools[pool].agents));
            tiers[t].rationed = tiers[t].rationed || pools[pool].queue_ratio > 0;
            if (pools[pool].agents_most > 0)
                tiers[t].authority = fmax(tiers[t].authority, pools[pool].authority);
        }
    }
    plan->tiers = tiers;
    plan->pools = pools;
}

/* ---- work */

static void make_work(struct compiler *compiler, struct people *people)
{
    const struct tier_given *tiers = compiler->given->tiers.at;
    const uint32_t           n_issues = compiler->plan->n_issues;
    const size_t             n = (size_t)compiler->plan->n_tiers * n_issues;
    people->handling = TAKE(compiler, n, const struct dist *);
    people->wrap_up = TAKE(compiler, n, const struct dist *);
    people->resolves = TAKE(compiler, n, double);
    people->triage = TAKE(compiler, compiler->plan->n_tiers, const struct dist *);
    if (!compiler->good)
        return;
    for (uint32_t t = 0; t < compiler->plan->n_tiers; t++) {
        const struct dist *handling = make_time(compiler, &tiers[t].handling);
        const struct dist *wrap_up = make_time(compiler, &tiers[t].wrap_up);
        people->triage[t] = make_time(compiler, &tiers[t].triage);
        for (uint32_t i = 0; i < n_issues; i++) {
            people->handling[t * n_issues + i] = handling;
            people->wrap_up[t * n_issues + i] = wrap_up;
            people->resolves[t * n_issues + i] = tiers[t].resolves;
        }
        const struct work_given *work = tiers[t].by_issue.at;
        for (uint32_t k = 0; k < tiers[t].by_issue.n; k++) {
            const uint32_t i = find_name(compiler, &compiler->issues, work[k].issue,
                                         json_member(work[k].at, "issue"));
            if (i == NONE)
                continue;
            const size_t at = (size_t)t * n_issues + i;
            if (work[k].handling.kind)
                people->handling[at] = make_time(compiler, &work[k].handling);
            if (work[k].wrap_up.kind)
                people->wrap_up[at] = make_time(compiler, &work[k].wrap_up);
            if (json_member(work[k].at, "resolves"))
                people->resolves[at] = work[k].resolves;
        }
    }
}

/* ---- queues */

const struct pool_given *pool_given_of(const struct compiler *compiler, uint32_t pool)
{
    const struct plan_pool  *plan_pool = &compiler->plan->pools[pool];
    const struct tier_given *tier =
        (const struct tier_given *)compiler->given->tiers.at + plan_pool->tier;
    return (const struct pool_given *)tier->pools.at +
           (pool - compiler->plan->tiers[plan_pool->tier].pool_base);
}

const struct skill_given *skill_of(const struct pool_given *pool, const char *skill, bool *any)
{
    const struct skill_given *skills = pool->skills.at;
    *any = pool->skills.n == 0;
    for (uint32_t i = 0; i < pool->skills.n; i++)
        if (strcmp(skills[i].skill, skill) == 0)
            return &skills[i];
    return NULL;
}

struct plan_server server_of(const struct compiler *compiler, uint32_t pool, uint32_t queue,
                             const struct skill_given *skill)
{
    const struct training_given *training = &pool_given_of(compiler, pool)->training;
    struct plan_server server = { .pool = pool, .queue = queue, .factor = 1, .resolves = -1,
                                  .fails = 1 - training->level * training->gain,
                                  .queue_weight = 1, .pool_weight = 1 };
    if (skill) {
        server.factor = skill->time_factor;
        server.preference = skill->preference;
        server.queue_preference = skill->queue_preference;
        server.queue_weight = skill->queue_weight;
        server.pool_weight = skill->pool_weight;
        if (json_member(skill->at, "resolves"))
            server.resolves = skill->resolves;
    }
    server.factor *= compiler->plan->pools[pool].task_factor;
    server.factor *= 1 - training->level * training->saving;
    return server;
}

/* Sorts the servers of a queue by the preference their pools state for the skill, keeping the
 * listed order among equals (insertion, for a tier has few pools). */
static void sort_servers(struct plan_server *servers, double *preference, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k > 0 && preference[k] < preference[k - 1]; k--) {
            const struct plan_server server = servers[k];
            const double             value = preference[k];
            servers[k] = servers[k - 1];
            preference[k] = preference[k - 1];
            servers[k - 1] = server;
            preference[k - 1] = value;
        }
}

/* The pools of tier t that have a skill (`skill` NULL: all pools). */
static uint32_t find_servers(struct compiler *compiler, uint32_t t, const char *skill,
                             uint32_t queue, struct plan_server *servers, double *preference)
{
    const struct plan_tier *tier = &compiler->plan->tiers[t];
    uint32_t                n = 0;
    for (uint32_t p = tier->pool_base; p < tier->pool_base + tier->n_pools; p++) {
        bool                      any = true;
        const struct skill_given *given = NULL;
        if (skill)
            given = skill_of(pool_given_of(compiler, p), skill, &any);
        if (!given && !any)
            continue;
        preference[n] = given ? (double)given->preference : 0;
        servers[n++] = server_of(compiler, p, queue, given);
    }
    sort_servers(servers, preference, n);
    return n;
}

static void add_queue(struct compiler *compiler, struct plan_queue *queues, uint32_t tier,
                      const struct plan_server *found, uint32_t n)
{
    struct plan_server *servers = TAKE(compiler, n, struct plan_server);
    if (!servers)
        return;
    memcpy(servers, found, n * sizeof *servers);
    queues[compiler->plan->n_queues++] =
        (struct plan_queue){ .tier = tier, .beside = NONE, .n_servers = n, .servers = servers };
}

/* A queue for each pool that serves the last queue, where contacts wait for one of them. */
static void add_own_queues(struct compiler *compiler, struct plan_queue *queues, uint32_t tier)
{
    struct plan      *plan = compiler->plan;
    struct plan_queue *shared = &queues[plan->n_queues - 1];
    if (plan->tiers[tier].waits_for == WAITS_FOR_ANYBODY || shared->n_servers < 2)
        return;
    shared->own = plan->n_queues;
    for (uint32_t i = 0; i < shared->n_servers; i++) {
        struct plan_server server = shared->servers[i];
        server.queue = plan->n_queues;
        add_queue(compiler, queues, tier, &server, 1);
    }
    plan->parts = true;
}

/* Queues by skill, one tier after another. */
static void compile_skill_queues(struct compiler *compiler, struct people *people,
                                 struct plan_queue *queues, struct plan_server *found,
                                 double *preference, struct plan_tier *tier, uint32_t t)
{
    uint32_t triage_queue = NONE;
    for (uint32_t s = 0; s < people->n_skills; s++) {
        const size_t   at = (size_t)t * people->n_skills + s;
        const uint32_t queue = compiler->plan->n_queues;
        const uint32_t n = find_servers(compiler, t, people->skills[s], queue, found, preference);
        people->skill_queue[at] = NONE;
        if (n > 0) {
            add_queue(compiler, queues, t, found, n);
            if (compiler->good)
                add_own_queues(compiler, queues, t);
            people->skill_queue[at] = queue;
            continue;
        }
        people->skill_triage[at] = true;
        if (!people->triage[t])
            continue;
        if (triage_queue == NONE) {
            triage_queue = queue;
            add_queue(compiler, queues, t, found,
                      find_servers(compiler, t, NULL, queue, found, preference));
        }
        people->skill_queue[at] = triage_queue;
    }
    tier->n_queues = compiler->plan->n_queues - tier->queue_base;
}

/* True when the escalation matrix may send contacts to a pool or team of that name, or tasks are
 * its own. */
static bool is_sent_to(const struct compiler *compiler, const char *name)
{
    const struct escalation_given *rules = compiler->given->escalation.at;
    const struct root_cause_given *causes = compiler->given->root_causes.at;
    if (compiler->given->chasing.by && strcmp(compiler->given->chasing.by, name) == 0)
        return true;
    if (compiler->given->follow_up.by && strcmp(compiler->given->follow_up.by, name) == 0)
        return true;
    for (uint32_t i = 0; i < compiler->given->root_causes.n; i++)
        if (strcmp(causes[i].by, name) == 0)
            return true;
    for (uint32_t i = 0; i < compiler->given->escalation.n; i++)
        for (uint32_t k = 0; k < rules[i].to.n; k++)
            if (strcmp(rules[i].to.at[k].name, name) == 0)
                return true;
    return false;
}

/* A queue of its own for a pool that contacts are sent to by name; NONE where that cannot be. */
static uint32_t add_pool_queue(struct compiler *compiler, struct plan_queue *queues, uint32_t p)
{
    const struct plan *plan = compiler->plan;
    const bool         by_policy = compiler->policy && compiler->policy->escalate;
    const bool by_authority = !plan->pools[p].is_agent && is_sent_to(compiler, "authority");
    if (!by_policy && !by_authority && !is_sent_to(compiler, plan->pools[p].name))
        return NONE;
    const uint32_t           queue = plan->n_queues;
    const struct plan_server server = server_of(compiler, p, queue, NULL);
    add_queue(compiler, queues, plan->pools[p].tier, &server, 1);
    return queue;
}

/* A queue of those of a team's agents who have at least some authority. */
static uint32_t add_team_queue(struct compiler *compiler, struct plan_queue *queues, uint32_t team,
                               double authority)
{
    const struct plan  *plan = compiler->plan;
    const uint32_t      queue = plan->n_queues;
    struct plan_server *servers = TAKE(compiler, plan->n_pools, struct plan_server);
    uint32_t            n = 0;
    for (uint32_t p = team; servers && p < plan->n_pools && plan->pools[p].team == team; p++)
        if (plan->pools[p].authority >= authority)
            servers[n++] = server_of(compiler, p, queue, NULL);
    if (n == 0)
        return NONE;
    add_queue(compiler, queues, plan->pools[team].tier, servers, n);
    queues[queue].of_team = true;
    return queue;
}

/* The queues of teams of a tier: of each that is sent to by name, and of those of it who may
 * approve as much as an agent of it, where authority is sought. */
static void compile_team_queues(struct compiler *compiler, struct plan_queue *queues, uint32_t t,
                                uint32_t *team_queue, uint32_t *peer_queue)
{
    struct plan *plan = compiler->plan;
    for (uint32_t i = 0; i < compiler->teams.n; i++) {
        const uint32_t base = compiler->team_base[i], end = base + compiler->team_pools[i];
        if (plan->pools[base].tier != t)
            continue;
        team_queue[i] = is_sent_to(compiler, compiler->teams.at[i])
                            ? add_team_queue(compiler, queues, base, -INFINITY) : NONE;
        for (uint32_t p = base; p < end && is_sent_to(compiler, "authority"); p++) {
            uint32_t like = base;
            while (plan->pools[like].authority < plan->pools[p].authority ||
                   plan->pools[like].authority > plan->pools[p].authority)
                like++;
            peer_queue[p] = like < p ? peer_queue[like]
                                     : add_team_queue(compiler, queues, base,
                                                      plan->pools[p].authority);
            if (like == p && team_queue[i] != NONE &&
                queues[peer_queue[p]].n_servers == queues[team_queue[i]].n_servers) {
                plan->n_queues--; /* all of them: the team's */
                peer_queue[p] = team_queue[i];
            }
        }
    }
}

static void compile_queues(struct compiler *compiler, struct people *people)
{
    struct plan        *plan = compiler->plan;
    const size_t        most = (size_t)plan->n_tiers * people->n_skills + plan->n_tiers +
                        3 * (size_t)plan->n_pools + (size_t)plan->n_pools * people->n_skills;
    struct plan_queue  *queues = TAKE(compiler, most, struct plan_queue);
    struct plan_server *found = TAKE(compiler, plan->n_pools, struct plan_server);
    double             *preference = TAKE(compiler, plan->n_pools, double);
    uint32_t           *pool_queue = TAKE(compiler, plan->n_pools, uint32_t);
    uint32_t           *peer_queue = TAKE(compiler, plan->n_pools, uint32_t);
    uint32_t           *team_queue = TAKE(compiler, compiler->teams.n, uint32_t);
    struct plan_tier   *tiers = TAKE(compiler, plan->n_tiers, struct plan_tier);
    people->skill_queue = TAKE(compiler, (size_t)plan->n_tiers * people->n_skills, uint32_t);
    people->skill_triage = TAKE(compiler, (size_t)plan->n_tiers * people->n_skills, bool);
    if (!compiler->good)
        return;
    memcpy(tiers, plan->tiers, plan->n_tiers * sizeof *tiers);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        tiers[t].queue_base = plan->n_queues;
        compile_skill_queues(compiler, people, queues, found, preference, &tiers[t], t);
        for (uint32_t p = tiers[t].pool_base; p < tiers[t].pool_base + tiers[t].n_pools; p++) {
            pool_queue[p] = add_pool_queue(compiler, queues, p);
            peer_queue[p] = NONE;
        }
        compile_team_queues(compiler, queues, t, team_queue, peer_queue);
        tiers[t].n_queues = plan->n_queues - tiers[t].queue_base;
        tiers[t].simple = tiers[t].n_queues == 1 && tiers[t].n_pools == 1 &&
                          !tiers[t].order->by_key &&
                          (!tiers[t].order->by_level || plan->n_levels == 1);
    }
    plan->queues = queues;
    plan->pool_queue = pool_queue;
    plan->peer_queue = peer_queue;
    plan->tiers = tiers;
    compiler->team_queue = team_queue;
}

/* Puts a queue into the list of a pool that serves it, unless it is there; returns how many. */
static uint32_t list_queue(const struct plan_queue *queue, uint32_t p, struct plan_server *list,
                           bool *listed)
{
    for (uint32_t k = 0; k < queue->n_servers && !*listed; k++)
        if (queue->servers[k].pool == p) {
            *list = queue->servers[k];
            *listed = true;
            return 1;
        }
    return 0;
}

/* The queues of each pool: in the order of its skills, the one sent to it by name first, triage
 * last; for pools without listed skills in the order of the tier. */
static void list_pool_queues(struct compiler *compiler, struct people *people)
{
    struct plan      *plan = compiler->plan;
    struct plan_pool *pools = TAKE(compiler, plan->n_pools, struct plan_pool);
    if (!pools)
        return;
    memcpy(pools, plan->pools, plan->n_pools * sizeof *pools);
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const struct plan_tier *tier = &plan->tiers[pools[p].tier];
        struct plan_server     *list = TAKE(compiler, tier->n_queues, struct plan_server);
        bool                   *listed = TAKE(compiler, tier->n_queues, bool);
        if (!list || !listed)
            return;
        const struct pool_given  *given = pool_given_of(compiler, p);
        const struct skill_given *skills = given->skills.at;
        uint32_t                  n = 0;
        pools[p].n_skills = given->skills.n ? given->skills.n : people->n_skills;
        if (plan->pool_queue[p] != NONE) {
            list[n++] = server_of(compiler, p, plan->pool_queue[p], NULL);
            listed[plan->pool_queue[p] - tier->queue_base] = true;
        }
        for (uint32_t q = 0; pools[p].is_agent && q < tier->n_queues; q++)
            if (plan->queues[tier->queue_base + q].of_team)
                n += list_queue(&plan->queues[tier->queue_base + q], p, &list[n], &listed[q]);
        for (uint32_t i = 0; i < given->skills.n; i++) {
            uint32_t s = 0;
            while (s < people->n_skills && strcmp(people->skills[s], skills[i].skill) != 0)
                s++;
            const uint32_t queue = s == people->n_skills ? NONE :
                people->skill_queue[(size_t)pools[p].tier * people->n_skills + s];
            if (queue == NONE || listed[queue - tier->queue_base])
                continue;
            list[n++] = server_of(compiler, p, queue, &skills[i]);
            listed[queue - tier->queue_base] = true;
            for (uint32_t k = 0; plan->queues[queue].own && k < plan->queues[queue].n_servers; k++)
                if (plan->queues[queue].servers[k].pool == p) {
                    const uint32_t own = plan->queues[queue].own + k;
                    list[n++] = plan->queues[own].servers[0];
                    listed[own - tier->queue_base] = true;
                }
        }
        for (uint32_t q = 0; q < tier->n_queues; q++)
            n += list_queue(&plan->queues[tier->queue_base + q], p, &list[n], &listed[q]);
        pools[p].queues = list;
        pools[p].n_queues = n;
    }
    plan->pools = pools;
}

/* ---- visits */

/* How long customers wait: the rows of patience_at of all channels one after another, from
 * first[channel] on, and behind them the channel's own (NULL: for ever). */
struct patience {
    const struct dist **rows;
    uint32_t           *first;
};

static void check_patience(struct compiler *compiler, const struct patience_at *at)
{
    check_names(compiler, &at->tier, &compiler->tiers);
    check_names(compiler, &at->segment, &compiler->segments);
    check_names(compiler, &at->severity, &compiler->severities);
    check_names(compiler, &at->issue, &compiler->issues);
}

static struct patience make_patiences(struct compiler *compiler)
{
    const struct list          *list = &compiler->given->channels;
    const struct channel_given *channels = list->at;
    uint32_t                    n = compiler->plan->n_channels;
    for (uint32_t c = 0; c < list->n; c++)
        n += channels[c].patience_at.n;
    const struct patience patience = { TAKE(compiler, n, const struct dist *),
                                       TAKE(compiler, compiler->plan->n_channels, uint32_t) };
    n = 0;
    for (uint32_t c = 0; c < list->n && patience.rows && patience.first; c++) {
        const struct patience_at *at = channels[c].patience_at.at;
        patience.first[c] = n;
        for (uint32_t k = 0; k < channels[c].patience_at.n; k++) {
            check_patience(compiler, &at[k]);
            patience.rows[n++] = make_time_or_zero(compiler, &at[k].patience);
        }
        patience.rows[n++] = make_time_or_zero(compiler, &channels[c].patience);
    }
    return patience;
}

/* Of the customers of a class in the queues of a tier: the first row that is for them. */
static const struct dist *patience_of_class(const struct compiler *compiler,
                                            const struct patience *patience,
                                            const struct plan_class *class, uint32_t t)
{
    const struct list          *list = &compiler->given->channels;
    const struct channel_given *channels = list->at;
    uint32_t                    k = 0;
    if (class->channel >= list->n)
        return NULL; /* the channel that nobody wrote down */
    const struct channel_given *given = &channels[class->channel];
    for (const struct patience_at *at = given->patience_at.at; k < given->patience_at.n; k++)
        if (in_list(&at[k].tier, &compiler->tiers, t) &&
            in_list(&at[k].segment, &compiler->segments, class->segment) &&
            in_list(&at[k].severity, &compiler->severities, class->severity) &&
            in_list(&at[k].issue, &compiler->issues, class->issue))
            break;
    return patience->rows[patience->first[class->channel] + k];
}

static void compile_visits(struct compiler *compiler, const struct people *people)
{
    struct plan        *plan = compiler->plan;
    const struct patience patience = make_patiences(compiler);
    struct plan_visit  *visits = TAKE(compiler, (size_t)plan->n_classes * plan->n_tiers,
                                      struct plan_visit);
    struct dist        *nothing = TAKE(compiler, 1, struct dist);
    if (!patience.rows || !patience.first || !visits || !nothing)
        return;
    *nothing = dist_constant(0);
    const struct stream_given *streams = compiler->given->streams.at;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_class *class = &plan->classes[c];
        const char *key = streams[class->stream].key ? streams[class->stream].key
                                                     : streams[class->stream].name;
        const uint32_t skill = people->issue_skill[class->issue];
        for (uint32_t t = 0; t < plan->n_tiers; t++) {
            const size_t work = (size_t)t * plan->n_issues + class->issue;
            const size_t at = (size_t)t * people->n_skills + skill;
            const bool   triage = people->skill_triage[at];
            const struct dist *handling = triage ? people->triage[t] : people->handling[work];
            visits[(size_t)c * plan->n_tiers + t] = (struct plan_visit){
                .handling = handling ? handling : nothing,
                .wrap_up = people->wrap_up[work],
                .patience = patience_of_class(compiler, &patience, class, t),
                .resolves = triage ? 0 : people->resolves[work],
                .work = purpose_of(key, "work", t + 1),
                .wait = purpose_of(key, "patience", t + 1),
                .wrap = purpose_of(key, "wrap_up", t + 1),
                .select = purpose_of(key, "selection", t + 1),
                .queue = people->skill_queue[at],
                .triage = triage,
            };
        }
    }
    plan->visits = visits;
}

void compile_people(struct compiler *compiler)
{
    struct people people = { 0 };
    collect_skills(compiler, &people);
    if (compiler->good)
        compile_tiers(compiler);
    if (compiler->good)
        make_work(compiler, &people);
    if (compiler->good)
        compile_queues(compiler, &people);
    compiler->skills = (struct names){ .what = "a skill", .at = people.skills,
                                       .n = people.n_skills };
    compiler->skill_queue = people.skill_queue;
    compiler->skill_triage = people.skill_triage;
    if (compiler->good)
        list_pool_queues(compiler, &people);
    if (compiler->good)
        compile_visits(compiler, &people);
}
