/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/selection.h - agent selection: which idle agent takes a contact. One kind a file in
 * selection/.
 *
 * A kind chooses among the pools that may serve the contact and have somebody idle; within a pool
 * the agent who has been idle longest is taken, for agents of a pool are interchangeable. The
 * function is that of a user's own policy (tiersim/policy.h).
 */
#ifndef MODEL_SELECTION_H
#define MODEL_SELECTION_H

#include <tiersim/policy.h>

#include "base/param.h"

struct selection_kind {
    struct kind kind;
    bool        by_facts;  /* looks at more of a pool than how long who has been idle          */
    bool        by_policy; /* a user's own: is shown the contact, and may let it wait          */
    /* As in struct tsim_policy; candidates are in the order in which the tier tries them. */
    uint32_t (*choose)(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n);
};

extern const struct family selection_family;

static inline const struct selection_kind *selection_of(const struct choice *choice)
{
    return (const struct selection_kind *)(const void *)choice->kind;
}

#endif
