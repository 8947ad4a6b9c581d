/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replications on threads, folded in order.
 *
 * Workers take replication numbers from one counter and run them in their own world into a slot of
 * a ring; the calling thread folds the slots in order of replication. A worker may be ahead of the
 * fold by the ring's length. What is folded, and when a stopping rule is asked, depends on
 * replication numbers alone, so the result is the same for any number of threads.
 */
#define _DEFAULT_SOURCE /* number of processors */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <tiersim/run.h>

#include "base/limits.h"
#include "base/problem.h"
#include "experiment/bounds.h"
#include "experiment/caselog.h"
#include "experiment/precision.h"
#include "experiment/result.h"
#include "experiment/steadiness.h"
#include "model/replication.h"
#include "stats/sections.h"

struct slot {
    struct tally            tally;
    struct pair            *pairs;
    struct caselog_part     log;   /* of this replication                                  */
    bool                    ready;
    struct bounds_end       end;
    bool                    unbalanced;
    char                    law[200];
};

struct runner {
    const struct plan              *plan;
    const struct tsim_run_options  *options;
    struct tsim_problems           *problems;
    uint64_t                        seed;
    uint32_t                        threads, contacts_most;
    struct replication_limits       limits;
    struct slot                    *slots;
    uint32_t                        n_slots;
    size_t                          total, kept;
    pthread_mutex_t                 lock;
    pthread_cond_t                  changed;
    uint32_t                        next, folded, planned; /* under the lock               */
    bool                            finished;              /* workers go home              */
    uint32_t                        worlds_failed;
    atomic_bool                     stop;
    struct gathered                 gathered;
    struct precision                precision;
    struct steadiness               steadiness;
    struct caselog                  log;
    double                          began_s;
};

static double wall_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- workers */

static void run_one(struct runner *runner, struct world *world, uint32_t replication)
{
    struct slot           *slot = &runner->slots[replication % runner->n_slots];
    const struct case_sink  cases = { caselog_take_case, &slot->log };
    const struct event_sink events = { caselog_take_event, &slot->log };
    const struct listeners  listeners = { .cases = runner->log.cases_open ? &cases : NULL,
                                          .events = runner->log.events_open ? &events : NULL };
    if (caselog_is_open(&runner->log))
        caselog_part_begin(&slot->log, replication);
    const enum replication_status status = replication_run(
        world, &slot->tally, runner->seed, replication, &runner->limits, &listeners);
    slot->end = bounds_reached(world, &runner->limits, status);
    if (status != REPLICATION_DONE)
        return;
    slot->unbalanced = replication_unbalanced(world, slot->law, sizeof slot->law) != NULL;
    measure_tally(runner->plan, &slot->tally, slot->pairs);
}

/* The next replication to run, when there is one and its slot is free; waits for that. */
static bool take_work(struct runner *runner, uint32_t *replication)
{
    pthread_mutex_lock(&runner->lock);
    while (!runner->finished && (runner->next >= runner->planned ||
                                 runner->next >= runner->folded + runner->n_slots))
        pthread_cond_wait(&runner->changed, &runner->lock);
    const bool go = !runner->finished;
    if (go)
        *replication = runner->next++;
    pthread_mutex_unlock(&runner->lock);
    return go;
}

static void *work(void *user)
{
    struct runner *runner = user;
    struct world   world;
    uint32_t       replication;
    const bool     good = world_open(&world, runner->plan, runner->contacts_most);
    if (!good) {
        pthread_mutex_lock(&runner->lock);
        runner->worlds_failed++;
        pthread_cond_broadcast(&runner->changed);
        pthread_mutex_unlock(&runner->lock);
        return NULL;
    }
    while (take_work(runner, &replication)) {
        run_one(runner, &world, replication);
        pthread_mutex_lock(&runner->lock);
        runner->slots[replication % runner->n_slots].ready = true;
        pthread_cond_broadcast(&runner->changed);
        pthread_mutex_unlock(&runner->lock);
    }
    world_close(&world);
    return NULL;
}

