/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/naive/desk.h - the state of the naive engine and what its files offer each other. */
#ifndef SUPPORT_NAIVE_DESK_H
#define SUPPORT_NAIVE_DESK_H

#include <stddef.h>

#include "support/naive/naive.h"

/* The order of one instant (docs/model.md, "The same instant"). */
enum moment { MOMENT_EDGE, MOMENT_WORK, MOMENT_TASK, MOMENT_STAFFING, MOMENT_STAGE,
              MOMENT_CLOCK, MOMENT_PATIENCE, MOMENT_DUE, MOMENT_RETURN, MOMENT_ARRIVAL,
              MOMENT_DUTY };

/* What can happen to whom; at one moment, about one contact, what comes first here goes first. */
enum happening {
    HAPPENS_EDGE,         /* the end of the run, or of following                           */
    HAPPENS_AGENT_END,    /* who: an agent whose wrap-up ends, or who is let go            */
    HAPPENS_WORK_END,     /* who: a contact; as in the next seven                           */
    HAPPENS_WRITE_UP_END,
    HAPPENS_SESSION_END,
    HAPPENS_VENDOR_END,
    HAPPENS_POINT,        /* an escalation point of an SLA clock                           */
    HAPPENS_PATIENCE_END,
    HAPPENS_REPLY,
    HAPPENS_RETURN,
    HAPPENS_TASK_DUE,     /* who: a task                                                   */
    HAPPENS_TASK_END,     /* who: a task                                                   */
    HAPPENS_STAFFING,     /* who: a pool                                                   */
    HAPPENS_STAGE,        /* somebody has waited long enough for others                    */
    HAPPENS_ARRIVAL,      /* who: a stream                                                 */
    HAPPENS_DUTY,         /* who: an agent who turns to another duty, or is back from it   */
};

struct pending {
    double         at_s;
    enum moment    moment;
    uint64_t       number; /* of the contact it is about; of the task, the pool, the stream */
    enum happening what;
    uint32_t       who;
};

/* A contact's last event says its fate: these, in the order of the model's. */
enum naive_fate { NAIVE_SELF_SERVICE, NAIVE_RESOLVED, NAIVE_VENDOR, NAIVE_ABANDONED, NAIVE_BLOCKED,
                  NAIVE_UNRESOLVED, NAIVE_OPEN };

enum being { IS_ELSEWHERE, IS_WAITING, IS_WORKED_ON, IS_OFF_THE_LINE, IS_GONE };

/* What a contact is doing, as its SLA clocks see it. */
enum does { DOES_SELF_SERVICE, DOES_QUEUE, DOES_WORK, DOES_HAND_OVER, DOES_CONSULT,
            AWAITS_CUSTOMER, AWAITS_VENDOR, IS_DONE };

struct naive_clock {
    uint32_t sla;      /* NONE: there is none now                                          */
    bool     runs, late;
    double   since_s;  /* … if it runs                                                     */
    double   used_s;   /* before that                                                      */
    double   passed_s; /* when the target passed, if it is late                            */
    uint32_t points;   /* reached                                                          */
    double  *parts;    /* [n_parts] what used it up                                        */
};

/* What a queue sees of who waits in it, be it a contact or a task about one. */
struct ticket {
    double   arrived_s, joined_s; /* the contact … the desk; it … the tier                 */
    double   deadline_s;          /* when it began to wait                                 */
    uint32_t queue, class, level;
    bool     responded;
};

