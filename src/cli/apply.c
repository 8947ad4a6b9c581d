/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/apply.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

#include "cli/output.h"
#include "cli/source.h"

static enum exit_code cannot_write(const char *path)
{
    fprintf(stderr, "tiersim: %s cannot be written: %s\n", path, strerror(errno));
    return EXIT_IO;
}

static enum exit_code write_whole(const char *path, const struct tsim_scenario *scenario)
{
    char temporary[PATH_MOST];
    if (snprintf(temporary, sizeof temporary, "%s.part", path) >= PATH_MOST) {
        errno = ENAMETOOLONG;
        return cannot_write(path);
    }
    FILE *to = fopen(temporary, "w");
    if (!to)
        return cannot_write(path);
    bool good = tsim_scenario_write_resolved(scenario, to);
    good &= fclose(to) == 0;
    if (good && rename(temporary, path) == 0)
        return EXIT_OK;
    const enum exit_code code = cannot_write(path);
    remove(temporary);
    return code;
}

enum exit_code apply_settings(const char *path, const struct tsim_scenario *scenario,
                              const char *settings)
{
    struct tsim_problems *problems = tsim_problems_new();
    enum exit_code        code = EXIT_LIMIT;
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return code;
    }
    struct tsim_scenario *varied = tsim_scenario_vary(scenario, settings, problems);
    /* Warnings of what is written are told by whoever runs it, with their places in that file. */
    code = varied ? write_whole(path, varied) : problems_tell(problems);
    tsim_scenario_free(varied);
    tsim_problems_free(problems);
    return code;
}
