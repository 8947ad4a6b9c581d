/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/world.h - the state of one replication.
 *
 * Contacts and agents are records in two arrays, named by their index; queues are lists through
 * the contacts. All memory is reserved once for a plan and used again by every replication; what
 * was never touched costs nothing. Only the transitions in transitions.h change a world.
 *
 * Invariants between events: a contact in use is in exactly one state below; an agent is away,
 * idle, at work with one contact, wrapping up, or at another duty; present = idle + busy + those at
 * such a duty in every pool.
 */
#ifndef MODEL_WORLD_H
#define MODEL_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/evq.h"
#include "kernel/rng.h"
#include "model/event.h"
#include "model/level.h"
#include "model/plan.h"
#include "model/tally.h"

enum contact_state { CONTACT_FREE, CONTACT_SELF_SERVICE, CONTACT_WAITING, CONTACT_AT_WORK,
                     CONTACT_AT_VENDOR, CONTACT_WITH_CUSTOMER, CONTACT_AWAY,
                     CONTACT_HANDED_OVER, /* being written up                              */
                     CONTACT_CONSULTING   /* an approver or expert is asked                */ };

enum contact_flag { FLAG_SOLVED = 1, FLAG_RESPONDED = 2, FLAG_BREACHED = 4, FLAG_ESCALATED = 8,
                    FLAG_SPARE = 16 /* not counted */,
                    FLAG_TASK = 32 /* not a contact: work about one */,
                    FLAG_PATIENT = 64 /* is called back: never gives up */,
                    FLAG_REWORK = 128 /* was handed over cold */ };

struct contact {
    double   arrived_s;
    double   since_s;     /* joined the queue, or work began                               */
    double   responded_s; /* first human's work; meaningless before FLAG_RESPONDED          */
    uint64_t number;      /* of all arrivals, in order; breaks ties                        */
    struct rng_block needs; /* what it needs at its tier: block 0 of its work             */
    const struct plan_visit  *plan;     /* what happens to it at its tier                  */
    struct ledger_row        *ledger;   /* rows it is counted in: for its life …           */
    struct visit_row         *visit;    /* … its visit to the tier …                       */
    struct tier_interval_row *interval; /* … the interval in which it joined …             */
    struct pool_row          *pools;    /* … and of each pool                              */
    uint32_t class;
    uint32_t prev, next;  /* in its queue; free list                                       */
    uint32_t ordinal;     /* of its stream: entity of its random numbers                   */
    uint32_t agent, queue;
    float    route;       /* its draw for where an escalation leads                        */
    uint16_t hops;
    uint16_t times;       /* works begun at its tier: visit of its random numbers          */
    uint8_t  state, tier, flags, entry_tier;
    uint8_t  level;       /* of its priority now, 0 the highest                            */
    uint8_t  cause;       /* trigger of its last hand-over; TRIGGERS: none yet              */
    uint8_t  attempts;    /* redials and reopenings so far                                 */
    uint8_t  cause_tier : 7; /* which it left then                                          */
    bool     returned : 1; /* handed over, and not worked on since                         */
};

/* More of a contact, where queues are heaps: a pairing heap through prev (elder sibling or parent)
 * and next (younger sibling). */
struct contact_order {
    double   key;
    uint32_t child;
};

/* More of a contact, in scenarios where something depends on what has happened to it so far. */
struct story {
    double   waited_s;        /* in queues                                                 */
    double   call_back_by_s;  /* promised; 0: no call back                                 */
    double   joined_s;        /* its tier, before the work in hand                         */
    double   again_s;         /* it waits again since then, interrupted                    */
    double   ends_s;          /* the work in hand                                          */
    double   work_s;          /* … which takes so long, alone                              */
    double   left_s;          /* of interrupted work …                                     */
    double   left_factor;     /* … with this factor on time; also of the work in hand      */
    const struct plan_path *path; /* the hand-over in hand, or the approval                */
    uint32_t holder;          /* the agent who stays with it; NONE                         */
    uint32_t asked;           /* tasks about it so far: visit of their random numbers      */
    uint8_t  trigger;         /* of the hand-over in hand                                  */
    uint8_t  from_tier;       /* which handed it over last                                 */
    uint8_t  asked_tier;      /* where its expert is from                                  */
    bool     approved;        /* … and only has to be told                                 */
    bool     misrouted;       /* was sent to the wrong tier                                */
    bool     briefed;         /* both agents talk before the work begins                   */
    uint32_t queue;           /* it was sent to; NONE: that of its skill                   */
    uint32_t returns;         /* redials and reopenings                                    */
    uint32_t reply_moves;     /* hand-overs and returns when …                             */
    uint16_t replies;         /* … these replies of the customer were awaited              */
    uint16_t redials, reopens;
    uint16_t chases;          /* times it will have been asked how it stands               */
    uint8_t  away;            /* enum away: why, where the customer is                     */
    uint8_t  goes_to;         /* enum reopen_to: where it comes back                       */
    bool     to_owner;        /* it joins its tier for the agent who had it last           */
    bool     helped_itself;   /* has met self-service                                      */
    bool     met_people;
    bool     insisted;        /* on somebody higher, and was handed over for it             */
    bool     referred;        /* the agent does not try, for the queue is long              */
    bool     examined;        /* somebody with the authority was asked                      */
    bool     followed;        /* up, when it seemed solved last                             */
    bool     surveyed;
    bool     interrupted;     /* its work, and nobody has taken it up again                */
    uint32_t interruptions;   /* so far: visit of random numbers                           */
    bool     called;          /* the customer has put the phone down and will be called …   */
    uint16_t calls;           /* … and was, so many times in vain                          */
    double   accepted_s;      /* when that was                                             */
};

