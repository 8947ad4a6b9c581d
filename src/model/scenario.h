/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/scenario.h - a scenario as read: names, program units, every default filled in.
 *
 * Each struct is the shape of one kind of object in the file; the rows that read it stand in
 * shape_*.c. Names are resolved to indices when the plan is made (model/plan.h). Nothing here
 * changes after loading.
 */
#ifndef MODEL_SCENARIO_H
#define MODEL_SCENARIO_H

#include <tiersim/scenario.h>

#include "base/arena.h"
#include "base/json_extend.h"
#include "base/param.h"
#include "model/calendar.h"
#include "model/hours.h"
#include "model/plugin.h"

enum run_kind { RUN_TERMINATING, RUN_STEADY_STATE };
enum busyness_draws { BUSYNESS_INDEPENDENT, BUSYNESS_STRATIFIED, BUSYNESS_QUASI_RANDOM };
enum run_controls { CONTROLS_NONE, CONTROLS_AUTO };
enum run_end { END_DEFAULT, END_DRAIN, END_FLUSH, END_CUT, END_FOLLOW };

struct run_given {
    uint32_t       kind; /* enum run_kind */
    double         length_s, warmup_s, interval_s, cycle_s;
    const char    *start;
    uint32_t       replications, replications_most;
    uint32_t       batches; /* 0: replications */
    double         precision;
    struct list    precision_of; /* of struct text_entry */
    uint64_t       seed;
    double         confidence;
    uint32_t       at_end; /* enum run_end */
    uint32_t       busyness, strata; /* enum busyness_draws */
    uint32_t       controls; /* enum run_controls */
    uint32_t       hop_limit;
    const struct json *at;
    /* Completed by the check. */
    double start_s; /* time 0 in seconds after Monday 00:00 */
};

/* Shares by name: {"billing": "30 %", "password": 0.7}, or one name. */
struct named_share {
    const char        *name;
    double             share;
    const struct json *at;
};

struct mix {
    struct named_share *at;
    uint32_t            n;
    const struct json  *node; /* NULL: not given */
};

struct severity_given {
    const char *name;
    double      priority;
};

struct segment_given {
    const char *name;
    double      priority;
    bool        high_profile;
    double      value;
};

struct patience_at {
    struct list        tier, segment, severity, issue; /* of struct text_entry; empty: any */
    struct choice      patience;
    const struct json *at;
};

enum reply_to { REPLY_SAME, REPLY_OWNER };

struct waits_given {
    double             share;
    struct choice      delay;
    uint32_t           to; /* enum reply_to */
    uint32_t           most;
    const struct json *at; /* NULL: not given */
};

enum reopen_to { REOPEN_ENTRY, REOPEN_SAME, REOPEN_OWNER };

struct reopens_given {
    double             share;
    struct choice      delay;
    uint32_t           to; /* enum reopen_to */
    uint32_t           most;
    const struct json *at; /* NULL: not given */
};

struct redial_given {
    struct numbers     share; /* by the number of redials before */
    double             blocked_share;
    struct choice      delay;
    uint32_t           most;
    const struct json *at; /* NULL: nobody redials */
};

/* How the wait is estimated that a customer is told, or that a call-back is offered for. */
enum wait_estimate { ESTIMATE_QUEUE_LENGTH, ESTIMATE_LAST_ANSWERED };

struct balking_given {
    uint32_t           from_waiting;
    double             per_waiting, from_wait_s, per_minute, most, patience;
    bool               announced;
    struct list        tier; /* of struct text_entry */
    const struct json *at;   /* NULL: nobody balks */
};

enum call_back_place { PLACE_KEPT, PLACE_AFTER_OTHERS };

struct call_back_given {
    uint32_t           from_waiting, place, reserve, most; /* place: enum call_back_place */
    double             from_wait_s, accepts, grid_s, within_s, reached, time_factor, relieves;
    struct choice      due_in, dial, again; /* due_in kind NULL: as soon as it is its turn */
    struct list        tier; /* of struct text_entry */
    const struct json *at;   /* NULL: none is offered */
};

