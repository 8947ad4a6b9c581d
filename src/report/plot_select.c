/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plot_select.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/compared.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { NAMED_MOST = 40 };

/* Values are drawn in the scale of the best one. */
static struct scale scale_of(const struct tsim_selection *selection)
{
    const struct tsim_selection_info *info = tsim_selection_info(selection);
    size_t                            n;
    const struct tsim_candidate      *candidates = tsim_selection_candidates(selection, &n);
    struct scale                      scale;
    scale_pick(&scale, candidates[info->best].estimate.value, info->unit, info->currency, false);
    return scale;
}

static void data(const struct picture *picture, FILE *to)
{
    const struct tsim_selection *selection = picture->of;
    const struct scale           scale = scale_of(selection);
    size_t                       n;
    const struct tsim_candidate *candidates = tsim_selection_candidates(selection, &n);
    fputs("position,standing,value,low,high,name\r\n", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_estimate *of = &candidates[i].estimate;
        char                        name[FORMAT_NAME];
        fprintf(to, "%zu,%d", i, (int)candidates[i].standing);
        tables_number(to, of->value / scale.divisor, of->defined);
        tables_number(to, (of->has_interval ? of->low : of->value) / scale.divisor, of->defined);
        tables_number(to, (of->has_interval ? of->high : of->value) / scale.divisor, of->defined);
        gp_clean(name, sizeof name, candidates[i].name, 120);
        fputc(',', to);
        csv_write_text(to, name);
        fputs("\r\n", to);
    }
}

static void write_names(const struct tsim_selection *selection, FILE *to)
{
    size_t                       n;
    const struct tsim_candidate *candidates = tsim_selection_candidates(selection, &n);
    if (n > NAMED_MOST) {
        fputs("set ytics scale 0.5 format '%.0f'\nset ylabel 'position in the study' "
              "tc rgb '#444444'\n", to);
        return;
    }
    fputs("set ytics scale 0 (", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ", " : "", to);
        gp_tick(to, candidates[i].name, 28);
        fprintf(to, " %zu", i);
    }
    fputs(")\n", to);
}

/* The name of the measure and the unit of its axis. */
static void write_axis(const struct tsim_selection *selection, FILE *to)
{
    const struct tsim_selection_info *info = tsim_selection_info(selection);
    const struct scale                scale = scale_of(selection);
    const struct tsim_compared measure = { .name = info->measure,
                                           .money = strcmp(info->measure,
                                                           "cost.total.per_day") == 0 };
    char        label[FORMAT_NAME + FORMAT_VALUE], words[FORMAT_NAME], name[FORMAT_NAME];
    struct text text;
    const char *unit = *scale.before ? scale.before : scale.after;
    text_open(&text, label, sizeof label);
    compared_words(&measure, words, sizeof words);
    text_add(&text, "%s", format_name(words, 80, false, name, sizeof name));
    if (*unit)
        text_add(&text, ", %s", unit + (*unit == ' '));
    fputs("set xlabel ", to);
    gp_label(to, label, 100);
    fputs(" tc rgb '#444444'\n", to);
}

static void write_frame(const struct tsim_selection *selection, FILE *to)
{
    const struct tsim_selection_info *info = tsim_selection_info(selection);
    size_t                            n;
    const struct tsim_candidate      *candidates = tsim_selection_candidates(selection, &n);
    char        name[FORMAT_NAME], title[2 * FORMAT_NAME], subtitle[300], number[FORMAT_VALUE];
    struct text text;
    gp_clean(name, sizeof name, candidates[info->best].name, 48);
    text_open(&text, title, sizeof title);
    text_add(&text, info->decided && !info->budget ? "The best is %s" : "Ahead is %s", name);
    gp_clean(name, sizeof name, info->study, 48);
    text_open(&text, subtitle, sizeof subtitle);
    text_add(&text, "%s  ·  %s replications, whiskers are %.4g %% intervals", name,
             format_whole(info->replications, number, sizeof number), info->confidence * 100);
    if (!info->complete)
        text_add(&text, "  ·  PARTIAL");
    const size_t       rows = n < NAMED_MOST ? n : NAMED_MOST;
    const struct frame frame = { .title = title, .subtitle = subtitle, .width = 860,
                                 .height = 160 + 26 * (unsigned)rows, .legend = 1,
                                 .xlabel = true };
    frame_write(&frame, to);
}

static void script(const struct picture *picture, FILE *to)
{
    static const struct {
        const char *color, *title;
        int         point;
    } series[] = {
        [TSIM_SELECTED] = { "#0072b2", "selected", 7 },
        [TSIM_CLOSE] = { "#e69f00", "as good", 5 },
        [TSIM_BEHIND] = { "#8a8a8a", "behind", 6 },
    };
    const struct tsim_selection *selection = picture->of;
    size_t                       n, of[sizeof series / sizeof *series] = { 0 };
    const struct tsim_candidate *candidates = tsim_selection_candidates(selection, &n);
    const char                  *separator = "plot data";
    for (size_t i = 0; i < n; i++)
        of[candidates[i].standing]++;
    write_frame(selection, to);
    write_names(selection, to);
    write_axis(selection, to);
    fprintf(to, "set lmargin at screen %s\nset yrange [%g:-0.7]\nset xtics format '%%g'\n",
            n > NAMED_MOST ? "0.1" : "0.3", (double)n - 0.3);
    for (size_t s = 0; s < sizeof series / sizeof *series; s++) {
        if (of[s] == 0)
            continue;
        fprintf(to,
                "%s skip 1 using ($2==%zu?$3:NaN):1:4:5 with xerrorbars \\\n"
                "        lw 1.6 pt %d ps 1.1 lc rgb '%s' title '%s'",
                separator, s, series[s].point, series[s].color, series[s].title);
        separator = ", \\\n    ''";
    }
    fputc('\n', to);
}

struct picture plot_select(const struct tsim_selection *selection)
{
    return (struct picture){ .name = "selection", .title = "The best of many, with intervals",
                             .of = selection, .data = data, .script = script };
}
