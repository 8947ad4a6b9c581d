/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says by parameters what a scenario can say as well: where contacts go when one trigger fires, and
 * the tier at which they begin. */
#include <tiersim/policy.h>

enum { TRIGGER, STEP, INDEX, DOOR };

static const struct tsim_policy_parameter parameters[] = {
    [TRIGGER] = { .name = "trigger", .doc = "number of the trigger", .fallback = -1, .low = -1,
                  .high = 99 },
    [STEP] = { .name = "step", .doc = "what then", .high = 5 },
    [INDEX] = { .name = "index", .doc = "tier or pool", .high = 99 },
    [DOOR] = { .name = "door", .doc = "tier at which contacts begin; -1: as planned",
               .fallback = -1, .low = -1, .high = 99 },
};

static uint32_t route(const struct tsim_policy_view    *view,
                      const struct tsim_policy_contact *contact)
{
    (void)contact;
    const double door = view->desk->parameters[DOOR];
    return door < 0 ? TSIM_POLICY_NONE : (uint32_t)door;
}

static struct tsim_policy_move escalate(const struct tsim_policy_view    *view,
                                        const struct tsim_policy_contact *contact,
                                        const struct tsim_policy_outcome *outcome,
                                        uint32_t                          trigger)
{
    (void)contact;
    (void)outcome;
    const double *given = view->desk->parameters;
    if (given[TRIGGER] != trigger)
        return (struct tsim_policy_move){ TSIM_POLICY_AS_PLANNED, 0 };
    return (struct tsim_policy_move){ (uint32_t)given[STEP], (uint32_t)given[INDEX] };
}

const struct tsim_policy tsim_policy = {
    TSIM_POLICY_HEAD,
    .n_parameters = sizeof parameters / sizeof *parameters,
    .name = "moves",
    .parameters = parameters,
    .route = route,
    .escalate = escalate,
};
