/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who hands over to whom and why: the tiers on the left, where their contacts go on the right, and
 * a band for each way and cause, as wide as there are hand-overs. */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/csv.h"
#include "report/finding.h"
#include "report/flow.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { BANDS_MOST = 400, NODES_MOST = 66 };

/* Between the nodes of a side, as a share of all hand-overs; bands below it get no number. */
#define NODE_GAP 0.07

struct band {
    size_t               from, to, cause;
    struct tsim_estimate n;     /* a day                                                    */
    double               left, right; /* where it begins at either end, from the top        */
};

struct flow {
    struct band bands[BANDS_MOST];
    size_t      n_bands;
    double      all;              /* hand-overs a day                                       */
    double      left[NODES_MOST], right[NODES_MOST];       /* of a node                     */
    double      left_at[NODES_MOST], right_at[NODES_MOST]; /* its top                       */
    size_t      lefts, rights;    /* nodes that have any                                    */
};

/* ---- the layout */

static void find_bands(const struct tsim_result *result, size_t page, struct flow *flow)
{
    for (size_t from = plot_first_tier(page); from < plot_end_tier(result, page); from++)
        for (size_t to = 0; to < flow_targets(result) && to < NODES_MOST; to++)
            for (size_t c = 0; c < flow_causes(result); c++) {
                const struct tsim_estimate n = flow_per_day(result, from, to, c);
                if (!(n.value > 0) || flow->n_bands == BANDS_MOST)
                    continue;
                flow->bands[flow->n_bands++] = (struct band){ from, to, c, n, 0, 0 };
                flow->left[from] += n.value;
                flow->right[to] += n.value;
                flow->all += n.value;
            }
}

/* Stacks the nodes of a side around the middle; returns how many have any. */
static size_t stack(const double *nodes, size_t n, double all, size_t most, double *at)
{
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        used += nodes[i] > 0;
    double top = NODE_GAP * all * (double)(most - used) / 2;
    for (size_t i = 0; i < n; i++) {
        at[i] = top;
        top += nodes[i] > 0 ? nodes[i] + NODE_GAP * all : 0;
    }
    return used;
}

/* NULL when memory is out. Caller frees. */
static struct flow *flow_new(const struct tsim_result *result, size_t page)
{
    struct flow *flow = calloc(1, sizeof *flow);
    if (!flow)
        return NULL;
    double at[2][NODES_MOST];
    find_bands(result, page, flow);
    for (size_t i = 0; i < NODES_MOST; i++) {
        flow->lefts += flow->left[i] > 0;
        flow->rights += flow->right[i] > 0;
    }
    const size_t most = flow->lefts > flow->rights ? flow->lefts : flow->rights;
    stack(flow->left, NODES_MOST, flow->all, most, flow->left_at);
    stack(flow->right, NODES_MOST, flow->all, most, flow->right_at);
    for (size_t i = 0; i < NODES_MOST; i++) {
        at[0][i] = flow->left_at[i];
        at[1][i] = flow->right_at[i];
    }
    for (size_t b = 0; b < flow->n_bands; b++) { /* they stand by tier, so none cross at a node */
        struct band *band = &flow->bands[b];
        band->left = at[0][band->from];
        band->right = at[1][band->to];
        at[0][band->from] += band->n.value;
        at[1][band->to] += band->n.value;
    }
    return flow;
}

static size_t pages(const struct tsim_result *result)
{
    const size_t tiers = tsim_result_entries(result, TSIM_SCOPE_TIER), last = flow_causes(result);
    for (size_t from = 0; from < tiers; from++)
        for (size_t to = 0; to < flow_targets(result); to++)
            for (size_t c = 0; c < last; c++)
                if (flow_per_day(result, from, to, c).value > 0)
                    return plot_tier_pages(result);
    return 0;
}

static void data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    struct flow *flow = flow_new(result, page);
    fputs("left,right,per_day,low,high,from,to,cause\r\n", to);
    for (size_t b = 0; flow && b < flow->n_bands; b++) {
        const struct band *band = &flow->bands[b];
        const char        *names[] = { flow_target(result, band->from),
                                       flow_target(result, band->to),
                                       flow_cause(result, band->cause) };
        fprintf(to, "%.9g,%.9g", band->left, band->right);
        tables_number(to, band->n.value, true);
        tables_number(to, band->n.low, band->n.has_interval);
        tables_number(to, band->n.high, band->n.has_interval);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            char name[FORMAT_NAME];
            gp_clean(name, sizeof name, names[i], 120);
            fputc(',', to);
            csv_write_text(to, name);
        }
        fputs("\r\n", to);
    }
    free(flow);
}

/* ---- the picture */

