/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that are legal and look like slips: of a unit, a scale, a name. Each is told where it
 * stands. The bounds are wide, for a warning that is wrong teaches to overlook them all. */
#include <math.h>

#include "base/json.h"
#include "base/limits.h"
#include "model/advice_impl.h"

#define PATIENCE_LEAST_S 15          /* on average: less may have been meant in minutes …  */
#define WORK_LEAST_S     5           /* … and so may less work                             */
#define WORK_LONG_S      (3 * 3600.) /* work for which nobody waits on a line …            */
#define PATIENCE_SHORT_S (30 * 60.)  /* … that they leave after so long                    */
#define SHARE_OF_NOTHING 0.005       /* of concessions that a limit allows                 */

static const struct plan_visit *visit_of(const struct plan *plan, uint32_t c, uint32_t t)
{
    return &plan->visits[(size_t)c * plan->n_tiers + t];
}

/* Work as the scenario gives it, by somebody who has the skill. */
static bool is_work(const struct plan_visit *visit)
{
    return visit->queue != NONE && !visit->triage;
}

/* ---- times */

/* The least mean patience of a channel's customers, or of one in a tier; INFINITY: none has any. */
static double least_patience_s(const struct plan *plan, uint32_t channel, uint32_t tier)
{
    double least_s = INFINITY;
    for (uint32_t c = 0; c < plan->n_classes; c++)
        for (uint32_t t = 0; t < plan->n_tiers; t++) {
            const struct dist *patience = visit_of(plan, c, t)->patience;
            const bool meant = (channel == NONE || plan->classes[c].channel == channel) &&
                               (tier == NONE || t == tier);
            if (meant && patience && dist_mean(patience) > 0)
                least_s = fmin(least_s, dist_mean(patience));
        }
    return least_s;
}

static void advise_patience(const struct plan *plan, struct tsim_problems *problems)
{
    const struct channel_given *channels = plan->given->channels.at;
    for (uint32_t i = 0; i < plan->given->channels.n; i++) {
        const double mean_s = least_patience_s(plan, i, NONE);
        if (mean_s < PATIENCE_LEAST_S && channels[i].patience.at)
            ADVISE(problems, channels[i].patience.at, "write min where minutes are meant",
                   "customers of %s wait %.3g s on average before they give up", channels[i].name,
                   mean_s);
    }
}

/* The least and the largest mean time of work in a tier. */
static void work_of(const struct plan *plan, uint32_t t, double *least_s, double *most_s)
{
    *least_s = INFINITY;
    *most_s = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_visit *visit = visit_of(plan, c, t);
        if (!is_work(visit) || (visit->class->trace && visit->class->trace->handling))
            continue;
        *least_s = fmin(*least_s, dist_mean(visit->handling));
        *most_s = fmax(*most_s, dist_mean(visit->handling));
    }
}

static void advise_work(const struct plan *plan, struct tsim_problems *problems)
{
    const struct tier_given *tiers = plan->given->tiers.at;
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        double       least_s, most_s;
        const double patience_s = least_patience_s(plan, NONE, t);
        work_of(plan, t, &least_s, &most_s);
        if (!tiers[t].handling.at)
            continue;
        if (least_s > 0 && least_s < WORK_LEAST_S)
            ADVISE(problems, tiers[t].handling.at, "write min where minutes are meant",
                   "work at %s takes %.3g s on average", tiers[t].name, least_s);
        if (most_s > WORK_LONG_S && patience_s < PATIENCE_SHORT_S)
            ADVISE(problems, tiers[t].handling.at,
                   "is the unit right, and do customers really hold the line for it?",
                   "work at %s takes %.3g h on average, and who waits for it gives up after "
                   "%.3g min",
                   tiers[t].name, most_s / 3600, patience_s / 60);
    }
}

/* A resolution takes at least the first work. */
static void advise_targets(const struct plan *plan, struct tsim_problems *problems)
{
    const struct sla_given *slas = plan->given->slas.at;
    for (uint32_t i = 0; i < plan->n_slas; i++) {
        double least_s = INFINITY;
        for (uint32_t c = 0; c < plan->n_classes; c++)
            for (uint32_t t = 0; t < plan->n_tiers; t++)
                if (plan->classes[c].sla[SLA_RESOLUTION] == i && is_work(visit_of(plan, c, t)))
                    least_s = fmin(least_s, dist_mean(visit_of(plan, c, t)->handling));
        if (plan->slas[i].clock == SLA_RESOLUTION && isfinite(least_s) &&
            plan->slas[i].target_s < least_s)
            ADVISE(problems, json_member(slas[i].at, "target"),
                   "is first_response meant, or another unit?",
                   "%s is to take at most %.3g min, and the work alone takes %.3g on average",
                   slas[i].name, plan->slas[i].target_s / 60, least_s / 60);
    }
}

/* ---- people */

