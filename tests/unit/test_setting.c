/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: settings change what they name and nothing else, and one that cannot be made is told with
 * its place. Method: a small document, settings good and bad, and the text that must come out. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/problem.h"
#include "base/setting.h"

static const char document_text[] =
    "{ \"run\": { \"length\": \"12 min\" }, \"none\": {},\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"agents\": 4, \"hours\": [1, 2] },\n"
    "    { \"name\": \"L.2\", \"rate\": \"100 /h\", \"people\": [ { \"people\": 8 } ] }\n"
    "    ], \"a/b\": { \"~\": true } }";

struct made {
    struct arena          arena;
    struct tsim_problems *problems;
    struct settings       settings;
    char                 *text;
};

static struct made make(const char *line)
{
    struct made made = { .problems = tsim_problems_new() };
    size_t      length = 0;
    arena_open(&made.arena);
    struct json_document *document = json_read_text(document_text, strlen(document_text), "d.json",
                                                    made.problems);
    cr_assert(document);
    if (settings_read(&made.arena, line, &made.settings, made.problems))
        made.text = settings_apply(&made.settings, document, &length, made.problems);
    cr_assert(!made.text || strlen(made.text) == length);
    json_free(document);
    return made;
}

static void unmake(struct made *made)
{
    free(made->text);
    tsim_problems_free(made->problems);
    arena_close(&made->arena);
}

/* The document with `find` replaced by `put`, which is what must come out. */
static void changes(const char *line, const char *find, const char *put)
{
    char        expected[2 * sizeof document_text];
    const char *at = strstr(document_text, find);
    struct made made = make(line);
    snprintf(expected, sizeof expected, "%.*s%s%s", (int)(at - document_text), document_text, put,
             at + strlen(find));
    if (!made.text)
        tsim_problems_print(made.problems, stderr, 0);
    cr_assert(made.text, "%s", line);
    cr_assert_str_eq(made.text, expected, "%s gives\n%s\nnot\n%s", line, made.text, expected);
    unmake(&made);
}

Test(setting, a_value_is_put_in_place)
{
    changes("tiers[0].agents = 7", "4", "7");
    changes(" tiers.L1.agents=7 ", "4", "7");
    changes("tiers[L1].agents=7", "4", "7");
    changes("/tiers/0/agents=7", "4", "7");
    changes("tiers[L.2].rate = 50 /min", "\"100 /h\"", "\"50 /min\"");
    changes("run.length = 5 d", "\"12 min\"", "\"5 d\"");
    changes("run.length=\"5, d\"", "\"12 min\"", "\"5, d\"");
    changes("run = { \"length\": [1, \"]}\"] }", "{ \"length\": \"12 min\" }",
            "{ \"length\": [1, \"]}\"] }");
    changes("/a~1b/~0 = false", "true", "false");
    changes("tiers[0].hours[1] = 9", "2]", "9]");
}

Test(setting, a_member_that_is_missing_is_added)
{
    changes("run.seed = 5", "min\" }", "min\", \"seed\": 5 }");
    changes("none.x = 1", "{}", "{ \"x\": 1}");
    changes("run.a.b = 1", "min\" }", "min\", \"a\": { \"b\": 1 } }");
}

Test(setting, numbers_are_scaled_and_shifted)
{
    changes("tiers[0].agents *= 1.5", "4", "6");
    changes("tiers[0].agents += -1", "4", "3");
    changes("tiers[1].rate *= 1.1", "100 /h", "110.00000000000001 /h");
    changes("run.length += 3", "12 min", "15 min");
    changes("tiers[1].people += 1", "8", "9");
    changes("tiers[0].hours *= 2", "[1, 2]", "[2, 4]");
    changes("tiers[0].hours[*] += 1", "[1, 2]", "[2, 3]");
}

Test(setting, all_elements_and_several_settings)
{
    struct made made = make("both: tiers[*].name = x, run.length = 3 h");
    cr_assert(made.text);
    cr_assert_str_eq(made.settings.name, "both");
    cr_assert_str_eq(made.settings.changes, "tiers[*].name = x, run.length = 3 h");
    cr_assert(strstr(made.text, "{ \"name\": \"x\", \"agents\""));
    cr_assert(strstr(made.text, "{ \"name\": \"x\", \"rate\""));
    cr_assert(strstr(made.text, "\"length\": \"3 h\""));
    unmake(&made);
    made = make("run.length = 3 h, run.length *= 2");
    cr_assert(strstr(made.text, "\"length\": \"6 h\""), "one after another");
    unmake(&made);
    made = make("tiers[a:b].agents = 3"); /* a colon in brackets ends no name */
    cr_assert(!made.text && !made.settings.name);
    unmake(&made);
}

Test(setting, what_cannot_be_made_is_told)
{
    static const struct {
        const char *line, *words;
    } bad[] = {
        { "", "there is no \"=\"" },
        { "tiers", "there is no \"=\"" },
        { "name:", "there is no \"=\"" },
        { "= 5", "no path" },
        { "a =", "no value" },
        { "a = 1,", "there is no \"=\"" },
        { "a = [1, 2", "no complete JSON" },
        { "a = \"x", "no complete JSON" },
        { "a = {}}", "no complete JSON" },
        { "tiers[0].agents *= many", "must be a number" },
        { "tiers[0].agents *= 1e999", "must be a number" },
        { "tiers[0].agents *= \"2\"", "must be a number" },
        { "tiers[0].agents += [1]", "must be a number" },
        { "tiers[0].agents += {}", "must be a number" },
        { "tiers[0].agents *= true", "must be a number" },
        { "tiers[1].rate += 5 /h", "must be a number" },
        { "tiers[0].agents -= 1", "no such sign" },
        { "tiers[0].agents /= 2", "no such sign" },
        { "tiers[2].agents = 1", "none of the 2 elements" },
        { "tiers[L3].agents = 1", "none of the 2 elements" },
        { "tiers[0.agents = 1", "no \"=\"" },
        { "tiers[].agents = 1", "not a path" },
        { "a..b = 1", "not a path" },
        { "run[0] = 1", "an object" },
        { "run.length.x = 1", "a text" },
        { "run.seed *= 2", "no \"seed\" to change" },
        { "none *= 2", "not a number" },
        { "tiers[0].name *= 2", "not one number" },
        { "tiers[0].agents *= 1e308", "too large" },
        { "new[0] = 1", "no list" },
        { "/ = 1", "not a path" },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct made made = make(bad[i].line);
        cr_assert_null(made.text, "%s", bad[i].line);
        cr_assert_eq(tsim_problems_count(made.problems), 1, "%s", bad[i].line);
        const struct tsim_problem *problem = tsim_problems_get(made.problems, 0);
        cr_assert(strstr(problem->message, bad[i].words), "%s: %s", bad[i].line,
                  problem->message);
        cr_assert(problem->line == 1 && problem->column >= 1);
        unmake(&made);
    }
    struct made near = make("tiers[L.3].rate = 1");
    cr_assert_str_eq(tsim_problems_get(near.problems, 0)->hint, "did you mean [L.2]?");
    unmake(&near);
}
