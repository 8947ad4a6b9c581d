/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for each stress, in it a point for each promise: how far within it, or beyond. */
#include "report/plot_stress.h"

#include <math.h>

#include <tiersim/stress.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/stressed.h"
#include "report/tables.h"

enum { PROMISES_MOST = 6 };

static size_t promises_shown(const struct tsim_stress *stress)
{
    size_t n;
    stressed_promises(stress, &n);
    return n < PROMISES_MOST ? n : PROMISES_MOST;
}

/* Room that is left: points of a share, per cent of any other target; below 0 it is broken. */
static double room(const struct tsim_promise *promise, double value)
{
    const double off = promise->at_least ? value - promise->target : promise->target - value;
    if (promise->unit == TSIM_UNIT_SHARE)
        return 100 * off;
    return promise->target > 0 ? 100 * off / promise->target : 0;
}

/* The lines of one promise. */
void plot_stress_data(const struct picture *picture, FILE *to)
{
    size_t                      n;
    const struct tsim_stressed *list = tsim_stress_list(picture->of, &n);
    fputs("promise,row,room,low,high,stress\r\n", to);
    for (size_t k = 0; k < promises_shown(picture->of); k++)
        for (size_t i = 0; i < n; i++) {
            const struct tsim_promise *promise = tsim_stress_promise(picture->of, i, k);
            const bool is = promise && promise->estimate.has_interval;
            char       name[FORMAT_NAME];
            fprintf(to, "%zu,%zu", k, i);
            tables_number(to, is ? room(promise, promise->estimate.value) : 0, is);
            tables_number(to, is ? room(promise, promise->estimate.low) : 0, is);
            tables_number(to, is ? room(promise, promise->estimate.high) : 0, is);
            gp_clean(name, sizeof name, list[i].name, 60);
            fputc(',', to);
            csv_write_text(to, name);
            fputs("\r\n", to);
        }
}

static void write_rows(const struct tsim_stress *stress, FILE *to)
{
    size_t                      n;
    const struct tsim_stressed *list = tsim_stress_list(stress, &n);
    fputs("set ytics scale 0 (", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ", " : "", to);
        gp_tick(to, list[i].name, 34);
        fprintf(to, " %zu", i);
    }
    fputs(")\n", to);
}

void plot_stress_script(const struct picture *picture, FILE *to)
{
    const struct tsim_stress      *stress = picture->of;
    const struct tsim_stress_info *info = tsim_stress_info(stress);
    const size_t                   shown = promises_shown(stress);
    size_t                         n, n_promises;
    const struct tsim_promise     *promises = stressed_promises(stress, &n_promises);
    char                           subtitle[300], name[FORMAT_NAME];
    struct text                    text;
    tsim_stress_list(stress, &n);
    text_open(&text, subtitle, sizeof subtitle);
    text_add(&text, "the same customers under every stress; whiskers are %.4g %% intervals%s",
             info->confidence * 100, info->complete ? "" : "  ·  PARTIAL RUN");
    const struct frame frame = { .title = "Promises under stress", .subtitle = subtitle,
                                 .width = 860,
                                 .height = 190 + (unsigned)(18 * shown + n * (16 + 8 * shown)),
                                 .legend = shown > 1 ? (unsigned)shown - 1 : 1, .xlabel = true };
    frame_write(&frame, to);
    write_rows(stress, to);
    fprintf(to,
            "set lmargin at screen 0.30\nset border 3\n"
            "set yrange [%g:-0.6]\nset key at screen 0.30,screen %.4f left Left "
            "reverse vertical maxcols 1\n"
            "set arrow 1 from 0,graph 0 to 0,graph 1 nohead lc rgb '#888888' lw 1.2 back\n"
            "set xlabel 'room to the target: points of a share, per cent of another "
            "(left of 0: broken)' tc rgb '#444444'\nplot ",
            (double)n - 0.4, 1 - 62.0 / frame.height);
    for (size_t k = 0; k < shown; k++) {
        const double shift = 0.7 * ((double)k + 0.5) / (double)shown - 0.35;
        fprintf(to,
                "%sdata skip 1 using ($1==%zu ? $3 : NaN):($2%+.4f):4:5 with xerrorbars \\\n"
                "    pt 7 ps 0.6 lw 1.6 lc rgb '%s' title ",
                k > 0 ? ", \\\n    " : "", k, shift, plot_color(k));
        gp_clean(name, sizeof name, promises[k].text, 60);
        gp_label(to, name, 60);
    }
    fputc('\n', to);
}
