/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every word is multiplied into the state between two rotations; the multipliers are odd, so a
 * step loses nothing and different words lead to different states. The end stirs once more and
 * adds the number of words, so that trailing zeros count. */
#include "stats/digest.h"

#include <math.h>
#include <string.h>

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

void digest_open(struct digest *digest)
{
    digest->state = 0x243F6A8885A308D3u; /* pi's first bits: nothing up the sleeve */
    digest->words = 0;
}

void digest_integer(struct digest *digest, uint64_t value)
{
    const uint64_t word = rotate(value * 0x9E3779B97F4A7C15u, 31) * 0xD6E8FEB86659FD93u;
    digest->state = rotate(digest->state ^ word, 27) * 0xA0761D6478BD642Fu + 0xE7037ED1A0B428DBu;
    digest->words++;
}

void digest_double(struct digest *digest, double value)
{
    uint64_t bits = 0; /* -0 and 0 alike */
    if (isnan(value))
        bits = 0x7FF8000000000000u;
    else if (value < 0.0 || value > 0.0)
        memcpy(&bits, &value, sizeof bits);
    digest_integer(digest, bits);
}

void digest_doubles(struct digest *digest, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        digest_double(digest, values[i]);
}

void digest_text(struct digest *digest, const char *text)
{
    const size_t length = strlen(text);
    digest_integer(digest, length);
    for (size_t i = 0; i < length; i += 8) {
        uint64_t word = 0;
        for (size_t k = 0; k < 8 && i + k < length; k++)
            word |= (uint64_t)(unsigned char)text[i + k] << (8 * k);
        digest_integer(digest, word);
    }
}

uint64_t digest_value(const struct digest *digest)
{
    uint64_t h = digest->state ^ (digest->words * 0x9E3779B97F4A7C15u);
    h = (h ^ h >> 32) * 0xD6E8FEB86659FD93u;
    h = (h ^ h >> 29) * 0xA0761D6478BD642Fu;
    return h ^ h >> 32;
}
