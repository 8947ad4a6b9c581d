/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/matrix_walk.h"

#include <math.h>
#include <stdlib.h>

#include "model/plan_customer.h"
#include "model/traffic.h"

const struct plan_path *path_of_visit(const struct plan *plan, uint32_t visit,
                                      enum trigger trigger)
{
    return &plan->paths[plan->path_of[(size_t)visit * TRIGGERS + trigger]];
}

/* ---- what can fire */

/* Share that a server solves of what comes to its queue. */
static double solves(const struct plan_visit *visit, const struct plan_server *server)
{
    return server->resolves < 0 ? visit->resolves : server->resolves;
}

/* The best and the worst share of attempts at a visit that succeed. */
static void shares_solved(const struct plan *plan, const struct plan_visit *visit, double *worst,
                          double *best)
{
    *worst = *best = visit->resolves;
    if (visit->class->trace && visit->class->trace->handling) {
        *worst = 0; /* the rows of the trace say who solves it */
        *best = 1;
    }
    if (visit->queue == NONE)
        return;
    const struct plan_queue *queue = &plan->queues[visit->queue];
    for (uint32_t s = 0; s < queue->n_servers; s++) {
        *worst = fmin(*worst, solves(visit, &queue->servers[s]));
        *best = fmax(*best, solves(visit, &queue->servers[s]));
    }
}

/* Notes for which issue types some pool of each tier may have to ask about a concession. */
static void find_high(struct matrix_walk *walk)
{
    const struct plan *plan = walk->plan;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_class *class = &plan->classes[c];
        if (!class->concession || class->concession_share <= 0 ||
            (c > 0 && class->concession == plan->classes[c - 1].concession))
            continue;
        for (uint32_t p = 0; p < plan->n_pools; p++)
            if (plan->pools[p].agents.most > 0 && isfinite(plan->pools[p].authority) &&
                dist_cdf(class->concession, plan->pools[p].authority) < 1)
                walk->high[plan->pools[p].tier * plan->n_issues + class->issue] = true;
    }
}

bool somebody_returns(const struct plan *plan)
{
    return plan->customer && plan->customer->comes_back;
}

bool trigger_is_told(enum trigger trigger)
{
    return trigger == TRIGGER_skill || trigger == TRIGGER_complexity ||
           trigger == TRIGGER_authority;
}

bool sla_is_for(const struct plan *plan, uint32_t sla, uint32_t visit)
{
    const uint32_t *targets = plan->visits[visit].class->sla;
    if (plan->slas[sla].clock == SLA_OPERATIONAL)
        return plan->sla_at[visit] == sla;
    return targets[plan->slas[sla].clock] == sla;
}

bool sla_has_point(const struct plan_sla *sla, enum trigger trigger)
{
    if (sla->n_points == 0)
        return false;
    return trigger == TRIGGER_sla_warning ? sla->points[0] < 1
                                          : sla->points[sla->n_points - 1] >= 1;
}

static bool a_clock_fires(const struct plan *plan, uint32_t visit, enum trigger trigger)
{
    for (uint32_t i = 0; i < plan->n_slas; i++)
        if (sla_is_for(plan, i, visit) && sla_has_point(&plan->slas[i], trigger))
            return true;
    return false;
}

/* The triggers of the customer's side: asked for where a contact is worked on, or (high profile)
 * comes to people. */
static bool customer_may_fire(const struct plan *plan, const struct plan_visit *visit,
                              enum trigger trigger)
{
    const struct plan_customer *customer = plan->customer;
    const uint32_t              tier = (uint32_t)(visit - plan->visits) % plan->n_tiers;
    if (!customer)
        return false;
    switch (trigger) {
    case TRIGGER_policy:
        return customer->regulated[visit->class->issue] > 0;
    case TRIGGER_congestion:
        return customer->congestion[tier].per_waiting > 0;
    case TRIGGER_customer_request:
        return customer->requests.asked;
    case TRIGGER_high_profile:
        return customer->high_profile[visit->class->segment];
    case TRIGGER_satisfaction:
        return customer->satisfaction.asked;
    default:
        return true;
    }
}

bool trigger_may_fire(const struct matrix_walk *walk, uint32_t at, enum trigger trigger,
                      unsigned coming)
{
    const struct plan       *plan = walk->plan;
    const struct plan_visit *visit = &plan->visits[at];
    const bool by_name = coming & (COMING_SENT | COMING_MAYBE);
    const bool worked = !visit->triage && (visit->queue != NONE || by_name);
    double     worst, best;
    switch (trigger) {
    case TRIGGER_skill:
        return visit->triage || (visit->queue == NONE && coming & (COMING_JOINS | COMING_MAYBE));
    case TRIGGER_complexity:
        shares_solved(plan, visit, &worst, &best);
        return worked && worst < 1;
    case TRIGGER_authority:
        return worked && walk->high[at % plan->n_tiers * plan->n_issues + visit->class->issue];
    case TRIGGER_sla_warning:
    case TRIGGER_sla_breach:
        return a_clock_fires(plan, at, trigger);
    case TRIGGER_repeat:
        return somebody_returns(plan);
    default:
        return (worked || trigger == TRIGGER_high_profile) &&
               customer_may_fire(plan, visit, trigger);
    }
}