/* The nodes of a side: a bar at x, and its name and number beside it. */
static void write_nodes(const struct tsim_result *result, const struct flow *flow, bool right,
                        unsigned *id, FILE *to)
{
    const double *nodes = right ? flow->right : flow->left;
    const double *at = right ? flow->right_at : flow->left_at;
    for (size_t i = 0; i < NODES_MOST; i++) {
        char name[FORMAT_NAME], value[FORMAT_VALUE], label[FORMAT_NAME + FORMAT_VALUE + 8];
        if (!(nodes[i] > 0))
            continue;
        fprintf(to, "set object %u rectangle from %s,%.9g to %s,%.9g noclip front "
                    "fs solid 1.0 noborder fc rgb '#444444'\n",
                ++*id, right ? "1" : "-0.012", at[i], right ? "1.012" : "0", at[i] + nodes[i]);
        gp_clean(name, sizeof name, flow_target(result, i), 14);
        format_value(nodes[i], TSIM_UNIT_COUNT, "", false, value, sizeof value);
        struct text words;
        text_open(&words, label, sizeof label);
        text_add(&words, "%s   %s", right ? value : name, right ? name : value);
        fprintf(to, "set label %u ", *id + 10);
        gp_label(to, label, 30);
        fprintf(to, " at %s,%.9g %s offset character %s,0 front font 'sans-serif,14' "
                    "tc rgb '#222222'\n",
                right ? "1.012" : "-0.012", at[i] + nodes[i] / 2, right ? "left" : "right",
                right ? "0.7" : "-0.7");
    }
}

/* Bands wide enough to hold it tell their number where they begin, unless it is their tier's. */
static void write_numbers(const struct flow *flow, unsigned *id, FILE *to)
{
    for (size_t b = 0; b < flow->n_bands; b++) {
        const struct band *band = &flow->bands[b];
        char               value[FORMAT_VALUE];
        if (band->n.value < NODE_GAP * flow->all ||
            band->n.value > 0.9999 * flow->left[band->from])
            continue;
        format_value(band->n.value, TSIM_UNIT_COUNT, "", false, value, sizeof value);
        fprintf(to, "set label %u ", ++*id + 10);
        gp_label(to, value, 20);
        fprintf(to, " at 0.015,%.9g left front tc rgb '#111111'\n",
                band->left + band->n.value / 2);
    }
}

static bool has_cause(const struct flow *flow, size_t cause)
{
    for (size_t b = 0; b < flow->n_bands; b++)
        if (flow->bands[b].cause == cause)
            return true;
    return false;
}

/* One entry of the legend for each cause. */
static void write_legend(const struct tsim_result *result, const struct flow *flow, FILE *to)
{
    for (size_t c = 0; c < flow_causes(result); c++) {
        if (!has_cause(flow, c))
            continue;
        fprintf(to, ", \\\n    NaN with boxes fs solid 1.0 noborder fc rgb '%s' title ",
                flow_color(result, c));
        gp_label(to, flow_cause(result, c), 24);
    }
}

static void write_bands(const struct tsim_result *result, const struct flow *flow, FILE *to)
{
    fprintf(to,
            "bands = %zu\narray left[bands]\narray right[bands]\narray wide[bands]\n"
            "stats data skip 1 using (left[int($0)+1] = $1, right[int($0)+1] = $2, \\\n"
            "    wide[int($0)+1] = $3) nooutput\n"
            "ease(x) = x * x * (3 - 2 * x)\n"
            "edge(i, x) = left[i] + (right[i] - left[i]) * ease(x)\n"
            "colors = '",
            flow->n_bands);
    for (size_t b = 0; b < flow->n_bands; b++)
        fprintf(to, "%s%s", b ? " " : "", flow_color(result, flow->bands[b].cause));
    fputs("'\nset samples 80\n"
          "plot for [i=1:bands] '+' using 1:(edge(i, $1)):(edge(i, $1) + wide[i]) \\\n"
          "        with filledcurves fs transparent solid 0.7 noborder \\\n"
          "        fc rgb word(colors, i)",
          to);
    write_legend(result, flow, to);
    fputs("\n", to);
}

static void script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    struct flow *flow = flow_new(result, page);
    char         subtitle[300], title[120];
    unsigned     id = 0, causes = 0;
    if (!flow)
        return;
    for (size_t c = 0; c < flow_causes(result); c++)
        causes += has_cause(flow, c);
    const size_t nodes = flow->lefts > flow->rights ? flow->lefts : flow->rights;
    frame_subtitle(result, false, subtitle, sizeof subtitle);
    snprintf(title, sizeof title, "Who hands over to whom, and why: contacts %s",
             finding_per_day(tsim_result_info(result)));
    const struct frame frame = { .title    = title,
                                 .subtitle = subtitle,
                                 .width    = 860,
                                 .height   = 330 + 24 * ((causes + 1) / 2) + 40 * (unsigned)nodes,
                                 .legend   = (causes + 1) / 2, /* two fit above the bands */
                                 .axis     = "" }; /* room for the heads of both sides */
    frame_write(&frame, to);
    fprintf(to,
            "set lmargin at screen 0.23\nset rmargin at screen 0.77\nunset border\nunset grid\n"
            "unset tics\nset xrange [0:1]\nset yrange [%.9g:0]\n",
            flow->all * (1 + NODE_GAP * (double)(nodes - (nodes > 0))));
    fputs("set label 3 'from' at -0.012,graph 1 right offset character -0.7,1.3 "
          "tc rgb '#666666'\n"
          "set label 5 'to' at 1.012,graph 1 left offset character 0.7,1.3 tc rgb '#666666'\n",
          to);
    write_nodes(result, flow, false, &id, to);
    write_nodes(result, flow, true, &id, to);
    write_numbers(flow, &id, to);
    write_bands(result, flow, to);
    free(flow);
}

const struct plot plot_flow = {
    .name   = "flow",
    .title  = "Who hands over to whom, and why",
    .pages  = pages,
    .data   = data,
    .script = script,
};
