/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/features.h - what each feature of the model costs a contact. */
#ifndef BENCH_FEATURES_H
#define BENCH_FEATURES_H

#include <stdint.h>

/* Measures W2 with one feature added at a time, in turn with W2 as it is, and prints a table. */
void features_measure(uint32_t rounds);

#endif
