/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A contact's events as a caller reads them, and what they add up to. */
#include <math.h>
#include <string.h>

#include "experiment/trace.h"
#include "experiment/words.h"

_Static_assert((int)TSIM_EVENTS == (int)EVENT_KINDS &&
                   (int)TSIM_EVENT_CLOSED == (int)EVENT_CLOSED &&
                   (int)TSIM_EVENT_SLA == (int)EVENT_SLA,
               "the public events are those of the model, in its order");

/* What the telling of one life needs. */
struct teller {
    struct tsim_trace *trace;
    const struct plan *plan;
    const struct kept *kept;
    struct course      course;
    double             first_work_s; /* NAN: none                                           */
    bool               met_people;
};

/* ---- events */

/* A tier by name, or whoever comes after the last one; NULL: nobody. */
static const char *place_name(const struct plan *plan, uint32_t tier)
{
    if (tier < plan->n_tiers)
        return plan->tiers[tier].name;
    return tier == plan->n_tiers ? plan->vendor_name : NULL;
}

static const char *copy(struct teller *teller, const char *text)
{
    return text ? arena_copy(&teller->trace->arena, text) : NULL;
}

/* Who answers for the contact after an event: who did before, until somebody else begins work.
 * Before anybody has, it is the queue in which it waits. */
static const char *owner_after(struct teller *teller, const struct case_event *event,
                               const char *before)
{
    const struct plan *plan = teller->plan;
    struct arena      *arena = &teller->trace->arena;
    switch ((enum case_event_kind)event->kind) {
    case EVENT_SELF_SERVICE:
        return copy(teller, plan->self_service_name);
    case EVENT_QUEUED:
        return isnan(teller->first_work_s)
                   ? arena_print(arena, "queue of %s", plan->tiers[event->tier].name) : before;
    case EVENT_WORK:
        return arena_print(arena, "%s %u", plan->pools[event->pool].name,
                           plan_agent_number(plan, event->pool, event->agent));
    case EVENT_CLOSED:
        return "nobody";
    default:
        return before;
    }
}

/* To whom, and why. */
static void tell_cause(struct teller *teller, const struct case_event *event,
                       struct tsim_trace_event *told)
{
    const struct plan *plan = teller->plan;
    const struct incident_given *incidents = plan->given->incidents.at;
    switch ((enum case_event_kind)event->kind) {
    case EVENT_CREATED:
        told->cause = event->to > 0 ? copy(teller, incidents[event->to - 1].name) : NULL;
        break;
    case EVENT_QUEUED:
        if (event->detail > 0)
            told->cause = arena_print(&teller->trace->arena, "%u %s at other duties",
                                      event->detail, event->detail == 1 ? "agent" : "agents");
        break;
    case EVENT_ESCALATED:
    case EVENT_CONSULT:
        told->to = copy(teller, place_name(plan, event->to));
        told->cause = words_trigger(event->detail);
        told->because = words_because(event->detail);
        break;
    case EVENT_PASSED:
    case EVENT_WITHDRAWN:
        told->cause = words_trigger(event->detail);
        told->because = words_because(event->detail);
        break;
    case EVENT_WORK:
        told->cause = event->detail ? "resumed" : NULL;
        break;
    case EVENT_SELF_SERVICE:
        told->to = copy(teller, plan->self_service_name);
        break;
    case EVENT_VENDOR:
        told->to = copy(teller, plan->vendor_name);
        break;
    case EVENT_HELP:
    case EVENT_HELPED:
        told->cause = event->detail < TASK_KINDS ? task_names[event->detail] : NULL;
        break;
    case EVENT_SLA:
        told->cause = event->detail < SLA_CLOCKS ? words_clocks[event->detail] : NULL;
        break;
    case EVENT_CLOCK:
        told->to = copy(teller, plan->slas[event->to].name);
        told->cause = words_clocks[plan->slas[event->to].clock];
        told->took_s = event->amount;
        break;
    case EVENT_BOOKED:
        told->took_s = event->amount;
        break;
    case EVENT_RESOLVED:
        told->amount = event->amount;
        break;
    case EVENT_CLOSED:
        told->cause = event->detail < FATES ? words_outcomes[event->detail] : NULL;
        break;
    default:
        break;
    }
}

