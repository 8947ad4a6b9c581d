/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking people away again whom the promises do not need.
 *
 * Heads needed are found for each interval by itself, and shifts that cover them bring more than
 * needed elsewhere; so a schedule keeps promises about the whole day better than it must. Here
 * somebody is dropped, or given a cheaper shift, one at a time, as long as the promises hold on the
 * search's customers, half a confidence to the safe side: first those who save most for the busy
 * hours that they take away. A change that breaks a promise once is not tried again, for there are
 * only fewer people later. Heads needed are then no more than there are on the floor, the program
 * is solved again for them, and what it finds is taken where it is cheaper and keeps the promises,
 * too. At last the schedule is verified on fresh customers; where that fails, changes are taken
 * back, one, two, four … at a time.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/farm.h"
#include "experiment/schedule.h"

enum { TRIES_MOST = 400, MOVES_MOST = 4096, TURNS = 3 };

/* Somebody of a pool is dropped, or has another shift instead. */
struct move {
    uint32_t pool, kind, start, to_kind, to_start; /* to_kind NONE: dropped                */
    uint8_t  pattern;
    double   saving, harm;
};

/* Rosters of all pools as they were once. */
struct state {
    struct roster *rosters; /* [pool]                                                      */
};

struct trimming {
    struct scheduler *scheduler;
    struct arena      arena;
    struct state      states[TRIES_MOST + TURNS + 1];
    size_t            n_states;
    struct move       failed[TRIES_MOST];
    size_t            n_failed, tries;
    bool             *binding; /* [claim] kept at first                                     */
    struct size_seen  verified[SAMPLES]; /* what was seen of the first state                */
};

