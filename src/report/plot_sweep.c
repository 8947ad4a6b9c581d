/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plot_sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/swept.h"
#include "report/tables.h"

enum { FACTORS_MOST = 12 };

/* ---- what all of them share */

static double factor_of_unit(enum tsim_unit unit)
{
    return unit == TSIM_UNIT_SHARE ? 100 : 1;
}

static const char *word_of_unit(const struct tsim_sweep *sweep, enum tsim_unit unit)
{
    static const char *const words[] = {
        [TSIM_UNIT_COUNT] = "", [TSIM_UNIT_SHARE] = "%", [TSIM_UNIT_DURATION] = "s",
    };
    return unit == TSIM_UNIT_MONEY ? tsim_sweep_info(sweep)->currency : words[unit];
}

/* "L1 answered within 20 s, %" */
static void axis_of(const struct tsim_sweep *sweep, size_t response, char *to, size_t size)
{
    const struct tsim_response *about = tsim_sweep_response(sweep, response);
    char                        words[FORMAT_NAME], clean[FORMAT_NAME];
    const char                 *unit = word_of_unit(sweep, about->unit);
    swept_words(about, words, sizeof words);
    gp_clean(clean, sizeof clean, words, 50);
    snprintf(to, size, "%s%s%s", clean, *unit ? ", " : "", unit);
}

static void subtitle_of(const struct tsim_sweep *sweep, const char *whiskers, char *to,
                        size_t size)
{
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    char                          name[FORMAT_NAME];
    struct text                   text;
    gp_clean(name, sizeof name, info->study, 40);
    text_open(&text, to, size);
    text_add(&text, "%s  ·  %zu points, %u replications on the same customers, %s %.4g %%",
             name, info->points, (unsigned)info->replications, whiskers, 100 * info->confidence);
}

static void write_estimate(const struct tsim_estimate *estimate, double scale, FILE *to)
{
    tables_number(to, scale * estimate->value, estimate->defined);
    tables_number(to, scale * (estimate->has_interval ? estimate->low : estimate->value),
                  estimate->defined);
    tables_number(to, scale * (estimate->has_interval ? estimate->high : estimate->value),
                  estimate->defined);
}

/* ---- the front */

static void front_data(const struct picture *picture, FILE *to)
{
    const struct tsim_sweep      *sweep = picture->of;
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    const struct tsim_front_mark *marks = tsim_sweep_front(sweep, picture->page);
    const double scale = factor_of_unit(tsim_sweep_response(sweep, picture->page)->unit);
    const double money = factor_of_unit(tsim_sweep_response(sweep, info->cost)->unit);
    size_t      *order = calloc(info->points, sizeof *order);
    fputs("point,on,sure,cost,cost_low,cost_high,value,low,high\r\n", to);
    if (order)
        swept_by_cost(sweep, order);
    for (size_t k = 0; order && k < info->points; k++) {
        const size_t                   p = order[k];
        const struct tsim_sweep_point *point = tsim_sweep_point(sweep, p);
        fprintf(to, "%zu,%d,%d", p + 1, marks[p].on, marks[p].sure);
        write_estimate(&point->estimates[info->cost], money, to);
        write_estimate(&point->estimates[picture->page], scale, to);
        fputs("\r\n", to);
    }
    free(order);
}

static void front_script(const struct picture *picture, FILE *to)
{
    const struct tsim_sweep      *sweep = picture->of;
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    const struct tsim_response   *about = tsim_sweep_response(sweep, picture->page);
    char title[300], subtitle[400], cost[FORMAT_NAME + 40], axis[FORMAT_NAME + 40];
    axis_of(sweep, picture->page, axis, sizeof axis);
    axis_of(sweep, info->cost, cost, sizeof cost);
    snprintf(title, sizeof title, "What each promise costs at best");
    subtitle_of(sweep, "whiskers", subtitle, sizeof subtitle);
    const struct frame frame = { .title = title, .subtitle = subtitle, .width = 860,
                                 .height = 520, .legend = 1, .axis = axis, .xlabel = true };
    frame_write(&frame, to);
    fputs("set xlabel ", to);
    gp_label(to, cost, 60);
    fputs(" tc rgb '#444444'\nset offsets graph 0.03, graph 0.03, 0, 0\n", to);
    if (about->unit == TSIM_UNIT_SHARE)
        fputs("set yrange [0<*:*<100]\n", to);
    fprintf(to, "promised = %.9g\n", factor_of_unit(about->unit) * about->target);
    fputs("plot promised with lines lw 1.2 dt 2 lc rgb '#888888' title 'promised', \\\n"
          "    data skip 1 using 4:($2==0 ? $7 : NaN) with points pt 7 ps 0.5 "
          "lc rgb '#b0b0b0' title 'other points', \\\n"
          "    '' skip 1 using ($2==1 ? $4 : NaN):7:5:6:8:9 with xyerrorbars pt 7 ps 0.8 lw 1.4 "
          "lc rgb '#0072b2' title 'on the front'\n", to);
}

