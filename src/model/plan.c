/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From names to indices: demand and the frame of the run. People are in plan_people.c, rules in
 * plan_rules.c. */
#include "model/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/known.h"
#include "model/plan_impl.h"


void *take(struct compiler *compiler, size_t n, size_t size)
{
    void *memory = arena_take_array(compiler->reader->arena, n + 1, size);
    if (!memory && compiler->good) {
        problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        compiler->good = false;
    }
    return memory;
}

bool copy_people(struct compiler *compiler, struct plan_tier **tiers, struct plan_queue **queues,
                 struct plan_pool **pools)
{
    const struct plan *plan = compiler->plan;
    *tiers = TAKE(compiler, plan->n_tiers, struct plan_tier);
    *queues = TAKE(compiler, plan->n_queues, struct plan_queue);
    *pools = TAKE(compiler, plan->n_pools, struct plan_pool);
    if (!*tiers || !*queues || !*pools)
        return false;
    memcpy(*tiers, plan->tiers, plan->n_tiers * sizeof **tiers);
    memcpy(*queues, plan->queues, plan->n_queues * sizeof **queues);
    memcpy(*pools, plan->pools, plan->n_pools * sizeof **pools);
    return true;
}

uint32_t find_name(struct compiler *compiler, const struct names *names, const char *name,
                   const struct json *at)
{
    for (uint32_t i = 0; i < names->n; i++)
        if (strcmp(names->at[i], name) == 0)
            return i;
    char        expected[512], hint[300], found[300];
    struct text text;
    text_open(&text, expected, sizeof expected);
    text_add(&text, "%s%s", names->what, names->n > 0 ? ": " : "");
    for (uint32_t i = 0; i < names->n; i++)
        text_add(&text, "%s%s", i ? ", " : "", names->at[i]);
    const char *near = text_nearest(name, names->at, names->n);
    text_open(&text, hint, sizeof hint);
    if (near)
        text_add(&text, "did you mean \"%s\"?", near);
    else if (names->n == 0 && names->key)
        text_add(&text, "there is none yet: list it by its name under \"%s\"", names->key);
    text_open(&text, found, sizeof found);
    text_add(&text, "\"%s\"", name);
    problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, at, NULL, expected, found,
               hint[0] ? hint : NULL, "\"%s\" is not the name of %s", name, names->what);
    compiler->good = false;
    return NONE;
}

uint32_t find_pool_queue(struct compiler *compiler, const char *name, const struct json *at)
{
    for (uint32_t i = 0; i < compiler->teams.n; i++)
        if (strcmp(compiler->teams.at[i], name) == 0)
            return compiler->team_queue[i];
    const uint32_t pool = find_name(compiler, &compiler->pools, name, at);
    return pool == NONE ? NONE : compiler->plan->pool_queue[pool];
}

bool is_listed(const struct list *texts, const char *name)
{
    const struct text_entry *entries = texts->at;
    for (uint32_t i = 0; i < texts->n; i++)
        if (strcmp(entries[i].text, name) == 0)
            return true;
    return texts->n == 0;
}

bool in_list(const struct list *texts, const struct names *names, uint32_t index)
{
    return is_listed(texts, names->at[index]);
}

void check_names(struct compiler *compiler, const struct list *texts, const struct names *names)
{
    const struct text_entry *entries = texts->at;
    for (uint32_t i = 0; i < texts->n; i++)
        find_name(compiler, names, entries[i].text, entries[i].at);
}

uint64_t purpose_of(const char *stream_key, const char *what, uint32_t tier)
{
    char name[LIMIT_NAME + 64];
    snprintf(name, sizeof name, "%s/%s/%u", stream_key, what, tier);
    return rng_purpose(name);
}

const struct dist *make_time_or_zero(struct compiler *compiler, const struct choice *choice)
{
    struct dist *dist = choice->kind ? TAKE(compiler, 1, struct dist) : NULL;
    if (!dist)
        return NULL;
    compiler->reader->quantity = QUANTITY_TIME;
    if (dist_make(compiler->reader, choice, dist))
        return dist;
    compiler->good = false;
    return NULL;
}

