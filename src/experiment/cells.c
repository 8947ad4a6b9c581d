/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/cells.h"

#include <stdio.h>

#include "base/csv.h"

static struct cell make_cell(struct arena *arena, const char *name)
{
    char  text[CELL_MOST + 1];
    FILE *to = fmemopen(text, sizeof text, "w");
    long  length = 0;
    if (to) {
        csv_write_text(to, name ? name : "");
        length = ftell(to);
        fclose(to);
    }
    char *at = arena_take(arena, (size_t)length + CELL_SHORT);
    if (!to)
        arena->failed = true;
    if (at)
        memcpy(at, text, (size_t)length);
    return (struct cell){ at, (size_t)length };
}

/* Cells of n names, each `stride` bytes after the one before. */
static struct cell *make_cells(struct arena *arena, const char *const *names, size_t stride,
                               uint32_t n)
{
    struct cell *cells = ARENA_ARRAY(arena, n, struct cell);
    for (uint32_t i = 0; cells && i < n; i++)
        cells[i] = make_cell(
            arena, *(const char *const *)(const void *)((const char *)names + i * stride));
    return cells;
}

bool cells_open(struct cells *cells, const struct plan *plan)
{
    struct arena *arena = &cells->arena;
    const size_t  word = sizeof(const char *);
    *cells = (struct cells){ 0 };
    arena_open(arena);
#define CELLS(field) make_cells(arena, &plan->field->name, sizeof *plan->field, plan->n_##field)
    cells->streams = CELLS(streams);
    cells->channels = CELLS(channels);
    cells->tiers = CELLS(tiers);
    cells->pools = CELLS(pools);
#undef CELLS
    cells->issues = make_cells(arena, plan->issue_names, word, plan->n_issues);
    cells->severities = make_cells(arena, plan->severity_names, word, plan->n_severities);
    cells->segments = make_cells(arena, plan->segment_names, word, plan->n_segments);
    cells->self_service = make_cell(arena, plan->self_service_name);
    cells->vendor = make_cell(arena, plan->vendor_name);
    cells->nothing = make_cell(arena, "");
    if (!arena->failed)
        return true;
    cells_close(cells);
    return false;
}

void cells_close(struct cells *cells)
{
    arena_close(&cells->arena);
    *cells = (struct cells){ 0 };
}