/* Whatever happens, whoever joins here is handed over (or gives up waiting). */
static bool is_handed_over(const struct plan *plan, uint32_t at)
{
    const struct plan_visit *visit = &plan->visits[at];
    double                   worst, best;
    if (visit->queue == NONE || visit->triage)
        return true;
    shares_solved(plan, visit, &worst, &best);
    return best <= 0;
}

/* ---- where to */

/* The class that a contact is of after a rule has set its severity. */
static uint32_t class_after(const struct plan *plan, uint32_t class, const struct plan_rule *rule)
{
    if (!rule || rule->severity == NONE)
        return class;
    const struct plan_stream *stream = &plan->streams[plan->classes[class].stream];
    const uint32_t            n = stream->severities.n, segments = stream->segments.n;
    const uint32_t            i = (class - stream->class_base) / segments % n;
    for (uint32_t k = 0; k < n; k++)
        if (stream->severities.index[k] == rule->severity)
            return class - i * segments + k * segments;
    return class;
}

uint32_t visit_at_place(const struct plan *plan, uint32_t visit, const struct plan_path *path,
                        const struct plan_place *place)
{
    const uint32_t class = class_after(plan, visit / plan->n_tiers, path->rule);
    switch (place->kind) {
    case PLACE_TIER:
        return class * plan->n_tiers + place->index;
    case PLACE_POOL:
        return class * plan->n_tiers + plan->pools[place->index].tier;
    case PLACE_QUEUE:
        return class * plan->n_tiers + plan->queues[place->index].tier;
    default:
        return NONE;
    }
}

static void come(struct matrix_walk *walk, uint32_t visit, unsigned how, bool *changed)
{
    *changed |= (walk->coming[visit] | how) != walk->coming[visit];
    walk->coming[visit] |= (uint8_t)how;
}

/* Contacts of a visit take a path. */
static void take_path(struct matrix_walk *walk, uint32_t visit, const struct plan_path *path,
                      bool certain, bool *changed)
{
    const struct plan *plan = walk->plan;
    const uint32_t     class = class_after(plan, visit / plan->n_tiers, path->rule);
    if (path->rule && path->rule->form == FORM_NOTIFY)
        return;
    if (path->rule && path->rule->form == FORM_APPROVAL)
        certain = false; /* it comes there only where nobody can be asked */
    for (uint32_t k = 0; k < path->n; k++) {
        const struct plan_place *place = &path->places[k];
        const uint32_t           to = visit_at_place(plan, visit, path, place);
        const bool               joins = place->kind == PLACE_TIER;
        if (to != NONE)
            come(walk, to, !certain ? COMING_MAYBE : joins ? COMING_JOINS : COMING_SENT, changed);
        for (uint32_t t = 0; place->kind == PLACE_BACK && t < plan->n_tiers; t++)
            come(walk, class * plan->n_tiers + t, COMING_MAYBE, changed);
        for (uint32_t p = 0; place->kind == PLACE_AUTHORITY && p < plan->n_pools; p++)
            if (plan->pools[p].tier >= place->index && plan->pools[p].agents.most > 0)
                come(walk, class * plan->n_tiers + plan->pools[p].tier,
                     certain ? COMING_SENT : COMING_MAYBE, changed);
    }
}

/* Everything that may become of contacts at a visit. */
static void leave_visit(struct matrix_walk *walk, uint32_t visit, bool *changed)
{
    const bool surely = walk->coming[visit] & COMING_SURELY;
    for (int g = 0; g < TRIGGERS; g++) {
        if (!trigger_may_fire(walk, visit, (enum trigger)g, walk->coming[visit]))
            continue;
        const struct plan_path *path = path_of_visit(walk->plan, visit, (enum trigger)g);
        for (;; path = &walk->plan->paths[path->otherwise]) {
            if (path->number < walk->plan->given->escalation.n)
                walk->decides[path->number] = true;
            take_path(walk, visit, path, surely && trigger_is_told((enum trigger)g), changed);
            if (path->otherwise == NONE)
                break;
        }
    }
}

