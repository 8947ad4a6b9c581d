/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/tables.h"

#include <inttypes.h>
#include <math.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "report/json_parts.h"

static const enum tsim_scope by_replication[] = {
    TSIM_SCOPE_DESK, TSIM_SCOPE_FATE, TSIM_SCOPE_TIER,
    TSIM_SCOPE_POOL, TSIM_SCOPE_COST, TSIM_SCOPE_SLA,
};

enum { SCOPES_BY_REPLICATION = sizeof by_replication / sizeof *by_replication };

void tables_number(FILE *to, double value, bool defined)
{
    fputc(',', to);
    if (defined && isfinite(value))
        json_write_number(to, value);
}

void tables_estimate(FILE *to, const struct tsim_estimate *estimate)
{
    const bool ends = estimate->defined && estimate->has_interval;
    tables_number(to, estimate->value, estimate->defined);
    tables_number(to, estimate->low, ends);
    tables_number(to, estimate->high, ends);
}

void tables_estimate_error(FILE *to, const struct tsim_estimate *estimate)
{
    tables_estimate(to, estimate);
    tables_number(to, estimate->std_error, estimate->defined && estimate->has_interval);
}

static void write_header(const struct tsim_result *result, FILE *to)
{
    fputs(tsim_result_info(result)->batches > 0 ? "batch" : "replication", to);
    for (size_t s = 0; s < SCOPES_BY_REPLICATION; s++) {
        enum tsim_scope            scope = by_replication[s];
        size_t                     count;
        const struct tsim_measure *measures = tsim_result_measures(result, scope, &count);
        for (size_t e = 0; e < tsim_result_entries(result, scope); e++) {
            for (size_t m = 0; m < count; m++) {
                char        column[1024];
                struct text text;
                text_open(&text, column, sizeof column);
                text_add(&text, "%s.", tsim_scope_name(scope));
                if (scope != TSIM_SCOPE_DESK)
                    text_add(&text, "%.*s.", 800, tsim_result_entry(result, scope, e));
                text_add(&text, "%s", measures[m].name);
                fputc(',', to);
                csv_write_text(to, column);
            }
        }
    }
    fputs("\r\n", to);
}

static void write_replication(const struct tsim_result *result, uint32_t replication, FILE *to)
{
    fprintf(to, "%" PRIu32, replication + 1); /* as messages and cases.csv count them */
    for (size_t s = 0; s < SCOPES_BY_REPLICATION; s++) {
        enum tsim_scope scope = by_replication[s];
        size_t          count;
        (void)tsim_result_measures(result, scope, &count);
        for (size_t e = 0; e < tsim_result_entries(result, scope); e++) {
            for (size_t m = 0; m < count; m++) {
                bool   defined;
                double value =
                    tsim_result_of_replication(result, replication, scope, e, m, &defined);
                tables_number(to, value, defined);
            }
        }
    }
    fputs("\r\n", to);
}

void tables_replications(const struct tsim_result *result, FILE *to)
{
    write_header(result, to);
    for (uint32_t r = 0; r < tsim_result_info(result)->replications; r++)
        write_replication(result, r, to);
}

void tables_intervals(const struct tsim_result *result, FILE *to)
{
    size_t                     count;
    const struct tsim_measure *measures =
        tsim_result_measures(result, TSIM_SCOPE_TIER_INTERVAL, &count);
    size_t intervals = tsim_result_entries(result, TSIM_SCOPE_INTERVAL);
    fputs("tier,interval,clock,start_s", to);
    for (size_t m = 0; m < count; m++)
        fprintf(to, ",%s,%s_low,%s_high", measures[m].name, measures[m].name, measures[m].name);
    fputs("\r\n", to);
    for (size_t t = 0; t < tsim_result_entries(result, TSIM_SCOPE_TIER); t++) {
        for (size_t i = 0; i < intervals; i++) {
            csv_write_text(to, tsim_result_entry(result, TSIM_SCOPE_TIER, t));
            fprintf(to, ",%zu,", i);
            csv_write_text(to, tsim_result_entry(result, TSIM_SCOPE_INTERVAL, i));
            tables_number(to, (double)i * tsim_result_info(result)->interval_s, true);
            for (size_t m = 0; m < count; m++) {
                struct tsim_estimate estimate =
                    tsim_result_get(result, TSIM_SCOPE_TIER_INTERVAL, t * intervals + i, m);
                tables_estimate(to, &estimate);
            }
            fputs("\r\n", to);
        }
    }
}

static void write_estimates(const struct tsim_result *result, enum tsim_scope scope, FILE *to)
{
    size_t                     count, issues = tsim_result_entries(result, TSIM_SCOPE_ISSUE);
    const struct tsim_measure *measures = tsim_result_measures(result, scope, &count);
    const enum tsim_scope      first    = scope == TSIM_SCOPE_TIER_ISSUE ? TSIM_SCOPE_TIER
                                                                         : TSIM_SCOPE_POOL;
    bool pairs = (scope == TSIM_SCOPE_TIER_ISSUE || scope == TSIM_SCOPE_POOL_ISSUE) && issues > 0;
    for (size_t e = 0; e < tsim_result_entries(result, scope); e++) {
        for (size_t m = 0; m < count; m++) {
            struct tsim_estimate estimate = tsim_result_get(result, scope, e, m);
            fprintf(to, "%s,", tsim_scope_name(scope));
            if (pairs)
                csv_write_text(to, tsim_result_entry(result, first, e / issues));
            else
                csv_write_text(to, tsim_result_entry(result, scope, e));
            fputc(',', to);
            if (pairs)
                csv_write_text(to, tsim_result_entry(result, TSIM_SCOPE_ISSUE, e % issues));
            fprintf(to, ",%s,%s", measures[m].name, part_unit(measures[m].unit));
            tables_estimate_error(to, &estimate);
            fputs("\r\n", to);
        }
    }
}

void tables_estimates(const struct tsim_result *result, FILE *to)
{
    fputs("scope,entry,issue,measure,unit,value,low,high,std_error\r\n", to);
    for (int scope = 0; scope < TSIM_SCOPES; scope++)
        if (scope != TSIM_SCOPE_INTERVAL && scope != TSIM_SCOPE_TIER_INTERVAL)
            write_estimates(result, (enum tsim_scope)scope, to);
}
