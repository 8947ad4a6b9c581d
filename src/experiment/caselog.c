/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/caselog.h"

#include <math.h>
#include <stdio.h>

#include "base/digits.h"
#include "base/json_number.h"
#include "base/problem.h"
#include "experiment/words.h"

static const char case_header[] =
    "replication,case_id,opened_at,first_response_at,resolved_at,closed_at,stream,channel,type,"
    "priority,segment,group,tier_first,tier_last,tier_resolved,reassignment_count,reopen_count,"
    "sla_target_min,sla_met,outcome,amount,counted\n";

/* ---- the tables */

/* Minutes of the target that a case is held against. */
static struct cell make_due(struct arena *arena, const struct plan_sla *target)
{
    char number[JSON_NUMBER_SIZE] = "";
    if (target)
        json_number_write(number, target->target_s / 60);
    char *at = arena_take(arena, sizeof number + CELL_SHORT);
    if (at)
        memcpy(at, number, sizeof number);
    return (struct cell){ at, strlen(number) };
}

static bool make_cells(struct caselog *log)
{
    const struct plan *plan = log->plan;
    if (!cells_open(&log->cells, plan))
        return false;
    struct arena *arena = &log->cells.arena;
    log->due = ARENA_ARRAY(arena, plan->n_classes, struct cell);
    log->tier_group = ARENA_ARRAY(arena, plan->n_tiers, struct cell);
    for (uint32_t c = 0; log->due && c < plan->n_classes; c++)
        log->due[c] = make_due(arena, plan_case_target(plan, &plan->classes[c]));
    for (uint32_t t = 0; log->tier_group && t < plan->n_tiers; t++)
        log->tier_group[t] = plan->tiers[t].n_pools == 1
                                 ? log->cells.pools[plan->tiers[t].pool_base] : log->cells.nothing;
    return !arena->failed;
}

bool caselog_begin(struct caselog *log, const char *cases, const char *events,
                   const struct plan *plan, struct tsim_problems *problems)
{
    *log = (struct caselog){ .plan = plan };
    if (!cases && !events)
        return true;
    if (!make_cells(log))
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    log->cases_open = cases && file_begin(&log->cases, cases, problems);
    log->events_open = events && file_begin(&log->events, events, problems);
    if (log->cases_open)
        fputs(case_header, log->cases.to);
    if (log->events_open)
        fputs(caselog_event_header, log->events.to);
    return log->cases_open == (cases != NULL) && log->events_open == (events != NULL);
}

static bool end_table(struct file_writer *writer, bool *open, struct tsim_problems *problems)
{
    const bool was_open = *open;
    *open = false;
    return !was_open || file_commit(writer, problems);
}

bool caselog_end(struct caselog *log, struct tsim_problems *problems)
{
    return end_table(&log->cases, &log->cases_open, problems) &&
           end_table(&log->events, &log->events_open, problems);
}

void caselog_close(struct caselog *log)
{
    if (log->cases_open)
        file_abandon(&log->cases);
    if (log->events_open)
        file_abandon(&log->events);
    log->cases_open = log->events_open = false;
    cells_close(&log->cells);
}

/* ---- rows of a replication */

bool caselog_part_open(struct caselog_part *part, const struct caselog *log, uint32_t n_parts)
{
    enum { MEMORY = 1 << 28, MOST = 1 << 23 };
    size_t most = SPILL_FIRST;
    while (most < MOST && most * 4 * n_parts <= MEMORY)
        most *= 2;
    *part = (struct caselog_part){ .log = log };
    return (!log->cases_open || spill_open(&part->cases, most)) &&
           (!log->events_open || spill_open(&part->events, most));
}

void caselog_part_close(struct caselog_part *part)
{
    if (part->cases.buffer)
        spill_close(&part->cases);
    if (part->events.buffer)
        spill_close(&part->events);
}

void caselog_part_begin(struct caselog_part *part, uint32_t replication)
{
    char *end = digits_whole(part->number, replication + 1);
    *end++ = '-';
    part->number_length = (size_t)(end - part->number);
    if (part->cases.buffer)
        spill_clear(&part->cases);
    if (part->events.buffer)
        spill_clear(&part->events);
}

