/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/naive/recount.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The lives of contacts as far as they have been told; by number. */
struct life {
    double arrived_s, queued_s, began_s, done_s; /* queued NAN: not waiting                 */
    double awaits_s;                             /* the customer's reply, since then        */
    uint32_t cause, cause_tier;                  /* of the last hand-over; TRIGGERS: none   */
    uint64_t pools;                              /* that have worked on it, a bit each      */
    bool     responded, handed_over;             /* … and not worked on since               */
    bool     interrupted;                        /* its work, since queued_s                */
};

enum fates { SELF_SERVICE, RESOLVED, VENDOR, ABANDONED, BLOCKED, UNRESOLVED, OPEN };

static void count_end(const struct case_event *event, const struct life *life,
                      struct ledger_row *ledger)
{
    double *const fates[] = { &ledger->self_service, &ledger->resolved, &ledger->vendor,
                              &ledger->abandoned, &ledger->blocked, &ledger->unresolved,
                              &ledger->open };
    ++*fates[event->detail];
    ledger->sojourn_s += event->at_s - life->arrived_s;
    if (event->detail <= VENDOR)
        ledger->resolution_s += event->at_s - life->arrived_s;
    ledger->first_level += event->detail == RESOLVED && event->tier == 0 && event->hops == 0;
    ledger->hops += event->hops;
    ledger->escalated += event->hops > 0;
    if (event->hops > 0)
        ledger->by_hops[event->hops < HOPS_COUNTED ? event->hops : HOPS_COUNTED - 1]++;
}

static void count_abandoned(double wait_s, const struct plan_tier *tier, struct visit_row *visit)
{
    visit->abandoned++;
    visit->wait_abandoned_s += wait_s;
    visit->abandoned_in_time += wait_s <= tier->answer_within_s;
    visit->abandoned_short += wait_s <= tier->short_abandon_s;
}

/* A wait is over, if there was one, and no work begins. */
static void count_unanswered(const struct case_event *event, struct life *life,
                             const struct plan_tier *tier, struct visit_row *visit)
{
    const double wait_s = isnan(life->queued_s) ? 0 : event->at_s - life->queued_s;
    life->queued_s = NAN;
    if (event->kind == EVENT_WITHDRAWN) {
        visit->withdrawn++;
        visit->wait_withdrawn_s += wait_s;
    } else if (event->kind == EVENT_MISSED) {
        visit->missed++;
        visit->wait_missed_s += wait_s;
    } else {
        visit->balked += event->kind == EVENT_BALKED;
        count_abandoned(wait_s, tier, visit);
    }
}

/* Work begins: the wait is over, and perhaps somebody has responded for the first time. */
static void count_work(const struct case_event *event, struct life *life, uint32_t team,
                       const struct plan_tier *tier, struct visit_row *visit,
                       struct ledger_row *ledger)
{
    const double wait_s = isnan(life->queued_s) ? 0 : event->at_s - life->queued_s;
    visit->answered++;
    visit->wait_answered_s += wait_s;
    visit->in_time += wait_s <= tier->answer_within_s;
    life->queued_s = NAN;
    life->began_s = event->at_s;
    ledger->returns += life->handed_over && (life->pools >> team % 64 & 1);
    life->pools |= (uint64_t)1 << team % 64;
    life->handed_over = false;
    if (life->responded)
        return;
    life->responded = true;
    ledger->responded++;
    ledger->response_s += event->at_s - life->arrived_s;
}

static struct cause_row *cause_row(const struct plan *plan, const struct case_event *event,
                                   uint32_t tier, uint32_t trigger, struct tally *tally)
{
    const size_t n = (size_t)plan->n_tiers * TRIGGERS;
    return &tally->cause[(event->counted ? 0 : n) + tier * TRIGGERS + trigger];
}

/* What an escalation led to. */
static void add_cause(const struct plan *plan, const struct case_event *event,
                      const struct life *life, double work_s, struct tally *tally)
{
    struct cause_row *row = cause_row(plan, event, life->cause_tier, life->cause, tally);
    work_s /= plan->pools[event->pool].slots;
    row->work_s += work_s;
    row->money += work_s * plan->pools[event->pool].wage_per_h / 3600;
}

