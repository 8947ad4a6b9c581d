/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/plan.h - a scenario compiled for running: flat arrays, indices, no strings in the way.
 *
 * A *class* is a combination (stream, issue type, severity, segment) that can occur: everything
 * about a contact that does not change is known from its class. A *visit row* says what happens
 * to a class at a tier. The plan never changes and is shared by all threads.
 */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/dist.h"
#include "model/arrival.h"
#include "model/order.h"
#include "model/scenario.h"
#include "model/selection.h"
#include "model/trigger.h"

#define NONE UINT32_MAX

enum { PLAN_BLOCKS_MOST = 200 }; /* of the counted time of a steady state */
enum { POOL_NUMBERS = 10000 };   /* more than there can be pools in a tier      */

/* The event loops, each with all that is in those before it (uses.h). */
enum loop_kind { LOOP_PLAIN, LOOP_CLASSIC, LOOP_WHOLE };

enum place_kind {
    PLACE_TIER,       /* index: a tier                                                    */
    PLACE_POOL,       /* index: a pool                                                    */
    PLACE_VENDOR,
    PLACE_UNRESOLVED,
    PLACE_AUTHORITY,  /* index: the tier from which on a pool of enough authority is sought */
    PLACE_QUEUE,      /* index: the queue of a skill                                      */
    PLACE_BACK,       /* the tier the contact came from                                   */
};

struct plan_place {
    enum place_kind kind;
    uint32_t        index;
    double          up_to; /* taken when a uniform number on [0, 1) is below this          */
};

/* What a rule of the matrix asks for beyond places. */
struct plan_rule {
    enum rule_form form;
    bool           warm, called_back;
    bool           sometimes; /* has one of the four conditions below, or of clocks        */
    uint32_t       point, attempts, hops;
    double         older_than_s, time_left_s;     /* time_left NAN: any                    */
    const bool    *slas;                          /* [sla]; NULL: any                      */
    const struct dist *briefing, *work, *closing; /* NULL: no time                         */
    double         call_back_within_s;            /* 0: no call back                       */
    uint32_t       raise_priority, severity;      /* severity NONE: as it is               */
};

/* Where an escalation leads: places by share, the last with up_to 1; none: nowhere. */
struct plan_path {
    const struct plan_place *places;
    uint32_t                 n;
    const struct plan_rule  *rule;  /* NULL: a plain hand-off                              */
    uint32_t                 otherwise; /* path when the rule does not hold, or after a
                                           notification; NONE: there is no other           */
    uint32_t number; /* of its rule; as many as there are: the default; NONE: nowhere      */
};

/* Fixes of the cause of an issue type. */
struct plan_cause {
    uint32_t           issue, queue, after, most;
    const struct dist *work;
    double             reduces;
};

/* Inversion over a mix: index of the first entry with unit < up_to. */
struct plan_mix {
    uint32_t      n;
    const double *up_to;
    const uint32_t *index; /* what each entry stands for                                   */
};

struct plan_stream {
    const char     *name;
    struct arrival  arrival;
    uint32_t        channel;
    uint32_t        class_base; /* class = base + (issue * severities + severity) * segments +
                                   segment, each counted in its mix                        */
    struct plan_mix issues, severities, segments, enters_at;
    bool            one_of_each; /* nothing to draw                                        */
    uint64_t        who, concession, self_service; /* purposes                             */
    uint64_t        routing, prevented, briefing, task, closing; /* … of escalation         */
};

/* A promise that a contact or visit feeds: hit when something takes at most within_s. */
struct plan_watch {
    double   within_s;
    uint32_t row;
};

struct plan_watches {
    const struct plan_watch *at;
    uint32_t                 n;
};

struct plan_class {
    uint32_t            stream, issue, severity, segment, channel;
    uint32_t            level;                 /* of its priority, 0 the highest           */
    uint32_t            sla[SLA_CLOCKS];       /* NONE: none; operational: see sla_at      */
    const struct trace *trace;                 /* with given handling or patience, or NULL */
    const struct dist  *concession;            /* NULL: none                               */
    double              concession_share, self_service;
    double              priority;
    struct plan_watches response, resolution, abandonment;
};

