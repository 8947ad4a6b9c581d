/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For prlimit and pipe2: a child under limits. */
#define _GNU_SOURCE
#include "report/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "base/text.h"

/* ---- texts */

/* Characters that would steer a terminal, a reader's eye or an XML parser. */
static bool is_steering(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E ||
           code == 0x200F || code == 0xFEFF || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || (code & 0xFFFE) == 0xFFFE;
}

void gp_clean(char *to, size_t size, const char *text, size_t columns)
{
    enum { MOST = 120 };
    struct text out;
    size_t      length = strlen(text), used = 0, left = columns < MOST ? columns : MOST;
    text_open(&out, to, size);
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t   n    = text_utf8(text + at, length - at, &code);
        char     part[8] = "\xEF\xBF\xBD"; /* the replacement character */
        if (n > 0 && is_steering(code))
            memcpy(part, " ", 2);
        else if (n > 0)
            snprintf(part, sizeof part, "%.*s", (int)n, text + at);
        used += text_columns(part);
        if (used + 1 > left && at + n < length) {
            text_add(&out, "…");
            return;
        }
        text_add(&out, "%s", part);
        at += n > 0 ? n : 1;
    }
}

static void write_quoted(FILE *to, const char *text, size_t columns, bool tick)
{
    char clean[512];
    gp_clean(clean, sizeof clean, text, columns);
    fputc('\'', to);
    for (const char *at = clean; *at; at++) {
        if (tick && *at == '%')
            fputc(*at, to);
        /* "]]>" ends a CDATA section. */
        if (*at == '>' && at - clean >= 2 && at[-1] == ']' && at[-2] == ']')
            fputc(' ', to);
        if (*at == '\'')
            fputs("’", to);
        else
            fputc(*at, to);
    }
    fputc('\'', to);
}

void gp_label(FILE *to, const char *text, size_t columns)
{
    write_quoted(to, text, columns, false);
}

void gp_tick(FILE *to, const char *text, size_t columns)
{
    write_quoted(to, text, columns, true);
}

/* ---- the process */

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void set_limit(pid_t child, int what, uint64_t most)
{
    struct rlimit limit = { most, most };
    /* A tighter limit that already holds is fine. */
    (void)prlimit(child, (__rlimit_resource_t)what, &limit, NULL);
}

/* Starts gnuplot with `complaints` as where it complains. 0, or an error number. */
static int start(const struct gnuplot_job *job, const char *assignments, int complaints,
                 pid_t *child)
{
    char  program[] = "gnuplot", no_settings[] = "-d", execute[] = "-e", script[300], settings[600];
    char *arguments[] = { program, no_settings, execute, settings, script, NULL };
    const struct process_job process = { .arguments = arguments, .folder = job->folder,
                                         .locale = "C.UTF-8", .errors = complaints };
    snprintf(script, sizeof script, "%s.gp", job->name);
    snprintf(settings, sizeof settings, "%s", assignments);
    return process_start(&process, child);
}

/* Reads what gnuplot complains about until it ends, talks too much, or time is up. Keeps the
 * beginning. True when it ended by itself. */
static bool hear(pid_t child, int from, double until_s, char *said, size_t size)
{
    enum { TOO_MUCH = 1 << 20 };
    size_t length = 0, total = 0;
    bool   open   = true;
    for (;;) {
        struct pollfd ready = { .fd = open ? from : -1, .events = POLLIN };
        char          bytes[4096];
        const bool    gone = process_ended(child);
        if (poll(&ready, 1, gone ? 0 : 5) > 0) {
            ssize_t n = read(from, bytes, sizeof bytes);
            open      = n > 0 || (n < 0 && errno == EINTR);
            for (ssize_t i = 0; i < n && length + 1 < size; i++)
                said[length++] = bytes[i];
            total += n > 0 ? (size_t)n : 0;
            if (n > 0 && total <= TOO_MUCH && now_s() < until_s)
                continue;
        }
        said[length] = '\0';
        if (gone)
            return true;
        if (total > TOO_MUCH || now_s() >= until_s)
            return false;
    }
}