/* What the customer of a contact has done so far, and will do next. */
struct naive_customer {
    uint32_t sent_to;        /* queue by name in which it last was, or NONE                */
    uint32_t entry_tier;
    uint32_t redials, reopenings;
    uint32_t replies;        /* awaited …                                                  */
    uint32_t replies_hops, replies_returns; /* … when there were so many of these          */
    bool     will_redial;    /* else: reopens …                                            */
    enum reopen_to goes_to;  /* … there                                                    */
    bool     had_session;
    bool         in_session;
    double   waited_s;       /* in queues                                                  */
    bool     insisted;       /* on somebody higher, and was handed over for it             */
    bool     referred;       /* the agent does not try                                     */
    bool     followed;       /* up, when it seemed settled last                            */
    bool     surveyed, displeased;
    uint32_t chases;         /* times asked, and will ask next                             */
    bool     called, dialled; /* will be called; and is, just now, in vain                  */
    uint32_t calls;          /* in vain so far                                             */
    double   accepted_s;     /* to be called                                               */
};

struct naive_contact {
    enum being    is;
    struct ticket ticket;        /* its class now and level now                            */
    uint32_t      class;         /* with which it came: reported                           */
    uint32_t      tier, ordinal, row, hops, attempts;
    uint32_t      agent;         /* who works on it, or did last                           */
    uint32_t      works_before;  /* in this tier, when it joined                           */
    bool          to_owner;      /* it joins its tier for the one who had it last          */
    double        route;         /* its draw for where an escalation leads                 */
    bool          counted, solved, met_people;
    bool          examined;      /* by somebody with more authority                        */
    uint32_t      works[64];     /* begun or passed, by tier                               */
    struct naive_customer customer;

    struct naive_clock clocks[SLA_CLOCKS];
    enum does     phase;         /* since phase_s, at phase_tier                           */
    double        phase_s;
    uint32_t      phase_tier;
    bool          breached;      /* a target, ever                                         */

    bool          handed_over;   /* ever                                                   */
    uint32_t      from_tier;     /* … and last from                                        */
    bool          rework;        /* cold, and nobody has worked on it since                */
    double        call_back_by_s; /* promised; 0: no call back                              */
    bool          misrouted;     /* ever                                                   */
    bool          patient;       /* is called back: never gives up                         */
    bool          briefed;       /* who worked on it before briefs who does now             */
    bool          approved;      /* its concession is, and it only has to be told          */
    uint32_t      keeper;        /* the agent who stays with it; NONE                      */
    uint32_t      asked;         /* tasks that it was the occasion of                      */
    uint32_t      asked_tier;    /* where its expert is                                    */
    const struct plan_path *path; /* of the hand-over or question in hand, and why         */
    enum trigger  trigger;

    bool          in_hand;
    double        began_s, ends_s; /* the work in hand …                                   */
    double        work_s;          /* … which takes so long alone                          */
    double        factor;          /* … on whose time the agent has this one               */
    bool          interrupted;     /* and nobody has taken it up again                     */
    double        again_s, left_s; /* … since then; what is left of the work                */
    uint32_t      interruptions;
};

/* Work that is not a contact: about one, or only occasioned by it. */
struct naive_task {
    enum being     is;
    struct ticket  ticket;
    enum task_kind kind;
    uint32_t       contact, visit; /* visit of its random numbers                          */
    uint32_t       tier, agent, cause;
    enum trigger   trigger;        /* why, TRIGGERS: for none …                            */
    uint32_t       from_tier;      /* … and where                                          */
    double         began_s;
    double         work_s;         /* of an expert: drawn when the work begins             */
};

enum agent_is { IS_AWAY, IS_IDLE, IS_BUSY, IS_WRAPPING_UP, IS_KEPT,
                IS_ELSE_OCCUPIED /* by another duty, and cannot take a contact at once */ };

struct naive_agent {
    uint32_t      pool;
    enum agent_is is;
    double        contacts_begun;
    bool          on_duty;         /* where agents leave by name                           */
    bool          is_off;          /* … but at a planned duty, or late for it              */
    bool          has_piece;       /* of a duty of idle agents: which of the pool, and when  */
    uint32_t      piece_of;
    double        piece_began_s, piece_ends_s;
    bool          is_called;       /* back from it                                         */
    double        idles_s;         /* since then, if one counts such duties as idling       */
    double        idle_since_s;
    uint64_t      turn;            /* of all changes to idle or away                       */
    uint32_t      contact, tier, works, class; /* wrapped up or kept: which, where, the how-manieth
                                                  work there, as what                      */
};

