/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays: finds a contact and keeps its events. */
#include "experiment/trace.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/problem.h"
#include "experiment/words.h"

enum { POLL_EVERY = 1 << 16 };

const char *tsim_pick_name(enum tsim_pick pick)
{
    static const char *const names[TSIM_PICKS] = {
        [TSIM_PICK_NUMBER] = "",
        [TSIM_PICK_WORST] = "worst",
        [TSIM_PICK_FIRST_BREACH] = "first-breach",
        [TSIM_PICK_MOST_HOPS] = "most-hops",
        [TSIM_PICK_LONGEST_WAIT] = "longest-wait",
        [TSIM_PICK_COSTLIEST] = "costliest",
    };
    return (unsigned)pick < TSIM_PICKS ? names[pick] : "";
}

void replay_poll(struct replay *replay)
{
    const struct tsim_trace_options *options = replay->options;
    if (replay->told++ % POLL_EVERY == 0 && options->stop && options->stop(options->user))
        atomic_store(&replay->stop, true);
}

bool replay_run(struct replay *replay, uint32_t replication, const struct event_sink *events,
                const struct case_sink *cases)
{
    const struct listeners listeners = { .cases = cases, .events = events };
    replay->told = 0; /* the first event asks */
    const enum replication_status status = replication_run(
        &replay->world, &replay->tally, replay->seed, replication, &replay->limits, &listeners);
    const struct bounds_end end = bounds_reached(&replay->world, &replay->limits, status);
    if (status == REPLICATION_DONE)
        return !atomic_load(&replay->stop); /* a short one may have ended before it looked */
    return status != REPLICATION_STOPPED &&
           bounds_problem(replay->problems, &end, replay->seed, replication);
}

/* ---- keeping one contact's events */

struct keeper {
    struct replay *replay;
    struct kept   *kept;
    uint64_t       number;
};

static void keep_event(void *user, const struct case_event *event)
{
    struct keeper *keeper = user;
    struct kept   *kept = keeper->kept;
    replay_poll(keeper->replay);
    if (event->number != keeper->number || kept->failed)
        return;
    if (kept->n == kept->room) {
        const size_t       room = 2 * kept->room + 64;
        struct case_event *more = realloc(kept->events, room * sizeof *more);
        kept->failed = !more;
        if (!more)
            return;
        kept->events = more;
        kept->room = room;
    }
    kept->events[kept->n++] = *event;
}

static void keep_record(void *user, const struct case_record *record)
{
    struct keeper *keeper = user;
    if (record->number != keeper->number)
        return;
    keeper->kept->record = *record;
    keeper->kept->has_record = true;
}

