/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which contact stands out. */
#include <stdlib.h>

#include "base/problem.h"
#include "experiment/trace.h"

/* One replication being searched. */
struct search {
    struct replay *replay;
    struct course *courses; /* [contact], by number; grown as they arrive                  */
    uint64_t       room;
    bool           failed; /* memory is out                                                */
    uint32_t       replication;
    double         best;
    struct found  *found;
};

static bool make_room(struct search *search, uint64_t number)
{
    if (number < search->room)
        return true;
    const uint64_t room = 2 * number + 1024;
    struct course *more = realloc(search->courses, room * sizeof *more);
    if (!more) {
        search->failed = true;
        atomic_store(&search->replay->stop, true);
        return false;
    }
    search->courses = more;
    search->room = room;
    return true;
}

static void take_event(void *user, const struct case_event *event)
{
    struct search *search = user;
    replay_poll(search->replay);
    if (search->failed || !make_room(search, event->number))
        return;
    struct course *course = &search->courses[event->number];
    if (event->kind == EVENT_CREATED)
        *course = (struct course){ 0 };
    course_take(course, search->replay->plan, event);
}

/* What a pick compares; 0 or less: not a candidate. */
static double score_of(enum tsim_pick pick, const struct case_record *record,
                       const struct course *course)
{
    switch (pick) {
    case TSIM_PICK_FIRST_BREACH: /* the smaller the number, the better */
        return course->missed ? 1 / ((double)record->number + 1) : 0;
    case TSIM_PICK_MOST_HOPS:
        return record->hops;
    case TSIM_PICK_LONGEST_WAIT:
        return course->waited_s;
    case TSIM_PICK_COSTLIEST:
        return course_cost(course);
    default:
        return record->ended_s - record->arrived_s;
    }
}

static void take_case(void *user, const struct case_record *record)
{
    struct search *search = user;
    struct found  *found = search->found;
    if (search->failed || !record->counted)
        return;
    const double score =
        score_of(search->replay->options->pick, record, &search->courses[record->number]);
    found->searched++;
    if (score <= 0 || score < search->best)
        return;
    /* Cases come in order of ending, and of equal ones the first to arrive is meant. */
    const bool same = found->is && found->replication == search->replication;
    if (score == search->best && !(same && record->number < found->number))
        return;
    search->best = score;
    *found = (struct found){ .replication = search->replication, .number = record->number,
                             .searched = found->searched, .is = true };
}

bool trace_find(struct replay *replay, struct found *found)
{
    const struct tsim_trace_options *options = replay->options;
    const uint32_t first = options->replication ? options->replication - 1 : 0;
    const uint32_t n = options->replications ? options->replications : 1;
    struct search           search = { .replay = replay, .found = found };
    const struct event_sink events = { take_event, &search };
    const struct case_sink  cases = { take_case, &search };
    bool                    good = true;
    *found = (struct found){ .is = false };
    for (uint32_t i = 0; good && i < n; i++) {
        search.replication = first + i;
        good = replay_run(replay, first + i, &events, &cases);
        /* A breach in an earlier replication is the first. */
        if (options->pick == TSIM_PICK_FIRST_BREACH && found->is)
            break;
    }
    free(search.courses);
    if (search.failed)
        return problem_plain(replay->problems, TSIM_PROBLEM_LIMIT, "name the contact",
                             "memory is out: there are too many contacts to choose from");
    return good;
}
