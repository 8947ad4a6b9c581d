/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/words.h"

#include <string.h>

#include <tiersim/result.h>

const char *const words_outcomes[FATES] = {
    [FATE_SELF_SERVICE] = "self_service", [FATE_RESOLVED] = "resolved",
    [FATE_VENDOR] = "vendor",             [FATE_ABANDONED] = "abandoned",
    [FATE_BLOCKED] = "blocked",           [FATE_UNRESOLVED] = "unresolved",
    [FATE_OPEN] = "open",
};

const char *const words_clocks[SLA_CLOCKS] = {
    [SLA_FIRST_RESPONSE] = "first_response", [SLA_NEXT_REPLY] = "next_reply",
    [SLA_RESOLUTION] = "resolution",         [SLA_OPERATIONAL] = "operational",
};

const char *const words_events[EVENT_KINDS] = {
    [EVENT_CREATED] = "created",     [EVENT_SELF_SERVICE] = "self_service",
    [EVENT_QUEUED] = "queued",       [EVENT_WORK] = "work",
    [EVENT_DONE] = "done",           [EVENT_INTERRUPTED] = "interrupted",
    [EVENT_PASSED] = "passed",
    [EVENT_ESCALATED] = "escalated", [EVENT_VENDOR] = "vendor",
    [EVENT_CONSULT] = "consult",     [EVENT_HELP] = "help",
    [EVENT_HELPED] = "helped",       [EVENT_RELEASED] = "released",
    [EVENT_CUSTOMER] = "customer",   [EVENT_REPLIED] = "replied",
    [EVENT_WITHDRAWN] = "withdrawn", [EVENT_SLA] = "sla",
    [EVENT_CLOCK] = "clock",         [EVENT_ABANDONED] = "abandoned",
    [EVENT_RETRIES] = "retries",     [EVENT_RESOLVED] = "resolved",
    [EVENT_REOPENED] = "reopened",   [EVENT_BALKED] = "balked",
    [EVENT_CALL_BACK] = "call_back", [EVENT_BOOKED] = "booked", [EVENT_MISSED] = "missed",
    [EVENT_CLOSED] = "closed",
};

const char *words_trigger(uint8_t trigger)
{
    return trigger < TRIGGERS ? triggers[trigger]->kind.name : NULL;
}

const char *words_because(uint8_t trigger)
{
    return trigger < TRIGGERS ? triggers[trigger]->because : NULL;
}

const char *tsim_trigger_words(const char *trigger)
{
    for (int i = 0; i < TRIGGERS; i++)
        if (strcmp(triggers[i]->kind.name, trigger) == 0)
            return triggers[i]->words;
    return trigger;
}
