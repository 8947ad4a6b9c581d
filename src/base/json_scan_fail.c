/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_scan_impl.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

/* Notes the error. */
__attribute__((format(printf, 4, 0))) static void
note(struct scanner *s, size_t offset, const char *message, const char *hint, va_list given)
{
    struct json_scan *scan = s->scan;
    scan->failed = true;
    scan->offset = offset;
    scan->message = message;
    vsnprintf(scan->hint, sizeof scan->hint, hint, given);
}

bool scan_fail_plain(struct scanner *s, size_t offset, const char *message, const char *hint, ...)
{
    va_list given;
    va_start(given, hint);
    note(s, offset, message, hint, given);
    va_end(given);
    return false;
}

bool scan_fail(struct scanner *s, size_t offset, const char *message, const char *expected,
               const char *hint, ...)
{
    struct json_scan *scan = s->scan;
    uint32_t          code;
    va_list           given;
    va_start(given, hint);
    note(s, offset, message, hint, given);
    va_end(given);
    scan->expected = expected;
    size_t n = text_utf8(s->text + offset, s->length - offset, &code);
    size_t whole = n; /* of a word, more than its first letter */
    while (is_letter(peek(s, offset)) && is_letter(peek(s, offset + whole)) && whole < 20 && n > 0)
        whole++;
    while (whole > n && (peek(s, offset + whole) & 0xC0) == 0x80)
        whole--; /* not in the middle of a character */
    if (offset >= s->length)
        snprintf(scan->found, sizeof scan->found, "the end of the file");
    else if (n == 0 || code < 0x20 || code == 0x7F)
        snprintf(scan->found, sizeof scan->found, "byte 0x%02x",
                 (unsigned)(unsigned char)s->text[offset]);
    else
        snprintf(scan->found, sizeof scan->found, "%.*s", (int)whole, s->text + offset);
    return false;
}

bool scan_fail_limit(struct scanner *s, size_t offset, const char *message, const char *hint)
{
    scan_fail_plain(s, offset, message, "%s", hint);
    s->scan->limit = true;
    return false;
}

bool scan_fail_memory(struct scanner *s)
{
    scan_fail_limit(s, s->at, "memory is out", "");
    s->scan->no_place = true;
    return false;
}

static size_t line_of(const struct scanner *s, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset; i++)
        line += s->text[i] == '\n';
    return line;
}

bool scan_explain(struct scanner *s, const char *expected)
{
    int c = peek(s, s->at), next = peek(s, s->at + 1);
    if (c == '#' || (c == '/' && (next == '/' || next == '*')))
        return !scan_fail_plain(s, s->at, "comments are not allowed in JSON",
                                "put the remark into a text member: use a \"notes\" key");
    if (c == '\'' || c == '`')
        return !scan_fail_plain(s, s->at,
                                c == '`' ? "JSON has no backquotes"
                                         : "single quotes are not allowed in JSON",
                                "use double quotes: \"text\"");
    if (starts(s, s->at, "\xE2\x80\x9C") || starts(s, s->at, "\xE2\x80\x9D") ||
        starts(s, s->at, "\xE2\x80\x9E"))
        return !scan_fail_plain(s, s->at, "typographic quotes are not JSON",
                                "use plain double quotes: \"text\"");
    if (c == NONE && s->depth > 0) {
        const struct json_token *open = scan_innermost(s);
        return !scan_fail(s, s->at, "the file ends too early", expected,
                          "the '%c' opened on line %zu is never closed", s->text[open->start],
                          line_of(s, open->start));
    }
    uint32_t code;
    if (c >= 0x80 && text_utf8(s->text + s->at, s->length - s->at, &code) == 0)
        return !scan_fail_plain(s, s->at, "the text is not valid UTF-8",
                                "save the file in the encoding UTF-8");
    if (c != NONE && (c < 0x20 || c == 0x7F))
        return !scan_fail(s, s->at, "a control character stands between the values", expected,
                          "%s", "");
    return false;
}

size_t scan_value_end(const struct scanner *s)
{
    size_t end = s->at;
    while (end > 0 && strchr(" \t\r\n", s->text[end - 1]))
        end--;
    return end;
}

/* A string without its closing quote ends at the opening quote of the next one, and so with the
 * punctuation between the two. */
bool scan_explain_quote(struct scanner *s)
{
    size_t first = s->string + 1, last = scan_value_end(s) - 1;
    while (last > first && s->text[last - 1] == ' ')
        last--;
    if (last <= first || !strchr(",:{[", s->text[last - 1]))
        return false;
    /* In a key the colon is the first sign of it: "agents: 12, " */
    const char *colon = s->key_end > 0 ? memchr(s->text + first, ':', last - first) : NULL;
    size_t shown = last - s->string < 12 ? last - s->string : 12;
    while ((s->text[s->string + shown] & 0xC0) == 0x80)
        shown--; /* not in the middle of a character */
    return !scan_fail_plain(s, colon ? (size_t)(colon - s->text) : last - 1,
                            "a closing '\"' is missing",
                            "the string that starts with %.*s seems to end here", (int)shown,
                            s->text + s->string);
}

bool scan_fail_no_comma(struct scanner *s, size_t end, const char *expected)
{
    /* Letters right behind a string are more likely a quote too many than a missing comma. */
    bool string = s->text[end - 1] == '"', glued = string && end == s->at;
    bool unit = is_digit(s->text[end - 1]) && is_letter(peek(s, s->at));
    if (glued && scan_explain_quote(s))
        return false;
    const char *hint = glued  ? "write a quote inside a text as \\\""
                       : unit ? "write a number with its unit as text: \"10 min\""
                              : "";
    scan_fail(s, s->at, glued ? "text behind the closing quote of a string" : "missing comma",
              expected, "%s", hint);
    s->scan->offset = end; /* where the comma belongs */
    return false;
}

bool scan_fail_bracket(struct scanner *s, size_t end, const char *expected)
{
    const struct json_token *open = scan_innermost(s);
    bool                     object = open->type == JSON_OBJECT;
    /* When it fits what is open around, the one of the innermost is missing. */
    bool missing = s->depth > 1 && s->scan->tokens[s->stack[s->depth - 2]].type != open->type;
    const char *message = !missing ? "the wrong closing bracket"
                          : object ? "a closing '}' is missing"
                                   : "a closing ']' is missing";
    scan_fail(s, s->at, message, expected, "the '%c' opened on line %zu is still open",
              s->text[open->start], line_of(s, open->start));
    if (missing)
        s->scan->offset = end;
    return false;
}

/* A ':' behind a value: what was read as a value was meant as a key. */
bool scan_fail_colon(struct scanner *s, size_t end, const char *expected)
{
    bool string = s->text[end - 1] == '"';
    scan_fail(s, s->at, string ? "a key where no key can be" : "a ':' behind a value", expected,
              "keys belong in { }: is a '{' missing here?");
    if (string)
        s->scan->offset = s->string;
    return false;
}
