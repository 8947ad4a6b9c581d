/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The escalation matrix, the organisation, hand-offs and root causes, resolved for every class and
 * tier.
 *
 * Conditions on what a contact is (class, tier, trigger) are decided here; conditions on how it
 * fares (age, attempts …) are left to the run: such a rule's path names the path that is taken
 * otherwise.
 */
#include <math.h>
#include <string.h>

#include "model/plan_impl.h"

/* ---- places */

static struct plan_place next_place(const struct plan *plan, uint32_t tier)
{
    if (tier + 1 < plan->n_tiers)
        return (struct plan_place){ PLACE_TIER, tier + 1, 1 };
    return (struct plan_place){ plan->has_vendor ? PLACE_VENDOR : PLACE_UNRESOLVED, 0, 1 };
}

static bool is_name(const struct names *names, const char *name, uint32_t *index)
{
    for (*index = 0; *index < names->n; ++*index)
        if (strcmp(names->at[*index], name) == 0)
            return true;
    return false;
}

/* The queue of a skill: in this tier, else the nearest above, else the nearest below; NONE where
 * nobody has the skill. */
static uint32_t queue_of_skill(const struct compiler *compiler, uint32_t skill, uint32_t tier)
{
    const uint32_t n_tiers = compiler->plan->n_tiers;
    for (uint32_t i = 0; i < n_tiers; i++) {
        const uint32_t t = tier + i < n_tiers ? tier + i : n_tiers - 1 - i;
        const uint32_t queue = compiler->skill_queue[t * compiler->skills.n + skill];
        const bool     triage = compiler->skill_triage[t * compiler->skills.n + skill];
        if (queue != NONE && !triage)
            return queue;
    }
    return NONE;
}

static struct plan_place place_of(struct compiler *compiler, const struct named_share *to,
                                  uint32_t tier)
{
    static const char *const words[] = { "next", "previous", "same", "back", "vendor",
                                         "unresolved", "authority",
                                         "or the name of a tier, pool or skill" };
    static const struct names places = { .what = "a place to escalate to", .at = words,
                                         .n = COUNT_OF(words) };
    uint32_t index;
    if (strcmp(to->name, "next") == 0)
        return next_place(compiler->plan, tier);
    if (strcmp(to->name, "previous") == 0)
        return (struct plan_place){ PLACE_TIER, tier > 0 ? tier - 1 : 0, 1 };
    if (strcmp(to->name, "same") == 0)
        return (struct plan_place){ PLACE_TIER, tier, 1 };
    if (strcmp(to->name, "back") == 0)
        return (struct plan_place){ PLACE_BACK, tier, 1 };
    if (strcmp(to->name, "unresolved") == 0)
        return (struct plan_place){ PLACE_UNRESOLVED, 0, 1 };
    if (strcmp(to->name, "authority") == 0)
        return (struct plan_place){ PLACE_AUTHORITY, tier, 1 };
    if (strcmp(to->name, "vendor") == 0 && compiler->plan->has_vendor)
        return (struct plan_place){ PLACE_VENDOR, 0, 1 };
    if (is_name(&compiler->tiers, to->name, &index))
        return (struct plan_place){ PLACE_TIER, index, 1 };
    if (is_name(&compiler->pools, to->name, &index))
        return (struct plan_place){ PLACE_POOL, index, 1 };
    if (is_name(&compiler->teams, to->name, &index))
        return (struct plan_place){ PLACE_QUEUE, compiler->team_queue[index], 1 };
    if (is_name(&compiler->skills, to->name, &index) &&
        (index = queue_of_skill(compiler, index, tier)) != NONE)
        return (struct plan_place){ PLACE_QUEUE, index, 1 };
    if (strcmp(to->name, "vendor") == 0)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, to->at, NULL,
                                    NULL, NULL, "describe it under \"vendor\"",
                                    "the scenario has no vendor");
    else
        find_name(compiler, &places, to->name, to->at);
    return (struct plan_place){ PLACE_UNRESOLVED, 0, 1 };
}

/* An approval settles what the agent has solved but may not decide. */
static bool may_be_approved(enum trigger trigger)
{
    return trigger == TRIGGER_authority || trigger == TRIGGER_policy;
}

bool rule_names(const struct escalation_given *rule, enum trigger trigger)
{
    if (rule->form == FORM_APPROVAL && !may_be_approved(trigger))
        return false;
    if (rule->when.n == 0)
        return !triggers[trigger]->needs_rule;
    return is_listed(&rule->when, triggers[trigger]->kind.name);
}

bool rule_is_for(const struct plan *plan, const struct escalation_given *rule,
                 const struct plan_class *class, uint32_t tier)
{
    return is_listed(&rule->from, plan->tiers[tier].name) &&
           is_listed(&rule->issue, plan->issue_names[class->issue]) &&
           is_listed(&rule->severity, plan->severity_names[class->severity]) &&
           is_listed(&rule->segment, plan->segment_names[class->segment]) &&
           is_listed(&rule->channel, plan->channels[class->channel].name);
}

