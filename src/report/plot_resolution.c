/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The resolution split: for each tier its target beside what happened. */
#include <math.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { SPLIT_TIERS = 12 };

static size_t pages(const struct tsim_result *result)
{
    size_t                   count;
    const struct tsim_split *split = tsim_result_split(result, &count);
    for (size_t i = 0; i < count; i++)
        if (split[i].share.defined && isfinite(split[i].share.value))
            return (count + SPLIT_TIERS - 1) / SPLIT_TIERS;
    return 0;
}

static size_t last(size_t count, size_t page)
{
    size_t end = (page + 1) * SPLIT_TIERS;
    return end < count ? end : count;
}

static void data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    size_t                   count;
    const struct tsim_split *split = tsim_result_split(result, &count);
    fputs("position,target,share,low,high,tier\r\n", to);
    for (size_t i = page * SPLIT_TIERS; i < last(count, page); i++) {
        const struct tsim_estimate *share = &split[i].share;
        char                        name[FORMAT_NAME];
        fprintf(to, "%zu", i - page * SPLIT_TIERS);
        tables_number(to, split[i].target, true);
        tables_number(to, share->value, share->defined);
        tables_number(to, share->low, share->defined && share->has_interval);
        tables_number(to, share->high, share->defined && share->has_interval);
        gp_clean(name, sizeof name, split[i].tier, 120);
        fputc(',', to);
        csv_write_text(to, name);
        fputs("\r\n", to);
    }
}

static void script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    size_t                   count, first = page * SPLIT_TIERS;
    const struct tsim_split *split = tsim_result_split(result, &count);
    size_t                   end = last(count, page), n = end - first;
    char                     subtitle[300];
    frame_subtitle(result, true, subtitle, sizeof subtitle);
    const struct frame frame = { .title    = "Who resolves what, against the target",
                                 .subtitle = subtitle,
                                 .width    = n > 4 ? 160 + 140 * (unsigned)n : 760,
                                 .height   = 460,
                                 .legend   = 1,
                                 .axis     = "share of what people resolve" };
    frame_write(&frame, to);
    fputs("set yrange [0:109]\nset ytics 0,20,100 format '%g %%'\n"
          "set grid noxtics\n",
          to);
    fprintf(to, "set xrange [-0.6:%g]\nset xtics scale 0 (", (double)n - 0.4);
    for (size_t i = first; i < end; i++) {
        fputs(i > first ? ", " : "", to);
        gp_tick(to, split[i].tier, 16);
        fprintf(to, " %zu", i - first);
    }
    fputs(") font 'sans-serif,14'\n"
          "plot data skip 1 using ($1-0.19):($2*100):(0.34) with boxes \\\n"
          "        fs solid 1.0 border lc rgb '#8a8a8a' fc rgb '#dcdcdc' title 'target', \\\n"
          "    '' skip 1 using ($1+0.19):($3*100):(0.34) with boxes \\\n"
          "        fs solid 1.0 noborder fc rgb '#0072b2' title 'resolved', \\\n"
          "    '' skip 1 using ($1+0.19):($4*100):(0):(($5-$4)*100) with vectors \\\n"
          "        heads size screen 0.007,90 fixed lw 1.6 lc rgb '#222222', \\\n"
          "    '' skip 1 using ($1-0.19):($2*100):(sprintf('%.3g %%', $2*100)) \\\n"
          "        with labels center offset 0,0.7 tc rgb '#666666', \\\n"
          "    '' skip 1 using ($1+0.19):((valid(5)?$5:$3)*100):(sprintf('%.1f %%', $3*100)) \\\n"
          "        with labels center offset 0,0.7 tc rgb '#004c7a' font 'sans-serif,14'\n",
          to);
}

const struct plot plot_resolution = {
    .name   = "resolution",
    .title  = "Who resolves what, against the target",
    .pages  = pages,
    .data   = data,
    .script = script,
};
