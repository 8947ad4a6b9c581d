/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/cases.h - what became of every contact of a replication, so that two runs can be compared
 * customer by customer. */
#ifndef SUPPORT_CASES_H
#define SUPPORT_CASES_H

#include "support/law.h"

#include <math.h>

struct cases {
    struct case_record *at;
    size_t              n, room;
    const struct plan  *plan;
};

static inline void cases_keep(void *user, const struct case_record *record)
{
    struct cases *cases = user;
    if (cases->n == cases->room) {
        cases->room = cases->room ? 2 * cases->room : 4096;
        cases->at = realloc(cases->at, cases->room * sizeof *cases->at);
        cr_assert(cases->at);
    }
    cases->at[cases->n++] = *record;
}

static inline int cases_by_number(const void *a, const void *b)
{
    const struct case_record *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* All cases of one replication, in order of arrival. */
static inline struct cases cases_of(const struct law *law, uint32_t replication)
{
    const struct replication_limits limits = { .events = 10000000 };
    struct cases           cases = { .plan = law->scenario->plan };
    const struct case_sink sink = { cases_keep, &cases };
    const struct listeners listeners = { .cases = &sink };
    struct world           world;
    struct tally           tally;
    cr_assert(world_open(&world, cases.plan, LAW_CONTACTS_MOST));
    cr_assert(tally_open(&tally, cases.plan));
    cr_assert_eq((int)replication_run(&world, &tally, 5, replication, &limits, &listeners),
                 REPLICATION_DONE);
    qsort(cases.at, cases.n, sizeof *cases.at, cases_by_number);
    tally_close(&tally);
    world_close(&world);
    return cases;
}

/* The same person with the same issue at the same time. */
static inline bool same_customer(const struct cases *a, const struct cases *b, size_t i)
{
    const struct case_record *x = &a->at[i], *y = &b->at[i];
    const struct plan_class  *p = &a->plan->classes[x->class], *q = &b->plan->classes[y->class];
    const struct plan *m = a->plan, *n = b->plan;
    return x->number == y->number && x->arrived_s == y->arrived_s &&
           x->concession == y->concession && x->entry_tier == y->entry_tier &&
           strcmp(m->streams[p->stream].name, n->streams[q->stream].name) == 0 &&
           strcmp(m->channels[p->channel].name, n->channels[q->channel].name) == 0 &&
           strcmp(m->issue_names[p->issue], n->issue_names[q->issue]) == 0 &&
           strcmp(m->severity_names[p->severity], n->severity_names[q->severity]) == 0 &&
           strcmp(m->segment_names[p->segment], n->segment_names[q->segment]) == 0;
}

/* … to whom the same happened. */
static inline bool same_life(const struct case_record *x, const struct case_record *y)
{
    return x->ended_s == y->ended_s && x->hops == y->hops && x->tier == y->tier &&
           x->fate == y->fate && x->breaches == y->breaches && x->counted == y->counted &&
           (x->responded_s == y->responded_s || (isnan(x->responded_s) && isnan(y->responded_s)));
}

#endif
