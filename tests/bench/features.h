/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/features.h - what each feature of the model costs a contact. */
#ifndef BENCH_FEATURES_H
#define BENCH_FEATURES_H

#include <stdbool.h>
#include <stdint.h>

/* Measures W2 with one feature added at a time, in turn with W2 as it is, and prints a table. */
void features_measure(uint32_t rounds);

/* Runs W2 with feature `which` added and prints the contacts that people are offered and the
 * feature's name, for a program that counts instructions of two such runs. False: there are no so
 * many features. */
bool features_run(uint32_t which, uint32_t replications);

#endif
