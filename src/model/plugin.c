/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/plugin.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/param.h"
#include "base/problem.h"
#include "base/text.h"

#define EXPECTED "a shared object made with tiersim/policy.h"

/* Whether all that the file says it loads is in it: what is cut off, the loader would stumble over
 * only when it is touched. */
static bool is_whole(const char *bytes, size_t length)
{
    ElfW(Ehdr) head;
    ElfW(Phdr) part;
    if (length < sizeof head)
        return false;
    memcpy(&head, bytes, sizeof head);
    if (memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 || head.e_phentsize != sizeof part ||
        head.e_phoff > length || head.e_phnum > (length - head.e_phoff) / sizeof part)
        return false;
    for (size_t i = 0; i < head.e_phnum; i++) {
        memcpy(&part, bytes + head.e_phoff + i * sizeof part, sizeof part);
        if (part.p_type == PT_LOAD &&
            (part.p_offset > length || part.p_filesz > length - part.p_offset))
            return false;
    }
    return head.e_type == ET_DYN;
}

/* Looks the file over before anything of it runs, and takes its fingerprint. */
static bool examine(struct plugin *plugin, struct reader *reader, const struct json *node,
                    const char *path)
{
    struct stat file;
    const int   error = stat(path, &file) == 0 ? 0 : errno;
    if (error != 0 || !S_ISREG(file.st_mode)) {
        char reason[128] = "it is no file";
        if (error != 0 && strerror_r(error, reason, sizeof reason) != 0)
            snprintf(reason, sizeof reason, "unknown reason");
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, EXPECTED, NULL,
                          "it is looked for in the scenario's folder",
                          "the policy %s cannot be read: %s", path, reason);
    }
    size_t length;
    char  *bytes = file_read(path, LIMIT_FILE_BYTES, &length, reader->problems);
    if (!bytes)
        return false;
    const bool whole = is_whole(bytes, length);
    if (whole)
        snprintf(plugin->fingerprint, sizeof plugin->fingerprint, "%016llx",
                 (unsigned long long)text_hash_bytes(bytes, length, 0));
    free(bytes);
    return whole || problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, EXPECTED, NULL,
                               "build it with: cc -std=c17 -O2 -shared -fPIC mine.c -o mine.so",
                               "the policy %s is no shared object, or not all of one", path);
}

/* ---- the table */

static bool bad_table(struct reader *reader, const struct json *node, const char *path,
                      const char *hint, const char *what)
{
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL, hint,
                      "the policy %s %s", path, what);
}

static bool check_version(struct reader *reader, const struct json *node, const char *path,
                          const struct tsim_policy *table)
{
    char              what[160];
    static const char hint[] = "begin its table with TSIM_POLICY_HEAD, and build it again with the "
                               "header of this tiersim";
    if (table->version != TSIM_POLICY_VERSION)
        snprintf(what, sizeof what, "was built for version %u of tiersim/policy.h; this is %u",
                 table->version, TSIM_POLICY_VERSION);
    else if (table->size != sizeof *table || table->shown != TSIM_POLICY_SHOWN)
        snprintf(what, sizeof what, "was built with other structs: %u and %u bytes instead of %zu "
                                    "and %u", table->size, table->shown, sizeof *table,
                 TSIM_POLICY_SHOWN);
    else
        return true;
    return bad_table(reader, node, path, hint, what);
}

static bool is_name(const char *name)
{
    return name && name[0] != '\0' && strlen(name) <= LIMIT_NAME;
}

static bool check_table(struct reader *reader, const struct json *node, const char *path,
                        const struct tsim_policy *table)
{
    if (!check_version(reader, node, path, table))
        return false;
    if (!is_name(table->name))
        return bad_table(reader, node, path, NULL, "has no name");
    if (!table->rank && !table->choose && !table->take && !table->route && !table->escalate)
        return bad_table(reader, node, path, "give it one of rank, choose, take, route, escalate",
                         "decides nothing");
    if (table->n_parameters > LIMIT_PARAMETERS || (table->n_parameters && !table->parameters))
        return bad_table(reader, node, path, NULL, "has no good list of parameters");
    for (uint32_t i = 0; i < table->n_parameters; i++) {
        const struct tsim_policy_parameter *parameter = &table->parameters[i];
        if (!is_name(parameter->name) || !isfinite(parameter->low) || !isfinite(parameter->high) ||
            !(parameter->fallback >= parameter->low && parameter->fallback <= parameter->high))
            return bad_table(reader, node, path, "each has a name, finite bounds, and a fallback "
                                                 "within them",
                             "has a parameter that is not in order");
    }
    return true;
}

bool plugin_open(struct plugin *plugin, struct reader *reader, const struct json *node)
{
    char path[4096];
    *plugin = (struct plugin){ 0 };
    /* A path without a folder would be looked for among the system's libraries. */
    const char *folder = reader->folder || strchr(node->string, '/') ? reader->folder : ".";
    if (!file_join(path, sizeof path, folder, node->string))
        return wrong_value(reader, node, "a path of at most 4,000 bytes", NULL);
    if (!examine(plugin, reader, node, path))
        return false;
    plugin->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!plugin->handle)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, EXPECTED, NULL,
                          "a policy needs nothing of tiersim but its header",
                          "the policy cannot be loaded: %s", dlerror());
    const struct tsim_policy *table = dlsym(plugin->handle, "tsim_policy");
    if (!table)
        return bad_table(reader, node, path, "define the table as: const struct tsim_policy "
                                             "tsim_policy = { TSIM_POLICY_HEAD, … }",
                         "does not define \"tsim_policy\"");
    if (!check_table(reader, node, path, table))
        return false;
    plugin->table = table;
    return true;
}

void plugin_close(struct plugin *plugin)
{
    if (plugin->handle)
        dlclose(plugin->handle);
    *plugin = (struct plugin){ 0 };
}