/* Agents' time, to the end of the work or an interruption. */
static void count_time(const struct plan *plan, const struct case_event *event,
                       const struct life *life, struct visit_row *visit, struct pool_row *pool,
                       struct tally *tally)
{
    visit->handled_s += event->at_s - life->began_s;
    pool->handled_s += event->at_s - life->began_s;
    if (life->cause != TRIGGERS)
        add_cause(plan, event, life, event->at_s - life->began_s, tally);
}

/* What comes of work that was interrupted; whether there is nothing else to count. */
static bool count_second_wait(const struct case_event *event, struct life *life,
                              struct visit_row *visit)
{
    if (event->kind == EVENT_INTERRUPTED) {
        visit->interrupted++;
        life->interrupted = true;
        life->queued_s = event->at_s;
        return false;
    }
    const bool gives_up = event->kind == EVENT_ABANDONED;
    const bool dropped = event->kind == EVENT_CLOSED && event->detail == UNRESOLVED;
    if (!life->interrupted || (event->kind != EVENT_WORK && !gives_up && !dropped))
        return false;
    visit->gave_up_again += gives_up;
    visit->dropped += dropped;
    visit->wait_again_s += event->at_s - life->queued_s;
    life->interrupted = false;
    life->queued_s = NAN;
    if (event->kind == EVENT_WORK) {
        life->began_s = event->at_s;
        life->pools |= (uint64_t)1 << event->pool % 64;
    }
    return event->kind != EVENT_CLOSED;
}

static void count_escalation(const struct plan *plan, const struct case_event *event,
                             struct life *life, struct visit_row *visit, struct tally *tally)
{
    visit->escalated[event->detail]++;
    life->handed_over = true;
    life->cause = event->detail;
    life->cause_tier = event->tier;
    cause_row(plan, event, event->tier, event->detail, tally)->handed_over++;
    if (event->counted)
        tally->move[(event->tier * (plan->n_tiers + 2) + event->to) * TRIGGERS +
                    event->detail]++;
}

static void count_event(const struct plan *plan, const struct case_event *event,
                        struct life *life, struct tally *tally)
{
    const uint32_t     row = event->counted ? event->class : plan->n_classes;
    struct ledger_row *ledger = &tally->ledger[row];
    struct visit_row  *visit = &tally->visit[event->tier * (plan->n_classes + 1) + row];
    const uint32_t     first_pool = event->counted ? 0 : plan->n_pools;
    struct pool_row   *pool = event->pool == NONE ? NULL : &tally->pool[first_pool + event->pool];
    const struct plan_tier *tier = &plan->tiers[event->tier];
    if (count_second_wait(event, life, visit))
        return;
    switch ((enum case_event_kind)event->kind) {
    case EVENT_CREATED:
        *life = (struct life){ .arrived_s = event->at_s, .queued_s = NAN, .cause = TRIGGERS,
                               .responded = event->detail };
        ledger->offered++;
        ledger->in_incident += event->to > 0;
        break;
    case EVENT_QUEUED:
        life->queued_s = event->at_s;
        visit->delayed++;
        break;
    case EVENT_INTERRUPTED:
        count_time(plan, event, life, visit, pool, tally);
        break;
    case EVENT_WORK:
        pool->started++;
        count_work(event, life, plan->pools[event->pool].team, tier, visit, ledger);
        break;
    case EVENT_DONE:
        count_time(plan, event, life, visit, pool, tally);
        visit->handled++;
        pool->handled++;
        life->done_s = event->at_s;
        break;
    case EVENT_RELEASED:
        visit->hold_s += event->at_s - life->done_s;
        pool->hold_s += event->at_s - life->done_s;
        break;
    case EVENT_HELPED:
        pool->tasks++;
        tally->task[(event->counted ? 0 : TASK_KINDS) + event->detail].done++;
        break;
    case EVENT_PASSED:
        visit->passed++;
        break;
    case EVENT_ESCALATED:
        count_escalation(plan, event, life, visit, tally);
        break;
    case EVENT_WITHDRAWN:
    case EVENT_ABANDONED:
    case EVENT_BALKED:
    case EVENT_MISSED:
        count_unanswered(event, life, tier, visit);
        break;
    case EVENT_CALL_BACK:
    case EVENT_BOOKED:
        visit->accepted += event->kind == EVENT_CALL_BACK;
        visit->booked += event->kind == EVENT_BOOKED;
        break;
    case EVENT_CUSTOMER:
        visit->awaited++;
        life->awaits_s = event->at_s;
        break;
    case EVENT_REPLIED:
        ledger->customer_s += event->at_s - life->awaits_s;
        break;
    case EVENT_VENDOR:
        tally->outside[!event->counted].vendor_visits++;
        cause_row(plan, event, life->cause_tier, life->cause, tally)->money += plan->vendor_fee;
        break;
    case EVENT_RETRIES:
        ledger->redials++;
        life->handed_over = false;
        life->cause = TRIGGERS;
        break;
    case EVENT_REOPENED:
        life->handed_over = false;
        if (event->detail != TRIGGER_satisfaction)
            life->cause = TRIGGERS;
        break;
    case EVENT_CONSULT:
        cause_row(plan, event, event->tier, event->detail, tally)->asked++;
        break;
    case EVENT_HELP:
        tally->task[(event->counted ? 0 : TASK_KINDS) + event->detail].started++;
        break;
    case EVENT_CLOSED:
        if (event->detail == RESOLVED)
            visit->resolved++;
        count_end(event, life, ledger);
        break;
    default:
        break;
    }
}

