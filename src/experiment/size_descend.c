/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cheaper candidates by slopes: what one agent more and one less in each cell does to each claim,
 * then the cheapest change within a trust region that keeps all of them, as far as the slopes tell;
 * simulated, corrected by what was seen, and again. These are the subgradient cuts of Cezik and
 * L'Ecuyer (see size_search.c), taken at a plan near the boundary, where service levels are
 * concave, and not far below it, where they are not.
 *
 * Slopes of many cells come from few simulations: an agent in one report interval is felt there and
 * in the next ones, so every third interval of a pool is changed at once, and each one's part of
 * what became of a claim is told from what its tier did in these intervals. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/size.h"

enum { PHASES = 3, STEPS = 60, TRIES = 5 };

#define BEND_MOST   3.0  /* how many times more a further one may tell than the one before */
#define SOLVE_S     60.0 /* the nodes are out before: an answer is the same anywhere   */
#define NODES       1000
#define SAVING      1e-4 /* of the cost: less is not simulated                             */
#define TRUST_LEAST 0.02
#define WORTH       1e-3 /* of the cost: what a round saves at least, or it is the last    */

/* Of each claim i and cell j, at [i * n_cells + j]: slack gained by one more, and lost by one
 * fewer. */
struct slopes {
    double *up, *down;
};

static bool slopes_open(struct sizer *sizer, struct slopes *slopes)
{
    const size_t n = sizer->n_claims * sizer->n_cells;
    *slopes = (struct slopes){ calloc(n, sizeof(double)), calloc(n, sizeof(double)) };
    sizer->failed |= !slopes->up || !slopes->down;
    return slopes->up && slopes->down;
}

static void slopes_close(struct slopes *slopes)
{
    free(slopes->up);
    free(slopes->down);
}

/* ---- what an interval did */

/* What moves with a claim, in the tiers that it is about. */
static double driver(const struct sizer *sizer, const struct size_claim *claim,
                     const struct moments *at)
{
    switch (sizer->plan->promises[claim->promise].measure) {
    case PROMISE_SERVICE_LEVEL:
        return at[RESPONSE_IN_TIME].mean -
               sizer->plan->promises[claim->promise].target * at[RESPONSE_ANSWERED].mean;
    case PROMISE_ABANDONMENT:
        return -at[RESPONSE_ABANDONED].mean;
    case PROMISE_OCCUPANCY:
        return at[RESPONSE_STAFFED].mean * claim->target - at[RESPONSE_BUSY].mean;
    default:
        return -at[RESPONSE_QUEUED].mean;
    }
}

static double driven(const struct sizer *sizer, const struct size_claim *claim,
                     const struct size_candidate *candidate, uint32_t first, uint32_t end)
{
    const struct plan *plan = sizer->plan;
    const uint32_t     tier = plan->promises[claim->promise].tier;
    double             sum = 0;
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        for (uint32_t i = first; i < end && (tier == NONE || tier == t); i++)
            sum += driver(sizer, claim,
                          candidate->response + ((size_t)t * plan->n_intervals + i) * RESPONSES);
    return sum;
}

/* ---- patterns: cells that are changed at once */

struct pattern {
    size_t                 first;  /* cell: the first of its pool                          */
    uint32_t               phase, phases;
    bool                   more;
    struct size_candidate *candidate; /* NULL: nothing could be changed                    */
};

static bool is_in(const struct pattern *pattern, size_t j)
{
    return (j - pattern->first) % pattern->phases == pattern->phase;
}

static size_t pool_end(const struct sizer *sizer, size_t first)
{
    size_t j = first;
    while (j < sizer->n_cells && sizer->cells[j].pool == sizer->cells[first].pool)
        j++;
    return j;
}

static void make_pattern(struct sizer *sizer, const struct size_candidate *base,
                         struct pattern *pattern)
{
    uint32_t *agents = malloc(sizer->n_cells * sizeof *agents);
    bool      any = false;
    sizer->failed |= agents == NULL;
    if (!agents)
        return;
    memcpy(agents, base->agents, sizer->n_cells * sizeof *agents);
    for (size_t j = pattern->first; j < pool_end(sizer, pattern->first); j++) {
        if (!is_in(pattern, j) || (pattern->more ? agents[j] >= size_ceiling(sizer, j)
                                                 : agents[j] <= size_floor(sizer, j)))
            continue;
        agents[j] += pattern->more ? 1 : -1u;
        any = true;
    }
    pattern->candidate = any ? size_candidate(sizer, agents) : NULL;
    free(agents);
}

