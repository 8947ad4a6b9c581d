/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cheapest candidate that keeps all claims on the sample.
 *
 * Ample staffing first: what it does not keep, nobody can. Then what each cell needs while all
 * others are ample, which bounds the cost from below wherever more agents elsewhere never hurt.
 * Between the two, cutting planes: the cheapest numbers that obey all cuts are simulated; each
 * claim they break gives a cut, its slack and what one more agent in each cell adds to it (M. T.
 * Cezik and P. L'Ecuyer, Staffing multiskill call centers via linear programming and simulation,
 * Management Science 54, 2008; J. Atlason, M. Epelman and S. Henderson, 2004). A cut may cut too
 * much where the service level is not concave, so that agents are removed and swapped afterwards.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/size.h"

enum { CUT_CELLS = 24, SWAP_CELLS = 12, CUTS_MOST = 400, ROUNDS = 60, AMPLE_ROUNDS = 12,
       REPAIRS = 400, SCREEN = 10, SCREEN_LEAST = 5, COARSE = 3,
       SEARCH_FEW = 10 };

#define BOLD    0.1 /* share of a cell's agents that a step may change */
#define CAREFUL 0.05
#define DROPPED 1.1 /* times what may be spent: the bound is a little too high where more agents
                       at one tier bring more work to the next                             */

uint32_t size_ceiling(const struct sizer *sizer, size_t j)
{
    return sizer->plan->pools[sizer->cells[j].pool].size_most;
}

/* Somebody is there while there is work to do, where there is nobody else in the tier. Else the
 * cheapest plan would let people finish in overtime what nobody is there for. */
uint32_t size_floor(const struct sizer *sizer, size_t j)
{
    const struct plan      *plan = sizer->plan;
    const struct size_cell *cell = &sizer->cells[j];
    const struct plan_tier *tier = &plan->tiers[plan->pools[cell->pool].tier];
    const uint32_t          asked = plan->pools[cell->pool].size_least;
    uint32_t                others = 0;
    if (asked > 0)
        return asked;
    for (uint32_t p = tier->pool_base; p < tier->pool_base + tier->n_pools; p++)
        others += p != cell->pool && plan->pools[p].agents.most > 0;
    return others == 0 && (cell->interval == NONE || cell->preplan > 0) ? 1 : 0;
}

bool size_many(const struct sizer *sizer)
{
    return sizer->n_cells > CUT_CELLS;
}

struct size_candidate *size_with(struct sizer *sizer, const struct size_candidate *from,
                                 size_t less, size_t more, uint32_t by)
{
    struct size_candidate *made = NULL;
    uint32_t              *agents = malloc(sizer->n_cells * sizeof *agents);
    if (!agents) {
        sizer->failed = true;
        return NULL;
    }
    memcpy(agents, from->agents, sizer->n_cells * sizeof *agents);
    if (less < sizer->n_cells)
        agents[less]--;
    if (more < sizer->n_cells)
        agents[more] += by;
    made = size_candidate(sizer, agents);
    free(agents);
    return made;
}

/* ---- many at once */

struct pack {
    struct size_candidate **at;
    size_t                  n;
};

static bool pack_open(struct sizer *sizer, struct pack *pack, size_t room)
{
    *pack = (struct pack){ calloc(room + 1, sizeof(struct size_candidate *)), 0 };
    sizer->failed |= pack->at == NULL;
    return pack->at != NULL;
}

static void pack_add(struct pack *pack, struct size_candidate *candidate)
{
    if (candidate && !candidate->refused)
        pack->at[pack->n++] = candidate;
}

/* Simulates all on a part of the sample, beside the one from which they were made, drops those that
 * are clearly wrong, then the rest on all of it, and keeps those that keep all claims. */
static bool pack_screen(struct sizer *sizer, struct size_candidate *base, struct pack *pack)
{
    const uint32_t part = sizer->n / SCREEN, few = part > SCREEN_LEAST ? part : SCREEN_LEAST;
    size_t         n = 0;
    if (few < sizer->n && pack->n > 1) {
        if (!size_simulate_beside(sizer, base, pack->at, pack->n, few))
            return false;
        for (size_t k = 0; k < pack->n; k++)
            if (!size_differs_wrongly(sizer, base, pack->at[k]))
                pack->at[n++] = pack->at[k];
        pack->n = n;
    }
    if (!size_simulate(sizer, pack->at, pack->n, SAMPLE_SEARCH, sizer->n))
        return false;
    n = 0;
    for (size_t k = 0; k < pack->n; k++)
        if (size_keeps(sizer, pack->at[k]))
            pack->at[n++] = pack->at[k];
    pack->n = n;
    return true;
}

