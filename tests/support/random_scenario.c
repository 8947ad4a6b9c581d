/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections of random scenarios: the run, demand, rules; and the whole. */
#include "support/random_impl.h"

#include <stdlib.h>

/* ---- the run */

static void put_run(struct maker *maker)
{
    static const char *const ends[] = { "default", "drain", "flush", "cut", "follow" };
    static const char *const starts[] = { "Mon 00:00", "Tue", "Wed 07:30", "Sun 22:45" };
    static const uint32_t    widths_s[] = { 900, 1800, 3600, 2820 };
    fprintf(maker->to, "\"run\": { \"kind\": \"%s\", \"length\": ",
            maker->steady ? "steady_state" : "terminating");
    put_seconds(maker, maker->hours * 3600);
    if (maker->steady) {
        fputs(", \"warm_up\": ", maker->to);
        put_seconds(maker, between(maker, 0, 4) * 3600);
    }
    fputs(", \"interval\": ", maker->to);
    put_seconds(maker, widths_s[pick(maker, 4)]);
    if (chance(maker, 25)) {
        fputs(", \"cycle\": ", maker->to);
        put_seconds(maker, 21600);
    }
    fprintf(maker->to, ", \"start\": \"%s\", \"replications\": 3, \"seed\": %llu",
            starts[pick(maker, 4)], (unsigned long long)maker->number % 1000);
    fprintf(maker->to, ", \"at_end\": \"%s\"", ends[pick(maker, 5)]);
    if (chance(maker, 50))
        fprintf(maker->to, ", \"hop_limit\": %u", between(maker, 1, 12));
    if (chance(maker, 30))
        fputs(", \"confidence\": 0.9", maker->to);
    fputs(" }", maker->to);
}

static void put_split(struct maker *maker)
{
    uint32_t left = 100;
    fputs("\"resolution_split\": { \"tolerance\": ", maker->to);
    put_share(maker, between(maker, 1, 10));
    fputs(", \"target\": [", maker->to);
    for (uint32_t t = 0; t < maker->n_tiers; t++) {
        const uint32_t share = t + 1 == maker->n_tiers ? left : left * 3 / 4;
        fputs(t ? ", " : "", maker->to);
        put_share(maker, share);
        left -= share;
    }
    fprintf(maker->to, "%s] }", maker->style.unused ? ", 0" : "");
}

/* ---- demand */

static void put_severity(struct maker *maker, uint32_t i, uint32_t named)
{
    fputs("{ \"name\": ", maker->to);
    put_name(maker, (enum named)named, i);
    if (chance(maker, 80))
        fprintf(maker->to, ", \"priority\": %s%u", chance(maker, 20) ? "-" : "", pick(maker, 4));
    if (named == SEGMENT && maker->lively && chance(maker, 40))
        fputs(", \"high_profile\": true", maker->to);
    if (named == SEGMENT && maker->lively && chance(maker, 40))
        fprintf(maker->to, ", \"value\": %u", pick(maker, 900));
    fputs(" }", maker->to);
}

static void put_severities(struct maker *maker)
{
    put_list(maker, "severities", maker->n_severities + maker->style.unused, true, put_severity,
             SEVERITY);
}

static void put_segments(struct maker *maker)
{
    put_list(maker, "segments", maker->n_segments + maker->style.unused, true, put_severity,
             SEGMENT);
}

static void put_patience(struct maker *maker, uint32_t i, uint32_t channel)
{
    (void)channel;
    fputs("{ \"patience\": ", maker->to);
    if (chance(maker, 15))
        fputs("0", maker->to);
    else
        put_times(maker, between(maker, 30, 3000), false);
    if (chance(maker, 70)) {
        fputs(", \"tier\": ", maker->to);
        put_name(maker, TIER, i);
    }
    if (chance(maker, 30))
        put_names(maker, "segment", SEGMENT, maker->n_segments);
    if (chance(maker, 20))
        put_names(maker, "severity", SEVERITY, maker->n_severities);
    if (chance(maker, 20))
        put_names(maker, "issue", ISSUE, maker->n_issues);
    fputs(" }", maker->to);
}

