/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/words.h - the words in which logs and traces tell a life. */
#ifndef EXPERIMENT_WORDS_H
#define EXPERIMENT_WORDS_H

#include "model/world.h"

extern const char *const words_outcomes[FATES];    /* "resolved"                          */
extern const char *const words_clocks[SLA_CLOCKS]; /* "first_response"                    */
extern const char *const words_events[EVENT_KINDS]; /* "queued"                           */

/* A trigger's name, and why it fires as a part of a sentence; NULL when it is none. */
const char *words_trigger(uint8_t trigger);
const char *words_because(uint8_t trigger);

#endif
