/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/uses.h - what a scenario does not use costs it nothing.
 *
 * The event loop (loop.h) is compiled three times: whole; without what only the whole loop has
 * (classic); and for plain desks, where contacts come, wait, are worked on and handed over cold,
 * and nobody listens. loops.list says which facts of a plan ask for which. All of them give the
 * same result to the last bit.
 *
 * USES(fact) is false in the classic loop and the plain one, USES_CLASSIC(fact) in the plain one
 * alone, and what hangs on it is not in the program there. The fact must be false, too, of every
 * desk that they run: builds with TSIM_CHECKS look. A new feature hangs on USES(plan->...) and has
 * its line in loops.list; a test looks for that.
 */
#ifndef MODEL_USES_H
#define MODEL_USES_H

#include "base/assert.h"

#define USES_NOT(fact) (TSIM_CHECK(!(fact)), 0)

#if defined TSIM_PLAIN_DESK
#define USES(fact) USES_NOT(fact)
#define USES_CLASSIC(fact) USES_NOT(fact)
#elif defined TSIM_CLASSIC_DESK
#define USES(fact) USES_NOT(fact)
#define USES_CLASSIC(fact) (fact)
#else
#define USES(fact) (fact)
#define USES_CLASSIC(fact) (fact)
#endif

#endif