static void put_channel(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)context;
    fputs("{ \"name\": ", maker->to);
    put_name(maker, CHANNEL, i);
    if (chance(maker, 60)) {
        fputs(", \"patience\": ", maker->to);
        put_times(maker, between(maker, 30, 3000), false);
    }
    if (chance(maker, 35)) {
        fputs(", ", maker->to);
        put_list(maker, "patience_at", between(maker, 1, maker->n_tiers), false, put_patience, i);
    }
    if (chance(maker, 50))
        fprintf(maker->to, ", \"cost\": 0.%u", between(maker, 1, 99));
    if (chance(maker, 20))
        fprintf(maker->to, ", \"lines\": %u", between(maker, 3, 60));
    if (maker->moved && chance(maker, 50))
        put_by_hour(maker, "patience_by_hour");
    if (maker->moved && !maker->plain && !maker->style.wall_clock && chance(maker, 40))
        put_opening(maker);
    if (maker->lively && chance(maker, 40))
        put_redial(maker);
    if (maker->lively && !maker->early && chance(maker, 30))
        put_balking(maker);
    if (maker->lively && !maker->early && chance(maker, 30))
        put_call_back(maker);
    if (maker->lively && chance(maker, 25))
        fputs(", \"wait_estimate\": \"last_answered\"", maker->to);
    if (maker->lively && chance(maker, 40))
        fprintf(maker->to, ", \"patience_on_return\": %u.%u", pick(maker, 2), pick(maker, 10));
    fputs(" }", maker->to);
}

static void put_channels(struct maker *maker)
{
    put_list(maker, "channels", maker->n_channels + maker->style.unused, true, put_channel, 0);
}

static void put_issue(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)context;
    fputs("{ \"name\": ", maker->to);
    put_name(maker, ISSUE, i);
    if (maker->n_skills > 1 && i < maker->n_issues) {
        const uint32_t skill = pick(maker, maker->n_skills);
        fputs(", \"skill\": ", maker->to);
        put_name(maker, SKILL, maker->style.routed && i == 0 ? 0 : skill);
    }
    if (maker->has_money && chance(maker, 60)) {
        fputs(", \"concession\": ", maker->to);
        put_money(maker, between(maker, 10, 150));
        fputs(", \"concession_share\": ", maker->to);
        put_share(maker, between(maker, 0, 100));
    }
    if (maker->has_self_service || chance(maker, 20)) {
        fputs(", \"self_service\": ", maker->to);
        put_share(maker, between(maker, 0, 70));
    }
    if (maker->lively && maker->has_money && chance(maker, 40)) {
        fputs(", \"unneeded\": ", maker->to);
        put_share(maker, pick(maker, 50));
    }
    if (maker->lively && chance(maker, 25)) {
        fputs(", \"regulated\": ", maker->to);
        put_share(maker, pick(maker, 40));
    }
    fputs(" }", maker->to);
}

static void put_issues(struct maker *maker)
{
    put_list(maker, "issue_types", maker->n_issues + maker->style.unused, true, put_issue, 0);
}

void put_rate_windows(struct maker *maker, uint32_t per_hour)
{
    fputs("[ { \"days\": \"Mon-Sun\", \"from\": \"00:00\", \"to\": \"24:00\", \"rate\": ",
          maker->to);
    put_rate(maker, per_hour / 2 + 1);
    fputs(" }, ", maker->to);
    if (chance(maker, 50)) {
        fputs("{ \"days\": \"Mon-Fri,Sun\", \"from\": \"20:00\", \"to\": \"10:00\", \"rate\": ",
              maker->to);
        put_rate(maker, per_hour / 2 + 1);
    } else {
        fputs("{ \"from\": \"08:00\", \"every\": ", maker->to);
        put_seconds(maker, 7200);
        fprintf(maker->to, ", \"volumes\": [%u, 0, %u.5, 7]", per_hour * 2, per_hour);
    }
    fputs(" } ]", maker->to);
}

