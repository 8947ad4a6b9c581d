/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/apply.h - writing a scenario with what was found for it. */
#ifndef CLI_APPLY_H
#define CLI_APPLY_H

#include <tiersim/scenario.h>

#include "cli/options.h"

/* Writes the scenario with these settings made, whole or not at all. What goes wrong is told. */
enum exit_code apply_settings(const char *path, const struct tsim_scenario *scenario,
                              const char *settings);

#endif
