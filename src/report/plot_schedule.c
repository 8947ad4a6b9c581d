/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plot_schedule.h"

#include <inttypes.h>
#include <math.h>

#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/plots.h"

/* More people are not told apart in a picture; the CSV of the roster has them all. */
enum { PEOPLE_SHOWN = 150, TITLE = 300 };

static const char *const day_names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

static void title_of(const struct picture *picture, const char *what, char *to, size_t size)
{
    size_t                           n;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(picture->of, &n);
    char                             name[FORMAT_NAME];
    struct text                      text;
    gp_clean(name, sizeof name, pools[picture->page].pool, 40);
    text_open(&text, to, size);
    text_add(&text, "%s: %s", name, what);
}

/* Hours from the beginning of the period to a minute of a row's day. */
static double hour_of(const struct tsim_schedule_info *info, const struct tsim_schedule_row *row,
                      uint32_t minute)
{
    const uint32_t day = info->period_days > 1 ? (row->day + 7 - info->first_day) % 7 : 0;
    return day * 24 + minute / 60.0;
}

/* Hours on the axis: of a day while the desk is open or somebody works, or names of days over a
 * week. */
static void write_axis(const struct tsim_schedule *schedule, FILE *to)
{
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    size_t                           n;
    const struct tsim_schedule_row  *rows = tsim_schedule_rows(schedule, &n);
    double first_h = 24, last_h = info->period_days > 1 ? info->period_days * 24.0 : 0;
    for (uint32_t i = 0; info->period_days == 1 && i < info->slots; i++) {
        const double at_h = i * info->slot_minutes / 60.0;
        if (!tsim_schedule_open(schedule, i))
            continue;
        first_h = fmin(first_h, floor(at_h));
        last_h = fmax(last_h, ceil(at_h + info->slot_minutes / 60.0));
    }
    for (size_t r = 0; r < n; r++) {
        first_h = fmin(first_h, rows[r].start / 60 - (rows[r].start > 0));
        last_h = fmax(last_h, hour_of(info, &rows[r], rows[r].end));
    }
    if (info->period_days > 1) {
        fputs("set xtics scale 0 (", to);
        for (unsigned day = 0; day < 7; day++)
            fprintf(to, "%s'%s' %u", day ? ", " : "", day_names[day], day * 24 + 12);
        fputs(")\n", to);
        for (unsigned day = 1; day < 7; day++)
            fprintf(to, "set arrow %u from %u,graph 0 to %u,graph 1 nohead dt 3 lc rgb '#aaaaaa' "
                        "back\n", day, day * 24, day * 24);
    } else {
        fputs("set xtics 2\nset format x '%.0f:00'\n", to);
    }
    fprintf(to, "set xrange [%.9g:%.9g]\n", info->period_days > 1 ? 0 : first_h, last_h);
}

/* ---- heads */

static void cover_data(const struct picture *picture, FILE *to)
{
    const struct tsim_schedule      *schedule = picture->of;
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    fputs("hour,asked,needed,on_floor\r\n", to);
    for (uint32_t i = 0; i <= info->slots; i++) {
        const uint32_t at = i < info->slots ? i : info->slots - 1; /* the last step has an end */
        fprintf(to, "%.9g,%" PRIu32 ",%" PRIu32 ",%" PRIu32 "\r\n", i * info->slot_minutes / 60.0,
                tsim_schedule_heads(schedule, TSIM_HEADS_ASKED, picture->page, at),
                tsim_schedule_heads(schedule, TSIM_HEADS_NEEDED, picture->page, at),
                tsim_schedule_heads(schedule, TSIM_HEADS_ON_FLOOR, picture->page, at));
    }
}

