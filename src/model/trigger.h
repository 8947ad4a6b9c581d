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

#include "base/param.h"

/* Situations at the end of work; a bit each. */
enum situation {
    SITUATION_NO_SKILL = 1,   /* nobody in the tier has the skill: the work was triage     */
    SITUATION_FAILED = 2,     /* the attempt did not solve the issue                       */
    SITUATION_CONCESSION = 4, /* solving it takes a concession                             */
    SITUATION_POLICY = 8,     /* the pool is not cleared for a regulated case              */
    SITUATION_INSISTS = 16,   /* the customer wants somebody higher                        */
    SITUATION_REFERRED = 32,  /* the agent did not try, for the queue was long             */
};

/* What a trigger may look at. */
struct trigger_view {
    unsigned situation;  /* of enum situation                                             */
    double   concession; /* amount to be approved; 0: none                                */
    double   authority;  /* largest amount the pool may approve; INFINITY: no limit        */
};

struct trigger_kind {
    struct kind kind;
    unsigned    woken_by; /* situations, any of which can make it fire; 0: not at work's end */
    bool (*fires)(const struct trigger_view *view); /* NULL where woken_by is 0           */
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
