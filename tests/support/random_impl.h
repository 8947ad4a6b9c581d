/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/random_impl.h - what the files that write random scenarios share. */
#ifndef SUPPORT_RANDOM_IMPL_H
#define SUPPORT_RANDOM_IMPL_H

#include <stdio.h>

#include "support/random_scenario.h"

enum named { TIER, POOL, STREAM, CHANNEL, ISSUE, SEVERITY, SEGMENT, SKILL, SLA };

enum { TIERS_MOST = 4, POOLS_MOST = 3, SKILLS_MOST = 3 };

struct maker {
    uint64_t              number;
    uint64_t              state; /* decides what is meant                                     */
    uint64_t              taste; /* decides how values are written                            */
    struct scenario_style style;
    FILE                 *to;
    uint32_t n_tiers, n_pools[TIERS_MOST + 1], n_streams, n_channels, n_issues, n_severities,
        n_segments, n_skills, n_slas;
    uint32_t hours;      /* simulated                                                          */
    uint32_t per_hour;   /* contacts, all streams                                              */
    uint32_t handling_s; /* typical mean                                                       */
    bool     steady, has_vendor, has_self_service, has_money, ties, terse,
        plain,  /* cold hand-overs to the next tier, no targets, customers who go            */
        lively, /* customers do more than come, wait and give up                             */
        early,  /* for the classic event loop: agents alike who finish, customers who are
                   offered nothing, nothing that is moved                                 */
        rationed, /* contacts wait for the shortest queue in this tier                       */
        moved;  /* rates jump, surge and grow, contacts come in batches, hours differ        */
};

/* Draws: from n values, from low to high, with a probability in per cent. */
uint32_t pick(struct maker *maker, uint32_t n);
uint32_t between(struct maker *maker, uint32_t low, uint32_t high);
bool     chance(struct maker *maker, uint32_t percent);

/* Makes the next draws those of element i (and j) of something, whatever was drawn before. */
void draw_for(struct maker *maker, const char *what, uint32_t i, uint32_t j);

/* Values, written in one of the ways that mean the same. */
void put_seconds(struct maker *maker, uint32_t seconds);
void put_share(struct maker *maker, uint32_t percent);
void put_rate(struct maker *maker, uint32_t per_hour);
void put_name(struct maker *maker, enum named named, uint32_t i);
void put_pool_name(struct maker *maker, uint32_t tier, uint32_t pool);

/* "key": { "name": share, … } over some of n things, or "key": "name"; all shares add up to 1. */
void put_mix(struct maker *maker, const char *key, enum named named, uint32_t n);

/* "key": a name or a list of names out of n. */
void put_names(struct maker *maker, const char *key, enum named named, uint32_t n);

/* A list of n elements by `item`, turned round in the other order where `free_order`. Each
 * element's draws are its own. */
typedef void (*item_fn)(struct maker *maker, uint32_t i, uint32_t context);
void put_list(struct maker *maker, const char *key, uint32_t n, bool free_order, item_fn item,
              uint32_t context);

/* A distribution of any kind with about this mean: of seconds, or of money. `smooth`: of a kind
 * whose values are never equal. */
void put_times(struct maker *maker, uint32_t mean_s, bool smooth);
void put_money(struct maker *maker, uint32_t mean);

/* Conditions on severity, segment, channel and issue type. */
void put_conditions(struct maker *maker);

/* Whether agents may help other tiers: there contacts wait for anybody. */
bool may_help(const struct maker *maker);

/* What customers do: come back to self-service's, a tier's or an issue type's work. */
void put_later(struct maker *maker, const char *key, uint32_t most_percent, uint32_t mean_s);
void put_after_work(struct maker *maker);
void put_redial(struct maker *maker);
void put_balking(struct maker *maker);
void put_call_back(struct maker *maker);
void put_congestion(struct maker *maker);
void put_training(struct maker *maker);
void put_requests(struct maker *maker); /* a section                                        */
void put_updates(struct maker *maker);  /* and this, and the next                           */
void put_chasing(struct maker *maker);
void put_follow_up(struct maker *maker);
void put_satisfaction(struct maker *maker);
void put_churn(struct maker *maker);

/* What moves rates: the first stream always has a rate, and busy days. */
void put_moved_arrivals(struct maker *maker, uint32_t per_hour, bool first);
void put_opening(struct maker *maker); /* of a channel; by the calendars of put_targets      */
void put_by_hour(struct maker *maker, const char *key);
void put_incidents(struct maker *maker);
void put_busy_days(struct maker *maker);
void put_backlog(struct maker *maker);
void put_rate_windows(struct maker *maker, uint32_t per_hour);

/* How a tier's contacts and agents find each other. */
bool put_order(struct maker *maker); /* whether it is by priority, where rules of routing are */
void put_waits(struct maker *maker, bool by_priority);
void put_selection(struct maker *maker);
void put_skill_rules(struct maker *maker, uint32_t skill, uint32_t tier);

/* Sections of the scenario: people, SLA targets, escalation. */
void put_tiers(struct maker *maker);
void put_targets(struct maker *maker);
void put_rules(struct maker *maker);
void put_organisation(struct maker *maker);
void put_hand_offs(struct maker *maker);
void put_root_causes(struct maker *maker);

#endif
