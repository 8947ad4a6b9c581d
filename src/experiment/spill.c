/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/spill.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

bool spill_open(struct spill *spill, size_t most)
{
    *spill = (struct spill){ .buffer = malloc(SPILL_FIRST), .size = SPILL_FIRST, .most = most };
    return spill->buffer != NULL;
}

void spill_close(struct spill *spill)
{
    free(spill->buffer);
    if (spill->file)
        fclose(spill->file);
    *spill = (struct spill){ 0 };
}

/* Empties the buffer into the file. */
static void flush_buffer(struct spill *spill)
{
    if (!spill->file && !(spill->file = tmpfile()))
        spill->failed = true;
    for (size_t done = 0; done < spill->used && !spill->failed;) {
        const ssize_t n = pwrite(fileno(spill->file), spill->buffer + done, spill->used - done,
                                 (off_t)spill->filed);
        if (n < 0 && errno != EINTR)
            spill->failed = true;
        if (n <= 0)
            continue;
        done += (size_t)n;
        spill->filed += (uint64_t)n;
    }
    spill->used = 0;
}

void spill_make_room(struct spill *spill)
{
    char *larger = spill->size < spill->most ? realloc(spill->buffer, spill->size * 2) : NULL;
    if (!larger) {
        flush_buffer(spill);
        return;
    }
    spill->buffer = larger;
    spill->size *= 2;
}

/* Reads what is in the file back, a buffer at a time. */
static bool copy_file(struct spill *spill, FILE *to)
{
    for (uint64_t done = 0; done < spill->filed;) {
        const ssize_t n = pread(fileno(spill->file), spill->buffer, spill->size, (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || fwrite(spill->buffer, 1, (size_t)n, to) != (size_t)n)
            return false;
        done += (uint64_t)n;
    }
    return true;
}

bool spill_copy(struct spill *spill, FILE *to)
{
    if (spill->filed == 0)
        return !spill->failed && fwrite(spill->buffer, 1, spill->used, to) == spill->used;
    flush_buffer(spill); /* the buffer is needed for reading */
    return !spill->failed && copy_file(spill, to);
}

void spill_clear(struct spill *spill)
{
    if (spill->filed > 0 && ftruncate(fileno(spill->file), 0) != 0)
        spill->failed = true;
    spill->used = 0;
    spill->filed = 0;
}
