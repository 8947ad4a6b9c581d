/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/caselog.h"

#include <math.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/problem.h"

bool caselog_begin(struct caselog *log, const char *path, const struct plan *plan,
                   struct tsim_problems *problems)
{
    *log = (struct caselog){ .plan = plan };
    if (!file_begin(&log->writer, path, problems))
        return false;
    log->open = true;
    fputs("replication,case_id,opened_at,first_response_at,closed_at,stream,channel,type,priority,"
          "segment,tier_first,tier_last,reassignment_count,sla_met,outcome,amount,counted\n",
          log->writer.to);
    return true;
}

void caselog_take(void *spill, const struct case_record *record)
{
    fwrite(record, sizeof *record, 1, spill);
}

/* Simulated time 0 is taken to be in the week of Monday, 1 January 2024. */
static void write_stamp(FILE *to, const struct plan *plan, double time_s)
{
    static const int month_days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const double     ms = floor((plan->start_s + time_s) * 1000 + 0.5);
    long long        day = (long long)(ms / 86400e3);
    const double     second = (ms - (double)day * 86400e3) / 1000;
    int              year = 2024, month = 0;
    for (;;) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (day < (leap ? 366 : 365))
            break;
        day -= leap ? 366 : 365;
        year++;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    while (day >= month_days[month] - (month == 1 && !leap)) {
        day -= month_days[month] - (month == 1 && !leap);
        month++;
    }
    fprintf(to, "%04d-%02d-%02dT%02d:%02d:%06.3f", year, month + 1, (int)day + 1,
            (int)(second / 3600), (int)(fmod(second, 3600) / 60), fmod(second, 60));
}

static void write_case(struct caselog *log, const struct case_record *record, uint32_t replication)
{
    static const char *const outcomes[FATES] = {
        [FATE_SELF_SERVICE] = "self_service", [FATE_RESOLVED] = "resolved",
        [FATE_VENDOR] = "vendor",             [FATE_ABANDONED] = "abandoned",
        [FATE_BLOCKED] = "blocked",           [FATE_UNRESOLVED] = "unresolved",
        [FATE_OPEN] = "open",
    };
    FILE                    *to = log->writer.to;
    const struct plan       *plan = log->plan;
    const struct plan_class *class = &plan->classes[record->class];
    const char *const names[] = { plan->streams[class->stream].name,
                                  plan->channels[class->channel].name,
                                  plan->issue_names[class->issue],
                                  plan->severity_names[class->severity],
                                  plan->segment_names[class->segment],
                                  plan->tiers[record->entry_tier].name,
                                  plan->tiers[record->tier].name };
    fprintf(to, "%u,%u-%llu,", replication + 1, replication + 1,
            (unsigned long long)record->number + 1);
    write_stamp(to, plan, record->arrived_s);
    fputc(',', to);
    if (!isnan(record->responded_s))
        write_stamp(to, plan, record->responded_s);
    fputc(',', to);
    if (record->fate != FATE_OPEN)
        write_stamp(to, plan, record->ended_s);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fputc(',', to);
        csv_write_text(to, names[i]);
    }
    fprintf(to, ",%u,%s,%s,%.2f,%s\n", record->hops, record->breaches ? "false" : "true",
            outcomes[record->fate], record->concession, record->counted ? "true" : "false");
}

bool caselog_copy(struct caselog *log, FILE *spill, uint32_t replication,
                  struct tsim_problems *problems)
{
    struct case_record record;
    if (fflush(spill) != 0 || ferror(spill))
        return problem_plain(problems, TSIM_PROBLEM_IO, "is the disk full?",
                             "the case log cannot be written");
    rewind(spill);
    while (fread(&record, sizeof record, 1, spill) == 1)
        write_case(log, &record, replication);
    rewind(spill);
    if (ftruncate(fileno(spill), 0) != 0 || ferror(log->writer.to))
        return problem_plain(problems, TSIM_PROBLEM_IO, "is the disk full?",
                             "the case log cannot be written");
    return true;
}

bool caselog_end(struct caselog *log, struct tsim_problems *problems)
{
    log->open = false;
    return file_commit(&log->writer, problems);
}

void caselog_abandon(struct caselog *log)
{
    if (log->open)
        file_abandon(&log->writer);
    log->open = false;
}
