/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/screen.h"
#include "report/screen_parts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/finding.h"
#include "report/format.h"

char *screen_glue(char *text)
{
    for (char *at = text; *at; at++)
        if (*at == ' ')
            *at = PAGE_GLUE;
    return text;
}

char *screen_value(const struct screen *screen, double value, enum tsim_unit unit, char *to,
                   size_t size)
{
    return screen_glue(
        format_value(value, unit, screen->info->currency, screen->page.ascii, to, size));
}

char *screen_target(const struct screen *screen, double value, enum tsim_unit unit, char *to,
                    size_t size)
{
    return screen_glue(
        format_target(value, unit, screen->info->currency, screen->page.ascii, to, size));
}

char *screen_name(const struct screen *screen, const char *name, size_t columns, char *to,
                  size_t size)
{
    return format_name(name, columns, screen->page.ascii, to, size);
}

char *screen_span(const struct screen *screen, size_t first, size_t end, char *to, size_t size)
{
    char from[FORMAT_VALUE], until[FORMAT_VALUE];
    finding_clock(screen->info, first, from, sizeof from);
    finding_clock(screen->info, end, until, sizeof until);
    /* "Tue 09:00–11:00": the weekday once, when it is the same. */
    const char *rest = strchr(until, ' ');
    if (!rest || strncmp(from, until, (size_t)(rest - until)) != 0)
        rest = until;
    snprintf(to, size, "%s%s%s", from, screen->page.ascii ? "-" : "–", rest + (*rest == ' '));
    return to;
}

static void screen_header(struct screen *screen)
{
    const struct tsim_run_info *info = screen->info;
    struct page                *page = &screen->page;
    char name[FORMAT_NAME], title[FORMAT_NAME], length[FORMAT_VALUE], number[FORMAT_VALUE];
    const char *dot = page->signs->dot;

    screen_name(screen, info->scenario, page->width / 2, name, sizeof name);
    page_add(page, STYLE_STRONG, name);
    if (info->title && *info->title && strcmp(info->title, info->scenario) != 0) {
        size_t room = page->width - page->columns > 5 ? page->width - page->columns - 4 : 1;
        screen_name(screen, info->title, room, title, sizeof title);
        page_add(page, STYLE_PLAIN, "  ");
        page_add(page, STYLE_FAINT, title);
    }
    page_end(page);

    char        buffer[SCREEN_TEXT];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    screen_target(screen, info->length_s, TSIM_UNIT_DURATION, length, sizeof length);
    if (info->steady_state)
        text_add(&text, "steady state %s ", dot);
    else
        text_add(&text, "%.3s %02u:%02u %s ", info->start_day ? info->start_day : "Mon",
                 info->start_second / 3600 % 24, info->start_second / 60 % 60, dot);
    text_add(&text, "%" PRIu32 " %s %s ", info->tiers, info->tiers == 1 ? "tier" : "tiers", dot);
    text_add(&text, "%s %s %s ", format_whole(info->agents_max, number, sizeof number),
             info->agents_max == 1 ? "agent" : "agents", dot);
    if (info->batches > 0)
        text_add(&text, "one run of %s in %s%cbatches", length,
                 format_whole(info->batches, number, sizeof number), PAGE_GLUE);
    else if (info->replications == 1)
        text_add(&text, "one replication of %s", length);
    else
        text_add(&text, "%s%c%s%c%s", format_whole(info->replications, number, sizeof number),
                 PAGE_GLUE, page->signs->times, PAGE_GLUE, length);
    if (info->steady_state && info->warmup_s > 0)
        text_add(&text, " after %s", screen_target(screen, info->warmup_s, TSIM_UNIT_DURATION,
                                                   number, sizeof number));
    text_add(&text, " %s %s%c%s %s seed%c%" PRIu64, dot,
             format_whole(info->contacts, number, sizeof number), PAGE_GLUE,
             info->contacts == 1 ? "contact" : "contacts", dot, PAGE_GLUE, info->seed);
    if (info->policy) {
        screen_name(screen, info->policy, page->width / 2, name, sizeof name);
        text_add(&text, " %s policy %s", dot, name);
    }
    /* How long it took is worth no line of its own. */
    screen_value(screen, info->wall_s, TSIM_UNIT_DURATION, number, sizeof number);
    if (info->wall_s > 0 && !page->html && text_columns(buffer) + 3 + strlen(number) <= page->width)
        text_add(&text, " %s %s", dot, number);
    page_fill(page, 0, STYLE_PLAIN, buffer);
}