void recount(const struct plan *plan, const struct case_event *events, size_t n,
             struct tally *tally)
{
    struct life *lives = calloc(n + 1, sizeof *lives);
    if (!lives)
        abort();
    for (size_t i = 0; i < n; i++)
        count_event(plan, &events[i], &lives[events[i].number], tally);
    free(lives);
}

/* ---- comparing */

struct member {
    const char *name;
    size_t      offset, n;
};

#define MEMBER(row, name)  { #name, offsetof(struct row, name), 1 }
#define MEMBERS(row, name) { #name, offsetof(struct row, name), \
                             sizeof((struct row){ 0 }.name) / sizeof(double) }

static const struct member of_ledger[] = {
    MEMBER(ledger_row, offered),      MEMBER(ledger_row, self_service),
    MEMBER(ledger_row, resolved),     MEMBER(ledger_row, vendor),
    MEMBER(ledger_row, abandoned),    MEMBER(ledger_row, blocked),
    MEMBER(ledger_row, unresolved),   MEMBER(ledger_row, open),
    MEMBER(ledger_row, responded),    MEMBER(ledger_row, response_s),
    MEMBER(ledger_row, resolution_s), MEMBER(ledger_row, first_level),
    MEMBER(ledger_row, escalated),    MEMBER(ledger_row, hops),
    MEMBERS(ledger_row, by_hops),     MEMBER(ledger_row, sojourn_s),
    MEMBERS(ledger_row, clocked),
    MEMBERS(ledger_row, breaches),    MEMBERS(ledger_row, late_s),
    MEMBER(ledger_row, penalties),    MEMBER(ledger_row, returns),
    MEMBER(ledger_row, breached),     MEMBER(ledger_row, to_people),
    MEMBER(ledger_row, business_s),   MEMBER(ledger_row, hop_limited),
    MEMBER(ledger_row, call_backs),   MEMBER(ledger_row, call_backs_late),
    MEMBER(ledger_row, concessions),  MEMBER(ledger_row, concession_n),
    MEMBER(ledger_row, turned_away),  MEMBER(ledger_row, first_contact),
    MEMBER(ledger_row, redials),      MEMBER(ledger_row, customer_s),
    MEMBER(ledger_row, requests),     MEMBER(ledger_row, talked_down),
    MEMBER(ledger_row, score),        MEMBER(ledger_row, scored),
    MEMBER(ledger_row, answered),     MEMBER(ledger_row, displeased),
    MEMBER(ledger_row, lost),         MEMBER(ledger_row, lost_value),
    MEMBER(ledger_row, leaked),       MEMBER(ledger_row, found_out),
    MEMBER(ledger_row, owners),       MEMBER(ledger_row, to_owner),
    MEMBER(ledger_row, at_owner),     MEMBER(ledger_row, lost_by_delay),
    MEMBER(ledger_row, unreached),    MEMBER(ledger_row, in_incident),
};

static const struct member of_sla[] = {
    MEMBER(sla_row, clocked), MEMBER(sla_row, breaches), MEMBER(sla_row, late_s),
    MEMBER(sla_row, penalty), MEMBER(sla_row, clock_s),  MEMBER(sla_row, clock_breached_s),
    MEMBER(sla_row, points),
};

static const struct member of_delay[] = {
    MEMBER(delay_row, all_s), MEMBER(delay_row, breached_s),
};