/* Nobody of a tier was scheduled. */
struct naive_closing {
    uint32_t tier;
    double   from_s, to_s; /* INFINITY: so far                                             */
};

struct naive_cause {
    uint32_t escalations, fixes;
    double   factor; /* of the arrivals                                                    */
};

struct desk {
    const struct plan       *plan;
    const struct event_sink *sink;
    struct tally            *tally;    /* SLA clocks only                                  */
    struct rng_key           key;
    struct rng_schedule      schedule; /* of the key: arrival kinds want it                */
    double                   now_s;
    struct pending          *pending;
    uint32_t                 n_pending, pending_room;
    struct naive_contact    *contacts; /* by number                                        */
    uint32_t                 n_contacts, contacts_room;
    struct naive_task       *tasks;
    uint32_t                 n_tasks, tasks_room;
    struct naive_agent      *agents;   /* those of a pool stand together                   */
    uint64_t                 turns;
    uint32_t                *scheduled; /* [pool] agents who should be here                */
    uint32_t                *off;      /* [pool] … or are wanted for planned duties         */
    struct naive_duties     *duties;
    struct profile_cursor   *shift;    /* [pool]                                           */
    struct arrival_state    *arrivals; /* [stream]                                         */
    uint32_t                *ordinals; /* [stream] contacts so far                         */
    struct naive_cause      *causes;
    struct naive_closing    *closings;
    uint32_t                 n_closings, closings_room;
    double                  *pool_wait_s; /* [pool] of whom it took last                    */
    double                  *last_wait_s; /* [queue] of whom was answered last              */
    uint32_t                 clock_sla, clock_point; /* that asks for a path just now; NONE */
    bool                     ended;    /* the counted time is over                         */
    bool                     done;
};

/* ---- naive.c: time */

/* Memory for one more at the end of a list. */
void *one_more(void *list, uint32_t n, uint32_t *room, size_t size);
void happens_at(struct desk *desk, double at_s, enum moment moment, uint64_t number,
                enum happening what, uint32_t who);
/* Takes back what was going to happen, if it was. */
void happens_not(struct desk *desk, enum happening what, uint32_t who);
void tell_amount_of(struct desk *desk, uint32_t c, enum case_event_kind kind, uint32_t pool,
                    uint32_t detail, uint32_t to, double amount);
void tell_event(struct desk *desk, uint32_t c, enum case_event_kind kind, uint32_t pool,
                uint32_t detail, uint32_t to);

/* ---- people.c: who is idle, who is next */

uint32_t count_waiting(const struct desk *desk, uint32_t tier);
/* Who waits, or would: contacts first, then tasks, each in their order. */
uint32_t count_all(const struct desk *desk);
const struct ticket *ticket_of(const struct desk *desk, uint32_t i);
bool waits_in(const struct desk *desk, uint32_t i, uint32_t queue);
/* A pool that can begin at once, as the queue's server; NULL: nobody is idle. The choice is drawn
 * for a contact's `visit`. */
const struct plan_server *idle_server(struct desk *desk, uint32_t c, uint32_t queue,
                                      uint32_t visit);
/* The same, where a contact comes back to who had it last; sets the agent: this one if idle, else
 * of the same pool. */
const struct plan_server *server_of_owner(struct desk *desk, uint32_t c, uint32_t queue,
                                          uint32_t *agent);
