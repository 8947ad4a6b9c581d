/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a life reads as intended whatever happens in it. Method: the screen of a made-up contact to
 * which everything happens is compared with the text in golden/; with hostile names, no names, no
 * events and every width, what holds of every screen still holds; the JSON is strict. */
#include <math.h>

#include <tiersim/report.h>

#include "base/json.h"
#include "support/fake_trace.h"
#include "support/screen_check.h"

static const char hostile[] =
    "=\x1b[31m\"a,b\"\n\xE2\x80\xAE \xC3\x28 very very long and wide name";

static char *screen_of(const struct tsim_trace *trace, int width, bool ascii)
{
    char  *text = NULL;
    size_t size = 0;
    FILE  *to = open_memstream(&text, &size);
    const struct tsim_screen_options options = { .width = width, .ascii = ascii };
    tsim_report_trace(trace, &options, to);
    fclose(to);
    return text;
}

static void check_json(const char *name, const struct tsim_trace *trace)
{
    char                 *text = NULL;
    size_t                size = 0;
    FILE                 *to = open_memstream(&text, &size);
    struct tsim_problems *problems = tsim_problems_new();
    tsim_report_trace_json(trace, to);
    fclose(to);
    struct json_document *document = json_read_text(text, size, name, problems);
    if (!document) {
        fail(name, "not strict JSON", text);
        tsim_problems_print(problems, stderr, 3);
    } else if (json_member(json_root(document), "events")->size != trace->n_events) {
        fail(name, "not every event", text);
    }
    json_free(document);
    tsim_problems_free(problems);
    free(text);
}

static void check(const char *name, const struct tsim_trace *trace)
{
    static const int widths[] = { 40, 60, 80, 132 };
    for (size_t w = 0; w < 2 * sizeof widths / sizeof *widths; w++) {
        char *screen = screen_of(trace, widths[w / 2], w % 2);
        expect_lines(name, screen, widths[w / 2], w % 2);
        free(screen);
    }
    check_json(name, trace);
}

static void golden(const char *name, const struct tsim_trace *trace, bool ascii)
{
    char *screen = screen_of(trace, 80, ascii);
    expect_golden(name, screen);
    free(screen);
}

static void make_hostile(struct tsim_trace *trace)
{
    trace->info.scenario = trace->info.channel = trace->info.issue = hostile;
    trace->info.stream = trace->info.severity = trace->info.currency = hostile;
    for (size_t i = 0; i < trace->n_events; i++) {
        struct tsim_trace_event *event = &trace->events[i];
        event->tier = event->tier ? hostile : NULL;
        event->to = event->to ? hostile : NULL;
        event->pool = event->pool ? hostile : NULL;
        event->owner = hostile;
    }
    for (size_t i = 0; i < trace->n_parts; i++)
        trace->parts[i].tier = trace->parts[i].tier ? hostile : NULL;
    trace->targets[0].name = hostile;
    trace->promises[0].text = hostile;
}

int main(void)
{
    struct tsim_trace trace;
    fake_life(&trace);
    golden("life-80", &trace, false);
    golden("life-ascii", &trace, true);
    check("life", &trace);
    make_hostile(&trace);
    check("hostile", &trace);
    fake_life(&trace);
    trace.info.pick = TSIM_PICK_NUMBER;
    trace.n_events = trace.n_parts = trace.n_targets = trace.n_promises = trace.n_costs = 0;
    check("nothing", &trace);
    fake_life(&trace);
    trace.info.start_s = 1e17;
    trace.info.ended_s = 1e17;
    trace.events[3].at_s = 1e17;
    trace.events[4].took_s = trace.parts[0].seconds = 1e300;
    trace.costs[0].amount = 1e300;
    check("far", &trace);
    return failures ? 1 : 0;
}
