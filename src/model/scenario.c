/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading: document, rows, plan. The scenario owns everything it points to. */
#include "model/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/problem.h"
#include "base/setting.h"
#include "base/text.h"
#include "model/advice.h"
#include "model/plan.h"

/* The folder part of a path, in the arena; NULL for the working directory. */
static char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return NULL;
    return arena_copy_n(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

/* Loads the policy that a scenario names, if that is allowed. Reports what stands in the way. */
static void load_policy(struct tsim_scenario *scenario)
{
    if (!scenario->given.policy.at)
        return;
    const struct json *node = json_member(scenario->given.policy.at, "plugin");
    if (scenario->allow_plugins)
        plugin_open(&scenario->plugin, &scenario->reader, node);
    else
        problem_at(scenario->reader.problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL,
                   "if you trust whoever made it, allow it: --allow-plugins",
                   "the scenario brings a program of its own, which is not run unasked");
}

/* Of the text, and of the policy's file if there is one. */
static void take_fingerprint(struct tsim_scenario *scenario)
{
    size_t      length;
    const char *text = json_text(scenario_document(scenario), &length);
    uint64_t    hash = text_hash_bytes(text, length, 0);
    if (scenario->plugin.table)
        hash = text_hash_bytes(scenario->plugin.fingerprint, strlen(scenario->plugin.fingerprint),
                               hash);
    snprintf(scenario->fingerprint, sizeof scenario->fingerprint, "%016llx",
             (unsigned long long)hash);
}

/* Reads what the scenario extends, if it does; its document is then the whole of it, as if it had
 * been written so, but problems are told where the words stand. */
static bool extend(struct tsim_scenario *scenario, const char *path,
                   struct tsim_problems *problems)
{
    if (!json_extend(&scenario->extension, scenario->document, path, scenario->folder, problems))
        return false;
    if (scenario->extension.n == 0)
        return true;
    size_t length;
    char  *text = json_extension_text(&scenario->extension, &length);
    if (text)
        scenario->whole = json_read_text(text, length, scenario->file, problems);
    free(text);
    return scenario->whole ||
           problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

/* `path`: the file the document was read from, NULL when it was none. `file` and `settings`: where
 * it comes from. */
static struct tsim_scenario *scenario_make(struct json_document *document, const char *path,
                                           const char *folder, const char *file,
                                           const char *settings, bool allow_plugins,
                                           struct tsim_problems *problems)
{
    struct tsim_scenario *scenario = document ? calloc(1, sizeof *scenario) : NULL;
    if (!scenario) {
        json_free(document);
        return NULL;
    }
    arena_open(&scenario->arena);
    scenario->document = document;
    scenario->file = arena_copy(&scenario->arena, file);
    scenario->settings = arena_copy(&scenario->arena, settings);
    scenario->folder = folder ? arena_copy(&scenario->arena, folder) : NULL;
    scenario->reader = (struct reader){ .arena = &scenario->arena, .problems = problems,
                                        .folder = scenario->folder,
                                        .root = &scenario_shape };
    scenario->allow_plugins = allow_plugins;
    const size_t before = tsim_problems_errors(problems);
    if (extend(scenario, path, problems) &&
        shape_read(&scenario->reader, scenario->extension.root, &scenario_shape,
                   &scenario->given)) {
        load_policy(scenario);
        scenario->plan = plan_compile(&scenario->reader, &scenario->given, &scenario->plugin);
    }
    take_fingerprint(scenario);
    if (scenario->arena.failed)
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    if (!scenario->plan || tsim_problems_errors(problems) > before) {
        if (tsim_problems_errors(problems) == before)
            problem_plain(problems, TSIM_PROBLEM_INTERNAL, NULL,
                          "the scenario was refused without a reason");
        tsim_scenario_free(scenario);
        return NULL;
    }
    advise(scenario->plan, problems);
    scenario->reader.problems = NULL;
    return scenario;
}

struct tsim_scenario *tsim_scenario_open(const struct tsim_source *source,
                                         struct tsim_problems *problems)
{
    if (!source->path)
        return scenario_make(json_read_text(source->text, source->length, source->name, problems),
                             NULL, source->folder, source->name, "", source->allow_plugins,
                             problems);
    struct arena arena;
    arena_open(&arena);
    struct tsim_scenario *scenario =
        scenario_make(json_read_file(source->path, problems), source->path,
                      folder_of(&arena, source->path), source->path, "", source->allow_plugins,
                      problems);
    arena_close(&arena);
    return scenario;
}

struct tsim_scenario *tsim_scenario_load(const char *path, struct tsim_problems *problems)
{
    return tsim_scenario_open(&(struct tsim_source){ .path = path }, problems);
}

struct tsim_scenario *tsim_scenario_parse(const char *text, size_t length, const char *name,
                                          const char *folder, struct tsim_problems *problems)
{
    const struct tsim_source source = { .text = text, .length = length, .name = name,
                                        .folder = folder };
    return tsim_scenario_open(&source, problems);
}

struct tsim_scenario *tsim_scenario_vary(const struct tsim_scenario *scenario,
                                         const char *settings, struct tsim_problems *problems)
{
    struct tsim_scenario *varied = NULL;
    struct arena          arena;
    struct settings       read;
    size_t                length;
    arena_open(&arena);
    char *text = settings_read(&arena, settings, &read, problems)
                     ? settings_apply(&read, scenario_document(scenario), &length, problems) : NULL;
    if (text) {
        const char *all = *scenario->settings
                              ? arena_print(&arena, "%s, %s", scenario->settings, read.changes)
                              : read.changes;
        const char *name = arena_print(&arena, "%s with %s", scenario->file, all);
        if (all && name)
            varied = scenario_make(json_read_text(text, length, name, problems), NULL,
                                   scenario->folder,
                                   scenario->file, all, scenario->allow_plugins, problems);
    }
    free(text);
    arena_close(&arena);
    return varied;
}

void tsim_scenario_free(struct tsim_scenario *scenario)
{
    if (!scenario)
        return;
    reader_close(&scenario->reader);
    json_extension_close(&scenario->extension);
    json_free(scenario->whole);
    json_free(scenario->document);
    arena_close(&scenario->arena);
    plugin_close(&scenario->plugin);
    free(scenario);
}

const char *tsim_scenario_name(const struct tsim_scenario *scenario)
{
    return scenario->given.name;
}

const char *tsim_scenario_settings(const struct tsim_scenario *scenario)
{
    return scenario->settings;
}

const char *tsim_scenario_fingerprint(const struct tsim_scenario *scenario)
{
    return scenario->fingerprint;
}

bool tsim_scenario_write_resolved(const struct tsim_scenario *scenario, FILE *to)
{
    shape_write(json_root(scenario_document(scenario)), &scenario_shape, to);
    return !ferror(to);
}