const struct dist *make_time(struct compiler *compiler, const struct choice *choice)
{
    const struct dist *dist = make_time_or_zero(compiler, choice);
    return !dist || (dist->fast == DIST_CONSTANT && dist->p[0] == 0) ? NULL : dist;
}

/* ---- channels */

static void compile_channels(struct compiler *compiler)
{
    const struct channel_given *given = compiler->given->channels.at;
    struct plan_channel        *channels = TAKE(compiler, compiler->plan->n_channels,
                                                struct plan_channel);
    if (!channels)
        return;
    for (uint32_t i = 0; i < compiler->plan->n_channels; i++) {
        channels[i].name = compiler->channels.at[i];
        if (i < compiler->given->channels.n) {
            channels[i].cost = given[i].cost;
            channels[i].lines = given[i].lines;
            compile_opening(compiler, &given[i], &channels[i]);
            channels[i].patience_by_hour = compile_hours(compiler, &given[i].patience_by_hour);
        }
    }
    compiler->plan->channels = channels;
}

/* ---- streams */

/* Names that nobody has at first, and some may get later: the severities that rules set. They
 * stand before the others, with no share. Returns how many. */
static uint32_t add_later(struct compiler *compiler, const struct mix *given,
                          const struct names *names, double *up_to, uint32_t *index)
{
    const struct escalation_given *rules = compiler->given->escalation.at;
    uint32_t                       n = 0;
    for (uint32_t i = 0; names == &compiler->severities && i < names->n; i++) {
        bool later = false;
        for (uint32_t r = 0; r < compiler->given->escalation.n; r++)
            later |= rules[r].set_severity && strcmp(rules[r].set_severity, names->at[i]) == 0;
        for (uint32_t k = 0; k < given->n; k++)
            later &= strcmp(given->at[k].name, names->at[i]) != 0 || given->at[k].share <= 0;
        if (!later || (!given->node && names->n == 1))
            continue;
        index[n] = i;
        up_to[n++] = 0;
    }
    return n;
}

static void compile_mix(struct compiler *compiler, const struct stream_given *stream,
                        const char *key, const struct mix *given, const struct names *names,
                        struct plan_mix *mix)
{
    double   *up_to = TAKE(compiler, given->n + names->n, double);
    uint32_t *index = TAKE(compiler, given->n + names->n, uint32_t);
    if (!up_to || !index)
        return;
    double   sum = 0;
    uint32_t n = add_later(compiler, given, names, up_to, index);
    for (uint32_t i = 0; i < given->n; i++) {
        const uint32_t found = find_name(compiler, names, given->at[i].name, given->at[i].at);
        if (given->at[i].share <= 0)
            continue;
        sum += given->at[i].share;
        index[n] = found;
        up_to[n++] = sum;
    }
    if (!given->node) {
        n = 1;
        if (names->n > 1) {
            char hint[160];
            snprintf(hint, sizeof hint, "for example \"%s\": { \"%.40s\": 1 }", key, names->at[0]);
            problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, stream->at, key, NULL, NULL,
                       hint, "the stream must say its %s, for there are several", key);
            compiler->good = false;
        }
    }
    if (n > 0)
        up_to[n - 1] = 1;
    *mix = (struct plan_mix){ .n = n, .up_to = up_to, .index = index };
}

static void compile_entry(struct compiler *compiler, const struct stream_given *given,
                          struct plan_mix *mix)
{
    static const double   whole = 1;
    static const uint32_t first = 0;
    if (given->enters_at.node)
        compile_mix(compiler, given, "enters_at", &given->enters_at, &compiler->tiers, mix);
    else
        *mix = (struct plan_mix){ .n = 1, .up_to = &whole, .index = &first };
}