/* A cell's part of what became of a claim, not yet divided by all parts. */
static double part_of(const struct sizer *sizer, const struct size_claim *claim,
                      const struct pattern *pattern, const struct size_candidate *base, size_t j)
{
    const size_t   end = pool_end(sizer, pattern->first);
    const uint32_t first = sizer->cells[j].interval;
    if (base->agents[j] == pattern->candidate->agents[j])
        return 0;
    if (first == NONE || !claim->grows) /* money, shares: to each hour the same */
        return 1;
    const uint32_t last = j + pattern->phases < end ? sizer->cells[j + pattern->phases].interval
                                                    : sizer->plan->n_intervals;
    if (claim->interval != NONE)
        return claim->interval >= first && claim->interval < last;
    const double change = driven(sizer, claim, pattern->candidate, first, last) -
                          driven(sizer, claim, base, first, last);
    return fmax(0, pattern->more ? change : -change);
}

static void read_pattern(const struct sizer *sizer, const struct pattern *pattern,
                         const struct size_candidate *base, struct slopes *slopes)
{
    const size_t end = pool_end(sizer, pattern->first), n = sizer->n_cells;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const double change = size_slack(sizer, pattern->candidate, SAMPLE_SEARCH, i, 0) -
                              size_slack(sizer, base, SAMPLE_SEARCH, i, 0);
        const double gained = pattern->more ? change : -change;
        const double gain = sizer->claims[i].grows ? fmax(0, gained) : gained;
        double      *to = (pattern->more ? slopes->up : slopes->down) + i * n, all = 0;
        for (size_t j = pattern->first; j < end; j++)
            all += part_of(sizer, &sizer->claims[i], pattern, base, j);
        for (size_t j = pattern->first; all > 0 && j < end; j++)
            if (is_in(pattern, j))
                to[j] = gain * part_of(sizer, &sizer->claims[i], pattern, base, j) / all;
    }
}

/* Noise must not make one more worth more than one fewer costs: then both at once would seem a
 * gain. */
static void make_concave(const struct sizer *sizer, const struct size_candidate *base,
                         struct slopes *slopes)
{
    for (size_t i = 0; i < sizer->n_claims; i++)
        for (size_t j = 0; j < sizer->n_cells; j++) {
            double *up = &slopes->up[i * sizer->n_cells + j],
                   *down = &slopes->down[i * sizer->n_cells + j];
            if (base->agents[j] > size_floor(sizer, j) && *up > *down)
                *up = *down = (*up + *down) / 2;
        }
}

static bool find_slopes(struct sizer *sizer, const struct size_candidate *base,
                        struct slopes *slopes)
{
    struct pattern         *patterns = calloc(2 * PHASES * sizer->n_cells, sizeof *patterns);
    struct size_candidate **at = calloc(2 * PHASES * sizer->n_cells, sizeof *at);
    size_t                  n = 0, made = 0;
    sizer->failed |= !patterns || !at;
    for (size_t j = 0; !sizer->failed && j < sizer->n_cells; j = pool_end(sizer, j)) {
        const size_t   cells = pool_end(sizer, j) - j;
        const uint32_t phases = cells < PHASES ? (uint32_t)cells : PHASES;
        for (uint32_t k = 0; k < 2 * phases; k++) {
            patterns[n] = (struct pattern){ j, k / 2, phases, k % 2, NULL };
            make_pattern(sizer, base, &patterns[n]);
            if (patterns[n].candidate)
                at[made++] = patterns[n++].candidate;
        }
    }
    const bool good = !sizer->failed && size_simulate(sizer, at, made, SAMPLE_SEARCH, sizer->n);
    memset(slopes->up, 0, sizer->n_claims * sizer->n_cells * sizeof *slopes->up);
    memset(slopes->down, 0, sizer->n_claims * sizer->n_cells * sizeof *slopes->down);
    for (size_t k = 0; good && k < n; k++)
        read_pattern(sizer, &patterns[k], base, slopes);
    make_concave(sizer, base, slopes);
    free(patterns);
    free(at);
    return good;
}