bool caselog_copy(struct caselog *log, struct caselog_part *part, struct tsim_problems *problems)
{
    if ((!log->cases_open || spill_copy(&part->cases, log->cases.to)) &&
        (!log->events_open || spill_copy(&part->events, log->events.to)))
        return true;
    return problem_plain(problems, TSIM_PROBLEM_IO, "is the disk full?",
                         "the case log cannot be written");
}

char *caselog_id(const struct caselog_part *part, char *to, uint64_t number)
{
    memcpy(to, part->number, sizeof part->number);
    return digits_whole(to + part->number_length, number + 1);
}

/* A moment, or an empty cell when there is none. */
static char *write_moment(struct caselog_part *part, char *to, double time_s, bool is)
{
    if (is)
        to = stamp_write(&part->stamp, to, part->log->plan->start_s + time_s);
    *to++ = ',';
    return to;
}

static char *write_name(char *to, struct cell cell)
{
    to = cell_write(to, cell);
    *to++ = ',';
    return to;
}

/* A word of ours and a comma. */
static char *write_word(char *to, const char *word)
{
    while (*word)
        *to++ = *word++;
    *to++ = ',';
    return to;
}

/* Where it was resolved; empty when it was not. */
static struct cell resolved_at(const struct caselog *log, const struct case_record *record)
{
    switch (record->fate) {
    case FATE_SELF_SERVICE:
        return log->cells.self_service;
    case FATE_RESOLVED:
        return log->cells.tiers[record->tier];
    case FATE_VENDOR:
        return log->cells.vendor;
    default:
        return log->cells.nothing;
    }
}

static char *write_when(struct caselog_part *part, char *to, const struct case_record *record)
{
    const bool resolved = record->fate == FATE_RESOLVED || record->fate == FATE_SELF_SERVICE ||
                          record->fate == FATE_VENDOR;
    to = write_moment(part, to, record->arrived_s, true);
    to = write_moment(part, to, record->responded_s, !isnan(record->responded_s));
    to = write_moment(part, to, record->ended_s, resolved);
    return write_moment(part, to, record->ended_s, record->fate != FATE_OPEN);
}

static char *write_who(const struct caselog *log, char *to, const struct case_record *record)
{
    const struct cells      *cells = &log->cells;
    const struct plan_class *class = &log->plan->classes[record->class];
    to = write_name(to, cells->streams[class->stream]);
    to = write_name(to, cells->channels[class->channel]);
    to = write_name(to, cells->issues[class->issue]);
    to = write_name(to, cells->severities[class->severity]);
    return write_name(to, cells->segments[class->segment]);
}

void caselog_take_case(void *user, const struct case_record *record)
{
    struct caselog_part  *part = user;
    const struct caselog *log = part->log;
    const struct cells   *cells = &log->cells;
    const struct cell     due = log->due[record->class];
    char                 *to = spill_room(&part->cases);
    memcpy(to, part->number, sizeof part->number);
    to += part->number_length - 1;
    *to++ = ',';
    to = caselog_id(part, to, record->number);
    *to++ = ',';
    to = write_when(part, to, record);
    to = write_who(log, to, record);
    to = write_name(to, record->pool == NONE ? cells->nothing : cells->pools[record->pool]);
    to = write_name(to, cells->tiers[record->entry_tier]);
    to = write_name(to, cells->tiers[record->tier]);
    to = write_name(to, resolved_at(log, record));
    to = digits_whole(to, record->hops);
    *to++ = ',';
    to = digits_whole(to, record->reopened);
    *to++ = ',';
    to = write_name(to, due);
    to = write_word(to, record->breaches ? "false" : due.length == 0 ? "" : "true");
    to = write_word(to, words_outcomes[record->fate]);
    to = digits_cents(to, record->concession);
    *to++ = ',';
    to = write_word(to, record->counted ? "true" : "false");
    to[-1] = '\n';
    spill_wrote(&part->cases, to);
}
