/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/output.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/problem.h"
#include "report/web.h"

enum { PATH_BYTES = 4096 };

/* A folder being filled. */
struct filling {
    const struct output              *output;
    const char                       *path;
    const struct tsim_folder_options *options;
    struct tsim_problems             *problems;
    struct manifest                  *manifest;
};

static bool join(const struct filling *filling, const char *name, char *path)
{
    return file_join(path, PATH_BYTES, filling->path, name) ||
           problem_plain(filling->problems, TSIM_PROBLEM_IO, NULL,
                         "the path of the results folder is too long");
}

static bool write_file(const struct filling *filling, const struct output_file *file)
{
    struct file_writer writer;
    char               path[PATH_BYTES];
    if (file->write) {
        if (!join(filling, file->name, path) ||
            !file_begin(&writer, path, filling->problems))
            return false;
        file->write(file->of, writer.to);
        if (!file_commit(&writer, filling->problems))
            return false;
    }
    manifest_add(filling->manifest, file->name);
    return true;
}

static bool write_files(const struct filling *filling)
{
    bool good = true;
    for (size_t i = 0; good && i < filling->output->n_files; i++)
        good = write_file(filling, &filling->output->files[i]);
    return good;
}

static void add_picture(void *user, const char *name)
{
    const struct filling *filling = user;
    char                  file[MANIFEST_NAME];
    snprintf(file, sizeof file, "plots/%s", name);
    manifest_add(filling->manifest, file);
}

static bool write_pictures(struct filling *filling)
{
    char                         path[PATH_BYTES];
    const struct output         *output = filling->output;
    const struct picture_options options = { .png = filling->options->png,
                                             .pdf = filling->options->pdf,
                                             .timeout_s = PICTURE_TIMEOUT_S };
    size_t                       shown = 0;
    if (!join(filling, "plots", path))
        return false;
    for (size_t i = 0; !filling->options->no_plots && i < output->n_pictures; i++)
        shown += output->pictures[i].data != NULL;
    if (shown > 0)
        return file_make_folder(path, filling->problems) &&
               pictures_write(output->pictures, output->n_pictures, path, &options,
                              filling->problems, add_picture, filling);
    pictures_remove(output->pictures, output->n_pictures, path);
    (void)rmdir(path); /* only when nothing of somebody else is in it */
    return true;
}

static void write_manifest(const void *of, FILE *to)
{
    const struct filling *filling = of;
    manifest_write(filling->manifest, &filling->output->about, filling->options->command_line,
                   filling->path, to);
}

static void write_web(const void *of, FILE *to)
{
    const struct filling *filling = of;
    const struct output  *output = filling->output;
    const struct web      web = { .title = output->about.name, .screen = output->screen.write,
                                  .of = output->screen.of, .pictures = output->pictures,
                                  .n_pictures = output->n_pictures, .manifest = filling->manifest,
                                  .about = &output->about, .folder = filling->path };
    web_write(&web, to);
}

bool output_write(const struct output *output, const char *path,
                  const struct tsim_folder_options *options, struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct filling filling = { output, path, options ? options : &plain, problems,
                               calloc(1, sizeof *filling.manifest) };
    const struct output_file manifest = { "manifest.json", write_manifest, &filling };
    const struct output_file web = { "report.html", write_web, &filling };
    if (!filling.manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done)
        output_remove(path, manifest.name);
    done = done && write_files(&filling) && write_pictures(&filling) &&
           write_file(&filling, &web) && write_file(&filling, &manifest);
    free(filling.manifest);
    return done;
}

void output_remove(const char *path, const char *name)
{
    char file[PATH_BYTES];
    if (file_join(file, sizeof file, path, name))
        unlink(file);
}