static void compile_stream(struct compiler *compiler, const struct stream_given *given,
                           struct plan_stream *stream)
{
    const char *key = given->key ? given->key : given->name;
    stream->name = given->name;
    if (given->channel)
        stream->channel = find_name(compiler, &compiler->channels, given->channel,
                                    json_member(given->at, "channel"));
    else if (compiler->channels.n > 1)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                    "channel", NULL, NULL, NULL,
                                    "the stream must say its channel, for there are several");
    compile_mix(compiler, given, "issues", &given->issues, &compiler->issues, &stream->issues);
    compile_mix(compiler, given, "severities", &given->severities, &compiler->severities,
                &stream->severities);
    compile_mix(compiler, given, "segments", &given->segments, &compiler->segments,
                &stream->segments);
    compile_entry(compiler, given, &stream->enters_at);
    stream->one_of_each = stream->issues.n == 1 && stream->severities.n == 1 &&
                          stream->segments.n == 1 && stream->enters_at.n == 1;
    stream->who = purpose_of(key, "who", 0);
    stream->concession = purpose_of(key, "concession", 0);
    stream->self_service = purpose_of(key, "self_service", 0);
    stream->routing = purpose_of(key, "routing", 0);
    stream->prevented = purpose_of(key, "prevented", 0);
    stream->briefing = purpose_of(key, "briefing", 0);
    stream->task = purpose_of(key, "task", 0);
    stream->closing = purpose_of(key, "closing", 0);
    stream->arrival.kind = arrival_of(&given->arrivals);
    stream->arrival.start_s = compiler->given->run.start_s;
    stream->arrival.gaps = purpose_of(key, "arrivals", 0);
    stream->arrival.jumps = purpose_of(key, "regimes", 0);
    stream->arrival.batches = purpose_of(key, "batches", 0);
    if (!stream->arrival.kind->make(compiler->reader, given->arrivals.at, given->arrivals.given,
                                    compiler->given->run.start_s, &stream->arrival))
        compiler->good = false;
}

/* Numbers the groups of streams that have the same busy days. */
static void number_busyness(struct plan_stream *streams, uint32_t i)
{
    struct busyness_group *own = &streams[i].arrival.days;
    for (uint32_t k = 0; k < i && streams[i].arrival.has_busyness; k++) {
        const struct arrival *other = &streams[k].arrival;
        if (other->has_busyness && other->days.within == own->within) {
            own->number = other->days.number;
            return;
        }
        if (other->has_busyness && other->days.number >= own->number)
            own->number = other->days.number + 1;
    }
}

static void compile_streams(struct compiler *compiler)
{
    const struct stream_given *given = compiler->given->streams.at;
    struct plan_stream        *streams = TAKE(compiler, compiler->given->streams.n,
                                              struct plan_stream);
    if (!streams)
        return;
    uint64_t n_classes = 0;
    compiler->plan->n_streams = compiler->given->streams.n;
    compiler->plan->streams = streams;
    for (uint32_t i = 0; i < compiler->plan->n_streams; i++) {
        compile_stream(compiler, &given[i], &streams[i]);
        number_busyness(streams, i);
        for (uint32_t k = 0; k < i; k++)
            if (streams[k].who == streams[i].who)
                compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                            given[i].at, NULL, NULL, NULL,
                                            "give each stream its own \"key\"",
                                            "two streams would draw the same random numbers");
        streams[i].class_base = (uint32_t)n_classes;
        n_classes += (uint64_t)streams[i].issues.n * streams[i].severities.n *
                     streams[i].segments.n;
        if (n_classes > LIMIT_CLASSES) {
            compiler->good = problem_plain(
                compiler->reader->problems, TSIM_PROBLEM_LIMIT, "use fewer combinations",
                "more than %d combinations of stream, issue type, severity and segment",
                LIMIT_CLASSES);
            return;
        }
    }
    compiler->plan->n_classes = (uint32_t)n_classes;
    compile_busy_days(compiler, streams);
    compile_incidents(compiler, streams);
}

/* ---- classes */

static double priority_of(const struct compiler *compiler, const struct plan_class *class)
{
    const struct severity_given *severities = compiler->given->severities.at;
    const struct segment_given  *segments = compiler->given->segments.at;
    return (compiler->given->severities.n ? severities[class->severity].priority : 0) +
           (compiler->given->segments.n ? segments[class->segment].priority : 0);
}