static struct size_candidate *cheapest(const struct pack *pack)
{
    struct size_candidate *best = NULL;
    for (size_t k = 0; k < pack->n; k++)
        if (!best || pack->at[k]->cost < best->cost - 1e-9 * fabs(best->cost))
            best = pack->at[k];
    return best;
}

/* ---- ample, and bounds */

static void grow(const struct sizer *sizer, uint32_t *agents)
{
    for (size_t j = 0; j < sizer->n_cells; j++)
        agents[j] += agents[j] / 2 + 1;
}

/* A candidate that keeps all claims that more agents help, or the one that came nearest. Certainty
 * is not chased: what the first plan does not give, more agents only make rarer. */
static struct size_candidate *find_ample(struct sizer *sizer, uint32_t *agents)
{
    struct size_candidate *candidate = NULL;
    double                 before = -HUGE_VAL;
    int                    in_vain = 0;
    for (int round = 0; round < AMPLE_ROUNDS; round++) {
        candidate = size_candidate(sizer, agents);
        if (!candidate || !size_simulate(sizer, &candidate, 1, SAMPLE_SEARCH, sizer->n))
            return NULL;
        const size_t broken = size_broken(sizer, candidate, SAMPLE_SEARCH, true);
        sizer->infeasible = broken < sizer->n_claims;
        sizer->broken_claim = broken;
        if (!sizer->infeasible)
            return candidate;
        sizer->certain = sizer->claims[broken].sure;
        if (sizer->certain)
            return candidate;
        const double slack = size_slack(sizer, candidate, SAMPLE_SEARCH, broken, 0);
        in_vain = slack > before + 1e-4 * fabs(sizer->claims[broken].target) ? 0 : in_vain + 1;
        if (in_vain == 2)
            return candidate;
        before = slack;
        grow(sizer, agents);
    }
    return candidate;
}

/* For all cells at once: halves what is between too few and enough, all others ample. */
static bool bound_cells(struct sizer *sizer, const struct size_candidate *ample)
{
    struct pack pack;
    bool        good = pack_open(sizer, &pack, sizer->n_cells), going = good;
    uint32_t   *low = calloc(sizer->n_cells, sizeof *low); /* not enough is below it */
    sizer->failed |= low == NULL;
    for (size_t j = 0; low && j < sizer->n_cells; j++)
        low[j] = size_floor(sizer, j);
    while (low && good && going) {
        pack.n = 0;
        for (size_t j = 0; j < sizer->n_cells; j++) {
            const uint32_t high = sizer->cells[j].least;
            if (low[j] < high)
                pack.at[pack.n++] = size_with(sizer, ample, sizer->n_cells, j,
                                         (low[j] + high) / 2 - ample->agents[j]);
        }
        going = pack.n > 0;
        good = !sizer->failed && size_simulate(sizer, pack.at, pack.n, SAMPLE_SEARCH, sizer->n);
        for (size_t j = 0, k = 0; good && j < sizer->n_cells; j++) {
            const uint32_t high = sizer->cells[j].least;
            if (low[j] >= high)
                continue;
            if (size_keeps(sizer, pack.at[k++]))
                sizer->cells[j].least = (low[j] + high) / 2;
            else
                low[j] = (low[j] + high) / 2 + 1;
        }
    }
    for (size_t j = 0; good && j < sizer->n_cells; j++)
        sizer->bound += sizer->cells[j].least * sizer->cells[j].cost;
    free(low);
    free(pack.at);
    return good && low;
}

/* ---- slopes: from the pre-plan, scaled until it is enough */

