/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What used up the time of SLA clocks: for each target a bar of all its clocks and one of those
 * that missed it, in parts by who had the contact and what it waited for. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "report/finding.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"
#include "report/tables.h"

enum { TARGETS_A_PAGE = 10, NAME_COLUMNS = 22 };

/* Kinds of parts, each a colour; the first four are of a tier. */
static const struct {
    const char *name, *color;
} kinds[] = {
    { "queue", "#d55e00" },        { "closing time", "#e69f00" },         { "work", "#0072b2" },
    { "hand-over", "#56b4e9" },    { "approval and experts", "#009e73" }, { "customer", "#cc79a7" },
    { "vendor", "#7f7f7f" },       { "self-service", "#bdbdbd" },
};

enum { KINDS = sizeof kinds / sizeof *kinds, TIER_KINDS = 4 };

/* The kind of a part, and how much of its text is the tier's name. */
static size_t kind_of(const char *part, size_t *name_length)
{
    const size_t length = strlen(part);
    *name_length = 0;
    for (size_t k = 0; k < KINDS; k++) {
        const size_t own = strlen(kinds[k].name);
        if (length < own || strcmp(part + length - own, kinds[k].name) != 0)
            continue;
        if (k >= TIER_KINDS && length == own)
            return k;
        if (k < TIER_KINDS && length > own && part[length - own - 1] == ' ') {
            *name_length = length - own - 1;
            return k;
        }
    }
    return KINDS - 1;
}

/* The part of an entry "target/part" that is of a target; NULL when it is of another. */
static const char *part_of(const struct tsim_result *result, size_t target, size_t entry)
{
    const char  *name = tsim_result_entry(result, TSIM_SCOPE_SLA, target);
    const char  *text = tsim_result_entry(result, TSIM_SCOPE_DELAY, entry);
    const size_t length = strlen(name);
    return strncmp(text, name, length) == 0 && text[length] == '/' ? text + length + 1 : NULL;
}

/* Targets whose clocks ran for some time, in order; at most one page from the given one on. */
static size_t targets_from(const struct tsim_result *result, size_t skipped, size_t *found)
{
    const size_t targets = tsim_result_entries(result, TSIM_SCOPE_SLA);
    size_t       n = 0, met = 0;
    for (size_t s = 0; s < targets && n < TARGETS_A_PAGE; s++)
        if (finding_value(result, TSIM_SCOPE_SLA, s, "clock_mean").value > 0 && met++ >= skipped)
            found[n++] = s;
    return n;
}

static size_t pages(const struct tsim_result *result)
{
    size_t found[TARGETS_A_PAGE], n = 0;
    while (targets_from(result, n * TARGETS_A_PAGE, found) > 0)
        n++;
    return n;
}

/* A rectangle of a bar. */
struct piece {
    double      from, to;
    size_t      kind, name_length;
    const char *part;
};

enum { PIECES_MOST = 300 };

/* The pieces of a target's bar; `measure` says which clocks. */
static size_t pieces_of(const struct tsim_result *result, size_t target, const char *measure,
                        struct piece *pieces)
{
    double from = 0;
    size_t n = 0;
    for (size_t e = 0; e < tsim_result_entries(result, TSIM_SCOPE_DELAY); e++) {
        const char  *part = part_of(result, target, e);
        const double share =
            part ? finding_value(result, TSIM_SCOPE_DELAY, e, measure).value : 0;
        if (!(share > 0) || n == PIECES_MOST)
            continue;
        pieces[n] = (struct piece){ .from = from, .to = from + share, .part = part };
        pieces[n].kind = kind_of(part, &pieces[n].name_length);
        from = pieces[n++].to;
    }
    return n;
}

static const char *const bar_measures[] = { "share", "breached_share" };
static const double      bar_offsets[] = { -0.18, 0.24 };

static void data(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    size_t       found[TARGETS_A_PAGE];
    const size_t n = targets_from(result, page * TARGETS_A_PAGE, found);
    fputs("position,from,to,kind,clocks,target,part\r\n", to);
    for (size_t i = 0; i < n; i++)
        for (size_t bar = 0; bar < 2; bar++) {
            struct piece pieces[PIECES_MOST];
            const size_t count = pieces_of(result, found[i], bar_measures[bar], pieces);
            for (size_t p = 0; p < count; p++) {
                char name[FORMAT_NAME];
                fprintf(to, "%.9g", (double)i + bar_offsets[bar]);
                tables_number(to, 100 * pieces[p].from, true);
                tables_number(to, 100 * pieces[p].to, true);
                fprintf(to, ",%zu,%s,", pieces[p].kind, bar ? "missed" : "all");
                gp_clean(name, sizeof name, tsim_result_entry(result, TSIM_SCOPE_SLA, found[i]),
                         120);
                csv_write_text(to, name);
                fputc(',', to);
                gp_clean(name, sizeof name, pieces[p].part, 120);
                csv_write_text(to, name);
                fputs("\r\n", to);
            }
        }
}

