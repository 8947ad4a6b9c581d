/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: events.csv tells the whole story. Method: random scenarios run with both logs, on one
 * thread and on three, which must write the same bytes; then the events are read back and held
 * against cases.csv, contact by contact (begins with created, ends as the outcome says, is worked
 * on and ends work in turn, comes in order of time), and summed up against the result. */
#include "support/law.h"

#include <math.h>

#include "base/csv.h"

enum { SCENARIOS = 40, REPLICATIONS = 2, CASES_MOST = 400000 };

#define CASES "cases.csv"
#define EVENTS "events.csv"

/* What the events say of one contact; filled in order of the file. */
struct told {
    unsigned created, begun, done, stopped, resolved, reopened, hops, ended;
    char     stamp[40]; /* of its last event          */
    bool     over;      /* closed, or given up so far */
    bool     gave_up;   /* … and may redial           */
};

struct account {
    struct told *at; /* [replication * CASES_MOST / 2 + number] */
    double       hops, worked, resolved, reopened; /* of counted contacts */
};

static char *whole_file(const char *path, size_t *size)
{
    FILE *from = fopen(path, "rb");
    cr_assert(from);
    fseek(from, 0, SEEK_END);
    *size = (size_t)ftell(from);
    rewind(from);
    char *bytes = malloc(*size + 1);
    cr_assert(bytes && fread(bytes, 1, *size, from) == *size);
    fclose(from);
    return bytes;
}

/* Runs and writes both logs; they are the same as before when there was a run before. */
static struct tsim_result *run(const struct law *law, uint32_t threads, char *before[2],
                               size_t sizes[2])
{
    static const char *const      paths[] = { CASES, EVENTS };
    const struct tsim_run_options options = { .replications = REPLICATIONS, .threads = threads,
                                              .case_log = CASES, .event_log = EVENTS };
    struct tsim_result           *result = law_run(law, &options);
    for (int i = 0; i < 2; i++) {
        size_t size;
        char  *bytes = whole_file(paths[i], &size);
        cr_assert(!before[i] || (size == sizes[i] && memcmp(bytes, before[i], size) == 0),
                  "scenario %d: %s differs on %u threads", (int)law_number, paths[i], threads);
        free(before[i]);
        before[i] = bytes;
        sizes[i] = size;
    }
    return result;
}

static struct told *told_of(struct account *account, const char *case_id)
{
    char          *end;
    const unsigned long replication = strtoul(case_id, &end, 10);
    const unsigned long number = strtoul(end + 1, NULL, 10);
    cr_assert(replication >= 1 && replication <= REPLICATIONS && number >= 1);
    cr_assert(number <= CASES_MOST / REPLICATIONS);
    return &account->at[(replication - 1) * (CASES_MOST / REPLICATIONS) + number - 1];
}

static void take_event(struct told *told, const char *activity, const char *lifecycle,
                       const char *resource)
{
    const bool complete = strcmp(lifecycle, "complete") == 0;
    if (strcmp(activity, "created") == 0) {
        cr_assert_str_eq(told->stamp, "", "created after something else");
        told->created++;
    }
    cr_assert_eq(told->created, 1);
    told->over = false;
    if (strcmp(activity, "work") == 0 && *resource) {
        told->begun += strcmp(lifecycle, "start") == 0;
        told->done += complete;
        told->stopped += strcmp(lifecycle, "suspend") == 0;
        told->stopped -= strcmp(lifecycle, "resume") == 0;
        cr_assert(told->done <= told->begun);
    }
    told->resolved += strcmp(activity, "resolved") == 0;
    told->reopened += strcmp(activity, "reopened") == 0;
    told->hops += strcmp(activity, "escalated") == 0 || strcmp(activity, "transferred") == 0;
    told->gave_up = strcmp(activity, "abandoned") == 0;
    told->over = strcmp(activity, "closed") == 0 || strcmp(activity, "cancelled") == 0 ||
                 told->gave_up;
    told->ended += told->over;
}

static void read_events(struct account *account, struct tsim_problems *problems)
{
    struct csv  *csv = csv_open(EVENTS, problems);
    cr_assert(csv);
    const size_t id = csv_find(csv, "case_id"), stamp = csv_find(csv, "timestamp"),
                 activity = csv_find(csv, "activity"), lifecycle = csv_find(csv, "lifecycle"),
                 resource = csv_find(csv, "resource");
    while (csv_next(csv)) {
        struct told *told = told_of(account, csv_cell(csv, id));
        if (told->over && strcmp(csv_cell(csv, activity), "assigned") == 0)
            continue; /* a follow-up */
        take_event(told, csv_cell(csv, activity), csv_cell(csv, lifecycle),
                   csv_cell(csv, resource));
        cr_assert(strcmp(told->stamp, csv_cell(csv, stamp)) <= 0, "time goes back");
        snprintf(told->stamp, sizeof told->stamp, "%s", csv_cell(csv, stamp));
    }
    cr_assert(!csv_failed(csv));
    csv_close(csv);
}

