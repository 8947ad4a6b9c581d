/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/json_keys.h"
#include "base/json_number.h"
#include "base/json_scan_impl.h"
#include "base/limits.h"
#include "base/text.h"

#define PASTE(number) #number
#define SPELL(limit)  PASTE(limit)

static void skip_space(struct scanner *s)
{
    while (s->at < s->length) {
        char c = s->text[s->at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            break;
        s->at++;
    }
}

/* ---- tokens */

static bool token_add(struct scanner *s, enum json_type type, size_t start, size_t end,
                      uint8_t marks)
{
    struct json_scan *scan = s->scan;
    if (scan->n >= LIMIT_JSON_VALUES)
        return scan_fail_limit(s, start, "too many values in one file",
                               "the limit is " SPELL(LIMIT_JSON_VALUES) " values");
    struct json_token *parent = scan_innermost(s);
    if (parent && parent->type == JSON_OBJECT && parent->size >= LIMIT_JSON_KEYS)
        return scan_fail_limit(s, s->key_start, "too many keys in one object",
                               "the limit is " SPELL(LIMIT_JSON_KEYS) " keys");
    if (parent && parent->type == JSON_ARRAY && parent->size >= LIMIT_JSON_ELEMENTS)
        return scan_fail_limit(s, start, "too many elements in one array",
                               "the limit is " SPELL(LIMIT_JSON_ELEMENTS) " elements");
    if (parent)
        parent->size++;
    if (scan->n == scan->room) {
        uint32_t           room = scan->room ? scan->room * 2 : 64;
        struct json_token *tokens = realloc(scan->tokens, room * sizeof *tokens);
        if (!tokens)
            return scan_fail_memory(s);
        scan->tokens = tokens;
        scan->room = room;
    }
    scan->tokens[scan->n] = (struct json_token){
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .key_start = s->key_start,
        .key_end = s->key_end,
        .after = scan->n + 1,
        .type = (uint8_t)type,
        .marks = marks | s->key_marks,
    };
    scan->n++;
    s->key_start = s->key_end = s->key_marks = 0;
    s->state = s->depth > 0 ? WANT_NEXT : WANT_END;
    return true;
}

/* ---- strings */

static bool hex4(const struct scanner *s, size_t at, unsigned *code)
{
    *code = 0;
    for (size_t i = 0; i < 4; i++) {
        int c = peek(s, at + i);
        if (!is_digit(c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'f' && c != NONE))
            return false;
        *code = *code << 4 | (unsigned)(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return true;
}

static bool unterminated(struct scanner *s, size_t start)
{
    return scan_fail_plain(s, start, "unterminated string",
                           "the string that starts here has no closing '\"' before the end of "
                           "its %s",
                           s->at >= s->length ? "file" : "line");
}

/* One escape, at the backslash. Sets `code` to the character it stands for. */
static bool escape_scan(struct scanner *s, size_t string, uint32_t *code)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    size_t            start = s->at;
    int               c = peek(s, s->at + 1);
    unsigned          high, low;
    if (c == NONE) {
        s->at = s->length;
        return unterminated(s, string);
    }
    const char *letter = c != 0 ? strchr(letters, c) : NULL;
    if (letter) {
        *code = (unsigned char)meanings[letter - letters];
        s->at += 2;
        return true;
    }
    if (c != 'u')
        return scan_fail_plain(s, start, "an unknown escape after '\\'",
                               "write a backslash itself as \"\\\\\"");
    if (!hex4(s, s->at + 2, &high))
        return scan_fail_plain(s, start, "\\u needs four hexadecimal digits",
                               "for example \\u00e9");
    s->at += 6;
    *code = high;
    if (high < 0xD800 || high > 0xDFFF)
        return true;
    if (high >= 0xDC00 || peek(s, s->at) != '\\' || peek(s, s->at + 1) != 'u' ||
        !hex4(s, s->at + 2, &low) || low < 0xDC00 || low > 0xDFFF)
        return scan_fail_plain(s, start, "half of a surrogate pair is not a character",
                               "write the character itself, or both halves");
    s->at += 6;
    *code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* One string, at its opening quote. Sets `nul` and `escaped` when it has such a character. */
static bool string_scan(struct scanner *s, bool *nul, bool *escaped)
{
    size_t   start = s->string = s->at++;
    uint32_t code;
    *nul = *escaped = false;
    for (;;) {
        int c = peek(s, s->at);
        if (c == NONE || c == '\n' || c == '\r')
            return unterminated(s, start);
        if (s->at - start - 1 > LIMIT_JSON_STRING)
            return scan_fail_limit(s, start, "a string is too long", "the limit is 65536 bytes");
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c == '\\') {
            if (!escape_scan(s, start, &code))
                return false;
            *nul = *nul || code == 0;
            *escaped = true;
        } else if (c < 0x20) {
            return scan_fail(s, s->at, "a raw control character in a string", NULL,
                             c == '\t' ? "write a tab as \\t" : "write it as \\u%04x", (unsigned)c);
        } else {
            size_t n = text_utf8(s->text + s->at, s->length - s->at, &code);
            if (n == 0)
                return scan_fail_plain(s, s->at, "the text is not valid UTF-8",
                                       "save the file in the encoding UTF-8");
            s->at += n;
        }
    }
}

/* ---- numbers */

static bool number_tail(struct scanner *s, size_t start)
{
    int c = peek(s, s->at);
    if (c == 'x' || c == 'X')
        return scan_fail_plain(s, s->at, "hexadecimal numbers are not JSON", "write it in decimal");
    if (c == '.')
        return scan_fail_plain(s, s->at, "a number with a second point", "%s", "");
    if (is_letter(c) || c == '%') {
        size_t end = s->at;
        while (end - s->at < 12 && (is_letter(peek(s, end)) || peek(s, end) == '%'))
            end++;
        return scan_fail_plain(s, s->at, "a number is followed by letters",
                               "write a number with its unit as text: \"%.*s %.*s\"",
                               s->at - start < 20 ? (int)(s->at - start) : 20, s->text + start,
                               (int)(end - s->at), s->text + s->at);
    }
    return true;
}

static size_t digits_skip(struct scanner *s)
{
    size_t start = s->at;
    while (is_digit(peek(s, s->at)))
        s->at++;
    return s->at - start;
}

static bool number_scan(struct scanner *s)
{
    size_t start = s->at;
    bool   whole = true;
    s->at += peek(s, s->at) == '-';
    size_t first = s->at, n = digits_skip(s);
    if (n == 0)
        return scan_fail(s, s->at, "a number needs a digit after '-'", NULL,
                         starts_any_case(s, s->at, "infinity") ? "JSON has no infinite numbers"
                                                               : "%s",
                         "");
    if (n > 1 && s->text[first] == '0')
        return scan_fail_plain(s, first, "a number must not begin with 0", "leave the zeros away");
    if (peek(s, s->at) == '.') {
        whole = false;
        s->at++;
        if (digits_skip(s) == 0)
            return scan_fail(s, s->at, "a number needs a digit after the point", NULL,
                             "add a 0, or leave the point away");
    }
    if (peek(s, s->at) == 'e' || peek(s, s->at) == 'E') {
        whole = false;
        s->at++;
        s->at += peek(s, s->at) == '-' || peek(s, s->at) == '+';
        if (digits_skip(s) == 0)
            return scan_fail(s, s->at, "a number needs a digit in its exponent", NULL, "%s", "");
    }
    if (!number_tail(s, start))
        return false;
    size_t length = s->at - start;
    double value = json_number_read(s->text + start, length);
    if (!isfinite(value))
        return scan_fail_plain(s, start, "a number is too large",
                               "the largest possible one is about 1.8e308");
    bool rounded = whole && json_number_is_rounded(s->text + start, length, value);
    return token_add(s, JSON_NUMBER, start, s->at, rounded ? JSON_MARK_ROUNDED : 0);
}

/* ---- values */

static bool word_scan(struct scanner *s)
{
    static const struct {
        const char    *word;
        enum json_type type;
    } words[] = { { "true", JSON_BOOL }, { "false", JSON_BOOL }, { "null", JSON_NULL } };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t n = strlen(words[i].word);
        if (starts(s, s->at, words[i].word) && !is_letter(peek(s, s->at + n)) &&
            !is_digit(peek(s, s->at + n))) {
            s->at += n;
            return token_add(s, words[i].type, s->at - n, s->at, 0);
        }
    }
    if (starts_any_case(s, s->at, "nan") || starts_any_case(s, s->at, "infinity") ||
        starts_any_case(s, s->at, "inf"))
        return scan_fail_plain(s, s->at, "JSON has no NaN and no Infinity",
                               "leave the key away when there is no such number");
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (starts_any_case(s, s->at, words[i].word))
            return scan_fail_plain(s, s->at, "true, false and null are written in small letters",
                                   "write %s", words[i].word);
    if (starts_any_case(s, s->at, "none") || starts_any_case(s, s->at, "undefined"))
        return scan_fail_plain(s, s->at, "this word is not JSON", "write null");
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t n = 0;
        while (s->at + n < s->length && words[i].word[n] == s->text[s->at + n])
            n++;
        if (n >= 2)
            return scan_fail(s, s->at + n, "a misspelled word", words[i].word, "%s", "");
    }
    return scan_fail(s, s->at, "a word without quotes", "a value", "put texts in double quotes");
}

