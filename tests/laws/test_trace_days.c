/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: drawn days of a trace are whole recorded days, each as likely as it should be, the same for
 * all streams of a file. Method: a made-up record of 19 days, each with another number of rows, and
 * rows with handling times that occur only once: what a simulated day was drawn from can be read
 * off, to the last bit. Shares of days within 4.9 standard errors (19 of them: a false alarm in
 * 50,000). A record of one day is replayed bit for bit. The second engine tells the same. */
#include <math.h>

#include "model/arrival.h"
#include "support/law.h"
#include "support/naive/naive.h"

enum { DAYS = 19, WEEK = 7 }; /* from Monday, 2 March 2026, to Friday of the third week */

static uint32_t rows_of(uint32_t day)
{
    return day % WEEK >= 5 ? 0 : 2 + day;
}

/* Time of day of row i of a recorded day. */
static double time_of(uint32_t day, uint32_t i)
{
    return 28800 + 1200 * i + day + 0.25;
}

/* Rows of queue A and B take turns; handling times are row numbers. Some rows are out of order. */
static void write_record(const char *path, uint32_t days)
{
    FILE *to = fopen(path, "w");
    cr_assert(to);
    fputs("arrived_at,queue,handle\n", to);
    for (uint32_t d = days; d-- > 0;)
        for (uint32_t i = 0; i < rows_of(d); i++) {
            const double   s = time_of(d, i);
            const unsigned hour = (unsigned)(s / 3600), minute = (unsigned)(s / 60) % 60;
            fprintf(to, "2026-03-%02uT%02u:%02u:%05.2f,%c,%u\n", d + 2, hour, minute,
                    s - 3600.0 * hour - 60.0 * minute, i % 2 ? 'B' : 'A', 100 * d + i);
        }
    cr_assert_eq(fclose(to), 0);
}

#define STREAM(name, only)                                                                         \
    "{ \"name\": \"" name "\", \"arrivals\": { \"kind\": \"trace\", \"file\": \"%s\", "            \
    "\"days\": \"%s\", \"handling\": \"handle\", \"only_column\": \"queue\", \"only\": " only " } }"

static struct law desk(const char *file, const char *days, const char *start)
{
    char text[2048], folder[512];
    cr_assert(getcwd(folder, sizeof folder));
    snprintf(text, sizeof text,
             "{ \"name\": \"x\", \"run\": { \"length\": \"27 d\", \"start\": \"%s\", "
             "\"replications\": 2 }, \"streams\": [ " STREAM("a", "\"A\"") ", "
             STREAM("b", "[\"B\", \"C\"]") " ], \"tiers\": [ { \"name\": \"L1\", \"handling\": "
             "\"1 min\", \"pools\": [ { \"name\": \"p\", \"agents\": 1 } ] } ] }",
             start, file, days, file, days);
    struct law law = { .problems = tsim_problems_new() };
    law.scenario = tsim_scenario_parse(text, strlen(text), "law.json", folder, law.problems);
    if (!law.scenario)
        tsim_problems_print(law.problems, stderr, 0);
    cr_assert(law.scenario);
    return law;
}

struct source {
    const struct arrival *arrival;
    struct arrival_state  state;
    struct rng_schedule   schedule;
};

static struct source source_of(const struct law *law, uint32_t stream, uint32_t replication)
{
    struct source source = { .arrival = &law->scenario->plan->streams[stream].arrival };
    rng_schedule_open(&source.schedule, rng_key_of(3, replication));
    return source;
}

/* The recorded day of which simulated day `day` is, by the next rows of both streams: they must be
 * those of that day, all of them. `seen` is a row that the last day left. */
static uint32_t day_drawn(struct source *source, double *seen, uint32_t day, double first_s)
{
    uint32_t rows[2][64], n[2] = { 0 }, drawn = UINT32_MAX;
    for (int s = 0; s < 2; s++) {
        const struct arrival *arrival = source[s].arrival;
        if (isnan(seen[s]))
            seen[s] = arrival->kind->next(arrival, &source[s].state, &source[s].schedule, 1e8);
        for (; seen[s] + first_s < (day + 1) * DAY_S;
             seen[s] = arrival->kind->next(arrival, &source[s].state, &source[s].schedule, 1e8)) {
            const uint32_t row = source[s].state.n - 1;
            rows[s][n[s]] = (uint32_t)arrival->trace->handling[row];
            cr_assert_eq(seen[s] + first_s - day * DAY_S,
                         time_of(rows[s][n[s]] / 100, rows[s][n[s]] % 100));
            drawn = rows[s][n[s]++] / 100;
        }
    }
    for (uint32_t i = 0; drawn != UINT32_MAX && i < rows_of(drawn); i++)
        cr_assert_eq(rows[i % 2][i / 2], 100 * drawn + i, "of one day, in order");
    cr_assert_eq(n[0] + n[1], drawn == UINT32_MAX ? 0 : rows_of(drawn));
    return drawn;
}

Test(trace_days, are_whole_recorded_days_of_their_weekday)
{
    uint32_t   counts[DAYS] = { 0 };
    write_record("record.csv", DAYS);
    struct law law = desk("record.csv", "resampled_by_weekday", "Mon 00:00");
    for (uint32_t r = 0; r < 1000; r++) {
        struct source sources[2] = { source_of(&law, 0, r), source_of(&law, 1, r) };
        double        seen[2] = { NAN, NAN };
        for (uint32_t day = 0; day < 14; day++) {
            const uint32_t drawn = day_drawn(sources, seen, day, 0);
            cr_assert(day % WEEK >= 5 ? drawn == UINT32_MAX : drawn % WEEK == day % WEEK);
            if (drawn != UINT32_MAX)
                counts[drawn]++;
        }
    }
    for (uint32_t d = 0; d < DAYS; d++) {
        const double p = rows_of(d) ? 1.0 / 3 : 0; /* three of each, Monday to Friday */
        cr_expect_leq(fabs(counts[d] - 2000 * p), 4.9 * sqrt(2000 * p * (1 - p)), "day %u: %u", d,
                      counts[d]);
    }
    law_free(&law);
}