static bool keep(struct replay *replay, const struct found *found, struct kept *kept)
{
    struct keeper           keeper = { replay, kept, found->number };
    const struct event_sink events = { keep_event, &keeper };
    const struct case_sink  cases = { keep_record, &keeper };
    if (!replay_run(replay, found->replication, &events, &cases))
        return false;
    if (kept->failed)
        return problem_plain(replay->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    return kept->has_record ||
           problem_plain(replay->problems, TSIM_PROBLEM_INPUT, NULL,
                         "there is no contact %llu: replication %u has %llu",
                         (unsigned long long)found->number + 1, found->replication + 1,
                         (unsigned long long)replay->tally.contacts);
}

/* ---- choosing */

static bool nothing_found(const struct replay *replay, const struct found *found)
{
    static const char *const missing[TSIM_PICKS] = {
        [TSIM_PICK_WORST] = "none took any time",
        [TSIM_PICK_FIRST_BREACH] = "none missed an SLA target",
        [TSIM_PICK_MOST_HOPS] = "none was handed over",
        [TSIM_PICK_LONGEST_WAIT] = "none waited",
        [TSIM_PICK_COSTLIEST] = "none cost anything of its own",
    };
    return problem_plain(replay->problems, TSIM_PROBLEM_INPUT,
                         "choose by something else, or look at more replications",
                         "there is no such case: of %llu contacts looked at, %s",
                         (unsigned long long)found->searched, missing[replay->options->pick]);
}

static bool choose(struct replay *replay, struct found *found)
{
    const struct tsim_trace_options *options = replay->options;
    if (options->pick == TSIM_PICK_NUMBER) {
        *found = (struct found){ .replication = options->replication ? options->replication - 1 : 0,
                                 .number = options->number - 1, .is = true };
        return options->number > 0 ||
               problem_plain(replay->problems, TSIM_PROBLEM_INPUT, NULL,
                             "contacts are numbered from 1");
    }
    return trace_find(replay, found) && (found->is || nothing_found(replay, found));
}

/* ---- the trace */

static void fill_info(struct tsim_trace *trace, const struct tsim_scenario *scenario,
                      const struct replay *replay, const struct found *found,
                      const struct case_record *record)
{
    const struct plan       *plan = replay->plan;
    const struct plan_class *class = &plan->classes[record->class];
    struct arena            *arena = &trace->arena;
    trace->info = (struct tsim_trace_info){
        .scenario = arena_copy(arena, scenario->given.name),
        .title = arena_copy(arena, scenario->given.title ? scenario->given.title : ""),
        .fingerprint = arena_copy(arena, scenario->fingerprint),
        .currency = arena_copy(arena, scenario->given.currency),
        .seed = replay->seed,
        .replication = found->replication + 1,
        .number = found->number + 1,
        .id = arena_print(arena, "%u-%llu", found->replication + 1,
                          (unsigned long long)found->number + 1),
        .pick = replay->options->pick,
        .searched_replications = replay->options->pick == TSIM_PICK_NUMBER ? 0
                                 : replay->options->replications ? replay->options->replications
                                                                 : 1,
        .searched = found->searched,
        .stream = arena_copy(arena, plan->streams[class->stream].name),
        .channel = arena_copy(arena, plan->channels[class->channel].name),
        .issue = arena_copy(arena, plan->issue_names[class->issue]),
        .severity = arena_copy(arena, plan->severity_names[class->severity]),
        .segment = arena_copy(arena, plan->segment_names[class->segment]),
        .outcome = words_outcomes[record->fate],
        .counted = record->counted,
        .hops = record->hops,
        .concession = record->concession,
        .start_s = plan->start_s,
        .arrived_s = record->arrived_s,
        .ended_s = record->ended_s,
    };
}

static struct tsim_trace *make_trace(struct replay *replay, const struct tsim_scenario *scenario)
{
    struct found       found;
    struct kept        kept = { .n = 0 };
    struct tsim_trace *trace = NULL;
    if (choose(replay, &found) && keep(replay, &found, &kept)) {
        trace = calloc(1, sizeof *trace);
        if (trace) {
            arena_open(&trace->arena);
            fill_info(trace, scenario, replay, &found, &kept.record);
        }
        if (!trace || !trace_tell(trace, replay->plan, &kept)) {
            tsim_trace_free(trace);
            trace = NULL;
            problem_plain(replay->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        }
    }
    free(kept.events);
    return trace;
}

static bool check_options(const struct tsim_trace_options *options, struct tsim_problems *problems)
{
    const uint64_t first = options->replication ? options->replication : 1;
    const uint64_t n = options->replications ? options->replications : 1;
    if ((unsigned)options->pick >= TSIM_PICKS)
        return problem_plain(problems, TSIM_PROBLEM_INPUT, NULL, "there is no such way to pick");
    return first + n - 1 <= LIMIT_REPLICATIONS ||
           problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "at most %d replications are possible",
                         LIMIT_REPLICATIONS);
}

struct tsim_trace *tsim_trace(const struct tsim_scenario      *scenario,
                              const struct tsim_trace_options *options,
                              struct tsim_problems            *problems)
{
    static const struct tsim_trace_options usual = { .pick = TSIM_PICK_WORST };
    struct replay replay = { .plan = scenario->plan, .options = options ? options : &usual,
                             .problems = problems };
    options = replay.options;
    replay.seed = options->has_seed ? options->seed : scenario->given.run.seed;
    replay.limits = (struct replication_limits){ .events = bounds_events(options->max_events),
                                                 .stop = &replay.stop };
    if (!check_options(options, problems) ||
        !bounds_suffice(problems, replay.plan, replay.limits.events))
        return NULL;
    struct tsim_trace *trace = NULL;
    if (!world_open(&replay.world, replay.plan,
                    bounds_contacts(replay.plan, options->max_contacts))) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, "lower --max-contacts",
                      "memory is out: a replication cannot even begin");
        return NULL;
    }
    if (tally_open(&replay.tally, replay.plan)) {
        trace = make_trace(&replay, scenario);
        tally_close(&replay.tally);
    } else {
        problem_plain(problems, TSIM_PROBLEM_LIMIT,
                      "use fewer report intervals, pools or combinations", "memory is out");
    }
    world_close(&replay.world);
    return trace;
}

void tsim_trace_free(struct tsim_trace *trace)
{
    if (trace)
        arena_close(&trace->arena);
    free(trace);
}

/* ---- reading */

const struct tsim_trace_info *tsim_trace_info(const struct tsim_trace *trace)
{
    return &trace->info;
}

const struct tsim_trace_event *tsim_trace_events(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_events;
    return trace->events;
}

const struct tsim_trace_part *tsim_trace_parts(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_parts;
    return trace->parts;
}

const struct tsim_trace_target *tsim_trace_targets(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_targets;
    return trace->targets;
}

const struct tsim_trace_promise *tsim_trace_promises(const struct tsim_trace *trace,
                                                     size_t *count)
{
    *count = trace->n_promises;
    return trace->promises;
}

const struct tsim_trace_cost *tsim_trace_costs(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_costs;
    return trace->costs;
}
