/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule for programs and spreadsheets: JSON, the roster, and heads by slot. */
#include <inttypes.h>
#include <stdio.h>

#include <tiersim/report.h>

#include "base/csv.h"
#include "base/json.h"
#include "report/json_parts.h"

enum { LINE_NAME = 512 };

static const char *const day_names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

/* "07:30"; times after midnight go on: "25:30" is half past one of the next day. */
static void write_clock(FILE *to, uint32_t minute)
{
    fprintf(to, "%02u:%02u", (unsigned)minute / 60, (unsigned)minute % 60);
}

/* ---- JSON */

static void write_info(const struct tsim_schedule *schedule, FILE *to)
{
    static const char *const ends[] = { "kept", "no_promises", "rounds_used_up", "no_help",
                                        "stopped" };
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    part_head(to, "schedule");
    fputs(",\n  ", to);
    member_text(to, "study", info->study);
    member_text(to, "scenario", info->scenario);
    member_text(to, "currency", info->currency);
    member_text(to, "end", ends[info->end]);
    member_bool(to, "verified", info->verified);
    fputs("\n  ", to);
    member_text(to, "requirements", info->requirements);
    member_number(to, "rounds", info->rounds);
    member_number(to, "trims", info->trims);
    member_number(to, "trim_tries", info->trim_tries);
    member_number(to, "untrimmed_cost", info->untrimmed_cost);
    member_number(to, "confidence", info->confidence);
    member_number(to, "share_of_days", info->days);
    member_number(to, "period_days", info->period_days);
    member_text(to, "first_day", day_names[info->first_day]);
    member_number(to, "slot_minutes", info->slot_minutes);
    fputs("\n  ", to);
    member_whole(to, "seed", info->seed);
    member_number(to, "replications_searched", info->searched);
    member_number(to, "replications_verified", info->verified_on);
    part_whole(to, "contacts", info->contacts);
    fputs(",\n  \"total_per_day\": ", to);
    part_estimate(to, &info->total);
    fputs(",\n", to);
}

static void write_heads(const struct tsim_schedule *schedule, size_t pool, FILE *to)
{
    static const char *const keys[] = { "asked", "needed", "on_floor" };
    const uint32_t           n = tsim_schedule_info(schedule)->slots;
    for (int which = 0; which < 3; which++) {
        fprintf(to, "%s\"%s\": [", which ? ", " : "", keys[which]);
        for (uint32_t i = 0; i < n; i++)
            fprintf(to, "%s%" PRIu32, i ? ", " : "",
                    tsim_schedule_heads(schedule, (enum tsim_schedule_heads)which, pool, i));
        fputs("]", to);
    }
}

static void write_pools(const struct tsim_schedule *schedule, FILE *to)
{
    size_t                           n;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n);
    fputs("  \"pools\": [", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_schedule_pool *pool = &pools[i];
        fputs(i ? ",\n    { " : "\n    { ", to);
        member_text(to, "tier", pool->tier);
        member_text(to, "pool", pool->pool);
        member_bool(to, "scheduled", pool->scheduled);
        member_number(to, "people", pool->people);
        member_number(to, "shifts", pool->shifts);
        member_number(to, "floor_peak", pool->floor_peak);
        member_number(to, "payroll", pool->payroll);
        member_number(to, "shrinkage", pool->shrinkage);
        member_number(to, "asked_hours", pool->asked_hours);
        member_number(to, "needed_hours", pool->need_hours);
        member_number(to, "floor_hours", pool->floor_hours);
        member_number(to, "short_hours", pool->short_hours);
        member_number(to, "over_hours", pool->over_hours);
        member_number(to, "shift_hours", pool->shift_hours);
        member_number(to, "paid_hours", pool->paid_hours);
        member_bool(to, "cost_is_money", pool->money);
        member_number(to, "cost", pool->cost);
        member_number(to, "bound", pool->bound);
        member_text(to, "solver", pool->solver ? pool->solver : "");
        member_number(to, "nodes", pool->nodes);
        member_bool(to, "time_was_up", pool->time_was_up);
        write_heads(schedule, i, to);
        fputs(" }", to);
    }
    fputs("\n  ],\n", to);
}

