/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/arena.h - memory with one owner and one free.
 *
 * An arena hands out zeroed, 16-byte aligned memory that lives until the whole arena
 * is freed. Nothing inside is freed alone. When memory is out, arena_take returns
 * NULL once and the arena stays failed (arena_failed), so that a long sequence of
 * takes can be checked at its end.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks;
    size_t              used; /* bytes in the newest block */
    size_t              taken_total;
    bool                failed;
};

void   arena_open(struct arena *arena);
void   arena_close(struct arena *arena);
void  *arena_take(struct arena *arena, size_t size);
void  *arena_take_array(struct arena *arena, size_t n, size_t size); /* checks n * size */
char  *arena_copy(struct arena *arena, const char *text);
char  *arena_copy_n(struct arena *arena, const char *text, size_t length);
char  *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type)       ((type *)arena_take((arena), sizeof(type)))
#define ARENA_ARRAY(arena, n, type)  ((type *)arena_take_array((arena), (n), sizeof(type)))

#endif