/* What the reader must know before believing any number. */
static void screen_warnings(struct screen *screen)
{
    const struct tsim_run_info *info = screen->info;
    char                        buffer[SCREEN_TEXT], asked[FORMAT_VALUE];
    if (!info->complete) {
        char done[FORMAT_VALUE], planned[FORMAT_VALUE];
        snprintf(buffer, sizeof buffer,
                 "PARTIAL: stopped after %s of %s replications; every number below rests on those "
                 "alone.", format_whole(info->replications, done, sizeof done),
                 format_whole(info->planned, planned, sizeof planned));
        page_end(&screen->page);
        page_fill(&screen->page, 2, STYLE_WARN, buffer);
    }
    if (info->complete && info->precision_asked && !info->precision_reached) {
        snprintf(buffer, sizeof buffer,
                 "The precision asked for (%s) was not reached after %" PRIu32 " replications.",
                 screen_target(screen, info->precision, TSIM_UNIT_SHARE, asked, sizeof asked),
                 info->replications);
        page_end(&screen->page);
        page_fill(&screen->page, 2, STYLE_WARN, buffer);
    }
}

static void say_promises(struct screen *screen, struct text *text)
{
    size_t                     count, kept = 0, broken = 0, close = 0;
    const struct tsim_promise *promises = tsim_result_promises(screen->result, &count);
    for (size_t i = 0; i < count; i++) {
        kept += promises[i].verdict == TSIM_KEPT;
        broken += promises[i].verdict == TSIM_BROKEN;
        close += promises[i].verdict == TSIM_TOO_CLOSE;
    }
    const size_t unknown = count - kept - broken - close; /* nobody came whom it is about */
    if (count == 0)
        return;
    if (kept == count) {
        if (count <= 2)
            text_add(text, count == 1 ? "The promise is kept." : "Both promises are kept.");
        else
            text_add(text, "All %zu promises are kept.", count);
        return;
    }
    if (broken == 0 && screen->info->replications == 1) {
        text_add(text, "One replication cannot tell whether promises are kept.");
        return;
    }
    if (count == 1) {
        text_add(text, broken  ? "The promise is broken."
                       : close ? "Whether the promise is kept is too close to call."
                               : "The promise cannot be measured: it is about nobody who came.");
        return;
    }
    text_add(text, "%zu of %zu promises %s kept", kept, count, kept == 1 ? "is" : "are");
    if (broken)
        text_add(text, ", %zu %s broken", broken, broken == 1 ? "is" : "are");
    if (close)
        text_add(text, ", %zu %s too close to call", close, close == 1 ? "is" : "are");
    if (unknown)
        text_add(text, ", %zu cannot be measured", unknown);
    text_add(text, ".");
}

static void say_split(struct screen *screen, struct text *text)
{
    size_t                   count, missed = 0, open = 0, unknown = 0;
    const struct tsim_split *split = tsim_result_split(screen->result, &count);
    if (count == 0 || !split[0].share.defined)
        return;
    for (size_t i = 0; i < count; i++) {
        missed += split[i].verdict == TSIM_BROKEN;
        open += split[i].verdict == TSIM_TOO_CLOSE;
        unknown += split[i].verdict == TSIM_UNKNOWN;
    }
    char name[FORMAT_NAME], share[FORMAT_VALUE], target[FORMAT_VALUE];
    text_add(text, "%s%s settles %s of what people resolve, against a target of %s%s.",
             text->length ? " " : "",
             screen_name(screen, split[0].tier, 24, name, sizeof name),
             screen_value(screen, split[0].share.value, TSIM_UNIT_SHARE, share, sizeof share),
             screen_target(screen, split[0].target, TSIM_UNIT_SHARE, target, sizeof target),
             missed    ? ": the split is off target"
             : open    ? ": too close to call"
             : unknown ? ""
                       : ": on target");
}

