/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiers, pools and their windows of random scenarios. */
#include "support/random_impl.h"

/* About how many agents the work of a tier keeps busy, in hundredths, in all its pools. */
static uint32_t load_percent(const struct maker *maker, uint32_t tier)
{
    uint32_t visits = maker->per_hour; /* per hour */
    for (uint32_t t = 0; t < tier; t++)
        visits = visits * 2 / 5 + 1;
    return visits * maker->handling_s * (tier + 2) / 2 / 36;
}

static void put_window(struct maker *maker, const char *before, const char *days,
                       const char *from, const char *to, uint32_t agents)
{
    fprintf(maker->to, "%s{ \"days\": \"%s\", \"from\": \"%s\", \"to\": \"%s\", \"agents\": %u }",
            before, days, from, to, agents);
}

/* The same with breaks, which are the same half-hours for all windows of the scenario. */
static void put_window_with_breaks(struct maker *maker, const char *days, uint32_t agents)
{
    fprintf(maker->to, "{ \"days\": \"%s\", \"from\": \"05:30\", \"to\": \"21:00\", "
                       "\"agents\": %u, \"breaks\": [{ \"from\": \"09:10\", \"to\": \"09:25\" }, "
                       "{ \"from\": \"12:00\", \"to\": \"12:45\" }] }", days, agents);
}

static void put_windows(struct maker *maker, uint32_t agents)
{
    fputs("[ ", maker->to);
    if (maker->style.more_agents)
        fprintf(maker->to, "{ \"agents\": %u }, ", maker->style.more_agents);
    switch (pick(maker, 6)) {
    case 5:
        put_window_with_breaks(maker, "Mon-Sun", agents + 1);
        put_window(maker, ", ", "Mon-Sun", "08:30", "18:00", (agents + 1) / 2);
        break;
    case 0: /* they add up */
        put_window(maker, "", "Mon-Sun", "00:00", "24:00", agents);
        put_window(maker, ", ", "Mon-Fri", "09:00", "17:00", between(maker, 0, 3));
        break;
    case 1: /* over midnight and over the week's end */
        put_window(maker, "", "Mon-Sun", "06:00", "22:00", agents);
        put_window(maker, ", ", "Fri-Mon,Wed", "22:00", "06:00", (agents + 1) / 2);
        break;
    case 2: /* a value for each step */
        fputs("{ \"days\": \"Mon-Sun\", \"from\": \"00:00\", \"every\": ", maker->to);
        put_seconds(maker, 10800);
        fputs(", \"values\": [", maker->to);
        for (uint32_t i = 0; i < 8; i++)
            fprintf(maker->to, "%s%u", i ? ", " : "", pick(maker, agents + 2));
        fputs("] }", maker->to);
        break;
    case 3: /* nobody at night */
        put_window(maker, "", "Mon,Tue,Wed-Sun", "07:30", "20:15", agents + 1);
        break;
    default: /* never the same for an hour */
        put_window(maker, "", "Mon-Sun", "00:00", "12:00", agents);
        put_window(maker, ", ", "Mon-Sun", "12:00", "00:00", agents + 1);
        put_window(maker, ", ", "Mon-Sun", "10:40", "13:20", 1);
    }
    if (maker->number % 5 == 0) { /* all days that a run may see, or some */
        static const char *const dates[] = { "\"2024-01-01\"", "[\"2024-01-02\", \"2024-01-01\"]",
                                             "[\"2024-01-03\", \"2024-01-09\"]",
                                             "\"2024-01-05\"" };
        fprintf(maker->to, ", { \"dates\": %s, \"agents\": %u }", dates[pick(maker, 4)], agents);
        if (chance(maker, 50))
            fprintf(maker->to, ", { \"dates\": %s, \"from\": \"06:00\", \"to\": \"02:00\", "
                               "\"agents\": 1 }", dates[pick(maker, 4)]);
    }
    fputs(" ]", maker->to);
}

