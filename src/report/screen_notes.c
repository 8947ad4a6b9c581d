/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/finding.h"
#include "report/format.h"
#include "report/screen.h"

enum { SPARK_COLUMNS = 42 };

#define SELDOM 1e-4 /* what customers do less often is not worth words */

/* Draws the waits of a tier over the cycle; returns the highest column. */
static double spark(const struct screen *screen, size_t tier, struct span active, char *to,
                    size_t size)
{
    size_t wide = active.end - active.first;
    size_t each = (wide + SPARK_COLUMNS - 1) / SPARK_COLUMNS;
    double waits[SPARK_COLUMNS], most = 0;
    bool   anyone[SPARK_COLUMNS];
    size_t columns = (wide + each - 1) / each;
    for (size_t c = 0; c < columns; c++) {
        struct span part = { active.first + c * each, active.first + (c + 1) * each };
        part.end  = part.end > active.end ? active.end : part.end;
        anyone[c] = finding_wait(screen->result, tier, part, &waits[c]);
        most      = waits[c] > most ? waits[c] : most;
    }
    struct text text;
    text_open(&text, to, size);
    for (size_t c = 0; c < columns; c++) {
        size_t level = most > 0 ? (size_t)ceil(8 * waits[c] / most - 1e-9) : 0;
        text_add(&text, "%s", anyone[c] ? screen->page.signs->levels[level > 8 ? 8 : level] : " ");
    }
    return most;
}

void screen_waits(struct screen *screen)
{
    size_t      tier   = finding_weak_tier(screen->result);
    struct span active = finding_active(screen->result);
    if (tier == NOTHING || active.end - active.first < 4)
        return;
    char buffer[SCREEN_TEXT], from[FORMAT_VALUE], until[FORMAT_VALUE], most[FORMAT_VALUE];
    char        name[FORMAT_NAME], line[SCREEN_TEXT * 2];
    double      highest = spark(screen, tier, active, buffer, sizeof buffer);
    struct page *page   = &screen->page;
    if (highest < 1)
        return;
    page_end(page);
    snprintf(line, sizeof line, "WAITS at %s",
             screen_name(screen, tsim_result_entry(screen->result, TSIM_SCOPE_TIER, tier), 24,
                         name, sizeof name));
    page_add(page, STYLE_STRONG, line);
    screen_value(screen, highest, TSIM_UNIT_DURATION, most, sizeof most);
    snprintf(line, sizeof line, "   mean by time of arrival, up to %s", most);
    page_line(page, STYLE_FAINT, line);
    finding_clock(screen->info, active.first, from, sizeof from);
    finding_clock(screen->info, active.end, until, sizeof until);
    snprintf(line, sizeof line, "  %s %s %s", from, buffer, until);
    page_line(page, STYLE_PLAIN, line);
}

/* A fate in words: tier 0 and the tiers come first under their own names. */
static const char *fate_words(const struct screen *screen, size_t entry)
{
    static const char *const words[][2] = {
        { "abandoned", "gave up" },
        { "blocked", "turned away" },
        { "unresolved", "left unresolved" },
        { "open", "open at the end" },
        { "vendor", "the vendor" },
    };
    const char *fate = tsim_result_entry(screen->result, TSIM_SCOPE_FATE, entry);
    if (entry == 0)
        return screen->info->self_service ? screen->info->self_service : "self-service";
    if (entry <= screen->info->tiers)
        return fate;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(fate, words[i][0]) == 0)
            return words[i][1];
    return fate;
}