static bool container_open(struct scanner *s, enum json_type type)
{
    if (s->depth >= LIMIT_JSON_DEPTH)
        return scan_fail_limit(s, s->at, "objects and arrays are nested too deeply",
                               "the limit is " SPELL(LIMIT_JSON_DEPTH) " levels");
    uint32_t token = s->scan->n;
    if (!token_add(s, type, s->at, s->at + 1, 0))
        return false;
    s->stack[s->depth++] = token;
    s->state = type == JSON_OBJECT ? WANT_FIRST_KEY : WANT_FIRST_ELEMENT;
    s->at++;
    return true;
}

static bool container_close(struct scanner *s)
{
    uint32_t           token = s->stack[s->depth - 1];
    struct json_token *closed = &s->scan->tokens[token];
    s->at++;
    closed->end = (uint32_t)s->at;
    closed->after = s->scan->n;
    if (closed->type == JSON_OBJECT &&
        !json_keys_mark(&s->keys, s->text, s->length, s->scan->tokens, token))
        return scan_fail_memory(s);
    s->depth--;
    s->state = s->depth > 0 ? WANT_NEXT : WANT_END;
    return true;
}

static bool value_scan(struct scanner *s)
{
    int  c = peek(s, s->at);
    bool nul, escaped;
    if (c == '{' || c == '[')
        return container_open(s, c == '{' ? JSON_OBJECT : JSON_ARRAY);
    if (c == '"') {
        size_t start = s->at;
        return string_scan(s, &nul, &escaped) &&
               token_add(s, JSON_STRING, start, s->at, nul ? JSON_MARK_STRING_NUL : 0);
    }
    if (c == '-' || is_digit(c))
        return number_scan(s);
    if (scan_explain(s, "a value"))
        return false;
    if (is_letter(c))
        return word_scan(s);
    if (c == '+' || (c == '.' && is_digit(peek(s, s->at + 1))))
        return scan_fail_plain(s, s->at, c == '+' ? "a number must not begin with '+'"
                               : "a number must not begin with a point",
            c == '+' ? "leave the '+' away" : "write a 0 before the point");
    bool after_comma = s->comma > 0 && scan_innermost(s);
    if (c == ']' && after_comma && scan_innermost(s)->type == JSON_ARRAY)
        return scan_fail_plain(s, s->comma, "trailing comma",
                               "no comma may stand behind the last element");
    if (c == NONE)
        return scan_fail_plain(s, s->at, "the file is empty", "a JSON file holds one value");
    if (c == ',')
        return scan_fail(s, s->at, "a value is missing before the comma", "a value", "%s", "");
    return scan_fail(s, s->at, "a value is missing", "a value", "%s", "");
}

