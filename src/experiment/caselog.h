/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/caselog.h - every contact's life as a row of cases.csv, in order of replication and
 * of ending. While a replication runs its cases go to a temporary file; the fold copies them out
 * in order, so the log is the same for any number of threads.
 */
#ifndef EXPERIMENT_CASELOG_H
#define EXPERIMENT_CASELOG_H

#include <stdio.h>

#include "base/file.h"
#include "model/world.h"

struct caselog {
    struct file_writer writer;
    const struct plan *plan;
    bool               open;
};

bool caselog_begin(struct caselog *log, const char *path, const struct plan *plan,
                   struct tsim_problems *problems);

/* Takes records into `spill`, a FILE of one replication; user of a case_sink. */
void caselog_take(void *spill, const struct case_record *record);

/* Copies the records of a finished replication out and empties the spill. False when it fails. */
bool caselog_copy(struct caselog *log, FILE *spill, uint32_t replication,
                  struct tsim_problems *problems);

bool caselog_end(struct caselog *log, struct tsim_problems *problems);
void caselog_abandon(struct caselog *log);

#endif
