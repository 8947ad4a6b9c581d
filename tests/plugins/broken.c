/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that cannot be used; BROKEN says in what way. */
#include <stddef.h>
#include <tiersim/policy.h>

enum { VERSION = 1, SIZE, SHOWN, NOTHING, NO_TABLE, NO_NAME, PARAMETER, MEMORY, NEEDS_MORE };

#if BROKEN == 5 /* NO_TABLE */
extern const int something_else;
const int        something_else = 1;
#else

static const struct tsim_policy_parameter parameters[] = {
    { .name = "p", .doc = "its fallback is out of bounds", .fallback = 2, .low = 0, .high = 1 },
};

static size_t memory(const struct tsim_policy_desk *desk)
{
    (void)desk;
    return (size_t)1 << 40;
}

#if BROKEN == 9 /* NEEDS_MORE */
double function_of_some_library(double x);
#endif

static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    (void)view;
#if BROKEN == 9
    return function_of_some_library(contact->joined_s);
#else
    return contact->joined_s;
#endif
}

const struct tsim_policy tsim_policy = {
    .version = TSIM_POLICY_VERSION + (BROKEN == VERSION ? 98 : 0),
    .size = sizeof(struct tsim_policy) + (BROKEN == SIZE ? 8 : 0),
    .shown = TSIM_POLICY_SHOWN - (BROKEN == SHOWN ? 8 : 0),
    .n_parameters = BROKEN == PARAMETER,
    .name = BROKEN == NO_NAME ? NULL : "broken",
    .parameters = parameters,
    .memory = BROKEN == MEMORY ? memory : NULL,
    .rank = BROKEN == NOTHING ? NULL : rank,
};
#endif
