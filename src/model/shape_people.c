/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of tiers, pools and their work. */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/order.h"
#include "model/scenario.h"
#include "model/selection.h"
#include "model/shape_impl.h"
#include "model/team.h"

/* What may follow a work: of a tier, and of an issue type in it. */
#define AFTER_WORK_PARAMS(struct_, else_)                                                      \
    { .key = "waits_on_customer", .type = PARAM_OBJECT, .shape = &waits_shape,                 \
      .offset = offsetof(struct struct_, waits),                                               \
      .doc = "Works after which the customer has to reply before it goes on" else_ ".",        \
      .example = "{ \"share\": \"20 %\", \"delay\": \"4 h\" }" },                              \
    { .key = "reopens", .type = PARAM_OBJECT, .shape = &reopens_shape,                         \
      .offset = offsetof(struct struct_, reopens),                                             \
      .doc = "Contacts taken for solved that come back" else_ ".",                             \
      .example = "{ \"share\": \"8 %\", \"delay\": \"1 d\" }" }

static const struct param work_params[] = {
    { .key = "issue", .type = PARAM_NAME, .offset = offsetof(struct work_given, issue),
      .flags = PARAM_REQUIRED, .doc = "Issue type that this work is about.",
      .example = "\"billing\"" },
    { .key = "handling", .type = PARAM_KIND, .offset = offsetof(struct work_given, handling),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME,
      .doc = "Handling time of this issue type in this tier; otherwise as the tier says." },
    { .key = "wrap_up", .type = PARAM_KIND, .offset = offsetof(struct work_given, wrap_up),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME,
      .doc = "Wrap-up time after it; otherwise as the tier says." },
    { .key = "resolves", .type = PARAM_SHARE, .offset = offsetof(struct work_given, resolves),
      .doc = "Share of attempts that solve the issue; otherwise as the tier says." },
    AFTER_WORK_PARAMS(work_given, "; otherwise as the tier says"),
};

static const struct shape work_shape = {
    .name = "work",
    .summary = "How one issue type is worked on in a tier, where it differs from the tier's own.",
    .params = work_params,
    .n_params = COUNT_OF(work_params),
    .size = sizeof(struct work_given),
    .at_offset = offsetof(struct work_given, at),
};

static const struct param skill_params[] = {
    { .key = "skill", .type = PARAM_NAME, .offset = offsetof(struct skill_given, skill),
      .flags = PARAM_REQUIRED, .doc = "A skill that these agents have.", .example = "\"network\"" },
    { .key = "time_factor", .type = PARAM_NUMBER, .low = 1e-3, .high = 1e3,
      .offset = offsetof(struct skill_given, time_factor), .fallback = "1",
      .doc = "Handling times are multiplied by this: 0.8 is a quarter faster.",
      .example = "0.8" },
    { .key = "resolves", .type = PARAM_SHARE, .offset = offsetof(struct skill_given, resolves),
      .doc = "Share of attempts that solve the issue; otherwise as the tier says.",
      .example = "\"70 %\"" },
    { .key = "preference", .type = PARAM_COUNT, .high = 1e6,
      .offset = offsetof(struct skill_given, preference), .fallback = "0",
      .doc = "Where agents are selected \"listed\" or by \"preference\": pools of a lower number "
             "are tried first for contacts that need this skill." },
    ROUTING_PARAMS,
};

const struct shape skill_shape = {
    .name = "skill",
    .summary = "What a pool can do, how fast and how well. The order of a pool's skills matters "
               "where the queue order is \"listed\".",
    .params = skill_params,
    .n_params = COUNT_OF(skill_params),
    .size = sizeof(struct skill_given),
    .at_offset = offsetof(struct skill_given, at),
    .bare = "skill",
};

static bool sizing_check(struct reader *reader, const struct json *node, void *value)
{
    const struct sizing_given *sizing = value;
    return sizing->at_least <= sizing->at_most ||
           wrong_value(reader, json_member(node, "at_least"), "at most as much as at_most",
                       "no number is both");
}

