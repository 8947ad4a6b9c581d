/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json_number.h - numbers between their JSON spelling and double, exact in every locale.  */
#ifndef BASE_JSON_NUMBER_H
#define BASE_JSON_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The nearest double of a number that follows the grammar of JSON; infinite when too large. */
double json_number_read(const char *number, size_t length);

/* True when a number written without point and exponent is not exactly `value`, as read. */
bool json_number_is_rounded(const char *number, size_t length, double value);

/* Bytes that json_number_write needs, its NUL included. */
#define JSON_NUMBER_SIZE 32

/* Spells a finite number with the fewest of 15, 16 or 17 digits that read back exactly. */
void json_number_write(char to[JSON_NUMBER_SIZE], double value);

#endif