/* ---- the cheapest change */

/* Columns: the first agent more in each cell, further ones, the first one fewer, further ones. What
 * each further one does is taken to change as from the one before to the one after the base. */
enum column { COLUMN_MORE, COLUMN_FURTHER_MORE, COLUMN_FEWER, COLUMN_FURTHER_FEWER, COLUMNS };

struct change {
    struct integer_program program;
    struct integer_row    *rows;
    double                *costs, *low, *high, *x, *matrix;
    bool                  *fractional;
};

static bool change_open(struct sizer *sizer, struct change *change)
{
    const size_t n = COLUMNS * sizer->n_cells;
    *change = (struct change){ .rows = calloc(sizer->n_claims, sizeof(struct integer_row)),
                               .costs = calloc(n, sizeof(double)),
                               .low = calloc(n, sizeof(double)),
                               .high = calloc(n, sizeof(double)), .x = calloc(n, sizeof(double)),
                               .fractional = calloc(n, sizeof(bool)),
                               .matrix = calloc(n * sizer->n_claims, sizeof(double)) };
    const bool good = change->rows && change->costs && change->low && change->high && change->x &&
                      change->matrix && change->fractional;
    sizer->failed |= !good;
    for (size_t k = 0; good && k < n; k++)
        change->fractional[k] = true; /* see make_whole */
    return good;
}

static void change_close(struct change *change)
{
    free(change->rows);
    free(change->costs);
    free(change->low);
    free(change->high);
    free(change->x);
    free(change->matrix);
    free(change->fractional);
}

static double reach(uint32_t agents, double trust)
{
    return fmax(1, floor(agents * trust + 0.5));
}

static void fill_row(const struct sizer *sizer, const struct slopes *slopes, size_t i, double scale,
                     double *row)
{
    const size_t n = sizer->n_cells;
    for (size_t j = 0; j < n; j++) {
        const double up = slopes->up[i * n + j] / scale, down = slopes->down[i * n + j] / scale;
        const double bend = up > 0 && down > up ? fmin(down / up, BEND_MOST) : 1;
        row[COLUMN_MORE * n + j] = up;
        row[COLUMN_FURTHER_MORE * n + j] = up / bend;
        row[COLUMN_FEWER * n + j] = -down;
        row[COLUMN_FURTHER_FEWER * n + j] = -down * bend;
    }
}

/* `slack` of each claim at the base; 0 or more must be left. */
static void change_fill(const struct sizer *sizer, const struct size_candidate *base,
                        const struct slopes *slopes, const double *slack, double trust,
                        struct change *change)
{
    const size_t n = sizer->n_cells;
    size_t       rows = 0;
    for (size_t j = 0; j < n; j++) {
        const uint32_t least = size_floor(sizer, j);
        const double   step = reach(base->agents[j], trust);
        const double   more = fmin(step, size_ceiling(sizer, j) - (double)base->agents[j]);
        const double   fewer = fmin(step, base->agents[j] > least ? base->agents[j] - least : 0);
        const double   cost = sizer->cells[j].cost;
        change->costs[COLUMN_MORE * n + j] = change->costs[COLUMN_FURTHER_MORE * n + j] =
            cost * (1 + 1e-9);
        change->costs[COLUMN_FEWER * n + j] = change->costs[COLUMN_FURTHER_FEWER * n + j] = -cost;
        change->high[COLUMN_MORE * n + j] = fmin(more, 1);
        change->high[COLUMN_FURTHER_MORE * n + j] = fmax(more - 1, 0);
        change->high[COLUMN_FEWER * n + j] = fmin(fewer, 1);
        change->high[COLUMN_FURTHER_FEWER * n + j] = fmax(fewer - 1, 0);
    }
    for (size_t i = 0; i < sizer->n_claims; i++) {
        if (!sizer->all && !sizer->claims[i].grows)
            continue;
        const double scale = fmax(fabs(sizer->claims[i].target), 1e-9);
        double      *row = change->matrix + COLUMNS * n * rows;
        fill_row(sizer, slopes, i, scale, row);
        change->rows[rows++] = (struct integer_row){ .coefficients = row,
                                                      .least = -slack[i] / scale };
    }
    change->program = (struct integer_program){
        .columns = COLUMNS * n, .rows = rows, .costs = change->costs, .low = change->low,
        .high = change->high, .row = change->rows, .time_limit_s = SOLVE_S, .nodes = NODES,
        .fractional = change->fractional,
    };
}