/* The one of a pool who has been idle longest. */
uint32_t longest_idle(const struct desk *desk, uint32_t pool);
/* The agent has nothing in hand: takes the next contact or task, idles, or leaves. */
void become_free(struct desk *desk, uint32_t agent);
uint32_t count_agents(const struct desk *desk, uint32_t pool, enum agent_is is);
/* Those who are not away. */
uint32_t count_here(const struct desk *desk, uint32_t pool);
/* The one of those away who comes next, where they leave by count. */
uint32_t next_to_come(const struct desk *desk, uint32_t pool);
/* The agent takes who is next in the pool's queues. False when nobody is. */
bool take_next_one(struct desk *desk, uint32_t agent);
void turn_to(struct desk *desk, uint32_t agent, enum agent_is is);

/* ---- slots.c: several contacts at once, pace */

/* The one of a pool who takes a contact: who has least in hand, then who has been idle longest. */
uint32_t who_takes_it(const struct desk *desk, uint32_t pool);
/* The agent of a contact works on it from now on, for so long if alone with it. */
void take_in_hand(struct desk *desk, uint32_t c, double work_s);
/* … and no more; returns what was left. */
double put_out_of_hand(struct desk *desk, uint32_t c);
/* What the times of an agent are multiplied by; and a contact more is begun. */
double pace_of(struct desk *desk, uint32_t agent);
void practise(struct desk *desk, uint32_t agent);

/* ---- shift.c: coming and going, interrupted work */

/* The staffing is that of the pool's present step. */
void set_agents(struct desk *desk, uint32_t pool);
bool is_off_duty(const struct desk *desk, uint32_t agent);
/* Somebody goes on with interrupted work. */
void take_up_work(struct desk *desk, uint32_t c, uint32_t agent, const struct plan_server *server);
void end_second_wait(struct desk *desk, uint32_t c);
/* Work is interrupted; what the contact still needs is remembered. */
void stop_work(struct desk *desk, uint32_t c);
/* Whose work was interrupted goes to somebody else, or waits again. */
void look_for_somebody_else(struct desk *desk, uint32_t c);
/* The contact an agent works on, if that may be interrupted; else NONE. */
uint32_t interruptible(const struct desk *desk, uint32_t agent);

/* ---- duties.c: what agents do besides contacts */

void begin_duties(struct desk *desk);
void end_duties(struct desk *desk);
/* Of n agents on duty, how many planned duties want now. */
uint32_t count_off(const struct desk *desk, uint32_t pool, uint32_t n);
/* What is planned of a pool changes then; and does, before its staffing is set. */
double duties_change_at(const struct desk *desk, uint32_t pool);
void change_duties(struct desk *desk, uint32_t pool);
/* An agent's piece is done, or begins, or the agent who was called is back. */
void change_duty(struct desk *desk, uint32_t agent);
void leave_duty_for_good(struct desk *desk, uint32_t agent);
/* Agents who may serve a queue, and are at duties that keep them from it. */
uint32_t count_elsewhere(const struct desk *desk, uint32_t queue);
/* Somebody waits in a queue from now on. */
void call_somebody_back(struct desk *desk, uint32_t queue);
/* To be called before and after whatever happens. */
void count_duties(struct desk *desk, double to_s);
void look_at_duties(struct desk *desk);

/* ---- route.c: rules of who serves whom */

/* Contacts and tasks waiting in a queue. */
uint32_t count_in(const struct desk *desk, uint32_t queue);
bool waited_enough(const struct desk *desk, const struct plan_server *server, double joined_s);
/* Whether a pool of whom so many are free may take from a queue who joined it then. */
bool gate_is_open(const struct desk *desk, const struct plan_server *server, uint32_t free,
                  double joined_s);
/* What a selection may know of a pool, for a contact that comes to a visit. */
struct tsim_policy_candidate candidate_of(const struct desk *desk,
                                          const struct plan_server *server,
                                          const struct plan_visit  *visit);
