/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves the rates of random scenarios. */
#include "support/random_impl.h"

static void put_mmpp(struct maker *maker, uint32_t per_hour)
{
    const bool three = chance(maker, 40);
    fputs("{ \"kind\": \"mmpp\", \"states\": [ { \"rate\": ", maker->to);
    put_rate(maker, per_hour / 2 + 1);
    fputs(", \"stay\": ", maker->to);
    put_seconds(maker, between(maker, 10, 300) * 60);
    fputs(three ? ", \"next\": [0, 0.7, \"30 %\"]" : "", maker->to);
    fputs(" }, { \"rate\": ", maker->to);
    put_rate(maker, per_hour * 2);
    fputs(", \"stay\": ", maker->to);
    put_seconds(maker, between(maker, 5, 90) * 60);
    if (three) {
        fputs(" }, { \"rate\": 0, \"stay\": ", maker->to);
        put_seconds(maker, 1800);
    }
    fputs(" } ] }", maker->to);
}

void put_moved_arrivals(struct maker *maker, uint32_t per_hour, bool first)
{
    if (!first && chance(maker, 40)) {
        put_mmpp(maker, per_hour);
        return;
    }
    if (!first && chance(maker, 30)) {
        fprintf(maker->to, "{ \"kind\": \"daily\", \"per_day\": [%u], \"rate\": ", per_hour * 24);
        put_rate_windows(maker, 2);
        fputs(" }", maker->to);
        return;
    }
    fputs("{ \"kind\": \"poisson\", \"rate\": ", maker->to);
    if (chance(maker, 50))
        put_rate(maker, per_hour);
    else
        put_rate_windows(maker, per_hour);
    if (first || chance(maker, 60))
        fprintf(maker->to, ", \"busyness_cv\": 0.%u", between(maker, 1, 6));
    if (!first && chance(maker, 60))
        fputs(", \"busyness_group\": \"us\"", maker->to);
    if (chance(maker, 30))
        fputs(", \"batch\": { \"kind\": \"geometric\", \"mean\": 1.5 }", maker->to);
    if (!maker->steady && chance(maker, 30))
        fputs(", \"growth_per_week\": 0.5", maker->to);
    if (chance(maker, 30))
        fputs(", \"holidays\": [\"2024-01-03\", \"2024-01-01\"], \"holiday_factor\": 0.4",
              maker->to);
    fputs(" }", maker->to);
}

void put_by_hour(struct maker *maker, const char *key)
{
    fprintf(maker->to, ", \"%s\": [ { \"from\": \"22:00\", \"to\": \"06:00\", \"factor\": 1.%u }, ",
            key, between(maker, 1, 9));
    fprintf(maker->to, "{ \"days\": \"Mon-Wed\", \"from\": \"09:30\", \"to\": \"12:00\", "
                       "\"factor\": 0.%u } ]", between(maker, 1, 9));
}

static void put_incident(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)context;
    fprintf(maker->to, "{ \"name\": \"incident %u\", \"duration\": ", i + 1);
    put_times(maker, between(maker, 10, 200) * 60, false);
    if (maker->steady || chance(maker, 60)) {
        fputs(", \"between\": ", maker->to);
        put_times(maker, between(maker, 60, 600) * 60, true);
    } else {
        fputs(", \"begins\": [", maker->to);
        put_seconds(maker, 3600);
        fputs(", ", maker->to);
        put_seconds(maker, between(maker, 61, 300) * 60);
        fputs("]", maker->to);
    }
    if (chance(maker, 50)) {
        fprintf(maker->to, ", \"factor\": %u.5 }", pick(maker, 3));
        return;
    }
    fputs(", \"factor\": { ", maker->to);
    put_name(maker, STREAM, 0);
    fprintf(maker->to, ": %u.25 } }", pick(maker, 3));
}

void put_incidents(struct maker *maker)
{
    put_list(maker, "incidents", between(maker, 1, 2), false, put_incident, 0);
}

static void put_waiting(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)i;
    (void)context;
    fprintf(maker->to, "{ \"contacts\": %u, \"stream\": ", between(maker, 0, 12));
    put_name(maker, STREAM, pick(maker, maker->n_streams));
    fputs(", \"tier\": ", maker->to);
    put_name(maker, TIER, pick(maker, maker->n_tiers));
    if (chance(maker, 80)) {
        fputs(", \"age\": ", maker->to);
        put_times(maker, between(maker, 1, 600) * 60, false);
    }
    if (chance(maker, 30))
        fputs(", \"responded\": true", maker->to);
    fputs(" }", maker->to);
}

/* Where everybody has every skill. */
void put_backlog(struct maker *maker)
{
    put_list(maker, "backlog", maker->n_skills == 1 ? between(maker, 1, 3) : 0, false,
             put_waiting, 0);
}

void put_busy_days(struct maker *maker)
{
    fprintf(maker->to, "\"busy_days\": { \"autocorrelation\": %s0.%u, \"correlation\": 0.%u",
            chance(maker, 25) ? "-" : "", between(maker, 1, 4), pick(maker, 9));
    if (chance(maker, 40))
        fprintf(maker->to, ", \"every\": \"%u min\", \"within_day\": 0.%u, \"next_interval\": "
                           "0.%u", between(maker, 20, 400), pick(maker, 5), between(maker, 5, 9));
    fputs(" }", maker->to);
}
