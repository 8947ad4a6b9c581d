/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs: one bar for each line of the ledger, the largest on top. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/finding.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { BARS_MOST = 24 };

struct bar {
    const char          *name;
    struct tsim_estimate day;
};

/* The lines of the ledger that are not zero, largest first; the total is not among them. */
static size_t bars(const struct tsim_result *result, struct bar *found)
{
    size_t entries = tsim_result_entries(result, TSIM_SCOPE_COST), n = 0;
    for (size_t e = 0; e + 1 < entries && n < BARS_MOST; e++) {
        struct bar bar = { tsim_result_entry(result, TSIM_SCOPE_COST, e),
                           finding_value(result, TSIM_SCOPE_COST, e, "per_day") };
        if (!bar.day.defined || bar.day.value == 0)
            continue;
        size_t place = n++;
        for (; place > 0 && found[place - 1].day.value < bar.day.value; place--)
            found[place] = found[place - 1];
        found[place] = bar;
    }
    return n;
}

static size_t pages(const struct tsim_result *result)
{
    struct bar found[BARS_MOST];
    return bars(result, found) > 0 ? 1 : 0;
}

static void data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    struct bar found[BARS_MOST];
    size_t     n = bars(result, found);
    fputs("position,per_day,low,high,line\r\n", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_estimate *day = &found[i].day;
        char                        name[FORMAT_NAME];
        fprintf(to, "%zu", i);
        tables_number(to, day->value, true);
        tables_number(to, day->low, day->has_interval);
        tables_number(to, day->high, day->has_interval);
        gp_clean(name, sizeof name, found[i].name, 120);
        fputc(',', to);
        csv_write_text(to, name);
        fputs("\r\n", to);
    }
}

static void write_bar_names(const struct bar *found, size_t n, FILE *to)
{
    fputs("set ytics scale 0 (", to);
    for (size_t i = 0; i < n; i++) {
        char words[FORMAT_NAME];
        gp_clean(words, sizeof words, finding_cost_words(found[i].name), 24);
        fputs(i ? ", " : "", to);
        gp_tick(to, words, 24);
        fprintf(to, " %zu", i);
    }
    fputs(") font 'sans-serif,14'\n", to);
}

static void script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const struct tsim_run_info *info = tsim_result_info(result);
    struct bar                  found[BARS_MOST];
    size_t                      n = bars(result, found);
    char                        subtitle[300], title[FORMAT_NAME], value[FORMAT_VALUE];
    double                      total = 0, most = 0;
    struct text                 text;
    frame_subtitle(result, true, subtitle, sizeof subtitle);
    for (size_t i = 0; i < n; i++) {
        total += found[i].day.value;
        most = fmax(most, fmax(found[i].day.value, found[i].day.high));
    }
    text_open(&text, title, sizeof title);
    text_add(&text, "What it costs: %s %s",
             format_value(total, TSIM_UNIT_MONEY, info->currency, false, value, sizeof value),
             finding_per_day(info));
    const struct frame frame = { .title    = title,
                                 .subtitle = subtitle,
                                 .width    = 860,
                                 .height   = 140 + 42 * (unsigned)n,
                                 .xlabel   = true };
    frame_write(&frame, to);
    write_bar_names(found, n, to);
    fprintf(to,
            "set lmargin at screen 0.19\nset border 2\nset grid noytics\n"
            "set yrange [%g:-0.6]\nset xrange [0:%.9g]\nset xtics format '%%.0f'\n"
            "set xlabel ",
            (double)n - 0.4, most > 0 ? most * 1.3 : 1);
    text_open(&text, title, sizeof title);
    text_add(&text, "%s %s", info->currency && *info->currency ? info->currency : "money",
             finding_per_day(info));
    gp_label(to, title, 40);
    fputs(" tc rgb '#444444'\n", to);
    for (size_t i = 0; i < n; i++) {
        char share[FORMAT_VALUE], label[FORMAT_VALUE * 3];
        format_value(found[i].day.value, TSIM_UNIT_MONEY, info->currency, false, value,
                     sizeof value);
        format_value(total > 0 ? found[i].day.value / total : 0, TSIM_UNIT_SHARE, "", false,
                     share, sizeof share);
        snprintf(label, sizeof label, "%s   %s", value, share);
        fprintf(to, "set label %zu ", 10 + i);
        gp_label(to, label, 60);
        fprintf(to, " at %.9g,%zu left offset character 1,0 front tc rgb '#333333'\n",
                fmax(0, fmax(found[i].day.value, found[i].day.high)), i);
    }
    fputs("plot data skip 1 using 2:1:(0):2:($1-0.33):($1+0.33) with boxxyerror \\\n"
          "        fs solid 1.0 noborder fc rgb '#0072b2', \\\n"
          "    '' skip 1 using 3:1:($4-$3):(0) with vectors \\\n"
          "        heads size screen 0.007,90 fixed lw 1.6 lc rgb '#222222'\n",
          to);
}

const struct plot plot_cost = {
    .name   = "cost",
    .title  = "What it costs, line by line",
    .pages  = pages,
    .data   = data,
    .script = script,
};
