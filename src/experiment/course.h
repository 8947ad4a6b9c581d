/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/course.h - what became of one contact, added up from its events: where its time went,
 * part by part, and what it cost.
 *
 * From its arrival to its end a contact is in exactly one part at any time, so that the parts add
 * up to the whole.
 */
#ifndef EXPERIMENT_COURSE_H
#define EXPERIMENT_COURSE_H

#include "model/event.h"
#include "model/plan.h"

/* Parts of a life. The queue of tier t is COURSE_TIERS + 2 t, work there is the next one. */
enum course_part {
    COURSE_SELF_SERVICE,
    COURSE_HAND_OVER, /* between two who have it: written up, taken to the next            */
    COURSE_CONSULT,   /* with an approver or an expert, while its owner keeps it           */
    COURSE_CUSTOMER,  /* waiting for a reply                                               */
    COURSE_AWAY,      /* gave up, or believes it solved, and will be back                  */
    COURSE_VENDOR,
    COURSE_TIERS,
};

static inline uint32_t course_queue(uint32_t tier)
{
    return COURSE_TIERS + 2 * tier;
}

static inline uint32_t course_work(uint32_t tier)
{
    return COURSE_TIERS + 2 * tier + 1;
}

static inline uint32_t course_parts(const struct plan *plan)
{
    return COURSE_TIERS + 2 * plan->n_tiers;
}

/* Costs that the contact itself causes. Work: agents' time on it at their wages. */
enum course_cost { COURSE_CONCESSION, COURSE_PENALTIES, COURSE_SESSIONS, COURSE_FEES,
                   COURSE_CONTACT, COURSE_WAGES, COURSE_COSTS };

struct course {
    double   since_s;  /* in its part                                                      */
    double   help_s;   /* since somebody helps                                             */
    double   waited_s; /* in queues so far                                                 */
    double   cost[COURSE_COSTS];
    double  *part_s;   /* [course_parts]; NULL: not asked for                              */
    uint32_t part;
    bool     ended, missed; /* missed: an SLA target                                       */
};

/* Takes the contact's next event; the first is EVENT_CREATED, for which `course` must be zeroed
 * but for part_s. Returns how long what has just ended took: the wait when work begins, the work
 * when it is done; 0 when the event ends nothing. */
double course_take(struct course *course, const struct plan *plan, const struct case_event *event);

static inline double course_cost(const struct course *course)
{
    double sum = 0;
    for (int i = 0; i < COURSE_COSTS; i++)
        sum += course->cost[i];
    return sum;
}

#endif