static const struct param sizing_params[] = {
    { .key = "at_least", .type = PARAM_COUNT, .high = LIMIT_AGENTS_POOL, .fallback = "0",
      .offset = offsetof(struct sizing_given, at_least),
      .doc = "No fewer agents than this on the floor while the pool is open: a watch that must be "
             "kept, people who may not work alone.", .example = "2" },
    { .key = "at_most", .type = PARAM_COUNT, .low = 1, .high = LIMIT_AGENTS_POOL,
      .fallback = "100000", .offset = offsetof(struct sizing_given, at_most),
      .doc = "No more than this: seats, or people who can be found.", .example = "12" },
};

static const struct shape sizing_shape = {
    .name = "sizing",
    .summary = "Between which numbers tiersim size may choose for a pool. A run knows nothing of "
               "it.",
    .params = sizing_params,
    .n_params = COUNT_OF(sizing_params),
    .size = sizeof(struct sizing_given),
    .at_offset = offsetof(struct sizing_given, at),
    .check = sizing_check,
};

static const char *const shift_ends[] = { "finish", "requeue", "drop", NULL };
static const char *const leavers[] = { "count", "name", NULL };
static const char *const interrupted_works[] = { "resume", "restart", NULL };

static const struct param pool_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct pool_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the pool, unlike any other pool's.",
      .example = "\"front desk\"" },
    { .key = "agents", .type = PARAM_CUSTOM, .offset = offsetof(struct pool_given, agents),
      .read = read_staffing, .shape = &staff_window_shape,
      .schema = "\"anyOf\": [{ \"type\": \"integer\", \"minimum\": 0 }, { \"type\": \"array\", "
                "\"items\": { \"$ref\": \"#/definitions/staff_window\" } }]",
      .doc = "Agents on the floor: one number, or a list of staff windows. Every pool needs this, "
             "or a roster.",
      .example = "[{ \"days\": \"Mon-Fri\", \"from\": \"08:00\", \"to\": \"18:00\", "
                 "\"agents\": 12 }]" },
    { .key = "roster", .type = PARAM_LIST, .offset = offsetof(struct pool_given, roster),
      .shape = &agent_shape, .low = 1, .high = LIMIT_POOLS,
      .doc = "Agents by name instead of `agents`, each with what differs from the pool: skills, "
             "authority, wage, pace, experience, shifts.",
      .example = "[{ \"name\": \"Ann\", \"time_factor\": 0.9 }, { \"name\": \"Ben\", "
                 "\"authority\": 100 }]" },
    { .key = "time_factor", .type = PARAM_NUMBER, .low = 1e-3, .high = 1e3, .fallback = "1",
      .offset = offsetof(struct pool_given, time_factor),
      .doc = "Handling times and tasks take so many times as long, besides the time_factor of the "
             "skill.", .example = "0.9" },
    { .key = "shift_end", .type = PARAM_CHOICE, .offset = offsetof(struct pool_given, shift_end),
      .choices = shift_ends, .fallback = "\"finish\"",
      .doc = "What becomes of a contact in hand when fewer agents are scheduled than are busy. "
             "finish: the agent ends the work and its wrap-up, as overtime. requeue: the agent "
             "leaves at once and the contact waits at the head of its queue, with fresh patience. "
             "drop: the contact is lost, unresolved.", .example = "\"requeue\"" },
    { .key = "leave_by", .type = PARAM_CHOICE, .offset = offsetof(struct pool_given, leave_by),
      .choices = leavers, .fallback = "\"count\"",
      .doc = "Who goes when fewer agents are scheduled. count: whoever is idle, then whoever is "
             "done first. name: every window is a group of agents of their own, who come and go "
             "with it whatever they have in hand.", .example = "\"name\"" },
    { .key = "concurrency", .type = PARAM_OBJECT, .shape = &concurrency_shape,
      .offset = offsetof(struct pool_given, concurrency),
      .doc = "Several contacts at once, such as chats. These agents leave by name.",
      .example = "{ \"contacts\": 3, \"slow_down\": [1, 1.3, 1.7] }" },
    { .key = "absence", .type = PARAM_OBJECT, .shape = &absence_shape,
      .offset = offsetof(struct pool_given, absence),
      .doc = "Days on which agents do not come; without this key everybody does.",
      .example = "{ \"share\": \"6 %\" }" },
    { .key = "duties", .type = PARAM_LIST, .offset = offsetof(struct pool_given, duties),
      .shape = &duty_shape, .high = 64,
      .doc = "Planned time off the contacts; without this key none.",
      .example = "[{ \"name\": \"meeting\", \"when\": [{ \"days\": \"Tue\", \"from\": "
                 "\"10:00\", \"to\": \"10:30\" }] }]" },
    { .key = "idle_duties", .type = PARAM_LIST, .offset = offsetof(struct pool_given, idle_duties),
      .shape = &idle_duty_shape, .high = 64,
      .doc = "What agents do who have nothing else to do, the first of which something is left; "
             "without this key nothing.",
      .example = "[{ \"name\": \"articles\", \"per_day\": \"6 h\", \"piece\": \"20 min\", "
                 "\"after\": \"2 min\" }]" },
    { .key = "individual_factor", .type = PARAM_KIND, .family = &dist_family,
      .offset = offsetof(struct pool_given, individual), .sets_quantity = true,
      .quantity = QUANTITY_COUNT,
      .doc = "Each agent's handling times are multiplied by a factor of their own, drawn from this "
             "distribution anew for each replication; without this key by 1.",
      .example = "{ \"kind\": \"lognormal\", \"mean\": 1, \"cv\": 0.2 }" },
    { .key = "learning", .type = PARAM_OBJECT, .shape = &learning_shape,
      .offset = offsetof(struct pool_given, learning),
      .doc = "Agents become faster by practice; without this key they do not.",
      .example = "{ \"rate\": \"90 %\", \"experience\": 200 }" },
    { .key = "tenure", .type = PARAM_LIST, .offset = offsetof(struct pool_given, tenure),
      .shape = &tenure_shape, .low = 1, .high = 100,
      .doc = "What their times are multiplied by, by how long ago the agents of the roster have "
             "`started`; between two points it changes evenly, before the first and after the last "
             "it does not. Without this key by 1.",
      .example = "[{ \"after\": 0, \"time_factor\": 1.6 }, { \"after\": \"8 w\" }]" },
    { .key = "skills", .type = PARAM_LIST, .offset = offsetof(struct pool_given, skills),
      .shape = &skill_shape, .low = 1, .high = LIMIT_SKILLS,
      .doc = "Skills of these agents; without this key they have every skill." },
    { .key = "helps", .type = PARAM_LIST, .offset = offsetof(struct pool_given, helps),
      .shape = &help_shape, .low = 1, .high = LIMIT_TIERS,
      .doc = "Other tiers that these agents help, in this order, when nothing waits for them in "
             "their own; without this key none.",
      .example = "[{ \"tier\": \"L1\", \"after\": \"1 min\", \"reserve\": 1 }]" },
    { .key = "queue_ratio", .type = PARAM_NUMBER, .high = 1e6, .fallback = "0",
      .offset = offsetof(struct pool_given, queue_ratio),
      .doc = "Where the queue's waits_for is \"shortest_queue\": while not more contacts than this "
             "would wait for the pool per agent present, who comes waits for it, and pools of a "
             "higher preference do not see them. 0: never.", .example = "1.5" },
    { .key = "authority", .type = PARAM_MONEY, .offset = offsetof(struct pool_given, authority),
      .high = 1e15, .doc = "Largest concession they may approve without asking; without this key "
                           "there is no limit.", .example = "25" },
    { .key = "cleared", .type = PARAM_BOOL, .offset = offsetof(struct pool_given, cleared),
      .doc = "They may settle regulated cases (an issue type's \"regulated\" share). Without this "
             "key those of the last tier with agents may, others may not.", .example = "true" },
    { .key = "training", .type = PARAM_OBJECT, .shape = &training_shape,
      .offset = offsetof(struct pool_given, training), .fallback = "{}",
      .doc = "How well they are trained.",
      .example = "{ \"level\": 0.5, \"gain\": \"30 %\", \"cost_per_agent_day\": 6 }" },
    { .key = "sizing", .type = PARAM_OBJECT, .shape = &sizing_shape, .fallback = "{}",
      .offset = offsetof(struct pool_given, sizing),
      .doc = "Limits of their number for tiersim size.", .example = "{ \"at_least\": 1 }" },
    { .key = "wage", .type = PARAM_MONEY, .offset = offsetof(struct pool_given, wage_per_h),
      .high = 1e9, .doc = "Money per paid agent hour, busy or not.", .example = "22.5" },
    { .key = "overtime_factor", .type = PARAM_NUMBER, .high = 100, .fallback = "1.5",
      .offset = offsetof(struct pool_given, overtime_factor),
      .doc = "Overtime costs this many times the wage." },
    { .key = "fee_per_contact", .type = PARAM_MONEY, .high = 1e9, .fallback = "0",
      .offset = offsetof(struct pool_given, fee_per_contact),
      .doc = "Money for each work they finish, as outsourced pools are paid; besides the wage.",
      .example = "4.5" },
    { .key = "fee_per_hour", .type = PARAM_MONEY, .high = 1e9, .fallback = "0",
      .offset = offsetof(struct pool_given, fee_per_h),
      .doc = "Money for each hour of handling, hold and wrap-up; besides the wage.",
      .example = "38" },
    { .key = "concession_factor", .type = PARAM_NUMBER, .high = 100, .fallback = "1",
      .offset = offsetof(struct pool_given, concession_factor),
      .doc = "They settle a concession by paying this share of it: 0.85 saves 15 %." },
    { .key = "shrinkage", .type = PARAM_SHARE, .offset = offsetof(struct pool_given, shrinkage),
      .fallback = "0",
      .doc = "Share of paid time that is not on the floor (breaks, training, absence): paid "
             "hours are floor hours / (1 - shrinkage).", .example = "\"25 %\"" },
    { .key = "supervision", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct pool_given, supervision),
      .doc = "Share of their time that goes into leading others: contacts and tasks in their hands "
             "take 1 / (1 - supervision) times as long.", .example = "\"40 %\"" },
};

