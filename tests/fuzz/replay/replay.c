/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds files to a libFuzzer target without libFuzzer, so that every input that was ever worth
 * keeping is tried in every test run, with any compiler.
 *
 *     target FILE-OR-FOLDER...
 *
 * Folders are walked. No file at all is a failure: a corpus that is not there tests nothing. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATH_BYTES = 4096 };

static unsigned long files, bytes;

static _Noreturn void give_up(const char *what, const char *path)
{
    fprintf(stderr, "replay: cannot %s %s\n", what, path);
    exit(1);
}

static void replay_file(const char *path, size_t size)
{
    fprintf(stderr, "%s\n", path); /* the last one named is the one that crashed */
    FILE *file = fopen(path, "rb");
    /* Exactly as long as the input: reading past its end is then seen by sanitizers. */
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (!file || !data || fread(data, 1, size, file) != size)
        give_up("read", path);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    files++;
    bytes += size;
}

static void replay(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        give_up("find", path);
    if (S_ISREG(about.st_mode)) {
        replay_file(path, (size_t)about.st_size);
        return;
    }
    DIR *folder = opendir(path);
    if (!folder)
        give_up("open", path);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char inside[PATH_BYTES];
        if (entry->d_name[0] == '.')
            continue;
        if (snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name) >= (int)sizeof inside)
            give_up("name what is in", path);
        replay(inside);
    }
    closedir(folder);
}

int main(int argc, char **argv)
{
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("replayed %lu files, %lu bytes\n", files, bytes);
    return files > 0 ? 0 : 1;
}
