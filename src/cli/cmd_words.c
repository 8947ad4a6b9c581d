/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that explain: validate, explain, schema, version. */
#include <string.h>

#include <tiersim.h>

#include "cli/options.h"

int cmd_validate(const struct options *options)
{
    if (options->n_operands == 0) {
        fputs("tiersim: validate needs a scenario: tiersim validate my-desk.json\n", stderr);
        return EXIT_USAGE;
    }
    struct tsim_problems *problems = tsim_problems_new();
    if (!problems)
        return EXIT_LIMIT;
    for (int i = 0; i < options->n_operands; i++) {
        struct tsim_scenario *scenario = tsim_scenario_load(options->operands[i], problems);
        if (scenario && !options->quiet && !options->json)
            printf("%s: \"%s\" is a valid scenario\n", options->operands[i],
                   tsim_scenario_name(scenario));
        tsim_scenario_free(scenario);
    }
    int code = EXIT_OK;
    if (options->json) {
        tsim_problems_print_json(problems, stdout);
        for (size_t i = 0; i < tsim_problems_count(problems) && code == EXIT_OK; i++)
            if (tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_WARNING)
                code = EXIT_INPUT;
    } else {
        code = exit_for(problems);
    }
    tsim_problems_free(problems);
    return code;
}

int cmd_explain(const struct options *options)
{
    if (options->reference) {
        tsim_catalog_reference(stdout);
        return EXIT_OK;
    }
    if (options->n_operands == 0) {
        tsim_catalog_list(stdout);
        return EXIT_OK;
    }
    bool good = true;
    for (int i = 0; i < options->n_operands; i++)
        good &= tsim_catalog_explain(options->operands[i], stdout);
    return good ? EXIT_OK : EXIT_USAGE;
}

int cmd_schema(const struct options *options)
{
    (void)options;
    tsim_catalog_schema(stdout);
    return EXIT_OK;
}

int cmd_version(const struct options *options)
{
    printf("tiersim %s\n", tsim_version());
    if (options->verbose)
        printf("%s\nLicence GPL-3.0-or-later. No warranty.\n", tsim_build_info());
    return EXIT_OK;
}
