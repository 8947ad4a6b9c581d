/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the plot of what used up SLA targets shows all of it, under the right target. Method:
 * made-up results of few and many tiers; in the plot's table the pieces of each bar follow each
 * other from 0 to 100 %, each with its part's words and kind. */
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

/* One row: position, from, to and kind, and whether it is of clocks that missed. */
struct row {
    double position, from, to;
    int    kind;
    bool   missed;
};

static bool read_row(FILE *from, struct row *row)
{
    char line[2000], clocks[16];
    if (!fgets(line, sizeof line, from))
        return false;
    row->missed = false;
    if (sscanf(line, "%lf,%lf,%lf,%d,%15[a-z]", &row->position, &row->from, &row->to, &row->kind,
               clocks) == 5)
        row->missed = strcmp(clocks, "missed") == 0;
    return true;
}

static void check_table(const char *name, const struct tsim_result *result, size_t tiers)
{
    char  *text = NULL;
    size_t size, rows = 0, bars = 0;
    FILE  *to = open_memstream(&text, &size);
    check(plot_delays.pages(result) == 1, name, "one page");
    plot_delays.data(&(struct picture){ .of = result }, to);
    fclose(to);
    FILE      *from = fmemopen(text, size, "r");
    char       head[200];
    struct row row, before = { .position = -9, .to = 100 };
    check(fgets(head, sizeof head, from) != NULL, name, "a head");
    for (; read_row(from, &row); before = row, rows++) {
        const bool next = row.position != before.position;
        bars += next;
        check(!next || fabs(before.to - 100) < 1e-6, name, "a bar that does not end at 100 %");
        check(fabs(row.from - (next ? 0 : before.to)) < 1e-6, name, "a gap between pieces");
        check(row.to > row.from, name, "a piece of nothing");
        const size_t part = rows % (2 * tiers + 1);
        check(row.kind == (part == 2 * tiers ? 5 : part % 2 ? 2 : 0), name, "a piece of another "
                                                                           "kind");
        check(row.missed == (bars % 2 == 0), name, "bars in another order");
    }
    check(fabs(before.to - 100) < 1e-6, name, "a last bar that does not end at 100 %");
    check(bars == 4 && rows == 4 * (2 * tiers + 1), name, "two bars for each of two targets");
    fclose(from);
    free(text);
}

int main(void)
{
    static const size_t tiers[] = { 2, 3, 14 };
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        struct fake fake;
        char        name[32];
        fake_desk(&fake);
        for (size_t t = 3; t < tiers[i]; t++)
            fake.tiers[t] = "one/of many, \"quoted\" work";
        fake.info.tiers = (uint32_t)tiers[i];
        snprintf(name, sizeof name, "%zu tiers", tiers[i]);
        struct tsim_result *result = fake_new(&fake);
        check_table(name, result, tiers[i]);
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
        check(plot_delays.pages(result) == 0, i ? "nobody" : "alone", "a picture of nothing");
        tsim_result_free(result);
    }
    return failures ? 1 : 0;
}
