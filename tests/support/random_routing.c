/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queue orders, agent selections and rules of routing of random scenarios. */
#include "support/random_impl.h"

static void put_weights(struct maker *maker, const char *key)
{
    if (chance(maker, 70))
        fprintf(maker->to, ", \"%s\": %u", key, pick(maker, 4));
    fprintf(maker->to, ", \"%ss\": [", key);
    const uint32_t n = pick(maker, 3);
    for (uint32_t i = 0; i < n; i++) {
        fprintf(maker->to, "%s{ \"%s\": %u", i ? ", " : " ", key, pick(maker, 30));
        put_conditions(maker);
        fputs(" }", maker->to);
    }
    fputs(" ]", maker->to);
}

bool put_order(struct maker *maker)
{
    static const char *const plain[] = { "fifo", "priority", "earliest_deadline", "listed" };
    static const char *const names[] = { "least_slack", "value_weighted", "longest_queue", "p_mu",
                                         "preference", "c_mu", "ageing" };
    static const char *const kinds[] = { "ageing", "longest_weighted_wait", "c_mu",
                                         "generalised_c_mu" };
    if (!maker->style.routed) {
        fprintf(maker->to, "\"%s\"", plain[pick(maker, 4)]);
    } else if (chance(maker, 25)) {
        fputs("\"priority\"", maker->to);
        return true;
    } else if (chance(maker, 50)) {
        fprintf(maker->to, "\"%s\"", names[pick(maker, 7)]);
    } else {
        const uint32_t kind = pick(maker, 4);
        fprintf(maker->to, "{ \"kind\": \"%s\"", kinds[kind]);
        put_weights(maker, kind < 2 ? "weight" : "cost");
        if (kind == 3)
            fprintf(maker->to, ", \"power\": %u.%u", between(maker, 1, 2), 5 * pick(maker, 2));
        fputs(" }", maker->to);
    }
    return false;
}

void put_selection(struct maker *maker)
{
    static const char *const selections[] = {
        "longest_idle", "random",   "listed",         "least_skilled", "most_skilled",
        "fastest",      "cheapest", "least_occupied", "preference",    "p_mu",
        "by_chance",
    };
    fprintf(maker->to, ", \"selection\": \"%s\"",
            selections[pick(maker, maker->style.routed ? 11 : 3)]);
}

/* Of the tier's queue. */
void put_waits(struct maker *maker, bool by_priority)
{
    static const char *const whom[] = { "last_pool", "shortest_queue", "shortest_wait",
                                        "last_wait" };
    if (!maker->style.routed)
        return;
    if (!may_help(maker) && chance(maker, 50)) {
        const uint32_t by = pick(maker, 4);
        fprintf(maker->to, ", \"waits_for\": \"%s\"", whom[by]);
        maker->rationed = by == 1;
    }
    if (by_priority && !maker->plain && chance(maker, 60))
        fputs(", \"preempts\": true", maker->to);
}

static void put_condition(struct maker *maker, uint32_t skill, uint32_t tier, const char *before)
{
    static const char *const words[] = { "waiting", "expected_wait" };
    const uint32_t           subject = skill == 0 ? pick(maker, 3) : 2; /* somebody needs skill 0 */
    fprintf(maker->to, "%s{ \"%s\": ", before, subject < 2 ? words[subject] : "idle");
    if (subject < 2)
        put_name(maker, SKILL, skill);
    else
        put_pool_name(maker, tier, pick(maker, maker->n_pools[tier]));
    fprintf(maker->to, ", \"at_%s\": ", chance(maker, 70) == (subject < 2) ? "least" : "most");
    if (subject == 1)
        put_seconds(maker, 20 * pick(maker, 20));
    else
        fprintf(maker->to, "%u", pick(maker, 4));
    fputs(" }", maker->to);
}

void put_skill_rules(struct maker *maker, uint32_t skill, uint32_t tier)
{
    if (!maker->style.routed)
        return;
    if (chance(maker, 50))
        fprintf(maker->to, ", \"queue_preference\": %u", pick(maker, 3));
    if (chance(maker, 30))
        fprintf(maker->to, ", \"queue_weight\": %u.5, \"pool_weight\": 0.%u", pick(maker, 4),
                between(maker, 1, 9));
    if (chance(maker, 60))
        return;
    if (chance(maker, 50)) {
        fputs(", \"after\": ", maker->to);
        put_seconds(maker, 60 * pick(maker, 6));
    }
    if (chance(maker, 50))
        fprintf(maker->to, ", \"reserve\": %u", pick(maker, 3));
    if (chance(maker, 40)) {
        fputs(", \"only_if\": [", maker->to);
        put_condition(maker, skill, tier, " ");
        if (chance(maker, 30))
            put_condition(maker, skill, tier, ", ");
        fputs(" ]", maker->to);
    }
}