static void tell_event(struct teller *teller, const struct case_event *event,
                       struct tsim_trace_event *told)
{
    const struct plan *plan = teller->plan;
    const bool outside = event->kind == EVENT_SELF_SERVICE || event->kind == EVENT_VENDOR;
    const char *before = told > teller->trace->events ? told[-1].owner : "the desk";
    *told = (struct tsim_trace_event){
        .at_s = event->at_s,
        .kind = (enum tsim_event)event->kind,
        .name = words_events[event->kind],
        .tier = outside ? NULL : copy(teller, plan->tiers[event->tier].name),
        .pool = event->pool == NONE ? NULL : copy(teller, plan->pools[event->pool].name),
        .owner = owner_after(teller, event, before),
        .took_s = course_take(&teller->course, plan, event),
    };
    if (event->agent != NONE && event->pool != NONE)
        told->agent = plan_agent_number(plan, event->pool, event->agent);
    tell_cause(teller, event, told);
    teller->met_people |= event->kind == EVENT_QUEUED || event->kind == EVENT_WORK ||
                          event->kind == EVENT_PASSED || event->kind == EVENT_BALKED;
    if (event->kind == EVENT_WORK && isnan(teller->first_work_s))
        teller->first_work_s = event->at_s;
}

/* ---- sums */

static void add_part(struct teller *teller, const char *name, const char *tier, double seconds)
{
    struct tsim_trace *trace = teller->trace;
    if (seconds > 0)
        trace->parts[trace->n_parts++] = (struct tsim_trace_part){ name, tier, seconds };
}

static void tell_parts(struct teller *teller)
{
    const struct plan *plan = teller->plan;
    const double      *part_s = teller->course.part_s;
    add_part(teller, "self_service", NULL, part_s[COURSE_SELF_SERVICE]);
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        const char *tier = copy(teller, plan->tiers[t].name);
        add_part(teller, "queue", tier, part_s[course_queue(t)]);
        add_part(teller, "work", tier, part_s[course_work(t)]);
    }
    add_part(teller, "hand_over", NULL, part_s[COURSE_HAND_OVER]);
    add_part(teller, "approval_or_expert", NULL, part_s[COURSE_CONSULT]);
    add_part(teller, "customer", NULL, part_s[COURSE_CUSTOMER]);
    add_part(teller, "away", NULL, part_s[COURSE_AWAY]);
    add_part(teller, "vendor", NULL, part_s[COURSE_VENDOR]);
}

static void tell_costs(struct teller *teller)
{
    static const char *const names[COURSE_COSTS] = {
        [COURSE_CONCESSION] = "concession", [COURSE_PENALTIES] = "penalties",
        [COURSE_SESSIONS] = "self_service", [COURSE_FEES] = "vendor",
        [COURSE_CONTACT] = "contact",       [COURSE_WAGES] = "work",
    };
    struct tsim_trace *trace = teller->trace;
    for (int i = 0; i < COURSE_COSTS; i++)
        if (teller->course.cost[i] > 0)
            trace->costs[trace->n_costs++] =
                (struct tsim_trace_cost){ names[i], teller->course.cost[i] };
}

static void tell_targets(struct teller *teller)
{
    struct tsim_trace *trace = teller->trace;
    for (size_t i = 0; i < teller->kept->n; i++) {
        const struct case_event *event = &teller->kept->events[i];
        if (event->kind != EVENT_CLOCK)
            continue;
        const struct plan_sla *sla = &teller->plan->slas[event->to];
        const double           late_s = fmax(event->amount - sla->target_s, 0);
        trace->targets[trace->n_targets++] = (struct tsim_trace_target){
            .name = copy(teller, sla->name), .clock = words_clocks[sla->clock],
            .target_s = sla->target_s, .ran_s = event->amount, .met = !event->detail,
            .penalty = event->detail ? sla->penalty + sla->penalty_per_h * (late_s / 3600) : 0,
        };
    }
}

/* ---- promises */

/* Whether every visit to a tier (NONE: to any) was answered in time; `any`: whether there was one
 * that got an answer or gave up. */
