/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves the rates of several streams, and what depends on the hour, from names to numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/plan_impl.h"

/* ---- incidents */

static bool is_one(double factor)
{
    return !(factor < 1) && !(factor > 1);
}

static bool has_rate(const struct plan_stream *stream)
{
    return stream->arrival.rate.n > 0;
}

/* Times the rate of a stream; 1 where the incident does not concern it. */
static double factor_for(const struct compiler *compiler, const struct factors_given *given,
                         const struct plan_stream *streams, uint32_t s)
{
    for (uint32_t i = 0; i < given->n; i++)
        if (strcmp(given->at[i].name, compiler->streams.at[s]) == 0)
            return given->at[i].share;
    return given->n > 0 || !has_rate(&streams[s]) ? 1 : given->value;
}

/* An incident on streams without a rate, or on no stream, is a mistake. */
static void check_incident(struct compiler *compiler, const struct incident_given *given,
                           const struct plan_stream *streams)
{
    bool any = false;
    for (uint32_t i = 0; i < given->factor.n; i++) {
        const struct named_share *of = &given->factor.at[i];
        const uint32_t            s = find_name(compiler, &compiler->streams, of->name, of->at);
        if (s != NONE && !has_rate(&streams[s]))
            compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, of->at,
                                        NULL, NULL, NULL, "streams of kind poisson or mmpp have a "
                                        "rate", "this stream has no rate that could rise");
    }
    for (uint32_t s = 0; s < compiler->plan->n_streams; s++)
        any |= has_rate(&streams[s]);
    if (!any)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                    NULL, NULL, NULL, NULL, "no stream has a rate that could rise");
    if (given->begins_s.n > 0 && compiler->given->run.kind == RUN_STEADY_STATE)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                    "begins", NULL, NULL, "say \"between\", or simulate a "
                                    "terminating run", "what happens once is no steady state");
}

static bool compile_incident(struct compiler *compiler, const struct incident_given *given,
                             struct surge *surge)
{
    char name[LIMIT_NAME + 16];
    snprintf(name, sizeof name, "incident/%s", given->name);
    *surge = (struct surge){ .duration = make_time(compiler, &given->duration),
                             .begin_s = given->begins_s.at, .n = given->begins_s.n,
                             .times = rng_purpose(name) };
    if (!given->between.kind || !compiler->good)
        return compiler->good;
    surge->between = make_time(compiler, &given->between);
    if (surge->between && dist_mean(surge->between) >= 1)
        return true;
    return compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                       "between", "a mean of at least a second", NULL, NULL,
                                       "incidents would come without end at one instant");
}

/* What grows has no long run. */
static void check_growth(struct compiler *compiler, const struct plan_stream *streams)
{
    const struct stream_given *given = compiler->given->streams.at;
    for (uint32_t s = 0; s < compiler->plan->n_streams; s++) {
        const struct day_rates *rates = streams[s].arrival.day_rates;
        if (compiler->given->run.kind == RUN_STEADY_STATE && rates && fabs(rates->growth_log) > 0)
            compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                        given[s].arrivals.at, NULL, NULL, NULL,
                                        "simulate a terminating run, or leave the growth out",
                                        "a rate that grows has no steady state");
    }
}

void compile_incidents(struct compiler *compiler, struct plan_stream *streams)
{
    const struct incident_given *given = compiler->given->incidents.at;
    const uint32_t               n = compiler->given->incidents.n;
    struct surge                *all = TAKE(compiler, n, struct surge);
    names_under(compiler, "an incident", "incidents", NULL);
    check_growth(compiler, streams);
    for (uint32_t i = 0; all && i < n; i++) {
        check_incident(compiler, &given[i], streams);
        compile_incident(compiler, &given[i], &all[i]);
    }
    for (uint32_t s = 0; n > 0 && s < compiler->plan->n_streams && compiler->good; s++) {
        struct arrival *arrival = &streams[s].arrival;
        struct surge   *surges = TAKE(compiler, n, struct surge);
        for (uint32_t i = 0; surges && i < n; i++) {
            const double factor = factor_for(compiler, &given[i].factor, streams, s);
            if (is_one(factor))
                continue;
            surges[arrival->n_surges] = all[i];
            surges[arrival->n_surges].number = i + 1;
            surges[arrival->n_surges++].factor = factor;
        }
        arrival->surges = surges;
        arrival->varies |= arrival->n_surges > 0;
        if (arrival->n_surges > INTENSITY_SURGES)
            compiler->good = problem_plain(compiler->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                           "%u incidents on one stream; at most %d are allowed",
                                           arrival->n_surges, INTENSITY_SURGES);
    }
}

/* ---- busy days */

/* Groups by their names, so that the order of streams does not matter. */
struct groups {
    uint32_t               n;
    struct busyness_group *at;
    double                *shape; /* of the gamma factor of the group's largest cv          */
    const char           **name;
};

static const char *group_name(const struct compiler *compiler, uint32_t s)
{
    const struct stream_given *given = compiler->given->streams.at;
    const struct json         *name = json_member(given[s].arrivals.at, "busyness_group");
    return name ? name->string : "desk";
}

