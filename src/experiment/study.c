/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading a study: its rows, then every scenario with its settings. */
#include "experiment/study.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/json_diff.h"
#include "base/problem.h"
#include "base/setting.h"
#include "experiment/empower.h"
#include "experiment/gather.h"
#include "experiment/stress.h"

enum { PATH_MOST = 4096 };

struct slice {
    const char *at;
    size_t      length;
};

/* ---- one scenario */

/* A scenario in place: parsed from a text of the same length in which all else is blank, so that
 * its problems have the right places. */
static struct tsim_scenario *load_inside(struct tsim_study *study, const struct json *node,
                                         struct tsim_problems *problems)
{
    size_t      length;
    const char *text = json_text(study->document, &length);
    char       *blank = malloc(length + 1);
    if (!blank) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    for (size_t i = 0; i < length; i++)
        blank[i] = (i >= node->start && i < node->end) || text[i] == '\n' ? text[i] : ' ';
    struct tsim_scenario *scenario =
        tsim_scenario_open(&(struct tsim_source){ .text = blank, .length = length,
                                                  .name = study->file, .folder = study->folder,
                                                  .allow_plugins = study->allow_plugins },
                           problems);
    free(blank);
    return scenario;
}

static struct tsim_scenario *load_source(struct tsim_study *study,
                                         const struct source_given *source,
                                         struct tsim_problems *problems)
{
    char path[PATH_MOST];
    if (source->inside)
        return load_inside(study, source->inside, problems);
    if (file_join(path, sizeof path, study->folder, source->file))
        return tsim_scenario_open(&(struct tsim_source){ .path = path,
                                                         .allow_plugins = study->allow_plugins },
                                  problems);
    problem_plain(problems, TSIM_PROBLEM_IO, NULL, "the name of a scenario file is too long");
    return NULL;
}

/* "a, b" of a list of settings, without the names they may have; the first name goes to `name`
 * where that is asked for. NULL for none, or when one cannot be read or memory is out. */
static const char *joined(struct tsim_study *study, const struct list *set, const char **name,
                          struct tsim_problems *problems)
{
    const struct text_entry *entries = set->at;
    const char              *all = NULL;
    for (uint32_t i = 0; i < set->n; i++) {
        struct settings read;
        if (!settings_read(&study->arena, entries[i].text, &read, problems))
            return NULL;
        if (name && !*name)
            *name = read.name;
        all = all ? arena_print(&study->arena, "%s, %s", all, read.changes) : read.changes;
    }
    return all;
}

/* A scenario with settings made. */
static struct tsim_scenario *with_settings(struct tsim_study *study,
                                           const struct tsim_scenario *scenario,
                                           const struct list *set, struct tsim_problems *problems)
{
    const char *settings = joined(study, set, NULL, problems);
    return settings ? tsim_scenario_vary(scenario, settings, problems) : NULL;
}

/* Two lots of settings on an origin, not both empty. */
static struct tsim_scenario *vary_twice(struct tsim_study *study,
                                        const struct tsim_scenario *origin,
                                        const struct list *first, const struct list *second,
                                        struct tsim_problems *problems)
{
    struct list        both = { ARENA_ARRAY(&study->arena, first->n + second->n,
                                            struct text_entry), 0 };
    struct text_entry *entries = both.at;
    const struct list *lots[] = { first, second };
    for (size_t k = 0; entries && k < 2; k++)
        for (uint32_t i = 0; i < lots[k]->n; i++)
            entries[both.n++] = ((const struct text_entry *)lots[k]->at)[i];
    return with_settings(study, origin, &both, problems);
}

/* ---- points */

/* The last part of a path without ".json". */
static struct slice stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t      length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".json") == 0)
        length -= 5;
    return (struct slice){ name, length };
}

/* Whether another file of this name is in another folder. */
static bool has_namesake(const char *path, const struct source_given *other)
{
    if (!other->file || strcmp(path, other->file) == 0)
        return false;
    const struct slice stem = stem_of(path), its = stem_of(other->file);
    return stem.length == its.length && memcmp(stem.at, its.at, its.length) == 0;
}

