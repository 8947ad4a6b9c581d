/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/bounds.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "base/limits.h"
#include "base/problem.h"

uint32_t bounds_contacts(const struct plan *plan, uint64_t asked)
{
    const double most = asked ? (double)asked : LIMIT_CONTACTS;
    bool         known = plan->at_end != END_FOLLOW && !plan->steady_state;
    for (uint32_t i = 0; i < plan->n_streams; i++) {
        const struct arrival *arrival = &plan->streams[i].arrival;
        known &= arrival->trace ? !arrival->trace->days
                                : arrival->rate.n > 0 && !arrival->varies && !arrival->batch;
    }
    /* Where chance has little to say about how many arrive, no more than that can be there. */
    const double arriving = known ? plan->expected_contacts * 4 + plan->n_backlog + 10000 : most;
    return (uint32_t)fmin(fmin(most, arriving), LIMIT_CONTACTS_MOST);
}

uint64_t bounds_events(uint64_t asked)
{
    if (asked == 0)
        return LIMIT_EVENTS;
    return asked < LIMIT_EVENTS_MOST ? asked : LIMIT_EVENTS_MOST;
}

bool bounds_suffice(struct tsim_problems *problems, const struct plan *plan, uint64_t events)
{
    return plan->expected_contacts * 2 <= (double)events ||
           problem_plain(problems, TSIM_PROBLEM_LIMIT,
                         "simulate a shorter time, or raise the limit with --max-events",
                         "about %.3g contacts are expected in a replication: more events than "
                         "the %.3g allowed", plan->expected_contacts, (double)events);
}

struct bounds_end bounds_reached(const struct world *world,
                                 const struct replication_limits *limits,
                                 enum replication_status         status)
{
    struct bounds_end end = { .status = status, .at_s = world->now_s,
                              .contacts_most = world->contacts_most,
                              .events_most = limits->events };
    if (status == REPLICATION_BAD_POLICY) {
        end.policy = world->plan->policy->at;
        memcpy(end.fault, world->fault, sizeof end.fault);
    }
    return end;
}

bool bounds_problem(struct tsim_problems *problems, const struct bounds_end *end, uint64_t seed,
                    uint32_t replication)
{
    const unsigned long long of_seed = seed;
    switch (end->status) {
    case REPLICATION_TOO_MANY_CONTACTS:
        return problem_plain(problems, TSIM_PROBLEM_LIMIT,
                             "give the desk more agents or the customers less patience, or raise "
                             "the limit with --max-contacts",
                             "the queue grew without bound: more than %u contacts in the system "
                             "after %.4g h (replication %u of seed %llu)",
                             end->contacts_most, end->at_s / 3600, replication + 1, of_seed);
    case REPLICATION_TOO_MANY_EVENTS:
        return problem_plain(problems, TSIM_PROBLEM_LIMIT,
                             "simulate a shorter time, or raise the limit with --max-events",
                             "more than %llu events in replication %u of seed %llu",
                             (unsigned long long)end->events_most, replication + 1, of_seed);
    case REPLICATION_BAD_POLICY:
        return problem_at(problems, TSIM_PROBLEM_INPUT, end->policy, NULL, NULL, NULL,
                          "tiersim/policy.h says what it may answer",
                          "the policy cannot be followed: %s (after %.4g h, replication %u of seed "
                          "%llu)", end->fault, end->at_s / 3600, replication + 1, of_seed);
    default:
        TSIM_CHECK(end->status == REPLICATION_STANDS_STILL);
        return problem_plain(problems, TSIM_PROBLEM_LIMIT,
                             "look for work or arrivals that take no time",
                             "a million events at one instant (%.17g s, replication %u of seed "
                             "%llu): something happens again and again without delay",
                             end->at_s, replication + 1, of_seed);
    }
}
