/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/trials.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/problem.h"

struct batch {
    uint32_t point, first, n;
    uint64_t unit; /* of its first replication */
};

/* Where a unit is worked on; opened for a point, and again when another comes. */
struct slot {
    struct tally      tally;
    struct pair      *pairs;
    uint32_t          point, replication;
    bool              open, no_memory, unbalanced;
    struct bounds_end end;
    char              law[200];
};

struct worker {
    struct world world;
    uint32_t     point;
    bool         open;
};

struct trials_inside {
    struct farm    farm;
    struct batch  *batches;
    size_t         n_batches, room;
    struct slot   *slots;
    struct worker *workers;
};

static const struct plan *plan_of(const struct trials *trials, uint32_t point)
{
    return trials->scenarios[point]->plan;
}

bool trials_plan(struct trials *trials, uint32_t point, uint32_t first, uint32_t n)
{
    struct trials_inside *in = trials->inside;
    if (in->n_batches == in->room) {
        const size_t  room = in->room ? 2 * in->room : 16;
        struct batch *more = realloc(in->batches, room * sizeof *more);
        if (!more)
            return problem_plain(trials->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        in->batches = more;
        in->room = room;
    }
    if (n > 0)
        in->batches[in->n_batches++] = (struct batch){ point, first, n, trials->planned };
    trials->planned += n;
    return true;
}

/* ---- on the workers' threads */

static struct batch batch_of(const struct trials_inside *in, uint64_t unit)
{
    size_t low = 0, high = in->n_batches - 1;
    while (low < high) {
        const size_t middle = (low + high + 1) / 2;
        if (in->batches[middle].unit <= unit)
            low = middle;
        else
            high = middle - 1;
    }
    return in->batches[low];
}

static bool worker_turn(struct trials *trials, struct worker *worker, uint32_t point)
{
    if (worker->open && worker->point == point)
        return true;
    if (worker->open)
        world_close(&worker->world);
    worker->point = point;
    worker->open = world_open(&worker->world, plan_of(trials, point),
                              bounds_contacts(plan_of(trials, point),
                                              trials->options->max_contacts));
    return worker->open;
}

static void slot_close(struct slot *slot)
{
    free(slot->pairs);
    tally_close(&slot->tally);
    slot->pairs = NULL;
    slot->open = false;
}

static bool slot_turn(struct trials *trials, struct slot *slot, uint32_t point)
{
    if (slot->open && slot->point == point)
        return true;
    slot_close(slot);
    slot->point = point;
    slot->pairs = malloc(measure_total(plan_of(trials, point)) * sizeof *slot->pairs);
    slot->open = slot->pairs && tally_open(&slot->tally, plan_of(trials, point));
    return slot->open;
}

static bool worker_open(void *user, uint32_t work)
{
    struct trials *trials = user;
    return worker_turn(trials, &trials->inside->workers[work], trials->inside->batches[0].point);
}

static void worker_close(void *user, uint32_t work)
{
    struct trials *trials = user;
    struct worker *worker = &trials->inside->workers[work];
    if (worker->open)
        world_close(&worker->world);
    worker->open = false;
}

static void run_one(void *user, uint32_t work, uint64_t unit, uint32_t at)
{
    struct trials        *trials = user;
    struct trials_inside *in = trials->inside;
    struct worker        *worker = &in->workers[work];
    struct slot          *slot = &in->slots[at];
    const struct batch    batch = batch_of(in, unit);
    slot->no_memory = !worker_turn(trials, worker, batch.point) ||
                      !slot_turn(trials, slot, batch.point);
    slot->replication = batch.first + (uint32_t)(unit - batch.unit);
    if (slot->no_memory)
        return;
    const struct replication_limits limits = {
        .events = bounds_events(trials->options->max_events), .stop = &in->farm.stopping
    };
    const struct listeners *listeners =
        trials->listen ? trials->listen(trials->user, at, slot->replication) : NULL;
    const enum replication_status status =
        replication_run(&worker->world, &slot->tally, trials->seed, slot->replication, &limits,
                        listeners);
    slot->end = bounds_reached(&worker->world, &limits, status);
    if (status != REPLICATION_DONE)
        return;
    slot->unbalanced = replication_unbalanced(&worker->world, slot->law, sizeof slot->law) != NULL;
    measure_tally(plan_of(trials, batch.point), &slot->tally, slot->pairs);
}

/* ---- the fold */

static bool failed(struct trials *trials, const struct slot *slot)
{
    if (slot->no_memory)
        return problem_plain(trials->problems, TSIM_PROBLEM_LIMIT, "lower --max-contacts",
                             "memory is out: a replication cannot even begin");
    if (slot->end.status == REPLICATION_STOPPED)
        return false; /* an interruption, not a problem */
    if (slot->end.status != REPLICATION_DONE)
        return bounds_problem(trials->problems, &slot->end, trials->seed, slot->replication);
    return problem_plain(trials->problems, TSIM_PROBLEM_INTERNAL,
                         "this is a fault of tiersim; please report it with the scenario",
                         "replication %u of seed %llu does not balance: %s", slot->replication + 1,
                         (unsigned long long)trials->seed, slot->law);
}

static bool fold(void *user, uint64_t unit, uint32_t at)
{
    struct trials *trials = user;
    struct slot   *slot = &trials->inside->slots[at];
    (void)unit;
    if (slot->no_memory || slot->end.status != REPLICATION_DONE || slot->unbalanced)
        return failed(trials, slot);
    const struct trial trial = { slot->point, slot->replication, at, &slot->tally, slot->pairs };
    if (!trials->take(trials->user, &trial))
        return false;
    trials->contacts += slot->tally.contacts;
    trials->events += slot->tally.events;
    trials->taken++;
    return true;
}

static uint64_t more(void *user)
{
    struct trials *trials = user;
    const uint64_t before = trials->planned;
    trials->decide(trials->user);
    return trials->planned - before;
}

static bool asked_to_stop(void *user)
{
    struct trials                 *trials = user;
    const struct tsim_run_options *options = trials->options;
    return (options->stop && options->stop(options->user)) ||
           (options->time_limit_s > 0 && farm_clock() - trials->began_s > options->time_limit_s);
}

static void report_progress(void *user)
{
    struct trials *trials = user;
    if (!trials->options->progress)
        return;
    struct tsim_progress progress = {
        .replications_done = (uint32_t)trials->taken,
        .replications_planned = (uint32_t)trials->planned,
        .contacts = trials->contacts,
        .events = trials->events,
        .elapsed_s = farm_clock() - trials->began_s,
    };
    if (trials->tell)
        trials->tell(trials->user, &progress);
    trials->options->progress(&progress, trials->options->user);
}

/* ---- the whole */

static bool points_are_bounded(const struct trials *trials)
{
    const uint64_t events = bounds_events(trials->options->max_events);
    for (uint32_t i = 0; i < trials->n_points; i++)
        if (!bounds_suffice(trials->problems, plan_of(trials, i), events))
            return false;
    return true;
}

bool trials_open(struct trials *trials, uint32_t most)
{
    trials->began_s = farm_clock();
    trials->threads = farm_threads(trials->options->threads, most);
    trials->slots = farm_slots(trials->threads);
    if (!points_are_bounded(trials))
        return false;
    struct trials_inside *in = trials->inside = calloc(1, sizeof *in);
    if (in) {
        in->slots = calloc(trials->slots, sizeof *in->slots);
        in->workers = calloc(trials->threads, sizeof *in->workers);
    }
    bool good = in && in->slots && in->workers;
    for (uint32_t i = 0; good && i < trials->slots; i++)
        good = slot_turn(trials, &in->slots[i], 0);
    return good || problem_plain(trials->problems, TSIM_PROBLEM_LIMIT,
                                 "use fewer report intervals, pools or combinations",
                                 "memory is out: the tallies need %.0f MB",
                                 (double)trials->slots *
                                     (double)measure_total(plan_of(trials, 0)) * 16e-6);
}

bool trials_run(struct trials *trials)
{
    struct trials_inside *in = trials->inside;
    const size_t          errors = tsim_problems_errors(trials->problems);
    in->farm = (struct farm){ .threads = trials->threads, .slots = trials->slots,
                              .planned = trials->planned, .user = trials, .open = worker_open,
                              .close = worker_close, .run = run_one, .fold = fold, .more = more,
                              .stop = asked_to_stop, .progress = report_progress };
    const enum farm_end end = farm_run(&in->farm);
    trials->complete = end == FARM_DONE;
    if (end == FARM_NO_MEMORY)
        return problem_plain(trials->problems, TSIM_PROBLEM_LIMIT, "lower --max-contacts",
                             "memory is out: a replication cannot even begin");
    if (end == FARM_NO_THREAD)
        return problem_plain(trials->problems, TSIM_PROBLEM_LIMIT, NULL,
                             "no thread can be started");
    return tsim_problems_errors(trials->problems) == errors;
}

void trials_close(struct trials *trials)
{
    struct trials_inside *in = trials->inside;
    if (!in)
        return;
    for (uint32_t i = 0; in->slots && i < trials->slots; i++)
        slot_close(&in->slots[i]);
    free(in->slots);
    free(in->workers);
    free(in->batches);
    free(in);
    trials->inside = NULL;
}