/* Files of one name in different folders are called by their paths. */
static const char *source_name(struct tsim_study *study, const struct source_given *source,
                               const struct tsim_scenario *origin)
{
    const struct variant_given *variants = study->given.variants.at;
    if (source->inside)
        return origin->given.name;
    bool namesake = has_namesake(source->file, &study->given.scenario);
    for (uint32_t i = 0; i < study->given.variants.n; i++)
        namesake |= has_namesake(source->file, &variants[i].scenario);
    if (namesake)
        return source->file;
    const struct slice stem = stem_of(source->file);
    return arena_copy_n(&study->arena, stem.at, stem.length);
}

/* Adds a point; takes `scenario` over, which may be NULL: then it could not be made. */
static bool add_point(struct tsim_study *study, const char *name, struct tsim_scenario *origin,
                      struct tsim_scenario *scenario)
{
    const size_t i = study->n_points++;
    study->origins[i] = origin;
    study->scenarios[i] = scenario;
    if (scenario)
        study->points[i] = (struct tsim_point){ name, scenario->file, scenario->settings,
                                                scenario };
    return scenario != NULL;
}

static bool add_base(struct tsim_study *study, struct tsim_problems *problems)
{
    const struct study_given *given = &study->given;
    struct tsim_scenario     *origin = load_source(study, &given->scenario, problems);
    struct tsim_scenario     *scenario = origin;
    if (origin && given->set.n > 0)
        scenario = with_settings(study, origin, &given->set, problems);
    return add_point(study, given->base ? given->base
                            : origin    ? source_name(study, &given->scenario, origin)
                                        : NULL, origin, scenario);
}

static bool add_variant(struct tsim_study *study, const struct variant_given *variant,
                        struct tsim_problems *problems)
{
    const bool own = variant->scenario.file || variant->scenario.inside;
    struct tsim_scenario *origin = own ? load_source(study, &variant->scenario, problems) : NULL;
    struct tsim_scenario *scenario = NULL;
    if (own && !origin)
        return add_point(study, NULL, NULL, NULL);
    if (!own && variant->set.n == 0) {
        add_point(study, NULL, NULL, NULL);
        return problem_at(problems, TSIM_PROBLEM_INPUT, variant->at, NULL,
                          "\"scenario\" or \"set\"", NULL, NULL,
                          "this variant is the scenario itself");
    }
    if (own && variant->set.n + study->given.set.n == 0)
        scenario = origin;
    else
        scenario = vary_twice(study, own ? origin : study->origins[0], &study->given.set,
                              &variant->set, problems);
    const char *name = variant->name;
    if (!name && variant->set.n == 0)
        name = source_name(study, &variant->scenario, origin);
    if (!name && scenario) {
        const char *changes = joined(study, &variant->set, &name, problems);
        name = name ? name : changes;
    }
    return add_point(study, name, origin, scenario);
}

static bool names_differ(const struct tsim_study *study, struct tsim_problems *problems)
{
    const struct variant_given *variants = study->given.variants.at;
    bool                        good = true;
    const size_t named = study->given.variants.n + (size_t)1;
    for (size_t i = 1; i < study->n_points && i < named; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(study->points[i].name, study->points[k].name) == 0)
                good = problem_at(problems, TSIM_PROBLEM_INPUT, variants[i - 1].at, "name",
                                  "a name of its own", NULL, "name it with \"name\"",
                                  "two scenarios of the study are called \"%s\"",
                                  study->points[i].name);
    return good;
}

/* A point for every limit but that of the scenario itself. */
static bool add_limits(struct tsim_study *study, const struct numbers *limits,
                       struct tsim_problems *problems)
{
    bool good = true;
    for (uint32_t i = 0; i < limits->n; i++) {
        const double limit = limits->at[i];
        if (limit == study->limit_now)
            continue;
        const char *name = arena_print(&study->arena, "%.12g", limit);
        const char *settings = arena_print(&study->arena, "tiers[%u].pools[*].authority = %.12g",
                                           (unsigned)study->limit_tier, limit);
        good &= add_point(study, name, NULL,
                          settings ? tsim_scenario_vary(study->scenarios[0], settings, problems)
                                   : NULL);
    }
    return good;
}

