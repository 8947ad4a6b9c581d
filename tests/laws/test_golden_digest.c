/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the same scenario and seed give the same bits with every compiler, at every optimisation,
 * in every build. Method: digests of fixed scenarios, of all estimates and of every contact's life,
 * stored in one table that the builds of all kinds read. A change of the table is a change of
 * results: it needs a line in docs/CHANGELOG.md. To write the table anew:
 *
 *     TSIM_UPDATE_GOLDEN=1 ctest --preset test -R laws.golden_digest
 */
#include "base/assert.h"
#include "stats/digest.h"
#include "support/law.h"

#define FOLDER TSIM_SOURCE_DIR "/tests/fuzz/corpus/scenario/"
#define TABLE  TSIM_SOURCE_DIR "/tests/laws/golden_digests.txt"

static const char *const names[] = {
    "full", "loops", "minimal", "random-12", "random-19", "random-3", "random-33", "random-40",
    "random-51", "random-77", "random-8", "windows",
};

static void take(void *user, const struct case_record *record)
{
    struct digest *digest = user;
    digest_integer(digest, record->number);
    digest_double(digest, record->arrived_s);
    digest_double(digest, record->responded_s);
    digest_double(digest, record->ended_s);
    digest_double(digest, record->concession);
    digest_integer(digest, record->class);
    digest_integer(digest, record->hops);
    digest_integer(digest, record->tier);
    digest_integer(digest, record->fate);
}

static uint64_t digest_of_cases(const struct law *law)
{
    const struct replication_limits limits = { .events = 10000000 };
    struct digest          digest;
    const struct case_sink sink = { take, &digest };
    struct world           world;
    struct tally           tally;
    digest_open(&digest);
    cr_assert(world_open(&world, law->scenario->plan, LAW_CONTACTS_MOST));
    cr_assert(tally_open(&tally, law->scenario->plan));
    cr_assert_eq((int)replication_run(&world, &tally, 1, 0, &limits, &sink), REPLICATION_DONE);
    tally_close(&tally);
    world_close(&world);
    return digest_value(&digest);
}

/* "NAME DIGEST-OF-ESTIMATES DIGEST-OF-CASES" */
static void line_of(const char *name, char *line, size_t size)
{
    char       path[500];
    struct law law = { .problems = tsim_problems_new() };
    snprintf(path, sizeof path, FOLDER "%s.json", name);
    law.scenario = tsim_scenario_load(path, law.problems);
    cr_assert(law.scenario, "%s", path);
    const struct tsim_run_options options = { .replications = 4 };
    struct tsim_result           *result = law_run(&law, &options);
    snprintf(line, size, "%s %s %016llx\n", name, tsim_result_digest(result),
             (unsigned long long)digest_of_cases(&law));
    tsim_result_free(result);
    law_free(&law);
}

Test(golden_digest, results_are_the_stored_ones)
{
    const bool update = getenv("TSIM_UPDATE_GOLDEN") != NULL;
    FILE      *table = fopen(TABLE, update ? "w" : "r");
    cr_assert(table, "%s cannot be opened", TABLE);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char line[200], stored[200] = "";
        line_of(names[i], line, sizeof line);
        if (update)
            fputs(line, table);
        else
            cr_expect(fgets(stored, sizeof stored, table) && strcmp(line, stored) == 0,
                      "results have changed: %s is stored, now it is %s", stored, line);
    }
    cr_assert(fclose(table) == 0);
}
