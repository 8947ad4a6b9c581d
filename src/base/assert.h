/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/assert.h - our own mistakes.
 *
 * TSIM_ASSERT stays in release builds: one fact, cheap. TSIM_CHECK is for hot paths and
 * exists in debug and sanitizer builds. A failure prints where, and aborts.
 */
#ifndef BASE_ASSERT_H
#define BASE_ASSERT_H

_Noreturn void assert_failed(const char *fact, const char *file, int line);

#define TSIM_ASSERT(fact) ((fact) ? (void)0 : assert_failed(#fact, __FILE__, __LINE__))

#ifdef TSIM_CHECKS
#define TSIM_CHECK(fact) TSIM_ASSERT(fact)
#else
#define TSIM_CHECK(fact) ((void)0)
#endif

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
