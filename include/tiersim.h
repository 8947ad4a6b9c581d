/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim.h - the whole public library in one include.
 *
 * tiersim simulates escalation staffing: tiers of support with skills, authority
 * limits and SLA clocks. Load a scenario, run it, read or write the result:
 *
 *     struct tsim_problems *problems = tsim_problems_new();
 *     struct tsim_scenario *scenario = tsim_scenario_load("desk.json", problems);
 *     struct tsim_result   *result   = scenario ? tsim_run(scenario, NULL, problems) : NULL;
 *     if (result)
 *         tsim_report_screen(result, NULL, stdout);
 *     tsim_problems_print(problems, stderr, 0);
 *     tsim_result_free(result);
 *     tsim_scenario_free(scenario);
 *     tsim_problems_free(problems);
 */
#ifndef TIERSIM_H
#define TIERSIM_H

#include <tiersim/catalog.h>
#include <tiersim/compare.h>
#include <tiersim/empower.h>
#include <tiersim/matrix.h>
#include <tiersim/problem.h>
#include <tiersim/report.h>
#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/scenario.h>
#include <tiersim/schedule.h>
#include <tiersim/select.h>
#include <tiersim/levers.h>
#include <tiersim/size.h>
#include <tiersim/stress.h>
#include <tiersim/study.h>
#include <tiersim/sweep.h>
#include <tiersim/trace.h>

#endif
