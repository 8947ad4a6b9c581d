/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"

/* ---- UTF-8 */

size_t text_utf8(const char *text, size_t length, uint32_t *code)
{
    const unsigned char *byte = (const unsigned char *)text;
    if (length == 0)
        return 0;
    if (byte[0] < 0x80) {
        *code = byte[0];
        return 1;
    }
    size_t   n = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;
    uint32_t value = byte[0] & (0x7Fu >> n);
    if (byte[0] < 0xC2 || byte[0] > 0xF4 || n > length)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (byte[i] & 0x3Fu);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return n;
}

size_t text_cut(const char *text, size_t most)
{
    size_t length = 0;
    while (length < most && text[length])
        length++;
    if (!text[length])
        return length;
    /* Step back over the continuation bytes of a character that the cut would split. */
    size_t back = length;
    while (back > 0 && length - back < 4 && ((unsigned char)text[back] & 0xC0) == 0x80)
        back--;
    return ((unsigned char)text[back] & 0xC0) == 0x80 ? length : back;
}

/* ---- bounded strings */

void text_open(struct text *text, char *buffer, size_t size)
{
    TSIM_ASSERT(size > 0);
    *text = (struct text){ .at = buffer, .size = size };
    buffer[0] = 0;
}

void text_add(struct text *text, const char *format, ...)
{
    if (text->cut)
        return;
    TSIM_ASSERT(text->length < text->size);
    size_t  room = text->size - text->length;
    va_list given;
    va_start(given, format);
    int needed = vsnprintf(text->at + text->length, room, format, given);
    va_end(given);
    if (needed >= 0 && (size_t)needed < room) {
        text->length += (size_t)needed;
        return;
    }
    text->cut = true;
    if (needed < 0)
        text->at[text->length] = 0;
    size_t length = strlen(text->at);
    /* vsnprintf cuts at a byte: drop what it left of a split character. */
    size_t   start = length;
    uint32_t code;
    while (start > text->length && ((unsigned char)text->at[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > text->length && (unsigned char)text->at[start - 1] >= 0xC0)
        start--;
    if (start < length && text_utf8(text->at + start, length - start, &code) == 0)
        length = start;
    text->at[length] = 0;
    text->length = length;
}

void text_add_duration(struct text *text, double seconds)
{
    if (seconds >= 86400 && fmod(seconds, 86400) == 0)
        text_add(text, "%.10g d", seconds / 86400);
    else if (seconds >= 3600 && fmod(seconds, 3600) == 0)
        text_add(text, "%.10g h", seconds / 3600);
    else if (seconds >= 60 && fmod(seconds, 60) == 0)
        text_add(text, "%.10g min", seconds / 60);
    else
        text_add(text, "%.10g s", seconds);
}

/* ---- words that are nearly right */

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau-Levenshtein in which no part is edited twice), three rows
 * at a time. Words longer than WORD_MOST bytes are compared as "too far". */
enum { WORD_MOST = 256 };

unsigned text_distance(const char *a, const char *b, unsigned most)
{
    size_t   n = strlen(a), m = strlen(b);
    unsigned far = most + 1;
    if (n > WORD_MOST || m > WORD_MOST || (n > m ? n - m : m - n) > most)
        return far;
    unsigned  rows[3][WORD_MOST + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    memset(rows, 0, sizeof rows);
    for (size_t j = 0; j <= m; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned smallest = row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            bool     same = lower(a[i - 1]) == lower(b[j - 1]);
            unsigned edits = least(least(last[j], row[j - 1]) + 1, last[j - 1] + !same);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                edits = least(edits, before[j - 2] + 1);
            row[j] = edits;
            smallest = least(smallest, edits);
        }
        if (smallest > most)
            return far;
        unsigned *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[m] > most ? far : last[m];
}

const char *text_nearest(const char *given, const char *const *words, size_t n)
{
    size_t      length = strlen(given);
    unsigned    most = length / 3 > 2 ? (unsigned)least((unsigned)(length / 3), 8) : 2;
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++) {
        unsigned distance = text_distance(given, words[i], most);
        /* A word all of whose letters were replaced is not near, however short it is. */
        if (distance <= most && distance < strlen(words[i]) && distance < length) {
            nearest = words[i];
            if (distance == 0)
                break;
            most = distance - 1;
        }
    }
    return nearest;
}

/* ---- hashing */

uint64_t text_hash(const char *text)
{
    return text_hash_bytes(text, strlen(text), 0);
}

/* FNV-1a (Fowler, Noll, Vo) with the finishing step of MurmurHash3 (fmix64, Appleby, public
 * domain), because the high bits of FNV-1a alone depend little on the last bytes. */
uint64_t text_hash_bytes(const void *bytes, size_t n, uint64_t start)
{
    const unsigned char *byte = bytes;
    uint64_t             hash = 0xCBF29CE484222325u ^ start;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ byte[i]) * 0x100000001B3u;
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
    hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
    return hash ^ hash >> 33;
}