/* What happens to a class at a tier. */
struct plan_visit {
    const struct plan_class *class;
    const struct dist *handling, *patience; /* patience NULL: for ever                     */
    const struct dist *wrap_up;             /* NULL: none                                  */
    double             resolves;
    uint64_t           work, wait, wrap, select; /* purposes                               */
    uint32_t           queue;               /* NONE: nobody here may serve it              */
    bool               triage;              /* looked at, not worked on                    */
    struct plan_watches level, abandonment; /* service level; giving up                    */
};

/* What must hold for a pool to serve a queue (model/route.h). */
enum route_subject { ROUTE_WAITING, ROUTE_EXPECTED_WAIT, ROUTE_IDLE };

struct plan_condition {
    enum route_subject subject;
    uint32_t           index; /* of the queue, or the pool …                               */
    uint32_t           pools; /* … the first of so many                                    */
    double             at_least, at_most;
};

struct plan_gate {
    double   after_s; /* the contact has waited so long                                    */
    uint32_t reserve; /* more agents of the pool than that are idle                        */
    uint32_t n;
    const struct plan_condition *conditions; /* all of these                               */
};

/* A pool that may serve a queue (or a queue a pool may serve), and how. */
struct plan_server {
    uint32_t pool, queue;
    double   factor;   /* times the handling time                                          */
    double   resolves; /* share; below 0: as the visit says                                */
    double   fails;    /* times the share that fails                                       */
    uint32_t preference, queue_preference; /* lower is sooner                              */
    double   queue_weight, pool_weight;    /* times waits and idle times of equal ones     */
    const struct plan_gate *gate; /* NULL: always                                          */
};

struct plan_queue {
    uint32_t                  tier;
    uint32_t                  beside; /* the queue whose call-backs wait here until nobody
                                         does there; NONE: it is one itself                */
    bool                      of_team; /* for agents of a team, or those of some authority */
    uint32_t                  n_servers;
    const struct plan_server *servers; /* in the order in which they are tried             */
    uint32_t                  n_helpers;
    const struct plan_server *helpers; /* pools of other tiers, asked when nobody idles here   */
    uint32_t                  own; /* who joins waits in this queue of the first of them, or one
                                      of those behind it; 0: in this one, for any          */
};

/* Agents of one staffing window, who come and go together: those of a pool, numbered from `base`,
 * of whom the first on[step of the pool's profile] are on duty. */
struct plan_line {
    uint32_t        base, agents;
    const uint32_t *on;
};

/* The queues of another tier that a pool serves when nobody waits in its own. */
struct plan_help {
    uint32_t                  tier, n_queues;
    const struct plan_server *queues;
};

/* A stretch of planned time off the contacts, in the week that begins with the run. */
struct plan_block {
    double begin_s, length_s;
};

struct plan_duty {
    const struct plan_block *blocks;
    uint32_t                 n;
    double                   lasts_s; /* the block that has begun before time 0; 0: none     */
    uint32_t                 agents;  /* 0: by share                                         */
    double                   share;
    uint32_t                 put_off_from; /* contacts waiting; UINT32_MAX: never            */
    double                   look_again_s, put_off_most_s;
};

/* Work for who has nothing else to do. */
struct plan_idle_duty {
    double             per_day_s, after_s;
    double             back_s; /* called back, an agent needs so long; INFINITY: is not called,
                                  0: still counts as idle                                  */
    const struct dist *piece;
    uint64_t           purpose;
    unsigned           days;   /* bit 0: Monday                                            */
    bool               kept;   /* what is left at midnight                                 */
};