struct requests_given {
    double             base, per_wait_hour, per_transfer, per_repeat, talked_down, empathy,
        cost_per_agent_day;
    const struct json *at; /* NULL: nobody insists */
};

struct updates_given {
    double share, relieves, cost;
};

struct chasing_given {
    double             share;
    const char        *by;
    struct choice      every, work;
    uint32_t           most;
    const struct json *at; /* NULL: nobody asks how it stands */
};

struct follow_up_given {
    double             share, reduces, raises, cost;
    const char        *by; /* NULL: takes nobody's time */
    struct choice      delay, work;
    const struct json *at;
};

struct satisfaction_given {
    double             start, per_wait_minute, per_transfer, per_repeat, breach, unresolved,
        spread, answers, threshold;
    struct choice      delay;
    const struct json *at; /* NULL: not asked for */
};

struct churn_given {
    double             base, per_wait_hour, per_transfer, breach, abandoned, unresolved;
    const struct json *at; /* NULL: nobody leaves */
};

struct congestion_given {
    uint32_t           from;
    double             per_waiting, most;
    struct choice      time;
    const struct json *at; /* NULL: nobody refers */
};

struct training_given {
    double level, gain, saving, cost_per_agent_day;
};

/* How many agents tiersim size may give a pool at once, while it is open. */
struct sizing_given {
    uint32_t           at_least, at_most;
    const struct json *at;
};

enum outside_hours { OUTSIDE_WAIT, OUTSIDE_TURNED_AWAY };
enum at_closing { CLOSING_STAY, CLOSING_CUT_OFF };

struct channel_given {
    const char   *name;
    struct choice patience; /* kind NULL: never gives up */
    struct redial_given redial;
    struct balking_given   balking;
    struct call_back_given call_back;
    uint32_t      estimate; /* enum wait_estimate */
    struct list   patience_at; /* of struct patience_at */
    struct profile_given patience_by_hour;
    double        patience_on_return;
    double        cost;
    uint32_t      lines;    /* 0: unlimited */
    const char   *hours;    /* calendar; NULL: always open */
    uint32_t      outside_hours, at_closing; /* enums above */
    const struct json *at;
};

struct issue_given {
    const char   *name, *skill;
    struct choice concession; /* kind NULL: none */
    double        concession_share;
    double        self_service, regulated, unneeded;
    const struct json *at;
};

struct stream_given {
    const char   *name, *key, *channel;
    struct choice arrivals;
    struct mix    issues, severities, segments, enters_at;
    const struct json *at;
};

/* Times the rate: of all streams, or of those named. */
struct factors_given {
    struct named_share *at; /* NULL: all, by `value` */
    uint32_t            n;
    double              value;
    const struct json  *node;
};

struct incident_given {
    const char          *name;
    struct factors_given factor;
    struct choice        between, duration; /* between kind NULL: at given times */
    struct numbers       begins_s;
    const struct json   *at;
};

/* Contacts that wait at time 0. */
struct backlog_given {
    const char        *stream, *tier, *issue, *severity, *segment; /* NULL: not said */
    uint32_t           contacts;
    struct choice      age;
    bool               responded;
    const struct json *at;
};

struct correlation_given {
    const char        *group, *with;
    double             value;
    const struct json *at;
};

struct busy_days_given {
    double             autocorrelation, correlation;
    double             every_s;       /* 0: a day has one factor      */
    double             within_day, next_interval;
    struct list        pairs; /* of struct correlation_given */
    const struct json *at;    /* NULL: days are independent   */
};

enum when_full { FULL_PEOPLE, FULL_TURNED_AWAY };

struct self_service_given {
    const char   *name;
    struct choice session;
    double        cost;
    struct reopens_given contained; /* falsely */
    uint32_t      sessions;  /* at once; 0: no bound */
    uint32_t      when_full; /* enum when_full       */
    double        authority;
    const struct json *at; /* NULL: there is none */
};