static void compare_case(struct account *account, const struct csv *csv, const size_t column[8])
{
    const struct told *told = told_of(account, csv_cell(csv, column[0]));
    const char *outcome = csv_cell(csv, column[1]), *closed = csv_cell(csv, column[2]);
    const bool  open = strcmp(outcome, "open") == 0;
    const bool  solved = strcmp(outcome, "resolved") == 0 || strcmp(outcome, "vendor") == 0 ||
                         strcmp(outcome, "self_service") == 0;
    const char *id = csv_cell(csv, column[0]);
    cr_assert_eq(told->created, 1, "%s has no events", id);
    cr_assert(told->over == !open || (open && told->gave_up), "%s: %s", id, outcome);
    cr_assert(open || strcmp(told->stamp, closed) == 0, "%s ends at %s and at %s", id, told->stamp,
              closed);
    const bool will_reopen = open && told->resolved == told->reopened + 1;
    cr_assert(will_reopen || told->resolved == told->reopened + solved, "%s: %s", id, outcome);
    cr_assert_eq(strcmp(csv_cell(csv, column[3]), closed) == 0 && *closed, solved, "%s", id);
    cr_assert(open || told->begun == told->done + told->stopped, "%s: %u works", id, told->begun);
    cr_assert_eq(*csv_cell(csv, column[4]) != 0, told->begun > 0, "%s", id);
    const unsigned long hops = strtoul(csv_cell(csv, column[5]), NULL, 10);
    cr_assert(told->hops == hops || (told->hops == hops + 1 && strcmp(outcome, "unresolved") == 0),
              "%s: %lu hops, %u told", id, hops, told->hops);
    if (strcmp(csv_cell(csv, column[6]), "true") == 0) {
        account->hops += told->hops;
        account->reopened += told->reopened;
        account->worked += told->begun;
        account->resolved += told->begun > 0 && strcmp(outcome, "resolved") == 0;
    }
}

static double compare_cases(struct account *account, struct tsim_problems *problems)
{
    static const char *const names[8] = { "case_id", "outcome", "closed_at",
                                          "resolved_at", "group", "reassignment_count",
                                          "counted", "reopen_count" };
    struct csv *csv = csv_open(CASES, problems);
    size_t      column[8];
    double      counted = 0;
    cr_assert(csv);
    for (int i = 0; i < 8; i++)
        column[i] = csv_find(csv, names[i]);
    while (csv_next(csv)) {
        compare_case(account, csv, column);
        counted += strcmp(csv_cell(csv, column[6]), "true") == 0;
    }
    csv_close(csv);
    return counted;
}

/* The sum of a measure over the entries of a scope. */
static double total(const struct tsim_result *result, enum tsim_scope scope, const char *name)
{
    double       sum = 0;
    const size_t measure = tsim_result_measure(result, scope, name);
    for (size_t e = 0; e < tsim_result_entries(result, scope); e++)
        sum += tsim_result_get(result, scope, e, measure).value;
    return sum;
}

Test(log, events_cases_and_result_agree)
{
    struct account account = { .at = malloc(CASES_MOST * sizeof *account.at) };
    double         works = 0, hops = 0, reopened = 0;
    cr_assert(account.at);
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law law = law_random(number, NULL);
        char      *files[2] = { NULL, NULL };
        size_t     sizes[2];
        memset(account.at, 0, CASES_MOST * sizeof *account.at);
        account.hops = account.worked = account.resolved = account.reopened = 0;
        tsim_result_free(run(&law, 3, files, sizes));
        struct tsim_result *result = run(&law, 1, files, sizes);
        read_events(&account, law.problems);
        const double counted = compare_cases(&account, law.problems);
        /* Amounts a day, in contacts: the days cancel. */
        const double contacts = total(result, TSIM_SCOPE_DESK, "contacts_per_day");
        const double share = contacts > 0 ? counted / contacts : 0;
        cr_assert(law_same(account.worked, share * total(result, TSIM_SCOPE_POOL,
                                                         "started_per_day")));
        cr_assert(law_same(account.resolved, share * total(result, TSIM_SCOPE_POOL,
                                                           "resolved_per_day")));
        cr_assert(law_same(account.hops, share * total(result, TSIM_SCOPE_MOVE, "per_day")));
        works += account.worked;
        hops += account.hops;
        reopened += account.reopened;
        for (int i = 0; i < 2; i++)
            free(files[i]);
        tsim_result_free(result);
        law_free(&law);
    }
    cr_assert(works > 10000 && hops > 1000 && reopened > 100,
              "%g works, %g hand-overs, %g reopened", works, hops, reopened);
    free(account.at);
}