/* The place of a stream's group among them, or where it would be. */
static uint32_t group_of(const struct compiler *compiler, const struct groups *groups, uint32_t s)
{
    uint32_t g = 0;
    while (g < groups->n && strcmp(groups->name[g], group_name(compiler, s)) < 0)
        g++;
    return g;
}

static void insert_group(const struct compiler *compiler, const struct plan_stream *streams,
                         uint32_t s, struct groups *groups)
{
    const struct arrival *arrival = &streams[s].arrival;
    const uint32_t        g = group_of(compiler, groups, s);
    if (g < groups->n && strcmp(groups->name[g], group_name(compiler, s)) == 0) {
        groups->shape[g] = fmin(groups->shape[g], arrival->busyness.p[0]);
        return;
    }
    for (uint32_t i = groups->n++; i > g; i--) {
        groups->at[i] = groups->at[i - 1];
        groups->shape[i] = groups->shape[i - 1];
        groups->name[i] = groups->name[i - 1];
    }
    groups->at[g] = arrival->days;
    groups->shape[g] = arrival->busyness.p[0];
    groups->name[g] = group_name(compiler, s);
}

static bool collect_groups(struct compiler *compiler, const struct plan_stream *streams,
                           struct groups *groups)
{
    const uint32_t n = compiler->plan->n_streams;
    groups->at = TAKE(compiler, n, struct busyness_group);
    groups->shape = TAKE(compiler, n, double);
    groups->name = TAKE(compiler, n, const char *);
    if (!groups->at || !groups->shape || !groups->name)
        return false;
    for (uint32_t s = 0; s < n; s++)
        if (streams[s].arrival.has_busyness)
            insert_group(compiler, streams, s, groups);
    return true;
}

/* The normal correlation that gives the factors of two groups `wanted`; a problem when none
 * does. */
static double normal_for(struct compiler *compiler, const struct groups *groups, uint32_t a,
                         uint32_t b, double wanted, const struct json *at)
{
    if (!(fabs(wanted) > 0))
        return 0;
    const double normal = busyness_normal_correlation(groups->shape[a], groups->shape[b], wanted);
    if (fabs(normal) <= 1)
        return normal;
    compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, at, NULL, NULL,
                                NULL, "take a number nearer to 0",
                                "no two gamma factors of these cv have a correlation of %g",
                                wanted);
    return 0;
}

/* Lower triangle of a covariance matrix (Cholesky), in place; false when it is none. */
static bool factorise(double *m, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++) {
            double sum = m[i * n + j];
            for (uint32_t k = 0; k < j && k < i; k++)
                sum -= m[i * n + k] * m[j * n + k];
            if (i == j && !(sum > -1e-12))
                return false;
            if (i == j)
                m[i * n + i] = sqrt(fmax(sum, 0));
            else if (j < i)
                m[i * n + j] = m[j * n + j] > 1e-9 ? sum / m[j * n + j] : 0;
            if (j < i && m[j * n + j] <= 1e-9 && fabs(sum) > 1e-9)
                return false;
            if (j > i)
                break;
        }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 1; j < n; j++)
            m[i * n + j] = 0;
    return true;
}

/* Correlations of the normal numbers of all pairs, [n * n]. */
static void fill_correlations(struct compiler *compiler, const struct groups *groups,
                              double *normal)
{
    const struct busy_days_given   *given = &compiler->given->busy_days;
    const struct correlation_given *pairs = given->pairs.at;
    const uint32_t                  n = groups->n;
    const struct names names = { .what = "a busyness group", .at = groups->name, .n = n };
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++)
            normal[i * n + j] = i == j ? 1 : normal_for(compiler, groups, i, j, given->correlation,
                                                        given->at);
    for (uint32_t i = 0; i < given->pairs.n; i++) {
        const uint32_t a = find_name(compiler, &names, pairs[i].group,
                                     json_member(pairs[i].at, "group"));
        const uint32_t b = find_name(compiler, &names, pairs[i].with,
                                     json_member(pairs[i].at, "with"));
        if (a == NONE || b == NONE)
            continue;
        if (a == b)
            compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                        pairs[i].at, "with", NULL, NULL, NULL,
                                        "a group goes together with itself");
        else
            normal[a * n + b] = normal[b * n + a] =
                normal_for(compiler, groups, a, b, pairs[i].value, pairs[i].at);
    }
}

/* The two matrices: of the first day, and of what is new on any other. */
static struct busyness_law *make_law(struct compiler *compiler, const struct groups *groups)
{
    const uint32_t n = groups->n;
    const double   wanted = compiler->given->busy_days.autocorrelation;
    double *lag = TAKE(compiler, n, double), *first = TAKE(compiler, (size_t)n * n, double);
    double *mix = TAKE(compiler, (size_t)n * n, double);
    struct busyness_law *law = TAKE(compiler, 1, struct busyness_law);
    if (!lag || !first || !mix || !law)
        return NULL;
    for (uint32_t g = 0; g < n; g++)
        lag[g] = normal_for(compiler, groups, g, g, wanted, compiler->given->busy_days.at);
    fill_correlations(compiler, groups, first);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++)
            mix[i * n + j] = first[i * n + j] * (1 - lag[i] * lag[j]);
    if (compiler->good && !(factorise(first, n) && factorise(mix, n)))
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT,
                                    compiler->given->busy_days.at, NULL, NULL, NULL,
                                    "move them towards 0", "the correlations contradict each "
                                    "other: nothing goes together so");
    *law = (struct busyness_law){ n, groups->at, lag, first, mix };
    return law;
}

