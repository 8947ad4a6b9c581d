/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strict_json FILE…: whether files are JSON as our own scanner has it, which takes no duplicate
 * key, no number without a value and nothing that RFC 8259 does not allow. Used by outputs.sh. */
#include <stdio.h>

#include <tiersim/problem.h>

#include "base/json.h"

int main(int argc, char **argv)
{
    struct tsim_problems *problems = tsim_problems_new();
    bool                  good = problems != NULL && argc > 1;
    for (int i = 1; i < argc && problems; i++) {
        struct json_document *document = json_read_file(argv[i], problems);
        good = good && document;
        json_free(document);
    }
    if (problems)
        tsim_problems_print(problems, stderr, 5);
    tsim_problems_free(problems);
    return good ? 0 : 1;
}