/* A point for every usual stress that the scenario knows; what makes no sense in it is left out. */
static bool add_stresses(struct tsim_study *study, struct tsim_problems *problems)
{
    struct tsim_problems *unsaid = tsim_problems_new();
    struct stress_usual   usual;
    if (!unsaid || !study->demand)
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    for (uint32_t i = 0; unsaid && study->demand && stress_usual_at(study, i, &usual); i++) {
        struct tsim_scenario *scenario =
            usual.settings ? tsim_scenario_vary(study->scenarios[0], usual.settings, unsaid)
                           : NULL;
        if (!scenario)
            continue;
        study->demand[study->n_points] = usual.demand;
        add_point(study, usual.name, NULL, scenario);
    }
    tsim_problems_free(unsaid);
    return unsaid && study->demand;
}

static size_t points_most(const struct study_given *given)
{
    return given->variants.n + given->empower.limits.n + (size_t)EMPOWER_LIMITS +
           given->stress.demand.n + STRESS_DEMANDS + STRESS_OTHERS + 1;
}

static bool add_points(struct tsim_study *study, struct tsim_problems *problems)
{
    const struct variant_given *variants = study->given.variants.at;
    struct numbers              limits = { NULL, 0 };
    const size_t                most = points_most(&study->given);
    study->points = ARENA_ARRAY(&study->arena, most, struct tsim_point);
    study->origins = ARENA_ARRAY(&study->arena, most, struct tsim_scenario *);
    study->scenarios = ARENA_ARRAY(&study->arena, most, const struct tsim_scenario *);
    study->demand = study->given.stress.at ? ARENA_ARRAY(&study->arena, most, double) : NULL;
    if (!study->points || !study->origins || !study->scenarios)
        return false;
    bool good = add_base(study, problems);
    problem_leave_out_warnings(problems, true); /* they would say the same again */
    for (uint32_t i = 0; study->origins[0] && i < study->given.variants.n; i++)
        good &= add_variant(study, &variants[i], problems);
    if (study->scenarios[0] && study->given.empower.at)
        good &= empower_task_read(study, &limits, problems) &&
                add_limits(study, &limits, problems);
    if (study->scenarios[0] && study->given.stress.at && study->given.stress.usual)
        good &= add_stresses(study, problems);
    problem_leave_out_warnings(problems, false);
    return good && names_differ(study, problems);
}

/* What the method of the study asks of its points. */
static bool read_task(struct tsim_study *study, struct tsim_problems *problems)
{
    if (!study_same_sets(study->scenarios, study->n_points, study->given.at, problems))
        return false;
    return !study->given.select.at ||
           select_task_read(&study->select, &study->arena, &study->given, study->points,
                            study->n_points, problems);
}

/* ---- the study */

static bool find_results(struct tsim_study *study, struct tsim_problems *problems)
{
    const struct outputs_given *given = &study->given.outputs;
    char                        path[PATH_MOST];
    if (!given->folder)
        return true;
    if (*given->folder == '\0' ||
        !file_join(path, sizeof path, study->folder, given->folder))
        return problem_at(problems, TSIM_PROBLEM_INPUT, given->at, "folder",
                          "the name of a folder", NULL, NULL, "no folder can be called that");
    study->results = arena_copy(&study->arena, path);
    return study->results != NULL;
}

static struct tsim_study *study_make(struct json_document *document, const char *folder,
                                     bool allow_plugins, struct tsim_problems *problems)
{
    struct tsim_study *study = document ? calloc(1, sizeof *study) : NULL;
    if (!study) {
        json_free(document);
        return NULL;
    }
    arena_open(&study->arena);
    study->document = document;
    study->allow_plugins = allow_plugins;
    study->file = json_name(document);
    study->folder = folder ? arena_copy(&study->arena, folder) : NULL;
    study->reader = (struct reader){ .arena = &study->arena, .problems = problems,
                                     .folder = study->folder, .root = &study_shape };
    const size_t before = tsim_problems_errors(problems);
    const bool   good = shape_read(&study->reader, json_root(document), &study_shape,
                                   &study->given) &&
                        find_results(study, problems) && add_points(study, problems) &&
                        read_task(study, problems);
    if (study->arena.failed)
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    study->reader.problems = NULL;
    if (good && tsim_problems_errors(problems) == before)
        return study;
    if (tsim_problems_errors(problems) == before)
        problem_plain(problems, TSIM_PROBLEM_INTERNAL, NULL,
                      "the study was refused without a reason");
    tsim_study_free(study);
    return NULL;
}

bool tsim_study_is(const char *path)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = problems ? json_read_file(path, problems) : NULL;
    const bool            is = document && json_member(json_root(document), "study");
    json_free(document);
    tsim_problems_free(problems);
    return is;
}

