/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences with their intervals: a row for each measure, a mark for each variant, in per cent
 * of the first scenario's value so that all fit one axis. */
#include "report/plot_compare.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/compared.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { VARIANTS_MOST = 6, ROWS_MOST = 24, WIDTH = 860 };

/* Measures of which a relative difference can be said for one of the variants of a page. */
static size_t rows_of(const struct tsim_comparison *comparison, size_t page, size_t *rows)
{
    size_t n_points, n_measures, n = 0;
    tsim_comparison_points(comparison, &n_points);
    tsim_comparison_measures(comparison, &n_measures);
    const size_t first = 1 + page * VARIANTS_MOST;
    for (size_t m = 0; m < n_measures && n < ROWS_MOST; m++) {
        const struct tsim_estimate base = tsim_comparison_value(comparison, 0, m);
        bool                       any = false;
        for (size_t p = first; p < first + VARIANTS_MOST && p < n_points; p++)
            any |= tsim_comparison_difference(comparison, p, 0, m).difference.has_interval;
        if (any && base.defined && base.value != 0)
            rows[n++] = m;
    }
    return n;
}

/* 0: nothing to show. */
static size_t pages_of(const struct tsim_comparison *comparison)
{
    size_t n, rows[ROWS_MOST];
    tsim_comparison_points(comparison, &n);
    return rows_of(comparison, 0, rows) > 0 ? (n - 2) / VARIANTS_MOST + 1 : 0;
}

/* The lines of one variant; a blank line ends them. */
static void write_data(const struct picture *picture, FILE *to)
{
    const struct tsim_comparison *comparison = picture->of;
    size_t                        rows[ROWS_MOST], n_points, n_measures;
    const size_t                  n = rows_of(comparison, picture->page, rows);
    const struct tsim_point      *points = tsim_comparison_points(comparison, &n_points);
    const struct tsim_compared   *measures = tsim_comparison_measures(comparison, &n_measures);
    const size_t                  first = 1 + picture->page * VARIANTS_MOST;
    fputs("variant,row,difference,low,high,name,measure\r\n", to);
    for (size_t p = first; p < first + VARIANTS_MOST && p < n_points; p++)
        for (size_t i = 0; i < n; i++) {
            const struct tsim_estimate d =
                tsim_comparison_difference(comparison, p, 0, rows[i]).difference;
            const double base = fabs(tsim_comparison_value(comparison, 0, rows[i]).value);
            char         name[FORMAT_NAME];
            fprintf(to, "%zu,%zu", p - first, i);
            tables_number(to, 100 * d.value / base, d.has_interval);
            tables_number(to, 100 * d.low / base, d.has_interval);
            tables_number(to, 100 * d.high / base, d.has_interval);
            gp_clean(name, sizeof name, points[p].name, 60);
            fputc(',', to);
            csv_write_text(to, name);
            gp_clean(name, sizeof name, measures[rows[i]].name, 60);
            fputc(',', to);
            csv_write_text(to, name);
            fputs("\r\n", to);
        }
}

static void write_rows(const struct tsim_comparison *comparison, const size_t *rows, size_t n,
                       FILE *to)
{
    size_t                      n_measures;
    const struct tsim_compared *measures = tsim_comparison_measures(comparison, &n_measures);
    fputs("set ytics scale 0 (", to);
    for (size_t i = 0; i < n; i++) {
        char words[FORMAT_NAME];
        fputs(i ? ", " : "", to);
        gp_tick(to, compared_words(&measures[rows[i]], words, sizeof words), 34);
        fprintf(to, " %zu", i);
    }
    fputs(")\n", to);
}

/* How many names of variants stand beside each other over the plot: as the longest allows. */
static size_t legend_columns(const struct tsim_point *points, size_t first, size_t end)
{
    const double room = 0.62 * WIDTH, sign = 64, letter = 7.2; /* pixels */
    size_t       longest = 1;
    for (size_t p = first; p < end; p++) {
        char name[FORMAT_NAME];
        gp_clean(name, sizeof name, points[p].name, 40);
        longest = text_columns(name) > longest ? text_columns(name) : longest;
    }
    const size_t fit = (size_t)(room / (sign + letter * (double)longest));
    return fit < 1 ? 1 : fit > end - first ? end - first : fit;
}

static void write_script(const struct picture *picture, FILE *to)
{
    const struct tsim_comparison      *comparison = picture->of;
    const struct tsim_comparison_info *info = tsim_comparison_info(comparison);
    size_t                             rows[ROWS_MOST], n_points;
    const size_t                       n = rows_of(comparison, picture->page, rows);
    const struct tsim_point           *points = tsim_comparison_points(comparison, &n_points);
    const size_t                       first = 1 + picture->page * VARIANTS_MOST;
    const size_t end = first + VARIANTS_MOST < n_points ? first + VARIANTS_MOST : n_points;
    char         title[300], subtitle[300], name[FORMAT_NAME];
    struct text  text;
    gp_clean(name, sizeof name, points[0].name, 40);
    text_open(&text, title, sizeof title);
    text_add(&text, "What differs from %s", name);
    text_open(&text, subtitle, sizeof subtitle);
    text_add(&text, "%u replications on the same customers, intervals hold together with %.4g %%%s",
             (unsigned)info->replications, info->confidence * 100,
             info->complete ? "" : "  ·  PARTIAL RUN");
    const size_t       columns = legend_columns(points, first, end);
    const unsigned     legend = (unsigned)((end - first + columns - 1) / columns);
    const struct frame frame = { .title = title, .subtitle = subtitle, .width = WIDTH,
                                 .height = 166 + 24 * legend +
                                           (unsigned)(n * (18 + 10 * (end - first))),
                                 .legend = legend, .xlabel = true };
    frame_write(&frame, to);
    write_rows(comparison, rows, n, to);
    fprintf(to,
            "set lmargin at screen 0.36\nset border 3\n"
            "set yrange [%g:-0.6]\nset key at screen 0.36,screen %.4f left Left "
            "reverse horizontal maxrows auto maxcols %zu\n"
            "set arrow 1 from 0,graph 0 to 0,graph 1 nohead lc rgb '#888888' lw 1.2 back\n"
            "set xlabel ",
            (double)n - 0.4, 1 - 72.0 / frame.height, columns);
    text_open(&text, title, sizeof title);
    text_add(&text, "difference in %% of %s", name);
    gp_label(to, title, 60);
    fputs(" tc rgb '#444444'\nplot ", to);
    for (size_t p = first; p < end; p++) {
        const double shift = 0.7 * ((double)(p - first) + 0.5) / (double)(end - first) - 0.35;
        fprintf(to,
                "%sdata skip 1 using ($1==%zu ? $3 : NaN):($2%+.4f):4:5 with xerrorbars \\\n"
                "    pt 7 ps 0.6 lw 1.6 lc rgb '%s' title ",
                p > first ? ", \\\n    " : "", p - first, shift, plot_color(p - first));
        gp_clean(name, sizeof name, points[p].name, 40);
        gp_label(to, name, 40);
    }
    fputc('\n', to);
}

void plot_compare_pictures(const struct tsim_comparison *comparison,
                           struct picture pictures[COMPARE_PICTURES])
{
    const size_t pages = pages_of(comparison);
    for (size_t page = 0; page < COMPARE_PICTURES; page++) {
        pictures[page] = (struct picture){ .title = "Differences with their intervals",
                                           .of = comparison, .page = page,
                                           .data = page < pages ? write_data : NULL,
                                           .script = write_script };
        picture_name(&pictures[page], "differences", page);
    }
}
