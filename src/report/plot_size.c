/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plot_size.h"

#include <math.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { PANELS = 6, BARS_MOST = 24 };

/* ---- agents over time */

/* Pools whose agents were sized, of a page: their numbers. */
static size_t pools_of(const struct tsim_sizing *sizing, size_t page, size_t *to, size_t most)
{
    size_t                       n, at = 0, found = 0;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    for (size_t p = 0; p < n; p++) {
        if (pools[p].fixed)
            continue;
        if (at >= page * most && found < most)
            to[found++] = p;
        at++;
    }
    return found;
}

static size_t pages_of(const struct tsim_sizing *sizing)
{
    size_t                       n, sized = 0;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    for (size_t p = 0; p < n; p++)
        sized += !pools[p].fixed;
    return tsim_sizing_info(sizing)->intervals > 1 ? (sized + PANELS - 1) / PANELS : 0;
}

/* Hours since midnight of the first day. */
static double hour_of(const struct tsim_size_info *info, size_t interval)
{
    return (info->start_second + (double)interval * info->interval_s) / 3600;
}

static void staffing_data(const struct picture *picture, FILE *to)
{
    const struct tsim_sizing    *sizing = picture->of;
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    size_t                       of[PANELS], n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    n = pools_of(sizing, picture->page, of, PANELS);
    fputs("hour", to);
    for (size_t k = 0; k < n; k++) {
        static const char *const what[] = { "need", "now", "formula", "load" };
        for (int c = 0; c < 4; c++) {
            char        name[FORMAT_NAME], column[FORMAT_NAME + 40];
            struct text text;
            gp_clean(name, sizeof name, pools[of[k]].pool, 60);
            text_open(&text, column, sizeof column);
            text_add(&text, "%s: %s", name, what[c]);
            fputc(',', to);
            csv_write_text(to, column);
        }
    }
    fputs("\r\n", to);
    /* Each value holds until the next row, so the last is written once more at the end. */
    for (size_t i = 0; i <= info->intervals; i++) {
        const size_t row = i < info->intervals ? i : info->intervals - 1;
        fprintf(to, "%.6g", hour_of(info, i));
        for (size_t k = 0; k < n; k++) {
            fprintf(to, ",%u,%u,%u",
                    (unsigned)tsim_sizing_agents(sizing, TSIM_SIZE_NEED, of[k], row),
                    (unsigned)tsim_sizing_agents(sizing, TSIM_SIZE_NOW, of[k], row),
                    (unsigned)tsim_sizing_agents(sizing, TSIM_SIZE_PREPLAN, of[k], row));
            tables_number(to, tsim_sizing_load(sizing, of[k], row), true);
        }
        fputs("\r\n", to);
    }
}

/* `named` is for the lowest panel. */
static void write_time_axis(const struct tsim_size_info *info, bool named, FILE *to)
{
    static const double steps[] = { 0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 168 };
    const double        from = hour_of(info, 0), until = hour_of(info, info->intervals);
    double              step = steps[sizeof steps / sizeof *steps - 1];
    const char         *before = "";
    for (size_t s = sizeof steps / sizeof *steps; s-- > 0;)
        if ((until - from) / steps[s] <= 14)
            step = steps[s];
    fprintf(to, "set xrange [%.6g:%.6g]\nset xtics (", from, until);
    for (double hour = ceil(from / step) * step; hour <= until + 1e-9; hour += step) {
        const unsigned minute = (unsigned)(hour * 60 + 0.5);
        char           words[40] = "";
        if (named && minute == 1440 && until <= 24)
            snprintf(words, sizeof words, "24:00");
        else if (named && minute >= 1440)
            snprintf(words, sizeof words, "%u: %02u:%02u", minute / 1440 + 1, minute / 60 % 24,
                     minute % 60);
        else if (named)
            snprintf(words, sizeof words, "%02u:%02u", minute / 60, minute % 60);
        fprintf(to, "%s'%s' %g", before, words, hour);
        before = ", ";
    }
    fputs(")\n", to);
}

