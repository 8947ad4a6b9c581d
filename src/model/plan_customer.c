/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer's side of a scenario, from names to indices. */
#include "model/plan_customer.h"

#include "model/plan_impl.h"

static void compile_waits(struct compiler *compiler, const struct waits_given *given,
                          struct plan_attempt *attempt)
{
    attempt->waits = (struct plan_later){ given->share, make_time(compiler, &given->delay) };
    attempt->reply_to = (enum reply_to)given->to;
    attempt->waits_most = given->most;
}

static void compile_reopens(struct compiler *compiler, const struct reopens_given *given,
                            struct plan_attempt *attempt)
{
    attempt->reopens = (struct plan_later){ given->share, make_time(compiler, &given->delay) };
    attempt->reopen_to = (enum reopen_to)given->to;
    attempt->reopens_most = given->most;
}

/* What a tier says, and what one of its issue types says in the place of it. */
static void compile_tier(struct compiler *compiler, const struct tier_given *given,
                         struct plan_attempt *attempts)
{
    const struct work_given *work = given->by_issue.at;
    struct plan_attempt      whole = { 0 };
    compile_waits(compiler, &given->waits, &whole);
    compile_reopens(compiler, &given->reopens, &whole);
    for (uint32_t i = 0; i < compiler->plan->n_issues; i++)
        attempts[i] = whole;
    for (uint32_t k = 0; k < given->by_issue.n; k++) {
        const uint32_t i = find_name(compiler, &compiler->issues, work[k].issue,
                                     json_member(work[k].at, "issue"));
        if (i == NONE)
            continue;
        if (work[k].waits.at)
            compile_waits(compiler, &work[k].waits, &attempts[i]);
        if (work[k].reopens.at)
            compile_reopens(compiler, &work[k].reopens, &attempts[i]);
    }
}

static void compile_attempts(struct compiler *compiler, struct plan_customer *customer)
{
    const struct tier_given *tiers = compiler->given->tiers.at;
    const uint32_t           n_issues = compiler->plan->n_issues;
    const size_t             n = (size_t)compiler->plan->n_tiers * n_issues;
    struct plan_attempt     *attempts = TAKE(compiler, n, struct plan_attempt);
    if (!attempts)
        return;
    for (uint32_t t = 0; t < compiler->plan->n_tiers; t++)
        compile_tier(compiler, &tiers[t], &attempts[(size_t)t * n_issues]);
    for (size_t i = 0; i < n; i++) {
        const bool waits = attempts[i].waits.share > 0, reopens = attempts[i].reopens.share > 0;
        customer->comes_back |= waits || reopens;
        compiler->plan->owners |= (waits && attempts[i].reply_to == REPLY_OWNER) ||
                                  (reopens && attempts[i].reopen_to == REOPEN_OWNER);
    }
    customer->attempts = attempts;
}

static void compile_redials(struct compiler *compiler, struct plan_customer *customer)
{
    const struct channel_given *channels = compiler->given->channels.at;
    struct plan_redial *redials = TAKE(compiler, compiler->plan->n_channels, struct plan_redial);
    if (!redials)
        return;
    for (uint32_t i = 0; i < compiler->given->channels.n; i++) {
        const struct redial_given *given = &channels[i].redial;
        redials[i] = (struct plan_redial){ given->share, given->blocked_share,
                                           make_time(compiler, &given->delay), given->most,
                                           channels[i].patience_on_return };
        customer->comes_back |= given->at != NULL;
    }
    customer->redials = redials;
}

double hazard_of(double share)
{
    return share < 1 ? -exact_log1p(-share) : 64;
}

static void compile_requests(struct compiler *compiler, struct plan_customer *customer)
{
    const struct requests_given *given = &compiler->given->requests;
    const double                 calm = 1 - given->empathy;
    customer->requests = (struct plan_requests){
        .asked = given->at != NULL,
        .base = hazard_of(given->base) * calm,
        .per_wait_s = given->per_wait_hour / 3600 * calm,
        .per_transfer = given->per_transfer * calm,
        .per_repeat = given->per_repeat * calm,
        .talked_down = given->talked_down,
    };
    customer->updated_share = compiler->given->updates.share;
    customer->updates_relieve = compiler->given->updates.relieves;
    compiler->plan->updates_cost = compiler->given->updates.cost;
}

