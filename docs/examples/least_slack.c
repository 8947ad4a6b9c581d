/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy of our own: the contact with the least slack is next, that is, whose SLA deadline leaves
 * the least time after the work it is likely to take. Contacts without a target come last.
 *
 *     cc -std=c17 -O2 -shared -fPIC $(pkg-config --cflags tiersim) least_slack.c -o least_slack.so
 */
#include <tiersim/policy.h>

static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    (void)view;
    return contact->deadline_s - contact->work_mean_s;
}

const struct tsim_policy tsim_policy = { TSIM_POLICY_HEAD, .name = "least slack", .rank = rank };