/* ---- main effects: the mean at each level, a panel for each factor side by side */

static size_t factors_of(const struct tsim_sweep *sweep)
{
    const size_t n = tsim_sweep_info(sweep)->factors;
    return n < FACTORS_MOST ? n : FACTORS_MOST;
}

static size_t levels_of(const struct tsim_factor *factor)
{
    return factor->n_levels ? factor->n_levels : 2;
}

static double level_at(const struct tsim_factor *factor, size_t level)
{
    if (factor->n_levels)
        return factor->levels[level];
    return level == 0 ? factor->low : factor->high;
}

static void effects_data(const struct picture *picture, FILE *to)
{
    const struct tsim_sweep *sweep = picture->of;
    const double scale = factor_of_unit(tsim_sweep_response(sweep, picture->page)->unit);
    double       place = 0;
    fputs("factor,place,level,mean,low,high\r\n", to);
    for (size_t f = 0; f < factors_of(sweep); f++, place += 1.2) {
        const struct tsim_factor *factor = tsim_sweep_factor(sweep, f);
        for (size_t level = 0; level < levels_of(factor); level++, place++) {
            const struct tsim_estimate mean = tsim_sweep_level(sweep, picture->page, f, level);
            fprintf(to, "%zu,%.9g,%.9g", f, place, level_at(factor, level));
            write_estimate(&mean, scale, to);
            fputs("\r\n", to);
        }
    }
}

static void write_ticks(const struct tsim_sweep *sweep, FILE *to)
{
    double place = 0;
    size_t label = 20;
    fputs("set xtics scale 0 (", to);
    for (size_t f = 0; f < factors_of(sweep); f++, place += 1.2)
        for (size_t level = 0; level < levels_of(tsim_sweep_factor(sweep, f)); level++, place++)
            fprintf(to, "%s'%.6g' %.9g", place > 0 ? ", " : "",
                    level_at(tsim_sweep_factor(sweep, f), level), place);
    fputs(")\n", to);
    place = 0;
    for (size_t f = 0; f < factors_of(sweep); f++) {
        const struct tsim_factor *factor = tsim_sweep_factor(sweep, f);
        const double              width = (double)levels_of(factor);
        fprintf(to, "set label %zu ", label++);
        gp_label(to, factor->name, 24);
        fprintf(to, " at first %.9g,graph 0 center offset character 0,-2.4 tc rgb '#444444'\n",
                place + (width - 1) / 2);
        place += width + 1.2;
    }
    fprintf(to, "set xrange [-0.7:%.9g]\n", place - 1.5);
}

static void effects_script(const struct picture *picture, FILE *to)
{
    const struct tsim_sweep *sweep = picture->of;
    char                     subtitle[400], axis[FORMAT_NAME + 40];
    axis_of(sweep, picture->page, axis, sizeof axis);
    subtitle_of(sweep, "whiskers", subtitle, sizeof subtitle);
    const struct frame frame = { .title = "What each factor does, averaged over the others",
                                 .subtitle = subtitle, .width = 860, .height = 460, .axis = axis,
                                 .xlabel = true };
    frame_write(&frame, to);
    write_ticks(sweep, to);
    fputs("set grid noxtics\nset offsets 0, 0, graph 0.05, graph 0.05\nplot ", to);
    for (size_t f = 0; f < factors_of(sweep); f++)
        fprintf(to,
                "%sdata skip 1 using ($1==%zu ? $2 : NaN):4 with lines lw 1.8 lc rgb '%s' "
                "notitle, \\\n    '' skip 1 using ($1==%zu ? $2 : NaN):4:5:6 with yerrorbars "
                "pt 7 ps 0.7 lw 1.4 lc rgb '%s' notitle",
                f ? ", \\\n    " : "", f, plot_color(f), f, plot_color(f));
    fputc('\n', to);
}

/* ---- the tornado */

static void tornado_data(const struct picture *picture, FILE *to)
{
    const struct tsim_sweep *sweep = picture->of;
    const struct tsim_swing *swings = tsim_sweep_swings(sweep, picture->page);
    const double scale = factor_of_unit(tsim_sweep_response(sweep, picture->page)->unit);
    size_t       order[40];
    swept_by_swing(sweep, picture->page, order);
    fputs("row,at_low,low_low,low_high,at_high,high_low,high_high,low,high,factor\r\n", to);
    for (size_t i = 0; i < factors_of(sweep); i++) {
        const struct tsim_factor *factor = tsim_sweep_factor(sweep, order[i]);
        char                      name[FORMAT_NAME];
        fprintf(to, "%zu", i);
        write_estimate(&swings[order[i]].low, scale, to);
        write_estimate(&swings[order[i]].high, scale, to);
        tables_number(to, factor->low, true);
        tables_number(to, factor->high, true);
        gp_clean(name, sizeof name, factor->name, 60);
        fputc(',', to);
        csv_write_text(to, name);
        fputs("\r\n", to);
    }
}