/* ---- showing text */

struct range {
    uint32_t first, last;
};

static bool is_in(uint32_t code, const struct range *ranges, size_t n)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else if (code < ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

/* What changes how the text around it is shown: C0, DEL, C1, the bidirectional marks,
 * embeddings, overrides and isolates, line and paragraph separators, the BOM, tag characters. */
static const struct range unsafe[] = {
    { 0x00, 0x1F },     { 0x7F, 0x9F },     { 0x61C, 0x61C },   { 0x200E, 0x200F },
    { 0x2028, 0x202E }, { 0x2066, 0x206F }, { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB },
    { 0xE0000, 0xE007F },
};

size_t text_visible(char *to, size_t size, const char *text)
{
    size_t length = strlen(text), needed = 0, written = 0;
    bool   cut = size == 0;
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t   n = text_utf8(text + at, length - at, &code);
        char     shown[4 * 4 + 1];
        if (n > 0 && !is_in(code, unsafe, COUNT_OF(unsafe))) {
            memcpy(shown, text + at, n);
            shown[n] = 0;
        } else {
            n = n > 0 ? n : 1;
            for (size_t i = 0; i < n; i++)
                snprintf(shown + 4 * i, 5, "\\x%02x", (unsigned)(unsigned char)text[at + i]);
        }
        size_t width = strlen(shown);
        cut = cut || written + width >= size;
        if (!cut) {
            memcpy(to + written, shown, width);
            written += width;
        }
        needed += width;
        at += n;
    }
    if (size > 0)
        to[written] = 0;
    return needed;
}

/* Combining marks of the common scripts, joiners and variation selectors: no column. */
static const struct range combining[] = {
    { 0x300, 0x36F },   { 0x483, 0x489 },   { 0x591, 0x5BD },   { 0x610, 0x61A },
    { 0x64B, 0x65F },   { 0x6D6, 0x6DC },   { 0x900, 0x902 },   { 0x93C, 0x93C },
    { 0x941, 0x948 },   { 0x94D, 0x94D },   { 0xE31, 0xE31 },   { 0xE34, 0xE3A },
    { 0xE47, 0xE4E },   { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x200B, 0x200D },
    { 0x20D0, 0x20FF }, { 0x3099, 0x309A }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
    { 0x1F3FB, 0x1F3FF }, { 0xE0100, 0xE01EF },
};

/* East Asian wide and full-width characters, and the emoji that terminals show wide. */
static const struct range wide[] = {
    { 0x1100, 0x115F },   { 0x231A, 0x231B },   { 0x23E9, 0x23EC },   { 0x2614, 0x2615 },
    { 0x26A1, 0x26A1 },   { 0x2705, 0x2705 },   { 0x274C, 0x274C },   { 0x2753, 0x2755 },
    { 0x2E80, 0x303E },   { 0x3041, 0x33FF },   { 0x3400, 0x4DBF },   { 0x4E00, 0x9FFF },
    { 0xA000, 0xA4CF },   { 0xA960, 0xA97F },   { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },
    { 0xFE30, 0xFE6F },   { 0xFF00, 0xFF60 },   { 0xFFE0, 0xFFE6 },   { 0x1F300, 0x1F64F },
    { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF }, { 0x1FA70, 0x1FAFF }, { 0x20000, 0x3FFFD },
};

size_t text_columns(const char *text)
{
    size_t length = strlen(text), columns = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t   n = text_utf8(text + at, length - at, &code);
        if (n == 0)
            columns++; /* one replacement character for each byte that is no text */
        else if (code >= 0x20 && !is_in(code, combining, COUNT_OF(combining)))
            columns += is_in(code, wide, COUNT_OF(wide)) ? 2 : 1;
        at += n > 0 ? n : 1;
    }
    return columns;
}
