/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/folder.h - the folder for results. */
#ifndef CLI_FOLDER_H
#define CLI_FOLDER_H

#include <stdbool.h>

/* Makes the folder and its parents before the run, so that a bad name is told at once, and locks it
 * until the program ends: two runs into one folder would mix their files. False, with the reason on
 * standard error, when it cannot be written to or another run has it. */
bool folder_claim(const char *path);

#endif