/* Other duties that the pool's agents cannot have. */
static bool duties_check(struct reader *reader, const struct pool_given *pool)
{
    const struct duty_given *duties = pool->duties.at;
    for (uint32_t i = 0; i < pool->duties.n && pool->roster.n > 0; i++)
        if (duties[i].agents > 0 || duties[i].share < 1)
            return problem_at(reader->problems, TSIM_PROBLEM_INPUT,
                              json_member(duties[i].at, duties[i].agents > 0 ? "agents" : "share"),
                              NULL, NULL, NULL,
                              "of agents by name a duty takes all; others are a pool of their own",
                              "how many cannot be said where agents are named");
    if (pool->idle_duties.n > 0 && pool->concurrency.at && pool->concurrency.contacts > 1)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT,
                          json_member(pool->at, "idle_duties"), NULL, NULL, NULL,
                          "agents with one contact at once; \"duties\" are possible",
                          "agents with several contacts at once have no duties when idle");
    return true;
}

/* The points of a pool's tenure go on in time, and are about agents by name. */
static bool tenure_check(struct reader *reader, const struct pool_given *pool)
{
    const struct tenure_given *points = pool->tenure.at;
    if (pool->tenure.n > 0 && pool->roster.n == 0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(pool->at, "tenure"),
                          NULL, NULL, NULL,
                          "a \"roster\" whose agents have \"started\" at a date",
                          "only of agents by name it is known since when they are there");
    for (uint32_t i = 1; i < pool->tenure.n; i++)
        if (points[i].after_s <= points[i - 1].after_s)
            return wrong_value(reader, json_member(points[i].at, "after"),
                               "later than the point before", NULL);
    return true;
}