/* The base, changed by what was solved. */
static struct size_candidate *changed(struct sizer *sizer, const struct size_candidate *base,
                                      const struct change *change)
{
    const size_t           n = sizer->n_cells;
    const double          *x = change->x;
    uint32_t              *agents = malloc(n * sizeof *agents);
    struct size_candidate *made = NULL;
    sizer->failed |= agents == NULL;
    for (size_t j = 0; agents && j < n; j++)
        agents[j] = (uint32_t)(base->agents[j] + x[j] + x[COLUMN_FURTHER_MORE * n + j] -
                               x[COLUMN_FEWER * n + j] - x[COLUMN_FURTHER_FEWER * n + j]);
    if (agents)
        made = size_candidate(sizer, agents);
    free(agents);
    return made;
}

/* What the slopes tell that the change adds to a claim's slack. */
static double told(const struct sizer *sizer, const struct slopes *slopes,
                   const struct change *change, size_t i, double *row)
{
    double sum = 0;
    fill_row(sizer, slopes, i, 1, row);
    for (size_t k = 0; k < COLUMNS * sizer->n_cells; k++)
        sum += row[k] * change->x[k];
    return sum;
}

static double worst_of(const struct sizer *sizer, const struct size_candidate *candidate)
{
    const size_t i = size_broken(sizer, candidate, SAMPLE_SEARCH, !sizer->all);
    return i == sizer->n_claims ? 0 : size_relative(sizer, candidate, SAMPLE_SEARCH, i, 0);
}

/* Whether b is to be gone on from rather than a. */
static bool is_better(const struct sizer *sizer, const struct size_candidate *a,
                      const struct size_candidate *b)
{
    const double x = worst_of(sizer, a), y = worst_of(sizer, b);
    if (b->refused)
        return false;
    if (x < 0 || a->refused)
        return y > x || y == 0;
    return y == 0 && b->cost < a->cost * (1 - 1e-9);
}

static bool is_kept(const struct sizer *sizer, const struct size_candidate *candidate)
{
    return worst_of(sizer, candidate) == 0 && !candidate->refused;
}

/* Whether all rows hold when column k is changed by `by`; then it is. */
static bool may_change(const struct change *change, double *activity, size_t k, double by)
{
    for (size_t i = 0; i < change->program.rows; i++)
        if (activity[i] + by * change->rows[i].coefficients[k] < change->rows[i].least &&
            by * change->rows[i].coefficients[k] < 0)
            return false;
    for (size_t i = 0; i < change->program.rows; i++)
        activity[i] += by * change->rows[i].coefficients[k];
    change->x[k] += by;
    return true;
}

/* Whole numbers from the relaxed ones, of which few are not: the safe way first, and the cheap way
 * where all rows allow it. (To search for the best takes longer than to simulate what it saves.) */
static bool make_whole(struct change *change)
{
    const size_t n = change->program.columns;
    double      *activity = calloc(change->program.rows + 1, sizeof *activity);
    bool        *broken = calloc(n, sizeof *broken);
    const bool   good = activity && broken;
    for (size_t k = 0; good && k < n; k++) {
        const double near = floor(change->x[k] + 0.5);
        broken[k] = fabs(change->x[k] - near) > 1e-7;
        change->x[k] = !broken[k] ? near : change->costs[k] > 0 ? ceil(change->x[k])
                                                                : floor(change->x[k]);
        for (size_t i = 0; i < change->program.rows; i++)
            activity[i] += change->rows[i].coefficients[k] * change->x[k];
    }
    for (size_t k = 0; good && k < n; k++)
        if (broken[k])
            may_change(change, activity, k, change->costs[k] > 0 ? -1 : 1);
    free(activity);
    free(broken);
    return good;
}

/* Solves; what is too far for one step is gone half the way. */
static bool solve(struct sizer *sizer, const struct size_candidate *base,
                  const struct slopes *slopes, double *slack, double trust, struct change *change)
{
    double bound;
    for (int k = 0; k < TRIES; k++) {
        change_fill(sizer, base, slopes, slack, trust, change);
        const enum integer_end end = integer_solve(&change->program, change->x, &bound);
        if (end != INTEGER_INFEASIBLE)
            return end == INTEGER_FOUND && make_whole(change);
        for (size_t i = 0; i < sizer->n_claims; i++)
            slack[i] = fmax(slack[i], slack[i] / 2);
    }
    return false;
}

