/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* anonymous memory that is not reserved before it is used */
#include "model/world.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>

#include "base/assert.h"
#include "model/plan_customer.h"
#include "model/policy_calls.h"

#define CONTACTS_LEAST 1024

struct layout {
    char  *block;
    size_t size;
};

static void *place(struct layout *layout, size_t n, size_t size)
{
    void *at = layout->block ? layout->block + layout->size : NULL;
    layout->size += (n * size + 63) & ~(size_t)63;
    return at;
}

#define PLACE(layout, n, type) ((type *)place((layout), (n), sizeof(type)))

static bool has_heaps(const struct plan *plan)
{
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        if (plan->tiers[t].order->by_key)
            return true;
    return false;
}

static bool offers_of(const struct plan *plan)
{
    return plan->customer && plan->customer->offers;
}

static uint32_t owners_of(const struct world *world)
{
    return world->owner_contact + (world->contacts_most << world->owner_shift);
}

static void lay_out(struct world *world, struct layout *layout)
{
    const struct plan *plan = world->plan;
    const size_t       most = world->contacts_most;
    world->agents = PLACE(layout, plan->n_agents, struct agent);
    world->pools = PLACE(layout, plan->n_pools, struct pool_state);
    world->tiers = PLACE(layout, plan->n_tiers, struct tier_state);
    world->queues = PLACE(layout, plan->n_queues, struct queue_state);
    world->lists = PLACE(layout, (size_t)plan->n_queues * plan->n_lists, struct level_list);
    world->arrivals = PLACE(layout, plan->n_streams, struct arrival_state);
    world->ordinals = PLACE(layout, plan->n_streams, uint32_t);
    world->lines = PLACE(layout, plan->n_channels, uint32_t);
    world->last_wait_s = PLACE(layout, offers_of(plan) ? plan->n_queues : 0, double);
    world->candidates = PLACE(layout, plan->n_pools, struct tsim_policy_candidate);
    world->takes = PLACE(layout, plan->policy ? plan->n_pools : 0, uint32_t);
    world->heads = PLACE(layout, plan->policy ? plan->n_queues : 0, struct tsim_policy_contact);
    world->firsts = PLACE(layout, plan->policy ? plan->n_queues : 0, uint32_t);
    world->view.memory = PLACE(layout, plan->policy ? plan->policy->memory : 0, char);
    const uint32_t n_sources = world->source_policy + 1;
    void *sources = PLACE(layout, evq_bytes(n_sources), char);
    void *events = PLACE(layout, evq_bytes(owners_of(world)), char);
    world->contacts = PLACE(layout, most, struct contact);
    world->times = PLACE(layout, most * world->times_stride, uint16_t);
    world->orders = has_heaps(plan) ? PLACE(layout, most, struct contact_order) : NULL;
    world->stories = plan->stories ? PLACE(layout, most, struct story) : NULL;
    world->clocks = plan->clocked ? PLACE(layout, most, struct contact_clocks) : NULL;
    world->rows = plan->resampled ? PLACE(layout, most, uint32_t) : NULL;
    world->parts = PLACE(layout, most * plan->parts_stride, double);
    world->closing = PLACE(layout, plan->n_tiers, struct closing);
    world->closed_s = PLACE(layout, (size_t)plan->n_tiers * plan->n_hours, double);
    world->tasks = plan->stories ? PLACE(layout, most, struct task) : NULL;
    world->holds = plan->stories ? PLACE(layout, plan->n_agents, struct hold) : NULL;
    world->had = plan->returns ? PLACE(layout, most * world->had_stride, uint64_t) : NULL;
    world->causes = PLACE(layout, plan->n_causes, struct cause_state);
    world->paces = plan->paced ? PLACE(layout, plan->n_agents, struct pace) : NULL;
    world->pastimes = plan->n_idle_duties ? PLACE(layout, plan->n_agents, struct pastime) : NULL;
    world->duties = PLACE(layout, plan->n_duties, struct duty_state);
    world->idle_duties = PLACE(layout, plan->n_idle_duties, struct idle_duty_state);
    world->loads = plan->slotted ? PLACE(layout, plan->n_agents, uint32_t) : NULL;
    if (!layout->block)
        return;
    evq_open(&world->sources, sources, n_sources);
    evq_open(&world->evq, events, owners_of(world));
}