static struct size_candidate *by_scale(struct sizer *sizer, struct size_candidate *ample)
{
    struct size_candidate *found = ample;
    uint32_t              *agents = calloc(sizer->n_cells, sizeof *agents);
    double                 low = 0, high = 1;
    sizer->failed |= agents == NULL;
    for (int round = 0; round < 7 && agents; round++) {
        const double share = (low + high) / 2;
        for (size_t j = 0; j < sizer->n_cells; j++) {
            const double few = fmax(sizer->cells[j].preplan / 2.0, size_floor(sizer, j));
            agents[j] = (uint32_t)ceil(few + share * fmax(0, ample->agents[j] - few));
        }
        struct size_candidate *at = size_candidate(sizer, agents);
        if (!at || !size_simulate(sizer, &at, 1, SAMPLE_SEARCH, sizer->n))
            break;
        if (size_keeps(sizer, at)) {
            found = at;
            high = share;
        } else {
            low = share;
        }
    }
    free(agents);
    return sizer->stopped || sizer->failed ? NULL : found;
}

/* With few customers first, then with all of the sample. */
static struct size_candidate *by_slopes(struct sizer *sizer, struct size_candidate *ample)
{
    const uint32_t         all = sizer->n;
    struct size_candidate *from;
    sizer->n = all / COARSE > SEARCH_FEW ? all / COARSE : all < SEARCH_FEW ? all : SEARCH_FEW;
    from = by_scale(sizer, ample);
    from = from ? size_descend(sizer, from, BOLD) : NULL;
    sizer->n = all;
    if (from && sizer->options.cost_most > 0 && size_keeps(sizer, from))
        sizer->dropped = from->cost > DROPPED * sizer->options.cost_most;
    return from && !sizer->dropped ? size_descend(sizer, from, CAREFUL) : from;
}

/* ---- cutting planes */

struct cuts {
    struct integer_row row[CUTS_MOST];
    size_t             n;
};

static bool add_row(struct sizer *sizer, struct cuts *cuts, const double *coefficients,
                    double least)
{
    double *copy = ARENA_ARRAY(&sizer->arena, sizer->n_cells, double);
    if (!copy || cuts->n == CUTS_MOST)
        return false;
    memcpy(copy, coefficients, sizer->n_cells * sizeof *copy);
    cuts->row[cuts->n++] = (struct integer_row){ .coefficients = copy, .least = least };
    return true;
}

/* A cut for each claim that is broken; where one more agent anywhere changes nothing yet, more of
 * them are asked for. */
static bool cut(struct sizer *sizer, struct cuts *cuts, struct size_candidate *at,
                const struct pack *steps)
{
    double *rise = calloc(sizer->n_cells, sizeof *rise);
    bool    good = rise != NULL;
    for (size_t i = 0; good && i < sizer->n_claims; i++) {
        const double slack = size_slack(sizer, at, SAMPLE_SEARCH, i, 0);
        double       least = -slack, all = 0;
        if (!sizer->claims[i].grows || slack >= 0)
            continue;
        for (size_t j = 0; j < sizer->n_cells; j++) {
            rise[j] = fmax(0, size_slack(sizer, steps->at[j], SAMPLE_SEARCH, i, 0) - slack);
            all += rise[j];
        }
        for (size_t j = 0; j < sizer->n_cells; j++) {
            if (!(all > 1e-9))
                rise[j] = 1;
            least += rise[j] * at->agents[j];
        }
        if (!(all > 1e-9))
            least += 1 + slack;
        good = add_row(sizer, cuts, rise, least - 1e-9);
    }
    free(rise);
    return good;
}

/* The cheapest numbers that obey all cuts. */
static struct size_candidate *propose(struct sizer *sizer, const struct cuts *cuts)
{
    const size_t           n = sizer->n_cells;
    double                *numbers = calloc(4 * n, sizeof *numbers), bound;
    uint32_t              *agents = calloc(n, sizeof *agents);
    struct size_candidate *candidate = NULL;
    sizer->failed |= !numbers || !agents;
    for (size_t j = 0; !sizer->failed && j < n; j++) {
        numbers[j] = sizer->cells[j].cost + 1e-6;
        numbers[n + j] = sizer->cells[j].least;
        numbers[2 * n + j] = sizer->cells[j].most;
    }
    const struct integer_program program = {
        .columns = n, .rows = cuts->n, .costs = numbers, .low = numbers + n,
        .high = numbers + 2 * n, .row = cuts->row, .time_limit_s = 60, .gap = 1e-6,
        .nodes = 1000, /* out before the time is: an answer is the same anywhere */
    };
    if (!sizer->failed && integer_solve(&program, numbers + 3 * n, &bound) == INTEGER_FOUND) {
        for (size_t j = 0; j < n; j++)
            agents[j] = (uint32_t)numbers[3 * n + j];
        candidate = size_candidate(sizer, agents);
    }
    free(numbers);
    free(agents);
    return candidate;
}

