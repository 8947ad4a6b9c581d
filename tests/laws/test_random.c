/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: every valid scenario is accepted, and none with a mistake in it. Method: 2,000 random
 * scenarios in every style load; in 2,000 more one value, key or member is made wrong, in a way
 * that is wrong wherever it stands, and each is refused with a problem that has a place. */
#include "support/law.h"

#include "base/json.h"

enum { SCENARIOS = 2000 };

Test(random, valid_scenarios_are_accepted)
{
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        const struct scenario_style style = { number & 1, number >> 1 & 1, number >> 2 & 1,
                                              number >> 3 & 1, number >> 4 & 1,
                                              number >> 5 & 1, number >> 6 & 1,
                                              number >> 7 & 1, number >> 8 & 1,
                                              number >> 9 & 1 };
        struct law law = law_random(1000 + number, &style);
        cr_assert_eq(tsim_problems_errors(law.problems), 0);
        law_free(&law);
    }
}

/* ---- one mistake */

static size_t count(const struct json *node)
{
    size_t n = 1;
    JSON_EACH(child, node)
        n += count(child);
    return n;
}

static const struct json *nth(const struct json *node, size_t *n)
{
    if ((*n)-- == 0)
        return node;
    JSON_EACH(child, node)
    {
        const struct json *found = nth(child, n);
        if (found)
            return found;
    }
    return NULL;
}

/* Texts that are free, and what stands under "notes". */
static bool says_nothing(const struct json *node)
{
    for (; node->parent; node = node->parent)
        if (node->key && strcmp(node->key, "notes") == 0)
            return true;
    return false;
}

static char *replace(const char *text, size_t start, size_t end, const char *by)
{
    const size_t before = start, after = strlen(text) - end, size = before + strlen(by) + after;
    char        *to = malloc(size + 1);
    cr_assert(to);
    memcpy(to, text, before);
    memcpy(to + before, by, strlen(by));
    memcpy(to + before + strlen(by), text + end, after + 1);
    return to;
}

static const char *const wrong_anywhere[] = {
    "null", "[[[]]]", "{\"\": {}}", "1e400", "\"\\ud800\"", "-1e-5x", "-1e300", "\"5 parsecs\"",
    "{\"kind\": 3}", "0.5.5", "nul", "\"", "}",
};

/* The text with one mistake in it; NULL where the drawn place takes none. */
static char *spoil(const char *text, uint64_t *state, const char **how)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_text(text, strlen(text), "spoil", problems);
    size_t                n = random_below(state, (uint32_t)count(json_root(document)));
    const struct json    *node = nth(json_root(document), &n);
    char                 *spoilt = NULL, member[600];
    if (node->parent && !says_nothing(node)) {
        const uint32_t what = random_below(state, 10);
        if (node->key && what == 0) {
            *how = "a key is misspelled";
            spoilt = replace(text, node->key_end - 1, node->key_end, "qx\"");
        } else if (node->key && what == 1) {
            *how = "a member stands twice";
            snprintf(member, sizeof member, "%.*s: 0, ", (int)(node->key_end - node->key_start),
                     text + node->key_start);
            spoilt = replace(text, node->key_start, node->key_start, member);
        } else {
            *how = wrong_anywhere[random_below(state, sizeof wrong_anywhere /
                                                          sizeof *wrong_anywhere)];
            spoilt = replace(text, node->start, node->end, *how);
        }
        /* A text may stand for an element of a list that has just a name. */
        if (node->parent->type == JSON_ARRAY && strcmp(*how, "\"5 parsecs\"") == 0 &&
            (node->type == JSON_OBJECT || node->type == JSON_STRING)) {
            free(spoilt);
            spoilt = NULL;
        }
        /* A name may be any text. */
        if (node->type == JSON_STRING && node->key && strcmp(*how, "\"5 parsecs\"") == 0 &&
            (strcmp(node->key, "name") == 0 || strcmp(node->key, "key") == 0 ||
             strcmp(node->key, "skill") == 0 || strcmp(node->key, "busyness_group") == 0)) {
            free(spoilt);
            spoilt = NULL;
        }
    }
    json_free(document);
    tsim_problems_free(problems);
    return spoilt;
}

Test(random, mistakes_are_refused)
{
    uint64_t state = 9;
    uint32_t refused = 0;
    for (uint32_t number = 0; refused < SCENARIOS; number++) {
        const char *how = "";
        char       *text = random_scenario(number, NULL), *spoilt = spoil(text, &state, &how);
        if (spoilt) {
            struct tsim_problems *problems = tsim_problems_new();
            struct tsim_scenario *scenario =
                tsim_scenario_parse(spoilt, strlen(spoilt), "spoilt.json", NULL, problems);
            cr_assert(!scenario, "scenario %u, \"%s\", was accepted:\n%s", number, how, spoilt);
            const struct tsim_problem *first = tsim_problems_get(problems, 0);
            cr_assert_eq((int)first->kind, TSIM_PROBLEM_INPUT, "scenario %u: %s", number,
                         first->message);
            cr_assert(first->line > 0 && first->message, "scenario %u: %s", number,
                      first->message);
            refused++;
            tsim_problems_free(problems);
        }
        free(spoilt);
        free(text);
    }
}