/* Of a pool whose first skill is number `context` modulo SKILLS_MOST; above that, its tier. */
static void put_skill(struct maker *maker, uint32_t i, uint32_t context)
{
    const uint32_t skill = (context + i) % SKILLS_MOST, tier = context / SKILLS_MOST;
    fputs("{ \"skill\": ", maker->to);
    put_name(maker, SKILL, skill);
    if (chance(maker, 50) && !maker->style.even)
        fprintf(maker->to, ", \"time_factor\": %u.%u", pick(maker, 2), between(maker, 5, 9));
    if (chance(maker, 40)) {
        fputs(", \"resolves\": ", maker->to);
        put_share(maker, between(maker, 40, 100));
    }
    if (chance(maker, 40))
        fprintf(maker->to, ", \"preference\": %u", pick(maker, 3));
    put_skill_rules(maker, skill, tier);
    fputs(" }", maker->to);
}

static void put_pool_money(struct maker *maker)
{
    if (maker->has_money && chance(maker, 60))
        fprintf(maker->to, ", \"authority\": %u", pick(maker, 4) * 40);
    if (chance(maker, 70))
        fprintf(maker->to, ", \"wage\": %u.5", between(maker, 10, 60));
    if (chance(maker, 30))
        fprintf(maker->to, ", \"overtime_factor\": 1.%u", pick(maker, 9));
    if (chance(maker, 30))
        fprintf(maker->to, ", \"concession_factor\": 0.%u", between(maker, 5, 9));
    if (chance(maker, 40)) {
        fputs(", \"shrinkage\": ", maker->to);
        put_share(maker, between(maker, 0, 40));
    }
}

static void put_ratio(struct maker *maker)
{
    if (maker->rationed && chance(maker, 60))
        fprintf(maker->to, ", \"queue_ratio\": %u.%u", pick(maker, 3), pick(maker, 10));
}

static void put_shift_end(struct maker *maker)
{
    if (maker->plain || maker->early)
        return;
    if (chance(maker, 60))
        fprintf(maker->to, ", \"shift_end\": \"%s\"",
                chance(maker, 70) ? "requeue" : "drop");
    if (chance(maker, 40))
        fputs(", \"leave_by\": \"name\"", maker->to);
}

/* Says whether the pool's agents have several contacts at once. */
static bool put_differences(struct maker *maker)
{
    bool several = true;
    static const char *const slow_downs[] = { "", ", \"slow_down\": [1, 1.3]",
                                              ", \"slow_down\": [1.5]",
                                              ", \"slow_down\": [1, 3]" };
    if (maker->plain || maker->early)
        return false;
    if (chance(maker, 20))
        fprintf(maker->to, ", \"concurrency\": { \"contacts\": %u%s }", between(maker, 2, 4),
                slow_downs[pick(maker, 3)]);
    else if (chance(maker, 5))
        fprintf(maker->to, ", \"concurrency\": { \"contacts\": 2%s }", slow_downs[3]);
    else
        several = false;
    if (chance(maker, 20))
        fprintf(maker->to, ", \"absence\": { \"share\": 0.%u, \"paid\": %s }",
                between(maker, 1, 4), chance(maker, 50) ? "true" : "false");
    if (chance(maker, 10))
        fprintf(maker->to, ", \"fee_per_contact\": %u.5, \"fee_per_hour\": %u",
                pick(maker, 5), pick(maker, 30));
    if (maker->style.even)
        return several;
    if (chance(maker, 20))
        fprintf(maker->to, ", \"individual_factor\": { \"kind\": \"gamma\", \"mean\": 1, "
                           "\"cv\": 0.%u }", between(maker, 1, 9));
    if (chance(maker, 15))
        fprintf(maker->to, ", \"learning\": { \"rate\": 0.%u, \"experience\": %u, "
                           "\"least\": 0.%u }", between(maker, 6, 9), pick(maker, 30),
                between(maker, 2, 8));
    return several;
}

