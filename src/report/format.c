/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char dash[] = "-";

static void scale_duration(struct scale *scale, double seconds)
{
    static const struct {
        double      below, divisor;
        const char *after;
    } steps[] = {
        { 59.5, 1.0, " s" },
        { 3570.0, 60.0, " min" },
        { 171000.0, 3600.0, " h" },
        { HUGE_VAL, 86400.0, " d" },
    };
    size_t i = 0;
    while (!(seconds < steps[i].below) && i + 1 < sizeof steps / sizeof *steps)
        i++;
    scale->divisor  = steps[i].divisor;
    scale->after    = steps[i].after;
    scale->decimals = seconds / scale->divisor < 9.95 ? 1 : 0;
    if (seconds < 0.095 && seconds > 0)
        scale->decimals = 2;
    if (seconds <= 0)
        scale->decimals = 0;
}

/* One decimal, unless that would show a share that is not quite 0 or 1 as 0 or 1. */
static void scale_share(struct scale *scale, double share)
{
    scale->divisor  = 0.01;
    scale->after    = " %";
    scale->decimals = 1;
    if (share <= 0 || share >= 1)
        scale->decimals = 0;
    else if (share < 0.0095 || share > 0.9995)
        scale->decimals = 2;
}

static void scale_count(struct scale *scale, double size)
{
    scale->decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    if (size == floor(size))
        scale->decimals = 0;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static void scale_money(struct scale *scale, double amount, const char *currency, bool ascii)
{
    static const char *const signs[][2] = {
        { "€", "EUR" }, { "£", "GBP" }, { "¥", "JPY" }, { "₹", "INR" },
    };
    scale->decimals = amount < 99.995 && amount > 0 ? 2 : 0;
    if (!currency || !*currency)
        return;
    bool sign = strcmp(currency, "$") == 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strcmp(currency, signs[i][0]) != 0)
            continue;
        sign = !ascii;
        if (ascii)
            currency = signs[i][1];
    }
    if (sign) {
        snprintf(scale->unit, sizeof scale->unit, "%s", currency);
        scale->before = scale->unit;
        return;
    }
    char shown[FORMAT_NAME];
    format_name(currency, 8, ascii || is_ascii(currency), shown, sizeof shown);
    struct text unit;
    text_open(&unit, scale->unit, sizeof scale->unit);
    text_add(&unit, " %s", shown);
    scale->after = scale->unit;
}

void scale_pick(struct scale *scale, double value, enum tsim_unit unit, const char *currency,
                bool ascii)
{
    double size = fabs(value);
    *scale      = (struct scale){ .divisor = 1, .before = "", .after = "" };
    switch (unit) {
    case TSIM_UNIT_DURATION:
        scale_duration(scale, size);
        break;
    case TSIM_UNIT_SHARE:
        scale_share(scale, size);
        break;
    case TSIM_UNIT_MONEY:
        scale_money(scale, size, currency, ascii);
        break;
    case TSIM_UNIT_COUNT:
        scale_count(scale, size);
        break;
    }
}

/* Puts a comma between each three digits of the whole part. */
static void separate(const char *digits, char *to, size_t size)
{
    size_t whole = strcspn(digits, "."), out = 0;
    for (size_t i = 0; digits[i] && out + 2 < size; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            to[out++] = ',';
        to[out++] = digits[i];
    }
    to[out] = '\0';
}

char *scale_write_bare(const struct scale *scale, double value, char *to, size_t size)
{
    value /= scale->divisor;
    if (!isfinite(value)) {
        snprintf(to, size, "%s", dash);
        return to;
    }
    char plain[FORMAT_VALUE], digits[FORMAT_VALUE];
    if (fabs(value) >= 1e15) {
        snprintf(to, size, "%.2e", value);
        return to;
    }
    snprintf(plain, sizeof plain, "%.*f", scale->decimals, fabs(value));
    separate(plain, digits, sizeof digits);
    bool zero = strspn(digits, "0.") == strlen(digits);
    snprintf(to, size, "%s%s", value < 0 && !zero ? "-" : "", digits);
    return to;
}

