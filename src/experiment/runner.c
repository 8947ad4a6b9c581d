/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tsim_run: replications of one scenario, as many as are asked for or as a precision takes. */
#include <stdlib.h>

#include <tiersim/run.h>

#include "base/limits.h"
#include "base/problem.h"
#include "experiment/caselog.h"
#include "experiment/longrun.h"
#include "experiment/precision.h"
#include "experiment/result.h"
#include "experiment/trials.h"

struct runner {
    const struct tsim_scenario    *scenario;
    const struct plan             *plan;
    const struct tsim_run_options *options;
    struct tsim_problems          *problems;
    struct trials                  trials;
    struct gathered                gathered;
    struct precision               precision;
    struct caselog                 log;
    struct part                   *parts; /* [slot]                                        */
    bool                           batched; /* one long run                                */
    struct longrun                 longrun;
    struct listeners               alone; /* of the long run, where nobody else listens     */
};

/* Rows of the replication in a slot, and who hands them over. */
struct part {
    struct caselog_part log;
    struct case_sink    cases;
    struct event_sink   events;
    struct listeners    listeners;
};

static const struct listeners *listen(void *user, uint32_t slot, uint32_t replication)
{
    struct runner *runner = user;
    if (!runner->parts)
        return &runner->alone;
    caselog_part_begin(&runner->parts[slot].log, replication);
    return &runner->parts[slot].listeners;
}

static bool take(void *user, const struct trial *trial)
{
    struct runner *runner = user;
    if (runner->parts &&
        !caselog_copy(&runner->log, &runner->parts[trial->slot].log, runner->problems))
        return false;
    steadiness_add(&runner->gathered.steadiness, runner->plan, trial->tally);
    if (runner->batched)
        return longrun_gather(&runner->longrun, trial->tally, &runner->gathered,
                              runner->problems);
    return gather_add(&runner->gathered, runner->plan, trial->tally, trial->pairs,
                      runner->problems);
}

static void decide(void *user)
{
    struct runner *runner = user;
    trials_plan(&runner->trials, 0, runner->gathered.replications,
                precision_more(&runner->precision, runner->plan, &runner->gathered));
}

static void tell(void *user, struct tsim_progress *progress)
{
    const struct runner *runner = user;
    progress->precision_reached = runner->precision.reached;
}

/* ---- the whole run */

static bool open_log(struct runner *runner)
{
    const struct tsim_run_options *options = runner->options;
    if (!caselog_begin(&runner->log, options->case_log, options->event_log, runner->plan,
                       runner->problems))
        return false;
    if (!caselog_is_open(&runner->log))
        return true;
    runner->trials.listen = listen;
    runner->parts = calloc(runner->trials.slots, sizeof *runner->parts);
    for (uint32_t i = 0; runner->parts && i < runner->trials.slots; i++) {
        struct part *part = &runner->parts[i];
        if (!caselog_part_open(&part->log, &runner->log, runner->trials.slots))
            return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        part->cases = (struct case_sink){ caselog_take_case, &part->log };
        part->events = (struct event_sink){ caselog_take_event, &part->log };
        part->listeners = (struct listeners){
            .cases = runner->log.cases_open ? &part->cases : NULL,
            .events = runner->log.events_open ? &part->events : NULL,
            .batches = runner->alone.batches,
        };
    }
    return runner->parts ||
           problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

/* The batches of a long run, where it is one. */
static bool open_batches(struct runner *runner)
{
    if (!runner->batched)
        return true;
    runner->trials.listen = listen;
    runner->alone.batches = &runner->longrun.sink;
    return longrun_open(&runner->longrun, runner->plan) ||
           problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, "use fewer batches",
                         "memory is out: %u batches are too many", runner->plan->n_batches);
}

