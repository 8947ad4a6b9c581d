/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of events.csv. The words of the columns activity and lifecycle are those that process
 * mining and service desks use; what they have no word for is not a row of its own, because what
 * comes of it is. */
#include <math.h>

#include "base/digits.h"
#include "experiment/caselog.h"
#include "experiment/words.h"

const char caselog_event_header[] = "case_id,timestamp,activity,lifecycle,group,tier,resource,"
                                    "priority,type,channel,sla_due,amount,cause\n";

/* "activity,lifecycle," of each kind; empty: no row. */
static const struct cell activities[EVENT_KINDS] = {
#define ACTIVITY(words) { words "\0                               ", sizeof words - 1 }
    [EVENT_CREATED] = ACTIVITY("created,,"),
    [EVENT_SELF_SERVICE] = ACTIVITY("work,start,"),
    [EVENT_QUEUED] = ACTIVITY("queued,,"),
    [EVENT_WORK] = ACTIVITY("work,start,"),
    [EVENT_DONE] = ACTIVITY("work,complete,"),
    [EVENT_INTERRUPTED] = ACTIVITY("work,suspend,"),
    [EVENT_ESCALATED] = ACTIVITY("escalated,,"),
    [EVENT_VENDOR] = ACTIVITY("wait_external,start,"),
    [EVENT_CONSULT] = ACTIVITY("wait_external,start,"),
    [EVENT_HELP] = ACTIVITY("assigned,start,"),
    [EVENT_HELPED] = ACTIVITY("assigned,complete,"),
    [EVENT_CUSTOMER] = ACTIVITY("wait_customer,start,"),
    [EVENT_REPLIED] = ACTIVITY("wait_customer,complete,"),
    [EVENT_ABANDONED] = ACTIVITY("abandoned,,"),
    [EVENT_BALKED] = ACTIVITY("abandoned,,"),
    [EVENT_RESOLVED] = ACTIVITY("resolved,,"),
    [EVENT_REOPENED] = ACTIVITY("reopened,,"),
    [EVENT_CLOSED] = ACTIVITY("closed,,"),
};

static const struct cell transferred = ACTIVITY("transferred,,"),
                         cancelled = ACTIVITY("cancelled,,"),
                         resumed = ACTIVITY("work,resume,");
#undef ACTIVITY

/* What else a row says, besides who and when. */
struct event_row {
    struct cell activity, group, tier;
    const char *cause; /* NULL: none */
};

/* A tier and whom its contacts go to; those outside come after the last. */
static void fill_place(const struct caselog *log, uint32_t tier, struct event_row *row)
{
    const uint32_t n = log->plan->n_tiers;
    row->group = row->tier = log->cells.nothing;
    if (tier < n) {
        row->group = log->tier_group[tier];
        row->tier = log->cells.tiers[tier];
    } else if (tier == n) {
        row->group = row->tier = log->cells.vendor;
    }
}

static void fill_outside(struct cell name, struct event_row *row)
{
    row->group = row->tier = name;
}

static void fill_end(const struct caselog *log, enum fate fate, struct event_row *row)
{
    if (fate == FATE_BLOCKED)
        row->activity = cancelled;
    if (fate == FATE_SELF_SERVICE)
        fill_outside(log->cells.self_service, row);
    if (fate == FATE_VENDOR)
        fill_outside(log->cells.vendor, row);
}

static void fill_row(const struct caselog *log, const struct case_event *event,
                     struct event_row *row)
{
    row->activity = activities[event->kind];
    fill_place(log, event->tier, row);
    if (event->pool != NONE)
        row->group = log->cells.pools[event->pool];
    switch ((enum case_event_kind)event->kind) {
    case EVENT_CREATED:
        fill_outside(log->cells.nothing, row);
        break;
    case EVENT_SELF_SERVICE:
        fill_outside(log->cells.self_service, row);
        break;
    case EVENT_WORK:
        if (event->detail)
            row->activity = resumed;
        break;
    case EVENT_VENDOR:
        fill_outside(log->cells.vendor, row);
        break;
    case EVENT_RESOLVED:
        if (event->pool == NONE) /* falsely, by self-service: who is resolved there is closed */
            fill_outside(log->cells.self_service, row);
        break;
    case EVENT_ESCALATED:
        if (event->to <= event->tier)
            row->activity = transferred;
        fill_place(log, event->to, row);
        row->cause = words_trigger(event->detail);
        break;
    case EVENT_CONSULT:
        fill_place(log, event->to, row);
        row->cause = words_trigger(event->detail);
        break;
    case EVENT_HELP:
    case EVENT_HELPED:
        row->cause = event->detail < TASK_KINDS ? task_names[event->detail] : NULL;
        break;
    case EVENT_CLOSED:
        fill_end(log, event->detail, row);
        break;
    default:
        break;
    }
}

/* The agent: "front 3", by the pool's name and a number within it. */
static char *write_agent(const struct caselog *log, char *to, const struct case_event *event)
{
    if (event->agent == NONE)
        return to;
    const struct cell cell = log->cells.pools[event->pool];
    to = cell_write(to, cell);
    const bool quoted = cell.length > 0 && to[-1] == '"';
    to -= quoted;
    *to++ = ' ';
    to = digits_whole(to, plan_agent_number(log->plan, event->pool, event->agent));
    if (quoted)
        *to++ = '"';
    return to;
}

static char *write_named(char *to, struct cell cell)
{
    to = cell_write(to, cell);
    *to++ = ',';
    return to;
}

static void write_row(struct caselog_part *part, const struct case_event *event,
                      const struct event_row *row)
{
    const struct caselog    *log = part->log;
    const struct plan       *plan = log->plan;
    const struct plan_class *class = &plan->classes[event->class];
    char                    *to = caselog_id(part, spill_room(&part->events), event->number);
    *to++ = ',';
    to = stamp_write(&part->stamp, to, plan->start_s + event->at_s);
    *to++ = ',';
    to = cell_write(to, row->activity);
    to = write_named(to, row->group);
    to = write_named(to, row->tier);
    to = write_agent(log, to, event);
    *to++ = ',';
    to = write_named(to, log->cells.severities[class->severity]);
    to = write_named(to, log->cells.issues[class->issue]);
    to = write_named(to, log->cells.channels[class->channel]);
    const struct plan_sla *target = plan_case_target(plan, class);
    if (event->kind == EVENT_CREATED && target)
        to = stamp_write(&part->stamp, to,
                         plan->start_s + hours_after(plan->hours[target->hours], event->at_s,
                                                     target->target_s));
    *to++ = ',';
    if (event->amount > 0)
        to = digits_cents(to, event->amount);
    *to++ = ',';
    for (const char *word = row->cause; word && *word; word++)
        *to++ = *word;
    *to++ = '\n';
    spill_wrote(&part->events, to);
}

void caselog_take_event(void *user, const struct case_event *event)
{
    struct caselog_part *part = user;
    struct event_row     row = { .cause = NULL };
    const uint8_t        fate = event->detail;
    if (activities[event->kind].length == 0)
        return;
    fill_row(part->log, event, &row);
    if (event->kind == EVENT_CLOSED) {
        if (fate == FATE_ABANDONED || fate == FATE_OPEN)
            return; /* told already; not closed */
        if (fate == FATE_SELF_SERVICE || fate == FATE_VENDOR) {
            const struct cell closed = row.activity;
            row.activity = activities[EVENT_RESOLVED];
            write_row(part, event, &row);
            row.activity = closed;
        }
    }
    write_row(part, event, &row);
}
