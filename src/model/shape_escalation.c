/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of escalation: the matrix, the organisation, hand-offs, root causes. */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/scenario.h"
#include "model/shape_impl.h"
#include "model/trigger.h"

/* ---- the matrix */

static const char *const rule_forms[] = { "default", "hand_off", "approval", "swarm", "notify",
                                          NULL };
static const char *const hand_over_kinds[] = { "cold", "warm", NULL };
static const char *const customer_waits[] = { "holds", "called_back", NULL };

static const struct param escalation_params[] = {
    { .key = "when", .type = PARAM_CUSTOM, .offset = offsetof(struct escalation_given, when),
      .read = read_texts, .schema = texts_schema, .family = &trigger_family,
      .doc = "Triggers for which the rule holds. Without this key: any that fires when work ends; "
             "clocks, surveys, repeats and high profile move a contact only where they are named.",
      .example = "[\"complexity\", \"skill\"]" },
    TEXTS_PARAM(escalation_given, "from", from, "Only from these tiers.", "\"L2\""),
    CLASS_PARAMS(escalation_given),
    TEXTS_PARAM(escalation_given, "sla", sla, "Only for the clocks of these SLA targets (triggers "
                "sla_warning and sla_breach).", "[\"high, resolution\"]"),
    { .key = "point", .type = PARAM_COUNT, .offset = offsetof(struct escalation_given, point),
      .high = 1000, .fallback = "0",
      .doc = "Only from this escalation point of the clock on: 1 is the first of escalate_at." },
    { .key = "attempts", .type = PARAM_COUNT, .high = 255, .fallback = "0",
      .offset = offsetof(struct escalation_given, attempts),
      .doc = "Only from the customer's n-th attempt on: 1 is the first contact, 2 the first redial "
             "or reopening.", .example = "5" },
    { .key = "hops", .type = PARAM_COUNT, .offset = offsetof(struct escalation_given, hops),
      .high = 60000, .fallback = "0", .doc = "Only after at least so many hand-overs." },
    { .key = "older_than", .type = PARAM_DURATION, .high = LIMIT_DURATION_S, .fallback = "0",
      .offset = offsetof(struct escalation_given, older_than_s),
      .doc = "Only when the contact arrived at least so long ago.", .example = "\"1 d\"" },
    { .key = "time_left", .type = PARAM_DURATION, .high = LIMIT_DURATION_S,
      .offset = offsetof(struct escalation_given, time_left_s),
      .doc = "Only when at most so much time is left until the next SLA target (none when there "
             "is no target).", .example = "\"30 min\"" },
    { .key = "to", .type = PARAM_CUSTOM, .offset = offsetof(struct escalation_given, to),
      .flags = PARAM_REQUIRED, .read = read_mix, .schema = mix_schema,
      .doc = "Where the contact goes, one place or several by share: \"next\" (tier), "
             "\"previous\" (tier), \"same\" (tier again), \"back\" (to the tier it came from), "
             "\"vendor\", \"unresolved\", \"authority\" (the first pool, from this tier up, that "
             "may approve the concession), a tier's, a pool's or a skill's name (the skill's "
             "queue in this tier, else the nearest above, else below). For an approval, swarm or "
             "notification: who is asked.",
      .example = "{ \"next\": \"90 %\", \"same\": \"10 %\" }" },
    { .key = "form", .type = PARAM_CHOICE, .offset = offsetof(struct escalation_given, form),
      .choices = rule_forms, .fallback = "\"default\"",
      .doc = "hand_off: the contact goes there. approval: the agent keeps it while somebody there "
             "spends \"work\" on approving it (for authority and policy). swarm: the "
             "agent keeps it and somebody there works on it with them. notify: somebody there "
             "spends \"work\", and the search for a rule goes on. Default: hand_off, or swarm "
             "where the organisation is swarming.",
      .example = "\"approval\"" },
    { .key = "hand_over", .type = PARAM_CHOICE, .choices = hand_over_kinds,
      .offset = offsetof(struct escalation_given, hand_over), .fallback = "\"cold\"",
      .doc = "cold: the contact queues again and the agent is free. warm: the agent stays with it "
             "until somebody answers, and briefs them; nothing is lost." },
    TIME_PARAM(escalation_given, "briefing", briefing, "Time of the hand-over. Cold: the agent "
               "writes the case up before it moves on. Warm: both agents talk before the work "
               "begins.", "\"2 min\""),
    TIME_PARAM(escalation_given, "work", work, "Approval and notification: time that the one who "
               "is asked spends.", "\"4 min\""),
    { .key = "customer", .type = PARAM_CHOICE, .choices = customer_waits,
      .offset = offsetof(struct escalation_given, customer), .fallback = "\"holds\"",
      .doc = "Approval: the customer holds and the agent with them, or is called back: the agent "
             "is free, and the contact queues again in its tier once approved." },
    TIME_PARAM(escalation_given, "closing", closing, "Approval with call-back: time of the call "
               "that settles the case.", "\"2 min\""),
    { .key = "call_back_within", .type = PARAM_DURATION, .high = LIMIT_DURATION_S,
      .offset = offsetof(struct escalation_given, call_back_within_s), .flags = PARAM_POSITIVE,
      .doc = "Hand-off: the customer does not wait but is promised a call back within this time; "
             "nobody gives up, and late calls are counted.", .example = "\"2 h\"" },
    { .key = "raise_priority", .type = PARAM_COUNT, .high = 64, .fallback = "0",
      .offset = offsetof(struct escalation_given, raise_priority),
      .doc = "Levels of priority by which the contact goes up, where queues go by priority." },
    { .key = "set_severity", .type = PARAM_NAME,
      .offset = offsetof(struct escalation_given, set_severity),
      .doc = "Severity the contact has from now on: for queues, rules, SLA targets; it is still "
             "reported under the one it came with.", .example = "\"high\"" },
};