static const struct member of_visit[] = {
    MEMBER(visit_row, delayed),           MEMBER(visit_row, answered),
    MEMBER(visit_row, wait_answered_s),   MEMBER(visit_row, in_time),
    MEMBER(visit_row, abandoned),         MEMBER(visit_row, wait_abandoned_s),
    MEMBER(visit_row, abandoned_in_time), MEMBER(visit_row, abandoned_short),
    MEMBER(visit_row, handled),           MEMBER(visit_row, handled_s),
    MEMBER(visit_row, resolved),          MEMBER(visit_row, passed),
    MEMBER(visit_row, hold_s),            MEMBER(visit_row, withdrawn),
    MEMBERS(visit_row, escalated),        MEMBER(visit_row, offered),
    MEMBER(visit_row, blocked),           MEMBER(visit_row, flushed),
    MEMBER(visit_row, avoidable),         MEMBER(visit_row, wrap_s),
    MEMBER(visit_row, wait_withdrawn_s),  MEMBER(visit_row, awaited),
    MEMBER(visit_row, interrupted),       MEMBER(visit_row, wait_again_s),
    MEMBER(visit_row, gave_up_again),     MEMBER(visit_row, dropped),
    MEMBER(visit_row, balked),            MEMBER(visit_row, accepted),
    MEMBER(visit_row, called),            MEMBER(visit_row, called_delayed),
    MEMBER(visit_row, missed),            MEMBER(visit_row, wait_missed_s),
    MEMBER(visit_row, reached),           MEMBER(visit_row, wait_called_s),
    MEMBER(visit_row, called_s),          MEMBER(visit_row, booked),
};

static const struct member of_pool[] = {
    MEMBER(pool_row, started), MEMBER(pool_row, handled), MEMBER(pool_row, handled_s),
    MEMBER(pool_row, hold_s),  MEMBER(pool_row, tasks),   MEMBER(pool_row, tasks_s),
    MEMBER(pool_row, wrap_s),
    MEMBER(pool_row, resolved), MEMBER(pool_row, concessions), MEMBERS(pool_row, escalated),
};

static const struct member of_joined[] = {
    MEMBER(tier_interval_row, offered),         MEMBER(tier_interval_row, answered),
    MEMBER(tier_interval_row, abandoned),       MEMBER(tier_interval_row, blocked),
    MEMBER(tier_interval_row, in_time),         MEMBER(tier_interval_row, wait_answered_s),
    MEMBER(tier_interval_row, delayed),         MEMBER(tier_interval_row, abandoned_in_time),
    MEMBER(tier_interval_row, abandoned_events),
};

static const struct member of_desk[] = {
    MEMBER(desk_interval_row, arrived), MEMBER(desk_interval_row, resolved),
    MEMBER(desk_interval_row, breaches),
};

static const struct member of_promise[] = {
    MEMBER(promise_row, hit), MEMBER(promise_row, base),
};

static const struct member of_outside[] = {
    MEMBER(outside_row, followed),      MEMBER(outside_row, sessions),
    MEMBER(outside_row, refused),       MEMBER(outside_row, granted),
    MEMBER(outside_row, vendor_visits), MEMBER(outside_row, contacts_cost),
    MEMBER(outside_row, routed),        MEMBER(outside_row, misrouted),
    MEMBER(outside_row, updated),       MEMBER(outside_row, prevented),
    MEMBER(outside_row, begun),         MEMBER(outside_row, begun_open),
    MEMBER(outside_row, begun_late),    MEMBER(outside_row, begun_ended),
    MEMBER(outside_row, begun_s),
};

static const struct member of_task[] = {
    MEMBER(task_row, offered), MEMBER(task_row, started), MEMBER(task_row, done),
    MEMBER(task_row, wait_s),  MEMBER(task_row, work_s),
};

static const struct member of_cause[] = {
    MEMBER(cause_row, handed_over), MEMBER(cause_row, asked), MEMBER(cause_row, notified),
    MEMBER(cause_row, work_s),      MEMBER(cause_row, money),
};

struct rows {
    const char          *name;
    const void          *x, *y;
    size_t               n, size;
    const struct member *members;
    size_t               n_members;
};

