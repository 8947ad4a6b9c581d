/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLA deadlines of contacts and of tasks about them: targets that run from arrival by the wall
 * clock, and stand still while the customer is away. */
#include <math.h>

#include "support/naive/desk.h"

static const struct plan_sla *target_of(const struct desk *desk, uint32_t sla)
{
    return sla == NONE ? NULL : &desk->plan->slas[sla];
}

static double due_s(const struct desk *desk, const struct naive_clock *clock)
{
    const struct plan_sla *target = target_of(desk, clock->sla);
    return target ? clock->begun_s + clock->stood_s + target->target_s : INFINITY;
}

static struct naive_clock begun(const struct desk *desk, uint32_t sla)
{
    return (struct naive_clock){ .sla = sla, .begun_s = desk->now_s };
}

void start_clocks(struct desk *desk, uint32_t c)
{
    struct ticket           *ticket = &desk->contacts[c].ticket;
    const struct plan_class *class = &desk->plan->classes[ticket->class];
    ticket->response = begun(desk, class->sla[SLA_FIRST_RESPONSE]);
    ticket->resolution = begun(desk, class->sla[SLA_RESOLUTION]);
}

static void change_target(struct desk *desk, struct naive_clock *clock, uint32_t sla)
{
    if (clock->sla == sla || (sla != NONE && desk->now_s > due_s(desk, clock)))
        return; /* the same, or another, but missed already */
    if (clock->sla == NONE)
        *clock = begun(desk, sla);
    clock->sla = sla;
    if (due_s(desk, clock) < desk->now_s) /* used up already: it passes now */
        clock->stood_s += desk->now_s - due_s(desk, clock);
}

void change_targets(struct desk *desk, uint32_t c)
{
    struct ticket           *ticket = &desk->contacts[c].ticket;
    const struct plan_class *class = &desk->plan->classes[ticket->class];
    change_target(desk, &ticket->response, class->sla[SLA_FIRST_RESPONSE]);
    change_target(desk, &ticket->resolution, class->sla[SLA_RESOLUTION]);
}

void clocks_stood(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    struct naive_clock   *clocks[] = { &contact->ticket.response, &contact->ticket.resolution };
    for (int i = 0; i < 2; i++)
        if (contact->away_since_s <= due_s(desk, clocks[i])) /* else it was missed before */
            clocks[i]->stood_s += desk->now_s - contact->away_since_s;
}

double deadline_s(const struct desk *desk, const struct ticket *ticket)
{
    if (!ticket->responded && ticket->response.sla != NONE)
        return due_s(desk, &ticket->response);
    return due_s(desk, &ticket->resolution);
}