static void check_approval(struct compiler *compiler, const struct escalation_given *rule)
{
    const struct text_entry *when = rule->when.at;
    for (uint32_t i = 0; i < rule->when.n && rule->form == FORM_APPROVAL; i++)
        for (int g = 0; g < TRIGGERS; g++)
            if (strcmp(when[i].text, triggers[g]->kind.name) == 0 &&
                !may_be_approved((enum trigger)g))
                compiler->good = problem_at(
                    compiler->reader->problems, TSIM_PROBLEM_INPUT, when[i].at, NULL,
                    "\"authority\" or \"policy\"", NULL, "for other triggers, write \"form\": "
                    "\"swarm\"", "an approval settles nothing for \"%s\"", when[i].text);
}

static void check_rules(struct compiler *compiler)
{
    const char        *trigger_names[TRIGGERS];
    const struct names of_triggers = { .what = "a trigger", .at = trigger_names, .n = TRIGGERS };
    for (int i = 0; i < TRIGGERS; i++)
        trigger_names[i] = triggers[i]->kind.name;
    const struct escalation_given *rules = compiler->given->escalation.at;
    for (uint32_t i = 0; i < compiler->given->escalation.n; i++) {
        check_names(compiler, &rules[i].when, &of_triggers);
        check_approval(compiler, &rules[i]);
        check_names(compiler, &rules[i].from, &compiler->tiers);
        check_names(compiler, &rules[i].issue, &compiler->issues);
        check_names(compiler, &rules[i].severity, &compiler->severities);
        check_names(compiler, &rules[i].segment, &compiler->segments);
        check_names(compiler, &rules[i].channel, &compiler->channels);
        check_names(compiler, &rules[i].sla, &compiler->slas);
        if (rules[i].set_severity)
            find_name(compiler, &compiler->severities, rules[i].set_severity,
                      json_member(rules[i].at, "set_severity"));
    }
}

/* ---- rules */

static const bool *slas_of(struct compiler *compiler, const struct escalation_given *given)
{
    if (given->sla.n == 0)
        return NULL;
    bool *slas = TAKE(compiler, compiler->plan->n_slas, bool);
    for (uint32_t i = 0; slas && i < compiler->plan->n_slas; i++)
        slas[i] = in_list(&given->sla, &compiler->slas, i);
    return slas;
}

static uint32_t severity_set(const struct compiler *compiler, const struct escalation_given *given)
{
    uint32_t index = NONE;
    if (given->set_severity && !is_name(&compiler->severities, given->set_severity, &index))
        index = NONE;
    return index;
}

/* NULL when the rule asks for nothing but a place. */
static const struct plan_rule *compile_rule(struct compiler *compiler,
                                            const struct escalation_given *given)
{
    struct plan_rule *rule = TAKE(compiler, 1, struct plan_rule);
    if (!rule)
        return NULL;
    *rule = (struct plan_rule){
        .form = given->form ? (enum rule_form)given->form : FORM_HAND_OFF,
        .warm = given->hand_over == HAND_OVER_WARM,
        .called_back = given->customer == CUSTOMER_CALLED_BACK,
        .point = given->point,
        .attempts = given->attempts,
        .hops = given->hops,
        .older_than_s = given->older_than_s,
        .time_left_s = given->time_left_s,
        .slas = slas_of(compiler, given),
        .briefing = make_time(compiler, &given->briefing),
        .work = make_time(compiler, &given->work),
        .closing = make_time(compiler, &given->closing),
        .call_back_within_s = given->call_back_within_s,
        .raise_priority = given->raise_priority,
        .severity = severity_set(compiler, given),
    };
    compiler->plan->owners |= rule->called_back;
    if (given->form == FORM_DEFAULT &&
        compiler->given->organisation.form == ORGANISATION_SWARMING)
        rule->form = FORM_SWARM;
    rule->sometimes = rule->point || rule->attempts > 1 || rule->hops || rule->older_than_s > 0 ||
                      !isnan(rule->time_left_s) || rule->slas;
    const bool plain = rule->form == FORM_HAND_OFF && !rule->warm && !rule->sometimes &&
                       !rule->briefing && rule->call_back_within_s == 0 &&
                       rule->raise_priority == 0 && rule->severity == NONE;
    return plain ? NULL : rule;
}

/* ---- paths */

/* Paths as they grow: the plain path of rule r at tier t is number r * n_tiers + t, then come
 * those of the default (next tier), the empty one, and those with an "otherwise". */
struct paths {
    struct plan_path *at;
    uint32_t         *sibling; /* the next path of the same rule and tier; NONE            */
    uint32_t          n, room;
};