/* Who waits for a skill, whichever queue that is. */
uint32_t count_for(const struct desk *desk, uint32_t queue);
/* Where a contact waits that came to a queue: there, or for one of the pools. */
uint32_t queue_waited_in(const struct desk *desk, uint32_t queue);
/* Pools do not see who may wait for one of a lower preference; how many idle agents then do. */
uint32_t leave_to_nearer(const struct desk *desk, const struct plan_queue *of,
                         struct tsim_policy_candidate *pools);
/* Begins in place of a contact of lower priority, if it may and there is one. */
bool take_over_work(struct desk *desk, uint32_t c, uint32_t queue);
void offer_to_idle(struct desk *desk);
void expect_stage(struct desk *desk);

/* ---- work.c: work, wrap-up, agents who are kept */

void begin_work(struct desk *desk, uint32_t c, uint32_t agent, const struct plan_server *server);
void end_work(struct desk *desk, uint32_t c);
void end_write_up(struct desk *desk, uint32_t c);
/* The agent who stays with a contact, if there is one, will be free of it then. */
void let_go(struct desk *desk, uint32_t c, double at_s);
/* … and is; or the wrap-up is done. */
void end_agent(struct desk *desk, uint32_t agent);
void resolve(struct desk *desk, uint32_t c, uint32_t pool);

/* ---- moves.c: contacts come, wait and end */

struct rng draw_of(const struct desk *desk, uint32_t c, uint64_t purpose, uint32_t visit);
/* Of its class now. */
const struct plan_class *class_of(const struct desk *desk, uint32_t c);
const struct plan_stream *stream_of(const struct desk *desk, uint32_t c);
const struct plan_visit *visit_at(const struct desk *desk, uint32_t c, uint32_t tier);
const struct plan_visit *visit_of(const struct desk *desk, uint32_t c);
double concession_of(const struct desk *desk, uint32_t c);
/* Patience of a contact that begins to wait: INFINITY, it will not give up. */
double drawn_patience(const struct desk *desk, uint32_t c, uint64_t purpose, uint32_t visit);
/* `row`: of its trace, where it has one. `incident`: that lasts, from 1. */
void arrive_from(struct desk *desk, uint32_t stream, uint32_t row, uint32_t incident);
/* The contacts that wait at time 0. */
void find_backlog(struct desk *desk);
/* Moves on from its tier unworked: where to is what work here would have drawn. */
void go_on_unworked(struct desk *desk, uint32_t c);
/* Comes to a tier; `queue` NONE: the one of its skill. False when nobody there has the skill, not
 * even to look at it. */
bool join_tier(struct desk *desk, uint32_t c, uint32_t tier, uint32_t queue);
void end_session(struct desk *desk, uint32_t c);
void end_vendor(struct desk *desk, uint32_t c);
void end_patience(struct desk *desk, uint32_t c);
void close_contact(struct desk *desk, uint32_t c, enum naive_fate fate);
/* Takes a line, if it can, and meets self-service or people. */
void begin_attempt(struct desk *desk, uint32_t c);

/* What the hour at which it came makes of its handling time at a tier. */
double hour_factor(const struct desk *desk, uint32_t c, const struct profile *factors);

/* ---- opening.c: channels that close */

bool is_turned_away(const struct desk *desk, uint32_t c);
/* When a customer comes back who would at a time. */
double return_time(const struct desk *desk, uint32_t c, double at_s);
/* Who begins to wait with such patience will give up, then or at closing. */
void await_end_of_patience(struct desk *desk, uint32_t c, double patience_s);

/* ---- customer.c: what customers do between works */

bool needs_reply(struct desk *desk, uint32_t c);
void await_reply(struct desk *desk, uint32_t c);
/* Each says whether the contact is away now. */
bool will_reopen(struct desk *desk, uint32_t c, uint32_t pool);
bool was_contained_falsely(struct desk *desk, uint32_t c);
/* Gave up, or found everything taken: for good, or to redial. */
void give_up_as(struct desk *desk, uint32_t c, enum naive_fate fate);
void reply(struct desk *desk, uint32_t c);
void come_back(struct desk *desk, uint32_t c);