static bool pool_check(struct reader *reader, const struct json *node, void *value)
{
    struct pool_given *pool = value;
    if (!json_member(node, "authority"))
        pool->authority = INFINITY;
    if (!json_member(node, "agents") == (pool->roster.n == 0))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node,
                          pool->roster.n ? "agents" : NULL, NULL, NULL,
                          "a number of agents or a list of staff windows, or \"roster\": a list of "
                          "agents by name, whose shifts stand there",
                          pool->roster.n ? "a pool with a \"roster\" has no \"agents\""
                                         : "\"agents\" is missing, and there is no \"roster\"");
    pool->started = NAN;
    if (!duties_check(reader, pool) || !tenure_check(reader, pool))
        return false;
    if (pool->shrinkage > 0.95)
        return wrong_value(reader, json_member(node, "shrinkage"), "at most 95 %", NULL);
    if (pool->supervision > 0.95)
        return wrong_value(reader, json_member(node, "supervision"), "at most 95 %", NULL);
    return true;
}

static const struct shape pool_shape = {
    .name = "pool",
    .summary = "Interchangeable agents inside a tier.",
    .params = pool_params,
    .n_params = COUNT_OF(pool_params),
    .size = sizeof(struct pool_given),
    .check = pool_check,
    .at_offset = offsetof(struct pool_given, at),
};