struct plan_pool {
    const char               *name;
    uint32_t                  tier;
    struct profile            agents;
    uint32_t                  agent_base, agents_most;
    uint32_t                  number;    /* of its tier * POOL_NUMBERS + in it, from 1      */
    uint32_t                  team;      /* the first of the pools that are its team         */
    uint32_t                  row;       /* of the tier's pools as the scenario lists them   */
    bool                      is_agent;  /* one agent, of a roster                          */
    enum shift_end            shift_end;
    const struct plan_line   *lines; /* NULL: who leaves is whoever is free first           */
    uint32_t                  n_lines;
    uint32_t                  slots;     /* contacts one agent works on at once: so many
                                            records of agents stand for one                */
    const double             *slow_down; /* [slots] by how many are in hand; NULL: one      */
    const struct dist        *individual; /* factor of each agent's times; NULL: 1          */
    uint64_t                  individual_purpose;
    double                    absence;   /* probability, of each agent and day              */
    bool                      absence_paid;
    uint64_t                  absence_purpose;
    uint32_t                  n_duties, n_idle_duties;
    uint32_t                  duty_base, idle_duty_base; /* among those of all pools        */
    const struct plan_duty   *duties;
    const struct plan_idle_duty *idle_duties; /* in the order in which they are turned to   */
    double                    fee_per_contact, fee_per_h;
    double                    practice;  /* power of the contacts an agent has had; 0: none */
    uint32_t                  n_tenure;  /* points of a curve …                             */
    const double             *tenure_s, *tenure_factor; /* … of times, since the first day  */
    double                    started_s; /* … which began then; -INFINITY: long ago          */
    double                    practised, practice_least; /* … before, and the least factor   */
    double                    authority, wage_per_h, overtime_factor, concession_factor, shrinkage;
    double                    task_factor; /* times the work of tasks                       */
    uint32_t                  size_least, size_most; /* agents that a sizing may choose       */
    double                    improvement_cost; /* of training, per agent and day           */
    double                    queue_ratio; /* contacts that wait for it per agent, up to which
                                              others of a higher preference are left alone  */
    uint32_t                  n_queues;
    const struct plan_server *queues; /* in its listed order                               */
    uint32_t                  n_helps;
    const struct plan_help   *helps;  /* in the order in which it looks                     */
    uint32_t                  n_skills; /* of those that contacts may need                 */
};

struct plan_tier {
    const char                  *name;
    uint32_t                     pool_base, n_pools;
    uint32_t                     queue_base, n_queues;
    const struct order_kind     *order;
    const struct selection_kind *selection;
    uint32_t                     capacity; /* waiting places; UINT32_MAX: no bound         */
    double                       answer_within_s, short_abandon_s;
    bool                         closes;   /* at times nobody is scheduled                  */
    bool                         restarts; /* interrupted work, from its beginning          */
    bool                         simple;   /* one pool, one queue, one level, plain list    */
    const struct profile        *handling_by_hour; /* factors; NULL: none                  */
    enum waits_for               waits_for;
    bool                         helped;   /* by pools of other tiers                       */
    bool                         preempts; /* who comes may interrupt work of lower priority */
    bool                         gated;    /* some pool may serve some queue only at times  */
    bool                         rationed; /* some pool has a queue_ratio                  */
    bool                         narrows;  /* who comes may not see all idle agents        */
    const struct order_lane     *lanes;    /* where the order has a worth; else NULL        */
    uint32_t                     n_lanes;
    const uint8_t               *lane_of;  /* [class * n_levels + level]                    */
    double                       authority; /* the largest of its pools with agents        */
};

struct plan_channel {
    const char *name;
    double      cost;
    uint32_t    lines; /* 0: no bound                                                      */
    const struct profile *patience_by_hour; /* factors; NULL: none                         */
    const struct hours   *hours; /* NULL: always open                                      */
    bool turns_away; /* who comes outside hours; else their patience stands still then     */
    bool cuts_off;   /* who is in a queue at closing                                       */
};

struct plan_sla {
    const char         *name;
    enum sla_clock      clock;
    double              target_s, penalty, penalty_per_h;
    uint32_t            hours;  /* by which it runs                                        */
    uint32_t            pauses; /* of enum sla_pause                                       */
    enum sla_change     on_reopen, on_severity_change;
    const double       *points; /* escalation points, shares of the target                 */
    uint32_t            n_points;
};

/* Parts of the time of a clock: who or what used it up. Of a tier, number tier * TIER_PARTS + … */
enum tier_part { PART_QUEUE, PART_CLOSED, PART_WORK, PART_HAND_OVER, TIER_PARTS };
/* … and of the desk, number n_tiers * TIER_PARTS + … */
enum desk_part { PART_SELF_SERVICE, PART_CONSULT, PART_CUSTOMER, PART_VENDOR, DESK_PARTS };

/* A part of a target's time that can come about, and so is reported. */
struct plan_delay {
    uint32_t sla, part;
};

/* A promise that is counted as the run goes on: visits at a tier answered within a time, or
 * contacts whose first response or resolution was within a time, or abandonments. */
struct plan_promise {
    enum promise_measure measure;
    uint32_t             tier; /* NONE: the desk                                           */
    double               within_s, target;
    bool                 at_least;
    uint32_t             row;  /* of counted promises; NONE: read off a measure            */
    const bool          *classes; /* [class]: counted                                      */
    const char          *text;
};