/* A candidate that keeps all claims. Cuts that are taken where service is far too low cut too much,
 * and may leave none: then slopes from above. */
static struct size_candidate *by_cuts(struct sizer *sizer, struct size_candidate *ample)
{
    struct cuts           *cuts = calloc(1, sizeof *cuts);
    struct size_candidate *found = NULL, *at;
    struct pack            steps;
    bool                   good = pack_open(sizer, &steps, sizer->n_cells + 1) && cuts;
    sizer->failed |= cuts == NULL;
    for (int round = 0; good && !found && round < ROUNDS; round++) {
        at = propose(sizer, cuts);
        good = at && size_simulate(sizer, &at, 1, SAMPLE_SEARCH, sizer->n);
        if (!good || size_keeps(sizer, at)) {
            found = good ? at : NULL;
            break;
        }
        for (steps.n = 0; steps.n < sizer->n_cells; steps.n++)
            if (!(steps.at[steps.n] = size_with(sizer, at, sizer->n_cells, steps.n, 1)))
                break;
        good = !sizer->failed &&
               size_simulate(sizer, steps.at, steps.n, SAMPLE_SEARCH, sizer->n) &&
               cut(sizer, cuts, at, &steps);
    }
    free(steps.at);
    free(cuts);
    if (sizer->stopped || sizer->failed)
        return NULL;
    return found ? found : by_slopes(sizer, ample);
}

/* ---- polish */

static double room_left(const struct sizer *sizer, const struct size_candidate *candidate)
{
    double least = HUGE_VAL;
    for (size_t i = 0; i < sizer->n_claims; i++)
        if (sizer->claims[i].grows)
            least = fmin(least, size_relative(sizer, candidate, SAMPLE_SEARCH, i, 0));
    return least;
}

struct removal {
    size_t cell;
    double worth;
};

static int by_worth(const void *a, const void *b)
{
    const struct removal *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth < y->worth ? 1 : -1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

/* Which agents may be spared one at a time: those first whose absence costs the promises least for
 * what it saves. */
static size_t spared(struct sizer *sizer, struct size_candidate *from, struct removal *removals)
{
    const double room = room_left(sizer, from);
    struct pack  pack;
    size_t       n = 0;
    if (!pack_open(sizer, &pack, sizer->n_cells))
        return 0;
    for (size_t j = 0; j < sizer->n_cells; j++)
        if (from->agents[j] > size_floor(sizer, j))
            pack_add(&pack, size_with(sizer, from, j, sizer->n_cells, 0));
    if (pack_screen(sizer, from, &pack))
        for (size_t k = 0; k < pack.n; k++)
            for (size_t j = 0; j < sizer->n_cells; j++)
                if (pack.at[k]->agents[j] < from->agents[j])
                    removals[n++] = (struct removal){
                        j, (room_left(sizer, pack.at[k]) - room) /
                               fmax(sizer->cells[j].cost, 1e-9)
                    };
    qsort(removals, n, sizeof *removals, by_worth);
    free(pack.at);
    return n;
}

/* Removes as many of them at once as may be. NULL: none. */
static struct size_candidate *remove_some(struct sizer *sizer, struct size_candidate *from)
{
    struct removal        *removals = calloc(sizer->n_cells + 1, sizeof *removals);
    uint32_t              *agents = calloc(sizer->n_cells, sizeof *agents);
    struct size_candidate *best = NULL;
    struct pack            pack;
    const size_t n = removals && agents ? spared(sizer, from, removals) : 0;
    if (n > 0 && pack_open(sizer, &pack, 70)) {
        for (size_t some = n; some > 0; some /= 2) {
            memcpy(agents, from->agents, sizer->n_cells * sizeof *agents);
            for (size_t k = 0; k < some; k++)
                agents[removals[k].cell]--;
            pack_add(&pack, size_candidate(sizer, agents));
        }
        best = pack_screen(sizer, from, &pack) ? cheapest(&pack) : NULL;
        free(pack.at);
    }
    sizer->failed |= !removals || !agents;
    free(removals);
    free(agents);
    return best;
}

/* One here for one or two there, where that is cheaper. NULL: none. */
static struct size_candidate *swap_one(struct sizer *sizer, struct size_candidate *from)
{
    const size_t           n = sizer->n_cells;
    struct size_candidate *best = NULL;
    struct pack            pack;
    if (n > SWAP_CELLS || !pack_open(sizer, &pack, 2 * n * n))
        return NULL;
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < n && from->agents[j] > size_floor(sizer, j); k++)
            for (uint32_t by = 1; by <= 2; by++)
                if (k != j && by * sizer->cells[k].cost < sizer->cells[j].cost * (1 - 1e-9))
                    pack_add(&pack, size_with(sizer, from, j, k, by));
    if (pack.n > 0 && pack_screen(sizer, from, &pack))
        best = cheapest(&pack);
    free(pack.at);
    return best;
}

