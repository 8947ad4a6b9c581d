/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/caselog.h - every contact's life in two tables: cases.csv has a row for each contact,
 * in order of ending, and events.csv a row for each thing that happened to it, in simulated order.
 *
 * The thread that runs a replication writes its rows into spills; the fold copies them out in
 * order of replication, so the tables are the same for any number of threads.
 */
#ifndef EXPERIMENT_CASELOG_H
#define EXPERIMENT_CASELOG_H

#include "base/file.h"
#include "experiment/cells.h"
#include "experiment/spill.h"
#include "experiment/stamp.h"
#include "model/world.h"

struct caselog {
    const struct plan *plan;
    struct cells       cells;
    struct cell       *due;        /* [class]: minutes to its SLA target                  */
    struct cell       *tier_group; /* [tier]: its pool, where it has just one             */
    struct file_writer cases, events;
    bool               cases_open, events_open;
};

/* Opens the tables that have a path. False when that fails. */
bool caselog_begin(struct caselog *log, const char *cases, const char *events,
                   const struct plan *plan, struct tsim_problems *problems);

static inline bool caselog_is_open(const struct caselog *log)
{
    return log->cases_open || log->events_open;
}

/* Rows of the replication in hand. */
struct caselog_part {
    const struct caselog *log;
    struct spill          cases, events;
    struct stamp          stamp;
    char                  number[16]; /* of the replication and a hyphen: "17-"            */
    size_t                number_length;
};

/* `n_parts` are open at once, and share what memory they may use. */
bool caselog_part_open(struct caselog_part *part, const struct caselog *log, uint32_t n_parts);
void caselog_part_close(struct caselog_part *part);

/* Begins the rows of a replication (counted from 0). */
void caselog_part_begin(struct caselog_part *part, uint32_t replication);

/* Users of sinks: `part` is a struct caselog_part. */
void caselog_take_case(void *part, const struct case_record *record);
void caselog_take_event(void *part, const struct case_event *event);

/* Copies the rows of a finished replication out. False when it fails. */
bool caselog_copy(struct caselog *log, struct caselog_part *part, struct tsim_problems *problems);

bool caselog_end(struct caselog *log, struct tsim_problems *problems);

/* Closes whatever is open; tables not ended are not written. */
void caselog_close(struct caselog *log);

/* For caselog_events.c: the begin of a row, and the names of a contact's class. */
char *caselog_id(const struct caselog_part *part, char *to, uint64_t number);
extern const char caselog_event_header[];

#endif
