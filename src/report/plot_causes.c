/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why contacts are escalated: a bar for each cause, the largest on top, in parts by tier. */
#include <math.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/finding.h"
#include "report/flow.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { CAUSES_MOST = 24, FIXED_COLUMNS = 4 };

struct cause_bar {
    size_t               cause;
    struct tsim_estimate n; /* per contact */
};

/* Escalations of a tier for a cause, per 100 contacts that reach people. */
static double part(const struct tsim_result *result, size_t tier, size_t cause)
{
    return 100 * finding_value(result, TSIM_SCOPE_CAUSE, tier * flow_causes(result) + cause,
                               "per_contact").value;
}

static size_t bars(const struct tsim_result *result, struct cause_bar *found)
{
    size_t n = 0;
    for (size_t c = 0; c < flow_causes(result) && n < CAUSES_MOST; c++) {
        struct cause_bar bar = { c, finding_value(result, TSIM_SCOPE_TRIGGER, c, "per_contact") };
        if (!(bar.n.value > 0))
            continue;
        size_t place = n++;
        for (; place > 0 && found[place - 1].n.value < bar.n.value; place--)
            found[place] = found[place - 1];
        found[place] = bar;
    }
    return n;
}

static size_t pages(const struct tsim_result *result)
{
    struct cause_bar found[CAUSES_MOST];
    return bars(result, found) > 0 ? 1 : 0;
}

/* Tiers with a part of their own; those above them share the last. */
static size_t parts(const struct tsim_result *result)
{
    const size_t tiers = tsim_result_entries(result, TSIM_SCOPE_TIER);
    return tiers < PLOT_TIERS ? tiers : PLOT_TIERS;
}

/* Escalations of a part: of its tier, and of those above when it is the last. */
static double part_sum(const struct tsim_result *result, size_t tier, size_t cause)
{
    const size_t tiers = tsim_result_entries(result, TSIM_SCOPE_TIER);
    double       sum = part(result, tier, cause);
    for (size_t t = tier + 1; tier + 1 == parts(result) && t < tiers; t++)
        sum += part(result, t, cause);
    return sum;
}

static bool any_from(const struct tsim_result *result, size_t tier)
{
    for (size_t c = 0; c < flow_causes(result); c++)
        if (part_sum(result, tier, c) > 0)
            return true;
    return false;
}

static void data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    struct cause_bar found[CAUSES_MOST];
    const size_t     n = bars(result, found), tiers = tsim_result_entries(result, TSIM_SCOPE_TIER);
    char             name[FORMAT_NAME], column[FORMAT_NAME + 40];
    fputs("position,per_100_contacts,low,high", to);
    for (size_t t = 0; t < parts(result); t++) {
        gp_clean(name, sizeof name, tsim_result_entry(result, TSIM_SCOPE_TIER, t), 120);
        snprintf(column, sizeof column, "from %s%s", name,
                 t + 1 == parts(result) && t + 1 < tiers ? " and above" : "");
        fputc(',', to);
        csv_write_text(to, column);
    }
    fputs(",cause\r\n", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_estimate *all = &found[i].n;
        fprintf(to, "%zu", i);
        tables_number(to, 100 * all->value, true);
        tables_number(to, 100 * all->low, all->has_interval);
        tables_number(to, 100 * all->high, all->has_interval);
        for (size_t t = 0; t < parts(result); t++)
            tables_number(to, part_sum(result, t, found[i].cause), true);
        fputc(',', to);
        csv_write_text(to, flow_cause(result, found[i].cause));
        fputs("\r\n", to);
    }
}