/* Planned time off the contacts; `context` 1: of agents by name. */
static void put_duty(struct maker *maker, uint32_t i, uint32_t context)
{
#define WHEN(from, to) "{ \"from\": \"" from "\", \"to\": \"" to "\" }"
#define WHEN_ON(days, from, to)                                                                \
    "{ \"days\": \"" days "\", \"from\": \"" from "\", \"to\": \"" to "\" }"
    static const char *const whens[][2] = {
        { WHEN("00:10", "00:40"), ", " WHEN("09:00", "09:30") },
        { WHEN("23:00", "01:00"), "" },
        { WHEN_ON("Mon-Wed", "08:15", "10:45"), ", " WHEN("00:00", "00:05") },
        { WHEN_ON("Mon,Tue", "00:30", "02:00"), "" },
    };
    const uint32_t when = pick(maker, 4);
    fprintf(maker->to, "{ \"name\": \"duty %u\", \"when\": [ %s%s ]", i, whens[when][0],
            whens[when][1]);
    if (context == 0 && chance(maker, 40))
        fprintf(maker->to, ", \"agents\": %u", between(maker, 1, 3));
    else if (context == 0 && chance(maker, 50))
        fprintf(maker->to, ", \"share\": 0.%u", between(maker, 1, 9));
    if (chance(maker, 50)) {
        fprintf(maker->to, ", \"put_off_from\": %u, \"look_again\": ", between(maker, 1, 4));
        put_seconds(maker, between(maker, 1, 10) * 60);
        if (chance(maker, 70)) {
            fputs(", \"put_off_most\": ", maker->to);
            put_seconds(maker, between(maker, 1, 20) * 300);
        }
    }
    fputs(" }", maker->to);
}

static void put_idle_duty(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)context;
    fprintf(maker->to, "{ \"name\": \"idle %u\", \"per_day\": ", i);
    put_seconds(maker, between(maker, 1, 8) * 1200);
    fputs(", \"piece\": ", maker->to);
    put_times(maker, 300, false);
    if (chance(maker, 60)) {
        fputs(", \"after\": ", maker->to);
        put_seconds(maker, between(maker, 1, 5) * 60);
    }
    if (chance(maker, 50))
        fputs(", \"interruptible\": false", maker->to);
    else if (chance(maker, 60))
        fputs(", \"back_after\": \"1 min\"", maker->to);
    if (chance(maker, 30))
        fputs(", \"left_over\": \"dropped\"", maker->to);
    if (chance(maker, 20))
        fputs(", \"days\": \"Mon,Wed-Sun\"", maker->to);
    fputs(" }", maker->to);
}

static void put_duties(struct maker *maker, bool by_name, bool several)
{
    if (maker->plain || maker->early || maker->number % 3 != 0)
        return;
    if (chance(maker, 50)) {
        fputs(", ", maker->to);
        put_list(maker, "duties", between(maker, 1, 2), false, put_duty, by_name);
    }
    if (chance(maker, 60) && !several) {
        fputs(", ", maker->to);
        put_list(maker, "idle_duties", between(maker, 1, 2), false, put_idle_duty, 0);
    }
}

bool may_help(const struct maker *maker)
{
    return maker->style.routed && maker->number % 4 == 1 && maker->n_tiers > 1;
}

/* Another tier that agents of tier `context` help. */
static void put_help(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)i;
    fputs("{ \"tier\": ", maker->to);
    put_name(maker, TIER, (context + 1 + pick(maker, maker->n_tiers - 1)) % maker->n_tiers);
    if (!maker->style.even && chance(maker, 50))
        fprintf(maker->to, ", \"time_factor\": %u.%u", pick(maker, 2), between(maker, 5, 9));
    if (chance(maker, 40)) {
        fputs(", \"resolves\": ", maker->to);
        put_share(maker, between(maker, 40, 100));
    }
    if (chance(maker, 20)) {
        fputs(", \"after\": ", maker->to);
        put_seconds(maker, between(maker, 1, 20) * 30);
    }
    if (chance(maker, 20))
        fprintf(maker->to, ", \"reserve\": %u", between(maker, 1, 2));
    fputs(" }", maker->to);
}

