/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define BAR_CELLS 24

static void draw_bar(FILE *to, double share, bool ascii)
{
    const int full = (int)(share * BAR_CELLS);
    for (int i = 0; i < BAR_CELLS; i++)
        fputs(ascii ? (i < full ? "#" : ".") : (i < full ? "━" : "╌"), to);
}

void progress_show(const struct tsim_progress *progress, void *user)
{
    struct progress_bar *bar = user;
    if (!bar->active || progress->elapsed_s < 0.5 || progress->elapsed_s - bar->last_s < 0.1)
        return;
    bar->last_s = progress->elapsed_s;
    bar->shown = true;
    const double share = progress->replications_planned > 0
                             ? (double)progress->replications_done / progress->replications_planned
                             : 0;
    fputs("\r\033[Krunning ", stderr);
    draw_bar(stderr, share, bar->ascii);
    fprintf(stderr, " %3.0f %%  %u/%u", share * 100, progress->replications_done,
            progress->replications_planned);
    fprintf(stderr, "  %.1f M events/s", (double)progress->events / progress->elapsed_s / 1e6);
    if (share > 0) {
        const double left = progress->elapsed_s * (1 - share) / share;
        fprintf(stderr, "  %.0f:%02.0f left", floor(left / 60), floor(fmod(left, 60)));
    }
    fflush(stderr);
}

void progress_clear(struct progress_bar *bar)
{
    if (bar->shown)
        fputs("\r\033[K", stderr);
    bar->shown = false;
}

/* ---- signals */

static volatile sig_atomic_t caught;

static void note_signal(int number)
{
    caught = number;
    signal(number, SIG_DFL); /* the second one ends the program at once */
}

void interrupt_watch(void)
{
    const int        numbers[] = { SIGINT, SIGTERM, SIGHUP };
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}

bool interrupt_asked(void *user)
{
    (void)user;
    return caught != 0;
}

int interrupt_signal(void)
{
    return caught;
}

void interrupt_end(void)
{
    fflush(NULL);
    signal(caught, SIG_DFL);
    raise(caught);
}