/* One step from the base, or NULL: nothing better is in sight. */
static struct size_candidate *step(struct sizer *sizer, struct size_candidate *base,
                                   const struct slopes *slopes, double trust,
                                   struct change *change)
{
    struct size_candidate *found = NULL;
    double                *slack = calloc(sizer->n_claims, sizeof *slack);
    double                *row = calloc(COLUMNS * sizer->n_cells, sizeof *row);
    sizer->failed |= !slack || !row;
    for (size_t i = 0; !sizer->failed && i < sizer->n_claims; i++)
        slack[i] = size_slack(sizer, base, SAMPLE_SEARCH, i, 0);
    for (int k = 0; !sizer->failed && !found && k < TRIES; k++) {
        if (!solve(sizer, base, slopes, slack, trust, change))
            break;
        struct size_candidate *next = changed(sizer, base, change);
        if (!next || (is_kept(sizer, base) && next->cost >= base->cost * (1 - SAVING)) ||
            !size_simulate(sizer, &next, 1, SAMPLE_SEARCH, sizer->n))
            break;
        if (is_better(sizer, base, next))
            found = next;
        for (size_t i = 0; i < sizer->n_claims; i++)
            slack[i] = fmin(slack[i], size_slack(sizer, next, SAMPLE_SEARCH, i, 0) -
                                          told(sizer, slopes, change, i, row));
    }
    free(slack);
    free(row);
    return found;
}

/* Steps with the same slopes while they lead somewhere; then new ones, then a smaller region. */
struct size_candidate *size_descend(struct sizer *sizer, struct size_candidate *from, double trust)
{
    struct slopes slopes;
    struct change change;
    double        before = from->cost; /* when the slopes were found */
    bool          good = slopes_open(sizer, &slopes), fresh = true;
    good = change_open(sizer, &change) && good;
    good = good && size_simulate(sizer, &from, 1, SAMPLE_SEARCH, sizer->n) &&
           find_slopes(sizer, from, &slopes);
    for (int k = 0; good && k < STEPS && trust >= TRUST_LEAST; k++) {
        struct size_candidate *next = step(sizer, from, &slopes, trust, &change);
        good = !sizer->failed && !sizer->stopped;
        if (next) {
            from = next;
            fresh = false;
        } else if (fresh) {
            trust /= 2;
        } else {
            if (is_kept(sizer, from) && from->cost < before && from->cost > before * (1 - WORTH))
                break;
            before = from->cost;
            fresh = true;
            good = good && find_slopes(sizer, from, &slopes);
        }
    }
    slopes_close(&slopes);
    change_close(&change);
    return sizer->failed ? NULL : from;
}

/* ---- what the slopes say of the answer */

/* A bound on the cost: were each further agent worth as much as the first, and no less lost with
 * each further one fewer, nothing cheaper than this would keep the claims. */
static bool find_bound(struct sizer *sizer, const struct size_candidate *at,
                       enum size_sample sample, const struct slopes *slopes)
{
    const size_t  n = sizer->n_cells;
    double       *slack = calloc(sizer->n_claims, sizeof *slack), bound;
    struct change change;
    bool          good = change_open(sizer, &change) && slack;
    for (size_t i = 0; good && i < sizer->n_claims; i++)
        slack[i] = size_slack(sizer, at, sample, i, 0) +
                   (sample == SAMPLE_SEARCH ? sizer->claims[i].margin : 0);
    if (sizer->bound > at->cost * (1 + 1e-9))
        sizer->bound = 0; /* more agents elsewhere did make a promise harder */
    if (good) {
        const bool all = sizer->all;
        sizer->all = false; /* what more agents may hurt does not bend one way */
        change_fill(sizer, at, slopes, slack, 1, &change);
        sizer->all = all;
        for (size_t j = 0; j < n; j++) {
            const double least = fmax(size_floor(sizer, j),
                                      sizer->bound > 0 ? sizer->cells[j].least : 0);
            change.high[COLUMN_MORE * n + j] =
                fmin(at->agents[j] + 10, size_ceiling(sizer, j) - (double)at->agents[j]);
            change.high[COLUMN_FURTHER_MORE * n + j] = 0;
            change.high[COLUMN_FEWER * n + j] = fmax(0, at->agents[j] - least);
            change.high[COLUMN_FURTHER_FEWER * n + j] = 0;
        }
        if (integer_solve(&change.program, change.x, &bound) == INTEGER_FOUND &&
            at->cost + bound > sizer->bound) {
            sizer->bound = fmin(at->cost + bound, at->cost);
            sizer->bound_by_slopes = true;
        }
    }
    change_close(&change);
    free(slack);
    return good;
}

