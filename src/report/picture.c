/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/picture.h"

#include <unistd.h>

#include "base/file.h"
#include "base/problem.h"
#include "report/gnuplot.h"

void picture_name(struct picture *picture, const char *name, size_t number)
{
    if (number == 0)
        snprintf(picture->name, sizeof picture->name, "%.40s", name);
    else
        snprintf(picture->name, sizeof picture->name, "%.40s_%zu", name, number + 1);
}

/* ---- what a former run left */

static void remove_files(const char *folder, const char *name)
{
    static const char *const endings[] = { "svg", "png", "pdf", "gp", "csv" };
    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
        char file[PICTURE_NAME + 8], path[4096];
        snprintf(file, sizeof file, "%s.%s", name, endings[e]);
        if (file_join(path, sizeof path, folder, file))
            unlink(path);
    }
}

void pictures_remove(const struct picture *pictures, size_t n, const char *folder)
{
    for (size_t i = 0; i < n; i++)
        remove_files(folder, pictures[i].name);
}

/* ---- writing */

/* What all files of one picture are made with. */
struct job {
    const struct picture         *picture;
    const char                   *folder;
    const struct picture_options *options;
    struct tsim_problems         *problems;
    void (*written)(void *user, const char *name);
    void *user;
};

static void tell(const struct job *job, const char *ending)
{
    char file[PICTURE_NAME + 8];
    snprintf(file, sizeof file, "%s.%s", job->picture->name, ending);
    if (job->written)
        job->written(job->user, file);
}

static bool begin(const struct job *job, const char *ending, struct file_writer *writer)
{
    char file[PICTURE_NAME + 8], path[4096];
    snprintf(file, sizeof file, "%s.%s", job->picture->name, ending);
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
    job->picture->data(job->picture, writer.to);
    if (!file_commit(&writer, job->problems))
        return false;
    tell(job, "csv");
    return true;
}

static bool write_script(const struct job *job)
{
    struct file_writer writer;
    const char        *name = job->picture->name;
    if (!begin(job, "gp", &writer))
        return false;
    fprintf(writer.to,
            "# %s: the picture %s.svg, drawn from %s.csv by tiersim.\n"
            "# Redraw it here:   gnuplot %s.gp\n"
            "# As PNG or PDF:    gnuplot -e \"format='png'\" %s.gp\n",
            job->picture->title, name, name, name, name);
    fprintf(writer.to, "plot_name = '%s'\ndata = plot_name . '.csv'\n", name);
    job->picture->script(job->picture, writer.to);
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
    char                 name[PICTURE_NAME], reason[600];
    bool                 give_up;
};

static void draw(const struct job *job, const char *format, struct trouble *trouble)
{
    char                      reason[600];
    const struct gnuplot_job  run = { .folder    = job->folder,
                                      .name      = job->picture->name,
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
    snprintf(trouble->name, sizeof trouble->name, "%s", job->picture->name);
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

bool pictures_write(const struct picture *pictures, size_t n, const char *folder,
                    const struct picture_options *options, struct tsim_problems *problems,
                    void (*written)(void *user, const char *name), void *user)
{
    struct job     job = { .folder = folder, .options = options, .problems = problems,
                           .written = written, .user = user };
    struct trouble trouble = { 0 };
    pictures_remove(pictures, n, folder);
    for (size_t i = 0; i < n; i++) {
        job.picture = &pictures[i];
        if (job.picture->data && (!write_data(&job) || !write_script(&job)))
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        job.picture = &pictures[i];
        if (job.picture->data)
            draw_page(&job, &trouble);
    }
    warn(&job, &trouble);
    return true;
}
