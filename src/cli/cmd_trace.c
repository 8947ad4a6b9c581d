/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim trace: one contact's life, replayed. */
#define _DEFAULT_SOURCE /* SIGXCPU */
#include <ctype.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"

/* A whole number from 1 at the start of a text; `end` is set behind it. 0: there is none. */
static uint64_t read_whole(const char *text, const char **end)
{
    uint64_t value = 0;
    *end = text;
    if (strspn(text, "0123456789") > 15)
        return 0;
    for (; isdigit((unsigned char)**end); ++*end)
        value = value * 10 + (uint64_t)(**end - '0');
    return value;
}

/* "17" or "3-17". */
static bool read_number(const char *which, struct tsim_trace_options *trace)
{
    const char    *end;
    const uint64_t first = read_whole(which, &end);
    if (first == 0)
        return false;
    if (*end == '\0') {
        trace->number = first;
        return true;
    }
    if (*end != '-' || first > 1000000)
        return false;
    trace->replication = (uint32_t)first;
    trace->number = read_whole(end + 1, &end);
    return trace->number > 0 && *end == '\0';
}

static bool read_which(const struct options *options, struct tsim_trace_options *trace)
{
    const char *which = options->which ? options->which : tsim_pick_name(TSIM_PICK_WORST);
    for (int pick = TSIM_PICK_NUMBER + 1; pick < TSIM_PICKS; pick++)
        if (strcmp(which, tsim_pick_name((enum tsim_pick)pick)) == 0) {
            trace->pick = (enum tsim_pick)pick;
            return true;
        }
    if (!read_number(which, trace)) {
        fputs("tiersim: --case needs a number such as 17 or 3-17, or one of", stderr);
        for (int pick = TSIM_PICK_NUMBER + 1; pick < TSIM_PICKS; pick++)
            fprintf(stderr, "%s %s", pick > 1 ? "," : "", tsim_pick_name((enum tsim_pick)pick));
        fprintf(stderr, "; got \"%.80s\"\n", which);
        return false;
    }
    if (options->replications > 0)
        fputs("tiersim: --reps says how many replications to search; a case that is named by its "
              "number needs none\n", stderr);
    else if (options->replication > 0 && trace->replication != (uint32_t)options->replication &&
             strchr(which, '-'))
        fprintf(stderr, "tiersim: --case %.40s is of replication %" PRIu32 ", --rep says %.0f\n",
                which, trace->replication, options->replication);
    else
        return true;
    return false;
}

static void show(const struct options *options, const struct tsim_trace *trace)
{
    const struct tsim_screen_options screen = output_screen(options);
    if (options->json)
        tsim_report_trace_json(trace, stdout);
    else
        tsim_report_trace(trace, &screen, stdout);
}

static enum exit_code trace_case(const struct tsim_scenario      *scenario,
                                 const struct options            *options,
                                 const struct tsim_trace_options *which)
{
    struct tsim_problems *problems = tsim_problems_new();
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return EXIT_LIMIT;
    }
    interrupt_watch();
    struct tsim_trace   *trace = tsim_trace(scenario, which, problems);
    const enum exit_code code = problems_tell(problems);
    tsim_problems_free(problems);
    if (trace)
        show(options, trace);
    else if (code == EXIT_OK)
        fputs("tiersim: stopped before the case was found\n", stderr);
    const bool found = trace != NULL;
    tsim_trace_free(trace);
    return found || code != EXIT_OK ? code : EXIT_LIMIT;
}

enum exit_code cmd_trace(const struct options *options)
{
    struct tsim_trace_options which = {
        .replication = (uint32_t)options->replication,
        .replications = (uint32_t)options->replications,
        .seed = (uint64_t)options->seed,
        .has_seed = options->has_seed,
        .max_contacts = (uint64_t)options->max_contacts,
        .max_events = (uint64_t)options->max_events,
        .stop = interrupt_asked,
    };
    if (options->n_operands != 1) {
        fprintf(stderr, "tiersim: trace needs one scenario%s: tiersim trace my-desk.json\n",
                options->n_operands > 1 ? ", not several" : "");
        return EXIT_USAGE;
    }
    if (!read_which(options, &which))
        return EXIT_USAGE;
    struct tsim_problems *problems = tsim_problems_new();
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return EXIT_LIMIT;
    }
    struct tsim_scenario *scenario = source_load(options->operands[0], options, problems);
    enum exit_code        code = problems_code(problems);
    if (!scenario) {
        tsim_problems_print(problems, stderr, 20);
        code = code == EXIT_OK ? EXIT_IO : code; /* told already: standard input */
    } else {
        code = trace_case(scenario, options, &which);
    }
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    if (interrupt_signal() && interrupt_signal() != SIGXCPU)
        interrupt_end();
    return code;
}
