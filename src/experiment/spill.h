/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/spill.h - the rows that one replication adds to a table, kept until it is its turn.
 *
 * Rows are written into a buffer that grows as far as it may; what does not fit there goes to a
 * temporary file. A spill is used again by replication after replication.
 */
#ifndef EXPERIMENT_SPILL_H
#define EXPERIMENT_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { SPILL_FIRST = 1 << 16, SPILL_ROW = 1 << 13 /* bytes of a row, at most */ };

struct spill {
    char    *buffer; /* NULL: not open                                                     */
    size_t   used, size, most;
    FILE    *file;   /* temporary; NULL: not needed yet                                    */
    uint64_t filed;  /* bytes in the file                                                  */
    bool     failed; /* something could not be written                                     */
};

/* `most` bytes of memory, a power of two, may be used. False when there are not even a few. */
bool spill_open(struct spill *spill, size_t most);
void spill_close(struct spill *spill);

/* Makes room for a row; called by spill_room alone. */
void spill_make_room(struct spill *spill);

/* Where a row of up to SPILL_ROW bytes may be written; end it with spill_wrote. */
static inline char *spill_room(struct spill *spill)
{
    if (spill->used + SPILL_ROW > spill->size)
        spill_make_room(spill);
    return spill->buffer + spill->used;
}

static inline void spill_wrote(struct spill *spill, const char *end)
{
    spill->used = (size_t)(end - spill->buffer);
}

/* Copies all rows to `to`. False when that, or something before, failed. */
bool spill_copy(struct spill *spill, FILE *to);

/* Forgets all rows. */
void spill_clear(struct spill *spill);

#endif
