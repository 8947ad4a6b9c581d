/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/fake_trace.h"

#include <string.h>

#define MINUTE 60.0
#define HOUR   3600.0

void fake_life(struct tsim_trace *trace)
{
    static const struct tsim_trace_event events[] = {
        { 3900, TSIM_EVENT_CREATED, "created", "L1", NULL, 0, "the desk", NULL, NULL, NULL,
          0, 0 },
        { 3900, TSIM_EVENT_SELF_SERVICE, "self_service", NULL, NULL, 0, "bot", "bot", NULL, NULL,
          0, 0 },
        { 4080, TSIM_EVENT_PASSED, "passed", "L1", NULL, 0, "bot", NULL, "skill",
          "nobody there has the skill", 0, 0 },
        { 4080, TSIM_EVENT_ESCALATED, "escalated", "L1", NULL, 0, "bot", "L2", "skill",
          "nobody there has the skill", 0, 0 },
        { 4080, TSIM_EVENT_QUEUED, "queued", "L2", NULL, 0, "queue of L2", NULL, NULL, NULL, 0, 0 },
        { 5080, TSIM_EVENT_SLA, "sla", "L2", NULL, 0, "queue of L2", NULL, "first_response", NULL,
          0, 0 },
        { 5080, TSIM_EVENT_WITHDRAWN, "withdrawn", "L2", NULL, 0, "queue of L2", NULL,
          "sla_warning", "an SLA target is near", 1000, 0 },
        { 5080, TSIM_EVENT_QUEUED, "queued", "L2", NULL, 0, "queue of L2", NULL, NULL, NULL, 0, 0 },
        { 5680, TSIM_EVENT_ABANDONED, "abandoned", "L2", NULL, 0, "queue of L2", NULL, NULL, NULL,
          600, 0 },
        { 9280, TSIM_EVENT_RETRIES, "retries", "L2", NULL, 0, "queue of L2", NULL, NULL, NULL,
          HOUR, 0 },
        { 9280, TSIM_EVENT_WORK, "work", "L2", "product", 4, "product 4", NULL, NULL, NULL, 0, 0 },
        { 9280, TSIM_EVENT_CLOCK, "clock", "L2", NULL, 0, "product 4", "soon", "first_response",
          NULL, 5380, 0 },
        { 9900, TSIM_EVENT_DONE, "done", "L2", "product", 4, "product 4", NULL, NULL, NULL, 620,
          0 },
        { 9900, TSIM_EVENT_CUSTOMER, "customer", "L2", NULL, 0, "product 4", NULL, NULL, NULL,
          0, 0 },
        { 96300, TSIM_EVENT_REPLIED, "replied", "L2", NULL, 0, "product 4", NULL, NULL, NULL,
          86400, 0 },
        { 96300, TSIM_EVENT_WORK, "work", "L2", "product", 2, "product 2", NULL, NULL, NULL, 0, 0 },
        { 96900, TSIM_EVENT_DONE, "done", "L2", "product", 2, "product 2", NULL, NULL, NULL, 600,
          0 },
        { 96900, TSIM_EVENT_CONSULT, "consult", "L2", NULL, 0, "product 2", "L3", "authority",
          "the concession is more than the agent may approve", 0, 0 },
        { 97500, TSIM_EVENT_HELP, "help", "L3", "leads", 0, "product 2", NULL, "approval", NULL, 0,
          0 },
        { 97740, TSIM_EVENT_HELPED, "helped", "L3", "leads", 0, "product 2", NULL, "approval",
          NULL, 240, 0 },
        { 97740, TSIM_EVENT_RELEASED, "released", "L2", "product", 0, "product 2", NULL, NULL,
          NULL, 0, 0 },
        { 97740, TSIM_EVENT_RESOLVED, "resolved", "L2", "product", 0, "product 2", NULL, NULL,
          NULL, 0, 84.5 },
        { 270540, TSIM_EVENT_REOPENED, "reopened", "L2", NULL, 0, "product 2", NULL, NULL, NULL,
          172800, 0 },
        { 270540, TSIM_EVENT_ESCALATED, "escalated", "L2", NULL, 0, "product 2", "ACME",
          "complexity", "the attempt did not solve it", 0, 0 },
        { 270540, TSIM_EVENT_VENDOR, "vendor", NULL, NULL, 0, "product 2", "ACME", NULL, NULL,
          0, 0 },
        { 572940, TSIM_EVENT_ESCALATED, "escalated", "L3", NULL, 0, "product 2", NULL,
          "satisfaction", "the customer is not satisfied", 0, 0 },
        { 572940, TSIM_EVENT_CLOCK, "clock", "L2", NULL, 0, "product 2", "in time", "resolution",
          NULL, 569040, 0 },
        { 572940, TSIM_EVENT_CLOSED, "closed", "L3", NULL, 0, "nobody", NULL, "unresolved", NULL,
          0, 0 },
        { 573000, TSIM_EVENT_HELP, "help", "L1", "front", 0, "nobody", NULL, "follow_up", NULL, 0,
          0 },
    };
    static const struct tsim_trace_part parts[] = {
        { "self_service", NULL, 3 * MINUTE }, { "queue", "L2", 1600 },
        { "work", "L2", 1220 },               { "hand_over", NULL, 7 },
        { "approval_or_expert", NULL, 840 },  { "customer", NULL, 86400 },
        { "away", NULL, 176400 },             { "vendor", NULL, 302393 },
    };
    *trace = (struct tsim_trace){
        .info = { .scenario = "desk", .title = "A desk", .fingerprint = "0123456789abcdef",
                  .currency = "EUR", .seed = 7, .replication = 3, .number = 17, .id = "3-17",
                  .pick = TSIM_PICK_COSTLIEST, .searched_replications = 5, .searched = 3021,
                  .stream = "calls", .channel = "phone", .issue = "billing", .severity = "high",
                  .segment = "gold", .outcome = "unresolved", .counted = true, .hops = 2,
                  .concession = 84.5, .start_s = 8 * HOUR, .arrived_s = 3900,
                  .ended_s = 572940 },
        .targets = { { "soon", "first_response", 15 * MINUTE, 5380, 12, false },
                     { "in time", "resolution", 7 * 86400.0, 569040, 0, true } },
        .promises = { { "L2 answered within 1 h", true }, { "resolved within 3 d", false } },
        .costs = { { "concession", 84.5 }, { "penalties", 12 }, { "self_service", 0.1 },
                   { "vendor", 100 }, { "contact", 0.2 }, { "work", 23.45 } },
        .n_events = sizeof events / sizeof *events, .n_parts = sizeof parts / sizeof *parts,
        .n_targets = 2, .n_promises = 2, .n_costs = 6,
    };
    memcpy(trace->events, events, sizeof events);
    memcpy(trace->parts, parts, sizeof parts);
}

const char *tsim_pick_name(enum tsim_pick pick)
{
    return pick == TSIM_PICK_COSTLIEST ? "costliest" : "";
}

const struct tsim_trace_info *tsim_trace_info(const struct tsim_trace *trace)
{
    return &trace->info;
}

const struct tsim_trace_event *tsim_trace_events(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_events;
    return trace->events;
}

const struct tsim_trace_part *tsim_trace_parts(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_parts;
    return trace->parts;
}

const struct tsim_trace_target *tsim_trace_targets(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_targets;
    return trace->targets;
}

const struct tsim_trace_promise *tsim_trace_promises(const struct tsim_trace *trace,
                                                     size_t *count)
{
    *count = trace->n_promises;
    return trace->promises;
}

const struct tsim_trace_cost *tsim_trace_costs(const struct tsim_trace *trace, size_t *count)
{
    *count = trace->n_costs;
    return trace->costs;
}
