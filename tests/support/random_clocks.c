/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLA targets of random scenarios, and the calendars by which their clocks run. */
#include "support/random_impl.h"

static const char *const calendars[] = { "office", "nights", "odd" };

/* Windows that overlap, go over midnight or the week's end; holidays of the first weeks. */
static void put_calendar(struct maker *maker, uint32_t i, uint32_t context)
{
    static const char *const windows[] = {
        "{ \"days\": \"Mon-Fri\", \"from\": \"08:00\", \"to\": \"18:00\" }",
        "{ \"days\": \"Sun-Thu\", \"from\": \"20:30\", \"to\": \"06:00\" }",
        "{ \"from\": \"10:00\", \"to\": \"11:00\" }, { \"days\": \"Tue,Sun\", \"to\": \"23:59\" }",
    };
    (void)context;
    fprintf(maker->to, "{ \"name\": \"%s\", \"windows\": [ %s ]", calendars[i], windows[i]);
    if (chance(maker, 60))
        fprintf(maker->to, ", \"holidays\": [\"2024-01-0%u\", \"2024-01-0%u\"]",
                between(maker, 1, 4), between(maker, 4, 9));
    fputs(" }", maker->to);
}

/* What a clock may do besides running from a time to a time. */
static void put_ways(struct maker *maker, bool operational)
{
    static const char *const pauses[] = { "[]", "[\"customer\"]", "[\"vendor\"]",
                                          "[\"customer\", \"vendor\"]" };
    static const char *const points[] = { "1", "\"50 %\"", "[0.5, 1]", "[\"80 %\", \"150 %\", 4]",
                                          "[0.01, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2]" };
    if (operational && chance(maker, 60))
        put_names(maker, "tier", TIER, maker->n_tiers);
    if (!maker->style.wall_clock && chance(maker, 50))
        fprintf(maker->to, ", \"calendar\": \"%s\"", calendars[pick(maker, 3)]);
    if (chance(maker, 50))
        fprintf(maker->to, ", \"pauses\": %s", pauses[pick(maker, 4)]);
    if (chance(maker, 30))
        fputs(", \"on_reopen\": \"restart\"", maker->to);
    if (chance(maker, 30))
        fputs(", \"on_severity_change\": \"restart\"", maker->to);
    if (chance(maker, 60))
        fprintf(maker->to, ", \"escalate_at\": %s", points[pick(maker, 5)]);
}

static void put_target(struct maker *maker, uint32_t i, uint32_t context)
{
    static const char *const clocks[] = { "first_response", "resolution", "operational",
                                          "next_reply" };
    const uint32_t clock = pick(maker, 4);
    (void)context;
    fputs("{ \"name\": ", maker->to);
    put_name(maker, SLA, i);
    fprintf(maker->to, ", \"clock\": \"%s\", \"target\": ", clocks[clock]);
    put_seconds(maker, between(maker, 1, 100) * 60);
    put_conditions(maker);
    put_ways(maker, clock == 2);
    if (chance(maker, 60))
        fprintf(maker->to, ", \"penalty\": %u", pick(maker, 30));
    if (chance(maker, 40))
        fprintf(maker->to, ", \"penalty_per_hour\": %u.25", pick(maker, 30));
    fputs(" }", maker->to);
}

void put_opening(struct maker *maker)
{
    fprintf(maker->to, ", \"hours\": \"%s\"", calendars[pick(maker, 3)]);
    if (chance(maker, 60))
        fputs(", \"outside_hours\": \"turned_away\"", maker->to);
    if (chance(maker, 60))
        fputs(", \"at_closing\": \"cut_off\"", maker->to);
}

void put_targets(struct maker *maker)
{
    if (!maker->style.wall_clock) {
        put_list(maker, "calendars", 3, true, put_calendar, 0);
        fprintf(maker->to, ",\n\"business_hours\": \"%s\",\n", calendars[pick(maker, 3)]);
    }
    put_list(maker, "sla", maker->n_slas, false, put_target, 0);
}