static void put_arrivals(struct maker *maker, uint32_t per_hour, bool first)
{
    if (maker->moved) {
        put_moved_arrivals(maker, per_hour, first);
        return;
    }
    if (chance(maker, 25) || maker->style.even) {
        fputs("{ \"kind\": \"renewal\", \"between\": ", maker->to);
        put_times(maker, 3600 / per_hour + 1, !maker->ties);
        fputs(" }", maker->to);
        return;
    }
    fputs("{ \"kind\": \"poisson\", \"rate\": ", maker->to);
    if (chance(maker, 50))
        put_rate(maker, per_hour);
    else
        put_rate_windows(maker, per_hour);
    if (chance(maker, 30))
        fputs(", \"busyness_cv\": 0.2", maker->to);
    if (chance(maker, 30))
        fputs(", \"busyness_group\": \"us\"", maker->to);
    fputs(" }", maker->to);
}

static void put_attributes(struct maker *maker)
{
    put_mix(maker, "issues", ISSUE, maker->n_issues);
    put_mix(maker, "severities", SEVERITY, maker->n_severities);
    put_mix(maker, "segments", SEGMENT, maker->n_segments);
    fputs(", \"channel\": ", maker->to);
    put_name(maker, CHANNEL, pick(maker, maker->n_channels));
}

static void put_stream(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)context;
    const bool real = i < maker->n_streams, keyed = chance(maker, 30);
    fputs("{ \"name\": ", maker->to);
    put_name(maker, STREAM, i);
    if (keyed || maker->style.other_names)
        fprintf(maker->to, ", \"key\": \"%s%u\"", keyed ? "k" : "stream ", i + 1);
    fputs(", \"arrivals\": ", maker->to);
    if (real)
        put_arrivals(maker, maker->per_hour / maker->n_streams + 1, i == 0);
    else
        fputs("{ \"kind\": \"poisson\", \"rate\": 0 }", maker->to);
    if (!maker->terse)
        put_attributes(maker);
    if (chance(maker, 40))
        put_mix(maker, "enters_at", TIER, maker->n_tiers);
    fputs(" }", maker->to);
}

static void put_streams(struct maker *maker)
{
    put_list(maker, "streams", maker->n_streams + maker->style.unused, true, put_stream, 0);
}

/* ---- outside */

static void put_self_service(struct maker *maker)
{
    fputs("\"self_service\": { \"session\": ", maker->to);
    put_times(maker, 120, false);
    fprintf(maker->to, ", \"cost\": 0.%u", pick(maker, 90));
    if (maker->lively && chance(maker, 60))
        put_later(maker, "false_containment", 30, 3600);
    if (maker->moved && chance(maker, 60))
        fprintf(maker->to, ", \"sessions\": %u", between(maker, 1, 8));
    if (maker->moved && chance(maker, 40))
        fputs(", \"when_full\": \"turned_away\"", maker->to);
    if (maker->moved && maker->has_money && chance(maker, 50))
        fprintf(maker->to, ", \"authority\": %u", between(maker, 0, 60));
    fputs(" }", maker->to);
}

static void put_vendor(struct maker *maker)
{
    fprintf(maker->to, "\"vendor\": { \"fee\": %u, \"delay\": ", pick(maker, 50));
    put_times(maker, 7200, false);
    fputs(", \"resolves\": ", maker->to);
    put_share(maker, between(maker, 50, 100));
    fputs(" }", maker->to);
}

/* ---- promises */

static void put_promise(struct maker *maker, uint32_t i, uint32_t context)
{
    static const char *const measures[] = { "service_level", "first_response", "resolution",
                                            "abandonment", "occupancy", "escalation", "sla_breach",
                                            "wait_mean", "cost_per_day", "resolution_split" };
    (void)context;
    fprintf(maker->to, "{ \"measure\": \"%s\"", measures[i]);
    if (i == 0 || i == 4 || i == 5 || i == 7 || i == 9 || (i == 3 && chance(maker, 50))) {
        fputs(", \"tier\": ", maker->to);
        put_name(maker, TIER, pick(maker, maker->n_tiers));
    }
    if (i == 1 || i == 2 || (i == 0 && chance(maker, 50))) {
        fputs(", \"within\": ", maker->to);
        put_seconds(maker, between(maker, 1, 90) * 60);
    }
    if (i < 4)
        put_conditions(maker);
    fprintf(maker->to, ", \"%s\": ", chance(maker, 50) ? "at_least" : "at_most");
    if (i == 7)
        put_seconds(maker, 120);
    else if (i == 8)
        fputs("12345.5", maker->to);
    else
        put_share(maker, between(maker, 0, 100));
    fputs(" }", maker->to);
}