/* A run that begins within a day meets what comes later; days without rows are days, too. */
Test(trace_days, are_drawn_from_all)
{
    uint32_t counts[DAYS] = { 0 }, empty = 0;
    write_record("record.csv", DAYS);
    struct law   law = desk("record.csv", "resampled", "Wed 07:30");
    const double first_s = 7.5 * 3600, n = 6000;
    for (uint32_t r = 0; r < 1000; r++) {
        struct source sources[2] = { source_of(&law, 0, r), source_of(&law, 1, r) };
        double        seen[2] = { NAN, NAN };
        for (uint32_t day = 0; day < 6; day++) {
            const uint32_t drawn = day_drawn(sources, seen, day, first_s);
            if (drawn != UINT32_MAX)
                counts[drawn]++;
            else
                empty++;
        }
    }
    for (uint32_t d = 0; d < DAYS; d++)
        if (rows_of(d))
            cr_expect_lt(fabs(counts[d] - n / DAYS), 4.9 * sqrt(n / DAYS * (1 - 1.0 / DAYS)));
    cr_expect_lt(fabs(empty - n * 4 / DAYS), 4.9 * sqrt(n * 4 / DAYS * (1 - 4.0 / DAYS)));
    law_free(&law);
}

Test(trace_days, expect_the_mean_of_the_recorded_days)
{
    write_record("record.csv", DAYS);
    struct law            law = desk("record.csv", "resampled_by_weekday", "Mon 08:00");
    const struct arrival *arrival = &law.scenario->plan->streams[0].arrival;
    /* Queue A of Mondays 2, 9 and 16 March: rows 0, 2, … of 2, 9 and 16; the first two at once. */
    cr_expect_float_eq(arrival->kind->expected(arrival, 0, DAY_S - 8 * 3600), (1 + 5 + 8) / 3.0,
                       1e-12);
    cr_expect_float_eq(arrival->kind->expected(arrival, 0, 60), 1, 1e-12);
    law_free(&law);
}

Test(trace_days, of_one_day_are_that_day)
{
    write_record("one.csv", 1);
    struct law drawn = desk("one.csv", "resampled", "Mon 08:00");
    struct law replayed = desk("one.csv", "recorded", "Mon 08:00");
    for (uint32_t s = 0; s < 2; s++) {
        struct source a = source_of(&drawn, s, 7), b = source_of(&replayed, s, 7);
        for (uint32_t i = 0; i < 1; i++) {
            const double at_s = a.arrival->kind->next(a.arrival, &a.state, &a.schedule, 1e8);
            cr_expect_eq(at_s, b.arrival->kind->next(b.arrival, &b.state, &b.schedule, 1e8));
            cr_expect_lt(at_s, DAY_S);
        }
    }
    law_free(&drawn);
    law_free(&replayed);
}

Test(trace_days, of_a_weekday_that_is_missing_are_warned_of)
{
    write_record("three.csv", 3);
    struct law law = desk("three.csv", "resampled_by_weekday", "Mon 00:00");
    cr_expect(strstr(tsim_problems_get(law.problems, 0)->message, ": Thu, Fri, Sat, Sun"), "%s",
              tsim_problems_get(law.problems, 0)->message);
    law_free(&law);
}

/* ---- both engines */

struct told {
    struct case_event at[4096];
    size_t            n;
};

static void take(void *user, const struct case_event *event)
{
    struct told *told = user;
    cr_assert(told->n < sizeof told->at / sizeof *told->at);
    told->at[told->n++] = *event;
}

Test(trace_days, are_the_same_for_the_second_engine)
{
    static struct told fast, slow;
    write_record("record.csv", DAYS);
    struct law                      law = desk("record.csv", "resampled", "Mon 08:00");
    const struct plan              *plan = law.scenario->plan;
    const struct event_sink         sinks[] = { { take, &fast }, { take, &slow } };
    const struct listeners          listeners = { .events = &sinks[0] };
    const struct replication_limits limits = { .events = 100000 };
    struct world                    world;
    struct tally                    tally, again;
    double                          given_s = 0;
    cr_assert(world_open(&world, plan, LAW_CONTACTS_MOST));
    cr_assert(tally_open(&tally, plan) && tally_open(&again, plan));
    cr_assert_eq((int)replication_run(&world, &tally, 4, 1, &limits, &listeners),
                 REPLICATION_DONE);
    cr_assert(naive_run(plan, 4, 1, 100000, &sinks[1], &again));
    cr_assert_eq(fast.n, slow.n);
    for (size_t i = 0; i < fast.n; i++)
        cr_assert(fast.at[i].at_s == slow.at[i].at_s && fast.at[i].kind == slow.at[i].kind &&
                  fast.at[i].number == slow.at[i].number);
    for (uint32_t c = 0; c < plan->n_classes; c++)
        given_s += tally.visit[c].handled_s;
    cr_expect_gt(given_s, 60 * tally.visit[0].handled, "handling times are those of the rows");
    tally_close(&tally);
    tally_close(&again);
    world_close(&world);
    law_free(&law);
}
