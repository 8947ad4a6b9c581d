/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The escalation matrix as a table whose cells run over several lines, and what is amiss. */
#include <stdlib.h>
#include <string.h>

#include <tiersim/matrix.h>
#include <tiersim/report.h>

#include "base/text.h"
#include "report/format.h"
#include "report/page.h"
#include "report/screen_parts.h"

enum { CELLS = 4, GAP = 2, CELL_TEXT = 1024, WHEN_MOST = 20, ONLY_MOST = 24 };

struct matrix_row {
    char       cells[CELLS][CELL_TEXT];
    enum style style;
};

/* Columns from left to right; a width of 0 leaves one out. */
struct layout {
    size_t width[CELLS];
};

static void write_row(struct page *page, const struct layout *layout, const struct matrix_row *row)
{
    const char *rest[CELLS];
    bool        any = true;
    for (size_t c = 0; c < CELLS; c++)
        rest[c] = row->cells[c];
    while (any) {
        size_t at = 0;
        any = false;
        for (size_t c = 0; c < CELLS; at += layout->width[c] ? layout->width[c] + GAP : 0, c++) {
            if (layout->width[c] == 0)
                continue;
            const size_t n = page_words(rest[c], layout->width[c]);
            char         part[CELL_TEXT];
            snprintf(part, sizeof part, "%.*s", (int)n, rest[c]);
            page_pad(page, at + (c == 0 ? layout->width[0] - text_columns(part) : 0));
            page_add(page, c == 1 && row->style == STYLE_PLAIN ? STYLE_STRONG : row->style, part);
            rest[c] += n;
            rest[c] += strspn(rest[c], " ");
            any |= *rest[c] != '\0';
        }
        page_end(page);
    }
}

static void write_rules(struct page *page, const struct tsim_rule *rules, size_t count)
{
    struct layout     layout = { .width = { 4, 4, 0, 0 } };
    struct matrix_row row = { .cells = { "RULE", "WHEN", "ONLY", "THEN" }, .style = STYLE_FAINT };
    for (size_t r = 0; r < count; r++) {
        const size_t when = text_columns(rules[r].when), only = text_columns(rules[r].only);
        layout.width[1] = when > layout.width[1] ? when : layout.width[1];
        layout.width[2] = only > layout.width[2] ? only : layout.width[2];
    }
    for (size_t c = 1; c <= 2; c++) {
        const size_t most = c == 1 ? WHEN_MOST : ONLY_MOST;
        layout.width[c] = layout.width[c] > most ? most : layout.width[c];
    }
    if (layout.width[2] > 0 && layout.width[2] < 4)
        layout.width[2] = 4; /* its heading */
    size_t used = 0;
    for (size_t c = 0; c < 3; c++)
        used += layout.width[c] ? layout.width[c] + GAP : 0;
    layout.width[3] = page->width - used;
    write_row(page, &layout, &row);
    row.style = STYLE_PLAIN;
    for (size_t r = 0; r < count; r++) {
        if (r + 1 < count)
            snprintf(row.cells[0], CELL_TEXT, "%zu", r + 1);
        else
            snprintf(row.cells[0], CELL_TEXT, "%s", page->signs->dash);
        format_name(rules[r].when, CELL_TEXT, page->ascii, row.cells[1], CELL_TEXT);
        format_name(rules[r].only, CELL_TEXT, page->ascii, row.cells[2], CELL_TEXT);
        format_name(rules[r].then, CELL_TEXT, page->ascii, row.cells[3], CELL_TEXT);
        write_row(page, &layout, &row);
    }
}

/* What loading warns of. */
static void write_amiss(struct page *page, const struct tsim_scenario *scenario)
{
    struct tsim_problems *problems = tsim_problems_new();
    char                  words[CELL_TEXT], line[CELL_TEXT + 32];
    if (!problems)
        return;
    tsim_matrix_check(scenario, problems);
    const size_t n = tsim_problems_count(problems);
    page_end(page);
    page_line(page, STYLE_STRONG, n ? "AMISS" : "Nothing is amiss: every rule can decide, and "
                                                "nobody is left without one.");
    for (size_t i = 0; i < n; i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        format_name(problem->message, CELL_TEXT, page->ascii, words, sizeof words);
        snprintf(line, sizeof line, "line %zu: %s", problem->line, words);
        page_fill(page, 2, STYLE_WARN, line);
        if (problem->hint) {
            format_name(problem->hint, CELL_TEXT, page->ascii, words, sizeof words);
            page_fill(page, 4, STYLE_FAINT, words);
        }
    }
    tsim_problems_free(problems);
}

bool tsim_report_matrix(const struct tsim_scenario *scenario,
                        const struct tsim_screen_options *options, FILE *to)
{
    struct tsim_matrix *matrix = tsim_matrix_new(scenario);
    struct page         page;
    size_t              count;
    char                name[FORMAT_NAME];
    if (!matrix)
        return false;
    screen_open(&page, options, to);
    const struct tsim_rule *rules = tsim_matrix_rules(matrix, &count);
    page_add(&page, STYLE_STRONG,
             format_name(tsim_scenario_name(scenario), 40, page.ascii, name, sizeof name));
    page_line(&page, STYLE_FAINT, count > 1 ? "  escalation matrix: the first rule that holds "
                                              "decides"
                                            : "  no escalation matrix: the default alone");
    page_end(&page);
    write_rules(&page, rules, count);
    page_end(&page);
    page_fill(&page, 6, STYLE_FAINT,
              "any: whatever fires when work ends; clocks, surveys, repeats and high profile move "
              "a contact only by a rule that names them");
    if (count > 1)
        write_amiss(&page, scenario);
    tsim_matrix_free(matrix);
    return true;
}