void screen_fates(struct screen *screen)
{
    struct tsim_estimate all =
        finding_value(screen->result, TSIM_SCOPE_DESK, 0, "contacts_per_day");
    char        buffer[SCREEN_TEXT], name[FORMAT_NAME], value[FORMAT_VALUE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    if (all.defined)
        text_add(&text, "%s %s: ",
                 screen_value(screen, all.value, TSIM_UNIT_COUNT, value, sizeof value),
                 finding_per_day(screen->info));
    bool any = false;
    for (size_t f = 0; f < tsim_result_entries(screen->result, TSIM_SCOPE_FATE); f++) {
        struct tsim_estimate share = finding_value(screen->result, TSIM_SCOPE_FATE, f, "share");
        if (!share.defined || share.value <= 0)
            continue;
        text_add(&text, "%s%s %s", any ? ", " : "",
                 screen_name(screen, fate_words(screen, f), 24, name, sizeof name),
                 screen_value(screen, share.value, TSIM_UNIT_SHARE, value, sizeof value));
        any = true;
    }
    if (!any)
        return;
    text_add(&text, ".");
    const struct tsim_estimate incident =
        finding_value(screen->result, TSIM_SCOPE_DESK, 0, "incident_share");
    if (incident.defined)
        text_add(&text, " %s came during an incident.",
                 screen_value(screen, incident.value, TSIM_UNIT_SHARE, value, sizeof value));
    page_end(&screen->page);
    page_add(&screen->page, STYLE_STRONG, "CONTACTS");
    page_fill(&screen->page, 10, STYLE_PLAIN, buffer);
}

static double of_desk(const struct screen *screen, const char *measure)
{
    return finding_value(screen->result, TSIM_SCOPE_DESK, 0, measure).value;
}

/* Where customers are asked: how well their cases went. */
void screen_quality(struct screen *screen)
{
    char        buffer[SCREEN_TEXT], name[FORMAT_NAME], value[FORMAT_VALUE];
    struct text text;
    if (!finding_value(screen->result, TSIM_SCOPE_DESK, 0, "satisfaction_mean").defined)
        return;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "satisfaction %s of 10",
             screen_value(screen, of_desk(screen, "satisfaction_mean"), TSIM_UNIT_COUNT, value,
                          sizeof value));
    if (finding_value(screen->result, TSIM_SCOPE_DESK, 0, "displeased_share").defined)
        text_add(&text, ", %s of answers bad",
                 screen_value(screen, of_desk(screen, "displeased_share"), TSIM_UNIT_SHARE, value,
                              sizeof value));
    text_add(&text, "; solved at the first contact %s",
             screen_value(screen, of_desk(screen, "first_contact_resolution"), TSIM_UNIT_SHARE,
                          value, sizeof value));
    text_add(&text, ", by %s alone %s.",
             screen_name(screen, tsim_result_entry(screen->result, TSIM_SCOPE_TIER, 0), 24, name,
                         sizeof name),
             screen_value(screen, of_desk(screen, "first_level_resolution"), TSIM_UNIT_SHARE,
                          value, sizeof value));
    page_add(&screen->page, STYLE_STRONG, "QUALITY");
    page_fill(&screen->page, 10, STYLE_PLAIN, buffer);
}

/* What customers do besides waiting: a clause for each thing that some of them do. */
void screen_customers(struct screen *screen)
{
    static const struct {
        const char    *measure;
        enum tsim_unit unit;
        const char    *words; /* behind the value */
    } clauses[] = {
        { "balked_share", TSIM_UNIT_SHARE, "of visits leave at once" },
        { "call_back_share", TSIM_UNIT_SHARE, "wait to be called back" },
        { "call_backs_late_share", TSIM_UNIT_SHARE, "of call-backs are late" },
        { "unreached_share", TSIM_UNIT_SHARE, "of customers are never reached" },
        { "redials_mean", TSIM_UNIT_COUNT, "redials per contact" },
        { "reopen_rate", TSIM_UNIT_SHARE, "of what seemed solved comes back" },
        { "requests_mean", TSIM_UNIT_COUNT, "requests for somebody higher per contact" },
        { "talked_down_share", TSIM_UNIT_SHARE, "of them talked out of it" },
        { "customers_lost_share", TSIM_UNIT_SHARE, "leave for good after a contact" },
    };
    char        buffer[SCREEN_TEXT], value[FORMAT_VALUE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        const struct tsim_estimate found =
            finding_value(screen->result, TSIM_SCOPE_DESK, 0, clauses[i].measure);
        if (!found.defined || found.value < SELDOM)
            continue;
        text_add(&text, "%s%s %s", text.length == 0 ? "" : ", ",
                 screen_value(screen, found.value, clauses[i].unit, value, sizeof value),
                 clauses[i].words);
    }
    if (text.length == 0)
        return;
    text_add(&text, ".");
    page_add(&screen->page, STYLE_STRONG, "CUSTOMERS");
    page_fill(&screen->page, 11, STYLE_PLAIN, buffer);
}

