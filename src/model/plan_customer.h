/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/plan_customer.h - the customer's side of a scenario, compiled: what happens between two
 * works that no agent does. A plan has it only where the scenario says something of it, so that
 * others pay one look at a pointer. Purposes here are mixed into those of a work or a stream.
 */
#ifndef MODEL_PLAN_CUSTOMER_H
#define MODEL_PLAN_CUSTOMER_H

#include "kernel/dist.h"
#include "model/scenario.h"

/* Something that happens to a share, after a time. */
struct plan_later {
    double             share;
    const struct dist *delay; /* NULL: at once                                             */
};

/* What may follow a work on an issue type at a tier. */
struct plan_attempt {
    struct plan_later waits;      /* the customer must do or say something first           */
    enum reply_to     reply_to;
    uint32_t          waits_most; /* times before the contact is handed over               */
    struct plan_later reopens;    /* it was not solved                                     */
    enum reopen_to    reopen_to;
    uint32_t          reopens_most;
};

/* Those of a channel who gave up or were blocked try again. */
struct plan_redial {
    struct numbers     share;     /* by the number of redials before; the last for all more */
    double             blocked_share;
    const struct dist *delay;
    uint32_t           most;      /* 0: nobody redials                                     */
    double             patience;  /* times it, of who comes back                           */
};

/* Who has to wait and leaves at once. */
struct plan_balking {
    bool     asked, announced;
    uint32_t from_waiting;
    double   per_waiting, from_wait_s, per_s, most;
    double   patience;    /* times it, of who is told and stays                            */
};

/* Who has to wait and is called back. */
struct plan_call_back {
    bool               offered, after_others;
    uint32_t           from_waiting; /* UINT32_MAX: the length is no reason                */
    double             from_wait_s;  /* INFINITY: nor is the estimated wait                */
    double             accepts;
    uint32_t           reserve, most;
    double             within_s;     /* 0: nothing is promised                             */
    const struct dist *due_in;       /* NULL: no appointment; it waits in the queue        */
    double             grid_s;       /* of appointments; 0: none                           */
    double             reached;
    const struct dist *dial, *again; /* NULL: no time                                      */
    double             time_factor, relieves;
};

/* What those of a channel hear who have to wait at a tier. */
struct plan_offer {
    enum wait_estimate    estimate;
    struct plan_balking   balking;
    struct plan_call_back call_back;
};

/* Hazards of asking for somebody higher at the end of a work. */
struct plan_requests {
    bool   asked; /* anybody may ask                                                       */
    double base, per_wait_s, per_transfer, per_repeat, talked_down;
};

/* Agents who refer contacts without trying, because more than `from` wait. */
struct plan_congestion {
    uint32_t           from;
    double             per_waiting, most;
    const struct dist *time; /* NULL: none                                                 */
};

/* Customers who ask how their case stands. */
struct plan_chasing {
    double             share;
    const struct dist *every, *work; /* work NULL: none                                    */
    uint32_t           queue, most;
};

/* Calls after a contact seems settled. */
struct plan_follow_up {
    struct plan_later  later;
    uint32_t           queue;   /* NONE: takes nobody's time                               */
    const struct dist *work;    /* NULL: none                                              */
    double             reduces; /* share of reopenings                                     */
    double             raises;  /* points of satisfaction                                  */
};

struct plan_satisfaction {
    bool   asked, escalates; /* … and rules say what of bad answers                        */
    double start, per_wait_s, per_transfer, per_repeat, breach, unresolved; /* points      */
    double spread, answers, threshold;
    const struct dist *delay;
};

/* Hazards of losing the customer. */
struct plan_churn {
    bool   drawn;
    double base, per_wait_s, per_transfer, breach, abandoned, unresolved;
};

struct plan_customer {
    const struct plan_attempt *attempts; /* [tier * n_issues + issue]                      */
    const struct plan_redial  *redials;  /* [channel]                                      */
    struct plan_later          contained; /* self-service had not solved it                */
    bool     in_use;
    bool     comes_back;                 /* somebody redials or reopens, or is waited for  */
    const struct plan_offer   *offers;   /* [channel * n_tiers + tier]; NULL: none         */
    const uint32_t            *late;     /* [queue] where those wait who are called after
                                            others; NONE                                   */
    const double              *work_s;   /* [visit] mean handling and wrap-up time         */
    struct plan_requests       requests;
    const struct plan_congestion *congestion;   /* [tier]                                  */
    const double              *regulated;       /* [issue] share                           */
    const bool                *cleared;         /* [pool] for regulated cases              */
    const bool                *high_profile;    /* [segment]                               */
    uint32_t                   top;             /* the last tier with agents               */
    bool     sends_repeats, sends_high_profile; /* rules name these triggers               */
    double   updated_share, updates_relieve;    /* customers kept informed                 */
    struct plan_chasing      chasing;
    struct plan_follow_up    follow_up;
    struct plan_satisfaction satisfaction;
    struct plan_churn        churn;
    const double *value;                        /* [segment] of a customer                 */
    const double *unneeded;                     /* [issue] share of concessions            */
    uint64_t waits, reopens, request, refers, follows; /* purposes, mixed with the work's … */
    uint64_t offer, balks, booking;              /* … with those of patience …             */
    uint64_t redial, returns, regulation, updates, survey, answer, leaves, need, chases, call;
                                                /* … and with the stream's                 */
};

#endif
