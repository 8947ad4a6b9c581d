/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/address.h - a measure by its name: "tier.L1.service_level", "cost.total.per_day".
 *
 * The scope is what stands before the first dot, the measure what stands after the last; the entry
 * between them may have dots of its own. The desk is one entry and needs no name:
 * "desk.sla_breach_share".
 */
#ifndef EXPERIMENT_ADDRESS_H
#define EXPERIMENT_ADDRESS_H

#include <tiersim/compare.h>
#include <tiersim/result.h>

#include "model/plan.h"

struct json;
struct tsim_problems;

struct address {
    enum tsim_scope            scope;
    size_t                     measure; /* of the scope                                    */
    const struct tsim_measure *about;
    const char                *entry;   /* into the text that was read; not terminated     */
    size_t                     length;
};

/* Reads a name; texts live as long as it does. False, reported at the node that holds it, when
 * there is no such scope or measure. */
bool address_read(struct address *address, const char *text, const struct json *at,
                  struct tsim_problems *problems);

/* The place of its pair among those of a replication (measure_tally); SIZE_MAX when the plan has
 * no such entry. */
size_t address_place(const struct address *address, const struct plan *plan);

/* Reports that the scenario called `name` has no such entry, and which it has. Returns false. */
bool address_missing(const struct address *address, const struct plan *plan, const char *name,
                     const struct json *at, struct tsim_problems *problems);

/* Which of two values is better. */
enum tsim_sense address_sense(const struct address *address);

#endif