/* "L3 is the weak point: …, worst 13:00–15:00". */
static void say_weak(struct screen *screen, struct text *text)
{
    size_t tier = finding_weak_tier(screen->result);
    const struct tsim_promise *broken = finding_worst_broken(screen->result);
    if (tier == NOTHING && !broken)
        text_add(text, "Nobody waits at any tier.");
    if (tier == NOTHING)
        return;
    struct tsim_estimate wait = finding_value(screen->result, TSIM_SCOPE_TIER, tier, "wait_mean");
    char name[FORMAT_NAME], promise[FORMAT_NAME], a[FORMAT_VALUE], b[FORMAT_VALUE];
    const char *entry = tsim_result_entry(screen->result, TSIM_SCOPE_TIER, tier);
    screen_name(screen, entry, 24, name, sizeof name);
    if (broken && finding_promise_tier(screen->result, broken) == tier) {
        /* The tier is named already. */
        size_t      length = strlen(entry);
        const char *rest   = broken->text;
        if (strncmp(rest, entry, length) == 0)
            rest += length + strspn(rest + length, ": ");
        screen_name(screen, rest, 60, promise, sizeof promise);
        /* "88.7 % answered within 4 h", but "mean wait 21 min". */
        bool share = broken->unit == TSIM_UNIT_SHARE;
        screen_value(screen, broken->estimate.value, broken->unit, a, sizeof a);
        text_add(text, "%s is the weak point: %s %s instead of %s", name, share ? a : promise,
                 share ? promise : a,
                 screen_target(screen, broken->target, broken->unit, b, sizeof b));
    } else if (wait.defined && wait.value >= 1) {
        text_add(text, "Most waiting is at %s: %s on average", name,
                 screen_value(screen, wait.value, TSIM_UNIT_DURATION, a, sizeof a));
    } else {
        text_add(text, wait.defined ? "Nobody waits long at any tier."
                                    : "Nobody who comes to %s is answered.", name);
        return;
    }
    struct span span;
    double      peak;
    if (finding_peak(screen->result, tier, &span, &peak))
        text_add(text, ". Worst for those who come %s: they wait %s",
                 screen_span(screen, span.first, span.end, b, sizeof b),
                 screen_value(screen, peak, TSIM_UNIT_DURATION, a, sizeof a));
    text_add(text, ".");
}

/* One or two plain sentences: what holds, and where it does not. */
static void screen_sentences(struct screen *screen)
{
    char        buffer[SCREEN_TEXT];
    struct text text;
    page_end(&screen->page);
    if (screen->info->contacts == 0) {
        page_fill(&screen->page, 2, STYLE_STRONG,
                  "Nobody came: not one contact arrived in the time simulated, so there is "
                  "nothing to measure.");
        return;
    }
    text_open(&text, buffer, sizeof buffer);
    say_promises(screen, &text);
    say_split(screen, &text);
    if (text.length)
        page_fill(&screen->page, 2, STYLE_STRONG, buffer);
    text_open(&text, buffer, sizeof buffer);
    say_weak(screen, &text);
    if (text.length)
        page_fill(&screen->page, 2, STYLE_STRONG, buffer);
}

/* Further replications that would decide all close calls that can be decided in reasonable time:
 * a value right at its target needs more than anyone would wait for. 0 when there is none. */
static uint32_t undecided_replications(const struct screen *screen)
{
    size_t                     count;
    uint32_t                   most = 0, reasonable = 100 * screen->info->replications;
    const struct tsim_promise *promises = tsim_result_promises(screen->result, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t more = promises[i].more_replications;
        if (promises[i].verdict == TSIM_TOO_CLOSE && more > most && more <= reasonable)
            most = more;
    }
    return most;
}

/* What to type next, and why. */
struct advice {
    char        what[SCREEN_TEXT];
    const char *why;
};

/* A longer run, cut into as many batches, has better ones. */
static void advise_longer(const struct tsim_run_info *info, uint32_t more, const char *command,
                          const char *file, struct advice *advice)
{
    const double times = info->steadiness.batches_hang
                             ? fmax(4, info->steadiness.batch_s * info->batches / info->length_s)
                             : 1 + (double)more / info->batches;
    struct text  text;
    text_open(&text, advice->what, sizeof advice->what);
    text_add(&text, "%s run %s --set 'run.length *= %.2g'", command, file,
             ceil(10 * times) / 10);
    advice->why = info->steadiness.batches_hang ? "makes batches long enough"
                                                : "decides what is too close to call";
}