char *scale_write(const struct scale *scale, double value, char *to, size_t size)
{
    char bare[FORMAT_VALUE];
    scale_write_bare(scale, value, bare, sizeof bare);
    if (strcmp(bare, dash) == 0) {
        snprintf(to, size, "%s", dash);
        return to;
    }
    const char *digits = bare[0] == '-' ? bare + 1 : bare;
    snprintf(to, size, "%s%s%s%s", bare[0] == '-' ? "-" : "", scale->before, digits, scale->after);
    return to;
}

char *format_value(double value, enum tsim_unit unit, const char *currency, bool ascii, char *to,
                   size_t size)
{
    struct scale scale;
    scale_pick(&scale, value, unit, currency, ascii);
    return scale_write(&scale, value, to, size);
}

/* A time that takes two units, such as "8 d 8 h"; false: it takes one, or more. */
static bool write_two_units(double seconds, char *to, size_t size)
{
    static const struct {
        double      seconds;
        const char *name;
    } units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } };
    size_t i = 0;
    while (i + 2 < sizeof units / sizeof *units && seconds < units[i].seconds)
        i++;
    const double whole = floor(seconds / units[i].seconds + 1e-9);
    const double rest = (seconds - whole * units[i].seconds) / units[i + 1].seconds;
    if (!(whole >= 1 && whole < 1e6 && rest > 0.5) || fabs(rest - round(rest)) > 1e-6)
        return false;
    snprintf(to, size, "%.0f %s %.0f %s", whole, units[i].name, round(rest), units[i + 1].name);
    return true;
}

char *format_target(double value, enum tsim_unit unit, const char *currency, bool ascii, char *to,
                    size_t size)
{
    struct scale scale;
    scale_pick(&scale, value, unit, currency, ascii);
    for (scale.decimals = 0; scale.decimals < 3; scale.decimals++) {
        double scaled = fabs(value / scale.divisor) * pow(10, scale.decimals);
        if (fabs(scaled - round(scaled)) <= 1e-9 * scaled)
            break;
    }
    if (unit == TSIM_UNIT_DURATION && scale.decimals > 1 && write_two_units(value, to, size))
        return to;
    return scale_write(&scale, value, to, size);
}

static void scale_difference(struct scale *scale, const struct tsim_estimate *difference,
                             enum tsim_unit unit, const char *currency, bool ascii)
{
    const double half = difference->has_interval ? (difference->high - difference->low) / 2 : 0;
    const double size = fmax(fabs(difference->value), half);
    scale_pick(scale, size, unit, currency, ascii);
    if (unit == TSIM_UNIT_SHARE)
        scale->after = " points";
    /* Enough decimals that the ends of the interval differ. */
    const double shown = half > 0 ? half / scale->divisor : size / scale->divisor;
    while (scale->decimals < 4 && shown > 0 && shown * pow(10, scale->decimals) < 1)
        scale->decimals++;
}

char *format_difference(const struct tsim_estimate *difference, enum tsim_unit unit,
                        const char *currency, bool ascii, char *to, size_t size)
{
    struct scale scale;
    char         written[2 * FORMAT_VALUE];
    scale_difference(&scale, difference, unit, currency, ascii);
    scale_write(&scale, difference->value, written, sizeof written);
    struct text text;
    text_open(&text, to, size);
    text_add(&text, "%s%s", difference->value > 0 ? "+" : "",
             difference->value == 0 ? "0" : written);
    return to;
}

