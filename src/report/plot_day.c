/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens over the report cycle, a panel for each tier: load beside staffing, and the
 * service level with its interval and what was promised. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/finding.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

static struct tsim_estimate at(const struct tsim_result *result, size_t tier, size_t interval,
                               const char *measure)
{
    size_t intervals = tsim_result_entries(result, TSIM_SCOPE_INTERVAL);
    return finding_value(result, TSIM_SCOPE_TIER_INTERVAL, tier * intervals + interval, measure);
}

/* Pages when a measure says anything in at least four intervals. */
static size_t pages_of(const struct tsim_result *result, const char *measure)
{
    size_t      tiers = tsim_result_entries(result, TSIM_SCOPE_TIER);
    struct span span  = finding_active(result);
    for (size_t t = 0; t < tiers; t++) {
        size_t n = 0;
        for (size_t i = span.first; i < span.end; i++)
            n += at(result, t, i, measure).defined && at(result, t, i, measure).value > 0;
        if (n >= 4)
            return plot_tier_pages(result);
    }
    return 0;
}

/* ---- the axis of time, in hours since the midnight before time 0 */

static void write_days(const struct tsim_run_info *info, double from, double until, bool named,
                       FILE *to)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    unsigned                 start  = 0;
    for (unsigned d = 0; d < 7; d++)
        if (info->start_day && strncmp(info->start_day, days[d], 3) == 0)
            start = d;
    /* Names stand at noon, lines at midnight. */
    double step = ceil((until - from) / 24 / 14);
    fputs("set xtics scale 0 (", to);
    bool any = false;
    for (double day = floor(from / 24); day * 24 < until; day += step) {
        double noon = day * 24 + 12;
        if (noon >= from && noon <= until) {
            fprintf(to, "%s'%s' %g", any ? ", " : "",
                    named ? days[(start + (unsigned)fmod(day, 7)) % 7] : "", noon);
            any = true;
        }
        if (day * 24 > from) {
            fprintf(to, "%s'' %g 1", any ? ", " : "", day * 24);
            any = true;
        }
    }
    fputs(")\nset grid noxtics mxtics\n", to);
}

/* `named` is for the lowest panel; the others have the same lines without words. */
static void write_time_axis(const struct tsim_result *result, bool named, FILE *to)
{
    static const double         steps[] = { 0.25, 0.5, 1, 2, 3, 4, 6 };
    const struct tsim_run_info *info    = tsim_result_info(result);
    struct span                 span    = finding_active(result);
    double from = finding_hours(info, span.first), until = finding_hours(info, span.end);
    fprintf(to, "set xrange [%.6g:%.6g]\n", from, until);
    if (info->cycle_s > 86400.5) {
        write_days(info, from, until, named, to);
        return;
    }
    double step = 6;
    for (size_t s = sizeof steps / sizeof *steps; s-- > 0;)
        if ((until - from) / steps[s] <= 12)
            step = steps[s];
    fputs("set xtics (", to);
    bool any = false;
    for (double hour = ceil(from / step) * step; hour <= until + 1e-9; hour += step) {
        unsigned minute = (unsigned)(hour * 60 + 0.5);
        bool     end    = hour >= until - 1e-9 && minute % 1440 == 0;
        if (named)
            fprintf(to, "%s'%02u:%02u' %g", any ? ", " : "", end ? 24 : minute / 60 % 24,
                    minute % 60, hour);
        else
            fprintf(to, "%s'' %g", any ? ", " : "", hour);
        any = true;
    }
    fputs(")\n", to);
}

/* The name of a tier above its panel, and what the panel's axis counts. */
static void write_panel(const struct tsim_result *result, size_t tier, size_t panel, FILE *to)
{
    if (panel == 1)
        fputs("unset label 1\nunset label 2\nunset key\n", to);
    fputs("set label 3 ", to);
    gp_label(to, tsim_result_entry(result, TSIM_SCOPE_TIER, tier), 60);
    fputs(" at graph 0,1 offset character 0.4,0.7 left front font 'sans-serif,14' "
          "tc rgb '#222222'\n",
          to);
}

