/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plots.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/problem.h"
#include "base/text.h"
#include "report/format.h"
#include "report/gnuplot.h"

static const struct plot *const plots[] = {
    &plot_resolution, &plot_flow, &plot_causes, &plot_load, &plot_service, &plot_waits,
    &plot_delays, &plot_cost,
};

enum { PLOTS = sizeof plots / sizeof *plots, PAGES_MOST = 16 };

/* ---- parts of scripts */

const char *plot_color(size_t i)
{
    /* The palette of Okabe and Ito, without its black and its yellow. */
    static const char *const colors[] = { "#0072b2", "#d55e00", "#009e73",
                                          "#cc79a7", "#e69f00", "#56b4e9" };
    return colors[i % 6];
}

unsigned plot_dash(size_t i)
{
    static const unsigned dashes[] = { 1, 2, 4, 5, 3, 6 };
    return dashes[i % 6];
}

size_t plot_tier_pages(const struct tsim_result *result)
{
    return (tsim_result_entries(result, TSIM_SCOPE_TIER) + PLOT_TIERS - 1) / PLOT_TIERS;
}

size_t plot_first_tier(size_t page)
{
    return page * PLOT_TIERS;
}

size_t plot_end_tier(const struct tsim_result *result, size_t page)
{
    size_t tiers = tsim_result_entries(result, TSIM_SCOPE_TIER), end = (page + 1) * PLOT_TIERS;
    return end < tiers ? end : tiers;
}

void frame_subtitle(const struct tsim_result *result, bool intervals, char *to, size_t size)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    char                        name[FORMAT_NAME], number[FORMAT_VALUE];
    struct text                 text;
    text_open(&text, to, size);
    gp_clean(name, sizeof name, info->scenario, 48);
    text_add(&text, "%s  ·  ", name);
    if (info->replications == 1)
        text_add(&text, "one replication%s", intervals ? ", so no intervals" : "");
    else
        text_add(&text, "mean of %s replications",
                 format_whole(info->replications, number, sizeof number));
    if (info->replications > 1 && intervals)
        text_add(&text, ", whiskers are %.4g %% intervals", info->confidence * 100);
    if (!info->complete)
        text_add(&text, "  ·  PARTIAL RUN");
}

static void write_terminals(const struct frame *frame, FILE *to)
{
    unsigned w = frame->width, h = frame->height;
    fprintf(to,
            "if (!exists('format')) format = 'svg'\n"
            "if (!exists('picture')) picture = plot_name . '.' . format\n"
            "if (format eq 'png') {\n"
            "    set terminal pngcairo noenhanced size %u,%u fontscale 1.5 linewidth 2 \\\n"
            "        pointscale 2 font 'sans-serif,13' background '#ffffff'\n"
            "} else { if (format eq 'pdf') {\n"
            "    set terminal pdfcairo noenhanced size %.3fin,%.3fin font 'sans-serif,13' \\\n"
            "        background '#ffffff'\n"
            "} else {\n"
            "    set terminal svg noenhanced size %u,%u dynamic font 'sans-serif,13' \\\n"
            "        background '#ffffff' name plot_name\n"
            "}}\n"
            "set output picture\n",
            2 * w, 2 * h, w / 72.0, h / 72.0, w, h);
}

static void write_style(FILE *to)
{
    fputs("set encoding utf8\n"
          "set datafile separator comma\n"
          "set border 3 lc rgb '#888888' lw 1\n"
          "set tics nomirror out scale 0.6 tc rgb '#444444'\n"
          "set grid xtics ytics back lt 1 lc rgb '#e4e4e4' lw 1\n"
          "set xtics offset 0,0.3\nset xlabel offset 0,0.5\n"
          "set style fill solid noborder\n",
          to);
}

