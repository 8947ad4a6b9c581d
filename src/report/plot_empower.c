/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two panels over the limits tried, one place for each: what a day costs, above or below the
 * cheapest, with intervals of the paired differences, and the curve without queues; and the shares
 * escalated and in need of authority. */
#include "report/plot_empower.h"

#include <math.h>

#include <tiersim/empower.h>

#include "base/text.h"
#include "report/empowered.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

void plot_empower_data(const struct picture *picture, FILE *to)
{
    const struct tsim_empowerment      *empowerment = picture->of;
    const struct tsim_empowerment_info *info = tsim_empowerment_info(empowerment);
    size_t                              n;
    const struct tsim_limit *limits = tsim_empowerment_limits(empowerment, &n);
    const double             base = limits[info->no_queue_cheapest].no_queue;
    fputs("position,dearer,low,high,no_queue_dearer,escalated,for_authority,limit\r\n", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_limit *limit = &limits[i];
        const bool               best = i == info->cheapest;
        fprintf(to, "%zu", i);
        tables_number(to, best ? 0 : limit->dearer.value, best || limit->dearer.defined);
        tables_number(to, best ? 0 : limit->dearer.low, best || limit->dearer.has_interval);
        tables_number(to, best ? 0 : limit->dearer.high, best || limit->dearer.has_interval);
        tables_number(to, limit->no_queue - base, info->no_queue_known);
        tables_number(to, 100 * limit->escalated.value, limit->escalated.defined);
        tables_number(to, 100 * limit->for_authority.value, limit->for_authority.defined);
        tables_number(to, limit->limit, isfinite(limit->limit));
        fputs("\r\n", to);
    }
}

static void write_limits(const struct tsim_empowerment *empowerment, FILE *to)
{
    const struct tsim_empowerment_info *info = tsim_empowerment_info(empowerment);
    size_t                              n;
    const struct tsim_limit *limits = tsim_empowerment_limits(empowerment, &n);
    fputs("set xtics scale 0.6 (", to);
    for (size_t i = 0; i < n; i++) {
        char words[FORMAT_VALUE];
        empowered_limit(&limits[i], "", false, words, sizeof words);
        fputs(i ? ", " : "", to);
        gp_tick(to, words, 12);
        fprintf(to, " %zu", i);
    }
    fprintf(to, ")\nset xrange [-0.5:%g]\n", (double)n - 0.5);
    for (size_t i = 0; i < n; i++)
        if (limits[i].now)
            fprintf(to, "set arrow 1 from %zu,graph 0 to %zu,graph 1 nohead dt 3 lc rgb "
                        "'#888888' back\n", i, i);
    if (info->flat_last > info->flat_first)
        fprintf(to, "set object 1 rect from %g,graph 0 to %g,graph 1 fs solid 0.25 noborder fc "
                    "rgb '#009e73' behind\n",
                (double)info->flat_first - 0.4, (double)info->flat_last + 0.4);
}

void plot_empower_script(const struct picture *picture, FILE *to)
{
    const struct tsim_empowerment      *empowerment = picture->of;
    const struct tsim_empowerment_info *info = tsim_empowerment_info(empowerment);
    char                                title[300], subtitle[300], name[FORMAT_NAME];
    struct text                         text;
    gp_clean(name, sizeof name, info->tier, 40);
    text_open(&text, title, sizeof title);
    text_add(&text, "What authority of %s buys", name);
    text_open(&text, subtitle, sizeof subtitle);
    text_add(&text, "the same customers for every limit; whiskers hold together with %.4g %%; "
                    "dotted: today%s", info->confidence * 100,
             info->flat_last > info->flat_first ? "; green: none shown to be dearer" : "");
    const struct frame frame = { .title = title, .subtitle = subtitle, .width = 860,
                                 .height = 620, .xlabel = true };
    frame_write(&frame, to);
    fputs("set multiplot\n", to);
    write_limits(empowerment, to);
    fputs("set lmargin at screen 0.11\nset rmargin at screen 0.97\n"
          "set tmargin at screen 0.84\nset bmargin at screen 0.47\n"
          "set key default\nset key inside left top Left reverse samplen 2.4\n"
          "set ylabel ", to);
    text_open(&text, title, sizeof title);
    text_add(&text, "%s a day above the cheapest",
             info->currency && *info->currency ? info->currency : "money");
    gp_label(to, title, 60);
    fputs("\nset format x ''\n"
          "plot data skip 1 using 1:2:3:4 with yerrorlines pt 7 ps 0.7 lw 1.8 lc rgb '#0072b2' \\\n"
          "    title 'simulated'", to);
    if (info->no_queue_known)
        fputs(", \\\n    '' skip 1 using 1:5 with lines dt 2 lw 1.6 lc rgb '#d55e00' \\\n"
              "    title 'without queues: concessions and their work'", to);
    fputs("\nunset label 1\nunset label 2\nset format x\n"
          "set tmargin at screen 0.41\nset bmargin at screen 0.10\nset key right top\n", to);
    write_limits(empowerment, to);
    fputs("set yrange [0:*]\nset ylabel '% of visits to the tier'\nset xlabel ", to);
    text_open(&text, title, sizeof title);
    text_add(&text, "authority limit of %s, %s", name,
             info->currency && *info->currency ? info->currency : "money");
    gp_label(to, title, 60);
    fputs(" tc rgb '#444444'\n"
          "plot data skip 1 using 1:6 with linespoints pt 7 ps 0.6 lw 1.8 lc rgb '#0072b2' \\\n"
          "    title 'escalated, whyever', \\\n"
          "    '' skip 1 using 1:7 with linespoints pt 5 ps 0.6 lw 1.8 dt 2 lc rgb '#cc79a7' \\\n"
          "    title 'for lack of authority'\nunset multiplot\n", to);
}
