/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sweep: the design's points simulated on one farm, each finished replication written into a
 * journal in order.
 *
 * Points take turns: all of them do the first two replications, then as many again, and so on, each
 * turn doubling what there is. So an interruption leaves all points with as many, and worlds are
 * rarely set up. Work is folded in that order, so the journal is a beginning of the same sequence
 * whatever the threads did. A sweep that goes on takes its pairs from there; it does the last
 * replication of the journal once more and compares, so that a file the scenarios name, or a
 * program that computes something else, is not mixed in. */
#include "experiment/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/journal.h"
#include "base/limits.h"
#include "base/problem.h"
#include "base/text.h"
#include "experiment/trials.h"

struct sweeping {
    struct tsim_sweep           *sweep;
    const struct tsim_run_options *options;
    struct tsim_problems        *problems;
    struct trials                trials;
    struct journal               journal;
    uint64_t                     done, total; /* replications                           */
    uint64_t                     before;      /* … done before this began               */
    double                      *record;      /* contacts, events, then the pairs       */
    size_t                       record_size; /* bytes                                  */
};

enum { RECORD_HEAD = 2 };

/* ---- turns */

/* Replications [first, end) of every point. */
struct turn {
    uint32_t first, end;
};

static struct turn next_turn(const struct tsim_sweep *sweep, uint32_t first)
{
    const uint32_t set = sweep->scenarios[0]->plan->busyness.strata, all = sweep->info.planned;
    const uint32_t n = first > 0 ? first : 2 * set;
    return (struct turn){ first, all - first < n ? all : first + n };
}

/* Where a replication stands in the sequence. */
static uint64_t unit_of(const struct tsim_sweep *sweep, uint32_t point, uint32_t replication)
{
    struct turn turn = next_turn(sweep, 0);
    while (replication >= turn.end)
        turn = next_turn(sweep, turn.end);
    return (uint64_t)turn.first * sweep->info.points +
           (uint64_t)point * (turn.end - turn.first) + (replication - turn.first);
}

/* The turn of a unit that is not the end. */
static struct turn turn_of(const struct tsim_sweep *sweep, uint64_t unit)
{
    struct turn turn = next_turn(sweep, 0);
    while (unit >= (uint64_t)turn.end * sweep->info.points)
        turn = next_turn(sweep, turn.end);
    return turn;
}

static double *pairs_of_unit(const struct tsim_sweep *sweep, uint64_t unit)
{
    const struct turn turn = turn_of(sweep, unit);
    const uint64_t    at = unit - (uint64_t)turn.first * sweep->info.points;
    const uint32_t    n = turn.end - turn.first;
    return sweep_pairs(sweep, (size_t)(at / n), turn.first + (uint32_t)(at % n));
}

/* Replications that every point has when so many units are done. */
static uint32_t complete_ones(const struct tsim_sweep *sweep, uint64_t done)
{
    return done == (uint64_t)sweep->info.points * sweep->info.planned
               ? sweep->info.planned : turn_of(sweep, done).first;
}

/* ---- the journal */

static bool take_record(void *user, uint64_t number, const void *record, size_t length)
{
    struct sweeping   *sweeping = user;
    struct tsim_sweep *sweep = sweeping->sweep;
    if (number >= sweeping->total || length != sweeping->record_size)
        return false;
    memcpy(sweeping->record, record, length);
    memcpy(pairs_of_unit(sweep, number), sweeping->record + RECORD_HEAD,
           length - RECORD_HEAD * sizeof(double));
    sweep->info.contacts += (uint64_t)sweeping->record[0];
    sweep->info.events += (uint64_t)sweeping->record[1];
    sweeping->done = number + 1;
    return true;
}

static uint64_t hash_text(const char *text, uint64_t before)
{
    return text_hash_bytes(text, strlen(text) + 1, before);
}

