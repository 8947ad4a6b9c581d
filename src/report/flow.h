/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/flow.h - escalations of a result: why, from where, to where. */
#ifndef REPORT_FLOW_H
#define REPORT_FLOW_H

#include <tiersim/result.h>

/* Causes are numbered as the entries of TSIM_SCOPE_TRIGGER. */
size_t flow_causes(const struct tsim_result *result);

/* A cause as people say it: "attempt failed". */
const char *flow_cause(const struct tsim_result *result, size_t cause);

/* The colour of its bands in a picture. */
const char *flow_color(const struct tsim_result *result, size_t cause);

/* Where contacts go: the tiers, then the vendor, then nowhere. */
size_t      flow_targets(const struct tsim_result *result);
const char *flow_target(const struct tsim_result *result, size_t to);

/* Hand-overs a day from a tier to a target for a cause; undefined when there is nothing to
 * measure. */
struct tsim_estimate flow_per_day(const struct tsim_result *result, size_t from, size_t to,
                                  size_t cause);

/* Whether a contact was ever handed over, asked about or told of. */
bool flow_any(const struct tsim_result *result);

#endif
