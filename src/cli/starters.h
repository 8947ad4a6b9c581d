/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/starters.h - scenarios to begin with. Their texts are the files of starters/, which the
 * build puts into the program.
 */
#ifndef CLI_STARTERS_H
#define CLI_STARTERS_H

#include <stddef.h>

struct starter {
    const char          *name, *help;
    const char          *first; /* what to change first, a line each                       */
    const unsigned char *text;
    size_t               length;
};

extern const struct starter starter_table[];
extern const size_t         starter_count;

#endif
