/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/starters.h"

#include "starters_text.h" /* made by the build from starters/ */

#define STARTER(name_, text_, help_, first_)                                                   \
    { .name = name_, .help = help_, .first = first_, .text = text_, .length = sizeof text_ }

const struct starter starter_table[] = {
    STARTER("helpdesk", starter_helpdesk,
            "an IT help desk: phone and tickets, a week by half-hours",
            "streams[calls].arrivals.rate       your contacts for each half-hour\n"
            "tiers[L1].handling, resolves       how long work takes, how often it is enough\n"
            "tiers[L1].pools[0].agents          who is there when\n"),
    STARTER("bank", starter_bank, "a bank's service line: refunds with limits, fraud, call-backs",
            "streams[calls].arrivals.rate       your calls for each half-hour\n"
            "tiers[L1].pools[0].authority       what an adviser may refund alone\n"
            "tiers[L1].pools[0].agents          who is there when\n"),
    STARTER("saas", starter_saas, "support of a software service: chat, mail, SLA by severity",
            "streams[chats].arrivals.rate       your chats and mails\n"
            "sla                                your targets, and what a missed one costs\n"
            "tiers[support].pools[0].agents     who is there when\n"),
    STARTER("e-commerce", starter_e_commerce, "a shop: a bot first, then chat, phone and mail",
            "streams[chats].arrivals.rate       your contacts for each half-hour\n"
            "issue_types[...].self_service      what the bot settles\n"
            "tiers[service].pools[0].authority  what an agent may refund alone\n"),
    STARTER("hotel", starter_hotel, "a hotel: wishes, complaints, and who may make good",
            "tiers[hosts].pools[0].authority    what a host may spend on a guest alone\n"
            "issue_types[...].concession        what it takes to make good\n"
            "streams[...].arrivals.rate         your day by half-hours\n"),
};

const size_t starter_count = sizeof starter_table / sizeof *starter_table;
