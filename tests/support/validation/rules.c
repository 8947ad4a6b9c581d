/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/validation/rules.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* One tier "L1", one pool "agents"; several tiers "L1", "L2", "L3". */
#define TIER "tier.L1."
#define OFFERED "tier.L#.offered_per_day"
#define ALL "desk.desk.contacts_per_day"
#define IN_TIME "tier.L#.service_level_strict*" OFFERED
#define LEFT_IN_TIME "tier.L#.abandoned_in_time_share*" OFFERED
#define WAITS "tier.L1.wait_mean*tier.L1.answered_share*tier.L1.offered_per_day"

static const char given[] = "given, not found";
static const char variance[] = "no measure of a variance of waits";
static const char little[] = "the queue of one class: by Little's law the same as its mean wait";
static const char phases[] = "no measure of one phase of the work";
static const char seen_by_time[] = "no measure of the time that all are busy together";
static const char theory[] = "a value of the theory, not of a run";
static const char cost_of_work[] = "no cost per contact handled";
static const char for_1000_days[] = "limits for 1,000 days; here the days are more";

static const struct rule rules[] = {
    /* ---- printed by another simulator */
    { "PS", "served_mean", ESTIMATE, PER_RUN, "fate.L1.per_day", 0, NULL },
    { "PS", "abandoned_mean", ESTIMATE, PER_RUN, "fate.abandoned.per_day", 0, NULL },
    { "PS", "SL2", ESTIMATE, AS_IS, TIER "service_level_excluding_early", 0, NULL },
    { "PS", "occupancy_group0", NOT_MEASURED, AS_IS,
      "theirs is until the last contact has gone, ours until closing", 0, NULL },

    /* ---- what no run reports */
    { "EC GS", "Var_W", NOT_MEASURED, AS_IS, variance, 0, NULL },
    { "GS", "E_V", NOT_MEASURED, AS_IS, "no measure of the wait of those who would not give up", 0,
      NULL },
    { "PR SB", "E_Q_#", NOT_MEASURED, AS_IS, little, 0, NULL },
    { "PH", "util_phase#", NOT_MEASURED, AS_IS, phases, 0, NULL },
    { "PA", "P_all_busy_time", NOT_MEASURED, AS_IS, seen_by_time, 0, NULL },
    { "JN", "P_all_tiers_fully_busy", NOT_MEASURED, AS_IS, seen_by_time, 0, NULL },
    { "EM", "E_X", NOT_MEASURED, AS_IS, given, 0, NULL },
    { "EM", "E_handling", NOT_MEASURED, AS_IS, cost_of_work, 0, NULL },
    { "EM", "E_total_cost", NOT_MEASURED, AS_IS, cost_of_work, 0, NULL },
    { "EM", "E_cost_with_waiting", NOT_MEASURED, AS_IS, cost_of_work, 0, NULL },
    { "EM", "L1_optimal", NOT_MEASURED, AS_IS, theory, 0, NULL },
    { "TW", "P_block_1", NOT_MEASURED, AS_IS, "too rare to be seen", 0, NULL },
    { "GK", "F", NOT_MEASURED, AS_IS, given, 0, NULL },
    { "GK", "best/cost_rate", NOT_MEASURED, AS_IS, cost_of_work, 0, NULL },
    { "TV", "periods/#/start", NOT_MEASURED, AS_IS, given, 0, NULL },
    { "AR-01", "quantiles_5_50_95/#", NOT_MEASURED, AS_IS,
      "whole numbers; P_N_le_mean and the variance tell the same law", 0, NULL },
    { "AR-01", "interval_co", NOT_MEASURED, AS_IS, "the variance of the day holds it", 0, NULL },
    { "AR-01", "dispersion_index", NOT_MEASURED, AS_IS, "the variance over the mean", 0, NULL },
    { "AR-03", "dispersion_region", NOT_MEASURED, AS_IS, for_1000_days, 0, NULL },
    { "AR-03", "mean_region", NOT_MEASURED, AS_IS, for_1000_days, 0, NULL },
    { "AR-03", "thinning_acceptance", NOT_MEASURED, AS_IS, "arrivals are not made by thinning", 0,
      NULL },

    /* ---- the number there at a time */
    { "GS-08", "E_N_stationary", ESTIMATE, AS_IS, "desk.desk.backlog_end", 0, NULL },
    { "GS-08", "Var_N_stationary", VARIANCE, AS_IS, "desk.desk.backlog_end", 0, NULL },
    { "GS-08", "P_N_ge_n", AT_LEAST, AS_IS, "desk.desk.backlog_end", 35, NULL },
    { "GS", "E_N_at_$", ESTIMATE, AS_IS, "desk.desk.backlog_end", 0, "length=$ min" },
    { "GS", "Var_N_at_$", VARIANCE, AS_IS, "desk.desk.backlog_end", 0, "length=$ min" },

    /* ---- counts of arrivals */
    { "AR-01", "mean", ESTIMATE, PER_RUN, ALL, 0, NULL },
    { "AR-01", "var", VARIANCE, PER_RUN, ALL, 0, NULL },
    { "AR-01", "P_N_le_mean", AT_MOST, PER_RUN, ALL, 1660, NULL },
    { "AR-01", "interval_mean/$", ESTIMATE, AS_IS, "interval.[$].arrivals", 0, NULL },
    { "AR-01", "interval_var/$", SCATTER, AS_IS, "interval.[$].arrivals", 0.6, NULL },
    { "AR-03", "bin_mean/$", ESTIMATE, AS_IS, "interval.[~].arrivals", 0, "~" },
    { "AR-03", "bin_var/$", SCATTER, AS_IS, "interval.[~].arrivals", 0, "~" },
    { "AR-03", "total", ESTIMATE, PER_RUN, ALL, 0, NULL },

    /* ---- days: per period of arrival, per period of the clock, whole */
    { "TV", "periods/$/offered", ESTIMATE, AS_IS, "tier_interval.[~].offered", 0, "~" },
    { "TV", "periods/$/P_wait", ESTIMATE, AS_IS, "tier_interval.[~].delayed_share", 0, "~" },
    { "TV", "periods/$/P_ab_cohort", ESTIMATE, AS_IS, "tier_interval.[~].abandoned_share", 0, "~" },
    { "TV", "periods/$/SL1", ESTIMATE, AS_IS, "tier_interval.[~].service_level_strict", 0, "~" },
    /* Nobody gives up in TV-15: all service levels are the strict one, with those turned away. */
    { "TV-15", "periods/$/SL#", ESTIMATE, AS_IS, "tier_interval.[~].service_level_strict", 0, "~" },
    { "TV-15", "day/SL#", ESTIMATE, AS_IS, TIER "service_level_strict", 0, NULL },
    { "TV", "periods/$/SL2", ESTIMATE, AS_IS, "tier_interval.[~].service_level_excluding_early", 0,
      "~" },
    { "TV", "periods/$/SL3", ESTIMATE, AS_IS, "tier_interval.[~].service_level_with_abandoned", 0,
      "~" },
    { "TV", "periods/$/abandoned_events", ESTIMATE, AS_IS, "tier_interval.[~].abandonments", 0,
      "~" },
    { "TV", "periods/$/int_queue", ESTIMATE, OVER_INTERVAL, "tier_interval.[~].queue_mean", 0,
      "~" },
    { "TV", "periods/$/int_busy", ESTIMATE, OVER_INTERVAL, "tier_interval.[~].busy", 0, "~" },
    { "TV", "periods/$/int_over", ESTIMATE, OVER_INTERVAL, "tier_interval.[~].overtime", 0, "~" },
    { "TV", "periods/$/util_scheduled", ESTIMATE, AS_IS, "tier_interval.[~].occupancy_scheduled",
      0, "~" },
    { "TV", "periods/$/util_paid", ESTIMATE, AS_IS, "tier_interval.[~].occupancy", 0, "~" },
    /* Who gives up after an interruption had an answer: a contact that gave up, not its visit. */
    { "TV-05", "day/abandoned", RATIO, PER_RUN,
      "tier.L1.abandoned_share*tier.L1.offered_per_day / 1", 0, NULL },
    { "TV", "day/offered", ESTIMATE, PER_RUN, ALL, 0, NULL },
    { "TV", "day/SL1", ESTIMATE, AS_IS, TIER "service_level_strict", 0, NULL },
    { "TV", "day/SL2", ESTIMATE, AS_IS, TIER "service_level_excluding_early", 0, NULL },
    { "TV", "day/SL3", ESTIMATE, AS_IS, TIER "service_level_with_abandoned", 0, NULL },
    { "TV", "day/P_wait", ESTIMATE, AS_IS, TIER "delayed_share", 0, NULL },
    { "TV", "day/P_ab", ESTIMATE, AS_IS, TIER "abandoned_share", 0, NULL },
    /* The wait of TV-15 is divided by all contacts, those turned away included. */
    { "TV-15", "day/E_W", RATIO, IN_UNITS, WAITS " / tier.L1.offered_per_day", 0, NULL },
    { "TV", "day/E_W", ESTIMATE, IN_UNITS, TIER "wait_all_mean", 0, NULL },
    { "TV", "day/abandoned", ESTIMATE, PER_RUN, "fate.abandoned.per_day", 0, NULL },
    { "TV", "day/sd_abandoned", DEVIATION, PER_RUN, "fate.abandoned.per_day", 0, NULL },
    { "TV", "day/blocked", ESTIMATE, PER_RUN, "fate.blocked.per_day", 0, NULL },
    { "TV", "day/int_busy_open", ESTIMATE, OVER_RUN, TIER "busy_mean", 0, NULL },
    { "TV", "day/overtime_agent_time", ESTIMATE, UNITS_PER_RUN, TIER "overtime_per_day", 0, NULL },
    { "TV", "day/util_scheduled", ESTIMATE, AS_IS, TIER "occupancy_scheduled", 0, NULL },
    { "TV", "day/util_paid", ESTIMATE, AS_IS, TIER "occupancy", 0, NULL },
    { "TV", "day/E_queue_at_close", ESTIMATE, AS_IS, TIER "queue_end", 0, NULL },
    { "TV", "day/E_busy_at_close", RATIO, AS_IS, "desk.desk.backlog_end - " TIER "queue_end", 0,
      NULL },
    { "TV", "day/drain_int_queue", ESTIMATE, UNITS_PER_RUN, TIER "drain_wait_per_day", 0, NULL },
    { "TV", "day/drain_int_busy", ESTIMATE, UNITS_PER_RUN, TIER "drain_busy_per_day", 0, NULL },
    { "TV", "day/drain_abandoned", ESTIMATE, PER_RUN, TIER "drain_abandoned_per_day", 0, NULL },

    /* ---- those leave who were named beforehand */
    { "TV-11", "E_busy_leavers_at_t1", NOT_MEASURED, AS_IS,
      "the number busy at an instant; overtime is that times the mean handling time", 0, NULL },
    { "TV-11", "E_overtime_total", NOT_MEASURED, AS_IS,
      "with what comes after the second hour, 4 millionths", 0, NULL },
    { "TV-11", "E_overtime_in_[t1,H]", ESTIMATE, UNITS_PER_RUN, TIER "overtime_per_day", 0, NULL },
    { "TV-11", "P_wait_1", ESTIMATE, AS_IS, "tier_interval.[0].delayed_share", 0, NULL },
    { "TV-11", "P_wait_2", ESTIMATE, AS_IS, "tier_interval.[1].delayed_share", 0, NULL },
    { "TV-11", "abandoned_1", ESTIMATE, AS_IS, "tier_interval.[0].abandonments", 0, NULL },
    { "TV-11", "abandoned_2", ESTIMATE, AS_IS, "tier_interval.[1].abandonments", 0, NULL },
    { "TV-11", "int_busy_1", ESTIMATE, OVER_INTERVAL, "tier_interval.[0].busy", 0, NULL },
    { "TV-11", "int_busy_2", ESTIMATE, OVER_INTERVAL, "tier_interval.[1].busy", 0, NULL },
    { "TV-11", "E_busy_B_at_H", RATIO, AS_IS, "desk.desk.backlog_end - " TIER "queue_end", 0,
      NULL },
    { "TV-11", "E_queue_at_H", ESTIMATE, AS_IS, TIER "queue_end", 0, NULL },

    /* ---- 13 hours: divided by the 1,660 contacts expected */
    { "TV-13", "E_arrivals", ESTIMATE, PER_RUN, ALL, 0, NULL },
    { "TV-13", "SD_arrivals", DEVIATION, PER_RUN, ALL, 0, NULL },
    { "TV-13", "E_wait_time_total_over_expected", RATIO, AS_IS,
      WAITS " + tier.L1.wait_abandoned_mean*tier.L1.abandoned_share*tier.L1.offered_per_day"
      " / 1660", 0, NULL },
    { "TV-13", "SL3_over_expected", RATIO, AS_IS,
      "tier.L1.service_level_strict*tier.L1.offered_per_day + "
      "tier.L1.abandoned_in_time_share*tier.L1.offered_per_day / 1660", 0, NULL },
    { "TV-13", "SL1_over_expected", RATIO, AS_IS,
      "tier.L1.service_level_strict*tier.L1.offered_per_day / 1660", 0, NULL },
    { "TV-13", "lost_over_expected", RATIO, AS_IS,
      "tier.L1.abandoned_share*tier.L1.offered_per_day / 1660", 0, NULL },

    /* ---- skills and priorities: class k is issue type k, pool k is pool k */
    { "SB PR", "P_wait_#", ESTIMATE, AS_IS, "tier_issue.L1/#.delayed_share", 0, NULL },
    { "SB PR", "P_ab_#", ESTIMATE, AS_IS, "tier_issue.L1/#.abandoned_share", 0, NULL },
    { "SB PR", "E_W_#", ESTIMATE, IN_UNITS, "tier_issue.L1/#.wait_all_mean", 0, NULL },
    { "PR", "E_W_all", ESTIMATE, IN_UNITS, TIER "wait_all_mean", 0, NULL },
    { "SB-01", "SL1_2", ESTIMATE, AS_IS, "tier_issue.L1/2.service_level_strict", 0,
      "answer_within=1 min" },
    { "SB-01", "SL2_2", ESTIMATE, AS_IS, "tier_issue.L1/2.service_level_excluding_early", 0,
      "answer_within=1 min" },
    { "SB-01", "SL3_2", ESTIMATE, AS_IS, "tier_issue.L1/2.service_level_with_abandoned", 0,
      "answer_within=1 min" },
    { "SB-03", "SL1_2", ESTIMATE, AS_IS, "tier_issue.L1/2.service_level_strict", 0,
      "answer_within=45 s" },
    { "SB-03", "SL2_2", ESTIMATE, AS_IS, "tier_issue.L1/2.service_level_excluding_early", 0,
      "answer_within=45 s" },
    { "SB-03", "SL3_2", ESTIMATE, AS_IS, "tier_issue.L1/2.service_level_with_abandoned", 0,
      "answer_within=45 s" },
    { "SB PR", "SL1_#", ESTIMATE, AS_IS, "tier_issue.L1/#.service_level_strict", 0, NULL },
    { "SB PR", "SL2_#", ESTIMATE, AS_IS, "tier_issue.L1/#.service_level_excluding_early", 0, NULL },
    { "SB PR", "SL3_#", ESTIMATE, AS_IS, "tier_issue.L1/#.service_level_with_abandoned", 0, NULL },
    { "SB", "share_#_pool%", ESTIMATE, AS_IS, "pool_issue.%/#.started_of_offered_contacts", 0,
      NULL },
    { "SB DV", "util_#", ESTIMATE, AS_IS, "pool.#.occupancy", 0, NULL },

    /* ---- contacts that come back to the line */
    { "DV", "E_resolution_time", ESTIMATE, IN_UNITS, "desk.desk.resolution_mean", 0, NULL },
    { "DV", "calls_per_contact", RATIO, AS_IS, TIER "offered_per_day / " ALL, 0, NULL },
    { "DV", "P_wait_per_call", ESTIMATE, AS_IS, TIER "delayed_share", 0, NULL },
    { "DV", "resolved_share_#", RATIO, AS_IS, "pool.#.resolved_per_day / " ALL, 0, NULL },

    /* ---- redials: a visit is an attempt, a contact a customer */
    { "RT", "attempt_rate", ESTIMATE, PER_UNIT, "tier.L1.offered_per_day", 0, NULL },
    { "RT", "P_wait_per_attempt", ESTIMATE, AS_IS, TIER "delayed_share", 0, NULL },
    { "RT", "P_ab_per_attempt", ESTIMATE, AS_IS, TIER "abandoned_share", 0, NULL },
    { "RT", "lost_share_of_fresh", ESTIMATE, AS_IS, "desk.desk.abandoned_share", 0, NULL },
    { "RT", "served_share_of_fresh", ESTIMATE, AS_IS, "desk.desk.human_resolved_share", 0, NULL },
    { "RT", "E_orbit", ESTIMATE, AS_IS, "desk.desk.redialling_mean", 0, NULL },
    { "RT", "E_time_in_orbit", ESTIMATE, IN_UNITS, "desk.desk.redial_time_mean", 0, NULL },
    { "RT", "E_W_per_attempt", ESTIMATE, IN_UNITS, TIER "wait_all_mean", 0, NULL },
    { "RT", "SL1_per_attempt", ESTIMATE, AS_IS, TIER "service_level_strict", 0, NULL },
    { "RT", "redials_per_fresh", ESTIMATE, AS_IS, "desk.desk.redials_mean", 0, NULL },
    { "RT", "P_block_fresh", ESTIMATE, AS_IS, "desk.desk.blocked_first_share", 0, NULL },

    /* ---- call-backs, and those who hold the line */
    { "CB", "P_callback", ESTIMATE, AS_IS, TIER "call_back_share", 0, NULL },
    { "CB", "P_wait_live", ESTIMATE, AS_IS, TIER "live_delayed_share", 0, NULL },
    { "CB", "P_ab_of_offered", ESTIMATE, AS_IS, TIER "abandoned_share", 0, NULL },
    { "CB", "P_ab_live", ESTIMATE, AS_IS, TIER "live_abandoned_share", 0, NULL },
    { "CB", "E_W_live", ESTIMATE, IN_UNITS, TIER "live_wait_all_mean", 0, NULL },
    { "CB", "E_Q_live", RATIO, AS_IS,
      "tier.L1.queue_mean - tier.L1.call_backs_waiting_mean", 0, NULL },
    { "CB", "E_Q_callback", ESTIMATE, AS_IS, TIER "call_backs_waiting_mean", 0, NULL },
    { "CB", "E_W_callback", ESTIMATE, IN_UNITS, TIER "call_back_wait_mean", 0, NULL },

    /* ---- direct contacts to L2: issue types e (escalated) and d */
    { "TD", "offered_rate_e", ESTIMATE, PER_UNIT, "tier_issue.L2/e.offered_per_day", 0, NULL },
    { "TD", "P_wait_e", ESTIMATE, AS_IS, "tier_issue.L2/e.delayed_share", 0, NULL },
    { "TD", "P_ab_e", ESTIMATE, AS_IS, "tier_issue.L2/e.abandoned_share", 0, NULL },
    { "TD", "E_W_e", ESTIMATE, IN_UNITS, "tier_issue.L2/e.wait_all_mean", 0, NULL },
    { "TD", "offered_rate_d", ESTIMATE, PER_UNIT, "tier_issue.L2/d.offered_per_day", 0, NULL },
    { "TD", "P_wait_d", ESTIMATE, AS_IS, "tier_issue.L2/d.delayed_share", 0, NULL },
    { "TD", "P_ab_d", ESTIMATE, AS_IS, "tier_issue.L2/d.abandoned_share", 0, NULL },
    { "TD", "E_W_d", ESTIMATE, IN_UNITS, "tier_issue.L2/d.wait_all_mean", 0, NULL },

    /* ---- authority */
    { "EM", "settled_share/#", ESTIMATE, AS_IS, "tier.L@.resolved_of_offered_contacts", 0, NULL },
    { "EM", "handled_share/#", RATIO, AS_IS, "tier.L@.offered_per_day / " ALL, 0, NULL },
    { "EM", "E_paid_per_contact_by_tier/#", RATIO, AS_IS,
      "pool.L@-agents.concessions_per_day / " ALL, 0, NULL },
    { "EM", "E_concession", ESTIMATE, AS_IS, "issue.refund.concession_mean", 0, NULL },

    /* ---- agents who hold are as many as contacts wait in L2 */
    { "TW", "E_hold_1", ESTIMATE, AS_IS, "tier.L2.queue_mean", 0, NULL },
    { "TW", "util_1_total", ESTIMATE, AS_IS, "tier.L1.occupancy_scheduled", 0, NULL },
    { "TW", "util_1_talk", RATIO, AS_IS,
      "tier.L1.busy_mean - tier.L2.queue_mean / tier.L1.agents_mean", 0, NULL },
    { "TW GK", "esc_rate", ESTIMATE, PER_UNIT, "tier.L2.offered_per_day", 0, NULL },

    /* ---- gatekeepers: what is too hard to try is looked at (triage) and lacks the skill */
    { "GK", "best/E_W_#", ESTIMATE, IN_UNITS, "tier.L#.wait_all_mean", 0, NULL },
    { "GK", "referral_share", ESTIMATE, AS_IS, "tier.L1.escalated_skill_share", 0, NULL },
    { "GK", "mistreated_share", RATIO, AS_IS,
      "tier.L1.escalated_complexity_share*tier.L1.answered_share*tier.L1.offered_per_day / " ALL, 0,
      NULL },

    /* ---- tiers; with places that run out, those turned away are in N */
    { "T3-03", "SL2_#", RATIO, AS_IS, IN_TIME " / " OFFERED " - " LEFT_IN_TIME, 0, NULL },
    { "T3", "blocked_share_#", RATIO, AS_IS, "tier.L#.blocked_share*" OFFERED " / " ALL, 0, NULL },
    { "", "offered_rate_#", ESTIMATE, PER_UNIT, OFFERED, 0, NULL },
    { "", "throughputs/#", ESTIMATE, PER_UNIT, "tier.L@.offered_per_day", 0, NULL },
    { "", "P_wait_#", ESTIMATE, AS_IS, "tier.L#.delayed_share", 0, NULL },
    { "", "P_block_#", ESTIMATE, AS_IS, "tier.L#.blocked_share", 0, NULL },
    { "", "P_ab_#", ESTIMATE, AS_IS, "tier.L#.abandoned_share", 0, NULL },
    { "", "E_W_#", ESTIMATE, IN_UNITS, "tier.L#.wait_all_mean", 0, NULL },
    { "", "E_W_served_#", ESTIMATE, IN_UNITS, "tier.L#.wait_mean", 0, NULL },
    { "", "E_Q_#", ESTIMATE, AS_IS, "tier.L#.queue_mean", 0, NULL },
    { "", "util_#", ESTIMATE, AS_IS, "tier.L#.occupancy_scheduled", 0, NULL },
    { "", "SL1_#", ESTIMATE, AS_IS, "tier.L#.service_level_strict", 0, NULL },
    { "", "SL2_#", ESTIMATE, AS_IS, "tier.L#.service_level_excluding_early", 0, NULL },
    { "", "resolved_share_#", ESTIMATE, AS_IS, "tier.L#.resolved_of_offered_contacts", 0, NULL },
    { "", "abandoned_share_#", ESTIMATE, AS_IS, "tier.L#.abandoned_of_offered_contacts", 0, NULL },
    { "", "E_sojourn", ESTIMATE, IN_UNITS, "desk.desk.sojourn_mean", 0, NULL },
    { "", "E_N_total", ESTIMATE, AS_IS, "desk.desk.backlog_mean", 0, NULL },

    /* ---- one tier */
    { "EA-07 EK", "SL2", RATIO, AS_IS,
      "tier.L1.service_level_strict*tier.L1.offered_per_day / tier.L1.offered_per_day - "
      "tier.L1.abandoned_in_time_share*tier.L1.offered_per_day", 0, NULL },
    { "EA-07 EK", "SL3", RATIO, AS_IS,
      "tier.L1.service_level_strict*tier.L1.offered_per_day + "
      "tier.L1.abandoned_in_time_share*tier.L1.offered_per_day / tier.L1.offered_per_day", 0,
      NULL },
    { "", "P_wait", ESTIMATE, AS_IS, TIER "delayed_share", 0, NULL },
    { "", "sigma", ESTIMATE, AS_IS, TIER "delayed_share", 0, NULL },
    { "", "P_block", ESTIMATE, AS_IS, TIER "blocked_share", 0, NULL },
    { "", "P_ab", ESTIMATE, AS_IS, TIER "abandoned_share", 0, NULL },
    { "", "P_ab_given_wait", RATIO, AS_IS,
      "tier.L1.abandoned_share*tier.L1.offered_per_day / "
      "tier.L1.delayed_share*tier.L1.offered_per_day", 0, NULL },
    { "", "E_W", ESTIMATE, IN_UNITS, TIER "wait_all_mean", 0, NULL },
    { "", "E_W_served", ESTIMATE, IN_UNITS, TIER "wait_mean", 0, NULL },
    { "", "E_W_ab", ESTIMATE, IN_UNITS, TIER "wait_abandoned_mean", 0, NULL },
    { "", "E_W_given_wait", RATIO, IN_UNITS,
      WAITS " / tier.L1.delayed_share*tier.L1.offered_per_day", 0, NULL },
    { "", "W_q90", ESTIMATE, IN_UNITS, TIER "wait_p90", 0, NULL },
    { "", "E_Q", ESTIMATE, AS_IS, TIER "queue_mean", 0, NULL },
    { "", "E_B", ESTIMATE, AS_IS, TIER "busy_mean", 0, NULL },
    { "", "E_N", ESTIMATE, AS_IS, "desk.desk.backlog_mean", 0, NULL },
    { "", "util", ESTIMATE, AS_IS, TIER "occupancy_scheduled", 0, NULL },
    { "", "served_rate", ESTIMATE, PER_UNIT, "pool.agents.started_per_day", 0, NULL },
    { "", "arrival_rate", ESTIMATE, PER_UNIT, ALL, 0, NULL },
    { "", "SL1", ESTIMATE, AS_IS, TIER "service_level_strict", 0, NULL },
    { "", "SL2", ESTIMATE, AS_IS, TIER "service_level_excluding_early", 0, NULL },
    { "", "SL3", ESTIMATE, AS_IS, TIER "service_level_with_abandoned", 0, NULL },
    { "", "SL4", ESTIMATE, AS_IS, TIER "service_level_of_answered", 0, NULL },
};

