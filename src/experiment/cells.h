/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/cells.h - the names of a plan as cells of CSV tables, quoted once. */
#ifndef EXPERIMENT_CELLS_H
#define EXPERIMENT_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "model/plan.h"

enum { CELL_SHORT = 32, CELL_MOST = 2 * LIMIT_NAME + 3 /* bytes of a name, quoted */ };

struct cell {
    const char *at; /* CELL_SHORT bytes may be read, however short it is                   */
    size_t      length;
};

struct cells {
    struct arena arena;
    struct cell *streams, *channels, *issues, *severities, *segments, *tiers, *pools;
    struct cell  self_service, vendor, nothing;
};

/* False when memory is out. */
bool cells_open(struct cells *cells, const struct plan *plan);
void cells_close(struct cells *cells);

/* Writes a cell; CELL_MOST bytes of room are needed. Returns where the next byte goes. Most names
 * are short, and a copy of fixed length is one or two instructions. */
static inline char *cell_write(char *to, struct cell cell)
{
    memcpy(to, cell.at, CELL_SHORT);
    if (cell.length > CELL_SHORT)
        memcpy(to + CELL_SHORT, cell.at + CELL_SHORT, cell.length - CELL_SHORT);
    return to + cell.length;
}

#endif