/* A header of one text column: the tier and what is measured, commas in front. */
static void write_column(FILE *to, const struct tsim_result *result, size_t tier, const char *what)
{
    char        name[FORMAT_NAME], column[FORMAT_NAME + 40];
    struct text text;
    gp_clean(name, sizeof name, tsim_result_entry(result, TSIM_SCOPE_TIER, tier), 120);
    text_open(&text, column, sizeof column);
    text_add(&text, "%s: %s", name, what);
    fputc(',', to);
    csv_write_text(to, column);
}

static void write_time(const struct tsim_result *result, size_t interval, FILE *to)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    char                        clock[FORMAT_VALUE];
    fprintf(to, "%.6g,%s", finding_hours(info, interval),
            finding_clock(info, interval, clock, sizeof clock));
}

/* ---- load and staffing */

static const char *const load_measures[] = { "agents", "load", "busy" };

static size_t load_pages(const struct tsim_result *result)
{
    size_t pages = pages_of(result, "load");
    return pages ? pages : pages_of(result, "busy");
}

static void load_data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    struct span span  = finding_active(result);
    size_t      first = plot_first_tier(page), end = plot_end_tier(result, page);
    fputs("hour,clock", to);
    for (size_t t = first; t < end; t++)
        for (size_t m = 0; m < 3; m++)
            write_column(to, result, t, load_measures[m]);
    fputs("\r\n", to);
    /* Each value holds until the next row, so the last is written once more at the end. */
    for (size_t i = span.first; i <= span.end; i++) {
        write_time(result, i, to);
        for (size_t t = first; t < end; t++) {
            for (size_t m = 0; m < 3; m++) {
                size_t               row = i < span.end ? i : span.end - 1;
                struct tsim_estimate e   = at(result, t, row, load_measures[m]);
                tables_number(to, e.value, e.defined);
            }
        }
        fputs("\r\n", to);
    }
}

static double highest(const struct tsim_result *result, size_t tier)
{
    double      most = 0;
    struct span span = finding_active(result);
    for (size_t i = span.first; i < span.end; i++)
        for (size_t m = 0; m < 3; m++)
            most = fmax(most, at(result, tier, i, load_measures[m]).value);
    return most;
}

static void load_script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    size_t first = plot_first_tier(page), end = plot_end_tier(result, page), n = end - first;
    char   subtitle[300];
    frame_subtitle(result, false, subtitle, sizeof subtitle);
    const struct frame frame = { .title    = "Load and staffing",
                                 .subtitle = subtitle,
                                 .width    = 920,
                                 .height   = 160 + (n > 1 ? 164 : 280) * (unsigned)n,
                                 .legend   = 1,
                                 .panels   = n };
    frame_write(&frame, to);
    fputs("set ylabel 'people' offset 1,0 tc rgb '#444444'\n", to);
    for (size_t t = first; t < end; t++) {
        size_t column = 3 + 3 * (t - first);
        double most   = highest(result, t);
        write_time_axis(result, t + 1 == end, to);
        write_panel(result, t, t - first, to);
        fprintf(to, "set yrange [0:%.6g]\nset ytics autofreq %s\n", most > 0 ? most * 1.12 : 1,
                most > 0 && most <= 8 ? "1" : "");
        fprintf(to,
                "plot data skip 1 using 1:%zu with fillsteps fc rgb '#9ecae1' "
                "fs solid 0.75 noborder title 'work offered, in people', \\\n"
                "    '' skip 1 using 1:%zu with steps lw 1.8 dt 3 lc rgb '#0072b2' "
                "title 'busy', \\\n"
                "    '' skip 1 using 1:%zu with steps lw 2.2 dt 1 lc rgb '#d55e00' "
                "title 'on duty'\n",
                column + 1, column + 2, column);
    }
    fputs("unset multiplot\n", to);
}

const struct plot plot_load = {
    .name   = "load",
    .title  = "Work offered, people busy and people on duty by interval",
    .pages  = load_pages,
    .data   = load_data,
    .script = load_script,
};

/* ---- service level */

static size_t service_pages(const struct tsim_result *result)
{
    return pages_of(result, "service_level");
}

