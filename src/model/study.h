/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/study.h - a study file as structs: scenarios to set against each other, and how.
 *
 * The rows that read it are model/shape_study.c; each method's own object has its rows beside
 * them. What a study does is in experiment/.
 */
#ifndef MODEL_STUDY_H
#define MODEL_STUDY_H

#include "base/param.h"

/* A scenario: a file, or an object in place. */
struct source_given {
    const char        *file;   /* NULL: none                                               */
    const struct json *inside; /* NULL: none                                               */
};

struct variant_given {
    const char         *name; /* NULL: made up                                             */
    struct source_given scenario;
    struct list         set;  /* of struct text_entry (model/scenario.h)                   */
    const struct json  *at;
};

struct compare_given {
    bool               until_decided;
    double             indifference; /* share                                              */
    const struct json *at;
};

enum select_best { SELECT_SMALLEST, SELECT_LARGEST };

struct select_given {
    const char        *measure;
    uint32_t           best;  /* enum select_best                                          */
    const struct json *zone;  /* NULL: not given                                           */
    uint32_t           first, budget; /* budget 0: none                                    */
    const struct json *at;
};

enum { DESIGNS = 4 };

extern const char *const design_words[DESIGNS + 1]; /* in the order of enum tsim_design */

struct factor_given {
    const char        *name, *set;
    struct numbers     values;           /* n 0: a range                                   */
    double             low, high, base, step;
    bool               has_base, whole;
    const struct json *at;
};

struct sweep_given {
    uint32_t           design; /* of design_words                                          */
    struct list        factors; /* of struct factor_given                                  */
    uint32_t           points;
    const char        *cost;
    const struct json *at;
};

struct empower_given {
    const char        *tier;
    struct numbers     limits; /* n 0: as there are                                        */
    const struct json *at;
};

struct stress_given {
    struct numbers     demand; /* rises, shares; n 0: the usual ones                       */
    bool               usual, heal;
    uint32_t           most;   /* added agents                                             */
    const struct json *at;
};

/* A break of a shift: it begins between two times after the shift does. */
struct break_given {
    const char        *name;
    double             length_s, from_s, to_s;
    bool               paid;
    const struct json *at;
};

/* A kind of shift. */
struct shift_given {
    const char        *name;
    struct list        pools; /* of struct text_entry; empty: all                          */
    const char        *earliest, *latest, *days;
    double             length_s, every_s, pay;
    struct list        breaks; /* of struct break_given                                    */
    uint32_t           least, most, days_off;
    bool               days_off_apart;
    const struct json *at;
    /* Completed by the check. */
    double   earliest_s, latest_s;
    unsigned day_mask; /* bit 0: Monday                                                    */
};

enum requirements { REQUIREMENTS_SIZE, REQUIREMENTS_SCENARIO, REQUIREMENTS_FILE };
enum schedule_solver { SOLVER_AUTO, SOLVER_GLPK, SOLVER_CBC };

struct schedule_given {
    uint32_t           requirements, solver; /* of the enums above                         */
    const char        *file;
    double             understaffing, overstaffing, shrinkage; /* shrinkage below 0: pools' */
    bool               priced; /* understaffing has a price                                */
    struct list        shifts; /* of struct shift_given                                    */
    uint32_t           rounds, nodes;
    double             gap, time_limit_s;
    const struct json *at;
};

enum study_print { PRINT_SCREEN, PRINT_JSON, PRINT_NOTHING };

struct outputs_given {
    const char *folder; /* NULL: none                                                       */
    uint32_t    print;  /* enum study_print                                                 */
    bool        plots, png, pdf;
    const struct json *at;
};

struct study_given {
    const char          *schema, *name, *base;
    struct source_given  scenario;
    struct list          set;      /* for all of it                                        */
    struct list          variants; /* of struct variant_given                              */
    struct list          measures; /* of struct text_entry; empty: the usual ones          */
    uint32_t             replications, replications_most; /* 0: as the scenario says       */
    uint64_t             seed;
    double               confidence;
    double               precision; /* share; 0: a number of replications                    */
    struct outputs_given outputs;
    struct compare_given compare;
    struct select_given  select;
    struct sweep_given   sweep;
    struct empower_given empower;
    struct stress_given  stress;
    struct schedule_given schedule;
    const struct json   *at;
};

extern const struct shape study_shape; /* the root of a study's catalogue */
extern const struct shape variant_shape, compare_shape, select_shape, sweep_shape,
    empower_shape, stress_shape, schedule_shape, outputs_shape;

#endif