static const char *const waits_fors[] = { "anybody", "last_pool", "shortest_queue",
                                          "shortest_wait", "last_wait", NULL };

static const struct param queue_params[] = {
    { .key = "order", .type = PARAM_KIND, .offset = offsetof(struct queue_given, order),
      .family = &order_family, .fallback = "\"fifo\"",
      .doc = "Which waiting contact is next.", .example = "\"priority\"" },
    { .key = "capacity", .type = PARAM_COUNT, .offset = offsetof(struct queue_given, capacity),
      .high = LIMIT_CONTACTS_MOST,
      .doc = "Waiting places of the tier; a contact that finds all taken is blocked. 0: nobody "
             "may wait. Without this key there is no bound.", .example = "30" },
    { .key = "waits_for", .type = PARAM_CHOICE, .offset = offsetof(struct queue_given, waits_for),
      .choices = waits_fors, .fallback = "\"anybody\"",
      .doc = "For whom a contact waits that nobody idle has taken: any pool with its skill; the "
             "last of these pools in the order in which they are tried; the pool with the fewest "
             "contacts (and this one) waiting for it per agent; the pool with the shortest "
             "expected wait. last_wait: the pool whose agents have last taken somebody after the "
             "shortest wait, even if agents of others are idle. It stays with that pool.",
      .example = "\"shortest_wait\"" },
    { .key = "preempts", .type = PARAM_BOOL, .offset = offsetof(struct queue_given, preempts),
      .doc = "Where the order is \"priority\": a contact that finds nobody idle interrupts work "
             "of lower priority. What was interrupted waits again, and goes on as "
             "\"interrupted_work\" says.", .example = "true" },
};

static bool queue_check(struct reader *reader, const struct json *node, void *value)
{
    struct queue_given *queue = value;
    if (queue->preempts && !order_of(&queue->order)->by_level)
        return wrong_value(reader, json_member(node, "preempts"),
                           "\"order\": \"priority\" beside it",
                           "without priorities there is no lower one");
    if (!json_member(node, "capacity"))
        queue->capacity = UINT32_MAX;
    return true;
}

static const struct shape queue_shape = {
    .name = "queue",
    .summary = "How contacts wait in a tier.",
    .params = queue_params,
    .n_params = COUNT_OF(queue_params),
    .size = sizeof(struct queue_given),
    .check = queue_check,
    .at_offset = offsetof(struct queue_given, at),
};

