/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/screen_parts.h"

#include <inttypes.h>

#include "base/text.h"
#include "report/format.h"

enum { LINE = 1024, NOTE_COLUMN = 9 };

const struct tsim_screen_options *screen_open(struct page *page,
                                              const struct tsim_screen_options *options, FILE *to)
{
    static const struct tsim_screen_options plain = { 0 };
    const struct tsim_screen_options       *asked = options ? options : &plain;
    page_open(page, to, asked->width > 0 ? (size_t)asked->width : 80, asked->color, asked->ascii);
    page->html = asked->html;
    return asked;
}

void screen_title(struct page *page, const char *name)
{
    char shown[FORMAT_NAME];
    page_line(page, STYLE_STRONG,
              format_name(name, page->width - 1, page->ascii, shown, sizeof shown));
}

void screen_paired(struct page *page, const struct tsim_comparison_info *info, const char *what,
                   bool complete)
{
    const char *dot = page->signs->dot;
    char        buffer[LINE], number[FORMAT_VALUE];
    struct text text;
    screen_title(page, info->study);
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s, the same customers %s %s %s %s ", what, dot,
             format_whole(info->replications, number, sizeof number),
             info->replications == 1 ? "replication" : "replications", dot);
    text_add(&text, "%s contacts %s seed%c%" PRIu64,
             format_whole(info->contacts, number, sizeof number), dot, PAGE_GLUE, info->seed);
    page_fill(page, 0, STYLE_PLAIN, buffer);
    if (complete)
        return;
    snprintf(buffer, sizeof buffer,
             "PARTIAL: stopped early; every number below rests on %" PRIu32 " %s.",
             info->replications, info->replications == 1 ? "replication" : "replications");
    page_end(page);
    page_fill(page, 2, STYLE_WARN, buffer);
}

void screen_note(struct page *page, const char *label, const char *words)
{
    page_add(page, STYLE_STRONG, label);
    page_fill(page, NOTE_COLUMN, STYLE_PLAIN, words);
}

void screen_wrote(struct page *page, const char *folder)
{
    char shown[FORMAT_NAME];
    if (folder)
        screen_note(page, "Wrote",
                    format_name(folder, 100, page->ascii, shown, sizeof shown));
}
