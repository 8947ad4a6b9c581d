/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The laws a finished replication must keep, whatever was simulated. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "model/measure.h"
#include "model/replication.h"

static const char *broken(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static const char *broken(char *text, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return text;
}

/* Equal up to the rounding of long sums. */
static bool same(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}

/* Every contact has exactly one fate. */
static const char *contacts_law(const struct plan *plan, const struct tally *tally, char *text,
                                size_t size)
{
    double offered = 0;
    for (uint32_t c = 0; c <= plan->n_classes; c++) {
        const struct ledger_row *row = &tally->ledger[c];
        const double fates = row->self_service + row->resolved + row->vendor + row->abandoned +
                             row->blocked + row->unresolved + row->open;
        offered += row->offered;
        if (fates != row->offered)
            return broken(text, size, "%.0f contacts of class %u were offered, %.0f have a fate",
                          row->offered, c, fates);
    }
    const struct outside_row *row = &tally->outside[0];
    if (row->begun != row->begun_open + row->begun_ended)
        return broken(text, size, "%.0f contacts waited at time 0, %.0f have a fate", row->begun,
                      row->begun_open + row->begun_ended);
    if (offered != (double)tally->contacts)
        return broken(text, size, "%.0f contacts counted, %.0f arrived", offered,
                      (double)tally->contacts);
    return NULL;
}

/* Every visit has exactly one outcome, and what tiers resolve is what contacts were resolved. */
static const char *visits_law(const struct plan *plan, const struct tally *tally, char *text,
                              size_t size)
{
    for (uint32_t c = 0; c <= plan->n_classes; c++) {
        double resolved = 0;
        for (uint32_t t = 0; t < plan->n_tiers; t++) {
            const struct visit_row *row = &tally->visit[(size_t)t * (plan->n_classes + 1) + c];
            const double in_queue = row->offered - row->answered - row->abandoned - row->blocked -
                                    row->flushed - row->passed - row->withdrawn - row->missed -
                                    row->booked;
            const double at_work = row->answered - row->handled - row->gave_up_again - row->dropped;
            resolved += row->resolved;
            if (in_queue < 0 || at_work < 0 || in_queue + at_work != row->open)
                return broken(text, size,
                              "tier %u, class %u: %.0f waiting and %.0f at work left, %.0f open",
                              t + 1, c, in_queue, at_work, row->open);
            const double moved = row->resolved + trigger_sum(row->escalated) + row->parked +
                                 row->awaited + row->reopens;
            const double ended = row->handled + row->passed + row->withdrawn + row->unparked;
            if (moved != ended)
                return broken(text, size,
                              "tier %u, class %u: %.0f works ended, %.0f had an outcome",
                              t + 1, c, ended, moved);
        }
        if (resolved != tally->ledger[c].resolved)
            return broken(text, size, "class %u: tiers resolved %.0f, contacts %.0f", c, resolved,
                          tally->ledger[c].resolved);
    }
    return NULL;
}

/* Busy time is time of work and wrap-up. */
static const char *time_law(const struct world *world, char *text, size_t size)
{
    const struct pool_row *rows = world->tally.pool;
    double                 busy_s = 0, worked_s = world->cut_area_s;
    for (uint32_t p = 0; p < world->plan->n_pools; p++)
        busy_s += world->pools[p].busy_area_s;
    for (uint32_t p = 0; p < 2 * world->plan->n_pools; p++)
        worked_s += rows[p].handled_s + rows[p].wrap_s + rows[p].hold_s + rows[p].tasks_s;
    if (same(busy_s, worked_s))
        return NULL;
    return broken(text, size, "agents were busy %.17g s and worked %.17g s", busy_s, worked_s);
}

/* Money by its lines is money by contacts and pools. */
static const char *money_law(const struct plan *plan, const struct tally *tally, char *text,
                             size_t size)
{
    const struct money money = measure_money(plan, tally);
    double             concessions = 0, penalties = 0, sum = 0;
    for (uint32_t c = 0; c < plan->n_classes; c++) {
        concessions += tally->ledger[c].concessions;
        penalties += tally->ledger[c].penalties;
    }
    for (int i = 0; i < COST_LINES; i++)
        sum += money.line[i];
    if (!same(concessions, money.line[COST_CONCESSIONS]))
        return broken(text, size, "contacts received %.17g in concessions, pools paid %.17g",
                      concessions, money.line[COST_CONCESSIONS]);
    if (!same(penalties, money.line[COST_PENALTIES]))
        return broken(text, size, "contacts cost %.17g in penalties, targets %.17g", penalties,
                      money.line[COST_PENALTIES]);
    return same(sum, money.total) ? NULL : broken(text, size, "the money lines do not add up");
}

/* The parts of clocks' time are their time, and only reported ones have any. */
static const char *clocks_law(const struct plan *plan, const struct tally *tally, char *text,
                              size_t size)
{
    uint32_t d = 0;
    for (uint32_t i = 0; i <= plan->n_slas; i++) {
        const struct delay_row *parts = &tally->delay[(size_t)i * plan->n_parts];
        struct delay_row        sum = { 0 };
        for (uint32_t p = 0; p < plan->n_parts; p++)
            ROW_ADD(&sum, &parts[p]);
        if (!same(sum.all_s, tally->sla[i].clock_s) ||
            !same(sum.breached_s, tally->sla[i].clock_breached_s))
            return broken(text, size, "clocks of target %u ran %.17g s, their parts are %.17g s",
                          i, tally->sla[i].clock_s, sum.all_s);
        for (; d < plan->n_delays && plan->delays[d].sla == i; d++)
            sum.all_s -= parts[plan->delays[d].part].all_s;
        if (i < plan->n_slas && !same(sum.all_s + tally->sla[i].clock_s, tally->sla[i].clock_s))
            return broken(text, size, "target %u: %.17g s of its clocks are not reported", i,
                          sum.all_s);
    }
    return NULL;
}

const char *replication_unbalanced(const struct world *world, char *text, size_t size)
{
    const char *said = contacts_law(world->plan, &world->tally, text, size);
    if (!said)
        said = visits_law(world->plan, &world->tally, text, size);
    if (!said)
        said = time_law(world, text, size);
    if (!said)
        said = clocks_law(world->plan, &world->tally, text, size);
    if (!said)
        said = money_law(world->plan, &world->tally, text, size);
    return said;
}
