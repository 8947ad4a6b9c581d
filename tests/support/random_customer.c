/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customers of random scenarios do: reply, redial, come back. */
#include "support/random_impl.h"

/* , "key": { "share": …, "delay": …: a share of up to so much, a delay of about so long; open. */
static void open_later(struct maker *maker, const char *key, uint32_t most_percent,
                       uint32_t mean_s)
{
    fprintf(maker->to, ", \"%s\": { \"share\": ", key);
    put_share(maker, pick(maker, most_percent + 1));
    fputs(", \"delay\": ", maker->to);
    if (chance(maker, 15))
        fputs("0", maker->to);
    else
        put_times(maker, mean_s, false);
}

void put_later(struct maker *maker, const char *key, uint32_t most_percent, uint32_t mean_s)
{
    open_later(maker, key, most_percent, mean_s);
    fputs(" }", maker->to);
}

void put_after_work(struct maker *maker)
{
    if (maker->lively && chance(maker, 20)) {
        open_later(maker, "waits_on_customer", 40, 5400);
        if (chance(maker, 40))
            fprintf(maker->to, ", \"most\": %u", between(maker, 1, 4));
        if (chance(maker, 50))
            fputs(", \"to\": \"owner\"", maker->to);
        fputs(" }", maker->to);
    }
    if (maker->lively && chance(maker, 20)) {
        open_later(maker, "reopens", 30, 7200);
        if (chance(maker, 40))
            fprintf(maker->to, ", \"to\": \"%s\"",
                    chance(maker, 60) ? "owner" : chance(maker, 50) ? "same" : "entry");
        if (chance(maker, 30))
            fprintf(maker->to, ", \"most\": %u", between(maker, 1, 4));
        fputs(" }", maker->to);
    }
}

void put_congestion(struct maker *maker)
{
    fprintf(maker->to, ", \"congestion\": { \"from\": %u, \"per_waiting\": ", pick(maker, 5));
    put_share(maker, pick(maker, 30));
    if (chance(maker, 50)) {
        fputs(", \"most\": ", maker->to);
        put_share(maker, pick(maker, 100));
    }
    if (chance(maker, 60)) {
        fputs(", \"time\": ", maker->to);
        put_times(maker, 30, false);
    }
    fputs(" }", maker->to);
}

void put_training(struct maker *maker)
{
    fputs(", \"training\": { \"level\": ", maker->to);
    put_share(maker, pick(maker, 100));
    fputs(", \"gain\": ", maker->to);
    put_share(maker, pick(maker, 60));
    fputs(", \"saving\": ", maker->to);
    put_share(maker, pick(maker, 30));
    fprintf(maker->to, ", \"cost_per_agent_day\": %u.5 }", pick(maker, 9));
}

static void put_hazard(struct maker *maker, const char *key, uint32_t thousandths)
{
    fprintf(maker->to, ", \"%s\": 0.%03u", key, pick(maker, thousandths));
}

void put_requests(struct maker *maker)
{
    fputs("\"customer_requests\": { \"base\": ", maker->to);
    put_share(maker, pick(maker, 8));
    put_hazard(maker, "per_wait_hour", 600);
    put_hazard(maker, "per_transfer", 200);
    put_hazard(maker, "per_repeat", 200);
    fputs(", \"talked_down\": ", maker->to);
    put_share(maker, pick(maker, 60));
    if (chance(maker, 50))
        fprintf(maker->to, ", \"empathy\": 0.%u, \"cost_per_agent_day\": 4", pick(maker, 9));
    fputs(" }", maker->to);
}

void put_chasing(struct maker *maker)
{
    const uint32_t tier = pick(maker, maker->n_tiers);
    fputs("\"chasing\": { \"share\": ", maker->to);
    put_share(maker, pick(maker, 100));
    fputs(", \"every\": ", maker->to);
    put_times(maker, between(maker, 60, 1800), false);
    fputs(", \"by\": ", maker->to);
    put_pool_name(maker, tier, pick(maker, maker->n_pools[tier]));
    fputs(", \"work\": ", maker->to);
    put_times(maker, 60, false);
    if (chance(maker, 50))
        fprintf(maker->to, ", \"most\": %u", between(maker, 1, 5));
    fputs(" }", maker->to);
}

void put_follow_up(struct maker *maker)
{
    fputs("\"follow_up\": { \"share\": ", maker->to);
    put_share(maker, pick(maker, 60));
    if (chance(maker, 70)) {
        const uint32_t tier = pick(maker, maker->n_tiers);
        fputs(", \"by\": ", maker->to);
        put_pool_name(maker, tier, pick(maker, maker->n_pools[tier]));
        fputs(", \"work\": ", maker->to);
        put_times(maker, 150, false);
    }
    if (chance(maker, 70)) {
        fputs(", \"delay\": ", maker->to);
        put_times(maker, 5400, false);
    }
    fputs(", \"reduces_reopening\": ", maker->to);
    put_share(maker, pick(maker, 100));
    fprintf(maker->to, ", \"raises\": 0.%u, \"cost\": 0.5 }", pick(maker, 9));
}

void put_satisfaction(struct maker *maker)
{
    fprintf(maker->to, "\"satisfaction\": { \"start\": %u, \"per_wait_minute\": 0.0%u, "
                       "\"per_transfer\": 0.%u, \"per_repeat\": 1.%u, \"spread\": 1.%u, "
                       "\"breach\": 1.5, \"unresolved\": 3, \"threshold\": %u, \"answers\": ",
            between(maker, 5, 9), pick(maker, 10), pick(maker, 10), pick(maker, 10),
            pick(maker, 10), between(maker, 5, 9));
    put_share(maker, between(maker, 30, 100));
    if (chance(maker, 60)) {
        fputs(", \"delay\": ", maker->to);
        put_times(maker, 3600, false);
    }
    fputs(" }", maker->to);
}

void put_churn(struct maker *maker)
{
    fputs("\"churn\": { \"base\": ", maker->to);
    put_share(maker, pick(maker, 3));
    put_hazard(maker, "per_wait_hour", 300);
    put_hazard(maker, "per_transfer", 100);
    put_hazard(maker, "breach", 200);
    put_hazard(maker, "abandoned", 300);
    put_hazard(maker, "unresolved", 500);
    fputs(" }", maker->to);
}

void put_updates(struct maker *maker)
{
    fputs("\"status_updates\": { \"share\": ", maker->to);
    put_share(maker, pick(maker, 100));
    fputs(", \"relieves\": ", maker->to);
    put_share(maker, pick(maker, 100));
    fputs(", \"cost\": 0.25 }", maker->to);
}

void put_redial(struct maker *maker)
{
    fputs(", \"redial\": { \"share\": ", maker->to);
    if (chance(maker, 50)) {
        put_share(maker, pick(maker, 90));
    } else {
        fputs("[", maker->to);
        put_share(maker, pick(maker, 100));
        fputs(", ", maker->to);
        put_share(maker, pick(maker, 80));
        fputs("]", maker->to);
    }
    if (chance(maker, 50)) {
        fputs(", \"blocked_share\": ", maker->to);
        put_share(maker, pick(maker, 80));
    }
    fputs(", \"delay\": ", maker->to);
    put_times(maker, between(maker, 60, 3000), false);
    if (chance(maker, 30))
        fprintf(maker->to, ", \"most\": %u", between(maker, 1, 6));
    fputs(" }", maker->to);
}