static bool key_scan(struct scanner *s)
{
    bool nul, escaped;
    int  c = peek(s, s->at);
    if (c != '"') {
        if (scan_explain(s, "a key in double quotes"))
            return false;
        if (c == '}' && s->state == WANT_KEY)
            return scan_fail_plain(s, s->comma, "trailing comma",
                                   "no comma may stand behind the last member");
        if (is_letter(c) || is_digit(c))
            return scan_fail(s, s->at, "a key without quotes", "a key in double quotes",
                             "put keys in double quotes");
        return scan_fail(s, s->at, "a key is missing", "a key in double quotes", "%s", "");
    }
    s->key_start = (uint32_t)s->at;
    if (!string_scan(s, &nul, &escaped))
        return false;
    s->key_end = (uint32_t)s->at;
    s->key_marks = (uint8_t)((nul ? JSON_MARK_KEY_NUL : 0) | (escaped ? JSON_MARK_KEY_ESCAPED : 0));
    skip_space(s);
    if (peek(s, s->at) != ':') {
        if (scan_explain(s, "':'"))
            return false;
        if (peek(s, s->at) == '=')
            return scan_fail_plain(s, s->at, "'=' between key and value", "write ':'");
        if (scan_explain_quote(s))
            return false;
        scan_fail(s, s->at, "a ':' is missing after the key", "':'", "%s", "");
        s->scan->offset = s->key_end;
        return false;
    }
    s->at++;
    s->comma = 0;
    s->state = WANT_VALUE;
    return true;
}