static bool out_of_memory(struct scheduler *scheduler)
{
    return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

/* ---- rosters that are kept */

static bool copy_roster(const struct scheduler *scheduler, const struct scheduled *pool,
                        struct arena *arena, struct roster *to)
{
    const struct roster *from = &pool->roster;
    *to = *from;
    to->people = ARENA_ARRAY(arena, from->n + (size_t)1, struct roster_person);
    to->cover = ARENA_ARRAY(arena, scheduler->slots, uint32_t);
    if (arena->failed)
        return false;
    memcpy(to->cover, from->cover, scheduler->slots * sizeof *to->cover);
    for (uint32_t i = 0; i < from->n; i++) {
        const size_t n = (size_t)scheduler->days * pool->kinds[from->people[i].kind].n_breaks;
        uint32_t    *breaks = ARENA_ARRAY(arena, n + 1, uint32_t);
        if (!breaks)
            return false;
        memcpy(breaks, from->people[i].breaks, n * sizeof *breaks);
        to->people[i] = from->people[i];
        to->people[i].breaks = breaks;
    }
    return true;
}

/* The state that the schedule has is kept, as the last. */
static bool keep_state(struct trimming *trimming)
{
    struct scheduler *scheduler = trimming->scheduler;
    const uint32_t    n = scheduler->plan->n_pools;
    struct state     *state = &trimming->states[trimming->n_states];
    state->rosters = ARENA_ARRAY(&trimming->arena, n, struct roster);
    for (uint32_t p = 0; state->rosters && p < n; p++)
        if (scheduler->pools[p].any &&
            !copy_roster(scheduler, &scheduler->pools[p], &trimming->arena, &state->rosters[p]))
            return out_of_memory(scheduler);
    trimming->n_states += state->rosters != NULL;
    return state->rosters || out_of_memory(scheduler);
}

/* The schedule is in a state again. */
static bool go_back(struct trimming *trimming, size_t to)
{
    struct scheduler *scheduler = trimming->scheduler;
    trimming->n_states = to + 1;
    for (uint32_t p = 0; p < scheduler->plan->n_pools; p++) {
        struct scheduled *pool = &scheduler->pools[p];
        if (!pool->any)
            continue;
        struct scheduled kept = *pool;
        kept.roster = trimming->states[to].rosters[p];
        if (!copy_roster(scheduler, &kept, &scheduler->arena, &pool->roster))
            return out_of_memory(scheduler);
    }
    return true;
}

static double cost_of(const struct scheduler *scheduler)
{
    double cost = 0;
    for (uint32_t p = 0; p < scheduler->plan->n_pools; p++)
        cost += scheduler->pools[p].any ? scheduler->pools[p].roster.cost : 0;
    return cost;
}

/* ---- what a change does to the floor */

/* Adds `by` where somebody is on the floor. */
static void cover_by(const struct scheduler *scheduler, const struct scheduled *pool,
                     const struct roster_person *person, int64_t *change, int by)
{
    const struct roster_kind *kind = &pool->kinds[person->kind];
    for (uint32_t day = 0; day < scheduler->days; day++) {
        if (!(person->pattern >> day & 1))
            continue;
        const uint32_t start = day * scheduler->day_slots + person->start;
        for (uint32_t i = 0; i < kind->length; i++)
            change[(start + i) % scheduler->slots] += by;
        for (uint32_t b = 0; b < kind->n_breaks; b++)
            for (uint32_t i = 0; i < kind->breaks[b].length; i++)
                change[(start + person->breaks[(size_t)day * kind->n_breaks + b] + i) %
                       scheduler->slots] -= by;
    }
}

/* Share of their time for which the agents of a pool's tier are busy in a slot; nothing is known
 * outside of the run. */
static double busy_at(const struct scheduler *scheduler, uint32_t p, uint32_t slot)
{
    const uint32_t interval = scheduler->interval_of[slot];
    if (interval == NONE)
        return 0;
    const double *seen = scheduler->seen + ((size_t)scheduler->plan->pools[p].tier *
                                                scheduler->plan->n_intervals + interval) *
                                               SEEN_MANY;
    return seen[SEEN_STAFFED] > 0 ? seen[SEEN_BUSY] / seen[SEEN_STAFFED] : 0;
}

/* Breaks of a new shift: each where most are on the floor beyond what is needed. */
static uint32_t *place_breaks(const struct scheduler *scheduler, const struct scheduled *pool,
                              const struct roster_person *person, struct arena *arena)
{
    const struct roster_kind *kind = &pool->kinds[person->kind];
    uint32_t *breaks = ARENA_ARRAY(arena, (size_t)scheduler->days * kind->n_breaks + 1, uint32_t);
    for (uint32_t day = 0; breaks && day < scheduler->days; day++)
        for (uint32_t b = 0; b < kind->n_breaks; b++) {
            const struct roster_break *rest = &kind->breaks[b];
            int64_t                    best = INT64_MIN;
            for (uint32_t at = rest->first; at <= rest->last; at++) {
                int64_t over = 0;
                for (uint32_t i = 0; i < rest->length; i++) {
                    const uint32_t slot = (day * scheduler->day_slots + person->start + at + i) %
                                          scheduler->slots;
                    over += (int64_t)pool->roster.cover[slot] - pool->need[slot];
                }
                if (over <= best)
                    continue;
                best = over;
                breaks[(size_t)day * kind->n_breaks + b] = at;
            }
        }
    return breaks;
}

/* The last of those with a shift, who are alike but for their breaks; roster->n: nobody. */
static uint32_t find_person(const struct roster *roster, const struct move *move)
{
    for (uint32_t i = roster->n; i-- > 0;) {
        const struct roster_person *person = &roster->people[i];
        if (person->kind == move->kind && person->start == move->start &&
            person->pattern == move->pattern)
            return i;
    }
    return roster->n;
}

/* How people stand in a roster. */
static bool comes_after(const struct roster_person *a, const struct roster_person *b)
{
    return a->kind != b->kind ? a->kind > b->kind : a->start > b->start;
}

/* Changes the roster; `change` is what that does to the floor. False when memory is out. */
static bool make_move(struct trimming *trimming, const struct move *move, int64_t *change)
{
    struct scheduler *scheduler = trimming->scheduler;
    struct scheduled *pool = &scheduler->pools[move->pool];
    struct roster    *roster = &pool->roster;
    const uint32_t    i = find_person(roster, move);
    memset(change, 0, scheduler->slots * sizeof *change);
    cover_by(scheduler, pool, &roster->people[i], change, -1);
    memmove(&roster->people[i], &roster->people[i + 1],
            (roster->n - i - 1) * sizeof *roster->people);
    roster->n--;
    if (move->to_kind != NONE) {
        struct roster_person person = { .kind = move->to_kind, .start = move->to_start,
                                        .pattern = move->pattern };
        person.breaks = place_breaks(scheduler, pool, &person, &scheduler->arena);
        if (!person.breaks)
            return out_of_memory(scheduler);
        uint32_t at = roster->n;
        for (; at > 0 && comes_after(&roster->people[at - 1], &person); at--)
            roster->people[at] = roster->people[at - 1];
        roster->people[at] = person;
        roster->n++;
        cover_by(scheduler, pool, &person, change, 1);
    }
    for (uint32_t s = 0; s < scheduler->slots; s++)
        roster->cover[s] = (uint32_t)((int64_t)roster->cover[s] + change[s]);
    roster->cost -= move->saving;
    return true;
}

/* ---- which changes there are */

static bool has_failed(const struct trimming *trimming, const struct move *move)
{
    for (size_t i = 0; i < trimming->n_failed; i++) {
        const struct move *failed = &trimming->failed[i];
        if (failed->pool == move->pool && failed->kind == move->kind &&
            failed->start == move->start && failed->pattern == move->pattern &&
            failed->to_kind == move->to_kind && failed->to_start == move->to_start)
            return true;
    }
    return false;
}

/* Whether enough of each kind would be left, and not too many. */
static bool keeps_numbers(const struct scheduled *pool, const struct move *move)
{
    uint32_t n = 0, others = 0;
    for (uint32_t i = 0; i < pool->roster.n; i++) {
        n += pool->roster.people[i].kind == move->kind;
        others += move->to_kind != NONE && pool->roster.people[i].kind == move->to_kind;
    }
    return move->kind == move->to_kind ||
           (n > pool->kinds[move->kind].least &&
            (move->to_kind == NONE || others < pool->kinds[move->to_kind].most));
}

/* Whether somebody is left wherever somebody was asked for, and as many as the pool's limits want;
 * and how much busy time the change takes away. */
static bool weigh(const struct scheduler *scheduler, struct move *move, const int64_t *change)
{
    const struct scheduled *pool = &scheduler->pools[move->pool];
    const uint32_t          least = scheduler->plan->pools[move->pool].size_least;
    move->harm = 0;
    for (uint32_t s = 0; s < scheduler->slots; s++) {
        const int64_t left = (int64_t)pool->roster.cover[s] + change[s];
        if (change[s] < 0 && pool->asked[s] > 0 && left < (least > 1 ? least : 1))
            return false;
        move->harm -= (double)change[s] * busy_at(scheduler, move->pool, s);
    }
    return true;
}

struct moves {
    struct move *at;
    size_t       n;
    int64_t     *change; /* scratch */
};

static bool has_pattern(const struct roster_kind *kind, uint8_t pattern)
{
    for (uint32_t i = 0; i < kind->n_patterns; i++)
        if (kind->patterns[i] == pattern)
            return true;
    return false;
}

/* Adds a change if it may be made, saves something, and has not failed. */
static bool add_move(struct trimming *trimming, struct moves *moves, struct move move)
{
    struct scheduler *scheduler = trimming->scheduler;
    struct scheduled *pool = &scheduler->pools[move.pool];
    const double      days = __builtin_popcount(move.pattern);
    const struct roster_person *person = &pool->roster.people[find_person(&pool->roster, &move)];
    move.saving = days * (pool->kinds[move.kind].cost -
                          (move.to_kind == NONE ? 0 : pool->kinds[move.to_kind].cost));
    if (move.saving <= 1e-9 || moves->n == MOVES_MOST || has_failed(trimming, &move) ||
        !keeps_numbers(pool, &move))
        return true;
    memset(moves->change, 0, scheduler->slots * sizeof *moves->change);
    cover_by(scheduler, pool, person, moves->change, -1);
    if (move.to_kind != NONE) {
        struct roster_person other = { move.to_kind, move.to_start, move.pattern, NULL };
        struct arena         arena;
        arena_open(&arena);
        other.breaks = place_breaks(scheduler, pool, &other, &arena);
        if (other.breaks)
            cover_by(scheduler, pool, &other, moves->change, 1);
        arena_close(&arena);
        if (!other.breaks)
            return out_of_memory(scheduler);
    }
    if (weigh(scheduler, &move, moves->change))
        moves->at[moves->n++] = move;
    return true;
}

/* What saves most for the busy time that it takes comes first. */
static int by_worth(const void *a, const void *b)
{
    const struct move *x = a, *y = b;
    const double       p = x->saving * fmax(y->harm, 1e-3), q = y->saving * fmax(x->harm, 1e-3);
    if (p != q)
        return p > q ? -1 : 1;
    if (x->pool != y->pool)
        return x->pool < y->pool ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->pattern != y->pattern)
        return x->pattern < y->pattern ? -1 : 1;
    if (x->to_kind != y->to_kind)
        return x->to_kind < y->to_kind ? -1 : 1;
    return x->to_start < y->to_start ? -1 : x->to_start > y->to_start;
}