struct tsim_study *tsim_study_open(const struct tsim_source *source,
                                   struct tsim_problems     *problems)
{
    if (!source->path)
        return study_make(json_read_text(source->text, source->length, source->name, problems),
                          source->folder, source->allow_plugins, problems);
    const char *path = source->path, *slash = strrchr(path, '/');
    char        folder[PATH_MOST];
    if (slash && (size_t)(slash - path) + 1 >= sizeof folder) {
        problem_plain(problems, TSIM_PROBLEM_IO, NULL, "the name of the study is too long");
        return NULL;
    }
    if (slash) {
        const size_t length = slash == path ? 1 : (size_t)(slash - path);
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    return study_make(json_read_file(path, problems), slash ? folder : NULL, source->allow_plugins,
                      problems);
}

struct tsim_study *tsim_study_load(const char *path, struct tsim_problems *problems)
{
    return tsim_study_open(&(struct tsim_source){ .path = path }, problems);
}

struct tsim_study *tsim_study_parse(const char *text, size_t length, const char *name,
                                    const char *folder, struct tsim_problems *problems)
{
    return tsim_study_open(&(struct tsim_source){ .text = text, .length = length, .name = name,
                                                  .folder = folder }, problems);
}

void tsim_study_free(struct tsim_study *study)
{
    if (!study)
        return;
    for (size_t i = 0; i < study->n_points; i++) {
        struct tsim_scenario *own = study->origins[i];
        if (study->scenarios[i] && study->scenarios[i] != own)
            tsim_scenario_free((struct tsim_scenario *)(uintptr_t)study->scenarios[i]);
        tsim_scenario_free(own);
    }
    reader_close(&study->reader);
    json_free(study->document);
    arena_close(&study->arena);
    free(study);
}

const char *tsim_study_name(const struct tsim_study *study)
{
    return study->given.name;
}

enum tsim_method tsim_study_method(const struct tsim_study *study)
{
    if (study->given.sweep.at)
        return TSIM_SWEEP;
    if (study->given.empower.at)
        return TSIM_EMPOWER;
    if (study->given.schedule.at)
        return TSIM_SCHEDULE;
    if (study->given.stress.at)
        return TSIM_STRESS;
    return study->given.select.at ? TSIM_SELECT : TSIM_COMPARE;
}

struct tsim_outputs tsim_study_outputs(const struct tsim_study *study)
{
    const struct outputs_given *given = &study->given.outputs;
    return (struct tsim_outputs){ .folder = study->results, .plots = given->plots,
                                  .png = given->png, .pdf = given->pdf,
                                  .json = given->print == PRINT_JSON,
                                  .quiet = given->print == PRINT_NOTHING };
}

const struct tsim_point *tsim_study_points(const struct tsim_study *study, size_t *count)
{
    *count = study->n_points;
    return study->points;
}

void tsim_study_changes(const struct tsim_study *study, size_t point,
                        void (*told)(void *user, const char *path, const char *before,
                                     const char *after),
                        void *user)
{
    if (point > 0 && point < study->n_points)
        json_diff(json_root(study->scenarios[0]->document),
                  json_root(study->scenarios[point]->document), told, user);
}

uint32_t study_replications(const struct tsim_study *study,
                            const struct tsim_run_options *options)
{
    uint32_t n = options->replications ? options->replications : study->given.replications;
    if (n == 0)
        n = study->scenarios[0]->given.run.replications;
    return gather_whole_sets(study->scenarios[0]->plan, n);
}

bool study_same_sets(const struct tsim_scenario *const *scenarios, size_t n, const struct json *at,
                     struct tsim_problems *problems)
{
    const uint32_t set = scenarios[0]->plan->busyness.strata;
    for (size_t i = 1; i < n; i++)
        if (scenarios[i]->plan->busyness.strata != set)
            return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, "the same \"strata\"", NULL,
                              NULL, "scenarios 1 and %zu spread busy days over different sets",
                              i + 1);
    return true;
}

uint64_t study_seed(const struct tsim_study *study, const struct tsim_run_options *options)
{
    if (options->has_seed)
        return options->seed;
    return json_member(json_root(study->document), "seed") ? study->given.seed
                                                           : study->scenarios[0]->given.run.seed;
}