/* Runs gnuplot to its end. GNUPLOT_DREW means no more than that it was content. */
static enum gnuplot_outcome run(const struct gnuplot_job *job, const char *assignments,
                                char *said, size_t size)
{
    int   ends[2];
    pid_t child = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        snprintf(said, size, "no pipe could be opened");
        return GNUPLOT_FAILED;
    }
    int error = start(job, assignments, ends[1], &child);
    close(ends[1]);
    if (error) {
        close(ends[0]);
        snprintf(said, size, "it cannot be started");
        return error == ENOENT || error == EACCES ? GNUPLOT_MISSING : GNUPLOT_FAILED;
    }
    set_limit(child, RLIMIT_AS, UINT64_C(2) << 30);
    set_limit(child, RLIMIT_FSIZE, UINT64_C(64) << 20);
    set_limit(child, RLIMIT_CPU, (uint64_t)job->timeout_s + 2);
    const bool ended = hear(child, ends[0], now_s() + job->timeout_s, said, size);
    const bool content = process_reap(child);
    close(ends[0]);
    if (!ended)
        return GNUPLOT_SLOW;
    return content ? GNUPLOT_DREW : GNUPLOT_FAILED;
}

/* ---- the picture */

/* Does the file end as a whole picture of its format does? gnuplot ends content on a full disk. */
static bool is_whole(const char *path, const char *format)
{
    static const char *const ends[][2] = {
        { "svg", "</svg>" }, { "png", "IEND" }, { "pdf", "%%EOF" },
    };
    char  tail[33] = { 0 };
    FILE *file     = fopen(path, "rb");
    if (!file)
        return false;
    size_t n = 0;
    if (fseek(file, -32, SEEK_END) == 0)
        n = fread(tail, 1, 32, file);
    fclose(file);
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
        size_t length = strlen(ends[e][1]);
        if (strcmp(format, ends[e][0]) != 0)
            continue;
        for (size_t at = 0; at + length <= n; at++)
            if (memcmp(tail + at, ends[e][1], length) == 0)
                return true;
    }
    return false;
}

/* The first line that says something, made fit for a message. */
static void first_line(char *to, size_t size, const char *said, const char *otherwise)
{
    char line[200];
    said += strspn(said, " \t\r\n");
    size_t n = strcspn(said, "\r\n");
    n        = text_cut(said, n < sizeof line - 1 ? n : sizeof line - 1);
    memcpy(line, said, n);
    line[n] = '\0';
    char shown[512];
    text_visible(shown, sizeof shown, *line ? line : otherwise);
    struct text out;
    text_open(&out, to, size);
    text_add(&out, "%s", shown);
}

enum gnuplot_outcome gnuplot_draw(const struct gnuplot_job *job, char *reason, size_t size)
{
    char said[2048] = "", temporary[300], assignments[500], from[4096], to[4096], picture[300];
    if (size)
        reason[0] = '\0';
    snprintf(temporary, sizeof temporary, ".tiersim-%ld-%.100s.%s.tmp", (long)getpid(), job->name,
             job->format);
    snprintf(picture, sizeof picture, "%.200s.%s", job->name, job->format);
    snprintf(assignments, sizeof assignments, "format='%s'; picture='%s'", job->format, temporary);
    if (!file_join(from, sizeof from, job->folder, temporary) ||
        !file_join(to, sizeof to, job->folder, picture)) {
        first_line(reason, size, "the path is too long", "");
        return GNUPLOT_FAILED;
    }
    unlink(from);
    enum gnuplot_outcome outcome = run(job, assignments, said, sizeof said);
    if (outcome == GNUPLOT_DREW && !is_whole(from, job->format)) {
        outcome = GNUPLOT_FAILED;
        first_line(reason, size, said, "it left no whole picture");
    } else if (outcome == GNUPLOT_DREW && rename(from, to) != 0) {
        outcome = GNUPLOT_FAILED;
        first_line(reason, size, "the picture cannot be given its name", "");
    } else if (outcome != GNUPLOT_DREW) {
        first_line(reason, size, said, "it gave no reason");
    }
    if (outcome != GNUPLOT_DREW)
        unlink(from);
    return outcome;
}