/* What is written behind a bar: its length, and how many that are. */
static void write_labels(const struct tsim_result *result, const struct cause_bar *found, size_t n,
                         FILE *to)
{
    for (size_t i = 0; i < n; i++) {
        char         value[FORMAT_VALUE], day[FORMAT_VALUE], label[3 * FORMAT_VALUE];
        const size_t cause = found[i].cause;
        const double escalated =
            finding_value(result, TSIM_SCOPE_TRIGGER, cause, "handed_over_per_day").value +
            finding_value(result, TSIM_SCOPE_TRIGGER, cause, "asked_per_day").value;
        format_value(100 * found[i].n.value, TSIM_UNIT_COUNT, "", false, value, sizeof value);
        format_value(escalated, TSIM_UNIT_COUNT, "", false, day, sizeof day);
        snprintf(label, sizeof label, "%s   (%s %s)", value, day,
                 finding_per_day(tsim_result_info(result)));
        fprintf(to, "set label %zu ", 10 + i);
        gp_label(to, label, 60);
        fprintf(to, " at %.9g,%zu left offset character 1,0 front tc rgb '#333333'\n",
                100 * fmax(found[i].n.value, found[i].n.high), i);
    }
}

/* "$5+$6": the sum of the parts of tiers before t. */
static void write_sum(size_t t, FILE *to)
{
    fputs("(0", to);
    for (size_t u = 0; u < t; u++)
        fprintf(to, "+$%zu", FIXED_COLUMNS + 1 + u);
    fputs(")", to);
}

static void write_bars(const struct tsim_result *result, FILE *to)
{
    const size_t tiers = tsim_result_entries(result, TSIM_SCOPE_TIER);
    char         name[FORMAT_NAME], label[FORMAT_NAME + 40];
    fputs("plot ", to);
    for (size_t t = 0; t < parts(result); t++) {
        fprintf(to, "%sskip 1 using 2:1:", t ? "    '' " : "data ");
        write_sum(t, to);
        fputc(':', to);
        write_sum(t + 1, to);
        fprintf(to, ":($1-0.33):($1+0.33) \\\n        with boxxyerror fs solid 1.0 noborder "
                    "fc rgb '%s' ",
                plot_color(t));
        if (!any_from(result, t)) {
            fputs("notitle, \\\n", to);
            continue;
        }
        gp_clean(name, sizeof name, tsim_result_entry(result, TSIM_SCOPE_TIER, t), 20);
        snprintf(label, sizeof label, "from %s%s", name,
                 t + 1 == parts(result) && t + 1 < tiers ? " and above" : "");
        fputs("title ", to);
        gp_label(to, label, 36);
        fputs(", \\\n", to);
    }
    fputs("    '' skip 1 using 3:1:($4-$3):(0) with vectors \\\n"
          "        heads size screen 0.007,90 fixed lw 1.6 lc rgb '#222222'\n",
          to);
}

static void script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    struct cause_bar found[CAUSES_MOST];
    const size_t     n = bars(result, found);
    char             subtitle[300];
    double           most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, 100 * fmax(found[i].n.value, found[i].n.high));
    frame_subtitle(result, true, subtitle, sizeof subtitle);
    const struct frame frame = { .title    = "Why contacts are escalated",
                                 .subtitle = subtitle,
                                 .width    = 860,
                                 .height   = 170 + 46 * (unsigned)n,
                                 .legend   = parts(result) > 4 ? 2 : 1,
                                 .xlabel   = true };
    frame_write(&frame, to);
    fputs("set ytics scale 0 (", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ", " : "", to);
        gp_tick(to, flow_cause(result, found[i].cause), 24);
        fprintf(to, " %zu", i);
    }
    fprintf(to,
            ") font 'sans-serif,14'\n"
            "set lmargin at screen 0.19\nset border 2\nset grid noytics\n"
            "set yrange [%g:-0.6]\nset xrange [0:%.9g]\nset xtics format '%%g'\n"
            "set xlabel 'escalations per 100 contacts that reach people' tc rgb '#444444'\n",
            (double)n - 0.4, most > 0 ? most * 1.3 : 1);
    write_labels(result, found, n, to);
    write_bars(result, to);
}

const struct plot plot_causes = {
    .name   = "causes",
    .title  = "Why contacts are escalated",
    .pages  = pages,
    .data   = data,
    .script = script,
};