/* What became of those who waited at time 0. */
static void add_backlog_begin(struct screen *screen, struct text *text)
{
    char                       value[FORMAT_VALUE];
    const struct tsim_estimate begin =
        finding_value(screen->result, TSIM_SCOPE_DESK, 0, "backlog_begin");
    const struct tsim_estimate time =
        finding_value(screen->result, TSIM_SCOPE_DESK, 0, "backlog_begin_time_mean");
    if (!begin.defined)
        return;
    text_add(text, "%s waited at the beginning",
             screen_value(screen, begin.value, TSIM_UNIT_COUNT, value, sizeof value));
    if (time.defined)
        text_add(text, ", and were done after %s on average",
                 screen_value(screen, time.value, TSIM_UNIT_DURATION, value, sizeof value));
    if (of_desk(screen, "backlog_begin_open_share") > 0)
        text_add(text, "; %s of them are open at the end",
                 screen_value(screen, of_desk(screen, "backlog_begin_open_share"),
                              TSIM_UNIT_SHARE, value, sizeof value));
    text_add(text, ".");
}

/* Contacts that are open, and for how long they have been. */
void screen_backlog(struct screen *screen)
{
    char        buffer[SCREEN_TEXT], value[FORMAT_VALUE];
    struct text text;
    const struct tsim_estimate age =
        finding_value(screen->result, TSIM_SCOPE_DESK, 0, "backlog_age_mean");
    text_open(&text, buffer, sizeof buffer);
    add_backlog_begin(screen, &text);
    if (!age.defined || of_desk(screen, "backlog_end") <= 0) {
        if (text.length > 0) {
            page_add(&screen->page, STYLE_STRONG, "BACKLOG");
            page_fill(&screen->page, 10, STYLE_PLAIN, buffer);
        }
        return;
    }
    text_add(&text, "%s%s open at a time", text.length > 0 ? " " : "",
             screen_value(screen, of_desk(screen, "backlog_mean"), TSIM_UNIT_COUNT, value,
                          sizeof value));
    text_add(&text, ", %s at the end",
             screen_value(screen, of_desk(screen, "backlog_end"), TSIM_UNIT_COUNT, value,
                          sizeof value));
    text_add(&text, ", %s old on average.",
             screen_value(screen, age.value, TSIM_UNIT_DURATION, value, sizeof value));
    page_add(&screen->page, STYLE_STRONG, "BACKLOG");
    page_fill(&screen->page, 10, STYLE_PLAIN, buffer);
}