/* The customer is away for so long. */
void go_off_the_line(struct desk *desk, uint32_t c, double for_s);

/* ---- offers.c: what those hear who have to wait */

/* The queue in which those are called who would wait in this one, at a contact's tier; the same
 * where they keep their place. */
uint32_t queue_of_calls(const struct desk *desk, uint32_t c, uint32_t queue);
/* Whether a contact that joins may not be served yet, though somebody is idle. */
bool waits_for_quiet(const struct desk *desk, uint32_t c, uint32_t queue);
/* Whether a call may be made now: enough others are idle. */
bool is_quiet_for(const struct desk *desk, uint32_t c, uint32_t queue);
/* It has to wait: whether its customer is gone at once. It may be called back from now on. */
bool leaves_at_once(struct desk *desk, uint32_t c, uint32_t queue);
double patience_when_told(const struct desk *desk, uint32_t c);
/* An agent would begin; whether the customer is called and not reached. */
bool calls_in_vain(struct desk *desk, uint32_t c, uint32_t agent,
                   const struct plan_server *server);
void call_again(struct desk *desk, uint32_t c);
/* Answered; what the work takes then that would take so long. */
double reach(struct desk *desk, uint32_t c, const struct plan_server *server, double work_s);
uint32_t count_idle(const struct desk *desk, uint32_t pool);
/* Time of a task that a contact is the occasion of. */
double time_of_task(const struct desk *desk, uint32_t c, const struct dist *work);
/* A task that an agent begins at once. */
void begin_at_once(struct desk *desk, struct naive_task task, uint32_t agent,
                   const struct plan_server *server);

/* ---- aftercare.c: when a contact seems settled */

/* It comes to people: perhaps its customer will ask how it stands. */
void begin_chasing(struct desk *desk, uint32_t c);
/* … and asks: a task for somebody, or nothing. */
void chase(struct desk *desk, uint32_t t);

void arrange_follow_up(struct desk *desk, uint32_t c);
/* Asks the customer; whether the answer is below the threshold. */
bool is_displeased(struct desk *desk, uint32_t c, bool unresolved);
/* Whether a bad answer to the survey brings it back. */
bool is_back_displeased(struct desk *desk, uint32_t c, uint32_t pool);
void take_up_again(struct desk *desk, uint32_t c);

/* ---- reasons.c: why else to move on */

/* Share of a pool's attempts at a visit that succeed. */
double resolves_with(const struct plan_server *server, const struct plan_visit *visit);
/* What a work takes that begins: less where the agent hands it on without trying. */
double refer_if_pressed(struct desk *desk, uint32_t c, double work_s);
/* What is drawn once for a contact, with a share. */
bool falls_to(const struct desk *desk, uint32_t c, uint64_t purpose, double share);
bool is_forbidden(const struct desk *desk, uint32_t c, uint32_t pool);
bool asks_for_manager(const struct desk *desk, uint32_t c);
/* Time in queues, as it weighs on the customer. */
double felt_wait(const struct desk *desk, uint32_t c);
/* At the door of a tier: whether it was moved on for who it is. */
bool is_sent_elsewhere(struct desk *desk, uint32_t c, uint32_t tier);

/* ---- count.c: what is counted besides what events say */