/* ---- the fold */

static bool failed(struct runner *runner, uint32_t replication, const struct slot *slot)
{
    if (slot->end.status == REPLICATION_STOPPED)
        return false; /* an interruption, not a problem */
    if (slot->end.status != REPLICATION_DONE)
        return bounds_problem(runner->problems, &slot->end, runner->seed, replication);
    return problem_plain(runner->problems, TSIM_PROBLEM_INTERNAL,
                         "this is a fault of tiersim; please report it with the scenario",
                         "replication %u of seed %llu does not balance: %s", replication + 1,
                         (unsigned long long)runner->seed, slot->law);
}

static bool keep_pairs(struct runner *runner, const struct slot *slot)
{
    const uint32_t r = runner->gathered.replications;
    if ((r & (r - 1)) == 0 && r >= 64) { /* grown at powers of two */
        struct pair *more = realloc(runner->gathered.pairs,
                                    (size_t)r * 2 * runner->kept * sizeof *more);
        if (!more)
            return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, "use fewer replications",
                                 "memory is out after %u replications", r);
        runner->gathered.pairs = more;
    }
    memcpy(runner->gathered.pairs + (size_t)r * runner->kept, slot->pairs,
           runner->kept * sizeof *slot->pairs);
    return true;
}

static bool fold(struct runner *runner, uint32_t replication)
{
    struct slot       *slot = &runner->slots[replication % runner->n_slots];
    struct gathered   *gathered = &runner->gathered;
    const struct plan *plan = runner->plan;
    if (slot->end.status != REPLICATION_DONE || slot->unbalanced)
        return failed(runner, replication, slot);
    if (!caselog_copy(&runner->log, &slot->log, runner->problems))
        return false;
    if (!keep_pairs(runner, slot))
        return false;
    for (size_t i = 0; i < runner->total; i++)
        ratio_add(&gathered->sums[i], slot->pairs[i].x, slot->pairs[i].y);
    for (uint32_t i = 0; i < plan->n_counted; i++)
        ratio_add(&gathered->promises[i], slot->tally.promise[i].hit, slot->tally.promise[i].base);
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        sections_add(gathered->sections + (size_t)t * SECTIONS_COUNTS, replication,
                     slot->tally.wait_bins + (size_t)t * HISTOGRAM_BINS);
    sections_add(gathered->sections + (size_t)plan->n_tiers * SECTIONS_COUNTS, replication,
                 slot->tally.response_bins);
    sections_add(gathered->sections + ((size_t)plan->n_tiers + 1) * SECTIONS_COUNTS, replication,
                 slot->tally.resolution_bins);
    steadiness_add(&runner->steadiness, plan, &slot->tally);
    gathered->contacts += slot->tally.contacts;
    gathered->events += slot->tally.events;
    gathered->replications++;
    return true;
}

static void report_progress(struct runner *runner)
{
    if (!runner->options->progress)
        return;
    const struct tsim_progress progress = {
        .replications_done = runner->gathered.replications,
        .replications_planned = runner->planned,
        .contacts = runner->gathered.contacts,
        .events = runner->gathered.events,
        .elapsed_s = wall_seconds() - runner->began_s,
        .precision_reached = runner->precision.reached,
    };
    runner->options->progress(&progress, runner->options->user);
}

static bool asked_to_stop(struct runner *runner)
{
    const struct tsim_run_options *options = runner->options;
    return (options->stop && options->stop(options->user)) ||
           (options->time_limit_s > 0 && wall_seconds() - runner->began_s > options->time_limit_s);
}

/* Waits for the next slot in order, looking up now and then to see whether to stop. */
static bool await_slot(struct runner *runner, uint32_t replication)
{
    const struct slot *slot = &runner->slots[replication % runner->n_slots];
    bool               ready;
    pthread_mutex_lock(&runner->lock);
    while (!(ready = slot->ready) && runner->worlds_failed < runner->threads) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 100000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&runner->changed, &runner->lock, &until);
        pthread_mutex_unlock(&runner->lock);
        if (asked_to_stop(runner))
            atomic_store(&runner->stop, true);
        report_progress(runner);
        pthread_mutex_lock(&runner->lock);
    }
    pthread_mutex_unlock(&runner->lock);
    return ready;
}