bool world_open(struct world *world, const struct plan *plan, uint32_t contacts_most)
{
    *world = (struct world){ .plan = plan };
    world->source_pool = plan->n_streams;
    world->source_clock = world->source_pool + plan->n_pools;
    world->source_policy = world->source_clock + 1;
    world->owner_contact = plan->n_agents;
    world->had_stride = (plan->n_pools + 63) / 64;
    world->times_stride = (plan->n_tiers + 3u) / 4 * 4; /* whole words of four */
    const uint32_t owners_most = (1u << EVQ_OWNER_BITS) - 1;
    world->owner_shift = plan->staged ? 2 : plan->timed;
    const uint32_t room = (owners_most - world->owner_contact) >> world->owner_shift;
    if (contacts_most > room)
        contacts_most = room;
    for (world->contacts_most = contacts_most; world->contacts_most >= CONTACTS_LEAST;
         world->contacts_most /= 2) {
        struct layout layout = { 0 };
        lay_out(world, &layout);
        void *block = mmap(NULL, layout.size, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (block == MAP_FAILED)
            continue;
        world->block = block;
        world->size = layout.size;
        layout = (struct layout){ .block = block };
        lay_out(world, &layout);
        return true;
    }
    return false;
}

void world_close(struct world *world)
{
    if (world->block)
        munmap(world->block, world->size);
    *world = (struct world){ 0 };
}

static void reset_pool(struct world *world, uint32_t p)
{
    const struct plan_pool *plan = &world->plan->pools[p];
    struct pool_state      *pool = &world->pools[p];
    *pool = (struct pool_state){ .idle_head = NONE, .idle_tail = NONE, .away = NONE };
    for (uint32_t i = plan->agents_most; i-- > 0;) {
        const uint32_t a = plan->agent_base + i;
        world->agents[a] = (struct agent){ .next = pool->away, .contact = NONE, .pool = p,
                                           .state = AGENT_AWAY };
        pool->away = a;
    }
}

/* Each agent's pace is drawn: of those with several places, at the first. */
static void reset_paces(struct world *world, const struct plan_pool *pool)
{
    for (uint32_t i = 0; i < pool->agents_most; i++) {
        struct pace *pace = &world->paces[pool->agent_base + i];
        *pace = (struct pace){ .factor = 1 };
        if (!pool->individual)
            continue;
        struct rng rng = rng_at(world->key, pool->individual_purpose, i / pool->slots, 0);
        pace->factor = fmax(1e-3, dist_draw(pool->individual, &rng));
    }
}

static void reset_policy(struct world *world)
{
    const struct plan_policy *policy = world->plan->policy;
    world->view = (struct tsim_policy_view){ .desk = policy ? &policy->desk : NULL,
                                             .calls = &policy_calls,
                                             .memory = world->view.memory, .world = world };
    world->asked_for = DECISION_NONE;
    world->wake_s = INFINITY;
    world->fault[0] = '\0';
    if (!policy)
        return;
    memset(world->view.memory, 0, policy->memory);
    memset(world->takes, 0, world->plan->n_pools * sizeof *world->takes);
}

void world_reset(struct world *world, const struct tally *tally, uint64_t seed,
                 uint32_t replication)
{
    const struct plan *plan = world->plan;
    world->tally = *tally;
    world->key = rng_key_of(seed, replication);
    rng_schedule_open(&world->schedule, world->key);
    world->now_s = 0;
    evq_reset(&world->sources);
    evq_admit(&world->sources, 0, world->source_policy + 1);
    evq_reset(&world->evq);
    evq_admit(&world->evq, 0, world->owner_contact);
    for (uint32_t p = 0; p < plan->n_pools; p++)
        reset_pool(world, p);
    for (uint32_t p = 0; plan->paced && p < plan->n_pools; p++)
        reset_paces(world, &plan->pools[p]);
    if (plan->n_idle_duties > 0)
        memset(world->pastimes, 0, plan->n_agents * sizeof *world->pastimes);
    if (plan->slotted)
        memset(world->loads, 0, plan->n_agents * sizeof *world->loads);
    memset(world->tiers, 0, plan->n_tiers * sizeof *world->tiers);
    memset(world->arrivals, 0, plan->n_streams * sizeof *world->arrivals);
    world->busyness = busyness_set_of(&plan->busyness, seed, replication);
    for (uint32_t s = 0; plan->busyness.strata > 1 && s < plan->n_streams; s++)
        world->arrivals[s].set = &world->busyness;
    memset(world->ordinals, 0, plan->n_streams * sizeof *world->ordinals);
    memset(world->lines, 0, plan->n_channels * sizeof *world->lines);
    for (uint32_t q = 0; offers_of(plan) && q < plan->n_queues; q++)
        world->last_wait_s[q] = 0;
    for (uint32_t q = 0; q < plan->n_queues; q++)
        world->queues[q] = (struct queue_state){ .root = NONE };
    for (uint32_t i = 0; i < plan->n_causes; i++)
        world->causes[i] = (struct cause_state){ .factor = 1 };
    for (size_t i = 0; i < (size_t)plan->n_queues * plan->n_lists; i++)
        world->lists[i] = (struct level_list){ NONE, NONE };
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        world->closing[t] = (struct closing){ .closed = true };
    memset(world->closed_s, 0, plan->n_tiers * plan->n_hours * sizeof *world->closed_s);
    world->contacts_used = 0;
    world->contact_free = NONE;
    world->number = world->task_number = 0;
    world->open = (struct level){ 0 };
    world->counted_open = world->sessions = 0;
    world->span_s = 0;
    world->interval = plan->n_intervals;
    world->cut_area_s = 0;
    world->closed = world->done = world->full = false;
    world->clock_sla = NONE;
    reset_policy(world);
}

/* ---- invariants */

static const char *pool_broken(const struct world *world, uint32_t p)
{
    const struct plan_pool  *plan = &world->plan->pools[p];
    const struct pool_state *pool = &world->pools[p];
    uint32_t idle = 0, busy = 0, away = 0, listed = 0, on_duty = 0;
    for (uint32_t a = plan->agent_base; a < plan->agent_base + plan->agents_most; a++) {
        const struct agent *agent = &world->agents[a];
        idle += agent->state == AGENT_IDLE;
        busy += agent->state == AGENT_AT_WORK || agent->state == AGENT_WRAPPING ||
                agent->state == AGENT_HOLDING;
        away += agent->state == AGENT_AWAY;
        on_duty += agent->state == AGENT_ON_DUTY;
        if (agent->state == AGENT_AT_WORK && world->contacts[agent->contact].agent != a)
            return "an agent and its contact disagree";
    }
    for (uint32_t a = pool->idle_head; a != NONE; a = world->agents[a].next)
        listed++;
    if (idle != pool->idle || busy != pool->busy.n || listed != idle || on_duty != pool->on_duty)
        return "agents of a pool were lost count of";
    if (pool->present != idle + busy + on_duty || pool->present + away != plan->agents_most)
        return "present agents are not idle, busy and on other duties";
    const uint32_t named_end = plan->lines ? plan->agent_base + plan->agents_most : 0;
    for (uint32_t a = plan->agent_base; a < named_end; a++)
        if (world->agents[a].on ? world->agents[a].state == AGENT_AWAY
                                : world->agents[a].state == AGENT_IDLE ||
                                      world->agents[a].state == AGENT_ON_DUTY)
            return "an agent is not where the roster says";
    if (pool->present > pool->scheduled.n && idle + on_duty > 0 && !plan->lines)
        return "somebody idles after their time";
    return pool->present < pool->scheduled.n ? "a scheduled agent is missing" : NULL;
}

static const char *queue_broken(const struct world *world, uint32_t q)
{
    const struct plan        *plan = world->plan;
    const struct queue_state *queue = &world->queues[q];
    const struct plan_tier   *tier = &plan->tiers[plan->queues[q].tier];
    uint32_t                  n = 0;
    for (uint32_t level = 0; level < plan->n_lists && !tier->order->by_key; level++) {
        uint32_t before = NONE;
        for (uint32_t c = world->lists[(size_t)q * plan->n_lists + level].head; c != NONE;
             before = c, c = world->contacts[c].next) {
            if (world->contacts[c].prev != before || world->contacts[c].queue != q ||
                world->contacts[c].state != CONTACT_WAITING)
                return "a queue's list is broken";
            n++;
        }
    }
    if (!tier->order->by_key && n != queue->n)
        return "a queue's length is wrong";
    if (queue->n == 0 || tier->selection->by_policy || tier->order->take || tier->gated ||
        plan->queues[q].beside != NONE)
        return NULL; /* a policy or rule may keep agents for others, and so does a reserve */
    for (uint32_t i = 0; i < plan->queues[q].n_servers; i++)
        if (world->pools[plan->queues[q].servers[i].pool].idle > 0)
            return "an agent idles while a contact waits whom it may serve";
    return NULL;
}

/* Whether a contact's state and the phase its clocks see belong together. */
static bool phase_broken(const struct world *world, uint32_t c)
{
    const enum contact_state state = (enum contact_state)world->contacts[c].state;
    const enum phase         phase = (enum phase)world->clocks[c].phase;
    if (state == CONTACT_FREE || world->contacts[c].flags & FLAG_TASK)
        return false;
    return (state == CONTACT_SELF_SERVICE) != (phase == PHASE_SELF_SERVICE) ||
           (state == CONTACT_WAITING) != (phase == PHASE_QUEUE) ||
           (state == CONTACT_AT_VENDOR) != (phase == PHASE_VENDOR);
}

const char *world_broken(const struct world *world)
{
    const struct plan *plan = world->plan;
    const char        *broken = NULL;
    for (uint32_t p = 0; p < plan->n_pools && !broken; p++)
        broken = pool_broken(world, p);
    for (uint32_t q = 0; q < plan->n_queues && !broken; q++)
        broken = queue_broken(world, q);
    uint32_t open = 0, waiting = 0;
    for (uint32_t c = 0; c < world->contacts_used; c++) {
        if (plan->clocked && phase_broken(world, c))
            broken = "a contact's clocks have not been told what it is doing";
        const struct contact *contact = &world->contacts[c];
        open += contact->state != CONTACT_FREE && !(contact->flags & FLAG_TASK);
        waiting += contact->state == CONTACT_WAITING;
        if (contact->state == CONTACT_AT_WORK && world->agents[contact->agent].contact != c)
            broken = "somebody else works on a contact than its owner";
    }
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        waiting -= world->tiers[t].waiting.n + world->tiers[t].tasks;
    if (!broken && open != world->open.n)
        broken = "contacts in the system were lost count of";
    if (!broken && waiting != 0)
        broken = "waiting contacts were lost count of";
    return broken;
}