struct plan_customer;

/* Decisions of a policy that may take chances: each has its own numbers. */
enum decision { DECISION_NONE, DECISION_RANK, DECISION_CHOOSE, DECISION_TAKE, DECISION_ROUTE,
                DECISION_ESCALATE, DECISIONS };

/* A user's own policy. */
struct plan_policy {
    const struct tsim_policy *table;
    struct tsim_policy_desk   desk;
    const struct plan_path   *paths; /* to each tier, each pool, the vendor, unresolved     */
    const bool               *rules; /* [tier]: it decides there                           */
    uint64_t                  purposes[DECISIONS]; /* mixed with the visit's                */
    size_t                    memory;
    const struct json        *at;    /* where its file is named                            */
    const char               *fingerprint; /* of its file                                  */
};

/* A contact that waits at time 0, and has since it came. */
struct plan_backlog {
    double   age_s;
    uint32_t stream, tier, ordinal;
    uint32_t issue, severity, segment; /* of the stream's; NONE: drawn by its shares       */
    bool     responded;
};

/* Ordinals of streams that are those of a backlog: what arrives draws the same without it. */
#define ORDINAL_BACKLOG 0x80000000u

struct plan {
    const struct scenario_given *given;
    uint32_t n_streams, n_classes, n_tiers, n_pools, n_queues, n_agents, n_channels, n_issues,
        n_severities, n_segments, n_slas, n_promises, n_levels, n_counted;
    uint32_t n_lists; /* of a queue: by level or lane                                     */

    const struct plan_stream  *streams;
    const struct plan_class   *classes;
    const struct plan_visit   *visits;  /* [class * n_tiers + tier]                        */
    const struct plan_path    *paths;
    const uint32_t            *path_of; /* [(class * n_tiers + tier) * TRIGGERS + trigger]  */
    const struct plan_queue   *queues;  /* in order of tiers                               */
    const struct plan_pool    *pools;   /* in order of tiers                               */
    const struct plan_tier    *tiers;
    const struct plan_channel *channels;
    const struct plan_sla     *slas;
    const struct plan_promise *promises;
    const struct plan_customer *customer;  /* NULL: the scenario says nothing of it         */
    const struct plan_policy   *policy;    /* NULL: there is none                           */
    const uint32_t            *sla_at;  /* [class * n_tiers + tier] operational; NULL: none  */
    const struct hours *const *hours;   /* [n_hours] calendars; 0 the wall clock            */
    const struct plan_delay   *delays;
    uint32_t n_hours, n_delays;
    uint32_t n_parts;                   /* of a clock's time                                */
    uint32_t part_base[SLA_CLOCKS];     /* where a clock's parts are among a contact's      */
    uint32_t parts_stride;              /* of all clocks that there are                     */
    bool     timed;                     /* there are escalation points                      */
    bool     has_business_hours;
    uint32_t business_hours;            /* among hours                                      */
    const uint32_t            *pool_queue; /* the queue of contacts sent to a pool by name; NONE */
    const uint32_t            *peer_queue; /* of those of its team with at least its authority;
                                              NONE: there is no team, or nobody asks       */
    const char *const         *issue_names, *const *severity_names, *const *segment_names;

    const struct plan_backlog *backlog; /* [n_backlog] the oldest first                    */
    uint32_t                   n_backlog;

    enum loop_kind loop; /* the least that has all that the desk uses                       */
    bool        hourly;  /* factors by the hour of arrival                                  */
    bool        resampled; /* times given by a trace whose days are drawn (world->rows)     */
    bool        opening; /* a channel closes                                                */
    bool        stories; /* something depends on what has happened to a contact (world->stories) */
    bool        clocked; /* there are SLA targets (world->clocks)                          */
    uint32_t                      n_paths, n_causes;
    const struct plan_cause      *causes;
    const uint32_t               *cause_of; /* [issue]; NONE                               */