/* The tier's name in a piece that is wide enough for it. */
static void write_piece_name(const struct piece *piece, double y, unsigned *labels, FILE *to)
{
    char         name[FORMAT_NAME];
    const double room = (piece->to - piece->from) * 78; /* columns of the small letters */
    if (piece->name_length == 0 || room < (double)piece->name_length + 1)
        return;
    snprintf(name, sizeof name, "%.*s", (int)piece->name_length, piece->part);
    fprintf(to, "set label %u ", (*labels)++);
    gp_label(to, name, 40);
    fprintf(to, " at %.9g,%.9g center front font 'sans-serif,11' tc rgb '%s'\n",
            50 * (piece->from + piece->to), y,
            piece->kind == 1 || piece->kind == 3 ? "#222222" : "#ffffff");
}

/* Behind the bars: how long clocks ran, and how many missed the target. */
static void write_ends(const struct tsim_result *result, size_t target, size_t i, unsigned *labels,
                       FILE *to)
{
    const struct tsim_estimate ran = finding_value(result, TSIM_SCOPE_SLA, target, "clock_mean");
    const struct tsim_estimate missed =
        finding_value(result, TSIM_SCOPE_SLA, target, "breach_share");
    char value[FORMAT_VALUE], label[2 * FORMAT_VALUE];
    snprintf(label, sizeof label, "%s on average",
             format_value(ran.value, TSIM_UNIT_DURATION, "", false, value, sizeof value));
    fprintf(to, "set label %u ", (*labels)++);
    gp_label(to, label, 60);
    fprintf(to, " at 101,%.9g left front tc rgb '#333333'\n", (double)i + bar_offsets[0]);
    if (!(missed.value > 0))
        return;
    snprintf(label, sizeof label, "the %s that missed",
             format_value(missed.value, TSIM_UNIT_SHARE, "", false, value, sizeof value));
    fprintf(to, "set label %u ", (*labels)++);
    gp_label(to, label, 60);
    fprintf(to, " at 101,%.9g left front font 'sans-serif,12' tc rgb '#333333'\n",
            (double)i + bar_offsets[1]);
}

/* Which kinds the page shows. */
static void find_shown(const struct tsim_result *result, const size_t *found, size_t n, bool *shown)
{
    for (size_t i = 0; i < 2 * n; i++) {
        struct piece pieces[PIECES_MOST];
        const size_t count = pieces_of(result, found[i / 2], bar_measures[i % 2], pieces);
        for (size_t p = 0; p < count; p++)
            shown[pieces[p].kind] = true;
    }
}

/* The names of tiers in their pieces, and what stands behind the bars. */
static void write_names(const struct tsim_result *result, const size_t *found, size_t n, FILE *to)
{
    unsigned labels = 100;
    for (size_t i = 0; i < n; i++) {
        for (size_t bar = 0; bar < 2; bar++) {
            struct piece pieces[PIECES_MOST];
            const size_t count = pieces_of(result, found[i], bar_measures[bar], pieces);
            for (size_t p = 0; p < count; p++)
                write_piece_name(&pieces[p], (double)i + bar_offsets[bar], &labels, to);
        }
        write_ends(result, found[i], i, &labels, to);
    }
}

static void write_bars(const bool *shown, FILE *to)
{
    bool first = true;
    for (size_t k = 0; k < KINDS; k++) {
        if (!shown[k])
            continue;
        fprintf(to,
                "%s skip 1 using ($4==%zu?$2:NaN):1:2:3:"
                "($1-($1-floor($1)>0.5?0.23:0.13)):($1+($1-floor($1)>0.5?0.23:0.13)) \\\n"
                "        with boxxyerror fs solid 1.0 border lc rgb '#ffffff' "
                "fc rgb '%s' title '%s'",
                first ? "plot data" : ", \\\n    ''", k, kinds[k].color, kinds[k].name);
        first = false;
    }
    fputs("\n", to);
}

static void script(const struct picture *picture, FILE *to)
{
    const struct tsim_result *result = picture->of;
    const size_t page = picture->page;
    size_t       found[TARGETS_A_PAGE];
    const size_t n = targets_from(result, page * TARGETS_A_PAGE, found);
    bool         shown[KINDS] = { false };
    size_t       named = 0;
    char         subtitle[300];
    find_shown(result, found, n, shown);
    for (size_t k = 0; k < KINDS; k++)
        named += shown[k];
    frame_subtitle(result, false, subtitle, sizeof subtitle);
    const struct frame frame = { .title    = "What used up the time of SLA targets",
                                 .subtitle = subtitle,
                                 .width    = 940,
                                 .height   = 190 + 62 * (unsigned)n,
                                 .legend   = named > 3 ? 2 : 1,
                                 .xlabel   = true };
    frame_write(&frame, to);
    fputs("set ytics scale 0 (", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ", " : "", to);
        gp_tick(to, tsim_result_entry(result, TSIM_SCOPE_SLA, found[i]), NAME_COLUMNS);
        fprintf(to, " %zu", i);
    }
    fprintf(to,
            ") font 'sans-serif,14'\n"
            "set lmargin at screen 0.22\nset rmargin at screen 0.80\nset border 2\n"
            "set grid noytics\nset yrange [%g:-0.6]\nset xrange [0:100]\n"
            "set xtics format '%%g %%%%'\n"
            "set xlabel 'of the time that clocks ran' tc rgb '#444444'\n",
            (double)n - 0.4);
    write_names(result, found, n, to);
    write_bars(shown, to);
}

const struct plot plot_delays = {
    .name   = "delays",
    .title  = "What used up the time of SLA targets",
    .pages  = pages,
    .data   = data,
    .script = script,
};