struct work_given {
    const char   *issue;
    struct choice handling, wrap_up; /* kind NULL: as the tier */
    double        resolves;
    struct waits_given   waits;
    struct reopens_given reopens;
    const struct json *at;
};

/* What must hold for a pool to serve a skill: about one of three things, the others NULL. */
struct route_condition_given {
    const char        *waiting, *expected_wait, *idle;
    double             at_least, at_most; /* seconds or a number; infinite: any */
    const struct json *at;
};

struct skill_given {
    const char *skill;
    double      time_factor, resolves;
    uint32_t    preference, queue_preference;
    double      queue_weight, pool_weight;
    double      after_s;
    uint32_t    reserve;
    struct list only_if; /* of struct route_condition_given */
    const struct json *at;
};

/* Another tier that the agents of a pool help when nothing waits for them in their own. */
struct help_given {
    const char        *tier;
    double             time_factor, resolves; /* where they are given */
    uint32_t           preference, reserve;
    double             after_s;
    struct list        only_if; /* of struct route_condition_given */
    const struct json *at;
};

/* What becomes of work in hand when its agent's time is over, and who goes. */
enum shift_end { SHIFT_FINISH, SHIFT_REQUEUE, SHIFT_DROP };
enum leave_by { LEAVE_BY_COUNT, LEAVE_BY_NAME };

/* What is left to do of work that was interrupted. */
enum interrupted_work { INTERRUPTED_RESUMES, INTERRUPTED_RESTARTS };

enum { CONCURRENCY_MOST = 64 };

struct concurrency_given {
    uint32_t           contacts;
    struct numbers     slow_down;
    const struct json *at; /* NULL: one at a time */
};

struct absence_given {
    double             share;
    bool               paid;
    const struct json *at; /* NULL: everybody comes */
};

/* Planned time off the contacts. */
struct duty_given {
    const char        *name;
    struct list        when;   /* of struct window */
    uint32_t           agents; /* 0: by share */
    double             share;
    uint32_t           put_off_from;
    double             look_again_s, put_off_most_s;
    bool               waits;  /* put_off_from is given */
    const struct json *at;
};

enum left_over { LEFT_OVER_KEPT, LEFT_OVER_DROPPED };

/* Work besides contacts, for who has nothing else to do. */
struct idle_duty_given {
    const char        *name, *days;
    double             per_day_s, after_s, back_after_s;
    struct choice      piece;
    bool               interruptible;
    uint32_t           left_over; /* enum left_over */
    const struct json *at;
    /* Completed by the check. */
    unsigned           day_mask; /* bit 0: Monday */
};

struct learning_given {
    double             rate, least;
    uint32_t           experience;
    const struct json *at; /* NULL: nobody learns */
};

/* How long an agent has been there, and what that makes of times; between points in line. */
struct tenure_given {
    double             after_s, time_factor;
    const struct json *at;
};

/* An agent of a roster (model/team.h); what is NAN, NULL, NOT_GIVEN or empty is as in the pool. */
#define NOT_GIVEN UINT32_MAX

struct agent_given {
    const char        *name;
    struct list        shift;  /* of struct window; empty: always on the floor */
    struct list        skills; /* of struct skill_given */
    struct list        helps;  /* of struct help_given */
    double             authority, wage_per_h, time_factor;
    uint32_t           experience;
    double             started; /* day after Monday, 1 January 2024 */
    const char        *csv;    /* a file of agents, instead */
    const struct json *at;
};

struct pool_given {
    const char          *name;
    struct profile_given agents;
    struct list          roster; /* of struct agent_given; emptied when the tier is complete */
    const char          *team;   /* pool in whose roster this agent is; NULL: it is a pool   */
    const struct json   *line;   /* … and where it stands there                              */
    double               time_factor; /* also of tasks                                       */
    uint32_t             shift_end, leave_by; /* of the enums above */
    struct concurrency_given concurrency;
    struct learning_given    learning;
    struct list          tenure;      /* of struct tenure_given */
    double               started;     /* of an agent by name, as there; NAN: long ago */
    struct absence_given     absence;
    struct list          duties;      /* of struct duty_given */
    struct list          idle_duties; /* of struct idle_duty_given */
    double               fee_per_contact, fee_per_h;
    struct choice        individual; /* factor on time; kind NULL: all are alike */
    struct list          skills; /* of struct skill_given; empty: all */
    struct list          helps;  /* of struct help_given */
    double               authority, queue_ratio;
    bool                 cleared; /* where it is given */
    struct training_given training;
    struct sizing_given  sizing;
    double               wage_per_h, overtime_factor, concession_factor, shrinkage, supervision;
    const struct json   *at;
};