static void cover_script(const struct picture *picture, FILE *to)
{
    char title[TITLE];
    title_of(picture, "heads needed and on the floor", title, sizeof title);
    const struct frame frame = { .title = title, .width = 860, .height = 420, .legend = 1,
                                 .axis = "heads",
                                 .subtitle = "breaks taken off; dashed: as asked for at first" };
    frame_write(&frame, to);
    write_axis(picture->of, to);
    fputs("set yrange [0:*]\n"
          "plot data skip 1 using 1:4 with fillsteps fs solid 0.35 noborder lc rgb '#56b4e9' \\\n"
          "    title 'on the floor', \\\n"
          "    '' skip 1 using 1:3 with steps lw 2 lc rgb '#d55e00' title 'needed', \\\n"
          "    '' skip 1 using 1:2 with steps lw 1.2 dt 2 lc rgb '#444444' title 'asked for'\n",
          to);
}

/* ---- roster */

static void roster_data(const struct picture *picture, FILE *to)
{
    const struct tsim_schedule      *schedule = picture->of;
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    size_t                           n;
    const struct tsim_schedule_row  *rows = tsim_schedule_rows(schedule, &n);
    fputs("person,from,to,break\r\n", to);
    for (size_t r = 0; r < n; r++) {
        if (rows[r].pool != picture->page || rows[r].person > PEOPLE_SHOWN)
            continue;
        fprintf(to, "%" PRIu32 ",%.9g,%.9g,0\r\n", rows[r].person,
                hour_of(info, &rows[r], rows[r].start), hour_of(info, &rows[r], rows[r].end));
        for (size_t b = 0; b < rows[r].n_breaks; b++)
            fprintf(to, "%" PRIu32 ",%.9g,%.9g,1\r\n", rows[r].person,
                    hour_of(info, &rows[r], rows[r].breaks[b].start),
                    hour_of(info, &rows[r], rows[r].breaks[b].end));
    }
}

static void roster_script(const struct picture *picture, FILE *to)
{
    const struct tsim_schedule      *schedule = picture->of;
    size_t                           n;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n);
    const uint32_t all = pools[picture->page].people;
    const uint32_t people = all < PEOPLE_SHOWN ? all : PEOPLE_SHOWN;
    char           title[TITLE], subtitle[TITLE];
    title_of(picture, "roster", title, sizeof title);
    struct text text;
    text_open(&text, subtitle, sizeof subtitle);
    text_add(&text, "one line for each person");
    if (all > people)
        text_add(&text, "; the first %" PRIu32 " of %" PRIu32, people, all);
    const struct frame frame = { .title = title, .subtitle = subtitle, .width = 860,
                                 .height = 200 + 12 * people, .legend = 1, .axis = "person" };
    frame_write(&frame, to);
    write_axis(schedule, to);
    fprintf(to, "set yrange [%" PRIu32 ".6:0.4]\nset grid xtics noytics\n", people);
    fputs("plot data skip 1 using ($4==0 ? $2 : NaN):1:2:3:($1-0.38):($1+0.38) with boxxyerror \\\n"
          "    fs solid 0.8 noborder lc rgb '#56b4e9' title 'shift', \\\n"
          "    '' skip 1 using ($4==1 ? $2 : NaN):1:2:3:($1-0.38):($1+0.38) with boxxyerror \\\n"
          "    fs solid 1 noborder lc rgb '#e69f00' title 'break'\n", to);
}

/* ---- all of them */

void plot_schedule_pictures(const struct tsim_schedule *schedule,
                            struct picture pictures[SCHEDULE_PICTURES])
{
    size_t                           n_pools, p = 0;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n_pools);
    for (size_t i = 0; i < PLOT_POOLS; i++, p++) {
        struct picture *cover = &pictures[2 * i], *roster = cover + 1;
        while (p < n_pools && (!pools[p].scheduled || pools[p].people == 0))
            p++;
        const bool shown = p < n_pools;
        *cover = (struct picture){ .title = "Heads needed and on the floor", .of = schedule,
                                   .page = p, .data = shown ? cover_data : NULL,
                                   .script = cover_script };
        *roster = (struct picture){ .title = "Roster", .of = schedule, .page = p,
                                    .data = shown ? roster_data : NULL,
                                    .script = roster_script };
        picture_name(cover, "cover", i);
        picture_name(roster, "roster", i);
    }
}