static void advise(struct screen *screen, struct advice *advice)
{
    const struct tsim_screen_options *options = screen->options;
    const struct tsim_run_info       *info    = screen->info;
    char        file[FORMAT_NAME], name[FORMAT_NAME], command[FORMAT_NAME];
    const char *given = options->scenario ? options->scenario : info->file;
    screen_name(screen, given ? given : "scenario.json", 200, file, sizeof file);
    screen_name(screen, options->command ? options->command : "tiersim", 100, command,
                sizeof command);
    uint32_t more = undecided_replications(screen), reps = 0;
    size_t   weak = finding_weak_tier(screen->result);
    if (info->batches > 0 && !info->steadiness.drifts &&
        (info->steadiness.batches_hang || more > 0)) {
        advise_longer(info, more, command, file, advice);
        return;
    }
    if (!info->complete) {
        reps        = info->planned;
        advice->why = "runs it to the end";
    } else if (info->contacts > 0 && info->replications == 1) {
        reps        = 30;
        advice->why = "says how sure each number is";
    } else if (more > 0) {
        reps        = info->replications + more;
        advice->why = "decides what is too close to call";
    }
    struct text text;
    text_open(&text, advice->what, sizeof advice->what);
    if (reps) {
        text_add(&text, "%s run %s --reps %" PRIu32, command, file, reps);
        return;
    }
    const char *place = strcmp(file, "-") == 0 ? "the scenario" : file; /* from a pipe */
    advice->why = "the same seed sends the same customers";
    if (info->contacts == 0) {
        text_add(&text, "give a stream in %s an arrival rate", place);
        advice->why = "then run it again";
    } else if (weak != NOTHING && finding_worst_broken(screen->result)) {
        screen_name(screen, tsim_result_entry(screen->result, TSIM_SCOPE_TIER, weak), 24, name,
                    sizeof name);
        text_add(&text, "give %s more people in %s and run it again", name, place);
    } else {
        text_add(&text, "change a number in %s and run it again", place);
    }
}

static void screen_next(struct screen *screen)
{
    struct page  *page   = &screen->page;
    struct advice advice = { .why = "" };
    advise(screen, &advice);
    page_add(page, STYLE_STRONG, "Next:");
    if (7 + text_columns(advice.what) + 3 + text_columns(advice.why) <= page->width) {
        page_pad(page, 7);
        page_add(page, STYLE_PLAIN, advice.what);
        page_add(page, STYLE_PLAIN, "   ");
        page_add(page, STYLE_FAINT, advice.why);
        page_end(page);
    } else {
        page_fill(page, 7, STYLE_PLAIN, advice.what);
        page_fill(page, 7, STYLE_FAINT, advice.why);
    }
}

static void screen_footer(struct screen *screen)
{
    char folder[FORMAT_NAME], buffer[SCREEN_TEXT];
    page_end(&screen->page);
    if (screen->options->folder) {
        screen_name(screen, screen->options->folder, 100, folder, sizeof folder);
        size_t      length = strlen(folder);
        const char *slash  = length && folder[length - 1] == '/' ? "" : "/";
        snprintf(buffer, sizeof buffer, "%s%s (report.html, summary.json, tables, plots/)", folder,
                 slash);
        page_add(&screen->page, STYLE_STRONG, "Wrote");
        page_fill(&screen->page, 7, STYLE_PLAIN, buffer);
    }
    if (!screen->page.html)
        screen_next(screen);
}

void tsim_report_screen(const struct tsim_result *result,
                        const struct tsim_screen_options *options, FILE *to)
{
    struct screen screen = { .result = result, .info = tsim_result_info(result) };
    screen.options = screen_open(&screen.page, options, to);
    screen_header(&screen);
    screen_warnings(&screen);
    screen_sentences(&screen);
    if (screen.info->contacts > 0) {
        screen_split(&screen);
        screen_promises(&screen);
        screen_tiers(&screen);
        screen_channels(&screen);
        screen_waits(&screen);
        screen_escalations(&screen);
        screen_fates(&screen);
        screen_backlog(&screen);
        screen_duties(&screen);
        screen_quality(&screen);
        screen_customers(&screen);
        screen_cost(&screen);
        screen_checks(&screen);
        screen_saving(&screen);
        screen_steady(&screen);
    }
    screen_footer(&screen);
}