static void tornado_script(const struct picture *picture, FILE *to)
{
    const struct tsim_sweep *sweep = picture->of;
    const size_t             n = factors_of(sweep);
    size_t                   order[40];
    char                     subtitle[400], axis[FORMAT_NAME + 80], words[FORMAT_NAME + 40];
    swept_by_swing(sweep, picture->page, order);
    const struct tsim_response *about = tsim_sweep_response(sweep, picture->page);
    axis_of(sweep, picture->page, words, sizeof words);
    if (about->unit == TSIM_UNIT_SHARE)
        words[strlen(words) - 1] = '\0'; /* a difference of shares is in points */
    snprintf(axis, sizeof axis, "change of %s%s", words,
             about->unit == TSIM_UNIT_SHARE ? "points" : "");
    subtitle_of(sweep, "joint intervals", subtitle, sizeof subtitle);
    const struct frame frame = { .title = "What moves it: each factor alone, from the base",
                                 .subtitle = subtitle, .width = 860,
                                 .height = 190 + 40 * (unsigned)n, .legend = 1, .xlabel = true };
    frame_write(&frame, to);
    fputs("set ytics scale 0 (", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_factor *factor = tsim_sweep_factor(sweep, order[i]);
        char                      label[FORMAT_NAME + 80], name[FORMAT_NAME];
        gp_clean(name, sizeof name, factor->name, 24);
        snprintf(label, sizeof label, "%s  %.6g … %.6g", name, factor->low, factor->high);
        fputs(i ? ", " : "", to);
        gp_tick(to, label, 48);
        fprintf(to, " %zu", i);
    }
    fprintf(to,
            ")\nset lmargin at screen 0.32\nset border 1\nset grid noytics\n"
            "set key at screen 0.32,screen %.4f left Left reverse horizontal\n"
            "set yrange [%g:-0.6]\n"
            "set arrow 1 from 0,graph 0 to 0,graph 1 nohead lc rgb '#666666' lw 1.2 front\n"
            "set xlabel ",
            1 - 72.0 / frame.height, (double)n - 0.4);
    gp_label(to, axis, 80);
    fprintf(to,
            " tc rgb '#444444'\n"
            "plot data skip 1 using 2:1:(0):2:($1-0.3):($1+0.3) with boxxyerror fs solid 1.0 "
            "noborder fc rgb '%s' title 'at its lowest', \\\n"
            "    '' skip 1 using 5:1:(0):5:($1-0.3):($1+0.3) with boxxyerror fs solid 1.0 "
            "noborder fc rgb '%s' title 'at its highest', \\\n"
            "    '' skip 1 using 3:1:($4-$3):(0) with vectors heads size screen 0.006,90 fixed "
            "lw 1.4 lc rgb '#222222' notitle, \\\n"
            "    '' skip 1 using 6:1:($7-$6):(0) with vectors heads size screen 0.006,90 fixed "
            "lw 1.4 lc rgb '#222222' notitle\n",
            plot_color(0), plot_color(1));
}

/* ---- all of them */

enum { FRONTS, EFFECTS, TORNADOS, KINDS };

static const struct picture kinds[KINDS] = {
    [FRONTS] = { .name = "front", .title = "Cost against a promise", .data = front_data,
                 .script = front_script },
    [EFFECTS] = { .name = "effects", .title = "Main effects", .data = effects_data,
                  .script = effects_script },
    [TORNADOS] = { .name = "tornado", .title = "Tornado", .data = tornado_data,
                   .script = tornado_script },
};

static bool has(const struct tsim_sweep *sweep, size_t kind, size_t response)
{
    const enum tsim_design design = tsim_sweep_info(sweep)->design;
    if (kind == FRONTS)
        return tsim_sweep_front(sweep, response) != NULL;
    return design == (kind == EFFECTS ? TSIM_FACTORIAL : TSIM_ONE_AT_A_TIME);
}

void plot_sweep_pictures(const struct tsim_sweep *sweep, struct picture pictures[SWEEP_PICTURES])
{
    const size_t all = tsim_sweep_info(sweep)->responses;
    const size_t end = all < SWEEP_RESPONSES_MOST ? all : SWEEP_RESPONSES_MOST;
    for (size_t k = 0; k < KINDS; k++) {
        size_t response = 0;
        for (size_t page = 0; page < SWEEP_RESPONSES_MOST; page++, response++) {
            struct picture *picture = &pictures[k * SWEEP_RESPONSES_MOST + page];
            while (response < end && !has(sweep, k, response))
                response++;
            *picture = kinds[k];
            picture->of = sweep;
            picture->page = response;
            if (response >= end)
                picture->data = NULL;
            picture_name(picture, kinds[k].name, page);
        }
    }
}
