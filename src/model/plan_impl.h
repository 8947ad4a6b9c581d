/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/plan_impl.h - what the files that compile a plan share. Private to them. */
#ifndef MODEL_PLAN_IMPL_H
#define MODEL_PLAN_IMPL_H

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/plan.h"

/* Names of one sort of thing, in their order, for finding one by name. */
struct names {
    const char        *what; /* "a tier" */
    const char        *key;  /* of the scenario, under which they stand; NULL: elsewhere */
    const char *const *at;
    uint32_t           n;
};

struct compiler {
    struct reader               *reader;
    const struct scenario_given *given;
    struct plan                 *plan;
    const struct tsim_policy    *policy; /* the user's own; NULL: none                      */
    struct names tiers, pools, teams, channels, issues, severities, segments, streams, slas, skills,
        calendars;
    const uint32_t *team_base, *team_pools; /* [team]: its first agent, as a pool; how many  */
    const uint32_t *team_queue;   /* [team]: of who is sent to it by name; NONE              */
    const uint32_t *skill_queue;  /* [tier * skills.n + skill]: NONE or a queue             */
    const bool     *skill_triage; /* the same: nobody has it                                */
    bool         good; /* no problem so far */
};

/* An array of the arena, or NULL after reporting that memory is out. */
void *take(struct compiler *compiler, size_t n, size_t size);

#define TAKE(compiler, n, type) ((type *)take((compiler), (n), sizeof(type)))

/* Copies of the plan's tiers, queues and pools, to be changed and put in their place. False when
 * memory is out. */
bool copy_people(struct compiler *compiler, struct plan_tier **tiers, struct plan_queue **queues,
                 struct plan_pool **pools);

/* Index of a name; NONE, with a problem at `at`, when there is none. */
uint32_t find_name(struct compiler *compiler, const struct names *names, const char *name,
                   const struct json *at);

/* The queue of a pool or team that tasks are for; NONE, with a problem at `at`: there is none. */
uint32_t find_pool_queue(struct compiler *compiler, const char *name, const struct json *at);

/* True when no list was given or the name is in it. Unknown names were reported by check_names. */
bool is_listed(const struct list *texts, const char *name);
bool in_list(const struct list *texts, const struct names *names, uint32_t index);
void check_names(struct compiler *compiler, const struct list *texts, const struct names *names);

/* The class conditions that SLA targets and promises share. */
struct conditions {
    const struct list *severity, *segment, *channel, *issue;
};

void check_conditions(struct compiler *compiler, const struct conditions *of);
bool conditions_hold(const struct compiler *compiler, const struct conditions *of,
                     const struct plan_class *class);

void compile_names(struct compiler *compiler); /* of everything, and how much there is       */

/* Names of the objects of a list of the root, which must differ; with none, the one fallback. */
struct names names_under(struct compiler *compiler, const char *what, const char *key,
                         const char *fallback);

/* Purpose "stream/what/tier N" of the addressed randomness. */
uint64_t purpose_of(const char *stream_key, const char *what, uint32_t tier);

/* A distribution of times; constant 0 or an absent choice gives NULL. */
const struct dist *make_time(struct compiler *compiler, const struct choice *choice);
/* … which a constant 0 does not: patience of 0 is not the same as none. */
const struct dist *make_time_or_zero(struct compiler *compiler, const struct choice *choice);

/* Whether a rule of the matrix is for a trigger; for a class at a tier. */
bool rule_names(const struct escalation_given *rule, enum trigger trigger);
bool rule_is_for(const struct plan *plan, const struct escalation_given *rule,
                 const struct plan_class *class, uint32_t tier);

/* How busy days hang together; incidents; factors by the hour. */
void compile_busy_days(struct compiler *compiler, struct plan_stream *streams);
void compile_incidents(struct compiler *compiler, struct plan_stream *streams);
const struct profile *compile_hours(struct compiler *compiler, const struct profile_given *given);
/* When a channel is open, and what it is to its customers when it is not. */
void compile_opening(struct compiler *compiler, const struct channel_given *given,
                     struct plan_channel *channel);

/* Who waits at time 0; what they wait for is compiled. */
void compile_backlog(struct compiler *compiler);

void compile_calendars(struct compiler *compiler);
/* Number of a calendar among the plan's: 0 is the wall clock, also for one that is always open. */
uint32_t hours_named(struct compiler *compiler, const char *name, const struct json *at);

void compile_people(struct compiler *compiler); /* tiers, pools, queues, visits             */
void compile_shifts(struct compiler *compiler, const struct pool_given *given,
                    struct plan_pool *pool); /* the profile is compiled                     */
/* Other duties: planned ones, and those of idle agents. */
void compile_duties(struct compiler *compiler, const struct pool_given *given,
                    struct plan_pool *pool);
void compile_routing(struct compiler *compiler); /* lanes of queues, rules of who serves whom  */
void compile_helps(struct compiler *compiler);   /* pools that serve another tier, too        */
const struct plan_gate *make_gate(struct compiler *compiler, uint32_t tier, double after_s,
                                  uint32_t reserve, const struct list *only_if);
/* How a pool serves a queue; `skill` NULL: as is usual. */
struct plan_server server_of(const struct compiler *compiler, uint32_t pool, uint32_t queue,
                             const struct skill_given *skill);
/* The row of a pool's skill; NULL when it has not that skill. `any` is set for a pool that names no
 * skills and so has all of them. */
const struct skill_given *skill_of(const struct pool_given *pool, const char *skill, bool *any);
const struct pool_given *pool_given_of(const struct compiler *compiler, uint32_t pool);
void compile_policy(struct compiler *compiler, const char *fingerprint); /* the user's own   */
void compile_organisation(struct compiler *compiler); /* its form, hand-offs, root causes   */
void compile_paths(struct compiler *compiler);  /* the escalation matrix                    */
void compile_clocks(struct compiler *compiler); /* calendars and SLA targets                */
void compile_targets(struct compiler *compiler); /* SLA targets and promises                */
void compile_customer(struct compiler *compiler); /* the customer's side                    */
void compile_offers(struct compiler *compiler, struct plan_customer *customer);
void compile_aftercare(struct compiler *compiler, struct plan_customer *customer);

/* A share as the hazard that gives it; certainty as one that is never missed. */
double hazard_of(double share);

/* Whether rules of the matrix say anything of a trigger. */
bool has_rules(const struct plan *plan, enum trigger trigger);

#endif
