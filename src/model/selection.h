/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/selection.h - agent selection: which idle agent takes a contact. One kind a file in
 * selection/.
 *
 * A kind chooses among the pools that may serve the contact and have somebody idle; within a pool
 * the agent who has been idle longest is taken, for agents of a pool are interchangeable.
 */
#ifndef MODEL_SELECTION_H
#define MODEL_SELECTION_H

#include "base/param.h"

/* One pool as a selection may see it. */
struct selection_pool {
    uint32_t idle;         /* agents idle now                                          */
    double   idle_since_s; /* of the one idle longest; undefined when nobody is        */
};

struct selection_view {
    uint32_t                     n_pools; /* in the tier's listed order                */
    const struct selection_pool *pools;
    double                       unit;    /* uniform on [0, 1), the contact's own      */
};

struct selection_kind {
    struct kind kind;
    bool        draws; /* uses view->unit                                              */
    /* Index into view->pools of one with idle > 0; there is at least one. */
    uint32_t (*choose)(const struct selection_view *view);
};

extern const struct family selection_family;

static inline const struct selection_kind *selection_of(const struct choice *choice)
{
    return (const struct selection_kind *)(const void *)choice->kind;
}

#endif
