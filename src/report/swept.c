/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/swept.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/compared.h"
#include "report/format.h"

char *swept_words(const struct tsim_response *response, char *to, size_t size)
{
    const struct tsim_compared measure = {
        .name = response->name, .promise = response->promise, .unit = response->unit,
        .money = strcmp(response->name, "cost.total.per_day") == 0,
    };
    return compared_words(&measure, to, size);
}

bool swept_shown(const struct tsim_estimate *change)
{
    if (!change->defined || !(change->value < 0 || change->value > 0))
        return false;
    return !change->has_interval || change->low > 0 || change->high < 0;
}

/* ---- orders: a number for each, sorted by it; ties keep their order */

struct ranked {
    double by;
    size_t i;
};

static int compare(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->by < y->by || x->by > y->by)
        return x->by < y->by ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

/* `order` is filled with the first `most` of `n`; what it was stays when memory is out. */
static void sort(struct ranked *ranked, size_t n, size_t *order, size_t most)
{
    qsort(ranked, n, sizeof *ranked, compare);
    for (size_t i = 0; i < n && i < most; i++)
        order[i] = ranked[i].i;
}

void swept_by_cost(const struct tsim_sweep *sweep, size_t *order)
{
    const size_t   n = tsim_sweep_info(sweep)->points, cost = tsim_sweep_info(sweep)->cost;
    struct ranked *ranked = calloc(n, sizeof *ranked);
    for (size_t p = 0; p < n; p++) {
        const struct tsim_estimate *at = &tsim_sweep_point(sweep, p)->estimates[cost];
        order[p] = p;
        if (ranked)
            ranked[p] = (struct ranked){ at->defined ? at->value : HUGE_VAL, p };
    }
    if (ranked)
        sort(ranked, n, order, n);
    free(ranked);
}

size_t swept_by_share(const struct tsim_sweep *sweep, size_t response, size_t *order, size_t most)
{
    size_t                    n;
    const struct tsim_effect *effects = tsim_sweep_effects(sweep, response, &n);
    struct ranked            *ranked = calloc(n + 1, sizeof *ranked);
    if (!ranked)
        return 0;
    for (size_t i = 0; i < n; i++)
        ranked[i] = (struct ranked){ -effects[i].share, i };
    sort(ranked, n, order, most);
    free(ranked);
    return n < most ? n : most;
}

void swept_by_swing(const struct tsim_sweep *sweep, size_t response, size_t *order)
{
    const struct tsim_swing *swings = tsim_sweep_swings(sweep, response);
    struct ranked            ranked[40];
    const size_t             n = tsim_sweep_info(sweep)->factors;
    for (size_t f = 0; f < n; f++) {
        const double low = fmin(fmin(swings[f].low.value, swings[f].high.value), 0);
        const double high = fmax(fmax(swings[f].low.value, swings[f].high.value), 0);
        ranked[f] = (struct ranked){ low - high, f };
    }
    sort(ranked, n, order, n);
}

/* ---- sentences */

char *swept_effect(const struct tsim_sweep *sweep, const struct tsim_effect *effect, bool ascii,
                   char *to, size_t size)
{
    char        first[FORMAT_NAME], second[FORMAT_NAME];
    struct text text;
    text_open(&text, to, size);
    format_name(tsim_sweep_factor(sweep, effect->first)->name, 30, ascii, first, sizeof first);
    text_add(&text, "%s", first);
    if (effect->second != effect->first)
        text_add(&text, " %s %s", ascii ? "x" : "×",
                 format_name(tsim_sweep_factor(sweep, effect->second)->name, 30, ascii, second,
                             sizeof second));
    return to;
}

struct telling {
    const struct tsim_sweep *sweep;
    const char              *currency;
    bool                     ascii;
    struct text              text;
};

