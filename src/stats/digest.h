/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/digest.h - one number that stands for many.
 *
 * A running 64-bit digest of numbers and texts in order. Equal inputs give equal digests on any
 * machine; a changed, missing, added or swapped input gives another one, except by an accident
 * of one in 2^64. It guards against mistakes, not against malice: it is not cryptographic.
 *
 * A double counts by its bits, save that -0 is 0 and every nan is the same nan.
 */
#ifndef STATS_DIGEST_H
#define STATS_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct digest {
    uint64_t state, words;
};

void digest_open(struct digest *digest);
void digest_integer(struct digest *digest, uint64_t value);
void digest_double(struct digest *digest, double value);
void digest_doubles(struct digest *digest, const double *values, size_t n);
void digest_text(struct digest *digest, const char *text); /* with its length */

/* The digest of what was given so far; more may follow. */
uint64_t digest_value(const struct digest *digest);

#endif
