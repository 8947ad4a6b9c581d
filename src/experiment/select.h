/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/select.h - the inside of a selection. Private to the room.
 *
 * select.c says who is simulated next, select_result.c what came of it.
 */
#ifndef EXPERIMENT_SELECT_H
#define EXPERIMENT_SELECT_H

#include <tiersim/select.h>

#include "base/arena.h"
#include "experiment/select_task.h"
#include "model/measure.h"
#include "stats/interval.h"

/* The measure of a point in all its observations. */
struct history {
    struct pair      *pairs;
    uint32_t          n, room;
    struct pair       hand;      /* of the set in hand, if an observation is one           */
    uint32_t          in_hand;
    struct ratio_sums sums;
    uint32_t          dropped_after, dropped_by; /* after 0: not dropped                   */
};

struct tsim_selection {
    struct arena               arena;
    struct tsim_selection_info info;
    struct tsim_candidate     *candidates; /* [n]                                          */
    struct history            *histories;  /* [n]                                          */
    size_t                     n;
    uint32_t                   set; /* replications of an observation                       */
    char                       digest[17];
};

/* Says what came of it: fills the candidates and the rest of info. info.best is set, and every
 * history has two observations or more. False when memory is out. */
bool select_judge(struct tsim_selection *selection, const struct select_task *task);

#endif