/* The claim that comes off worst with one fewer in cell j, and how. */
static double worst_without(const struct sizer *sizer, const struct size_candidate *at,
                            const struct slopes *slopes, size_t j, size_t *claim)
{
    double least = HUGE_VAL;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const double slack = (size_slack(sizer, at, SAMPLE_SEARCH, i, 0) -
                              slopes->down[i * sizer->n_cells + j]) /
                             fmax(fabs(sizer->claims[i].target), 1e-9);
        if ((!sizer->claims[i].grows && slack >= 0) || slack >= least)
            continue;
        least = slack;
        *claim = i;
    }
    return least;
}

static void find_neighbours(struct sizer *sizer, const struct size_candidate *at,
                            const struct slopes *slopes)
{
    const size_t n = sizer->n_cells;
    for (size_t first = 0; first < n; first = pool_end(sizer, first)) {
        struct size_neighbours *to = &sizer->neighbours[sizer->cells[first].pool];
        double                  mildest = -HUGE_VAL, most = -HUGE_VAL;
        size_t                  claim = sizer->n_claims, suffers = 0;
        to->less = to->more = first;
        for (size_t j = first; j < pool_end(sizer, first); j++) {
            if (at->agents[j] <= size_floor(sizer, j))
                continue;
            const double slack = worst_without(sizer, at, slopes, j, &suffers);
            if (slack <= mildest)
                continue;
            mildest = slack;
            claim = suffers;
            to->less = j;
        }
        for (size_t j = first; claim < sizer->n_claims && j < pool_end(sizer, first); j++)
            if (slopes->up[claim * n + j] / fmax(sizer->cells[j].cost, 1e-9) > most) {
                most = slopes->up[claim * n + j] / fmax(sizer->cells[j].cost, 1e-9);
                to->more = j;
            }
    }
}

struct harm {
    double slack;
    size_t cell;
};

static int by_harm(const void *a, const void *b)
{
    const struct harm *x = a, *y = b;
    if (x->slack != y->slack)
        return x->slack < y->slack ? 1 : -1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

size_t size_least_harm(struct sizer *sizer, struct size_candidate *at, size_t *cells)
{
    struct slopes slopes;
    struct harm  *harms = calloc(sizer->n_cells, sizeof *harms);
    size_t        n = 0, suffers;
    sizer->failed |= harms == NULL;
    if (slopes_open(sizer, &slopes) && harms && find_slopes(sizer, at, &slopes))
        for (size_t j = 0; j < sizer->n_cells; j++)
            if (at->agents[j] > size_floor(sizer, j))
                harms[n++] = (struct harm){ worst_without(sizer, at, &slopes, j, &suffers), j };
    if (n > 0)
        qsort(harms, n, sizeof *harms, by_harm);
    for (size_t k = 0; k < n; k++)
        cells[k] = harms[k].cell;
    slopes_close(&slopes);
    free(harms);
    return n;
}

bool size_look_around(struct sizer *sizer, struct size_candidate *at, enum size_sample sample)
{
    struct slopes slopes;
    bool          good = slopes_open(sizer, &slopes);
    sizer->neighbours = ARENA_ARRAY(&sizer->arena, sizer->plan->n_pools, struct size_neighbours);
    good = good && sizer->neighbours &&
           size_simulate(sizer, &at, 1, SAMPLE_SEARCH, sizer->n) &&
           find_slopes(sizer, at, &slopes) && find_bound(sizer, at, sample, &slopes);
    if (good)
        find_neighbours(sizer, at, &slopes);
    slopes_close(&slopes);
    return good;
}