/* Periods of unequal width: runs with report intervals as wide as the period, which is then the
 * given interval; what comes after it changes nothing in it, so the run may end there. */
static const struct window {
    const char *id;
    int         period;
    const char *edit;
    int         interval;
} windows[] = {
    { "TV-16", 0, "interval=5 min,length=10 min,replications=90000", 0 },
    { "TV-16", 1, "interval=5 min,length=10 min,replications=90000", 1 },
    { "TV-16", 2, "interval=10 min,length=20 min,replications=24000", 1 },
    { "TV-16", 3, "interval=20 min,length=40 min,replications=14000", 1 },
    { "TV-16", 4, "interval=40 min,length=80 min,replications=9000", 1 },
    { "TV-16", 5, "", 1 },
    { "AR-03", 3, "interval=30 min", 2 },
    { "AR-03", 4, "interval=30 min", 3 },
};

/* What the wildcards of a pattern stand for. */
struct wild {
    char first, second; /* # and % */
    int  number;        /* $       */
};

static bool begins_with_one(const char *id, const char *words)
{
    if (words[0] == '\0')
        return true;
    for (const char *word = words; word; word = strchr(word, ' ')) {
        word += *word == ' ';
        if (strncmp(id, word, strcspn(word, " ")) == 0)
            return true;
    }
    return false;
}