static void service_data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    static const char *const columns[] = { "in time", "low", "high" };
    struct span              span      = finding_active(result);
    size_t                   first = plot_first_tier(page), end = plot_end_tier(result, page);
    double                   half = tsim_result_info(result)->interval_s / 7200;
    fputs("hour,clock,middle", to);
    for (size_t t = first; t < end; t++)
        for (size_t m = 0; m < 3; m++)
            write_column(to, result, t, columns[m]);
    fputs("\r\n", to);
    for (size_t i = span.first; i < span.end; i++) {
        write_time(result, i, to);
        tables_number(to, finding_hours(tsim_result_info(result), i) + half, true);
        for (size_t t = first; t < end; t++) {
            struct tsim_estimate e = at(result, t, i, "service_level");
            tables_number(to, e.value, e.defined);
            tables_number(to, fmax(0, e.low), e.defined && e.has_interval);
            tables_number(to, fmin(1, e.high), e.defined && e.has_interval);
        }
        fputs("\r\n", to);
    }
}

/* The share promised of a tier; 0 when there is none. */
static double promised(const struct tsim_result *result, size_t tier)
{
    size_t                     count;
    const struct tsim_promise *promises = tsim_result_promises(result, &count);
    for (size_t i = 0; i < count; i++)
        if (promises[i].unit == TSIM_UNIT_SHARE && promises[i].at_least &&
            finding_promise_tier(result, &promises[i]) == tier)
            return promises[i].target;
    return 0;
}

static double lowest(const struct tsim_result *result, size_t tier)
{
    double      least = promised(result, tier) > 0 ? promised(result, tier) : 1;
    struct span span  = finding_active(result);
    for (size_t i = span.first; i < span.end; i++) {
        struct tsim_estimate e = at(result, tier, i, "service_level");
        if (e.defined)
            least = fmin(least, fmax(0, e.low));
    }
    return floor(fmin(least * 100 - 2, 90) / 10) * 10;
}

static void service_script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    size_t first = plot_first_tier(page), end = plot_end_tier(result, page), n = end - first;
    char   subtitle[300];
    bool   any_promised = false;
    for (size_t t = first; t < end; t++)
        any_promised = any_promised || promised(result, t) > 0;
    bool   points = finding_active(result).end - finding_active(result).first <= 60;
    frame_subtitle(result, false, subtitle, sizeof subtitle);
    const struct frame frame = { .title    = "Answered in time, by time of arrival",
                                 .subtitle = subtitle,
                                 .width    = 920,
                                 .height   = 160 + (n > 1 ? 164 : 280) * (unsigned)n,
                                 .legend   = 1,
                                 .panels   = n };
    frame_write(&frame, to);
    fputs("set ytics format '%g %%'\n", to);
    for (size_t t = first; t < end; t++) {
        size_t column = 4 + 3 * (t - first);
        double target = promised(result, t), least = fmax(0, lowest(result, t));
        write_time_axis(result, t + 1 == end, to);
        write_panel(result, t, t - first, to);
        fprintf(to, "set yrange [%g:102]\nset ytics %g\n", least,
                100 - least > 60 ? 25.0 : 100 - least > 30 ? 20.0 : 10.0);
        /* "column(n)", not "$n": gnuplot would join the curve over intervals without a value. */
        fprintf(to,
                "plot data skip 1 using 3:(valid(%zu)?column(%zu)*100:NaN):(column(%zu)*100) "
                "with filledcurves \\\n"
                "        fc rgb '#9ecae1' fs solid 0.7 noborder title '%.4g %% interval', \\\n",
                column + 1, column + 1, column + 2, tsim_result_info(result)->confidence * 100);
        fprintf(to,
                "    '' skip 1 using 3:(valid(%zu)?column(%zu)*100:NaN) with %s lw 2 "
                "lc rgb '#0072b2' title 'in time'",
                column, column, points ? "linespoints pt 7 ps 0.35" : "lines");
        if (target > 0)
            fprintf(to, ", \\\n    %.17g with lines lw 1.8 dt 2 lc rgb '#d55e00' title 'promised'",
                    target * 100);
        else if (t == first && any_promised)
            fputs(", \\\n    keyentry with lines lw 1.8 dt 2 lc rgb '#d55e00' title 'promised'",
                  to);
        fputs("\n", to);
    }
    fputs("unset multiplot\n", to);
}

const struct plot plot_service = {
    .name   = "service",
    .title  = "Share answered in time by interval of arrival",
    .pages  = service_pages,
    .data   = service_data,
    .script = service_script,
};