static int priority_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* Ranks the priorities of all classes: level 0 is the highest. */
static void rank_priorities(struct compiler *compiler, struct plan_class *classes, uint32_t n)
{
    double *sorted = TAKE(compiler, n, double);
    if (!sorted)
        return;
    for (uint32_t i = 0; i < n; i++)
        sorted[i] = classes[i].priority;
    qsort(sorted, n, sizeof *sorted, priority_order);
    uint32_t levels = 0;
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || sorted[i] != sorted[levels - 1])
            sorted[levels++] = sorted[i];
    compiler->plan->n_levels = levels;
    for (uint32_t i = 0; i < n; i++)
        while (sorted[classes[i].level] != classes[i].priority)
            classes[i].level++;
    if (levels > 64)
        compiler->good = problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                       "%u different priorities; at most 64 are allowed", levels);
}

static const struct dist *concession_of(struct compiler *compiler, const struct issue_given *issue)
{
    struct dist *dist = TAKE(compiler, 1, struct dist);
    if (!dist || !issue->concession.kind)
        return NULL;
    compiler->reader->quantity = QUANTITY_MONEY;
    if (!dist_make(compiler->reader, &issue->concession, dist))
        compiler->good = false;
    compiler->reader->quantity = QUANTITY_TIME;
    return dist;
}

static void compile_classes(struct compiler *compiler)
{
    struct plan              *plan = compiler->plan;
    const struct issue_given *issues = compiler->given->issues.at;
    struct plan_class        *classes = TAKE(compiler, plan->n_classes, struct plan_class);
    const struct dist       **concessions = TAKE(compiler, plan->n_issues, const struct dist *);
    if (!classes || !concessions)
        return;
    for (uint32_t i = 0; i < compiler->given->issues.n; i++)
        concessions[i] = concession_of(compiler, &issues[i]);
    struct plan_class *class = classes;
    for (uint32_t s = 0; s < plan->n_streams; s++) {
        const struct plan_stream *stream = &plan->streams[s];
        const uint32_t n_severities = stream->severities.n, n_segments = stream->segments.n;
        for (uint32_t k = 0; k < stream->issues.n * n_severities * n_segments; k++, class++) {
            class->stream = s;
            class->channel = stream->channel;
            class->issue = stream->issues.index[k / n_segments / n_severities];
            class->severity = stream->severities.index[k / n_segments % n_severities];
            class->segment = stream->segments.index[k % n_segments];
            class->priority = priority_of(compiler, class);
            if (stream->arrival.trace &&
                (stream->arrival.trace->handling || stream->arrival.trace->patience))
                class->trace = stream->arrival.trace;
            plan->resampled |= class->trace && class->trace->days;
            if (compiler->given->issues.n == 0)
                continue;
            class->concession = concessions[class->issue];
            class->concession_share = issues[class->issue].concession_share;
            class->self_service = issues[class->issue].self_service;
        }
    }
    rank_priorities(compiler, classes, plan->n_classes);
    plan->classes = classes;
}

/* ---- self-service, vendor, the frame of the run */

static void compile_outside(struct compiler *compiler)
{
    const struct scenario_given *given = compiler->given;
    struct plan                 *plan = compiler->plan;
    plan->session = plan->vendor_delay = dist_constant(0);
    plan->has_self_service = given->self_service.at != NULL;
    plan->has_vendor = given->vendor.at != NULL;
    const struct dist *session = make_time(compiler, &given->self_service.session);
    const struct dist *delay = make_time(compiler, &given->vendor.delay);
    if (session)
        plan->session = *session;
    if (delay)
        plan->vendor_delay = *delay;
    plan->self_service_name = given->self_service.name;
    plan->session_cost = given->self_service.cost;
    plan->sessions_most = given->self_service.sessions ? given->self_service.sessions : UINT32_MAX;
    plan->bot_turns_away = given->self_service.when_full == FULL_TURNED_AWAY;
    plan->bot_pays = plan->has_self_service &&
                     json_member(given->self_service.at, "authority") != NULL;
    plan->bot_authority = plan->bot_pays ? given->self_service.authority : INFINITY;
    plan->bot = plan->bot_pays || given->self_service.sessions > 0;
    plan->vendor_name = plan->has_vendor ? given->vendor.name : "vendor";
    plan->vendor_fee = given->vendor.fee;
    plan->vendor_resolves = given->vendor.resolves;
    plan->vendor_purpose = rng_purpose("vendor");
}

