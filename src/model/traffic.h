/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/traffic.h - who is expected where: the traffic equations of a plan, class by class.
 *
 * By escalation for complexity, skill and authority (as if each amount were drawn anew at each
 * tier), and of cases that come back; without abandonment, and without the work of those who
 * approve or help while an agent keeps the contact. Rules that only sometimes hold are left out.
 * Who redials is counted once, for those who gave up have not been worked on.
 */
#ifndef MODEL_TRAFFIC_H
#define MODEL_TRAFFIC_H

#include "base/limits.h"
#include "model/plan.h"

/* Remembers the means last asked for, which the classes of one issue type share. */
struct traffic {
    const struct plan *plan;
    struct {
        const struct dist *handling, *wrap_up;
        double             mean_s;
    } last[LIMIT_TIERS];
};

struct traffic_class {
    double door[LIMIT_TIERS];                /* shares that come to people, by tier        */
    double full[LIMIT_TIERS];                /* … while all of self-service is taken       */
    double onward[LIMIT_TIERS][LIMIT_TIERS]; /* visits that a visit leads to: from, to     */
    double work_s[LIMIT_TIERS];              /* of a visit; 0: nobody there may serve it   */
};

/* Share of its stream's contacts that are of a class; `at` counts from the stream's first. */
double class_share(const struct plan_stream *stream, uint32_t at);

/* `traffic` begins with the plan and all else zero. */
void traffic_of_class(struct traffic *traffic, uint32_t c, struct traffic_class *class);

#endif
