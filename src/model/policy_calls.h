/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/policy_calls.h - what a policy may ask about a world: tiersim/policy.h. */
#ifndef MODEL_POLICY_CALLS_H
#define MODEL_POLICY_CALLS_H

#include <tiersim/policy.h>

extern const struct tsim_policy_calls policy_calls;

#endif