/* True when something depends on the day of the week, or only on the time of day. */
static bool weekly(const struct profile *profile)
{
    for (double t = 0; t < DAY_S; t += 60)
        for (int day = 1; day < 7; day++)
            if (profile_at(profile, t) != profile_at(profile, t + day * DAY_S))
                return true;
    return false;
}

static double default_cycle(const struct plan *plan, const struct run_given *run)
{
    if (run->kind == RUN_TERMINATING && run->length_s <= WEEK_S)
        return run->length_s;
    for (uint32_t i = 0; i < plan->n_streams; i++) {
        const struct arrival *arrival = &plan->streams[i].arrival;
        if ((arrival->rate.n > 1 && weekly(&arrival->rate)) || arrival->per_day.n > 1 ||
            (arrival->shape.n > 1 && weekly(&arrival->shape)) ||
            (arrival->trace && arrival->trace->days && arrival->trace->days->by_weekday))
            return WEEK_S;
    }
    for (uint32_t i = 0; i < plan->n_pools; i++)
        if (plan->pools[i].agents.n > 1 && weekly(&plan->pools[i].agents))
            return WEEK_S;
    return DAY_S;
}

/* True when the time of day matters to who comes and who works. */
static bool depends_on_time(const struct plan *plan)
{
    for (uint32_t s = 0; s < plan->n_streams; s++) {
        const struct arrival *arrival = &plan->streams[s].arrival;
        if (arrival->rate.n > 1 || arrival->has_busyness || arrival->day_rates || arrival->trace ||
            arrival->per_day.n > 0)
            return true;
    }
    if (plan->hourly || plan->opening)
        return true;
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (plan->pools[p].agents.n > 1)
            return true;
    return false;
}

/* Cuts the counted time of a steady state into equal blocks: of whole cycles, so that they are
 * alike, or of any length where one time is like another. */
static void compile_blocks(struct plan *plan)
{
    if (!plan->steady_state)
        return;
    if (!depends_on_time(plan)) {
        plan->n_blocks = PLAN_BLOCKS_MOST;
        plan->block_s = (plan->end_s - plan->warmup_s) / PLAN_BLOCKS_MOST;
        plan->blocks_apart = true;
        return;
    }
    const double cycles = floor(plan->cycles + 1e-9);
    plan->n_blocks = (uint32_t)fmin(cycles, PLAN_BLOCKS_MOST);
    plan->block_s = plan->n_blocks ? floor(cycles / plan->n_blocks) * plan->cycle_s : 0;
    const double phase = fmod(fmod(plan->warmup_s, plan->cycle_s), plan->interval_s);
    plan->blocks_apart = plan->n_blocks > 1 && phase > 0;
}

/* Where a long run is cut into batches. */
static void compile_batches(struct compiler *compiler)
{
    const struct run_given *run = &compiler->given->run;
    struct plan            *plan = compiler->plan;
    plan->n_batches = run->batches;
    plan->whole_batches = depends_on_time(plan);
    if (plan->whole_batches && plan->cycles + 1e-9 < run->batches)
        compiler->good = problem_at(
            compiler->reader->problems, TSIM_PROBLEM_INPUT, run->at, "batches",
            "at most as many as the run has cycles, for the time of day matters", NULL,
            "use a longer \"length\", or a shorter \"cycle\"",
            "%u batches of %.4g cycles cannot be of whole cycles", run->batches, plan->cycles);
}