/* Changes of the people with one shift. */
static bool find_moves_of(struct trimming *trimming, struct moves *moves, uint32_t p,
                          const struct roster_person *person)
{
    const struct scheduled *pool = &trimming->scheduler->pools[p];
    struct move             move = { .pool = p, .kind = person->kind, .start = person->start,
                                     .pattern = person->pattern, .to_kind = NONE };
    bool                    good = add_move(trimming, moves, move);
    for (uint32_t k = 0; good && k < pool->n_kinds; k++)
        for (uint32_t s = 0; good && s < pool->kinds[k].n_starts; s++) {
            move.to_kind = k;
            move.to_start = pool->kinds[k].starts[s];
            if (has_pattern(&pool->kinds[k], person->pattern))
                good = add_move(trimming, moves, move);
        }
    return good;
}

static bool find_moves(struct trimming *trimming, struct moves *moves)
{
    struct scheduler *scheduler = trimming->scheduler;
    bool              good = true;
    moves->n = 0;
    for (uint32_t p = 0; good && p < scheduler->plan->n_pools; p++) {
        const struct roster *roster = &scheduler->pools[p].roster;
        for (uint32_t i = 0; good && scheduler->pools[p].any && i < roster->n; i++) {
            const struct roster_person *person = &roster->people[i];
            const struct move same = { .kind = person->kind, .start = person->start,
                                       .pattern = person->pattern };
            if (find_person(roster, &same) == i) /* once for all who are alike */
                good = find_moves_of(trimming, moves, p, person);
        }
    }
    qsort(moves->at, moves->n, sizeof *moves->at, by_worth);
    return good;
}

