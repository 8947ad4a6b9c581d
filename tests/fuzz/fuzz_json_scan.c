/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: no bytes at all can hurt the JSON reader. Method: the scanner's flat list must describe
 * properly nested values inside the text; whatever it accepts either becomes a document or is a
 * reported problem, and both printers of problems get through. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "base/problem.h"

/* Each value lies inside its parent and behind its elder sibling. */
static void check_tokens(const struct json_scan *scan, size_t length)
{
    for (uint32_t i = 0; i < scan->n; i++) {
        const struct json_token *token = &scan->tokens[i];
        TSIM_ASSERT(token->start < token->end && token->end <= length);
        TSIM_ASSERT(token->after > i && token->after <= scan->n);
        uint32_t n = 0;
        for (uint32_t j = i + 1; j < token->after; j = scan->tokens[j].after, n++) {
            TSIM_ASSERT(scan->tokens[j].start > token->start);
            TSIM_ASSERT(scan->tokens[j].end < token->end);
            TSIM_ASSERT(scan->tokens[j].after <= token->after);
        }
        TSIM_ASSERT(n == token->size);
    }
}

static size_t count(const struct json *node)
{
    size_t n = 1;
    JSON_EACH(child, node)
        n += count(child);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_scan scan;
    const char      *text = (const char *)data;
    bool             accepted = json_scan(text, size, &scan);
    size_t           n = scan.n;
    TSIM_ASSERT(accepted || scan.offset <= size);
    if (accepted)
        check_tokens(&scan, size);
    json_scan_free(&scan);

    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_text(text, size, "input.json", problems);
    TSIM_ASSERT((document == NULL) == (tsim_problems_errors(problems) > 0));
    TSIM_ASSERT(accepted || !document);
    TSIM_ASSERT(!document || count(json_root(document)) == n);
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        TSIM_ASSERT(tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_INTERNAL);
    json_free(document);
    FILE *nowhere = fopen("/dev/null", "w");
    if (nowhere) {
        tsim_problems_print(problems, nowhere, 0);
        tsim_problems_print_json(problems, nowhere);
        fclose(nowhere);
    }
    tsim_problems_free(problems);
    return 0;
}
