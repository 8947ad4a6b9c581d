/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Channels that close: asked minute by minute. */
#include <math.h>

#include "support/naive/desk.h"

static bool is_open(const struct hours *hours, double at_s)
{
    return hours_between(hours, at_s, at_s + 1.0 / 64) > 0;
}

/* The first full minute after a time at which it is open, or closed; within a year, or never. */
static double when(const struct hours *hours, double at_s, bool open)
{
    for (double minute = floor(at_s / 60) + 1; minute < at_s / 60 + 400 * 1440; minute++)
        if (is_open(hours, minute * 60) == open)
            return minute * 60;
    return INFINITY;
}

static const struct plan_channel *channel_of(const struct desk *desk, uint32_t c)
{
    return &desk->plan->channels[class_of(desk, c)->channel];
}

bool is_turned_away(const struct desk *desk, uint32_t c)
{
    const struct plan_channel *channel = channel_of(desk, c);
    return channel->hours && channel->turns_away && !is_open(channel->hours, desk->now_s);
}

double return_time(const struct desk *desk, uint32_t c, double at_s)
{
    const struct plan_channel *channel = channel_of(desk, c);
    if (!channel->hours || !channel->turns_away || is_open(channel->hours, at_s))
        return at_s;
    return when(channel->hours, at_s, true);
}

void await_end_of_patience(struct desk *desk, uint32_t c, double patience_s)
{
    const struct plan_channel *channel = channel_of(desk, c);
    double                     at_s = desk->now_s + patience_s;
    if (channel->hours && !channel->turns_away && patience_s < INFINITY)
        at_s = hours_after(channel->hours, desk->now_s, patience_s);
    if (channel->hours && channel->cuts_off && !desk->contacts[c].patient) {
        const bool   open = is_open(channel->hours, desk->now_s);
        const double from_s = open ? desk->now_s : when(channel->hours, desk->now_s, true);
        at_s = fmin(at_s, when(channel->hours, from_s, false));
    }
    if (at_s < INFINITY)
        happens_at(desk, at_s, MOMENT_PATIENCE, c, HAPPENS_PATIENCE_END, c);
}
