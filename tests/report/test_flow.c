/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the pictures of escalations show every hand-over once, and as wide as it is. Method: the
 * tables that they are drawn from, of made-up results with few and many tiers: bands of a side lie
 * beside each other, they add up to all moves, the parts of a cause to its bar; and nothing is said
 * where nobody is handed over or a number is none. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/plots.h"
#include "support/fake_result.h"

static int failures;

static void check(bool fact, const char *name, const char *what)
{
    if (fact)
        return;
    fprintf(stderr, "%s: %s\n", name, what);
    failures++;
}

static char *table_of(const struct plot *plot, const struct tsim_result *result, size_t page)
{
    char  *text = NULL;
    size_t size = 0;
    FILE  *to = open_memstream(&text, &size);
    plot->data(&(struct picture){ .of = result, .page = page }, to);
    fclose(to);
    char *copy = strdup(text); /* gcc takes the stream's pointer for a dangling one */
    free(text);
    return copy;
}

/* The first numbers of a row; returns how many there are. Steps to the next row. */
static size_t numbers_of(const char **row, double *numbers, size_t most)
{
    size_t n = 0;
    char  *end = NULL;
    for (const char *at = *row; n < most; at = end + 1) {
        numbers[n] = strtod(at, &end);
        if (end == at)
            break;
        n++;
        if (*end != ',')
            break;
    }
    const char *next = strchr(*row, '\n');
    *row = next ? next + 1 : *row + strlen(*row);
    return n;
}

struct span {
    double from, until;
};

static int by_place(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static bool lie_apart(struct span *spans, size_t n)
{
    qsort(spans, n, sizeof *spans, by_place);
    for (size_t i = 1; i < n; i++)
        if (spans[i].from < spans[i - 1].until * (1 - 1e-7))
            return false;
    return true;
}

static double moves_of(const struct tsim_result *result)
{
    double sum = 0;
    for (size_t e = 0; e < tsim_result_entries(result, TSIM_SCOPE_MOVE); e++)
        sum += tsim_result_get(result, TSIM_SCOPE_MOVE, e, 0).value;
    return sum;
}

/* Bands of all pages. */
static void check_flow(const char *name, const struct tsim_result *result)
{
    double       sum = 0;
    const size_t pages = plot_flow.pages(result);
    for (size_t page = 0; page < pages; page++) {
        struct span left[400], right[400];
        size_t      n = 0;
        char       *text = table_of(&plot_flow, result, page);
        double      number[5];
        const char *row = text;
        check(strncmp(text, "left,right,per_day,low,high,from,to,cause\r\n", 43) == 0, name,
              "another head");
        for (numbers_of(&row, number, 0); *row && n < 400; n++) {
            check(numbers_of(&row, number, 5) == 5, name, "a band without its numbers");
            left[n] = (struct span){ number[0], number[0] + number[2] };
            right[n] = (struct span){ number[1], number[1] + number[2] };
            check(number[2] > 0 && number[3] <= number[2] && number[2] <= number[4], name,
                  "a band that is no estimate");
            sum += number[2];
        }
        check(n > 0 || pages > 1, name, "no band");
        check(lie_apart(left, n), name, "bands overlap where they begin");
        check(lie_apart(right, n), name, "bands overlap where they end");
        free(text);
    }
    check(fabs(sum - moves_of(result)) <= 1e-6 * sum, name, "bands are not all hand-overs");
}

static void check_causes(const char *name, const struct tsim_result *result, size_t parts)
{
    char       *text = table_of(&plot_causes, result, 0);
    double      number[10], before = INFINITY;
    const char *row = text;
    size_t      bars = 0;
    check(plot_causes.pages(result) == 1, name, "one page of causes");
    for (numbers_of(&row, number, 0); *row; bars++) {
        double sum = 0;
        check(numbers_of(&row, number, 10) == 4 + parts, name, "a bar without all its parts");
        for (size_t t = 0; t < parts; t++)
            sum += number[4 + t];
        check(fabs(sum - number[1]) <= 1e-6 * sum, name, "parts do not add up to the bar");
        check(number[1] <= before, name, "bars are not in order");
        before = number[1];
    }
    check(bars == 3, name, "a bar for each cause of hand-overs");
    free(text);
}

int main(void)
{
    static const size_t tiers[] = { 2, 3, 6, 14 };
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        struct fake fake;
        char        name[32];
        fake_desk(&fake);
        for (size_t t = 3; t < tiers[i]; t++)
            fake.tiers[t] = "one of many, \"quoted\"";
        fake.info.tiers = (uint32_t)tiers[i];
        snprintf(name, sizeof name, "%zu tiers", tiers[i]);
        struct tsim_result *result = fake_new(&fake);
        check_flow(name, result);
        check_causes(name, result, tiers[i] < PLOT_TIERS ? tiers[i] : PLOT_TIERS);
        tsim_result_free(result);
    }
    struct fake alone, nobody;
    fake_desk(&alone);
    alone.info.tiers = 1;
    fake_desk(&nobody);
    nobody.info.contacts = 0;
    const struct fake *const still[] = { &alone, &nobody };
    for (size_t i = 0; i < 2; i++) {
        struct tsim_result *result = fake_new(still[i]);
        check(plot_flow.pages(result) == 0 && plot_causes.pages(result) == 0,
              i ? "nobody" : "alone", "a picture of nothing");
        tsim_result_free(result);
    }
    return failures ? 1 : 0;
}
