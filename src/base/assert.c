/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/assert.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void assert_failed(const char *fact, const char *file, int line)
{
    fprintf(stderr, "tiersim: bug at %s:%d: this should hold: %s\n", file, line, fact);
    abort();
}