static double highest(const struct tsim_sizing *sizing, size_t pool)
{
    double most = 1;
    for (size_t i = 0; i < tsim_sizing_info(sizing)->intervals; i++)
        for (int which = TSIM_SIZE_NEED; which <= TSIM_SIZE_NOW; which++)
            most = fmax(most, tsim_sizing_agents(sizing, (enum tsim_size_which)which, pool, i));
    return most;
}

static void write_frame(const struct tsim_sizing *sizing, size_t panels, const char *title,
                        FILE *to)
{
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    char                         name[FORMAT_NAME], subtitle[300];
    struct text                  text;
    gp_clean(name, sizeof name, info->scenario, 48);
    text_open(&text, subtitle, sizeof subtitle);
    text_add(&text, "%s%s", name,
             !info->complete             ? "  ·  PARTIAL"
             : !info->feasible           ? "  ·  no staffing keeps every promise"
             : info->unsure              ? "  ·  not sure to keep every promise"
                                         : "  ·  the cheapest found that keeps every promise");
    const struct frame frame = { .title = title, .subtitle = subtitle, .width = 860,
                                 .height = (unsigned)(130 + 190 * panels), .legend = 1,
                                 .axis = "agents", .panels = panels };
    frame_write(&frame, to);
}

static void staffing_script(const struct picture *picture, FILE *to)
{
    const struct tsim_sizing    *sizing = picture->of;
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    size_t                       of[PANELS], n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    n = pools_of(sizing, picture->page, of, PANELS);
    write_frame(sizing, n, "Agents needed, and now, beside the load", to);
    for (size_t k = 0; k < n; k++) {
        if (k == 1)
            fputs("unset label 1\nunset label 2\nunset key\n", to);
        fputs("set label 3 ", to);
        gp_label(to, pools[of[k]].pool, 60);
        fputs(" at graph 0,1 offset character 0.4,0.7 left front font 'sans-serif,14' "
              "tc rgb '#222222'\n", to);
        write_time_axis(info, k + 1 == n, to);
        fprintf(to, "set yrange [0:%g]\n", 1.15 * highest(sizing, of[k]));
        fprintf(to,
                "plot data skip 1 using 1:%zu with fillsteps fs solid 0.25 noborder "
                "fc rgb '#0072b2' notitle, \\\n"
                "    '' skip 1 using 1:%zu with steps lw 2.2 lc rgb '#0072b2' title 'needed', \\\n"
                "    '' skip 1 using 1:%zu with steps lw 1.8 dt 2 lc rgb '#444444' "
                "title 'now', \\\n"
                "    '' skip 1 using 1:%zu with steps lw 1.4 dt 3 lc rgb '#009e73' "
                "title 'by formulas', \\\n"
                "    '' skip 1 using 1:%zu with steps lw 1.8 lc rgb '#d55e00' "
                "title 'load of its tier'\n",
                4 * k + 2, 4 * k + 2, 4 * k + 3, 4 * k + 4, 4 * k + 5);
    }
    fputs("unset multiplot\n", to);
}

/* ---- what they cost */


static void cost_data(const struct picture *picture, FILE *to)
{
    size_t                       of[BARS_MOST], n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(picture->of, &n);
    n = pools_of(picture->of, 0, of, BARS_MOST);
    fputs("position,now,need,pool\r\n", to);
    for (size_t k = 0; k < n; k++) {
        char name[FORMAT_NAME];
        fprintf(to, "%zu", k);
        tables_number(to, pools[of[k]].cost_now, true);
        tables_number(to, pools[of[k]].cost, true);
        gp_clean(name, sizeof name, pools[of[k]].pool, 60);
        fputc(',', to);
        csv_write_text(to, name);
        fputs("\r\n", to);
    }
}