/* Whether a name fits; one that only continues does when nothing of it is measured. */
static bool fits(const char *name, const char *pattern, bool beginning, struct wild *wild)
{
    for (; *pattern; pattern++) {
        if (*pattern == '#' || *pattern == '%') {
            if (!isdigit((unsigned char)*name))
                return false;
            *(*pattern == '#' ? &wild->first : &wild->second) = *name++;
        } else if (*pattern == '$') {
            if (!isdigit((unsigned char)*name))
                return false;
            for (wild->number = 0; isdigit((unsigned char)*name); name++)
                wild->number = wild->number * 10 + (*name - '0');
        } else if (*pattern != *name++) {
            return false;
        }
    }
    return beginning || *name == '\0';
}

static void fill(const char *from, const struct wild *wild, int interval, char *to, size_t size)
{
    size_t n = 0;
    for (; *from && n + 12 < size; from++) {
        if (*from == '#')
            to[n++] = wild->first;
        else if (*from == '%')
            to[n++] = wild->second;
        else if (*from == '@')
            to[n++] = (char)(wild->first + 1);
        else if (*from == '$' || *from == '~')
            n += (size_t)snprintf(to + n, size - n, "%d", *from == '$' ? wild->number : interval);
        else
            to[n++] = *from;
    }
    to[n] = '\0';
}

bool rule_match(const char *id, const char *name, struct rule_match *match)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct wild        wild = { '?', '?', 0 };
        const struct rule *rule = &rules[i];
        if (!begins_with_one(id, rule->ids) ||
            !fits(name, rule->name, rule->kind == NOT_MEASURED, &wild))
            continue;
        const struct window *window = NULL;
        for (size_t w = 0; w < sizeof windows / sizeof *windows && !window; w++)
            if (strcmp(windows[w].id, id) == 0 && windows[w].period == wild.number)
                window = &windows[w];
        match->rule = rule;
        fill(rule->where, &wild, window ? window->interval : wild.number, match->where,
             sizeof match->where);
        if (rule->edit && rule->edit[0] == '~')
            snprintf(match->edit, sizeof match->edit, "%s", window ? window->edit : "");
        else
            fill(rule->edit ? rule->edit : "", &wild, 0, match->edit, sizeof match->edit);
        return true;
    }
    return false;
}
