/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/team.h - a pool whose agents are named.
 *
 * Each agent of a roster becomes a pool of one, with what the pool says and what differs for that
 * agent; from then on there is no roster any more. So selections, rules, authority and results see
 * the agent, by the one mechanism that there is for agents who differ. What is left of the pool is
 * its name, as a team: contacts that are sent to it wait for any of its agents.
 */
#ifndef MODEL_TEAM_H
#define MODEL_TEAM_H

#include <stdbool.h>

struct list;
struct pool_given;
struct reader;

/* Puts the agents of rosters in the place of their pools (a list of struct pool_given). False when
 * a problem was reported. */
bool teams_make(struct reader *reader, struct list *pools);

/* Puts the agents of CSV files in the place of the lines of a pool's roster that name them
 * (roster_csv.c). */
bool roster_read_files(struct reader *reader, struct pool_given *pool);

#endif
