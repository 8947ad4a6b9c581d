/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars and SLA targets, resolved for every class and tier. */
#include <string.h>

#include "model/plan_impl.h"

/* ---- calendars */

uint32_t hours_named(struct compiler *compiler, const char *name, const struct json *at)
{
    if (!name)
        return 0;
    const uint32_t i = find_name(compiler, &compiler->calendars, name, at);
    return i == NONE || !compiler->plan->hours[i + 1] ? 0 : i + 1;
}

void compile_calendars(struct compiler *compiler)
{
    const struct scenario_given *given = compiler->given;
    const struct calendar_given *at = given->calendars.at;
    compiler->calendars = names_under(compiler, "a calendar", "calendars", NULL);
    const struct hours **hours = TAKE(compiler, given->calendars.n + 1, const struct hours *);
    if (!hours)
        return;
    for (uint32_t i = 0; i < given->calendars.n; i++)
        hours[i + 1] = hours_compile(compiler->reader, &at[i], given->run.start_s,
                                     &compiler->good);
    compiler->plan->hours = hours;
    compiler->plan->n_hours = given->calendars.n + 1;
}

/* ---- targets */

static struct plan_sla sla_of(struct compiler *compiler, const struct sla_given *given)
{
    return (struct plan_sla){
        .name = given->name,
        .clock = (enum sla_clock)given->clock,
        .target_s = given->target_s,
        .penalty = given->penalty,
        .penalty_per_h = given->penalty_per_h,
        .hours = hours_named(compiler, given->calendar, json_member(given->at, "calendar")),
        .pauses = given->pauses,
        .on_reopen = (enum sla_change)given->on_reopen,
        .on_severity_change = (enum sla_change)given->on_severity_change,
        .points = given->points.at,
        .n_points = given->points.n,
    };
}

/* The first operational target that holds for each class and tier. */
static void attach_operational(struct compiler *compiler, uint32_t *sla_at, uint32_t sla,
                               const struct sla_given *given, const struct conditions *of)
{
    const struct plan *plan = compiler->plan;
    for (uint32_t c = 0; c < plan->n_classes; c++)
        for (uint32_t t = 0; t < plan->n_tiers; t++) {
            uint32_t *at = &sla_at[(size_t)c * plan->n_tiers + t];
            if (*at == NONE && in_list(&given->tier, &compiler->tiers, t) &&
                conditions_hold(compiler, of, &plan->classes[c]))
                *at = sla;
        }
}

static void compile_slas(struct compiler *compiler)
{
    struct plan            *plan = compiler->plan;
    const struct sla_given *given = compiler->given->slas.at;
    const size_t            visits = (size_t)plan->n_classes * plan->n_tiers;
    struct plan_sla        *slas = TAKE(compiler, plan->n_slas, struct plan_sla);
    struct plan_class      *classes = TAKE(compiler, plan->n_classes, struct plan_class);
    uint32_t               *sla_at = TAKE(compiler, visits, uint32_t);
    bool                    operational = false;
    if (!slas || !classes || !sla_at)
        return;
    memcpy(classes, plan->classes, plan->n_classes * sizeof *classes);
    for (uint32_t c = 0; c < plan->n_classes; c++)
        for (int clock = 0; clock < SLA_CLOCKS; clock++)
            classes[c].sla[clock] = NONE;
    for (size_t i = 0; i < visits; i++)
        sla_at[i] = NONE;
    for (uint32_t i = 0; i < plan->n_slas; i++) {
        const struct conditions of = { &given[i].severity, &given[i].segment, &given[i].channel,
                                       &given[i].issue };
        check_conditions(compiler, &of);
        check_names(compiler, &given[i].tier, &compiler->tiers);
        slas[i] = sla_of(compiler, &given[i]);
        plan->timed |= slas[i].n_points > 0;
        if (slas[i].clock == SLA_OPERATIONAL) {
            operational = true;
            attach_operational(compiler, sla_at, i, &given[i], &of);
            continue;
        }
        for (uint32_t c = 0; c < plan->n_classes; c++)
            if (classes[c].sla[given[i].clock] == NONE &&
                conditions_hold(compiler, &of, &classes[c]))
                classes[c].sla[given[i].clock] = i;
    }
    plan->clocked = plan->n_slas > 0;
    plan->slas = slas;
    plan->classes = classes;
    plan->sla_at = operational ? sla_at : NULL;
}

/* ---- parts of a clock's time */

/* True for a part of a target's time that can come about. */
static bool can_be(const struct compiler *compiler, uint32_t sla, uint32_t part)
{
    const struct plan      *plan = compiler->plan;
    const struct plan_sla  *of = &plan->slas[sla];
    const struct sla_given *given = compiler->given->slas.at;
    const bool worked = of->clock == SLA_RESOLUTION || of->clock == SLA_OPERATIONAL;
    const bool desk = of->clock != SLA_OPERATIONAL;
    if (part < plan->n_tiers * TIER_PARTS) {
        const uint32_t tier = part / TIER_PARTS;
        const bool     here = in_list(&given[sla].tier, &compiler->tiers, tier);
        switch (part % TIER_PARTS) {
        case PART_QUEUE:
            return here;
        case PART_CLOSED:
            return here && plan->tiers[tier].closes;
        default:
            return here && worked;
        }
    }
    switch (part - plan->n_tiers * TIER_PARTS) {
    case PART_SELF_SERVICE:
        return plan->has_self_service && desk;
    case PART_CUSTOMER:
        return !(of->pauses & PAUSE_CUSTOMER);
    case PART_VENDOR:
        return plan->has_vendor && desk && !(of->pauses & PAUSE_VENDOR);
    default:
        return worked;
    }
}

static void compile_parts(struct compiler *compiler)
{
    struct plan *plan = compiler->plan;
    plan->n_parts = plan->n_tiers * TIER_PARTS + DESK_PARTS;
    if ((double)plan->n_slas * plan->n_parts > LIMIT_DELAYS) {
        compiler->good = problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                       "%u SLA targets in a desk of %u tiers; their delays would "
                                       "have more than %d parts", plan->n_slas, plan->n_tiers,
                                       LIMIT_DELAYS);
        return;
    }
    struct plan_delay *delays = TAKE(compiler, (size_t)plan->n_slas * plan->n_parts,
                                     struct plan_delay);
    bool used[SLA_CLOCKS] = { false };
    for (uint32_t i = 0; delays && i < plan->n_slas; i++) {
        used[plan->slas[i].clock] = true;
        for (uint32_t p = 0; p < plan->n_parts; p++)
            if (can_be(compiler, i, p))
                delays[plan->n_delays++] = (struct plan_delay){ i, p };
    }
    plan->delays = delays;
    for (int k = 0; k < SLA_CLOCKS; k++) {
        plan->part_base[k] = plan->parts_stride;
        plan->parts_stride += used[k] ? plan->n_parts : 0;
    }
}

void compile_clocks(struct compiler *compiler)
{
    const struct scenario_given *given = compiler->given;
    compiler->plan->has_business_hours = given->business_hours != NULL;
    compiler->plan->business_hours = hours_named(compiler, given->business_hours,
                                                 json_member(given->at, "business_hours"));
    compile_slas(compiler);
    if (compiler->good)
        compile_parts(compiler);
}