/* ---- trying */

static bool all_hold(const struct trimming *trimming, double t)
{
    const struct scheduler *scheduler = trimming->scheduler;
    for (size_t i = 0; i < scheduler->sizer.n_claims; i++)
        if (trimming->binding[i] &&
            size_slack(&scheduler->sizer, &scheduler->tried, SAMPLE_SEARCH, i, t) < 0)
            return false;
    return true;
}

/* Whether the schedule as it is keeps its promises on the search's customers; a tenth of them tell
 * when it clearly does not. */
static bool holds(struct trimming *trimming, bool *good)
{
    struct scheduler *scheduler = trimming->scheduler;
    const uint32_t    n = scheduler->sizer.n, few = n / 8 < 10 ? n : n / 8;
    schedule_forget(scheduler);
    *good = schedule_simulate(scheduler, SAMPLE_SEARCH, few);
    if (!*good || scheduler->sizer.stopped || (few < n && !all_hold(trimming, -3)))
        return false;
    *good = few == n || schedule_simulate(scheduler, SAMPLE_SEARCH, n);
    return *good && !scheduler->sizer.stopped &&
           all_hold(trimming, size_one_sided(&scheduler->sizer, n) / 2);
}

/* Makes the first change that holds. False when it failed; `made` tells whether there was one. */
static bool trim_once(struct trimming *trimming, struct moves *moves, bool *made)
{
    struct scheduler *scheduler = trimming->scheduler;
    bool              good = find_moves(trimming, moves);
    *made = false;
    for (size_t i = 0; good && !*made && i < moves->n; i++) {
        if (trimming->tries == TRIES_MOST || scheduler->sizer.stopped)
            return true;
        trimming->tries++;
        good = make_move(trimming, &moves->at[i], moves->change);
        *made = good && holds(trimming, &good);
        if (*made)
            return keep_state(trimming);
        trimming->failed[trimming->n_failed++] = moves->at[i];
        good = good && go_back(trimming, trimming->n_states - 1);
    }
    return good;
}

/* ---- the program again */

/* Needed are no more than are on the floor. Says whether that is less than before. */
static bool lower_needs(struct scheduler *scheduler)
{
    bool lower = false;
    for (uint32_t p = 0; p < scheduler->plan->n_pools; p++)
        for (uint32_t s = 0; scheduler->pools[p].any && s < scheduler->slots; s++) {
            uint32_t *need = &scheduler->pools[p].need[s];
            if (scheduler->pools[p].roster.cover[s] >= *need)
                continue;
            *need = scheduler->pools[p].roster.cover[s];
            lower = true;
        }
    return lower;
}

/* Rosters for what is needed now, taken where they are cheaper and keep the promises; else what the
 * program shows of their least cost is taken over. */