static const char *rows_differ(const struct rows *rows, char *text, size_t size)
{
    for (size_t r = 0; r < rows->n; r++)
        for (size_t m = 0; m < rows->n_members; m++)
            for (size_t k = 0; k < rows->members[m].n; k++) {
                const size_t at = r * rows->size + rows->members[m].offset + k * sizeof(double);
                const double x = *(const double *)(const void *)((const char *)rows->x + at);
                const double y = *(const double *)(const void *)((const char *)rows->y + at);
                if (fabs(x - y) <= 1e-9 * (10 + fabs(x)))
                    continue;
                snprintf(text, size, "%s row %zu, %s[%zu]: %.17g counted, %.17g told", rows->name,
                         r, rows->members[m].name, k, x, y);
                return text;
            }
    return NULL;
}

/* Time at other duties, over all intervals, and what became of them. */
static const char *duties_differ(const struct plan *plan, const struct tally *tally,
                                 const struct tally *again, char *text, size_t size)
{
    static const struct member members[] = {
        MEMBER(pool_interval_row, duty_s),         MEMBER(pool_interval_row, idle_duty_s),
        MEMBER(pool_interval_row, duty_wanted_s),  MEMBER(pool_interval_row, duties_put_off),
        MEMBER(pool_interval_row, duties_cancelled),
        MEMBER(pool_interval_row, duties_interrupted),
    };
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        struct pool_interval_row sums[2] = { { .busy_s = 0 }, { .busy_s = 0 } };
        for (uint32_t i = 0; i < plan->n_intervals; i++) {
            ROW_ADD(&sums[0], &tally->pool_interval[(size_t)i * plan->n_pools + p]);
            ROW_ADD(&sums[1], &again->pool_interval[(size_t)i * plan->n_pools + p]);
        }
        const struct rows rows = { "duties", &sums[0], &sums[1], 1, sizeof *sums, members,
                                   sizeof members / sizeof *members };
        if (rows_differ(&rows, text, size))
            return text;
    }
    return NULL;
}

const char *recount_differs(const struct plan *plan, const struct tally *tally,
                            const struct tally *again, char *text, size_t size)
{
    static const struct member only = { "moves", 0, 1 };
    const struct rows all[] = {
        { "ledger", tally->ledger, again->ledger, plan->n_classes + 1, sizeof *tally->ledger,
          of_ledger, sizeof of_ledger / sizeof *of_ledger },
        { "visit", tally->visit, again->visit, (size_t)plan->n_tiers * (plan->n_classes + 1),
          sizeof *tally->visit, of_visit, sizeof of_visit / sizeof *of_visit },
        { "pool", tally->pool, again->pool, 2 * (size_t)plan->n_pools, sizeof *tally->pool,
          of_pool, sizeof of_pool / sizeof *of_pool },
        { "sla", tally->sla, again->sla, plan->n_slas + (size_t)1, sizeof *tally->sla, of_sla,
          sizeof of_sla / sizeof *of_sla },
        { "delay", tally->delay, again->delay, (plan->n_slas + (size_t)1) * plan->n_parts,
          sizeof *tally->delay, of_delay, sizeof of_delay / sizeof *of_delay },
        { "joined", tally->tier_interval, again->tier_interval,
          (size_t)plan->n_tiers * (plan->n_intervals + 1), sizeof *tally->tier_interval, of_joined,
          sizeof of_joined / sizeof *of_joined },
        { "interval", tally->desk_interval, again->desk_interval, plan->n_intervals + (size_t)1,
          sizeof *tally->desk_interval, of_desk, sizeof of_desk / sizeof *of_desk },
        { "promise", tally->promise, again->promise, plan->n_counted, sizeof *tally->promise,
          of_promise, sizeof of_promise / sizeof *of_promise },
        { "outside", tally->outside, again->outside, 2, sizeof *tally->outside, of_outside,
          sizeof of_outside / sizeof *of_outside },
        { "task", tally->task, again->task, 2 * TASK_KINDS, sizeof *tally->task, of_task,
          sizeof of_task / sizeof *of_task },
        { "cause", tally->cause, again->cause, 2 * (size_t)plan->n_tiers * TRIGGERS,
          sizeof *tally->cause, of_cause, sizeof of_cause / sizeof *of_cause },
        { "move", tally->move, again->move,
          (size_t)plan->n_tiers * (plan->n_tiers + 2) * TRIGGERS, sizeof(double), &only, 1 },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *said = rows_differ(&all[i], text, size);
        if (said)
            return said;
    }
    return duties_differ(plan, tally, again, text, size);
}
