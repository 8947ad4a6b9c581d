/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What those hear in random scenarios who have to wait: balking, call-backs. */
#include "support/random_impl.h"

static void put_tier(struct maker *maker)
{
    if (!chance(maker, 30))
        return;
    fputs(", \"tier\": ", maker->to);
    put_name(maker, TIER, pick(maker, maker->n_tiers));
}

void put_balking(struct maker *maker)
{
    fprintf(maker->to, ", \"balking\": { \"from_waiting\": %u, \"per_waiting\": ",
            pick(maker, 6));
    put_share(maker, pick(maker, 30));
    fprintf(maker->to, ", \"from_wait\": \"%u s\", \"per_minute\": ", pick(maker, 300));
    put_share(maker, pick(maker, 10));
    if (chance(maker, 50)) {
        fputs(", \"most\": ", maker->to);
        put_share(maker, pick(maker, 100));
    }
    if (chance(maker, 40))
        fprintf(maker->to, ", \"announced\": true, \"patience_factor\": %u.%u",
                between(maker, 1, 2), pick(maker, 10));
    put_tier(maker);
    fputs(" }", maker->to);
}

void put_call_back(struct maker *maker)
{
    fputs(", \"call_back\": { \"accepts\": ", maker->to);
    put_share(maker, between(maker, 10, 100));
    if (chance(maker, 50))
        fprintf(maker->to, ", \"from_waiting\": %u", pick(maker, 6));
    if (chance(maker, 40))
        fprintf(maker->to, ", \"from_wait\": \"%u s\"", pick(maker, 600));
    if (chance(maker, 50))
        fprintf(maker->to, ", \"place\": \"after_others\", \"reserve\": %u", pick(maker, 3));
    if (chance(maker, 35)) {
        fputs(", \"due_in\": ", maker->to);
        if (chance(maker, 15))
            fputs("0", maker->to);
        else
            put_times(maker, between(maker, 60, 6000), false);
        if (chance(maker, 50))
            fprintf(maker->to, ", \"slots\": \"%u min\"", between(maker, 5, 60));
    }
    if (chance(maker, 50))
        fprintf(maker->to, ", \"within\": \"%u min\"", between(maker, 1, 90));
    if (chance(maker, 70)) {
        fputs(", \"reached\": ", maker->to);
        put_share(maker, between(maker, 20, 100));
        fputs(", \"dial\": ", maker->to);
        put_times(maker, 40, false);
        fputs(", \"again\": ", maker->to);
        put_times(maker, between(maker, 60, 3000), false);
        fprintf(maker->to, ", \"most\": %u", between(maker, 1, 5));
    }
    if (chance(maker, 40)) {
        fprintf(maker->to, ", \"time_factor\": 0.%u, \"relieves\": ", between(maker, 5, 9));
        put_share(maker, pick(maker, 100));
    }
    put_tier(maker);
    fputs(" }", maker->to);
}
