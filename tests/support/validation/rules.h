/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rules.h - which measure of a result answers to which name in expected.json.
 *
 * One rule holds for the cases whose id begins with one of its words, and for the names that fit
 * its pattern; the first rule that fits counts. In a pattern # and % stand for one digit each and
 * $ for a whole number; in `where` and `edit` # and % are put in again, @ is # + 1, and ~ is the
 * interval that stands for period $ (see rule_window).
 */
#ifndef VALIDATION_RULES_H
#define VALIDATION_RULES_H

#include <stdbool.h>

enum rule_kind {
    ESTIMATE,      /* a measure as the result reports it                                 */
    RATIO,         /* ratio of sums over replications of a formula                       */
    VARIANCE,      /* variance over replications of the formula                          */
    DEVIATION,     /* its root                                                           */
    AT_LEAST,      /* share of replications with a value of at least `bound`             */
    AT_MOST,       /* … of at most `bound`                                               */
    SCATTER,       /* variance over replications of a measure, from its standard error    */
    NOT_MEASURED,  /* `where` says why nothing is compared                               */
};

/* What turns the measure into the case's unit. */
enum rule_scale {
    AS_IS,
    IN_UNITS,      /* seconds                           -> units of time                  */
    PER_UNIT,      /* a day                             -> per unit of time               */
    PER_RUN,       /* a day                             -> in the whole run               */
    UNITS_PER_RUN, /* seconds a day                     -> units of time in the whole run */
    OVER_INTERVAL, /* average over a report interval    -> integral in units of time       */
    OVER_RUN,      /* average over the run              -> integral in units of time       */
};

struct rule {
    const char     *ids, *name;
    enum rule_kind  kind;
    enum rule_scale scale;
    const char     *where;
    double          bound; /* AT_LEAST, AT_MOST; excess kurtosis for SCATTER              */
    const char     *edit;  /* of the scenario; NULL: as it is                             */
};

/* A rule with all places filled in. */
struct rule_match {
    const struct rule *rule;
    char               where[256], edit[96]; /* edit "": none                              */
};

/* False when no rule fits. */
bool rule_match(const char *id, const char *name, struct rule_match *match);

#endif