/* Each group's intervals of a day; NULL where a day has one factor. */
static struct busyness_parts *make_parts(struct compiler *compiler, const struct groups *groups)
{
    const struct busy_days_given *given = &compiler->given->busy_days;
    const bool   says_next = json_member(given->at, "next_interval") != NULL;
    const double next = says_next ? given->next_interval : given->within_day;
    if (!(given->every_s > 0) || !(given->within_day < 1))
        return NULL;
    if (next < given->within_day)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                    "next_interval", NULL, NULL, "make it at least as large",
                                    "intervals next to each other have less in common than those "
                                    "far apart (\"within_day\")");
    struct busyness_parts *parts = TAKE(compiler, groups->n, struct busyness_parts);
    for (uint32_t g = 0; parts && g < groups->n; g++) {
        char         name[LIMIT_NAME + 32];
        const double far = normal_for(compiler, groups, g, g, given->within_day, given->at);
        const double near = normal_for(compiler, groups, g, g, next, given->at);
        const double lag = fmax(near - far, 0) / (1 - far);
        snprintf(name, sizeof name, "busyness within a day/%s", groups->name[g]);
        parts[g] = (struct busyness_parts){ given->every_s, sqrt(far), sqrt(1 - far), lag,
                                            sqrt(1 - lag * lag), rng_purpose(name) };
    }
    return parts;
}

void compile_busy_days(struct compiler *compiler, struct plan_stream *streams)
{
    const struct busy_days_given *given = &compiler->given->busy_days;
    struct groups                 groups = { 0 };
    if (!given->at || !compiler->good || !collect_groups(compiler, streams, &groups))
        return;
    if (groups.n == 0) {
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                    NULL, NULL, NULL, "give streams a \"busyness_cv\"",
                                    "all days are equally busy, so nothing hangs together");
        return;
    }
    const bool apart = !(fabs(given->autocorrelation) > 0) && !(fabs(given->correlation) > 0) &&
                       given->pairs.n == 0;
    const struct busyness_law   *law = apart ? NULL : make_law(compiler, &groups);
    const struct busyness_parts *parts = make_parts(compiler, &groups);
    for (uint32_t s = 0; s < compiler->plan->n_streams; s++) {
        if (!streams[s].arrival.has_busyness)
            continue;
        streams[s].arrival.law = law;
        streams[s].arrival.law_group = group_of(compiler, &groups, s);
        streams[s].arrival.parts = parts ? &parts[streams[s].arrival.law_group] : NULL;
    }
}

/* ---- by the hour */

const struct profile *compile_hours(struct compiler *compiler, const struct profile_given *given)
{
    const struct window *windows = given->windows.at;
    struct profile_given times = *given;
    struct window       *ones = TAKE(compiler, given->windows.n, struct window);
    struct profile      *factors = TAKE(compiler, 1, struct profile), covered = { 0 };
    bool                 all_one = true;
    const double         start_s = compiler->given->run.start_s;
    if (given->windows.n == 0 || !ones || !factors)
        return NULL;
    for (uint32_t i = 0; i < given->windows.n; i++) {
        all_one &= is_one(windows[i].value);
        ones[i] = windows[i];
        ones[i].value = 1;
    }
    times.windows.at = ones;
    if (!profile_compile(compiler->reader, given, start_s, factors) ||
        !profile_compile(compiler->reader, &times, start_s, &covered)) {
        compiler->good = false;
        return NULL;
    }
    if (covered.most > 1.5)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                    NULL, NULL, NULL, "let one window end where the next begins",
                                    "two windows overlap: which factor holds?");
    for (uint32_t i = 0; i < factors->n; i++)
        if (!(factors->value[i] > 0))
            factors->value[i] = 1;
    compiler->plan->hourly |= !all_one;
    return all_one ? NULL : factors;
}

/* ---- opening hours */

void compile_opening(struct compiler *compiler, const struct channel_given *given,
                     struct plan_channel *channel)
{
    const struct json *at = json_member(given->at, "hours");
    const bool         asks = given->outside_hours != OUTSIDE_WAIT ||
                      given->at_closing != CLOSING_STAY;
    channel->hours = compiler->plan->hours[hours_named(compiler, given->hours, at)];
    channel->turns_away = given->outside_hours == OUTSIDE_TURNED_AWAY;
    channel->cuts_off = given->at_closing == CLOSING_CUT_OFF;
    compiler->plan->opening |= channel->hours != NULL;
    if (asks && !given->hours)
        compiler->good = problem_at(compiler->reader->problems, TSIM_PROBLEM_INPUT, given->at,
                                    NULL, NULL, NULL, "name a calendar: \"hours\"",
                                    "this channel is always open");
}
