/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/stressed.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"
#include "report/format.h"
#include "report/page.h"

const struct tsim_promise *stressed_promises(const struct tsim_stress *stress, size_t *count)
{
    return tsim_result_promises(tsim_comparison_result(tsim_stress_comparison(stress), 0), count);
}

static double most_demand(const struct tsim_stress *stress)
{
    size_t                      n;
    const struct tsim_stressed *list = tsim_stress_list(stress, &n);
    double                      most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, list[i].demand);
    return most;
}

char *stressed_breaks_at(const struct tsim_stress *stress, size_t promise, char *to, size_t size)
{
    const double at = tsim_stress_breaks_at(stress, promise), most = most_demand(stress);
    if (at <= 0)
        snprintf(to, size, "broken now");
    else if (!(most > 0))
        snprintf(to, size, "%s", "");
    else if (isnan(at))
        snprintf(to, size, "above +%.3g%c%%", 100 * most, PAGE_GLUE);
    else
        snprintf(to, size, "+%.2g%c%%", 100 * at, PAGE_GLUE);
    return to;
}

const char *stressed_heal(const struct tsim_stressed *stressed)
{
    switch (stressed->healing) {
    case TSIM_HEAL_FOUND:
        return stressed->heal;
    case TSIM_HEAL_NONE:
        return "not by agents";
    case TSIM_HEAL_NOT_NEEDED:
    case TSIM_HEAL_NOT_TRIED:
        break;
    }
    return "";
}

/* Whether a stress breaks a promise that is not broken as it is. */
static bool breaks_more(const struct tsim_stress *stress, size_t i)
{
    for (size_t k = 0; k < tsim_stress_info(stress)->promises; k++) {
        const struct tsim_promise *now = tsim_stress_promise(stress, i, k);
        if (now && now->verdict == TSIM_BROKEN &&
            tsim_stress_promise(stress, 0, k)->verdict != TSIM_BROKEN)
            return true;
    }
    return false;
}

static void say_others(const struct tsim_stress *stress, struct text *text)
{
    size_t                      n, breaking = 0;
    const struct tsim_stressed *list = tsim_stress_list(stress, &n);
    for (size_t i = 1; i < n; i++)
        breaking += breaks_more(stress, i);
    if (n > 1)
        text_add(text, "%s%zu of %zu stresses break%s %s.", text->length > 0 ? " " : "", breaking,
                 n - 1, breaking == 1 ? "s" : "",
                 list[0].broken > 0 ? "another promise" : "a promise");
}

char *stressed_answer(const struct tsim_stress *stress, bool ascii, char *to, size_t size)
{
    const struct tsim_stress_info *info = tsim_stress_info(stress);
    size_t                         n;
    const struct tsim_promise     *promises = stressed_promises(stress, &n);
    char                           name[FORMAT_NAME], at[FORMAT_VALUE];
    struct text                    text;
    text_open(&text, to, size);
    if (info->first != SIZE_MAX && tsim_stress_breaks_at(stress, info->first) <= 0)
        text_add(&text, ascii ? "\"%s\" is broken before anything goes wrong."
                              : "“%s” is broken before anything goes wrong.",
                 format_name(promises[info->first].text, 60, ascii, name, sizeof name));
    else if (info->first != SIZE_MAX)
        text_add(&text, ascii ? "First to break is \"%s\", at about %s of demand."
                              : "First to break is “%s”, at about %s of demand.",
                 format_name(promises[info->first].text, 60, ascii, name, sizeof name),
                 stressed_breaks_at(stress, info->first, at, sizeof at));
    else if (most_demand(stress) > 0)
        text_add(&text, "No promise breaks up to +%.3g%c%% of demand.",
                 100 * most_demand(stress), PAGE_GLUE);
    say_others(stress, &text);
    return to;
}
