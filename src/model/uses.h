/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/uses.h - what a scenario does not use costs it nothing.
 *
 * The event loop (loop.h) is compiled twice: whole, and for plain desks, where contacts come, wait,
 * are worked on and handed over cold, and nobody listens. There every USES(…) is false, and what
 * hangs on it is not in the program at all. Both give the same result to the last bit.
 */
#ifndef MODEL_USES_H
#define MODEL_USES_H

#ifdef TSIM_PLAIN_DESK
#define USES(fact) 0
#else
#define USES(fact) (fact)
#endif

#endif