static bool answered_within(const struct teller *teller, uint32_t tier, double within_s, bool *any)
{
    bool in_time = true;
    *any = false;
    for (size_t i = 0; i < teller->kept->n; i++) {
        const struct case_event *event = &teller->kept->events[i];
        const bool gave_up = event->kind == EVENT_ABANDONED || event->kind == EVENT_BALKED;
        if ((event->kind != EVENT_WORK && !gave_up) || (tier != NONE && event->tier != tier))
            continue;
        *any = true;
        in_time &= !gave_up && teller->trace->events[i].took_s <= within_s;
    }
    return in_time;
}

static bool gave_up_at(const struct teller *teller, uint32_t tier, bool *was_there)
{
    bool gave_up = false;
    *was_there = tier == NONE && teller->met_people;
    for (size_t i = 0; i < teller->kept->n; i++) {
        const struct case_event *event = &teller->kept->events[i];
        if (tier != NONE && event->tier != tier)
            continue;
        *was_there |= event->kind == EVENT_QUEUED || event->kind == EVENT_WORK ||
                      event->kind == EVENT_BALKED;
        gave_up |= event->kind == EVENT_ABANDONED || event->kind == EVENT_BALKED;
    }
    return gave_up;
}

/* Whether a promise is about this contact, and whether the contact is on its good side. */
static bool concerns(const struct teller *teller, const struct plan_promise *promise, bool *kept)
{
    const struct case_record *record = &teller->kept->record;
    const double within_s = promise->within_s;
    bool         is = teller->met_people;
    switch (promise->measure) {
    case PROMISE_SERVICE_LEVEL:
        *kept = answered_within(teller, promise->tier, within_s, &is);
        return is;
    case PROMISE_FIRST_RESPONSE:
        *kept = teller->first_work_s - record->arrived_s <= within_s; /* never with NAN */
        return is;
    case PROMISE_RESOLUTION:
        *kept = (record->fate == FATE_RESOLVED || record->fate == FATE_VENDOR) &&
                record->ended_s - record->arrived_s <= within_s;
        return is;
    case PROMISE_ABANDONMENT:
        *kept = !gave_up_at(teller, promise->tier, &is);
        return is;
    default:
        return false;
    }
}

static void tell_promises(struct teller *teller)
{
    struct tsim_trace *trace = teller->trace;
    const uint32_t     class = teller->kept->record.class;
    for (uint32_t i = 0; i < teller->plan->n_promises; i++) {
        const struct plan_promise *promise = &teller->plan->promises[i];
        bool                       kept;
        if (promise->row == NONE || !promise->classes[class] || !concerns(teller, promise, &kept))
            continue;
        /* The text of an abandonment promise names what is to be avoided. */
        const char *answer = promise->measure != PROMISE_ABANDONMENT ? "" : kept ? ": no" : ": yes";
        trace->promises[trace->n_promises++] = (struct tsim_trace_promise){
            arena_print(&trace->arena, "%s%s", promise->text, answer), kept };
    }
}

bool trace_tell(struct tsim_trace *trace, const struct plan *plan, const struct kept *kept)
{
    struct arena *arena = &trace->arena;
    struct teller teller = { .trace = trace, .plan = plan, .kept = kept, .first_work_s = NAN };
    teller.course.part_s = ARENA_ARRAY(arena, course_parts(plan), double);
    trace->events = ARENA_ARRAY(arena, kept->n, struct tsim_trace_event);
    trace->parts = ARENA_ARRAY(arena, course_parts(plan), struct tsim_trace_part);
    trace->targets = ARENA_ARRAY(arena, kept->n, struct tsim_trace_target);
    trace->promises = ARENA_ARRAY(arena, plan->n_promises, struct tsim_trace_promise);
    trace->costs = ARENA_ARRAY(arena, COURSE_COSTS, struct tsim_trace_cost);
    if (arena->failed)
        return false;
    trace->n_events = kept->n;
    for (size_t i = 0; i < kept->n; i++)
        tell_event(&teller, &kept->events[i], &trace->events[i]);
    tell_parts(&teller);
    tell_costs(&teller);
    tell_targets(&teller);
    tell_promises(&teller);
    return !arena->failed;
}