/* An agent by name, of pool `context` / 8 % 64 of tier `context` % 8; of those beyond the first
 * `context` / 512 only that they are there. */
static void put_agent(struct maker *maker, uint32_t i, uint32_t context)
{
    fprintf(maker->to, "{ \"name\": \"agent %u of %u\"", i, context % 512);
    if (i >= context / 512) {
        fputs(" }", maker->to);
        return;
    }
    if (chance(maker, 30))
        fputs(", \"shift\": [ { \"from\": \"07:00\", \"to\": \"19:30\" } ]", maker->to);
    else if (chance(maker, 20))
        fputs(", \"shift\": [ { \"days\": \"Mon-Fri\", \"from\": \"09:00\", \"to\": \"17:00\", "
              "\"breaks\": [ { \"from\": \"12:00\", \"to\": \"12:30\" } ] }, "
              "{ \"days\": \"Sat\", \"from\": \"22:00\", \"to\": \"06:00\" } ]", maker->to);
    if (maker->n_skills > 1 && chance(maker, 30)) {
        const uint32_t first = pick(maker, SKILLS_MOST);
        fputs(", ", maker->to);
        put_list(maker, "skills", between(maker, 1, 2), false, put_skill,
                 SKILLS_MOST * (context % 8) + first);
    }
    if (maker->has_money && chance(maker, 40))
        fprintf(maker->to, ", \"authority\": %u", pick(maker, 4) * 40);
    if (chance(maker, 30))
        fprintf(maker->to, ", \"wage\": %u.25", between(maker, 10, 60));
    if (!maker->style.even && chance(maker, 40))
        fprintf(maker->to, ", \"time_factor\": %u.%u", pick(maker, 2), between(maker, 5, 9));
    if (maker->number % 3 == 0 && chance(maker, 40))
        fprintf(maker->to, ", \"started\": \"%s\"",
                chance(maker, 60) ? "2023-12-30" : chance(maker, 50) ? "2024-01-01" : "2024-01-02");
    fputs(" }", maker->to);
}

static void put_tenure(struct maker *maker)
{
    fprintf(maker->to, ", \"tenure\": [ { \"after\": %s, \"time_factor\": %u }, { \"after\": "
                       "\"%u h\", \"time_factor\": 1.5 }",
            chance(maker, 50) ? "0" : "\"1 h\"", between(maker, 2, 3), between(maker, 2, 60));
    fprintf(maker->to, "%s ]", chance(maker, 50) ? ", { \"after\": \"80 h\" }" : "");
}

static void put_pool(struct maker *maker, uint32_t i, uint32_t tier)
{
    const uint32_t real = maker->n_pools[tier];
    fputs("{ \"name\": ", maker->to);
    put_pool_name(maker, tier, i);
    if (i >= real) { /* with every skill it would be the one to wait for */
        fputs(", \"agents\": 0, \"skills\": [ { \"skill\": \"idleness\" } ] }", maker->to);
        return;
    }
    const uint32_t agents = (load_percent(maker, tier) * between(maker, 60, 160) / 10000 +
                             pick(maker, 2)) / real + (i == 0);
    fputs(", ", maker->to);
    const bool by_name = agents > 1 && agents < 9 && chance(maker, 20);
    if (by_name) {
        put_list(maker, "roster", agents + maker->style.more_agents, false, put_agent,
                 512 * agents + i * 8 + tier);
    } else if (chance(maker, 55)) {
        fprintf(maker->to, "\"agents\": %u", agents + maker->style.more_agents);
    } else {
        fputs("\"agents\": ", maker->to);
        put_windows(maker, agents);
    }
    if (!maker->style.even && chance(maker, 10))
        fprintf(maker->to, ", \"time_factor\": 1.%u", between(maker, 1, 4));
    put_ratio(maker);
    if (by_name && !maker->style.even && !maker->plain && !maker->early && chance(maker, 50))
        put_tenure(maker);
    put_shift_end(maker);
    put_duties(maker, by_name, put_differences(maker));
    if (maker->n_skills > 1 && chance(maker, 55)) {
        const uint32_t first = pick(maker, SKILLS_MOST), n = between(maker, 1, 2);
        fputs(", ", maker->to);
        put_list(maker, "skills", n, false, put_skill, SKILLS_MOST * tier + first);
    }
    if (may_help(maker) && chance(maker, 25)) {
        fputs(", ", maker->to);
        put_list(maker, "helps", 1, false, put_help, tier);
    }
    put_pool_money(maker);
    if (maker->lively && chance(maker, 30))
        put_training(maker);
    if (maker->lively && chance(maker, 20)) {
        fputs(", \"supervision\": ", maker->to);
        put_share(maker, pick(maker, 60));
    }
    if (maker->lively && chance(maker, 30))
        fprintf(maker->to, ", \"cleared\": %s", chance(maker, 60) ? "true" : "false");
    fputs(" }", maker->to);
}

