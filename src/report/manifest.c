/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/manifest.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <tiersim/run.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"

void manifest_add(struct manifest *manifest, const char *name)
{
    if (manifest->n < MANIFEST_FILES)
        snprintf(manifest->names[manifest->n++], MANIFEST_NAME, "%s", name);
}

static void write_text(FILE *to, const char *key, const char *text)
{
    fprintf(to, "  \"%s\": ", key);
    if (text)
        json_write_string(to, text);
    else
        fputs("null", to);
    fputs(",\n", to);
}

static void write_host(FILE *to)
{
    struct utsname host;
    long           cores = sysconf(_SC_NPROCESSORS_ONLN);
    fprintf(to, "  \"host\": {\"cores\": %ld", cores > 0 ? cores : 1);
    if (uname(&host) == 0) {
        fputs(", \"system\": ", to);
        json_write_string(to, host.sysname);
        fputs(", \"release\": ", to);
        json_write_string(to, host.release);
        fputs(", \"machine\": ", to);
        json_write_string(to, host.machine);
    }
    fputs("},\n", to);
}

static void write_files(const struct manifest *manifest, const char *folder, FILE *to)
{
    fputs("  \"files\": [", to);
    for (size_t i = 0; i < manifest->n; i++) {
        char        path[4096];
        struct stat file;
        fprintf(to, "%s\n    {\"name\": ", i ? "," : "");
        json_write_string(to, manifest->names[i]);
        if (file_join(path, sizeof path, folder, manifest->names[i]) && stat(path, &file) == 0)
            fprintf(to, ", \"bytes\": %" PRIdMAX, (intmax_t)file.st_size);
        fputs("}", to);
    }
    fputs(manifest->n ? "\n  ]\n" : "]\n", to);
}

void manifest_write(const struct manifest *manifest, const struct manifest_about *about,
                    const char *command_line, const char *folder, FILE *to)
{
    char file[64];
    snprintf(file, sizeof file, "%s_file", about->kind);
    fputs("{\n  \"schema\": \"tiersim-manifest-1\",\n", to);
    write_text(to, "version", tsim_version());
    write_text(to, "build", tsim_build_info());
    write_text(to, "command_line", command_line);
    write_text(to, about->kind, about->name);
    write_text(to, file, about->file);
    write_text(to, "fingerprint", about->fingerprint);
    write_text(to, "digest", about->digest);
    fprintf(to,
            "  \"seed\": %" PRIu64 ",\n  \"complete\": %s,\n"
            "  \"replications\": {\"done\": %" PRIu64 ", \"planned\": %" PRIu64 "},\n",
            about->seed, about->complete ? "true" : "false", about->done, about->planned);
    fputs("  \"wall_s\": ", to);
    json_write_number(to, about->wall_s);
    fprintf(to, ",\n  \"threads\": %" PRIu32 ",\n", about->threads);
    write_host(to);
    write_files(manifest, folder, to);
    fputs("}\n", to);
}