enum waits_for { WAITS_FOR_ANYBODY, WAITS_FOR_LAST_POOL, WAITS_FOR_SHORTEST_QUEUE,
                 WAITS_FOR_SHORTEST_WAIT, WAITS_FOR_LAST_WAIT };

struct queue_given {
    struct choice order;
    uint32_t      waits_for; /* enum waits_for */
    bool          preempts;
    uint32_t      capacity; /* waiting places; UINT32_MAX: no bound */
    const struct json *at;
};

struct tier_given {
    const char        *name;
    struct choice      handling, wrap_up, triage;
    struct profile_given handling_by_hour;
    double             resolves;
    struct waits_given   waits;
    struct reopens_given reopens;
    struct list        by_issue; /* of struct work_given */
    double             answer_within_s, short_abandon_s;
    struct queue_given queue;
    struct congestion_given congestion;
    uint32_t           interrupted; /* enum interrupted_work */
    struct choice      selection;
    struct list        pools; /* of struct pool_given */
    const struct json *at;
};

enum rule_form { FORM_DEFAULT, FORM_HAND_OFF, FORM_APPROVAL, FORM_SWARM, FORM_NOTIFY };
enum hand_over { HAND_OVER_COLD, HAND_OVER_WARM };
enum customer_waits { CUSTOMER_HOLDS, CUSTOMER_CALLED_BACK };

/* A condition is a list of names ("" and absent: any), or a bound. */
struct escalation_given {
    struct mix         to;
    struct list        when, from, issue, severity, segment, channel, sla; /* text_entry */
    uint32_t           point, attempts, hops;
    double             older_than_s, time_left_s; /* time_left NAN: not given */
    uint32_t           form, hand_over, customer; /* of the enums above */
    struct choice      briefing, work, closing;
    double             call_back_within_s;        /* 0: no call back */
    uint32_t           raise_priority;
    const char        *set_severity;
    const struct json *at;
};

enum organisation_form {
    ORGANISATION_TIERED,
    ORGANISATION_DIRECT,
    ORGANISATION_CONTEXT_ROUTED,
    ORGANISATION_SWARMING,
};

struct organisation_given {
    uint32_t           form; /* enum organisation_form */
    const char        *specialists;
    double             accuracy, cost_per_contact;
    const struct json *at;
};

struct hand_offs_given {
    double rework, documentation, write_up_s;
};

struct root_cause_given {
    const char        *issue, *by;
    uint32_t           after, most;
    struct choice      work;
    double             reduces;
    const struct json *at;
};

struct text_entry {
    const char        *text;
    const struct json *at;
};

struct vendor_given {
    const char        *name;
    struct choice      delay;
    double             fee, resolves;
    const struct json *at; /* NULL: there is none */
};

enum sla_clock { SLA_FIRST_RESPONSE, SLA_NEXT_REPLY, SLA_RESOLUTION, SLA_OPERATIONAL,
                 SLA_CLOCKS };

/* What a clock stands still for; a bit each. */
enum sla_pause { PAUSE_CUSTOMER = 1, PAUSE_VENDOR = 2 };

/* What a clock does when a contact is reopened, or its severity changes. */
enum sla_change { CHANGE_CONTINUE, CHANGE_RESTART };

struct sla_given {
    const char        *name, *calendar; /* calendar NULL: the wall clock */
    uint32_t           clock;
    uint32_t           pauses;                        /* of enum sla_pause  */
    uint32_t           on_reopen, on_severity_change; /* enum sla_change    */
    double             target_s, penalty, penalty_per_h;
    struct numbers     points; /* shares of the target, ascending */
    struct list        tier, severity, segment, channel, issue; /* of struct text_entry */
    const struct json *at;
};