/* Folds until everything planned is in, a replication fails, or the run is stopped. Returns true
 * when it came to its end. */
static bool fold_all(struct runner *runner)
{
    for (uint32_t r = 0; r < runner->planned; r++) {
        if (!await_slot(runner, r)) {
            return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, "lower --max-contacts",
                                 "memory is out: a replication cannot even begin");
        }
        if (!fold(runner, r))
            return false;
        const uint32_t more = r + 1 == runner->planned
                                  ? precision_more(&runner->precision, &runner->gathered) : 0;
        pthread_mutex_lock(&runner->lock);
        runner->slots[r % runner->n_slots].ready = false;
        runner->folded = r + 1;
        runner->planned += more;
        pthread_cond_broadcast(&runner->changed);
        pthread_mutex_unlock(&runner->lock);
        report_progress(runner);
        if (asked_to_stop(runner) && r + 1 < runner->planned)
            return false;
    }
    return true;
}

/* ---- the whole run */

static bool open_slots(struct runner *runner)
{
    runner->slots = calloc(runner->n_slots, sizeof *runner->slots);
    if (!runner->slots)
        return false;
    for (uint32_t i = 0; i < runner->n_slots; i++) {
        runner->slots[i].pairs = malloc(runner->total * sizeof *runner->slots[i].pairs);
        if (!runner->slots[i].pairs || !tally_open(&runner->slots[i].tally, runner->plan))
            return false;
        if (!caselog_part_open(&runner->slots[i].log, &runner->log, runner->n_slots))
            return false;
    }
    struct gathered *gathered = &runner->gathered;
    gathered->sums = calloc(runner->total, sizeof *gathered->sums);
    gathered->promises = calloc(runner->plan->n_counted + 1, sizeof *gathered->promises);
    gathered->sections = calloc(((size_t)runner->plan->n_tiers + 2) * SECTIONS_COUNTS,
                                sizeof *gathered->sections);
    gathered->pairs = malloc(64 * runner->kept * sizeof *gathered->pairs);
    return gathered->sums && gathered->promises && gathered->sections && gathered->pairs;
}

static void close_slots(struct runner *runner)
{
    for (uint32_t i = 0; runner->slots && i < runner->n_slots; i++) {
        free(runner->slots[i].pairs);
        tally_close(&runner->slots[i].tally);
        caselog_part_close(&runner->slots[i].log);
    }
    free(runner->slots);
    free(runner->gathered.sums);
    free(runner->gathered.promises);
    free(runner->gathered.sections);
    free(runner->gathered.pairs);
}

static bool run_threads(struct runner *runner)
{
    pthread_t threads[LIMIT_THREADS];
    uint32_t  n = 0;
    while (n < runner->threads && pthread_create(&threads[n], NULL, work, runner) == 0)
        n++;
    if (n == 0)
        return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, NULL,
                             "no thread can be started");
    pthread_mutex_lock(&runner->lock);
    runner->worlds_failed += runner->threads - n;
    pthread_mutex_unlock(&runner->lock);
    const bool complete = fold_all(runner);
    atomic_store(&runner->stop, true);
    pthread_mutex_lock(&runner->lock);
    runner->finished = true;
    pthread_cond_broadcast(&runner->changed);
    pthread_mutex_unlock(&runner->lock);
    for (uint32_t i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    return complete;
}

