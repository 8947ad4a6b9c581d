/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/trigger.h - escalation triggers: why a contact has to move on. One kind a file in trigger/.
 *
 * When an agent's work on a contact ends, the triggers are asked in their listed order; the first
 * that fires escalates the contact, and if none does the contact is resolved. A trigger is asked
 * only in the situations that can wake it, so one that is not in play costs nothing. Triggers
 * without a situation (a clock, a survey, who the customer is) fire elsewhere; they move a contact
 * only where a rule of the escalation matrix holds.
 */
#ifndef MODEL_TRIGGER_H
#define MODEL_TRIGGER_H

#include <stdbool.h>

#include <tiersim/policy.h>

#include "base/param.h"

struct trigger_kind {
    struct kind kind;
    const char *words;    /* as people say it: "attempt failed"                          */
    const char *because;  /* … and as a part of a sentence                               */
    unsigned    woken_by; /* situations (of enum tsim_policy_situation), any of which can make it
                             fire; 0: not at work's end                                    */
    bool (*fires)(const struct tsim_policy_outcome *outcome); /* NULL where woken_by is 0  */
    bool needs_rule;      /* without a rule that holds, nothing happens                   */
};

extern const struct family trigger_family;

/* All triggers, in the order in which they are asked; each has the index of its enum. */
enum trigger {
#define TRIGGER(name) TRIGGER_##name,
#define ORDER(name)
#define SELECTION(name)
#define ARRIVAL(name)
#include "model/catalog.list"
#undef TRIGGER
#undef ORDER
#undef SELECTION
#undef ARRIVAL
    TRIGGERS
};

extern const struct trigger_kind *const triggers[TRIGGERS];

/* Sum of a count kept for each trigger. */
static inline double trigger_sum(const double counts[TRIGGERS])
{
    double sum = 0;
    for (int i = 0; i < TRIGGERS; i++)
        sum += counts[i];
    return sum;
}

#endif