static bool solve_again(struct trimming *trimming, bool *taken)
{
    struct scheduler *scheduler = trimming->scheduler;
    const size_t      last = trimming->n_states - 1;
    const double      cost = cost_of(scheduler);
    bool              good = true;
    *taken = false;
    if (!lower_needs(scheduler))
        return true;
    if (!schedule_solve(scheduler))
        return false;
    for (size_t i = 0; i <= last; i++)
        for (uint32_t p = 0; p < scheduler->plan->n_pools; p++) {
            struct roster *kept = &trimming->states[i].rosters[p];
            kept->bound = fmin(fmin(scheduler->pools[p].roster.bound, kept->bound), kept->cost);
        }
    if (cost_of(scheduler) < cost - 1e-9 * fmax(cost, 1) && trimming->tries < TRIES_MOST) {
        trimming->tries++;
        *taken = holds(trimming, &good);
    }
    if (*taken)
        return keep_state(trimming);
    return good && go_back(trimming, last);
}

/* ---- the whole */

/* Verifies what is left; takes changes back as long as that fails. */
static bool verify(struct trimming *trimming)
{
    struct scheduler *scheduler = trimming->scheduler;
    enum size_sample  sample;
    bool              kept = false;
    size_t            back = 1;
    for (;;) {
        if (!schedule_try(scheduler, &sample, &kept))
            return false;
        const size_t at = trimming->n_states - 1;
        if (kept || scheduler->sizer.stopped || at == 0)
            return true;
        if (!go_back(trimming, at > back ? at - back : 0))
            return false;
        back *= 2;
    }
}

/* Copies what was seen of a schedule. */
static void copy_seen(const struct scheduler *scheduler, struct size_seen *to,
                      const struct size_seen *from)
{
    to->n = from->n;
    memcpy(to->sums, from->sums, (scheduler->sizer.n_claims + 1) * sizeof *to->sums);
}

/* Stopped on the way: what was verified stands. */
static bool give_up(struct trimming *trimming)
{
    struct scheduler *scheduler = trimming->scheduler;
    if (!go_back(trimming, 0))
        return false;
    for (int s = 0; s < SAMPLES; s++)
        copy_seen(scheduler, &scheduler->tried.seen[s], &trimming->verified[s]);
    return true;
}

static bool open_trimming(struct trimming *trimming, struct scheduler *scheduler)
{
    const struct sizer *sizer = &scheduler->sizer;
    trimming->scheduler = scheduler;
    trimming->binding = ARENA_ARRAY(&trimming->arena, sizer->n_claims, bool);
    for (size_t i = 0; trimming->binding && i < sizer->n_claims; i++)
        trimming->binding[i] = size_slack(sizer, &scheduler->tried, SAMPLE_VERIFY, i, 0) >= 0;
    for (int s = 0; s < SAMPLES; s++) {
        trimming->verified[s].sums = ARENA_ARRAY(&trimming->arena, sizer->n_claims + 1,
                                                 struct ratio_sums);
        if (trimming->verified[s].sums)
            copy_seen(scheduler, &trimming->verified[s], &scheduler->tried.seen[s]);
    }
    return (!trimming->arena.failed || out_of_memory(scheduler)) && keep_state(trimming);
}

static bool trim_all(struct trimming *trimming, struct moves *moves)
{
    bool good = true, made = true;
    for (int turn = 0; good && made && turn < TURNS; turn++) {
        do
            good = trim_once(trimming, moves, &made);
        while (good && made);
        good = good && solve_again(trimming, &made);
    }
    if (!good || !verify(trimming))
        return false;
    return !trimming->scheduler->sizer.stopped || give_up(trimming);
}

bool schedule_trim(struct scheduler *scheduler)
{
    struct trimming *trimming = calloc(1, sizeof *trimming);
    struct moves     moves = { .at = calloc(MOVES_MOST, sizeof *moves.at),
                               .change = calloc(scheduler->slots, sizeof *moves.change) };
    const double     cost = cost_of(scheduler);
    bool             good = trimming && moves.at && moves.change;
    if (good) {
        arena_open(&trimming->arena);
        good = open_trimming(trimming, scheduler) && trim_all(trimming, &moves);
        scheduler->trims = (uint32_t)trimming->n_states - 1;
        scheduler->untrimmed_cost = cost;
        scheduler->trim_tries = (uint32_t)trimming->tries;
        arena_close(&trimming->arena);
    } else {
        out_of_memory(scheduler);
    }
    free(moves.at);
    free(moves.change);
    free(trimming);
    return good;
}