struct visit_row *visit_row(const struct desk *desk, uint32_t c, uint32_t tier);
struct ledger_row *ledger_of(const struct desk *desk, uint32_t c);
struct pool_row *pool_row(const struct desk *desk, uint32_t c, uint32_t pool);
struct outside_row *outside_row(const struct desk *desk, uint32_t c);
uint32_t interval_of(const struct plan *plan, double time_s);
void count_arrival(struct desk *desk, uint32_t c);
void count_meeting(struct desk *desk, uint32_t c);
void count_joined(struct desk *desk, uint32_t c);
void count_blocked(struct desk *desk, uint32_t c);
void count_flushed(struct desk *desk, uint32_t c);
void count_delayed(struct desk *desk, uint32_t c);
/* To be called before it counts as responded to. */
void count_answered(struct desk *desk, uint32_t c);
void count_avoidable(struct desk *desk, uint32_t c, enum trigger trigger);
void count_abandoned(struct desk *desk, uint32_t c);
/* … by the clock: whatever was waited for. */
void count_abandonment(struct desk *desk, uint32_t c);
void count_wrap_up(struct desk *desk, uint32_t c, uint32_t tier, uint32_t pool, double wrap_s);
struct task_row *task_row(const struct desk *desk, uint32_t t);
struct cause_row *cause_row_at(const struct desk *desk, uint32_t c, uint32_t tier,
                               enum trigger trigger);
/* A task is done. */
void count_task(struct desk *desk, uint32_t t);
void count_granted(struct desk *desk, uint32_t c);
void count_paid(struct desk *desk, uint32_t c, uint32_t pool);
void count_end(struct desk *desk, uint32_t c, enum naive_fate fate);

/* ---- escalate.c: where to */

/* The tier at which a contact meets people. */
uint32_t routed_tier(struct desk *desk, uint32_t c);
/* The path of the first rule that holds for a trigger at a tier; notifies for those before it. */
const struct plan_path *find_path(struct desk *desk, uint32_t c, enum trigger trigger,
                                  uint32_t tier);
/* The queue where a path leads; NONE: outside, or to nobody. */
uint32_t queue_on(const struct desk *desk, uint32_t c, const struct plan_path *path);
void move_on(struct desk *desk, uint32_t c, enum trigger trigger, const struct plan_path *path);
void escalate_contact(struct desk *desk, uint32_t c, enum trigger trigger);

/* A clock has reached an escalation point: notifies, and moves a contact that waits. */
void escalate_by_clock(struct desk *desk, uint32_t c, enum trigger trigger, uint32_t sla,
                       uint32_t point);

/* ---- clocks.c: SLA clocks */

void open_clocks_of(struct desk *desk, uint32_t c);
/* The contact does something else from now on, or the same at another tier. */
void enter(struct desk *desk, uint32_t c, enum does phase);
/* The customer has replied, who was waited on. */
void await_next_reply(struct desk *desk, uint32_t c);
void leave_tier_of(struct desk *desk, uint32_t c);
void reclass_clocks(struct desk *desk, uint32_t c);
void reopen_clocks(struct desk *desk, uint32_t c);
void close_clocks_of(struct desk *desk, uint32_t c, enum naive_fate fate);
void reach_point_of(struct desk *desk, uint32_t c);
/* When the contact's next target passes, as things stand. */
double deadline_of(const struct desk *desk, uint32_t c);
/* The number of agents scheduled in a tier may have changed. */
void note_staffing(struct desk *desk, uint32_t tier);

/* ---- tasks.c: approvals, experts, notifications, root causes */

bool asks_somebody(const struct desk *desk, uint32_t c, const struct plan_path *path);
void ask_somebody(struct desk *desk, uint32_t c, enum trigger trigger,
                  const struct plan_path *path);
void notify_somebody(struct desk *desk, uint32_t c, enum trigger trigger,
                     const struct plan_path *path);
/* A follow-up that comes to its queue later, and does. */
/* A task about how it stands, of this `visit`, due after so long. */
void put_off_chase(struct desk *desk, uint32_t c, uint32_t visit, double work_s, double for_s);
void put_off_task(struct desk *desk, uint32_t c, double for_s);
void task_is_due(struct desk *desk, uint32_t task);
void count_for_cause(struct desk *desk, uint32_t c);
bool was_prevented(const struct desk *desk, uint32_t c);
void begin_task(struct desk *desk, uint32_t task, uint32_t agent,
                const struct plan_server *server);
void end_task(struct desk *desk, uint32_t task);

#endif
