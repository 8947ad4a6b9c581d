/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plots.h"

#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"

static const struct plot *const plots[PLOTS] = {
    &plot_resolution, &plot_flow, &plot_causes, &plot_load, &plot_service, &plot_waits,
    &plot_delays, &plot_cost,
};

/* ---- parts of scripts */

const char *plot_color(size_t i)
{
    /* The palette of Okabe and Ito, without its black and its yellow. */
    static const char *const colors[] = { "#0072b2", "#d55e00", "#009e73",
                                          "#cc79a7", "#e69f00", "#56b4e9" };
    return colors[i % 6];
}

unsigned plot_dash(size_t i)
{
    static const unsigned dashes[] = { 1, 2, 4, 5, 3, 6 };
    return dashes[i % 6];
}

size_t plot_tier_pages(const struct tsim_result *result)
{
    return (tsim_result_entries(result, TSIM_SCOPE_TIER) + PLOT_TIERS - 1) / PLOT_TIERS;
}

size_t plot_first_tier(size_t page)
{
    return page * PLOT_TIERS;
}

size_t plot_end_tier(const struct tsim_result *result, size_t page)
{
    size_t tiers = tsim_result_entries(result, TSIM_SCOPE_TIER), end = (page + 1) * PLOT_TIERS;
    return end < tiers ? end : tiers;
}

void frame_subtitle(const struct tsim_result *result, bool intervals, char *to, size_t size)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    char                        name[FORMAT_NAME], number[FORMAT_VALUE];
    struct text                 text;
    text_open(&text, to, size);
    gp_clean(name, sizeof name, info->scenario, 48);
    text_add(&text, "%s  ·  ", name);
    if (info->batches > 0)
        text_add(&text, "mean of %s batches of one run",
                 format_whole(info->batches, number, sizeof number));
    else if (info->replications == 1)
        text_add(&text, "one replication%s", intervals ? ", so no intervals" : "");
    else
        text_add(&text, "mean of %s replications",
                 format_whole(info->replications, number, sizeof number));
    if (info->replications > 1 && intervals)
        text_add(&text, ", whiskers are %.4g %% intervals", info->confidence * 100);
    if (!info->complete)
        text_add(&text, "  ·  PARTIAL RUN");
}

static void write_terminals(const struct frame *frame, FILE *to)
{
    unsigned w = frame->width, h = frame->height;
    fprintf(to,
            "if (!exists('format')) format = 'svg'\n"
            "if (!exists('picture')) picture = plot_name . '.' . format\n"
            "if (format eq 'png') {\n"
            "    set terminal pngcairo noenhanced size %u,%u fontscale 1.5 linewidth 2 \\\n"
            "        dashlength 0.5 pointscale 2 font 'sans-serif,13' background '#ffffff'\n"
            "} else { if (format eq 'pdf') {\n"
            "    set terminal pdfcairo noenhanced size %.3fin,%.3fin font 'sans-serif,13' \\\n"
            "        background '#ffffff'\n"
            "} else {\n"
            "    set terminal svg noenhanced size %u,%u dynamic font 'sans-serif,13' \\\n"
            "        background '#ffffff' name plot_name\n"
            "}}\n"
            "set output picture\n",
            2 * w, 2 * h, w / 72.0, h / 72.0, w, h);
}

static void write_style(FILE *to)
{
    fputs("set encoding utf8\n"
          "set datafile separator comma\n"
          "set border 3 lc rgb '#888888' lw 1\n"
          "set tics nomirror out scale 0.6 tc rgb '#444444'\n"
          "set grid xtics ytics back lt 1 lc rgb '#e4e4e4' lw 1\n"
          "set xtics offset 0,0.3\nset xlabel offset 0,0.5\n"
          "set style fill solid noborder\n",
          to);
}

void frame_write(const struct frame *frame, FILE *to)
{
    double height = frame->height, width = frame->width;
    double top = 1 - (74.0 + 24.0 * frame->legend + (frame->axis ? 16 : 0)) / height;
    double bottom = (frame->xlabel ? 66.0 : 46.0) / height;
    write_terminals(frame, to);
    write_style(to);
    fputs("set label 1 ", to);
    gp_label(to, frame->title, 80);
    fprintf(to, " at screen %.5f,%.5f left front font 'sans-serif,18' tc rgb '#222222'\n",
            24 / width, 1 - 28 / height);
    fputs("set label 2 ", to);
    gp_label(to, frame->subtitle, 110);
    fprintf(to, " at screen %.5f,%.5f left front font 'sans-serif,12' tc rgb '#666666'\n",
            24 / width, 1 - 51 / height);
    if (frame->axis) {
        fputs("set label 4 ", to);
        gp_label(to, frame->axis, 60);
        fprintf(to, " at screen %.5f, graph 1 offset character 0,0.9 left font 'sans-serif,12' "
                    "tc rgb '#666666'\n",
                24 / width);
    }
    fprintf(to, "set key at screen %.5f,%.5f left top horizontal Left reverse samplen 2.4 \\\n"
                "    width 1 tc rgb '#333333' maxrows %u noautotitle\n",
            18 / width, 1 - 62 / height, frame->legend ? frame->legend : 1);
    if (frame->panels)
        fprintf(to, "set multiplot layout %zu,1 margins screen %.5f,%.5f,%.5f,%.5f spacing "
                    "screen %.5f\n",
                frame->panels, 76 / width, 1 - 32 / width, bottom, top - 14 / height, 34 / height);
    else
        fprintf(to,
                "set lmargin at screen %.5f\nset rmargin at screen %.5f\n"
                "set bmargin at screen %.5f\nset tmargin at screen %.5f\n",
                66 / width, 1 - 32 / width, bottom, top);
}

/* ---- all of them */

void plots_of(const struct tsim_result *result, struct picture pictures[PLOT_PICTURES])
{
    for (size_t p = 0; p < PLOTS; p++) {
        const struct plot *plot = plots[p];
        const size_t       pages = plot->pages(result);
        for (size_t page = 0; page < PLOT_PAGES_MOST; page++) {
            struct picture *picture = &pictures[p * PLOT_PAGES_MOST + page];
            *picture = (struct picture){ .title = plot->title, .of = result, .page = page,
                                         .data = page < pages ? plot->data : NULL,
                                         .script = plot->script };
            picture_name(picture, plot->name, page);
        }
    }
}