/* Everything that decides what the records say. */
static struct journal_about about_of(const struct tsim_sweep *sweep)
{
    const uint64_t numbers[] = { sweep->info.seed, sweep->info.planned, sweep->info.points,
                                 sweep->info.responses, sweep->info.design };
    struct journal_about about = { .study = text_hash_bytes(numbers, sizeof numbers, 0),
                                   .layout = text_hash("sweep in turns: contacts, events, pairs") };
    for (size_t p = 0; p < sweep->info.points; p++)
        about.study = hash_text(sweep->scenarios[p]->fingerprint, about.study);
    for (size_t i = 0; i < sweep->info.responses; i++)
        about.study = hash_text(sweep->responses[i].name, about.study);
    about.layout = hash_text(tsim_version(), about.layout);
    return about;
}

static bool open_journal(struct sweeping *sweeping, const char *path)
{
    struct tsim_sweep         *sweep = sweeping->sweep;
    const struct journal_about about = about_of(sweep);
    if (!path)
        return true;
    if (!journal_open(&sweeping->journal, path, &about, take_record, sweeping, sweeping->problems))
        return false;
    sweep->info.resumed = sweeping->done;
    return true;
}

/* ---- replications */

static bool changed(const struct sweeping *sweeping)
{
    return problem_in_file(sweeping->problems, TSIM_PROBLEM_INPUT, sweeping->journal.path, NULL, 0,
                           0, 0, NULL, NULL,
                           "write to another folder, or remove the journal to begin anew",
                           "the journal's last replication comes out differently now: a file that "
                           "the scenario names was changed, or tiersim was");
}

static bool take(void *user, const struct trial *trial)
{
    struct sweeping   *sweeping = user;
    struct tsim_sweep *sweep = sweeping->sweep;
    const size_t       n = sweep->info.responses;
    const uint64_t     unit = unit_of(sweep, trial->point, trial->replication);
    double            *pairs = sweeping->record + RECORD_HEAD;
    sweeping->record[0] = (double)trial->tally->contacts;
    sweeping->record[1] = (double)trial->tally->events;
    for (size_t i = 0; i < n; i++) {
        const struct pair *pair =
            &trial->pairs[sweep->place[i * sweep->info.points + trial->point]];
        pairs[2 * i] = pair->x;
        pairs[2 * i + 1] = pair->y;
    }
    double *to = sweep_pairs(sweep, trial->point, trial->replication);
    if (unit < sweeping->done)
        return memcmp(to, pairs, 2 * n * sizeof *to) == 0 || changed(sweeping);
    memcpy(to, pairs, 2 * n * sizeof *to);
    sweeping->done = unit + 1;
    sweep->info.contacts += trial->tally->contacts;
    sweep->info.events += trial->tally->events;
    return sweeping->journal.file < 0 ||
           journal_append(&sweeping->journal, sweeping->record, sweeping->record_size,
                          sweeping->problems);
}

static void decide(void *user)
{
    (void)user; /* all is planned at once */
}

/* The journal's replications are done, too, save the one that is done again. */
static void tell(void *user, struct tsim_progress *progress)
{
    const struct sweeping *sweeping = user;
    progress->replications_done += (uint32_t)sweeping->before;
    progress->replications_planned = (uint32_t)sweeping->total;
}

static bool plan_work(struct sweeping *sweeping)
{
    struct tsim_sweep *sweep = sweeping->sweep;
    struct trials     *trials = &sweeping->trials;
    const uint64_t     first = sweeping->done ? sweeping->done - 1 : 0;
    sweeping->before = first;
    *trials = (struct trials){
        .scenarios = (const struct tsim_scenario *const *)sweep->scenarios,
        .n_points = (uint32_t)sweep->info.points, .options = sweeping->options,
        .problems = sweeping->problems, .user = sweeping, .take = take, .decide = decide,
        .tell = tell, .seed = sweep->info.seed,
    };
    if (!trials_open(trials, (uint32_t)(sweeping->total - first)))
        return false;
    bool good = true;
    for (struct turn turn = turn_of(sweep, first); good && turn.first < sweep->info.planned;
         turn = next_turn(sweep, turn.end))
        for (uint32_t p = 0; good && p < sweep->info.points; p++) {
            const uint64_t begin = unit_of(sweep, p, turn.first);
            const uint64_t done = first > begin ? first - begin : 0;
            const uint32_t n = turn.end - turn.first;
            if (done < n)
                good = trials_plan(trials, p, turn.first + (uint32_t)done, n - (uint32_t)done);
        }
    return good;
}