static void compile_run(struct compiler *compiler)
{
    const struct run_given *run = &compiler->given->run;
    struct plan            *plan = compiler->plan;
    plan->steady_state = run->kind == RUN_STEADY_STATE;
    plan->at_end = (enum run_end)run->at_end;
    plan->start_s = run->start_s;
    plan->warmup_s = run->warmup_s;
    plan->end_s = run->warmup_s + run->length_s;
    plan->interval_s = run->interval_s;
    plan->hop_limit = run->hop_limit;
    plan->cycle_s = run->cycle_s > 0 ? run->cycle_s : default_cycle(plan, run);
    if (plan->cycle_s > run->length_s)
        plan->cycle_s = run->length_s;
    plan->cycles = run->length_s / plan->cycle_s;
    plan->days = run->length_s / DAY_S;
    if (!plan->steady_state && plan->days < 1)
        plan->days = 1; /* a desk that is open for ten hours has had a day */
    compile_blocks(plan);
    compile_batches(compiler);
    const double n = ceil(plan->cycle_s / plan->interval_s - 1e-9);
    if (n > LIMIT_INTERVALS) {
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_LIMIT, run->at,
                                    "interval", NULL, NULL, "use a longer interval or a shorter "
                                    "cycle", "%.0f report intervals in a cycle; at most %d are "
                                    "allowed", n, LIMIT_INTERVALS);
        return;
    }
    plan->n_intervals = n < 1 ? 1 : (uint32_t)n;
    for (uint32_t i = 0; i < plan->n_streams; i++)
        plan->expected_contacts += plan->streams[i].arrival.kind->expected(
            &plan->streams[i].arrival, 0, plan->end_s);
}

/* How busy days are spread over replications. */
static void compile_busyness(struct compiler *compiler)
{
    const struct run_given *run = &compiler->given->run;
    struct plan            *plan = compiler->plan;
    uint32_t                groups = 0;
    for (uint32_t s = 0; s < plan->n_streams; s++)
        if (plan->streams[s].arrival.has_busyness)
            groups = plan->streams[s].arrival.days.number + 1 > groups
                         ? plan->streams[s].arrival.days.number + 1 : groups;
    if (run->busyness != BUSYNESS_INDEPENDENT && groups == 0)
        problem_at(compiler->reader->problems, TSIM_PROBLEM_WARNING, run->at, "busyness", NULL,
                   NULL, "give a stream a \"busyness_cv\", or leave this out",
                   "all days are equally busy, so there is nothing to spread");
    const bool   spread = run->busyness != BUSYNESS_INDEPENDENT && groups > 0;
    const double days = floor((plan->start_s + plan->end_s) / DAY_S) -
                        floor(plan->start_s / DAY_S) + 1;
    plan->busyness = busyness_plan_of(spread ? run->strata : 1,
                                      spread && run->busyness == BUSYNESS_QUASI_RANDOM, groups,
                                      (uint32_t)days);
}

static enum loop_kind loop_for(const struct plan *plan)
{
    enum loop_kind loop = LOOP_PLAIN;
#define LOOP(least, fact)                                                                          \
    if ((fact) && loop < LOOP_##least)                                                             \
        loop = LOOP_##least;
#include "model/loops.list"
    return loop;
}

struct plan *plan_compile(struct reader *reader, const struct scenario_given *given,
                          const struct plugin *plugin)
{
    struct compiler compiler = { .reader = reader, .given = given, .policy = plugin->table,
                                 .good = true };
    compiler.plan = TAKE(&compiler, 1, struct plan);
    if (!compiler.plan)
        return NULL;
    compiler.plan->given = given;
    compile_names(&compiler);
    if (!compiler.good)
        return NULL;
    compile_calendars(&compiler);
    if (!compiler.good)
        return NULL;
    compile_channels(&compiler);
    compile_streams(&compiler);
    if (!compiler.good)
        return NULL;
    compile_classes(&compiler);
    compile_outside(&compiler);
    if (compiler.good)
        compile_people(&compiler);
    if (compiler.good)
        compile_routing(&compiler);
    if (compiler.good)
        compile_policy(&compiler, plugin->fingerprint);
    if (compiler.good)
        compile_organisation(&compiler);
    if (compiler.good)
        compile_paths(&compiler);
    if (compiler.good)
        compile_targets(&compiler);
    if (compiler.good)
        compile_customer(&compiler);
    if (compiler.good)
        compile_backlog(&compiler);
    if (compiler.good)
        compile_run(&compiler);
    if (compiler.good)
        compile_busyness(&compiler);
    const struct plan *plan = compiler.plan;
    compiler.plan->counts_needs = compiler.good && known_counts_needs(plan);
    compiler.plan->loop = loop_for(plan);
    return compiler.good ? compiler.plan : NULL;
}