/* "3.1 points (2.8 – 3.3)": the size of a change, without its sign. */
static void add_size(struct telling *telling, const struct tsim_estimate *change,
                     enum tsim_unit unit)
{
    char                 value[FORMAT_VALUE * 2], interval[FORMAT_VALUE * 3];
    struct tsim_estimate size = *change;
    if (change->value < 0) {
        size.value = -change->value;
        size.low = -change->high;
        size.high = -change->low;
    }
    format_difference(&size, unit, telling->currency, telling->ascii, value, sizeof value);
    format_difference_interval(&size, unit, telling->currency, telling->ascii, false, interval,
                               sizeof interval);
    text_add(&telling->text, "%s", value + (value[0] == '+'));
    if (*interval && change->high > change->low)
        text_add(&telling->text, " %s", interval);
}

/* "380 EUR a day (379 – 381)". */
static void add_cost(struct telling *telling, const struct tsim_estimate *change)
{
    const struct tsim_sweep_info *info = tsim_sweep_info(telling->sweep);
    const struct tsim_response   *cost = tsim_sweep_response(telling->sweep, info->cost);
    const size_t                  length = strlen(cost->name);
    add_size(telling, change, cost->unit);
    if (length > 7 && strcmp(cost->name + length - 7, "per_day") == 0)
        text_add(&telling->text, " a day");
}

/* "buys 3.1 points of “L1 answered within 20 s”", "takes 0.9 points off “given up”". */
static void add_change(struct telling *telling, const struct tsim_response *response,
                       const struct tsim_estimate *change, const char *gained)
{
    const char *verb = response->at_least ? (change->value > 0 ? gained : "loses")
                                          : (change->value > 0 ? "adds" : "takes");
    const char *to = response->at_least ? "of" : change->value > 0 ? "to" : "off";
    char        words[FORMAT_NAME], name[FORMAT_NAME];
    text_add(&telling->text, "%s ", verb);
    add_size(telling, change, response->unit);
    swept_words(response, words, sizeof words);
    text_add(&telling->text, telling->ascii ? " %s \"%s\"" : " %s “%s”", to,
             format_name(words, 60, telling->ascii, name, sizeof name));
}

/* ": 123 EUR a point", where points are bought. */
static void add_price(struct telling *telling, const struct tsim_estimate *change,
                      const struct tsim_estimate *cost, enum tsim_unit unit)
{
    char value[FORMAT_VALUE];
    if (unit != TSIM_UNIT_SHARE)
        return;
    format_value(fabs(cost->value / change->value) / 100, TSIM_UNIT_MONEY, telling->currency,
                 telling->ascii, value, sizeof value);
    text_add(&telling->text, ": %s a point", value);
}

bool swept_sentence(const struct tsim_sweep *sweep, size_t response, size_t factor, bool ascii,
                    char *to, size_t size)
{
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    const struct tsim_response   *about = tsim_sweep_response(sweep, response);
    const struct tsim_factor     *varied = tsim_sweep_factor(sweep, factor);
    const struct tsim_estimate   *change = &tsim_sweep_slopes(sweep, response)[factor].change;
    const struct tsim_estimate   *cost = &tsim_sweep_slopes(sweep, info->cost)[factor].change;
    struct telling telling = { .sweep = sweep, .currency = info->currency, .ascii = ascii };
    char           name[FORMAT_NAME];
    const bool     better = (change->value > 0) == about->at_least;
    const bool     costs = swept_shown(cost);
    if (!swept_shown(change))
        return false;
    text_open(&telling.text, to, size);
    format_name(varied->name, 40, ascii, name, sizeof name);
    text_add(&telling.text, ascii ? "%.6g more of \"%s\" " : "%.6g more of “%s” ", varied->step,
             name);
    if (better && costs && cost->value > 0) {
        add_change(&telling, about, change, "buys");
        text_add(&telling.text, " for ");
        add_cost(&telling, cost);
        add_price(&telling, change, cost, about->unit);
    } else {
        add_change(&telling, about, change, "gains");
        text_add(&telling.text, costs ? cost->value < 0 ? " and saves " : " and costs "
                                : better ? ", at no cost that is seen" : "");
        if (costs)
            add_cost(&telling, cost);
    }
    text_add(&telling.text, ".");
    return true;
}