static bool escalation_check(struct reader *reader, const struct json *node, void *value)
{
    struct escalation_given *rule = value;
    const bool asks = rule->form == FORM_APPROVAL || rule->form == FORM_NOTIFY;
    bool       good = true;
    if (!json_member(node, "time_left"))
        rule->time_left_s = NAN;
    if (asks && !rule->work.kind)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "work", "a time", NULL,
                          "for example \"work\": \"4 min\"",
                          "the rule does not say how long the one who is asked needs");
    if (!asks && rule->work.kind)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "work", NULL, NULL,
                          "write \"form\": \"approval\" or \"notify\", or leave \"work\" out",
                          "\"work\" is for approvals and notifications");
    if (rule->customer == CUSTOMER_CALLED_BACK && rule->form != FORM_APPROVAL)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "customer", NULL, NULL,
                          "for a hand-off, write \"call_back_within\"",
                          "\"customer\" is for approvals");
    if (rule->closing.kind && rule->customer != CUSTOMER_CALLED_BACK)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "closing", NULL, NULL,
                          "write \"customer\": \"called_back\", or leave \"closing\" out",
                          "\"closing\" is for approvals with a call back");
    if (rule->form > FORM_HAND_OFF &&
        (rule->hand_over == HAND_OVER_WARM || rule->briefing.kind || rule->call_back_within_s > 0))
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "form", NULL, NULL,
                          "leave hand_over, briefing and call_back_within to hand-offs",
                          "nothing is handed over in an approval, swarm or notification");
    if (rule->hand_over == HAND_OVER_WARM && rule->call_back_within_s > 0)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "hand_over", NULL, NULL,
                          NULL, "nobody stays on the line of a customer who is called back");
    return good;
}

const struct shape escalation_shape = {
    .name = "escalation",
    .summary = "A rule of the escalation matrix. The first rule whose conditions hold decides; "
               "without one a contact goes to the next tier, from the last to the vendor if there "
               "is one, and is otherwise unresolved.",
    .params = escalation_params,
    .n_params = COUNT_OF(escalation_params),
    .size = sizeof(struct escalation_given),
    .check = escalation_check,
    .at_offset = offsetof(struct escalation_given, at),
};

/* ---- the organisation */

static const char *const organisation_forms[] = { "tiered", "direct", "context_routed", "swarming",
                                                  NULL };

static const struct param organisation_params[] = {
    { .key = "form", .type = PARAM_CHOICE, .choices = organisation_forms, .fallback = "\"tiered\"",
      .offset = offsetof(struct organisation_given, form),
      .doc = "tiered: contacts enter where their stream says and are handed up. direct: all go to "
             "the specialists. context_routed: each goes straight to the tier that is predicted "
             "to solve it. swarming: the first agent keeps the case and pulls experts in.",
      .example = "\"context_routed\"" },
    { .key = "specialists", .type = PARAM_NAME,
      .offset = offsetof(struct organisation_given, specialists),
      .doc = "direct: the tier all go to; by default the last." },
    { .key = "accuracy", .type = PARAM_SHARE, .fallback = "1",
      .offset = offsetof(struct organisation_given, accuracy),
      .doc = "context_routed: share of contacts whose tier is predicted rightly; the others go to "
             "any other tier, each as likely.", .example = "\"85 %\"" },
    { .key = "cost_per_contact", .type = PARAM_MONEY, .high = 1e9, .fallback = "0",
      .offset = offsetof(struct organisation_given, cost_per_contact),
      .doc = "context_routed: price of each prediction." },
};

