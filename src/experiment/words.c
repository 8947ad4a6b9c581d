/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/words.h"

const char *const words_outcomes[FATES] = {
    [FATE_SELF_SERVICE] = "self_service", [FATE_RESOLVED] = "resolved",
    [FATE_VENDOR] = "vendor",             [FATE_ABANDONED] = "abandoned",
    [FATE_BLOCKED] = "blocked",           [FATE_UNRESOLVED] = "unresolved",
    [FATE_OPEN] = "open",
};

const char *const words_tasks[TASK_KINDS] = {
    [TASK_APPROVAL] = "approval",     [TASK_SWARM] = "swarm",         [TASK_NOTIFY] = "notify",
    [TASK_ROOT_CAUSE] = "root_cause", [TASK_FOLLOW_UP] = "follow_up",
};

const char *const words_clocks[SLA_CLOCKS] = {
    [SLA_FIRST_RESPONSE] = "first_response", [SLA_NEXT_REPLY] = "next_reply",
    [SLA_RESOLUTION] = "resolution",         [SLA_OPERATIONAL] = "operational",
};

const char *const words_events[EVENT_KINDS] = {
    [EVENT_CREATED] = "created",     [EVENT_SELF_SERVICE] = "self_service",
    [EVENT_QUEUED] = "queued",       [EVENT_WORK] = "work",
    [EVENT_DONE] = "done",           [EVENT_PASSED] = "passed",
    [EVENT_ESCALATED] = "escalated", [EVENT_VENDOR] = "vendor",
    [EVENT_CONSULT] = "consult",     [EVENT_HELP] = "help",
    [EVENT_HELPED] = "helped",       [EVENT_RELEASED] = "released",
    [EVENT_CUSTOMER] = "customer",   [EVENT_REPLIED] = "replied",
    [EVENT_WITHDRAWN] = "withdrawn", [EVENT_SLA] = "sla",
    [EVENT_CLOCK] = "clock",         [EVENT_ABANDONED] = "abandoned",
    [EVENT_RETRIES] = "retries",     [EVENT_RESOLVED] = "resolved",
    [EVENT_REOPENED] = "reopened",   [EVENT_CLOSED] = "closed",
};

const char *words_trigger(uint8_t trigger)
{
    return trigger < TRIGGERS ? triggers[trigger]->kind.name : NULL;
}

const char *words_because(uint8_t trigger)
{
    static const char *const because[TRIGGERS] = {
        [TRIGGER_skill] = "nobody there has the skill",
        [TRIGGER_congestion] = "the queue was long",
        [TRIGGER_policy] = "policy asks for somebody who is cleared for it",
        [TRIGGER_customer_request] = "the customer asked for somebody higher",
        [TRIGGER_complexity] = "the attempt did not solve it",
        [TRIGGER_authority] = "the concession is more than the agent may approve",
        [TRIGGER_repeat] = "the customer is back with it",
        [TRIGGER_high_profile] = "the customer is high profile",
        [TRIGGER_sla_warning] = "an SLA target is near",
        [TRIGGER_sla_breach] = "an SLA target has passed",
        [TRIGGER_satisfaction] = "the customer is not satisfied",
    };
    return trigger < TRIGGERS && because[trigger] ? because[trigger] : words_trigger(trigger);
}