static const struct param tier_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct tier_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the tier.", .example = "\"L1\"" },
    { .key = "handling", .type = PARAM_KIND, .offset = offsetof(struct tier_given, handling),
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,
      .quantity = QUANTITY_TIME, .doc = "Time an agent works on a contact.",
      .example = "{ \"kind\": \"lognormal\", \"mean\": \"8 min\", \"cv\": 0.9 }" },
    { .key = "handling_by_hour", .type = PARAM_CUSTOM, .read = read_factors,
      .offset = offsetof(struct tier_given, handling_by_hour), .shape = &factor_window_shape,
      .schema = "\"type\": \"array\", \"items\": { \"$ref\": "
                "\"#/definitions/factor_window\" }",
      .doc = "Times the handling time of a contact, by the hour at which it arrived.",
      .example = "[{ \"from\": \"18:00\", \"to\": \"08:00\", \"factor\": 1.2 }]" },
    { .key = "wrap_up", .type = PARAM_KIND, .offset = offsetof(struct tier_given, wrap_up),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME, .fallback = "0",
      .doc = "Time the agent needs after the contact has left before taking the next.",
      .example = "\"45 s\"" },
    { .key = "triage", .type = PARAM_KIND, .offset = offsetof(struct tier_given, triage),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME,
      .doc = "Time to find out that nobody in the tier has the skill; any agent does it and then "
             "escalates. Without this key such contacts pass the tier at once." },
    { .key = "resolves", .type = PARAM_SHARE, .offset = offsetof(struct tier_given, resolves),
      .fallback = "1", .doc = "Share of attempts that solve the issue (complexity escalates the "
                              "rest).", .example = "\"80 %\"" },
    AFTER_WORK_PARAMS(tier_given, ""),
    { .key = "by_issue", .type = PARAM_LIST, .offset = offsetof(struct tier_given, by_issue),
      .shape = &work_shape, .high = 65536, .doc = "Work that differs by issue type." },
    { .key = "answer_within", .type = PARAM_DURATION, .high = LIMIT_DURATION_S,
      .offset = offsetof(struct tier_given, answer_within_s), .fallback = "\"5 min\"",
      .doc = "T of the service level: share of contacts answered within T." },
    { .key = "short_abandon", .type = PARAM_DURATION, .high = LIMIT_DURATION_S,
      .offset = offsetof(struct tier_given, short_abandon_s), .fallback = "\"5 s\"",
      .doc = "Abandonments within this time count as short in the service levels that leave "
             "short ones out." },
    { .key = "queue", .type = PARAM_OBJECT, .offset = offsetof(struct tier_given, queue),
      .shape = &queue_shape, .fallback = "{}", .doc = "How contacts wait.",
      .example = "{ \"order\": \"priority\", \"capacity\": 40 }" },
    { .key = "congestion", .type = PARAM_OBJECT, .shape = &congestion_shape,
      .offset = offsetof(struct tier_given, congestion),
      .doc = "Agents hand contacts on without trying while many wait; without this key they "
             "do not.",
      .example = "{ \"from\": 8, \"per_waiting\": \"5 %\", \"time\": \"1 min\" }" },
    { .key = "interrupted_work", .type = PARAM_CHOICE,
      .offset = offsetof(struct tier_given, interrupted), .choices = interrupted_works,
      .fallback = "\"resume\"",
      .doc = "Work that was interrupted goes on where it stopped (resume), or from its beginning "
             "(restart).", .example = "\"restart\"" },
    { .key = "selection", .type = PARAM_KIND, .offset = offsetof(struct tier_given, selection),
      .family = &selection_family, .fallback = "\"longest_idle\"",
      .doc = "Which idle agent takes a contact that need not wait." },
    { .key = "pools", .type = PARAM_LIST, .offset = offsetof(struct tier_given, pools),
      .flags = PARAM_REQUIRED, .shape = &pool_shape, .low = 1, .high = LIMIT_POOLS,
      .doc = "The agents, in groups." },
};

static bool tier_check(struct reader *reader, const struct json *node, void *value)
{
    (void)node;
    return teams_make(reader, &((struct tier_given *)value)->pools);
}

const struct shape tier_shape = {
    .name = "tier",
    .summary = "A level of support by people, in order of escalation.",
    .params = tier_params,
    .n_params = COUNT_OF(tier_params),
    .size = sizeof(struct tier_given),
    .check = tier_check,
    .at_offset = offsetof(struct tier_given, at),
};