static bool organisation_check(struct reader *reader, const struct json *node, void *value)
{
    const struct organisation_given *given = value;
    bool                             good = true;
    if (given->specialists && given->form != ORGANISATION_DIRECT)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "specialists", NULL, NULL,
                          "write \"form\": \"direct\"", "\"specialists\" is for direct access");
    if ((given->accuracy < 1 || given->cost_per_contact > 0) &&
        given->form != ORGANISATION_CONTEXT_ROUTED)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "form", NULL, NULL,
                          "write \"form\": \"context_routed\"",
                          "accuracy and cost_per_contact are for context routing");
    return good;
}

const struct shape organisation_shape = {
    .name = "organisation",
    .summary = "The form of the desk, as one switch.",
    .params = organisation_params,
    .n_params = COUNT_OF(organisation_params),
    .size = sizeof(struct organisation_given),
    .check = organisation_check,
    .at_offset = offsetof(struct organisation_given, at),
};

/* ---- hand-offs */

static const struct param hand_offs_params[] = {
    { .key = "rework", .type = PARAM_NUMBER, .high = 100, .fallback = "0",
      .offset = offsetof(struct hand_offs_given, rework),
      .doc = "What an undocumented cold hand-over costs the next tier: its handling time is "
             "longer by this share, times (1 - documentation).", .example = "0.3" },
    { .key = "documentation", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct hand_offs_given, documentation),
      .doc = "Quality of what is written up: 0 nothing, 1 all the next agent needs.",
      .example = "0.7" },
    { .key = "write_up", .type = PARAM_DURATION, .high = LIMIT_DURATION_S, .fallback = "0",
      .offset = offsetof(struct hand_offs_given, write_up_s),
      .doc = "What documentation costs: at quality 1 the agent writes so long at each cold "
             "hand-over; at lower quality in proportion.", .example = "\"3 min\"" },
};

const struct shape hand_offs_shape = {
    .name = "hand_offs",
    .summary = "What hand-overs lose, and the lever against it.",
    .params = hand_offs_params,
    .n_params = COUNT_OF(hand_offs_params),
    .size = sizeof(struct hand_offs_given),
};

/* ---- root causes */

static const struct param root_cause_params[] = {
    { .key = "issue", .type = PARAM_NAME, .offset = offsetof(struct root_cause_given, issue),
      .flags = PARAM_REQUIRED, .doc = "Issue type.", .example = "\"billing\"" },
    { .key = "after", .type = PARAM_COUNT, .offset = offsetof(struct root_cause_given, after),
      .flags = PARAM_REQUIRED, .low = 1, .high = 1e9,
      .doc = "Escalations of the issue type (hand-offs, approvals, experts) after which its cause "
             "is looked into, and again after as many more.", .example = "50" },
    TIME_PARAM(root_cause_given, "work", work, "Time that somebody spends on the fix.",
               "\"8 h\""),
    { .key = "by", .type = PARAM_NAME, .offset = offsetof(struct root_cause_given, by),
      .flags = PARAM_REQUIRED, .doc = "Pool whose agents do it.", .example = "\"engineers\"" },
    { .key = "reduces", .type = PARAM_SHARE, .offset = offsetof(struct root_cause_given, reduces),
      .flags = PARAM_REQUIRED, .doc = "Share by which each fix lowers the issue type's arrivals "
                                      "from then on.", .example = "\"10 %\"" },
    { .key = "most", .type = PARAM_COUNT, .offset = offsetof(struct root_cause_given, most),
      .high = 1e6, .fallback = "1", .doc = "Fixes that there are at most." },
};

static bool root_cause_check(struct reader *reader, const struct json *node, void *value)
{
    const struct root_cause_given *given = value;
    if (given->work.kind)
        return true;
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "work", "a time", NULL,
                      "for example \"work\": \"8 h\"", "the fix does not say how long it takes");
}

const struct shape root_cause_shape = {
    .name = "root_cause",
    .summary = "A root-cause fix: after so many escalations of an issue type somebody looks into "
               "it, and it becomes rarer.",
    .params = root_cause_params,
    .n_params = COUNT_OF(root_cause_params),
    .size = sizeof(struct root_cause_given),
    .check = root_cause_check,
    .at_offset = offsetof(struct root_cause_given, at),
};