/* What agents of each tier do besides contacts. */
void screen_duties(struct screen *screen)
{
    char        buffer[SCREEN_TEXT], name[FORMAT_NAME], done[FORMAT_VALUE], share[FORMAT_VALUE],
        busy[FORMAT_VALUE], all[FORMAT_VALUE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    for (size_t t = 0; t < tsim_result_entries(screen->result, TSIM_SCOPE_TIER); t++) {
        const struct tsim_result  *result = screen->result;
        const struct tsim_estimate of_wanted =
            finding_value(result, TSIM_SCOPE_TIER, t, "duties_done_ratio");
        if (!of_wanted.defined)
            continue;
        text_add(&text, "%s%s: %s of agents' time %s at other duties, %s of what is wanted; busy "
                        "%s, with them %s.",
                 text.length > 0 ? " " : "",
                 screen_name(screen, tsim_result_entry(result, TSIM_SCOPE_TIER, t), 24, name,
                             sizeof name),
                 screen_value(screen,
                              finding_value(result, TSIM_SCOPE_TIER, t, "duties_per_day").value,
                              TSIM_UNIT_DURATION, done, sizeof done),
                 finding_per_day(screen->info),
                 screen_value(screen, of_wanted.value, TSIM_UNIT_SHARE, share, sizeof share),
                 screen_value(screen, finding_value(result, TSIM_SCOPE_TIER, t, "occupancy").value,
                              TSIM_UNIT_SHARE, busy, sizeof busy),
                 screen_value(screen, finding_value(result, TSIM_SCOPE_TIER, t,
                                                    "occupancy_with_duties").value,
                              TSIM_UNIT_SHARE, all, sizeof all));
    }
    if (text.length == 0)
        return;
    page_add(&screen->page, STYLE_STRONG, "DUTIES");
    page_fill(&screen->page, 10, STYLE_PLAIN, buffer);
}

void screen_cost(struct screen *screen)
{
    size_t               entries = tsim_result_entries(screen->result, TSIM_SCOPE_COST);
    struct tsim_estimate total   = { 0 }, contact = { 0 }, resolved = { 0 };
    if (entries > 0) {
        total    = finding_value(screen->result, TSIM_SCOPE_COST, entries - 1, "per_day");
        contact  = finding_value(screen->result, TSIM_SCOPE_COST, entries - 1, "per_contact");
        resolved = finding_value(screen->result, TSIM_SCOPE_COST, entries - 1, "per_resolution");
    }
    if (!total.defined || total.value <= 0)
        return;
    char        buffer[SCREEN_TEXT], name[FORMAT_NAME], value[FORMAT_VALUE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s %s",
             screen_value(screen, total.value, TSIM_UNIT_MONEY, value, sizeof value),
             finding_per_day(screen->info));
    if (contact.defined)
        text_add(&text, ", %s per contact",
                 screen_value(screen, contact.value, TSIM_UNIT_MONEY, value, sizeof value));
    if (resolved.defined)
        text_add(&text, ", %s per resolution",
                 screen_value(screen, resolved.value, TSIM_UNIT_MONEY, value, sizeof value));
    bool any = false;
    for (size_t c = 0; c + 1 < entries; c++) {
        struct tsim_estimate day = finding_value(screen->result, TSIM_SCOPE_COST, c, "per_day");
        if (!day.defined || day.value <= 0)
            continue;
        const char *entry = tsim_result_entry(screen->result, TSIM_SCOPE_COST, c);
        screen_name(screen, finding_cost_words(entry), 24, name, sizeof name);
        text_add(&text, "%s%s %s", any ? ", " : ": ", name,
                 screen_value(screen, day.value / total.value, TSIM_UNIT_SHARE, value,
                              sizeof value));
        any = true;
    }
    text_add(&text, ".");
    if (of_desk(screen, "delay_cost_per_day") > 0)
        text_add(&text, " Delay is %s %s of it.",
                 screen_value(screen, of_desk(screen, "delay_cost_per_day"), TSIM_UNIT_MONEY,
                              value, sizeof value), finding_per_day(screen->info));
    page_add(&screen->page, STYLE_STRONG, "COST");
    page_fill(&screen->page, 10, STYLE_PLAIN, buffer);
}

static const char *measure_words(const char *measure)
{
    static const char *const words[][2] = {
        { "wait_mean", "mean wait" },          { "wait_all_mean", "mean wait of all" },
        { "delayed_share", "must wait" },      { "abandoned_share", "give up" },
        { "blocked_share", "turned away" },    { "service_level", "in time" },
        { "service_level_strict", "in time" }, { "occupancy", "busy" },
        { "queue_mean", "waiting at a time" }, { "answered_share", "answered" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(measure, words[i][0]) == 0)
            return words[i][1];
    return measure;
}

/* Does an exact value lie where the simulation says? Four standard errors: one false alarm in
 * sixteen thousand, and nothing to say without an error. */
static bool disagrees(const struct tsim_crosscheck *check)
{
    const struct tsim_estimate *simulated = &check->simulated;
    return check->exact && simulated->defined && simulated->has_interval &&
           simulated->std_error > 0 &&
           fabs(check->analytic - simulated->value) > 4 * simulated->std_error;
}

static bool same_case(const struct tsim_crosscheck *a, const struct tsim_crosscheck *b)
{
    return strcmp(a->tier, b->tier) == 0 && strcmp(a->model, b->model) == 0;
}

static void say_check(struct screen *screen, const struct tsim_crosscheck *check, bool first,
                      struct text *text)
{
    char   a[FORMAT_VALUE], b[FORMAT_VALUE];
    size_t count, index = tsim_result_measure(screen->result, TSIM_SCOPE_TIER, check->measure);
    const struct tsim_measure *measures =
        tsim_result_measures(screen->result, TSIM_SCOPE_TIER, &count);
    struct scale scale;
    scale_pick(&scale, check->analytic, index < count ? measures[index].unit : TSIM_UNIT_COUNT,
               screen->info->currency, screen->page.ascii);
    scale_write(&scale, check->analytic, a, sizeof a);
    snprintf(b, sizeof b, "%s", screen->page.signs->dash);
    if (fabs(check->simulated.value / scale.divisor) < 9.95 && scale.decimals == 0)
        scale.decimals = 1;
    if (check->simulated.defined)
        scale_write_bare(&scale, check->simulated.value, b, sizeof b);
    text_add(text, "%s%s %s (%s%s)", first ? "" : ", ", measure_words(check->measure),
             screen_glue(a), first ? "simulated " : "", b);
}

/* The measures a planner knows from the formula first; the others are in summary.json. */
static bool is_shown(const struct tsim_crosscheck *check, size_t i, size_t n)
{
    return n <= 2 || strcmp(check->measure, "wait_mean") == 0 ||
           strcmp(check->measure, "service_level") == 0 ||
           (i == 0 && strcmp(check->measure, "blocked_share") == 0) || disagrees(check);
}

/* One tier against one formula, as one paragraph. */
static void write_check(struct screen *screen, const struct tsim_crosscheck *checks, size_t n)
{
    char        buffer[SCREEN_TEXT], name[FORMAT_NAME];
    struct text text;
    bool        alarm = false, sure = true, first = true;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s as %s: ", screen_name(screen, checks->tier, 24, name, sizeof name),
             checks->model);
    for (size_t i = 0; i < n; i++) {
        alarm = alarm || disagrees(&checks[i]);
        sure  = sure && checks[i].simulated.defined && checks[i].simulated.has_interval;
        if (!is_shown(&checks[i], i, n))
            continue;
        say_check(screen, &checks[i], first, &text);
        first = false;
    }
    if (alarm)
        text_add(&text, ". These must agree and do not: please report this.");
    else if (checks->exact)
        text_add(&text, ". Every assumption of the formula holds%s.", sure ? ": they agree" : "");
    else if (checks->reasons && *checks->reasons)
        text_add(&text, ". Not in the formula: %s.",
                 screen_name(screen, checks->reasons, 400, name, sizeof name));
    page_add(&screen->page, STYLE_STRONG, "CHECK");
    page_fill(&screen->page, 10, alarm ? STYLE_BAD : STYLE_FAINT, buffer);
}

void screen_checks(struct screen *screen)
{
    enum { MOST = 3 };
    size_t                        count, written = 0;
    const struct tsim_crosscheck *checks = tsim_result_crosschecks(screen->result, &count);
    for (size_t i = 0, n; i < count; i += n) {
        bool alarm = false;
        for (n = 0; i + n < count && same_case(&checks[i], &checks[i + n]); n++)
            alarm = alarm || disagrees(&checks[i + n]);
        /* The rest is in summary.json; one that disagrees is never left out. */
        if (written < MOST || alarm)
            write_check(screen, &checks[i], n);
        written++;
    }
}