static void compile_congestion(struct compiler *compiler, struct plan_customer *customer)
{
    const struct tier_given *tiers = compiler->given->tiers.at;
    struct plan_congestion  *congestion =
        TAKE(compiler, compiler->plan->n_tiers, struct plan_congestion);
    for (uint32_t t = 0; congestion && t < compiler->plan->n_tiers; t++) {
        const struct congestion_given *given = &tiers[t].congestion;
        congestion[t] = (struct plan_congestion){ .from = UINT32_MAX };
        if (!given->at)
            continue;
        congestion[t] = (struct plan_congestion){ given->from, given->per_waiting, given->most,
                                                  make_time(compiler, &given->time) };
        customer->in_use = true;
    }
    customer->congestion = congestion;
}

/* The last tier with agents, who may settle regulated cases, and whether anybody is trained. */
static void compile_clearance(struct compiler *compiler, struct plan_customer *customer)
{
    const struct plan       *plan = compiler->plan;
    const struct tier_given *tiers = compiler->given->tiers.at;
    bool                    *cleared = TAKE(compiler, plan->n_pools, bool);
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (plan->pools[p].agents_most > 0)
            customer->top = plan->pools[p].tier;
    for (uint32_t p = 0; cleared && p < plan->n_pools; p++) {
        const uint32_t           t = plan->pools[p].tier;
        const struct pool_given *given = tiers[t].pools.at;
        given += p - plan->tiers[t].pool_base;
        customer->in_use |= given->training.level * given->training.gain > 0;
        cleared[p] = json_member(given->at, "cleared") ? given->cleared : t >= customer->top;
    }
    customer->cleared = cleared;
}

bool has_rules(const struct plan *plan, enum trigger trigger)
{
    for (size_t i = 0; i < (size_t)plan->n_classes * plan->n_tiers; i++) {
        const struct plan_path *path = &plan->paths[plan->path_of[i * TRIGGERS + trigger]];
        if (path->n > 0 || path->otherwise != NONE)
            return true;
    }
    return false;
}

/* What contacts are that agents or rules must heed: regulated, of a high profile, repeated. */
static void compile_reasons(struct compiler *compiler, struct plan_customer *customer)
{
    struct plan                *plan = compiler->plan;
    const struct issue_given   *issues = compiler->given->issues.at;
    const struct segment_given *segments = compiler->given->segments.at;
    double *regulated = TAKE(compiler, plan->n_issues, double);
    bool   *high_profile = TAKE(compiler, plan->n_segments, bool);
    if (!regulated || !high_profile)
        return;
    for (uint32_t i = 0; i < compiler->given->issues.n; i++) {
        regulated[i] = issues[i].regulated;
        customer->in_use |= regulated[i] > 0;
    }
    for (uint32_t i = 0; i < compiler->given->segments.n; i++) {
        high_profile[i] = segments[i].high_profile;
        customer->sends_high_profile |= high_profile[i];
    }
    customer->sends_high_profile &= has_rules(plan, TRIGGER_high_profile);
    customer->sends_repeats = customer->comes_back && has_rules(plan, TRIGGER_repeat);
    customer->in_use |= customer->sends_high_profile;
    customer->regulated = regulated;
    customer->high_profile = high_profile;
}

static void name_purposes(struct plan_customer *customer)
{
    customer->waits = rng_purpose("waits on customer");
    customer->reopens = rng_purpose("reopens");
    customer->request = rng_purpose("customer request");
    customer->refers = rng_purpose("congestion");
    customer->redial = rng_purpose("redial");
    customer->returns = rng_purpose("false containment");
    customer->regulation = rng_purpose("regulated");
    customer->updates = rng_purpose("status updates");
}

void compile_customer(struct compiler *compiler)
{
    struct plan_customer       *customer = TAKE(compiler, 1, struct plan_customer);
    const struct reopens_given *contained = &compiler->given->self_service.contained;
    if (!customer)
        return;
    compile_attempts(compiler, customer);
    compile_redials(compiler, customer);
    customer->contained =
        (struct plan_later){ contained->share, make_time(compiler, &contained->delay) };
    customer->comes_back |= contained->share > 0;
    compile_requests(compiler, customer);
    compile_congestion(compiler, customer);
    compile_clearance(compiler, customer);
    compile_reasons(compiler, customer);
    name_purposes(customer);
    compile_aftercare(compiler, customer);
    compile_offers(compiler, customer);
    customer->in_use |= customer->comes_back || customer->offers || customer->requests.asked ||
                        customer->updated_share > 0;
    if (!customer->in_use)
        return;
    compiler->plan->customer = customer;
    compiler->plan->returns |= customer->comes_back; /* … and is handed over as before */
    compiler->plan->stories = true;
}