enum promise_measure {
    PROMISE_SERVICE_LEVEL,
    PROMISE_FIRST_RESPONSE,
    PROMISE_RESOLUTION,
    PROMISE_ABANDONMENT,
    PROMISE_OCCUPANCY,
    PROMISE_ESCALATION,
    PROMISE_SLA_BREACH,
    PROMISE_WAIT_MEAN,
    PROMISE_COST_PER_DAY,
    PROMISE_SPLIT,
};

struct promise_given {
    uint32_t           measure;
    const char        *tier;
    struct list        severity, segment, channel, issue; /* of struct text_entry */
    double             within_s, at_least, at_most; /* NAN: not given */
    const struct json *at;
};

struct split_given {
    struct numbers target;
    double         tolerance;
};

struct number_given {
    const char        *name;
    double             value;
    const struct json *at;
};

struct policy_given {
    const char        *plugin;
    struct list        parameters; /* of struct number_given */
    struct list        tiers;      /* of struct text_entry   */
    const struct json *at;         /* NULL: there is none    */
};

struct scenario_given {
    const char *schema, *extends, *name, *title, *currency;
    struct run_given          run;
    struct split_given        split;
    struct list               severities, segments, channels, issues, streams, incidents, backlog;
    struct busy_days_given    busy_days;
    struct self_service_given self_service;
    struct list               tiers, escalation, root_causes;
    struct organisation_given organisation;
    struct hand_offs_given    hand_offs;
    struct requests_given     requests;
    struct updates_given      updates;
    struct chasing_given      chasing;
    struct follow_up_given    follow_up;
    struct satisfaction_given satisfaction;
    struct churn_given        churn;
    struct vendor_given       vendor;
    struct policy_given       policy;
    struct list               calendars, slas, promises;
    const char               *business_hours; /* NULL: none */
    const struct json        *at;
};

extern const struct shape scenario_shape; /* the root of the catalogue */
extern const struct shape run_shape, split_shape, severity_shape, segment_shape, channel_shape,
    issue_shape, stream_shape, self_service_shape, tier_shape, escalation_shape, vendor_shape,
    calendar_shape, sla_shape, promise_shape, organisation_shape, hand_offs_shape,
    root_cause_shape, waits_shape, reopens_shape, contained_shape, redial_shape, requests_shape,
    updates_shape, congestion_shape, training_shape, chasing_shape, follow_up_shape,
    satisfaction_shape, churn_shape, policy_shape, incident_shape, busy_days_shape, balking_shape,
    call_back_shape, concurrency_shape, learning_shape,
    absence_shape, backlog_shape, agent_shape, skill_shape, help_shape, duty_shape,
    idle_duty_shape, tenure_shape;

/* Custom readers used by several shapes: a mix; and a name or a list of names. */
bool read_mix(struct reader *reader, const struct json *node, void *mix);
bool read_texts(struct reader *reader, const struct json *node, void *list);

/* Names of estimates of waits, for rows. */
extern const char *const wait_estimates[];

extern const char mix_schema[], texts_schema[];

struct plan;
struct json_document;

struct tsim_scenario {
    struct arena          arena;
    struct reader         reader;
    struct json_document *document;
    struct json_extension extension; /* what it extends                                    */
    struct json_document *whole;     /* with that; NULL: it extends nothing                */
    struct scenario_given given;
    struct plan          *plan; /* in the arena */
    struct plugin         plugin; /* the policy's            */
    bool                  allow_plugins;
    char                  fingerprint[17];
    char                 *folder; /* NULL: the working directory */
    const char           *file;   /* as the user named it        */
    const char           *settings; /* made on it; "" for none     */
};

/* The text of all of it. */
static inline const struct json_document *scenario_document(const struct tsim_scenario *scenario)
{
    return scenario->whole ? scenario->whole : scenario->document;
}

#endif