enum away { AWAY_REDIAL, AWAY_REOPENS, AWAY_DISPLEASED, AWAY_CALLED };

/* What a contact is doing, as its SLA clocks see it. */
enum phase {
    PHASE_SELF_SERVICE,
    PHASE_QUEUE,
    PHASE_WORK,
    PHASE_HAND_OVER, /* two agents brief each other                                        */
    PHASE_CONSULT,   /* on hold or called back later, while an approver or expert works     */
    PHASE_CUSTOMER,  /* waiting on the customer                                            */
    PHASE_VENDOR,
    PHASE_DONE,      /* resolved or closed                                                 */
    PHASES
};

/* An SLA clock of a contact. */
struct clock {
    double   since_s;  /* it has run, or stood still, since then                           */
    double   used_s;   /* … and had run for so long                                        */
    double   due_s;    /* the target passes then, if it runs on; once breached, did then    */
    double   point_s;  /* … and so the next escalation point                               */
    double   closed_s; /* how long the tier had been closed when the phase began            */
    uint64_t touched;  /* bit p % 64: part p of its time may differ from 0                 */
    uint32_t sla;      /* NONE: there is no such clock now                                 */
    uint16_t points;   /* escalation points reached                                        */
    bool     runs, breached;
};

/* More of a contact, in scenarios with SLA targets. */
struct contact_clocks {
    double       since_s;    /* when its phase began                                       */
    double       deadline_s; /* of a task: of the contact that it is about                 */
    double       timer_s;    /* its event; INFINITY: none                                  */
    uint32_t     part;       /* of the time that passes                                    */
    uint8_t      phase;
    struct clock at[SLA_CLOCKS];
};

/* When nobody of a tier is scheduled. */
struct closing {
    double since_s; /* it has been open, or closed, since then                             */
    bool   closed;
};

/* Work that is not a contact. It waits in a queue among contacts, in a contact's record, whose
 * number counts tasks from here: in what goes by number they come after all contacts. */
#define TASK_NUMBER ((uint64_t)1 << EVQ_NUMBER_BITS)

struct task {
    double   work_s;  /* swarm: drawn when it begins                                       */
    uint64_t number;  /* of the contact that was the occasion                              */
    uint32_t about;   /* contact that waits for it; NONE                                   */
    uint32_t cause;   /* root cause: which                                                 */
    uint8_t  kind;    /* enum task_kind                                                    */
    uint8_t  trigger; /* why                                                               */
};

enum agent_state { AGENT_AWAY, AGENT_IDLE, AGENT_AT_WORK, AGENT_WRAPPING,
                   AGENT_HOLDING, /* kept on a contact that others work on or wait for */
                   AGENT_ON_DUTY /* another one, from which they must be called back   */ };

/* What an agent who is kept on a contact will have to wrap up: the contact may be gone by then. */
struct hold {
    const struct plan_visit *plan;
    struct visit_row        *visit;
    struct pool_row         *pools;
    uint64_t                 number;
    uint32_t                 class, ordinal;
    uint16_t                 times;
    uint8_t                  tier;
    bool                     counted;
};

/* How fast an agent works. */
struct pace {
    double factor; /* of times; an agent's own                                             */
    double done;   /* contacts begun so far                                                */
};

/* How far the fixing of a root cause is. */
struct cause_state {
    double   factor;    /* of the issue type's arrivals                                    */
    uint32_t escalated, fixes;
};

