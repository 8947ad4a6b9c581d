/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"

enum { CELLS_MOST = 24 };

static void draw_bar(FILE *to, double share, int cells, bool ascii)
{
    const int full = (int)(share * cells);
    for (int i = 0; i < cells; i++)
        fputs(ascii ? (i < full ? "#" : ".") : (i < full ? "━" : "╌"), to);
}

/* Everything to the right of the bar; the least important comes last, where a narrow terminal
 * cuts it. */
static void describe(const struct tsim_progress *progress, double share, char *text, size_t size)
{
    const double elapsed = progress->elapsed_s;
    const double left = share > 0 ? elapsed * (1 - share) / share : elapsed;
    int          n = snprintf(text, size, " %3.0f %%  %u/%u  %.0f:%02.0f %s", floor(share * 100),
                              progress->replications_done, progress->replications_planned,
                              floor(left / 60), floor(fmod(left, 60)),
                              share > 0 ? "left" : "so far");
    if (progress->precision_reached > 0 && isfinite(progress->precision_reached) && n > 0 &&
        (size_t)n < size)
        n += snprintf(text + n, size - (size_t)n, "  within %.2g %%",
                      progress->precision_reached * 100);
    if (progress->events > 0 && n > 0 && (size_t)n < size)
        snprintf(text + n, size - (size_t)n, "  %.1f M events/s",
                 (double)progress->events / elapsed / 1e6);
}

void progress_show(const struct tsim_progress *progress, void *user)
{
    struct progress_bar *bar = user;
    char                 text[160];
    if (!bar->active || progress->elapsed_s < 0.5 || progress->elapsed_s - bar->last_s < 0.2)
        return;
    bar->last_s = progress->elapsed_s;
    bar->shown = true;
    const double share = progress->replications_planned > 0
                             ? (double)progress->replications_done / progress->replications_planned
                             : 0;
    describe(progress, share, text, sizeof text);
    int       room = terminal_width(stderr);
    const int fixed = (int)strlen("running ") + 1;
    room = (room > 0 ? room : 80) - fixed;
    int cells = room - (int)strlen(text);
    cells = cells > CELLS_MOST ? CELLS_MOST : cells < 0 ? 0 : cells;
    if (room < (int)strlen(text))
        text[room > 0 ? room : 0] = '\0';
    fputs("\r\033[Krunning ", stderr);
    draw_bar(stderr, share, cells, bar->ascii);
    fputs(text, stderr);
    fflush(stderr);
}

void progress_clear(struct progress_bar *bar)
{
    if (bar->shown)
        fputs("\r\033[K", stderr);
    bar->shown = false;
}