static const struct pool_given *pool_given_of(const struct plan *plan, uint32_t p)
{
    const struct plan_pool  *pool = &plan->pools[p];
    const struct tier_given *tiers = plan->given->tiers.at;
    return (const struct pool_given *)tiers[pool->tier].pools.at + p -
           plan->tiers[pool->tier].pool_base;
}

/* Where a pool or an agent says something. */
static const struct json *place_of_key(const struct plan *plan, uint32_t p, const char *key)
{
    const struct pool_given *given = pool_given_of(plan, p);
    const struct json       *at = given->line ? json_member(given->line, key) : NULL;
    if (!at)
        at = json_member(given->at, key);
    return at ? at : given->line;
}

static void advise_authority(const struct plan *plan, struct tsim_problems *problems)
{
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const struct plan_pool *pool = &plan->pools[p];
        double                  allowed = 0;
        bool                    any = false;
        for (uint32_t c = 0; c < plan->n_classes; c++) {
            const struct plan_class *class = &plan->classes[c];
            if (!class->concession || !(class->concession_share > 0) ||
                !is_work(visit_of(plan, c, pool->tier)))
                continue;
            any = true;
            allowed = fmax(allowed, dist_cdf(class->concession, pool->authority));
        }
        if (any && pool->authority > 0 && allowed < SHARE_OF_NOTHING)
            ADVISE(problems, place_of_key(plan, p, "authority"),
                   "a limit of 0 says the same; `tiersim empower` finds one that is worth it",
                   "%s may spend less than nearly every concession takes", pool->name);
    }
}

/* Whether contacts come to a queue for their skill, or by the matrix. */
static bool is_used(const struct plan *plan, uint32_t queue)
{
    if (plan->queues[queue].of_team)
        return true;
    for (size_t i = 0; i < (size_t)plan->n_classes * plan->n_tiers; i++)
        if (plan->visits[i].queue == queue)
            return true;
    for (uint32_t i = 0; i < plan->n_paths; i++)
        for (uint32_t k = 0; k < plan->paths[i].n; k++)
            if (plan->paths[i].places[k].kind == PLACE_QUEUE &&
                plan->paths[i].places[k].index == queue)
                return true;
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (plan->pool_queue[p] == queue)
            return true;
    return false;
}

static void advise_pools(const struct plan *plan, struct tsim_problems *problems)
{
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const struct plan_pool  *pool = &plan->pools[p];
        const struct pool_given *given = pool_given_of(plan, p);
        bool                     used = pool->agents_most == 0 || given->skills.n == 0;
        for (uint32_t i = 0; i < pool->n_queues && !used; i++)
            used = is_used(plan, pool->queues[i].queue);
        if (!used)
            ADVISE(problems, place_of_key(plan, p, "skills"),
                   "an issue type says its skill; without one it is general",
                   "nobody ever comes to %s: no issue type needs these skills", pool->name);
    }
}

/* ---- what is left unresolved */

static bool somebody_resolves(const struct plan *plan, const struct plan_visit *visit)
{
    if (!is_work(visit))
        return false;
    const struct plan_queue *queue = &plan->queues[visit->queue];
    for (uint32_t i = 0; i < queue->n_servers; i++)
        if (queue->servers[i].resolves > 0 ||
            (queue->servers[i].resolves < 0 && visit->resolves > 0))
            return true;
    return false;
}

/* Contacts of issue type i: whether there are any, and somebody who may resolve one. */
static void look_at_issue(const struct plan *plan, uint32_t i, bool *comes, bool *resolved)
{
    for (uint32_t c = 0; c < plan->n_classes; c++)
        for (uint32_t t = 0; t < plan->n_tiers && plan->classes[c].issue == i; t++) {
            *comes = true;
            *resolved |= somebody_resolves(plan, visit_of(plan, c, t));
        }
}

static void advise_issues(const struct plan *plan, struct tsim_problems *problems)
{
    const struct issue_given *issues = plan->given->issues.at;
    bool                      any = false;
    for (uint32_t i = 0; i < plan->n_issues; i++) {
        bool comes = false, resolved = false;
        look_at_issue(plan, i, &comes, &resolved);
        any |= resolved;
        if (comes && !resolved && i < plan->given->issues.n && issues[i].self_service < 1)
            ADVISE(problems, issues[i].at, "give somebody its skill, and a share that resolves",
                   "nobody can resolve %s: it ends unresolved, or gives up", issues[i].name);
    }
    if (!any)
        ADVISE(problems, json_member(plan->given->at, "tiers"), NULL,
               "no tier can resolve anything: every contact ends unresolved or gives up");
}

void advise_numbers(const struct plan *plan, struct tsim_problems *problems)
{
    advise_patience(plan, problems);
    advise_work(plan, problems);
    advise_targets(plan, problems);
    advise_authority(plan, problems);
    if (plan->policy)
        return; /* whom it sends where is not known */
    advise_pools(plan, problems);
    if (!plan->has_vendor)
        advise_issues(plan, problems);
}
