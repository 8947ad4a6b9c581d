/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escalation in random scenarios: the matrix, the organisation, hand-offs, root causes. */
#include "support/random_impl.h"

void put_conditions(struct maker *maker)
{
    if (maker->terse)
        return;
    if (chance(maker, 30))
        put_names(maker, "severity", SEVERITY, maker->n_severities);
    if (chance(maker, 30))
        put_names(maker, "segment", SEGMENT, maker->n_segments);
    if (chance(maker, 20))
        put_names(maker, "channel", CHANNEL, maker->n_channels);
    if (chance(maker, 30))
        put_names(maker, "issue", ISSUE, maker->n_issues);
}

enum place { NEXT, PREVIOUS, SAME, VENDOR, UNRESOLVED, AUTHORITY, A_TIER, A_POOL, PLACES };

static void put_place(struct maker *maker, enum place place)
{
    static const char *const words[] = { "next", "previous", "same", "vendor", "unresolved",
                                         "authority" };
    if (place == VENDOR && !maker->has_vendor)
        place = UNRESOLVED;
    if (maker->style.rich && place >= A_TIER && chance(maker, 30)) {
        fputs(maker->n_skills == 1 && chance(maker, 50) ? "\"general\"" : "\"back\"", maker->to);
        return;
    }
    if (place < A_TIER) {
        fprintf(maker->to, "\"%s\"", words[place]);
        return;
    }
    const uint32_t tier = pick(maker, maker->n_tiers);
    if (place == A_TIER)
        put_name(maker, TIER, tier);
    else
        put_pool_name(maker, tier, pick(maker, maker->n_pools[tier]));
}

/* ---- what a rule may ask for beyond places */

static void put_time(struct maker *maker, const char *key, uint32_t mean_s)
{
    fprintf(maker->to, ", \"%s\": ", key);
    put_times(maker, mean_s, false);
}

static void put_form(struct maker *maker, uint32_t form)
{
    static const char *const forms[] = { "hand_off", "hand_off", "approval", "approval", "swarm",
                                         "swarm", "notify" };
    fprintf(maker->to, ", \"form\": \"%s\"", forms[form]);
    if (form < 2 && chance(maker, 50)) {
        fputs(", \"hand_over\": \"warm\"", maker->to);
    } else if (form < 2 && chance(maker, 40)) {
        fputs(", \"call_back_within\": ", maker->to);
        put_seconds(maker, between(maker, 1, 60) * 60);
    }
    if (form < 2 && chance(maker, 60))
        put_time(maker, "briefing", 90);
    if (form == 2 || form == 3 || form == 6)
        put_time(maker, "work", 200);
    if (form == 3) {
        fputs(", \"customer\": \"called_back\"", maker->to);
        if (chance(maker, 60))
            put_time(maker, "closing", 120);
    }
}

/* Conditions on how the contact fares, and changes of what it is. */
static void put_course(struct maker *maker)
{
    if (chance(maker, 15))
        fprintf(maker->to, ", \"hops\": %u", between(maker, 1, 2));
    if (chance(maker, 8))
        fputs(", \"attempts\": 2", maker->to);
    if (chance(maker, 10)) {
        fputs(", \"older_than\": ", maker->to);
        put_seconds(maker, between(maker, 1, 60) * 60);
    }
    if (chance(maker, 10)) {
        fputs(", \"time_left\": ", maker->to);
        put_seconds(maker, between(maker, 0, 60) * 60);
    }
    if (chance(maker, 15))
        fprintf(maker->to, ", \"raise_priority\": %u", between(maker, 1, 3));
    if (!maker->terse && chance(maker, 15)) {
        fputs(", \"set_severity\": ", maker->to);
        put_name(maker, SEVERITY, pick(maker, maker->n_severities));
    }
}