static bool open_values(struct sweeping *sweeping)
{
    struct tsim_sweep *sweep = sweeping->sweep;
    const size_t       n = sweep->info.responses;
    sweeping->total = (uint64_t)sweep->info.points * sweep->info.planned;
    const double bytes = (double)sweeping->total * (double)n * 3 * sizeof(double);
    if (bytes > LIMIT_KEPT_BYTES || sweeping->total > LIMIT_SWEEP_UNITS)
        return problem_plain(sweeping->problems, TSIM_PROBLEM_LIMIT,
                             "use fewer points or replications",
                             "%zu points with %u replications each are too many",
                             sweep->info.points, sweep->info.planned);
    sweep->xy = calloc(sweeping->total * n, 2 * sizeof *sweep->xy);
    sweeping->record_size = (RECORD_HEAD + 2 * n) * sizeof(double);
    sweeping->record = malloc(sweeping->record_size);
    return (sweep->xy && sweeping->record) ||
           problem_plain(sweeping->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

/* True when every point has two replications, or sets of them, or all that are planned. */
static bool simulate(struct sweeping *sweeping, const char *journal)
{
    struct tsim_sweep *sweep = sweeping->sweep;
    bool good = open_values(sweeping) && open_journal(sweeping, journal) && plan_work(sweeping) &&
                trials_run(&sweeping->trials);
    if (good) {
        sweep->info.complete = sweeping->trials.complete;
        sweep->info.replications = complete_ones(sweep, sweeping->done);
        good = sweep->info.replications > 0;
    }
    sweep->info.threads = sweeping->trials.threads;
    sweep->info.wall_s = farm_clock() - sweeping->trials.began_s;
    trials_close(&sweeping->trials);
    good &= journal_close(&sweeping->journal, sweeping->problems);
    free(sweeping->record);
    return good;
}

/* ---- the whole */

static void fill_info(struct tsim_sweep *sweep, const struct tsim_run_options *options)
{
    const struct tsim_study    *study = sweep->study;
    const struct tsim_scenario *scenario = study->scenarios[0];
    sweep->info = (struct tsim_sweep_info){
        .study = arena_copy(&sweep->arena, study->given.name),
        .scenario = arena_copy(&sweep->arena, scenario->given.name),
        .currency = arena_copy(&sweep->arena, scenario->given.currency),
        .design = (enum tsim_design)study->given.sweep.design,
        .confidence = study->given.confidence,
        .planned = study_replications(study, options),
        .seed = study_seed(study, options),
    };
}

struct tsim_sweep *tsim_sweep_run(const struct tsim_study *study,
                                  const struct tsim_sweep_options *options,
                                  struct tsim_problems *problems)
{
    static const struct tsim_sweep_options defaults;
    options = options ? options : &defaults;
    struct tsim_sweep *sweep = calloc(1, sizeof *sweep);
    struct sweeping    sweeping = { .sweep = sweep, .options = &options->run,
                                    .problems = problems, .journal = { .file = -1 } };
    if (!sweep) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    arena_open(&sweep->arena);
    sweep->study = study;
    fill_info(sweep, &options->run);
    if (study->given.sweep.at && sweep_make_points(sweep, problems) &&
        sweep_make_responses(sweep, problems) && simulate(&sweeping, options->journal) &&
        sweep_conclude(sweep, problems))
        return sweep;
    if (!study->given.sweep.at)
        problem_at(problems, TSIM_PROBLEM_INPUT, study->given.at, NULL, "\"sweep\"", NULL, NULL,
                   "the study's method is not sweep");
    tsim_sweep_free(sweep);
    return NULL;
}
