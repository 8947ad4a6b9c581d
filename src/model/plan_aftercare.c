/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows a contact, from names to indices. */
#include "model/plan_customer.h"

#include "model/plan_impl.h"

static void compile_follow_up(struct compiler *compiler, struct plan_customer *customer)
{
    const struct follow_up_given *given = &compiler->given->follow_up;
    customer->follow_up = (struct plan_follow_up){
        .later = { given->share, make_time(compiler, &given->delay) },
        .work = make_time(compiler, &given->work),
        .reduces = given->reduces,
        .raises = given->raises,
        .queue = NONE,
    };
    compiler->plan->follow_up_cost = given->cost;
    customer->in_use |= given->share > 0;
    if (!given->by)
        return;
    customer->follow_up.queue =
        find_pool_queue(compiler, given->by, json_member(given->at, "by"));
}

static void compile_chasing(struct compiler *compiler, struct plan_customer *customer)
{
    const struct chasing_given *given = &compiler->given->chasing;
    if (!given->at)
        return;
    const uint32_t queue = find_pool_queue(compiler, given->by, json_member(given->at, "by"));
    customer->chasing = (struct plan_chasing){
        .share = queue == NONE ? 0 : given->share,
        .every = make_time(compiler, &given->every),
        .work = make_time(compiler, &given->work),
        .queue = queue,
        .most = given->most,
    };
    customer->in_use |= given->share > 0;
}

static void compile_satisfaction(struct compiler *compiler, struct plan_customer *customer)
{
    const struct satisfaction_given *given = &compiler->given->satisfaction;
    customer->satisfaction = (struct plan_satisfaction){
        .asked = given->at != NULL,
        .escalates = given->at != NULL && has_rules(compiler->plan, TRIGGER_satisfaction),
        .start = given->start,
        .per_wait_s = given->per_wait_minute / 60,
        .per_transfer = given->per_transfer,
        .per_repeat = given->per_repeat,
        .breach = given->breach,
        .unresolved = given->unresolved,
        .spread = given->spread,
        .answers = given->answers,
        .threshold = given->threshold,
        .delay = make_time(compiler, &given->delay),
    };
    customer->in_use |= given->at != NULL;
}

static void compile_churn(struct compiler *compiler, struct plan_customer *customer)
{
    const struct churn_given   *given = &compiler->given->churn;
    const struct segment_given *segments = compiler->given->segments.at;
    double                     *value = TAKE(compiler, compiler->plan->n_segments, double);
    customer->churn = (struct plan_churn){
        .drawn = given->at != NULL,
        .base = hazard_of(given->base),
        .per_wait_s = given->per_wait_hour / 3600,
        .per_transfer = given->per_transfer,
        .breach = given->breach,
        .abandoned = given->abandoned,
        .unresolved = given->unresolved,
    };
    for (uint32_t i = 0; value && i < compiler->given->segments.n; i++)
        value[i] = segments[i].value;
    customer->value = value;
    customer->in_use |= given->at != NULL;
}

static void compile_need(struct compiler *compiler, struct plan_customer *customer)
{
    const struct issue_given *issues = compiler->given->issues.at;
    double                   *unneeded = TAKE(compiler, compiler->plan->n_issues, double);
    for (uint32_t i = 0; unneeded && i < compiler->given->issues.n; i++) {
        unneeded[i] = issues[i].unneeded;
        customer->in_use |= unneeded[i] > 0;
    }
    customer->unneeded = unneeded;
}

void compile_aftercare(struct compiler *compiler, struct plan_customer *customer)
{
    compile_chasing(compiler, customer);
    compile_follow_up(compiler, customer);
    compile_satisfaction(compiler, customer);
    compile_churn(compiler, customer);
    compile_need(compiler, customer);
    customer->follows = rng_purpose("follow-up");
    customer->survey = rng_purpose("survey");
    customer->answer = rng_purpose("answer");
    customer->leaves = rng_purpose("churn");
    customer->need = rng_purpose("unneeded");
    customer->chases = rng_purpose("chasing");
}