static void put_promises(struct maker *maker)
{
    put_list(maker, "promises", 10, true, put_promise, 0);
}

/* ---- the whole */

static void make(struct maker *maker, uint64_t number, const struct scenario_style *style)
{
    static const uint32_t hours[] = { 6, 8, 12, 24, 30, 48 };
    *maker = (struct maker){ .number = number, .taste = number ^ 77 };
    if (style)
        maker->style = *style;
    draw_for(maker, "scenario", 0, 0);
    maker->n_tiers = between(maker, 1, TIERS_MOST);
    for (uint32_t t = 0; t < maker->n_tiers; t++)
        maker->n_pools[t] = chance(maker, 45) ? 1 : between(maker, 1, POOLS_MOST);
    maker->terse = chance(maker, 12);
    maker->n_streams = between(maker, 1, 3);
    maker->n_channels = between(maker, 1, 3);
    maker->n_issues = maker->terse ? 1 : between(maker, 1, 4);
    maker->n_severities = between(maker, 1, 3);
    maker->n_segments = between(maker, 1, 3);
    maker->n_slas = chance(maker, 25) || maker->plain ? 0 : between(maker, 1, 7);
    maker->n_skills = maker->terse ? 1 : between(maker, 1, SKILLS_MOST);
    maker->plain = chance(maker, 15);
    maker->steady = chance(maker, 35);
    maker->has_vendor = chance(maker, 40);
    maker->has_self_service = chance(maker, 35);
    maker->has_money = chance(maker, 50);
    maker->ties = chance(maker, 30);
    maker->hours = hours[pick(maker, 6)];
    maker->per_hour = between(maker, 300, 2500) / maker->hours + 1;
    maker->handling_s = between(maker, 60, 900);
    maker->lively = !maker->plain && chance(maker, 60);
    maker->early = maker->number % 3 == 1;
    maker->moved = !maker->style.even && !maker->early && chance(maker, 30);
    if (maker->style.small) {
        maker->hours = maker->hours / 6 + 2;
        maker->per_hour = between(maker, 40, 200) / maker->hours + 1;
    }
}

char *random_scenario(uint64_t number, const struct scenario_style *style)
{
    static void (*const sections[])(struct maker *maker) = {
        put_run,  put_split, put_severities, put_segments, put_channels, put_issues, put_streams,
        put_self_service, put_tiers, put_rules, put_vendor, put_targets, put_promises,
        put_organisation, put_hand_offs, put_root_causes, put_requests, put_updates,
        put_follow_up, put_satisfaction, put_churn, put_chasing, put_incidents, put_busy_days,
        put_backlog,
    };
    const uint32_t n = sizeof sections / sizeof *sections;
    struct maker   maker;
    char          *text = NULL;
    size_t         size;
    make(&maker, number, style);
    maker.to = open_memstream(&text, &size);
    if (!maker.to)
        abort();
    fprintf(maker.to, "{ \"name\": \"random %llu\"", (unsigned long long)number);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t k = maker.style.other_order ? n - 1 - i : i;
        draw_for(&maker, "section", k, 0);
        if ((k == 1 && chance(&maker, 40)) || (maker.terse && k >= 2 && k <= 5) ||
            (k == 7 && !maker.has_self_service) || (k == 10 && !maker.has_vendor) ||
            (maker.plain && k == 11) ||
            (k >= 13 && k <= 15 && (!maker.style.rich || maker.plain || chance(&maker, 60))) ||
            (k >= 16 && k <= 21 && (!maker.lively || chance(&maker, 55))) ||
            (k >= 22 && (!maker.moved || chance(&maker, 40))))
            continue;
        fputs(",\n", maker.to);
        sections[k](&maker);
    }
    fputs(" }\n", maker.to);
    if (fclose(maker.to) != 0)
        abort();
    return text;
}

struct scenario_traits random_scenario_traits(uint64_t number)
{
    struct maker maker;
    make(&maker, number, NULL);
    return (struct scenario_traits){ .ties = maker.ties, .n_tiers = maker.n_tiers,
                                     .n_streams = maker.n_streams };
}
