/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/limits.h - every stated limit, in one place (docs/limits.md lists them). */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_FILE_BYTES       (64u << 20) /* a JSON file                              */
#define LIMIT_JSON_DEPTH       64          /* objects and arrays inside each other     */
#define LIMIT_JSON_KEYS        4096        /* members of one object                    */
#define LIMIT_JSON_ELEMENTS    1000000     /* elements of one array                    */
#define LIMIT_JSON_STRING      (64u << 10) /* bytes of one string                      */
#define LIMIT_JSON_VALUES      2000000     /* values of one document, of all depths    */
#define LIMIT_PROBLEMS         1000        /* kept; more are counted only              */
#define LIMIT_NAME             256         /* bytes of a name                          */
#define LIMIT_CSV_LINE         (1u << 20)
#define LIMIT_CSV_COLUMNS      256
#define LIMIT_CSV_ROWS         100000000u
#define LIMIT_TRACE_ROWS       10000000u   /* arrivals of one trace                    */
#define LIMIT_TRACE_DAYS       36525      /* of a trace whose days are drawn from      */
#define LIMIT_EMPIRICAL_VALUES 1000000u
#define LIMIT_TIERS            64          /* human tiers                              */
#define LIMIT_POOLS            1024
#define LIMIT_SKILLS           1024
#define LIMIT_STREAMS          1024
#define LIMIT_CLASSES          65536       /* stream x issue x severity x segment      */
#define LIMIT_STEPS            2000000     /* of a profile: changes until its last date */
#define LIMIT_AGENTS_POOL      100000
#define LIMIT_AGENTS           1000000
#define LIMIT_REPLICATIONS     1000000
#define LIMIT_CONTACTS         1000000     /* in the system at once; can be raised     */
#define LIMIT_CONTACTS_MOST    16000000    /* … up to this                             */
#define LIMIT_EVENTS           10000000000 /* of one replication; can be raised        */
#define LIMIT_EVENTS_MOST      68719476735 /* … up to this: contacts are numbered in 36 bits */
#define LIMIT_KEPT_BYTES       8e9         /* values of all replications in memory     */
#define LIMIT_INSTANT_EVENTS   1000000     /* at one instant: a loop without delay     */
#define LIMIT_HORIZON_S        (100.0 * 365.25 * 86400.0)
#define LIMIT_DURATION_S       (1000.0 * 365.25 * 86400.0)
#define LIMIT_INTERVALS        10080       /* report intervals of one cycle            */
#define LIMIT_POINTS           1000        /* escalation points of an SLA target      */
#define LIMIT_DELAYS           100000      /* SLA targets x parts of their time           */
#define LIMIT_BATCHES_LEAST    5           /* of one long run                           */
#define LIMIT_BATCHES          1000        /* of one long run                           */
#define LIMIT_THREADS          256
#define LIMIT_FACTORS          40          /* of a sweep                                */
#define LIMIT_LEVELS           1000        /* of a factor                               */
#define LIMIT_SWEEP_POINTS     2000        /* of a sweep                                */
#define LIMIT_SWEEP_UNITS      100000000   /* points x replications                     */
#define LIMIT_SHIFT_SLOTS      2016        /* of a schedule                             */
#define LIMIT_SHIFT_PLACES     1000000     /* ways to place shifts and breaks of a pool */
#define LIMIT_VARIANTS         1000        /* of a study                                */
#define LIMIT_PARAMETERS       256         /* of a user's own policy                   */
#define LIMIT_POLICY_BYTES     (64u << 20) /* its memory, of each replication          */

#endif