/* What an agent without work does (duties.h). */
struct pastime {
    double   idle_s;   /* idle, or at other duties, since then                               */
    double   began_s, ends_s; /* the piece in hand                                          */
    uint32_t duty;     /* … of which duty of the pool                                       */
    bool     on;       /* there is one                                                      */
    bool     called;   /* back from it                                                      */
    bool     goes_on;  /* comes from a duty, and has not idled anew                          */
};

/* A planned duty. */
struct duty_state {
    uint32_t i;        /* block after the one to come …                                     */
    double   week_s;   /* … and the week that this is in                                    */
    double   due_s, length_s; /* the one to come, as planned …                              */
    double   looks_s;  /* … and when it begins, or is looked at again                       */
    double   until_s;  /* the one that lasts                                                */
    bool     on;       /* one lasts                                                         */
    bool     new;      /* the one to come has not been looked at                            */
};

struct idle_duty_state {
    double   left_s;   /* to do, less what is in hand                                       */
    uint32_t pieces;   /* begun so far                                                      */
};

struct agent {
    double   since_s; /* idle since; wrapping up until                                     */
    uint32_t next;    /* idle list, or list of those away                                  */
    uint32_t contact;
    uint64_t number;  /* of the contact wrapped up after                                   */
    uint32_t pool;
    uint8_t  state;
    bool     on; /* duty, where agents leave by name                                        */
    bool     off; /* … or would be, but for another duty                                    */
};

struct pool_state {
    struct level busy, scheduled;
    struct level overtime;         /* busy beyond the schedule                             */
    struct level absent;           /* planned, and not here                                */
    struct level late;             /* busy, and late for a planned duty                    */
    struct level duty, idle_duty;  /* at planned duties, and at those of idle agents        */
    double       midnight_s;       /* the next, where there are idle duties                 */
    double       busy_area_s;      /* everything, counted or not: for the law of time      */
    uint32_t present, idle;
    uint32_t on_duty;              /* neither idle nor busy                                */
    uint32_t idle_head, idle_tail; /* longest idle first                                   */
    uint32_t away;                 /* list                                                 */
    struct profile_cursor cursor;
    double       last_wait_s;      /* of whom it took last, where plan->last_waits         */
};

struct tier_state {
    struct level waiting;
    uint32_t     most;
    uint32_t     tasks;    /* waiting                                                      */
};

struct queue_state {
    uint64_t levels; /* bit k: level (or lane) k has somebody */
    uint32_t root;   /* of the heap                                                        */
    uint32_t n;
    uint64_t work_us; /* expected of those who wait, where plan->expects                   */
};

struct level_list {
    uint32_t head, tail;
};

/* One contact's life, for the case log. */
struct case_record {
    uint64_t number;
    double   arrived_s, responded_s, ended_s, concession; /* responded_s NAN: never        */
    uint32_t class, hops;
    uint32_t pool; /* of who worked on it last; NONE: nobody has                            */
    uint32_t reopened; /* times                                                            */
    uint8_t  entry_tier, tier, fate, breaches;
    bool     counted;
};

enum fate { FATE_SELF_SERVICE, FATE_RESOLVED, FATE_VENDOR, FATE_ABANDONED, FATE_BLOCKED,
            FATE_UNRESOLVED, FATE_OPEN, FATES };

/* Takes each case as it ends, in simulated order. */
struct case_sink {
    void (*take)(void *user, const struct case_record *record);
    void *user;
};

/* Takes what has been counted so far when a batch of a long run ends, but the last (see
 * model/batches.h). */
struct batch_sink {
    void (*take)(void *user, const struct tally *so_far);
    void *user;
};

/* Who is told of a replication's course; each may be NULL. */
struct listeners {
    const struct case_sink  *cases;
    const struct event_sink *events;
    const struct batch_sink *batches;
};

