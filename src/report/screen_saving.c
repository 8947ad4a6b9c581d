/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/text.h"
#include "report/format.h"
#include "report/screen.h"

#define GAIN_LEAST 1.05 /* of less work that is worth a word */
#define UNITS_LEAST 20  /* for control variates */
#define TIERS_MOST 3    /* whose service levels are named */

static double gain_of(const struct screen *screen, enum tsim_scope scope, size_t entry,
                      const char *measure)
{
    return tsim_result_less_work(screen->result, scope, entry,
                                 tsim_result_measure(screen->result, scope, measure));
}

/* "Estimates are adjusted by arrivals of phone and work in L1." */
static void say_how(const struct screen *screen, struct text *text)
{
    size_t             n;
    const char *const *controls = tsim_result_controls(screen->result, &n);
    char               name[SCREEN_TEXT];
    for (size_t i = 0; i < n; i++)
        text_add(text, "%s%s", i == 0       ? "Estimates are adjusted by "
                               : i + 1 == n ? " and "
                                            : ", ",
                 screen_name(screen, controls[i], 40, name, sizeof name));
    if (n > 0)
        text_add(text, ". ");
    else if (screen->info->adjusts && screen->info->replications / screen->info->set < UNITS_LEAST)
        text_add(text, "Control variates need %d replications%s. ", UNITS_LEAST,
                 screen->info->set > 1 ? ", or sets of them" : "");
    else if (screen->info->adjusts)
        text_add(text, "Nothing known beforehand would narrow the intervals. ");
    if (screen->info->set > 1)
        text_add(text, "Busy days are spread over sets of %u replications. ",
                 (unsigned)screen->info->set);
}

static void say_gain(const struct screen *screen, struct text *text, double gain, const char *of,
                     bool *any)
{
    char number[32];
    if (!(gain >= GAIN_LEAST))
        return;
    snprintf(number, sizeof number, gain < 99.5 ? "%.1f" : "%.3g", gain);
    text_add(text, "%s%s%s less work for %s", *any ? ", " : "The same precision with ", number,
             screen->page.signs->times, of);
    *any = true;
}

void screen_saving(struct screen *screen)
{
    char        buffer[2 * SCREEN_TEXT], name[SCREEN_TEXT], of[SCREEN_TEXT + 32];
    struct text text;
    bool        any = false;
    if (!screen->info->adjusts && screen->info->set < 2)
        return;
    text_open(&text, buffer, sizeof buffer);
    say_how(screen, &text);
    for (size_t t = 0; t < screen->info->tiers && t < TIERS_MOST; t++) {
        snprintf(of, sizeof of, "the service level of %s",
                 screen_name(screen, tsim_result_entry(screen->result, TSIM_SCOPE_TIER, t), 24,
                             name, sizeof name));
        say_gain(screen, &text, gain_of(screen, TSIM_SCOPE_TIER, t, "service_level"), of, &any);
    }
    say_gain(screen, &text, gain_of(screen, TSIM_SCOPE_DESK, 0, "resolution_mean"),
             "the time to resolution", &any);
    say_gain(screen, &text, gain_of(screen, TSIM_SCOPE_DESK, 0, "cost_per_day"), "the cost", &any);
    if (any)
        text_add(&text, ".");
    else if (screen->info->replications > 1)
        text_add(&text, "No precision was gained.");
    page_end(&screen->page);
    page_add(&screen->page, STYLE_STRONG, "LESS WORK");
    page_fill(&screen->page, 11, STYLE_PLAIN, buffer);
}

/* How long a steady state must be watched, as this run foretells. */
void screen_steady(struct screen *screen)
{
    const struct tsim_steadiness *found = &screen->info->steadiness;
    char                          buffer[SCREEN_TEXT], needed[FORMAT_VALUE], had[FORMAT_VALUE];
    char                          memory[FORMAT_VALUE];
    struct text                   text;
    if (!screen->info->steady_state || !(found->needed_s > 0) || found->drifts ||
        found->starts_apart)
        return;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "The desk remembers about %s. To know the mean backlog to 1%c%% takes about %s "
                    "of simulated time in all; this run had %s.",
             screen_value(screen, found->remembers_s, TSIM_UNIT_DURATION, memory, sizeof memory),
             PAGE_GLUE,
             screen_value(screen, found->needed_s, TSIM_UNIT_DURATION, needed, sizeof needed),
             screen_value(screen, screen->info->length_s *
                          (screen->info->batches > 0 ? 1 : screen->info->replications),
                          TSIM_UNIT_DURATION, had, sizeof had));
    page_end(&screen->page);
    page_add(&screen->page, STYLE_STRONG, "STEADY");
    page_fill(&screen->page, 10, STYLE_PLAIN, buffer);
}