static void put_rule(struct maker *maker, uint32_t i, uint32_t rules)
{
    static const char *const whens[] = {
        "\"complexity\"", "\"skill\"", "\"authority\"", "[\"authority\", \"complexity\"]",
        "[\"complexity\", \"customer_request\"]", "[\"policy\", \"congestion\", \"repeat\"]",
        "[\"high_profile\", \"skill\", \"repeat\"]", "[\"complexity\", \"satisfaction\"]",
        "\"sla_breach\"", "[\"sla_warning\", \"skill\"]", "[\"sla_breach\", \"satisfaction\"]",
        "\"sla_warning\"",
    };
    if (i + 1 == rules) { /* "next" of the last tier would be an unused one */
        fputs("{ \"from\": ", maker->to);
        put_name(maker, TIER, maker->n_tiers - 1);
        fprintf(maker->to, ", \"to\": \"%s\" }", maker->has_vendor ? "vendor" : "unresolved");
        return;
    }
    const enum place first = (enum place)pick(maker, PLACES);
    enum place       second = (enum place)pick(maker, PLACES);
    const bool       ahead = first == NEXT || second == NEXT;
    if (ahead && maker->n_tiers == 1) {
        fputs("{ \"to\": \"unresolved\", \"when\": \"skill\" }", maker->to);
        return;
    }
    fprintf(maker->to, "{ \"notes\": [\"rule\", %u]", i);
    const uint32_t form = pick(maker, 7);
    const bool     formed = maker->style.rich && chance(maker, 60);
    const bool     approves = formed && (form == 2 || form == 3);
    if (chance(maker, 65))
        fprintf(maker->to, ", \"when\": %s", whens[approves ? 2 : pick(maker, 12)]);
    if (maker->n_slas > 0 && chance(maker, 15))
        put_names(maker, "sla", SLA, maker->n_slas);
    if (maker->n_slas > 0 && chance(maker, 15))
        fprintf(maker->to, ", \"point\": %u", between(maker, 1, 3));
    if (ahead || chance(maker, 60))
        put_names(maker, "from", TIER, maker->n_tiers - ahead);
    put_conditions(maker);
    fputs(", \"to\": ", maker->to);
    if (chance(maker, 40) || second == first || second >= A_TIER || second == UNRESOLVED) {
        put_place(maker, first);
    } else {
        fputs("{ ", maker->to);
        put_place(maker, first);
        fputs(": 0.75, ", maker->to);
        if (second == VENDOR && !maker->has_vendor)
            second = first == SAME ? PREVIOUS : SAME;
        put_place(maker, second);
        fputs(": \"25 %\" }", maker->to);
    }
    if (formed)
        put_form(maker, form);
    if (maker->style.rich)
        put_course(maker);
    fputs(" }", maker->to);
}

void put_rules(struct maker *maker)
{
    const uint32_t more = maker->plain ? 0 : pick(maker, 5) + (maker->style.rich ? 2 : 0);
    const uint32_t rules = 1 + more;
    put_list(maker, "escalation", rules, false, put_rule, rules);
}

/* ---- the organisation */

void put_organisation(struct maker *maker)
{
    fputs("\"organisation\": { \"form\": ", maker->to);
    switch (pick(maker, 5)) {
    case 0:
        fputs("\"direct\", \"specialists\": ", maker->to);
        put_name(maker, TIER, pick(maker, maker->n_tiers));
        break;
    case 1:
    case 2:
        fputs("\"context_routed\", \"cost_per_contact\": 0.2, \"accuracy\": ", maker->to);
        put_share(maker, between(maker, 40, 100));
        break;
    default:
        fputs("\"swarming\"", maker->to);
    }
    fputs(" }", maker->to);
}

void put_hand_offs(struct maker *maker)
{
    fprintf(maker->to, "\"hand_offs\": { \"rework\": 0.%u, \"documentation\": ",
            between(maker, 0, 9));
    put_share(maker, chance(maker, 30) ? 100 : between(maker, 0, 99));
    if (chance(maker, 50)) {
        fputs(", \"write_up\": ", maker->to);
        put_seconds(maker, between(maker, 1, 3) * 60);
    }
    fputs(" }", maker->to);
}

static void put_root_cause(struct maker *maker, uint32_t i, uint32_t context)
{
    const uint32_t tier = pick(maker, maker->n_tiers);
    (void)context;
    fputs("{ \"issue\": ", maker->to);
    put_name(maker, ISSUE, i);
    fprintf(maker->to, ", \"after\": %u", between(maker, 1, 12));
    put_time(maker, "work", 1200);
    fputs(", \"by\": ", maker->to);
    put_pool_name(maker, tier, pick(maker, maker->n_pools[tier]));
    fputs(", \"reduces\": ", maker->to);
    put_share(maker, between(maker, 0, 60));
    fprintf(maker->to, ", \"most\": %u }", between(maker, 1, 4));
}

void put_root_causes(struct maker *maker)
{
    put_list(maker, "root_causes", maker->terse ? 0 : between(maker, 1, maker->n_issues), true,
             put_root_cause, 0);
}