static uint32_t add_path(struct compiler *compiler, struct paths *paths, struct plan_path path)
{
    if (paths->n == paths->room) {
        const uint32_t    room = paths->room ? 2 * paths->room : 64;
        struct plan_path *at = TAKE(compiler, room, struct plan_path);
        uint32_t         *sibling = TAKE(compiler, room, uint32_t);
        if (!at || !sibling)
            return 0;
        if (paths->n > 0) {
            memcpy(at, paths->at, paths->n * sizeof *at);
            memcpy(sibling, paths->sibling, paths->n * sizeof *sibling);
        }
        *paths = (struct paths){ at, sibling, paths->n, room };
    }
    paths->sibling[paths->n] = NONE;
    paths->at[paths->n] = path;
    return paths->n++;
}

/* A path of a rule that may not hold, or only notifies: with what comes otherwise. One for each
 * (rule, tier, otherwise). */
static uint32_t path_or(struct compiler *compiler, struct paths *paths, uint32_t first,
                        uint32_t otherwise)
{
    uint32_t last = first;
    for (uint32_t i = first; i != NONE; i = paths->sibling[i]) {
        if (paths->at[i].otherwise == otherwise)
            return i;
        last = i;
    }
    struct plan_path path = paths->at[first];
    path.otherwise = otherwise;
    const uint32_t i = add_path(compiler, paths, path);
    paths->sibling[last] = i;
    return i;
}

static struct plan_path path_of_rule(struct compiler *compiler,
                                     const struct escalation_given *rule, uint32_t tier)
{
    struct plan_place *places = TAKE(compiler, rule->to.n, struct plan_place);
    double             sum = 0;
    uint32_t           n = 0;
    for (uint32_t i = 0; places && i < rule->to.n; i++) {
        if (rule->to.at[i].share <= 0)
            continue;
        places[n] = place_of(compiler, &rule->to.at[i], tier);
        sum += rule->to.at[i].share;
        places[n++].up_to = sum;
    }
    if (n > 0)
        places[n - 1].up_to = 1;
    return (struct plan_path){ .places = places, .n = n, .otherwise = NONE };
}

/* Where contacts go without a rule: the next tier, in the form of the organisation. */
static void add_default_paths(struct compiler *compiler, struct paths *paths)
{
    struct plan_rule *rule = NULL;
    if (compiler->given->organisation.form == ORGANISATION_SWARMING &&
        (rule = TAKE(compiler, 1, struct plan_rule)))
        *rule = (struct plan_rule){ .form = FORM_SWARM, .time_left_s = NAN, .severity = NONE };
    for (uint32_t t = 0; t < compiler->plan->n_tiers; t++) {
        struct plan_place *place = TAKE(compiler, 1, struct plan_place);
        if (place)
            *place = next_place(compiler->plan, t);
        add_path(compiler, paths,
                 (struct plan_path){ .places = place, .n = 1, .rule = rule, .otherwise = NONE,
                                     .number = compiler->given->escalation.n });
    }
}

static void make_paths(struct compiler *compiler, struct paths *paths)
{
    const struct escalation_given *rules = compiler->given->escalation.at;
    for (uint32_t r = 0; r < compiler->given->escalation.n; r++) {
        const struct plan_rule *rule = compile_rule(compiler, &rules[r]);
        for (uint32_t t = 0; t < compiler->plan->n_tiers; t++) {
            struct plan_path path = path_of_rule(compiler, &rules[r], t);
            path.rule = rule;
            path.number = r;
            add_path(compiler, paths, path);
        }
    }
    add_default_paths(compiler, paths);
    add_path(compiler, paths, (struct plan_path){ .otherwise = NONE, .number = NONE });
}

/* The path of one class, tier and trigger: rules that hold for certain end the search. */
static uint32_t find_path(struct compiler *compiler, struct paths *paths,
                          const struct plan_class *class, uint32_t tier, enum trigger trigger,
                          uint32_t rule)
{
    const struct escalation_given *rules = compiler->given->escalation.at;
    const uint32_t n_rules = compiler->given->escalation.n, n_tiers = compiler->plan->n_tiers;
    while (rule < n_rules && !(rule_names(&rules[rule], trigger) &&
                               rule_is_for(compiler->plan, &rules[rule], class, tier)))
        rule++;
    if (rule == n_rules)
        return triggers[trigger]->needs_rule ? (n_rules + 1) * n_tiers : n_rules * n_tiers + tier;
    const uint32_t          first = rule * n_tiers + tier;
    const struct plan_rule *asks = paths->at[first].rule;
    if (!asks || (!asks->sometimes && asks->form != FORM_NOTIFY))
        return first;
    return path_or(compiler, paths, first,
                   find_path(compiler, paths, class, tier, trigger, rule + 1));
}