static bool plan_run(struct runner *runner)
{
    const struct tsim_run_options *options = runner->options;
    const struct run_given        *given = &runner->plan->given->run;
    const long                     cores = sysconf(_SC_NPROCESSORS_ONLN);
    runner->seed = options->has_seed ? options->seed : given->seed;
    runner->planned = options->replications ? options->replications : given->replications;
    runner->threads = options->threads ? options->threads : (uint32_t)(cores > 0 ? cores : 1);
    if (runner->planned > LIMIT_REPLICATIONS)
        return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, NULL,
                             "at most %d replications are possible", LIMIT_REPLICATIONS);
    const double precision = options->precision > 0 ? options->precision
                             : options->replications ? 0 : given->precision;
    if (!precision_open(&runner->precision, runner->plan, precision, given->confidence,
                        runner->problems))
        return false;
    if (precision == 0 && runner->threads > runner->planned)
        runner->threads = runner->planned;
    if (runner->threads > LIMIT_THREADS)
        runner->threads = LIMIT_THREADS;
    runner->n_slots = 2 * runner->threads + 2;
    runner->contacts_most = bounds_contacts(runner->plan, options->max_contacts);
    runner->limits.events = bounds_events(options->max_events);
    runner->limits.stop = &runner->stop;
    runner->total = measure_total(runner->plan);
    runner->kept = measure_kept(runner->plan);
    if (!bounds_suffice(runner->problems, runner->plan, runner->limits.events))
        return false;
    const double kept_bytes = (double)runner->planned * (double)runner->kept * sizeof(struct pair);
    if (kept_bytes > LIMIT_KEPT_BYTES)
        return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, "use fewer replications",
                             "the values of %u replications would need %.3g GB of memory",
                             runner->planned, kept_bytes / 1e9);
    if (!caselog_begin(&runner->log, options->case_log, options->event_log, runner->plan,
                       runner->problems))
        return false;
    if (!open_slots(runner))
        return problem_plain(runner->problems, TSIM_PROBLEM_LIMIT,
                             "use fewer report intervals, pools or combinations",
                             "memory is out: the tallies need %.0f MB",
                             (double)runner->n_slots * (double)runner->total * 16e-6);
    return true;
}

static struct tsim_result *make_result(struct runner *runner, bool complete,
                                       const struct tsim_scenario *scenario)
{
    const uint32_t      done = runner->gathered.replications;
    struct tsim_result *result = result_make(runner->plan, &runner->gathered);
    if (!result) {
        problem_plain(runner->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    steadiness_judge(&runner->steadiness, runner->plan, runner->problems);
    struct tsim_run_info *info = &result->info;
    info->seed = runner->seed;
    info->replications = done;
    info->planned = runner->planned;
    info->complete = complete;
    info->precision_asked = runner->precision.asked > 0;
    info->precision_reached = runner->precision.asked > 0 && runner->precision.met;
    info->precision = runner->precision.asked;
    info->fingerprint = arena_copy(&result->arena, scenario->fingerprint);
    info->file = arena_copy(&result->arena, scenario->file);
    info->wall_s = wall_seconds() - runner->began_s;
    info->threads = runner->threads;
    return result;
}

struct tsim_result *tsim_run(const struct tsim_scenario *scenario,
                             const struct tsim_run_options *options, struct tsim_problems *problems)
{
    static const struct tsim_run_options defaults;
    struct runner runner = { .plan = scenario->plan, .options = options ? options : &defaults,
                             .problems = problems, .began_s = wall_seconds(),
                             .lock = PTHREAD_MUTEX_INITIALIZER,
                             .changed = PTHREAD_COND_INITIALIZER };
    struct tsim_result *result = NULL;
    const size_t        errors = tsim_problems_errors(problems);
    if (plan_run(&runner)) {
        const bool complete = run_threads(&runner);
        const bool in_order = tsim_problems_errors(problems) == errors;
        if (in_order && runner.gathered.replications > 0)
            result = make_result(&runner, complete, scenario);
        if (in_order && !caselog_end(&runner.log, problems)) {
            tsim_result_free(result);
            result = NULL;
        }
    }
    precision_close(&runner.precision);
    close_slots(&runner);
    caselog_close(&runner.log);
    return result;
}
