/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

/* A take above this (512 GiB where size_t has 64 bits) is a mistake, not a need. Sums of two such
 * sizes cannot overflow. */
#define TAKE_MOST (SIZE_MAX >> 25)

/* Blocks double from the first size to the last, so that small arenas stay small and large
 * ones need few blocks. A take that is larger than a block gets a block of its own size. */
enum { ALIGNMENT = 16, BLOCK_FIRST = 4096, BLOCK_LAST = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t              size; /* bytes behind this head */
};

#define HEAD_SIZE ((sizeof(struct arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

void arena_open(struct arena *arena)
{
    *arena = (struct arena){ 0 };
}

void arena_close(struct arena *arena)
{
    struct arena_block *block = arena->blocks;
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
    arena_open(arena);
}

static bool block_add(struct arena *arena, size_t size)
{
    size_t room = arena->blocks ? arena->blocks->size : BLOCK_FIRST / 2;
    room = room < BLOCK_LAST ? room * 2 : BLOCK_LAST;
    if (room < size)
        room = size;
    struct arena_block *block = calloc(1, HEAD_SIZE + room);
    if (!block)
        return false;
    block->older = arena->blocks;
    block->size = room;
    arena->blocks = block;
    arena->used = 0;
    return true;
}

void *arena_take(struct arena *arena, size_t size)
{
    if (arena->failed)
        return NULL;
    if (size > TAKE_MOST) {
        arena->failed = true;
        return NULL;
    }
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded == 0)
        rounded = ALIGNMENT;
    bool fits = arena->blocks && rounded <= arena->blocks->size - arena->used;
    if (!fits && !block_add(arena, rounded)) {
        arena->failed = true;
        return NULL;
    }
    TSIM_ASSERT(arena->used + rounded <= arena->blocks->size);
    char *taken = (char *)arena->blocks + HEAD_SIZE + arena->used;
    arena->used += rounded;
    arena->taken_total += rounded;
    return taken;
}

void *arena_take_array(struct arena *arena, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        arena->failed = true;
        return NULL;
    }
    return arena_take(arena, bytes);
}

char *arena_copy(struct arena *arena, const char *text)
{
    return arena_copy_n(arena, text, strlen(text));
}

char *arena_copy_n(struct arena *arena, const char *text, size_t length)
{
    /* Zeroed, so the NUL is there already. A length that wraps round is none that is there. */
    char *copy = arena_take(arena, length < SIZE_MAX ? length + 1 : length);
    if (copy && length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list given, again;
    va_start(given, format);
    va_copy(again, given);
    int length = vsnprintf(NULL, 0, format, given);
    va_end(given);
    char *text = NULL;
    if (length < 0)
        arena->failed = true;
    else
        text = arena_take(arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}