/* Behind a value inside an object or array: a comma or the end of it. */
static bool next_scan(struct scanner *s)
{
    bool        object = scan_innermost(s)->type == JSON_OBJECT;
    const char *expected = object ? "',' or '}'" : "',' or ']'";
    int         c = peek(s, s->at);
    if (c == (object ? '}' : ']'))
        return container_close(s);
    if (c == ',') {
        s->comma = s->at++;
        s->state = object ? WANT_KEY : WANT_VALUE;
        return true;
    }
    if (scan_explain(s, expected))
        return false;
    size_t end = scan_value_end(s);
    if (c == '"' || c == '{' || c == '[' || c == '-' || is_digit(c) || is_letter(c))
        return scan_fail_no_comma(s, end, expected);
    if (c == (object ? ']' : '}'))
        return scan_fail_bracket(s, end, expected);
    if (c == ':')
        return scan_fail_colon(s, end, expected);
    return scan_fail(s, s->at, "a comma or closing bracket is missing", expected, "%s", "");
}

static bool end_scan(struct scanner *s)
{
    int c = peek(s, s->at);
    if (scan_explain(s, "the end of the file"))
        return false;
    if (c == ':')
        return scan_fail_colon(s, scan_value_end(s), "the end of the file");
    if (c == '}' || c == ']')
        return scan_fail(s, s->at, "a closing bracket too many", "the end of the file", "%s", "");
    return scan_fail(s, s->at, "text after the end of the JSON value", "the end of the file",
                     "a JSON file holds exactly one value");
}

static bool step(struct scanner *s)
{
    int c = peek(s, s->at);
    switch (s->state) {
    case WANT_FIRST_ELEMENT:
        s->comma = 0;
        return c == ']' ? container_close(s) : value_scan(s);
    case WANT_FIRST_KEY:
        return c == '}' ? container_close(s) : key_scan(s);
    case WANT_KEY:
        return key_scan(s);
    case WANT_VALUE:
        return value_scan(s);
    case WANT_NEXT:
        return next_scan(s);
    case WANT_END:
        return end_scan(s);
    }
    return false;
}

/* ---- the whole */

/* Texts in other encodings, told apart by their first bytes. */
static bool encoding_check(struct scanner *s)
{
    int  a = peek(s, 0), b = peek(s, 1);
    bool bom32 = starts(s, 0, "\xFF\xFE") && s->length >= 4 && !s->text[2] && !s->text[3];
    bool utf32 = bom32 || (s->length >= 4 && a == 0 && b == 0);
    bool utf16 = (a == 0xFE && b == 0xFF) || (a == 0xFF && b == 0xFE) ||
                 (s->length >= 2 && (a == 0) != (b == 0));
    if (s->length > LIMIT_FILE_BYTES) {
        scan_fail_limit(s, 0, "the text is too long", "the limit is 64 MiB");
        s->scan->no_place = true;
        return false;
    }
    if (utf32 || utf16) {
        scan_fail_plain(s, 0,
                        utf32 ? "the file is in UTF-32, not UTF-8"
                              : "the file is in UTF-16, not UTF-8",
                        "save it as UTF-8, or convert it: iconv -f %s -t UTF-8",
                        utf32 ? "UTF-32" : "UTF-16");
        s->scan->no_place = true;
        return false;
    }
    if (starts(s, 0, "\xEF\xBB\xBF"))
        return scan_fail_plain(s, 0, "the file begins with a byte order mark (BOM)",
                               "save it as \"UTF-8 without BOM\"");
    return true;
}

bool json_scan(const char *text, size_t length, struct json_scan *scan)
{
    struct scanner s = { .scan = scan, .text = text ? text : "", .length = length };
    s.state = WANT_VALUE;
    *scan = (struct json_scan){ 0 };
    bool fine = encoding_check(&s);
    while (fine) {
        skip_space(&s);
        if (s.state == WANT_END && s.at == s.length)
            break;
        fine = step(&s);
    }
    json_keys_free(s.keys);
    TSIM_ASSERT(fine == !scan->failed);
    return fine;
}

void json_scan_free(struct json_scan *scan)
{
    free(scan->tokens);
    *scan = (struct json_scan){ 0 };
}
