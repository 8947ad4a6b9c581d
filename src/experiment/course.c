/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/course.h"

/* The part of a life that an event begins; NONE: it goes on as it was. */
static uint32_t part_after(const struct case_event *event)
{
    switch ((enum case_event_kind)event->kind) {
    case EVENT_SELF_SERVICE:
        return COURSE_SELF_SERVICE;
    case EVENT_QUEUED:
    case EVENT_INTERRUPTED:
        return course_queue(event->tier);
    case EVENT_WORK:
        return course_work(event->tier);
    case EVENT_VENDOR:
        return COURSE_VENDOR;
    case EVENT_CONSULT:
        return COURSE_CONSULT;
    case EVENT_CUSTOMER:
        return COURSE_CUSTOMER;
    case EVENT_ABANDONED:
    case EVENT_BALKED:
    case EVENT_BOOKED:
    case EVENT_MISSED:
    case EVENT_RESOLVED:
        return COURSE_AWAY;
    case EVENT_CREATED:
    case EVENT_DONE:
    case EVENT_PASSED:
    case EVENT_ESCALATED:
    case EVENT_REPLIED:
    case EVENT_WITHDRAWN:
    case EVENT_RETRIES:
    case EVENT_REOPENED:
    case EVENT_CLOSED:
        return COURSE_HAND_OVER;
    case EVENT_CALL_BACK:
    case EVENT_HELP:
    case EVENT_HELPED:
    case EVENT_RELEASED:
    case EVENT_SLA:
    case EVENT_CLOCK:
    case EVENT_KINDS:
        break;
    }
    return NONE;
}

static void add_clock(struct course *course, const struct plan *plan,
                      const struct case_event *event)
{
    const struct plan_sla *sla = &plan->slas[event->to];
    if (!event->detail)
        return;
    course->missed = true;
    const double late_s = event->amount > sla->target_s ? event->amount - sla->target_s : 0;
    course->cost[COURSE_PENALTIES] += sla->penalty + sla->penalty_per_h * (late_s / 3600);
}

static void add_cost(struct course *course, const struct plan *plan,
                     const struct case_event *event, double took_s)
{
    const struct plan_pool *pool = event->pool == NONE ? NULL : &plan->pools[event->pool];
    switch ((enum case_event_kind)event->kind) {
    case EVENT_CREATED:
        course->cost[COURSE_CONTACT] =
            plan->channels[plan->classes[event->class].channel].cost;
        break;
    case EVENT_SELF_SERVICE:
        course->cost[COURSE_SESSIONS] += plan->session_cost;
        break;
    case EVENT_VENDOR:
        course->cost[COURSE_FEES] += plan->vendor_fee;
        break;
    case EVENT_DONE:
    case EVENT_INTERRUPTED:
        course->cost[COURSE_WAGES] += took_s / 3600 * pool->fee_per_h +
                                      (event->kind == EVENT_DONE ? pool->fee_per_contact : 0);
        course->cost[COURSE_WAGES] += took_s / pool->slots / 3600 * pool->wage_per_h;
        break;
    case EVENT_HELPED:
        course->cost[COURSE_WAGES] += took_s / pool->slots / 3600 * pool->wage_per_h;
        break;
    case EVENT_RESOLVED:
        if (pool)
            course->cost[COURSE_CONCESSION] += event->amount * pool->concession_factor;
        break;
    case EVENT_CLOCK:
        add_clock(course, plan, event);
        break;
    default:
        break;
    }
}

double course_take(struct course *course, const struct plan *plan, const struct case_event *event)
{
    const uint32_t next = part_after(event);
    double         took_s = 0;
    if (event->kind == EVENT_HELP)
        course->help_s = event->at_s;
    if (event->kind == EVENT_HELPED) /* of several at once, the last begun is meant */
        took_s = event->at_s - course->help_s;
    if (event->kind == EVENT_CREATED) {
        course->since_s = event->at_s;
        course->part = COURSE_HAND_OVER;
    } else if (next != NONE && !course->ended) {
        /* Whoever comes back was away, whatever was told before. */
        const bool back = event->kind == EVENT_RETRIES || event->kind == EVENT_REOPENED;
        const uint32_t part = back ? COURSE_AWAY : course->part;
        took_s = event->at_s - course->since_s;
        if (course->part_s)
            course->part_s[part] += took_s;
        const bool waited = part >= COURSE_TIERS && (part - COURSE_TIERS) % 2 == 0;
        course->waited_s += waited ? took_s : 0;
        if (event->kind == EVENT_WORK && !waited)
            took_s = 0; /* it did not end a wait */
        course->since_s = event->at_s;
        course->part = next;
        course->ended = event->kind == EVENT_CLOSED;
    }
    add_cost(course, plan, event, took_s);
    return took_s;
}