/* Contacts as they come from outside. */
static void enter(struct matrix_walk *walk)
{
    const struct plan *plan = walk->plan;
    bool               changed = false;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        const struct plan_stream *stream = &plan->streams[plan->classes[c].stream];
        if (class_share(stream, c - stream->class_base) <= 0)
            continue; /* of a severity that only a rule sets */
        if (plan->organisation == ORGANISATION_DIRECT)
            come(walk, c * plan->n_tiers + plan->specialists, COMING_JOINS, &changed);
        for (uint32_t t = 0; plan->organisation == ORGANISATION_CONTEXT_ROUTED && t < plan->n_tiers;
             t++)
            come(walk, c * plan->n_tiers + t, COMING_JOINS, &changed);
        if (plan->organisation == ORGANISATION_DIRECT ||
            plan->organisation == ORGANISATION_CONTEXT_ROUTED)
            continue;
        for (uint32_t k = 0; k < stream->enters_at.n; k++)
            come(walk, c * plan->n_tiers + stream->enters_at.index[k], COMING_JOINS, &changed);
    }
}

/* ---- circles */

/* Whether a path keeps its contacts among the visits that are marked. */
static bool path_circles(const struct matrix_walk *walk, uint32_t visit,
                         const struct plan_path *path)
{
    const struct plan *plan = walk->plan;
    if (path->rule && path->rule->form == FORM_NOTIFY)
        return true;
    if (path->rule && path->rule->form != FORM_HAND_OFF)
        return false;
    for (uint32_t k = 0; k < path->n; k++) {
        const uint32_t to = visit_at_place(plan, visit, path, &path->places[k]);
        if (to == NONE || !walk->circles[to])
            return false;
        if (path->places[k].kind != PLACE_TIER && plan->visits[to].queue == NONE)
            return false; /* whoever is sent by name is served all the same */
    }
    return true;
}

static bool visit_circles(const struct matrix_walk *walk, uint32_t visit)
{
    for (int g = 0; g < TRIGGERS; g++) {
        if (!(trigger_is_told((enum trigger)g) || triggers[g]->needs_rule) ||
            !trigger_may_fire(walk, visit, (enum trigger)g,
                              walk->coming[visit] & COMING_SURELY))
            continue;
        const struct plan_path *path = path_of_visit(walk->plan, visit, (enum trigger)g);
        while (path->otherwise != NONE && path_circles(walk, visit, path))
            path = &walk->plan->paths[path->otherwise];
        if (!path_circles(walk, visit, path))
            return false;
    }
    return true;
}

/* The largest set of visits whose contacts are all handed over, to each other alone. */
static void find_circles(struct matrix_walk *walk)
{
    const uint32_t n = walk->plan->n_classes * walk->plan->n_tiers;
    for (uint32_t v = 0; v < n; v++)
        walk->circles[v] = walk->coming[v] & COMING_SURELY && is_handed_over(walk->plan, v);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t v = 0; v < n; v++) {
            const bool still = walk->circles[v] && visit_circles(walk, v);
            changed |= walk->circles[v] != still;
            walk->circles[v] = still;
        }
    }
}

/* ---- the walk */

static void find_listed(struct matrix_walk *walk)
{
    const struct plan *plan = walk->plan;
    const size_t       n = (size_t)plan->n_classes * plan->n_tiers * TRIGGERS;
    for (size_t i = 0; i < n; i++)
        for (uint32_t p = plan->path_of[i]; p != NONE; p = plan->paths[p].otherwise)
            if (plan->paths[p].number < plan->given->escalation.n)
                walk->listed[plan->paths[p].number] = true;
}

bool matrix_walk_open(struct matrix_walk *walk, const struct plan *plan)
{
    const uint32_t n = plan->n_classes * plan->n_tiers, rules = plan->given->escalation.n;
    *walk = (struct matrix_walk){
        .plan = plan,
        .coming = calloc(n, sizeof *walk->coming),
        .left = calloc(n, sizeof *walk->left),
        .circles = calloc(n, sizeof *walk->circles),
        .high = calloc((size_t)plan->n_tiers * plan->n_issues, sizeof *walk->high),
        .listed = calloc(rules + 1, sizeof *walk->listed),
        .decides = calloc(rules + 1, sizeof *walk->decides),
    };
    if (!walk->coming || !walk->left || !walk->circles || !walk->high || !walk->listed ||
        !walk->decides)
        return false;
    find_high(walk);
    enter(walk);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t v = 0; v < n; v++)
            if (walk->coming[v] != walk->left[v]) {
                walk->left[v] = walk->coming[v];
                leave_visit(walk, v, &changed);
            }
    }
    find_circles(walk);
    find_listed(walk);
    return true;
}

void matrix_walk_close(struct matrix_walk *walk)
{
    free(walk->coming);
    free(walk->left);
    free(walk->circles);
    free(walk->high);
    free(walk->listed);
    free(walk->decides);
}
