/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/inline.h - functions of the event loop that the compiler should put where they are called,
 * though they are called in several places; and those that it should keep out of the way of what
 * runs all the time. Only where counting instructions has shown that it matters.
 */
#ifndef BASE_INLINE_H
#define BASE_INLINE_H

#define TSIM_HOT  static inline __attribute__((always_inline))
#define TSIM_RARE static __attribute__((noinline))

#endif
