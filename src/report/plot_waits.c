/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long people wait: for each tier the share answered within a time, as a curve. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

/* The waits of a page's tiers that have any; returns how many. */
static size_t curves(const struct tsim_result *result, size_t page,
                     const struct tsim_distribution **found)
{
    size_t                          count, n = 0;
    const struct tsim_distribution *all = tsim_result_distributions(result, &count);
    for (size_t t = plot_first_tier(page); t < plot_end_tier(result, page); t++) {
        const char *tier = tsim_result_entry(result, TSIM_SCOPE_TIER, t);
        for (size_t i = 0; i < count; i++) {
            if (strcmp(all[i].name, "wait") != 0 || strcmp(all[i].entry, tier) != 0 ||
                all[i].count == 0 || all[i].bars == 0)
                continue;
            found[n++] = &all[i];
            break;
        }
    }
    return n;
}

static size_t pages(const struct tsim_result *result)
{
    const struct tsim_distribution *found[PLOT_TIERS];
    size_t                          last = 0;
    for (size_t page = 0; page < plot_tier_pages(result); page++)
        if (curves(result, page, found) > 0)
            last = page + 1;
    return last;
}

/* From a second to where all curves have all but ended. */
static double last_second(const struct tsim_distribution **found, size_t n)
{
    double until = 10;
    for (size_t c = 0; c < n; c++) {
        double sum = 0;
        for (size_t b = 0; b < found[c]->bars && sum < 0.999; b++) {
            sum += found[c]->shares[b];
            if (isfinite(found[c]->edges[b + 1]))
                until = fmax(until, found[c]->edges[b + 1]);
        }
    }
    return until;
}

/* Row `row` of a curve: at an edge of its bars, the share of all bars before it. Before the first
 * edge stand those who did not wait, behind the last everybody, so that every curve spans the
 * picture. False behind its end. */
static bool point(const struct tsim_distribution *waits, size_t row, double until, double *seconds,
                  double *share)
{
    *share   = row > 0 ? 0 : waits->shares[0];
    *seconds = row > 0 && row <= waits->bars ? waits->edges[row] : fmin(1, waits->edges[1]);
    for (size_t b = 0; b < row && b < waits->bars; b++)
        *share += waits->shares[b];
    if (row == waits->bars + 1)
        *seconds = fmax(until, waits->edges[waits->bars]);
    *share = fmin(*share, 1);
    return row <= waits->bars + 1 && isfinite(*seconds) && isfinite(*share);
}

static void data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    const struct tsim_distribution *found[PLOT_TIERS];
    size_t                          n = curves(result, page, found), rows = 0;
    double                          until = last_second(found, n);
    for (size_t c = 0; c < n; c++) {
        char        name[FORMAT_NAME], column[FORMAT_NAME + 40];
        struct text text;
        gp_clean(name, sizeof name, found[c]->entry, 120);
        text_open(&text, column, sizeof column);
        text_add(&text, "%s: within", name);
        fprintf(to, "%sseconds,", c ? "," : "");
        csv_write_text(to, column);
        rows = found[c]->bars + 2 > rows ? found[c]->bars + 2 : rows;
    }
    fputs("\r\n", to);
    for (size_t row = 0; row < rows; row++) {
        for (size_t c = 0; c < n; c++) {
            double seconds, share;
            bool   there = point(found[c], row, until, &seconds, &share);
            fputs(c ? "," : "", to);
            if (there)
                fprintf(to, "%.9g", seconds);
            tables_number(to, share, there);
        }
        fputs("\r\n", to);
    }
}

static void write_ticks(double until, FILE *to)
{
    static const struct {
        double      seconds;
        const char *label;
    } ticks[] = {
        { 1, "1 s" },        { 5, "5 s" },         { 15, "15 s" },       { 60, "1 min" },
        { 300, "5 min" },    { 900, "15 min" },    { 3600, "1 h" },      { 14400, "4 h" },
        { 43200, "12 h" },   { 172800, "2 d" },    { 604800, "7 d" },    { 2592000, "30 d" },
        { 7776000, "90 d" }, { 31536000, "1 a" },  { 315360000, "10 a" },
    };
    bool any = false;
    fputs("set xtics (", to);
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        if (ticks[i].seconds > until)
            continue;
        fprintf(to, "%s'%s' %g", any ? ", " : "", ticks[i].label, ticks[i].seconds);
        any = true;
    }
    fputs(")\n", to);
}

static void script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    const struct tsim_distribution *found[PLOT_TIERS];
    size_t                          n = curves(result, page, found);
    double                          until = last_second(found, n);
    char                            subtitle[300];
    static const unsigned           points[] = { 7, 5, 9, 13, 4, 6 };
    frame_subtitle(result, false, subtitle, sizeof subtitle);
    const struct frame frame = { .title    = "How long people wait at each tier",
                                 .subtitle = subtitle,
                                 .width    = 860,
                                 .height   = 480,
                                 .legend   = n > 3 ? (unsigned)(n + 1) / 2 : 1,
                                 .axis     = "answered within that time",
                                 .xlabel   = true };
    frame_write(&frame, to);
    fprintf(to, "set logscale x\nset xrange [1:%g]\n", until);
    write_ticks(until, to);
    fputs("set yrange [0:103]\nset ytics 0,10,100 format '%g %%'\n"
          "set xlabel 'waiting time' tc rgb '#444444'\n"
          "plot ",
          to);
    for (size_t c = 0; c < n; c++) {
        fprintf(to,
                "%sskip 1 using %zu:($%zu*100) with linespoints lw 2.2 dt %u pt %u ps 0.6 "
                "pi %zu lc rgb '%s' title ",
                c ? ", \\\n    '' " : "data ", 2 * c + 1, 2 * c + 2, plot_dash(c), points[c],
                found[c]->bars / 10 + 3 + c, plot_color(c));
        gp_label(to, found[c]->entry, 24);
    }
    fputs("\n", to);
}

const struct plot plot_waits = {
    .name   = "waits",
    .title  = "Share answered within a waiting time, by tier",
    .pages  = pages,
    .data   = data,
    .script = script,
};