char *format_difference_interval(const struct tsim_estimate *difference, enum tsim_unit unit,
                                 const char *currency, bool ascii, bool with_unit, char *to,
                                 size_t size)
{
    struct scale scale;
    char         low[FORMAT_VALUE], high[FORMAT_VALUE];
    if (size)
        to[0] = '\0';
    if (!difference->defined || !difference->has_interval || !isfinite(difference->low) ||
        !isfinite(difference->high))
        return to;
    scale_difference(&scale, difference, unit, currency, ascii);
    scale_write_bare(&scale, difference->low, low, sizeof low);
    scale_write_bare(&scale, difference->high, high, sizeof high);
    struct text text;
    text_open(&text, to, size);
    text_add(&text, "(%s %s %s%s)", low, ascii ? "to" : "–", high, with_unit ? scale.after : "");
    return to;
}

char *format_interval(const struct tsim_estimate *estimate, enum tsim_unit unit,
                      const char *currency, bool ascii, char *to, size_t size)
{
    if (size)
        to[0] = '\0';
    if (!estimate->defined || !estimate->has_interval || !isfinite(estimate->low) ||
        !isfinite(estimate->high))
        return to;
    struct scale scale;
    scale_pick(&scale, estimate->value, unit, currency, ascii);
    /* Its ends must differ as they are written, and not end at a rounded target. */
    double half = (estimate->high - estimate->low) / 2 / scale.divisor;
    if (scale.decimals == 0 && half < 10 && unit != TSIM_UNIT_MONEY)
        scale.decimals = 1;
    if (half > 0 && half < 0.1 && scale.decimals < 2)
        scale.decimals = 2;
    /* A symmetric interval may reach where no value can be. */
    bool   positive = unit != TSIM_UNIT_MONEY && estimate->value >= 0;
    double low_end  = positive && estimate->low < 0 ? 0 : estimate->low;
    double high_end = unit == TSIM_UNIT_SHARE && estimate->high > 1 ? 1 : estimate->high;
    char   low[FORMAT_VALUE], high[FORMAT_VALUE];
    scale_write_bare(&scale, low_end, low, sizeof low);
    scale_write_bare(&scale, high_end, high, sizeof high);
    snprintf(to, size, "(%s %s %s)", low, ascii ? "-" : "–", high);
    return to;
}

char *format_whole(uint64_t value, char *to, size_t size)
{
    char plain[FORMAT_VALUE];
    snprintf(plain, sizeof plain, "%" PRIu64, value);
    separate(plain, to, size);
    return to;
}

/* Bytes of the UTF-8 character that starts at `at`; never past the end of the text. */
static size_t character_bytes(const char *at)
{
    size_t n = 1;
    while (((unsigned char)at[n] & 0xC0) == 0x80 && n < 4)
        n++;
    return n;
}

/* In place: one '?' for each character outside ASCII. */
static void make_ascii(char *text)
{
    char *to = text;
    while (*text) {
        size_t n = character_bytes(text);
        *to++    = (unsigned char)*text >= 0x80 ? '?' : *text;
        text += n;
    }
    *to = '\0';
}

char *format_name(const char *name, size_t columns, bool ascii, char *to, size_t size)
{
    char shown[1024];
    text_visible(shown, sizeof shown, name ? name : "");
    if (ascii)
        make_ascii(shown);
    const char *ellipsis = ascii ? ".." : "…";
    size_t      room     = columns;
    if (text_columns(shown) > columns) {
        room = columns > text_columns(ellipsis) ? columns - text_columns(ellipsis) : 0;
        char   part[8];
        size_t used = 0, end = 0;
        while (shown[end]) {
            size_t n = character_bytes(shown + end);
            memcpy(part, shown + end, n);
            part[n] = '\0';
            if (used + text_columns(part) > room)
                break;
            used += text_columns(part);
            end += n;
        }
        while (end > 0 && shown[end - 1] == ' ')
            end--;
        snprintf(shown + end, sizeof shown - end, "%s", ellipsis);
    }
    struct text out;
    text_open(&out, to, size);
    text_add(&out, "%s", shown);
    return to;
}
