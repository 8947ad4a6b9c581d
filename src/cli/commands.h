/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/commands.h - the commands; each returns the exit code of the program. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/options.h"

/* argc and argv are written to the manifest of the results folder. */
enum exit_code cmd_run(const struct options *options, int argc, char **argv);
enum exit_code cmd_compare(const struct options *options, int argc, char **argv);
enum exit_code cmd_sweep(const struct options *options, int argc, char **argv);
enum exit_code cmd_select(const struct options *options, int argc, char **argv);
enum exit_code cmd_empower(const struct options *options, int argc, char **argv);
enum exit_code cmd_size(const struct options *options, int argc, char **argv);
enum exit_code cmd_stress(const struct options *options, int argc, char **argv);
enum exit_code cmd_schedule(const struct options *options, int argc, char **argv);
enum exit_code cmd_trace(const struct options *options);
enum exit_code cmd_new(const struct options *options);
enum exit_code cmd_validate(const struct options *options);
enum exit_code cmd_explain(const struct options *options);
enum exit_code cmd_schema(const struct options *options);
enum exit_code cmd_version(const struct options *options);
enum exit_code cmd_help(const struct options *options);

#endif