    bool   forms;   /* a hand-over may be more than a cold move: see work_ended            */
    bool   interrupts; /* work may be interrupted, or slowed down                          */
    bool   slotted; /* agents of some pool work on several contacts at once                 */
    bool   absences; /* agents of some pool may not come                                    */
    uint32_t n_duties, n_idle_duties; /* of all pools                                       */
    bool   recalls; /* who waits calls agents back from what they do when idle              */
    bool   paced;   /* agents of some pool differ in their pace                             */
    bool   named;   /* the agents of some pool leave by name                               */
    uint64_t patience_again; /* purpose, mixed with that of patience                        */
    bool   returns; /* a contact may come back to a pool that had it                       */
    bool   renames; /* a contact may get another severity                                  */
    bool   trained; /* agents of some pool fail less often by training                      */
    bool   owners;  /* a contact may come back to the agent who had it last                */
    bool   routed;  /* queues with lanes, or selections that look at more than idle time    */
    bool   gated;   /* a pool may serve a queue only at times                               */
    bool   offered; /* who has to wait may hear how long, or be called back                 */
    bool   helps;   /* agents of a pool serve another tier, too                             */
    bool   parts;   /* contacts wait for a pool                                            */
    bool   last_waits; /* … by how long it took when it last took somebody                 */
    bool   preempts; /* … or interrupt others                                              */
    bool   staged;  /* … after a wait                                                       */
    bool   expects; /* … by the expected wait: work that waits is added up                  */
    const double *work_mean_s; /* [class * n_tiers + tier] handling; NULL: nobody asks      */
    const uint64_t *work_us;   /* the same with wrap-up, in microseconds, where expected    */
    enum organisation_form organisation;
    uint32_t specialists;
    double   accuracy, routing_cost;
    double   rework;      /* handling after a cold hand-over is longer by this share        */
    double   write_up_s;  /* of each cold hand-over                                        */

    bool        has_self_service, has_vendor;
    bool        bot;             /* self-service is bounded, or grants concessions          */
    bool        bot_turns_away, bot_pays;
    uint32_t    sessions_most;
    double      bot_authority;
    const char *self_service_name, *vendor_name;
    struct dist session, vendor_delay;
    double      session_cost, vendor_fee, vendor_resolves, updates_cost, follow_up_cost;
    uint64_t    vendor_purpose; /* mixed with the stream's                                 */

    bool          steady_state;
    enum run_end  at_end;
    double        start_s, warmup_s, end_s; /* counted: [warmup_s, end_s)                   */
    double        interval_s, cycle_s;
    uint32_t      n_intervals;              /* of one cycle                                */
    double        cycles;                   /* in the counted time                         */
    double        days;                     /* … and days: a run of less than a day is one */
    uint32_t      n_blocks; /* of the counted time, equal and of whole cycles, to see whether it is
                               in a steady state; below 4: too few to tell                   */
    double        block_s;
    bool          blocks_apart; /* their edges are none of report intervals                */
    uint32_t      n_batches;     /* that one long run is cut into; 0: none                 */
    bool          whole_batches; /* … of whole cycles, for the time of day matters         */
    uint32_t      hop_limit;
    const double *split_target;             /* [tier]; NULL: none                          */
    double        split_tolerance;
    double        expected_contacts;        /* of one replication                          */
    struct busyness_plan busyness;          /* how days are spread over replications       */
    bool          counts_needs;             /* concessions needed are counted on arrival   */
};

/* Compiles; problems (names that do not exist and the like) are all reported. NULL on error.
 * `plugin`: the user's own policy, whose table is NULL where there is none. */
struct plan *plan_compile(struct reader *reader, const struct scenario_given *given,
                          const struct plugin *plugin);

/* The target that a case is held against: of its resolution, else of its first response; NULL:
 * none. */
static inline const struct plan_sla *plan_case_target(const struct plan *plan,
                                                      const struct plan_class *class)
{
    const bool     ends = class->sla[SLA_RESOLUTION] != NONE;
    const uint32_t sla = class->sla[ends ? SLA_RESOLUTION : SLA_FIRST_RESPONSE];
    return sla == NONE ? NULL : &plan->slas[sla];
}

/* The number of an agent within the pool, from 1, as it is told. */
static inline uint32_t plan_agent_number(const struct plan *plan, uint32_t p, uint32_t agent)
{
    const struct plan_pool *pool = &plan->pools[p];
    return (agent - pool->agent_base) / pool->slots + 1;
}

/* Draws an entry of a mix. */
static inline uint32_t mix_pick(const struct plan_mix *mix, double unit)
{
    uint32_t i = 0;
    while (i + 1 < mix->n && unit >= mix->up_to[i])
        i++;
    return i;
}

#endif