struct size_candidate *size_polish(struct sizer *sizer, struct size_candidate *from)
{
    struct size_candidate *next = from;
    while (next && !sizer->failed && !sizer->stopped) {
        from = next;
        next = remove_some(sizer, from);
        if (!next && !sizer->failed && !sizer->stopped)
            next = swap_one(sizer, from);
    }
    return sizer->failed ? NULL : from;
}

struct size_candidate *size_repair(struct sizer *sizer, struct size_candidate *from)
{
    struct pack pack;
    if (!pack_open(sizer, &pack, sizer->n_cells))
        return NULL;
    for (int round = 0; round < REPAIRS; round++) {
        const size_t           broken = size_broken(sizer, from, SAMPLE_SEARCH, true);
        struct size_candidate *best = NULL;
        double                 most = -HUGE_VAL;
        pack.n = 0;
        if (broken == sizer->n_claims && (sizer->all || !from->refused))
            break; /* what more agents may hurt is not mended here */
        for (size_t j = 0; j < sizer->n_cells; j++)
            if (from->agents[j] < size_ceiling(sizer, j))
                pack_add(&pack, size_with(sizer, from, sizer->n_cells, j, 1));
        if (sizer->failed || !size_simulate(sizer, pack.at, pack.n, SAMPLE_SEARCH, sizer->n))
            break;
        for (size_t k = 0; k < pack.n; k++) {
            const size_t i = broken < sizer->n_claims ? broken : 0;
            const double gain = (size_slack(sizer, pack.at[k], SAMPLE_SEARCH, i, 0) -
                                 size_slack(sizer, from, SAMPLE_SEARCH, i, 0)) /
                                fmax(pack.at[k]->cost - from->cost, 1e-9);
            if (gain > most) {
                most = gain;
                best = pack.at[k];
            }
        }
        if (!best)
            break;
        from = best;
    }
    free(pack.at);
    return sizer->failed || sizer->stopped ? NULL : from;
}

/* ---- the whole */

struct size_candidate *size_search(struct sizer *sizer)
{
    uint32_t              *agents = calloc(sizer->n_cells, sizeof *agents);
    struct size_candidate *ample = NULL;
    sizer->failed |= agents == NULL;
    for (size_t j = 0; agents && j < sizer->n_cells; j++) {
        const struct size_cell *cell = &sizer->cells[j];
        agents[j] = cell->preplan > size_floor(sizer, j) ? cell->preplan : size_floor(sizer, j);
    }
    if (agents)
        ample = find_ample(sizer, agents);
    free(agents);
    if (!ample || sizer->infeasible)
        return ample;
    for (size_t j = 0; j < sizer->n_cells; j++) {
        sizer->cells[j].least = ample->agents[j];
        sizer->cells[j].most = ample->agents[j] + ample->agents[j] / 2 + 2;
        if (sizer->cells[j].most > size_ceiling(sizer, j))
            sizer->cells[j].most = size_ceiling(sizer, j);
    }
    struct size_candidate *from = NULL;
    if (size_many(sizer)) {
        from = by_slopes(sizer, ample);
        return from && !sizer->stopped && !sizer->dropped ? size_settle(sizer, from) : from;
    }
    if (!bound_cells(sizer, ample))
        return NULL;
    sizer->dropped = sizer->options.cost_most > 0 &&
                     sizer->bound > DROPPED * sizer->options.cost_most;
    if (sizer->dropped)
        return ample;
    from = by_cuts(sizer, ample);
    from = from ? size_polish(sizer, from) : NULL;
    return from && !sizer->stopped ? size_settle(sizer, from) : from;
}
