/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer's side of a scenario, from names to indices. */
#include "model/plan_customer.h"

#include "model/plan_impl.h"

static void compile_waits(struct compiler *compiler, const struct waits_given *given,
                          struct plan_attempt *attempt)
{
    attempt->waits = (struct plan_later){ given->share, make_time(compiler, &given->delay) };
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
    for (size_t i = 0; i < n; i++)
        customer->comes_back |= attempts[i].waits.share > 0 || attempts[i].reopens.share > 0;
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
                                           make_time(compiler, &given->delay), given->most };
        customer->comes_back |= given->at != NULL;
    }
    customer->redials = redials;
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
    customer->waits = rng_purpose("waits on customer");
    customer->reopens = rng_purpose("reopens");
    customer->redial = rng_purpose("redial");
    customer->returns = rng_purpose("false containment");
    if (!customer->comes_back)
        return;
    compiler->plan->customer = customer;
    compiler->plan->stories = true;
}