/* Whether a place may be where the contact has been. Who has the authority has not lacked it. */
static bool may_return(const struct plan_place *place, const struct escalation_given *rule,
                       uint32_t tier)
{
    if (place->kind == PLACE_AUTHORITY) {
        for (int g = 0; g < TRIGGERS; g++)
            if (g != TRIGGER_authority && rule_names(rule, (enum trigger)g))
                return true;
        return false;
    }
    return place->kind == PLACE_BACK || place->kind == PLACE_POOL || place->kind == PLACE_QUEUE ||
           (place->kind == PLACE_TIER && place->index <= tier);
}

/* What the paths may ask of a run. */
static void note_features(struct compiler *compiler, const struct paths *paths)
{
    struct plan                   *plan = compiler->plan;
    const struct escalation_given *rules = compiler->given->escalation.at;
    const uint32_t                 n_rules = compiler->given->escalation.n;
    for (uint32_t i = 0; i < (n_rules + 1) * plan->n_tiers; i++) {
        const struct plan_path *path = &paths->at[i];
        const uint32_t          rule = i / plan->n_tiers;
        plan->forms |= path->rule != NULL;
        plan->renames |= path->rule && path->rule->severity != NONE;
        for (uint32_t k = 0; rule < n_rules && k < path->n; k++) {
            plan->returns |= may_return(&path->places[k], &rules[rule], i % plan->n_tiers);
            plan->stories |= path->places[k].kind == PLACE_BACK;
        }
    }
    plan->forms |= plan->write_up_s > 0;
    plan->stories |= plan->organisation == ORGANISATION_CONTEXT_ROUTED || plan->forms ||
                     plan->rework > 0 || plan->n_causes > 0;
}

void compile_paths(struct compiler *compiler)
{
    struct plan *plan = compiler->plan;
    struct paths paths = { 0 };
    check_rules(compiler);
    uint32_t *path_of = TAKE(compiler, (size_t)plan->n_classes * plan->n_tiers * TRIGGERS,
                             uint32_t);
    if (!path_of || !compiler->good)
        return;
    make_paths(compiler, &paths);
    for (uint32_t c = 0; c < plan->n_classes && compiler->good; c++)
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            for (int g = 0; g < TRIGGERS; g++)
                path_of[((size_t)c * plan->n_tiers + t) * TRIGGERS + (size_t)g] =
                    find_path(compiler, &paths, &plan->classes[c], t, (enum trigger)g, 0);
    plan->paths = paths.at;
    plan->n_paths = paths.n;
    plan->path_of = path_of;
    note_features(compiler, &paths);
}

/* ---- the organisation, hand-offs, root causes */

static void compile_causes(struct compiler *compiler)
{
    struct plan                   *plan = compiler->plan;
    const struct root_cause_given *given = compiler->given->root_causes.at;
    const uint32_t                 n = compiler->given->root_causes.n;
    struct plan_cause *causes = TAKE(compiler, n, struct plan_cause);
    uint32_t          *cause_of = TAKE(compiler, plan->n_issues, uint32_t);
    if (!causes || !cause_of)
        return;
    for (uint32_t i = 0; i < plan->n_issues; i++)
        cause_of[i] = NONE;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t issue = find_name(compiler, &compiler->issues, given[i].issue,
                                         json_member(given[i].at, "issue"));
        const uint32_t queue = find_pool_queue(compiler, given[i].by,
                                               json_member(given[i].at, "by"));
        if (issue == NONE || queue == NONE)
            continue;
        if (cause_of[issue] != NONE)
            compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                        given[i].at, "issue", NULL, NULL,
                                        "one fix for each issue type; raise its \"most\"",
                                        "\"%s\" has a root-cause fix already", given[i].issue);
        cause_of[issue] = i;
        causes[i] = (struct plan_cause){ .issue = issue, .queue = queue,
                                         .after = given[i].after, .most = given[i].most,
                                         .work = make_time(compiler, &given[i].work),
                                         .reduces = given[i].reduces };
    }
    plan->causes = causes;
    plan->cause_of = cause_of;
    plan->n_causes = n;
}

void compile_organisation(struct compiler *compiler)
{
    struct plan                     *plan = compiler->plan;
    const struct organisation_given *given = &compiler->given->organisation;
    const struct hand_offs_given    *hand_offs = &compiler->given->hand_offs;
    plan->organisation = (enum organisation_form)given->form;
    plan->accuracy = given->accuracy;
    plan->routing_cost = given->cost_per_contact;
    plan->specialists = plan->n_tiers - 1;
    if (given->specialists)
        plan->specialists = find_name(compiler, &compiler->tiers, given->specialists,
                                      json_member(given->at, "specialists"));
    plan->rework = hand_offs->rework * (1 - hand_offs->documentation);
    plan->write_up_s = hand_offs->write_up_s * hand_offs->documentation;
    compile_causes(compiler);
}