void frame_write(const struct frame *frame, FILE *to)
{
    double height = frame->height, width = frame->width;
    double top = 1 - (74.0 + 24.0 * frame->legend + (frame->axis ? 16 : 0)) / height;
    double bottom = (frame->xlabel ? 66.0 : 46.0) / height;
    write_terminals(frame, to);
    write_style(to);
    fputs("set label 1 ", to);
    gp_label(to, frame->title, 80);
    fprintf(to, " at screen %.5f,%.5f left front font 'sans-serif,18' tc rgb '#222222'\n",
            24 / width, 1 - 28 / height);
    fputs("set label 2 ", to);
    gp_label(to, frame->subtitle, 110);
    fprintf(to, " at screen %.5f,%.5f left front font 'sans-serif,12' tc rgb '#666666'\n",
            24 / width, 1 - 51 / height);
    if (frame->axis) {
        fputs("set label 4 ", to);
        gp_label(to, frame->axis, 60);
        fprintf(to, " at screen %.5f, graph 1 offset character 0,0.9 left font 'sans-serif,12' "
                    "tc rgb '#666666'\n",
                24 / width);
    }
    fprintf(to, "set key at screen %.5f,%.5f left top horizontal Left reverse samplen 2.4 \\\n"
                "    width 1 tc rgb '#333333' maxrows %u noautotitle\n",
            18 / width, 1 - 62 / height, frame->legend ? frame->legend : 1);
    if (frame->panels)
        fprintf(to, "set multiplot layout %zu,1 margins screen %.5f,%.5f,%.5f,%.5f spacing "
                    "screen %.5f\n",
                frame->panels, 76 / width, 1 - 32 / width, bottom, top - 14 / height, 34 / height);
    else
        fprintf(to,
                "set lmargin at screen %.5f\nset rmargin at screen %.5f\n"
                "set bmargin at screen %.5f\nset tmargin at screen %.5f\n",
                66 / width, 1 - 32 / width, bottom, top);
}

/* ---- files */

/* "load", "load_2", …: gnuplot takes it for the name of the picture too. */
static void page_name(const struct plot *plot, size_t page, char *to, size_t size)
{
    if (page == 0)
        snprintf(to, size, "%s", plot->name);
    else
        snprintf(to, size, "%s_%zu", plot->name, page + 1);
}

static void remove_files(const char *folder, const char *name)
{
    static const char *const endings[] = { "svg", "png", "pdf", "gp", "csv" };
    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
        char file[PLOT_NAME + 8], path[4096];
        snprintf(file, sizeof file, "%s.%s", name, endings[e]);
        if (file_join(path, sizeof path, folder, file))
            unlink(path);
    }
}

void plots_remove(const char *folder)
{
    char name[PLOT_NAME];
    for (size_t p = 0; p < PLOTS; p++) {
        for (size_t page = 0; page < PAGES_MOST; page++) {
            page_name(plots[p], page, name, sizeof name);
            remove_files(folder, name);
        }
    }
}

/* What all files of one page are made with. */
struct job {
    const struct tsim_result   *result;
    const struct plot          *plot;
    size_t                      page;
    char                        name[PLOT_NAME];
    const char                 *folder;
    const struct plots_options *options;
    struct tsim_problems       *problems;
    void (*written)(void *user, const char *name);
    void *user;
};

static void tell(const struct job *job, const char *ending)
{
    char file[PLOT_NAME + 8];
    snprintf(file, sizeof file, "%s.%s", job->name, ending);
    if (job->written)
        job->written(job->user, file);
}

static bool begin(const struct job *job, const char *ending, struct file_writer *writer)
{
    char file[PLOT_NAME + 8], path[4096];
    snprintf(file, sizeof file, "%s.%s", job->name, ending);
    if (!file_join(path, sizeof path, job->folder, file))
        return problem_plain(job->problems, TSIM_PROBLEM_IO, NULL,
                             "the path of the results folder is too long");
    return file_begin(writer, path, job->problems);
}

static bool write_data(const struct job *job)
{
    struct file_writer writer;
    if (!begin(job, "csv", &writer))
        return false;
    job->plot->data(job->result, job->page, writer.to);
    if (!file_commit(&writer, job->problems))
        return false;
    tell(job, "csv");
    return true;
}

