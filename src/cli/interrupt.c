/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* SIGXCPU */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <stdio.h>

static volatile sig_atomic_t caught;

static void note_signal(int number)
{
    caught = number;
}

void interrupt_watch(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGXCPU };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        /* SA_RESETHAND: the second one finds the default action. SA_RESTART: no file is cut. */
        struct sigaction before, action = { .sa_handler = note_signal,
                                            .sa_flags = (int)SA_RESETHAND | SA_RESTART };
        sigemptyset(&action.sa_mask);
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
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