static bool plan_run(struct runner *runner)
{
    const struct tsim_run_options *options = runner->options;
    const struct run_given        *given = &runner->plan->given->run;
    struct trials                 *trials = &runner->trials;
    const uint32_t asked = options->replications ? options->replications : given->replications;
    runner->batched = given->batches > 0 && options->replications == 0 && options->precision <= 0;
    const uint32_t planned = runner->batched ? 1 : gather_whole_sets(runner->plan, asked);
    if (asked > LIMIT_REPLICATIONS)
        return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, NULL,
                             "at most %d replications are possible", LIMIT_REPLICATIONS);
    const double precision = options->precision > 0 ? options->precision
                             : options->replications ? 0 : given->precision;
    *trials = (struct trials){
        .scenarios = &runner->scenario, .n_points = 1, .options = options,
        .problems = runner->problems, .user = runner, .take = take, .decide = decide,
        .tell = tell, .seed = options->has_seed ? options->seed : given->seed,
    };
    if (!precision_open(&runner->precision, runner->plan, precision, given->confidence,
                        runner->problems) ||
        !gather_fits(runner->plan, runner->batched ? given->batches : planned,
                     runner->problems) ||
        !trials_open(trials, precision == 0 ? planned : 0) || !open_batches(runner) ||
        !open_log(runner))
        return false;
    if (!gather_open(&runner->gathered, runner->plan))
        return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT,
                             "use fewer report intervals, pools or combinations",
                             "memory is out");
    if (given->precision_of.n > 0) {
        runner->gathered.targets = runner->precision.at;
        runner->gathered.n_targets = runner->precision.n;
    }
    return trials_plan(trials, 0, 0, planned);
}

static struct tsim_result *make_result(struct runner *runner)
{
    const uint32_t      done = runner->gathered.replications;
    /* While there are all values of all batches: the result takes them over. */
    const struct tsim_steadiness found =
        runner->batched ? longrun_found(&runner->gathered, runner->plan)
                        : steadiness_found(&runner->gathered.steadiness, runner->plan);
    struct tsim_result *result = result_make(runner->scenario, &runner->gathered);
    if (!result) {
        problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    struct tsim_run_info *info = &result->info;
    info->steadiness = found;
    info->batches = runner->batched ? done : 0;
    steadiness_judge(&runner->gathered.steadiness, &found, runner->plan, runner->problems);
    longrun_judge(&found, runner->plan, runner->problems);
    info->seed = runner->trials.seed;
    info->replications = done;
    info->planned = runner->batched ? done : (uint32_t)runner->trials.planned;
    info->complete = runner->trials.complete;
    info->precision_asked = runner->precision.asked > 0;
    info->precision_reached = runner->precision.asked > 0 && runner->precision.met;
    info->precision = runner->precision.asked;
    info->wall_s = farm_clock() - runner->trials.began_s;
    info->threads = runner->trials.threads;
    return result;
}

static void close_runner(struct runner *runner)
{
    precision_close(&runner->precision);
    for (uint32_t i = 0; runner->parts && i < runner->trials.slots; i++)
        caselog_part_close(&runner->parts[i].log);
    free(runner->parts);
    gather_close(&runner->gathered);
    longrun_close(&runner->longrun);
    caselog_close(&runner->log);
    trials_close(&runner->trials);
}

struct tsim_result *tsim_run(const struct tsim_scenario *scenario,
                             const struct tsim_run_options *options, struct tsim_problems *problems)
{
    static const struct tsim_run_options defaults;
    struct runner       runner = { .scenario = scenario, .plan = scenario->plan,
                                   .options = options ? options : &defaults,
                                   .problems = problems };
    struct tsim_result *result = NULL;
    if (plan_run(&runner)) {
        const bool in_order = trials_run(&runner.trials);
        if (in_order && runner.gathered.replications > 0)
            result = make_result(&runner);
        if (in_order && !caselog_end(&runner.log, problems)) {
            tsim_result_free(result);
            result = NULL;
        }
    }
    close_runner(&runner);
    return result;
}