static bool write_script(const struct job *job)
{
    struct file_writer writer;
    if (!begin(job, "gp", &writer))
        return false;
    fprintf(writer.to,
            "# %s: the picture %s.svg, drawn from %s.csv by tiersim.\n"
            "# Redraw it here:   gnuplot %s.gp\n"
            "# As PNG or PDF:    gnuplot -e \"format='png'\" %s.gp\n",
            job->plot->title, job->name, job->name, job->name, job->name);
    fprintf(writer.to, "plot_name = '%s'\ndata = plot_name . '.csv'\n", job->name);
    job->plot->script(job->result, job->page, writer.to);
    fputs("unset output\n", writer.to);
    if (!file_commit(&writer, job->problems))
        return false;
    tell(job, "gp");
    return true;
}

/* What kept pictures from being drawn; one warning in the end. */
struct trouble {
    size_t               pictures;
    enum gnuplot_outcome first;
    char                 name[PLOT_NAME], reason[600];
    bool                 give_up;
};

static void draw(const struct job *job, const char *format, struct trouble *trouble)
{
    char                      reason[600];
    const struct gnuplot_job  run = { .folder    = job->folder,
                                      .name      = job->name,
                                      .format    = format,
                                      .timeout_s = job->options->timeout_s };
    const enum gnuplot_outcome outcome =
        trouble->give_up ? trouble->first : gnuplot_draw(&run, reason, sizeof reason);
    if (outcome == GNUPLOT_DREW) {
        tell(job, format);
        return;
    }
    if (trouble->pictures++ > 0)
        return;
    trouble->first = outcome;
    snprintf(trouble->name, sizeof trouble->name, "%s", job->name);
    snprintf(trouble->reason, sizeof trouble->reason, "%s", reason);
    /* One that is missing or hangs will do so again. */
    trouble->give_up = outcome == GNUPLOT_MISSING || outcome == GNUPLOT_SLOW;
}

static void draw_page(const struct job *job, struct trouble *trouble)
{
    draw(job, "svg", trouble);
    if (job->options->png)
        draw(job, "png", trouble);
    if (job->options->pdf)
        draw(job, "pdf", trouble);
}

static void warn(const struct job *job, const struct trouble *trouble)
{
    static const char install[] = "install it with: apt-get install gnuplot-nox";
    static const char redraw[] =
        "if gnuplot is broken, reinstall it: apt-get install --reinstall gnuplot-nox";
    if (trouble->pictures == 0)
        return;
    if (trouble->first == GNUPLOT_MISSING)
        problem_plain(job->problems, TSIM_PROBLEM_WARNING, install,
                      "gnuplot is not installed, so no plots were drawn; everything else is "
                      "written");
    else if (trouble->first == GNUPLOT_SLOW)
        problem_plain(job->problems, TSIM_PROBLEM_WARNING, redraw,
                      "gnuplot did not finish %s.gp within %g s and was stopped; plots are "
                      "missing, everything else is written",
                      trouble->name, job->options->timeout_s);
    else
        problem_plain(job->problems, TSIM_PROBLEM_WARNING, redraw,
                      "gnuplot failed on %s.gp (%s); %zu %s missing, everything else is written",
                      trouble->name, trouble->reason, trouble->pictures,
                      trouble->pictures == 1 ? "picture is" : "pictures are");
}

bool plots_write(const struct tsim_result *result, const char *folder,
                 const struct plots_options *options, struct tsim_problems *problems,
                 void (*written)(void *user, const char *name), void *user)
{
    struct job     job = { .result = result, .folder = folder, .options = options,
                           .problems = problems, .written = written, .user = user };
    struct trouble trouble = { 0 };
    plots_remove(folder);
    for (int pictures = 0; pictures < 2; pictures++) {
        for (size_t p = 0; p < PLOTS; p++) {
            size_t pages = plots[p]->pages(result);
            job.plot     = plots[p];
            for (job.page = 0; job.page < pages && job.page < PAGES_MOST; job.page++) {
                page_name(job.plot, job.page, job.name, sizeof job.name);
                if (pictures)
                    draw_page(&job, &trouble);
                else if (!write_data(&job) || !write_script(&job))
                    return false;
            }
        }
    }
    warn(&job, &trouble);
    return true;
}