static void write_values(const struct tsim_sizing *sizing, const size_t *of, size_t n, FILE *to)
{
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    size_t                       all;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &all);
    for (size_t k = 0; k < 2 * n; k++) {
        const struct tsim_size_pool *pool = &pools[of[k / 2]];
        const double                 cost = k % 2 ? pool->cost : pool->cost_now;
        char                         value[FORMAT_VALUE];
        if (info->money)
            format_value(cost, TSIM_UNIT_MONEY, info->currency, false, value, sizeof value);
        else
            snprintf(value, sizeof value, "%.1f", cost);
        fprintf(to, "set label %zu ", 10 + k);
        gp_label(to, value, 40);
        fprintf(to, " at %.9g,%g left offset character 0.6,0 front tc rgb '#333333'\n", cost,
                (double)(k / 2) + (k % 2 ? 0.2 : -0.2));
    }
}

static void cost_script(const struct picture *picture, FILE *to)
{
    const struct tsim_sizing    *sizing = picture->of;
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    size_t                       of[BARS_MOST], n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    char   title[FORMAT_NAME], now[FORMAT_VALUE], then[FORMAT_VALUE], subtitle[FORMAT_NAME];
    double most = 1e-9;
    struct text text;
    n = pools_of(sizing, 0, of, BARS_MOST);
    for (size_t k = 0; k < n; k++)
        most = fmax(most, fmax(pools[of[k]].cost, pools[of[k]].cost_now));
    const enum tsim_unit unit = info->money ? TSIM_UNIT_MONEY : TSIM_UNIT_COUNT;
    text_open(&text, title, sizeof title);
    text_add(&text, "What agents cost a day: %s now, %s then",
             format_value(info->cost_now, unit, info->currency, false, now, sizeof now),
             format_value(info->cost, unit, info->currency, false, then, sizeof then));
    gp_clean(subtitle, sizeof subtitle, info->scenario, 60);
    const struct frame frame = { .title = title, .subtitle = subtitle, .width = 860,
                                 .height = 150 + 56 * (unsigned)n, .legend = 1, .xlabel = true };
    frame_write(&frame, to);
    fputs("set ytics scale 0 (", to);
    for (size_t k = 0; k < n; k++) {
        fputs(k ? ", " : "", to);
        gp_tick(to, pools[of[k]].pool, 24);
        fprintf(to, " %zu", k);
    }
    fprintf(to, ")\nset lmargin at screen 0.19\nset border 2\nset grid noytics\n"
            "set yrange [%g:-0.6]\nset xrange [0:%.9g]\nset xtics format '%%.0f'\n"
            "set xlabel ", (double)n - 0.4, most * 1.25);
    text_open(&text, title, sizeof title);
    text_add(&text, "%s a day", !info->money                        ? "agent hours"
                                : info->currency && *info->currency ? info->currency : "money");
    gp_label(to, title, 40);
    fputs(" tc rgb '#444444'\n", to);
    write_values(sizing, of, n, to);
    fputs("plot data skip 1 using 2:1:(0):2:($1-0.36):($1-0.04) with boxxyerror \\\n"
          "        fs solid 1.0 noborder fc rgb '#8a8a8a' title 'now', \\\n"
          "    '' skip 1 using 3:1:(0):3:($1+0.04):($1+0.36) with boxxyerror \\\n"
          "        fs solid 1.0 noborder fc rgb '#0072b2' title 'needed'\n", to);
}

/* ---- all of them */

void plot_size_pictures(const struct tsim_sizing *sizing, struct picture pictures[SIZE_PICTURES])
{
    const size_t pages = pages_of(sizing);
    pictures[0] = (struct picture){ .name = "cost", .title = "What agents cost, now and then",
                                    .of = sizing, .data = cost_data, .script = cost_script };
    for (size_t page = 0; page < SIZE_PAGES_MOST; page++) {
        struct picture *picture = &pictures[1 + page];
        *picture = (struct picture){ .title = "Agents over time, beside the load", .of = sizing,
                                     .page = page, .data = page < pages ? staffing_data : NULL,
                                     .script = staffing_script };
        picture_name(picture, "staffing", page);
    }
}