static void put_work(struct maker *maker, uint32_t i, uint32_t tier)
{
    fputs("{ \"issue\": ", maker->to);
    put_name(maker, ISSUE, i);
    if (chance(maker, 60)) {
        fputs(", \"handling\": ", maker->to);
        put_times(maker, maker->handling_s * (tier + 2) / 2, false);
    }
    if (chance(maker, 40)) {
        fputs(", \"wrap_up\": ", maker->to);
        put_times(maker, 40, false);
    }
    if (chance(maker, 60)) {
        fputs(", \"resolves\": ", maker->to);
        put_share(maker, between(maker, 40, 100));
    }
    put_after_work(maker);
    fputs(" }", maker->to);
}

static void put_queue(struct maker *maker)
{
    fputs(", \"queue\": { \"order\": ", maker->to);
    put_waits(maker, put_order(maker));
    if (chance(maker, 25))
        fprintf(maker->to, ", \"capacity\": %u", pick(maker, 25));
    fputs(" }", maker->to);
}

static void put_tier(struct maker *maker, uint32_t i, uint32_t context)
{
    (void)context;
    maker->rationed = false;
    fputs("{ \"name\": ", maker->to);
    put_name(maker, TIER, i);
    fputs(", \"handling\": ", maker->to);
    if (chance(maker, maker->style.even ? 15 : 3))
        fputs("0", maker->to);
    else
        put_times(maker, maker->handling_s * (i + 2) / 2, false);
    if (chance(maker, 50)) {
        fputs(", \"wrap_up\": ", maker->to);
        put_times(maker, 60, false);
    }
    if (chance(maker, 50)) {
        fputs(", \"triage\": ", maker->to);
        put_times(maker, 90, false);
    }
    if (chance(maker, 85)) {
        fputs(", \"resolves\": ", maker->to);
        put_share(maker, between(maker, 40, 100));
    }
    if (chance(maker, 50)) {
        fputs(", \"answer_within\": ", maker->to);
        put_seconds(maker, between(maker, 1, 60) * 20);
        fputs(", \"short_abandon\": ", maker->to);
        put_seconds(maker, between(maker, 0, 30));
    }
    if (chance(maker, 75))
        put_queue(maker);
    if (maker->lively && chance(maker, 20))
        fputs(", \"interrupted_work\": \"restart\"", maker->to);
    if (chance(maker, 60))
        put_selection(maker);
    if (maker->moved && chance(maker, 50))
        put_by_hour(maker, "handling_by_hour");
    put_after_work(maker);
    if (maker->lively && chance(maker, 30))
        put_congestion(maker);
    if (!maker->terse && chance(maker, 40)) {
        fputs(", ", maker->to);
        put_list(maker, "by_issue", between(maker, 1, maker->n_issues), true, put_work, i);
    }
    fputs(", ", maker->to);
    put_list(maker, "pools", maker->n_pools[i] + maker->style.unused, false, put_pool, i);
    fputs(" }", maker->to);
}

void put_tiers(struct maker *maker)
{
    put_list(maker, "tiers", maker->n_tiers + maker->style.unused, false, put_tier, 0);
}