struct world {
    const struct plan *plan;
    struct tally       tally; /* rows to count in; given back when the replication ends    */
    struct rng_key     key;
    struct rng_schedule schedule; /* of the key                                            */
    double             now_s;
    struct evq         evq;       /* agents and contacts                                   */
    struct evq         sources;   /* streams, pools' staffing, the clock: few and always there */
    struct contact    *contacts;
    struct contact_order *orders;   /* NULL where no queue is a heap                       */
    struct story      *stories;     /* [contact]; NULL where plan->stories is false         */
    struct contact_clocks *clocks;  /* [contact]; NULL where plan->clocked is false        */
    uint32_t          *rows;        /* [contact] of its stream's trace; NULL where
                                       plan->resampled is false: its ordinal               */
    double            *parts;       /* [contact * parts_stride + …] parts of clocks' time   */
    struct closing    *closing;     /* [tier]                                              */
    double            *closed_s;    /* [tier * n_hours + hours] closed until closing->since_s */
    uint16_t          *times;       /* [contact * times_stride + tier]: works begun there  */
    struct task       *tasks;       /* [contact]; as stories                                */
    uint64_t          *had;         /* [contact * had_stride + pool / 64]: pools that had it;
                                       NULL where none can have it again                   */
    struct hold       *holds;       /* [agent]; as stories                                  */
    struct cause_state *causes;     /* [root cause]                                         */
    struct pace        *paces;      /* [agent]; NULL where plan->paced is false             */
    struct pastime     *pastimes;   /* [agent]; NULL where nobody has idle duties           */
    struct duty_state  *duties;     /* [planned duty]                                       */
    struct idle_duty_state *idle_duties;
    uint32_t           *loads;      /* [agent] contacts being worked on, where plan->slotted */
    struct agent      *agents;
    struct pool_state *pools;
    struct tier_state *tiers;
    struct queue_state *queues;
    struct level_list *lists;       /* [queue * n_lists + level or lane]                   */
    struct arrival_state *arrivals; /* [stream]                                            */
    struct busyness_set busyness;   /* where this replication stands in its set            */
    uint32_t          *ordinals;    /* [stream] arrivals so far                            */
    uint32_t          *lines;       /* [channel] contacts in the system                    */
    double            *last_wait_s; /* [queue] of whom was answered last; where customers
                                       who wait are told or offered something              */
    struct tsim_policy_candidate *candidates; /* [n_pools]: scratch of a selection         */
    struct tsim_policy_contact   *heads; /* [n_queues]: scratch of a policy                */
    uint32_t                     *firsts; /* … the contacts that they are                  */
    uint32_t                     *takes; /* [pool]: decisions of a policy so far           */

    uint32_t source_pool, source_clock; /* first owners among sources; streams are first   */
    uint32_t source_policy;             /* … the last: wakes idle agents                    */
    uint32_t owner_contact;             /* first of contacts; agents are first             */
    uint32_t owner_shift; /* 1 where each contact has a timer besides, 2 where it has two more */
    uint32_t times_stride, had_stride;
    uint32_t contacts_most, contacts_used, contact_free;
    uint64_t number;        /* contacts so far                                             */
    uint64_t task_number;   /* tasks so far                                                */
    struct level open;      /* contacts in the system                                      */
    uint32_t counted_open;  /* … of those that are counted                                 */
    uint32_t sessions;      /* of self-service, going on (plan->bot)                        */
    double   span_s;        /* when the spans of all levels began                          */
    uint32_t interval;      /* row of the clock's interval; the spare one when not counted */
    double   cut_area_s;    /* work begun and not finished, less wrap-up not yet done      */
    bool     closed;        /* past the end: no more arrivals                              */
    bool     full;          /* there was no record for a task                              */
    uint32_t clock_sla, clock_point; /* the SLA clock that escalates just now; NONE         */
    bool     done;
    const struct case_sink  *cases;  /* NULL: no log                                       */
    const struct event_sink *events; /* NULL: nobody listens                               */
    const struct batch_sink *batches; /* NULL: the counted time is in one piece            */
    uint32_t                 batch;  /* the one that now is in, or that comes first         */

    struct tsim_policy_view view;     /* what policies are shown of all this                */
    const struct contact   *asked;    /* the contact that they are asked about              */
    uint32_t                asked_pool; /* DECISION_TAKE: the pool                          */
    enum decision           asked_for;
    double                  wake_s;   /* when a policy wants to be asked again; INFINITY    */
    char                    fault[256]; /* what made no sense of a policy's answers; "": none */

    void  *block;
    size_t size;
};

/* What can go wrong in a replication besides our mistakes. */
enum replication_status {
    REPLICATION_DONE,
    REPLICATION_TOO_MANY_CONTACTS,
    REPLICATION_TOO_MANY_EVENTS,
    REPLICATION_STANDS_STILL, /* events without end at one instant                         */
    REPLICATION_STOPPED,      /* the stop flag was set                                     */
    REPLICATION_BAD_POLICY,   /* a policy's answer made no sense: world->fault             */
};

/* Reserves memory for up to `contacts_most` contacts at once; less when the system does not give
 * that much (world->contacts_most tells). False when not even a little is to be had. */
bool world_open(struct world *world, const struct plan *plan, uint32_t contacts_most);
void world_close(struct world *world);

/* Everything as at time 0 of a replication. */
void world_reset(struct world *world, const struct tally *tally, uint64_t seed,
                 uint32_t replication);

/* Checks every invariant; slow. Returns NULL, or what is broken. */
const char *world_broken(const struct world *world);

#endif