static void write_row(const struct tsim_schedule_row *row,
                      const struct tsim_schedule_pool *pools, FILE *to)
{
    member_text(to, "pool", pools[row->pool].pool);
    member_number(to, "person", row->person);
    member_text(to, "shift", row->shift);
    member_text(to, "day", day_names[row->day]);
    fputs("\"start\": \"", to);
    write_clock(to, row->start);
    fputs("\", \"end\": \"", to);
    write_clock(to, row->end);
    fputs("\", ", to);
    member_number(to, "paid_hours", row->paid_hours);
    fputs("\"breaks\": [", to);
    for (size_t b = 0; b < row->n_breaks; b++) {
        fputs(b ? ", { " : "{ ", to);
        member_text(to, "name", row->breaks[b].name);
        fputs("\"start\": \"", to);
        write_clock(to, row->breaks[b].start);
        fputs("\", \"end\": \"", to);
        write_clock(to, row->breaks[b].end);
        fputs("\" }", to);
    }
    fputs("]", to);
}

bool tsim_report_schedule_json(const struct tsim_schedule *schedule, FILE *to)
{
    size_t                           n, n_pools, n_promises;
    const struct tsim_schedule_row  *rows = tsim_schedule_rows(schedule, &n);
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n_pools);
    const struct tsim_size_promise  *promises = tsim_schedule_promises(schedule, &n_promises);
    write_info(schedule, to);
    fputs("  ", to);
    part_promises(to, promises, n_promises);
    fputs(",\n", to);
    write_pools(schedule, to);
    fputs("  \"roster\": [", to);
    for (size_t r = 0; r < n; r++) {
        fputs(r ? ",\n    { " : "\n    { ", to);
        write_row(&rows[r], pools, to);
        fputs(" }", to);
    }
    fputs("\n  ],\n  ", to);
    member_text(to, "settings", tsim_schedule_settings(schedule));
    part_text(to, "digest", tsim_schedule_digest(schedule));
    fputs("\n}\n", to);
    return !ferror(to);
}

/* ---- CSV */

bool tsim_report_roster_csv(const struct tsim_schedule *schedule, FILE *to)
{
    size_t                           n, n_pools, most = 0;
    const struct tsim_schedule_row  *rows = tsim_schedule_rows(schedule, &n);
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n_pools);
    for (size_t r = 0; r < n; r++)
        most = rows[r].n_breaks > most ? rows[r].n_breaks : most;
    fputs("name,tier,pool,shift,day,start,end,paid_hours", to);
    for (size_t b = 1; b <= most; b++)
        fprintf(to, ",break_%zu,break_%zu_start,break_%zu_end", b, b, b);
    fputs("\r\n", to);
    for (size_t r = 0; r < n; r++) {
        char name[LINE_NAME];
        snprintf(name, sizeof name, "%.400s %" PRIu32, pools[rows[r].pool].pool, rows[r].person);
        csv_write_text(to, name);
        fputc(',', to);
        csv_write_text(to, pools[rows[r].pool].tier);
        fputc(',', to);
        csv_write_text(to, pools[rows[r].pool].pool);
        fputc(',', to);
        csv_write_text(to, rows[r].shift);
        fprintf(to, ",%s,", day_names[rows[r].day]);
        write_clock(to, rows[r].start);
        fputc(',', to);
        write_clock(to, rows[r].end);
        fputc(',', to);
        json_write_number(to, rows[r].paid_hours);
        for (size_t b = 0; b < most; b++) {
            fputc(',', to);
            if (b < rows[r].n_breaks) {
                csv_write_text(to, rows[r].breaks[b].name);
                fputc(',', to);
                write_clock(to, rows[r].breaks[b].start);
                fputc(',', to);
                write_clock(to, rows[r].breaks[b].end);
            } else {
                fputs(",,", to);
            }
        }
        fputs("\r\n", to);
    }
    return !ferror(to);
}

bool tsim_report_cover_csv(const struct tsim_schedule *schedule, FILE *to)
{
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    size_t                           n;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n);
    const uint32_t                   day_slots = info->slots / info->period_days;
    fputs("tier,pool,day,start,asked,needed,on_floor,short,over\r\n", to);
    for (size_t p = 0; p < n; p++)
        for (uint32_t i = 0; pools[p].scheduled && i < info->slots; i++) {
            const uint32_t need = tsim_schedule_heads(schedule, TSIM_HEADS_NEEDED, p, i);
            const uint32_t there = tsim_schedule_heads(schedule, TSIM_HEADS_ON_FLOOR, p, i);
            csv_write_text(to, pools[p].tier);
            fputc(',', to);
            csv_write_text(to, pools[p].pool);
            fprintf(to, ",%s,", day_names[(info->first_day + i / day_slots) % 7]);
            write_clock(to, i % day_slots * info->slot_minutes);
            fprintf(to, ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 "\r\n",
                    tsim_schedule_heads(schedule, TSIM_HEADS_ASKED, p, i), need, there,
                    need > there ? need - there : 0, there > need ? there - need : 0);
        }
    return !ferror(to);
}
