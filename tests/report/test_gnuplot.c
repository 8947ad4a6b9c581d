/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: whatever gnuplot does, a report gets everything else written, within the time limit,
 * with one warning that names the fix, and nothing half-made is left. Method: fake gnuplots on
 * PATH that are missing, fail, hang, ignore SIGTERM, flood, leave half a picture or children
 * behind; and the real one, if there is one, with names that try to run commands, whose pictures
 * must be well-formed XML. */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "report/gnuplot.h"
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

/* How many files of a folder end in `ending`, or all whose name begins with `start`. */
static int count_files(const char *folder, const char *start, const char *ending)
{
    int  n   = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *file; dir && (file = readdir(dir));) {
        size_t length = strlen(file->d_name), end = strlen(ending);
        n += strncmp(file->d_name, start, strlen(start)) == 0 && length >= end &&
             strcmp(file->d_name + length - end, ending) == 0 && file->d_name[0] != 0 &&
             strcmp(file->d_name, ".") != 0 && strcmp(file->d_name, "..") != 0;
    }
    if (dir)
        closedir(dir);
    return n;
}

static char *read_all(const char *path, size_t *length)
{
    FILE *from = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    *length    = from && text ? fread(text, 1, (1 << 20) - 1, from) : 0;
    if (from)
        fclose(from);
    return text;
}

/* ---- fake gnuplots */

struct impostor {
    const char *name;
    const char *script;  /* NULL: no gnuplot at all */
    const char *warning; /* words the warning must hold */
};

static const struct impostor impostors[] = {
    { "missing", NULL, "not installed" },
    { "fails", "#!/bin/sh\necho 'line 3: undefined variable: x' >&2\nexit 1\n",
      "undefined variable" },
    { "silent", "#!/bin/sh\nexit 0\n", "no whole picture" },
    { "sleeps", "#!/bin/sh\nsleep 1000\n", "did not finish" },
    { "stubborn", "#!/bin/sh\ntrap '' TERM INT HUP\nwhile :; do sleep 1; done\n",
      "did not finish" },
    { "floods", "#!/bin/sh\nwhile :; do echo eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee >&2; done\n",
      "did not finish" },
    { "half", "#!/bin/sh\nf=${3##*picture=\\'}\nprintf '<svg><g>' > \"${f%\\'}\"\n",
      "no whole picture" },
    { "leaves", "#!/bin/sh\n(trap '' HUP; sleep 1; touch ../left-behind) &\nexit 1\n",
      "gave no reason" },
    { "garbage", "#!/bin/sh\nprintf '\\033[2J\\377\\n' >&2\nexit 7\n", "\\x1b" },
    { "killed", "#!/bin/sh\nkill -SEGV $$\n", "gave no reason" },
    { "no-program", "#!/no/such/interpreter\n", "gnuplot" },
};

static void install(const struct impostor *impostor)
{
    char here[PATH_MAX], folder[PATH_MAX + 64], path[PATH_MAX + 128];
    if (!getcwd(here, sizeof here))
        abort();
    snprintf(folder, sizeof folder, "%s/bin-%s", here, impostor->name);
    mkdir(folder, 0777);
    snprintf(path, sizeof path, "%s/gnuplot", folder);
    if (impostor->script) {
        FILE *to = fopen(path, "w");
        if (!to || fputs(impostor->script, to) < 0 || fclose(to) != 0 || chmod(path, 0755) != 0)
            abort();
    }
    setenv("PATH", folder, 1);
}

static bool write_plots(const struct tsim_result *result, const char *folder,
                        const struct picture_options *options, struct tsim_problems *problems)
{
    struct picture pictures[PLOT_PICTURES];
    plots_of(result, pictures);
    return pictures_write(pictures, PLOT_PICTURES, folder, options, problems, NULL, NULL);
}

/* The made-up desk has something to show in every plot: all data and scripts, no picture, nothing
 * temporary, one warning. */
static void check_impostor(const struct impostor *impostor)
{
    struct fake                fake;
    const struct picture_options options = { .timeout_s = 1 };
    char                       folder[64];
    fake_desk(&fake);
    struct tsim_result   *result   = fake_new(&fake);
    struct tsim_problems *problems = tsim_problems_new();
    snprintf(folder, sizeof folder, "out-%s", impostor->name);
    mkdir(folder, 0777);
    install(impostor);

    bool   done  = write_plots(result, folder, &options, problems);
    check(done, impostor->name, "the plots' own files are written all the same");
    check(count_files(folder, "", ".gp") == PLOTS, impostor->name, "all scripts");
    check(count_files(folder, "", ".csv") == PLOTS, impostor->name, "all tables");
    check(count_files(folder, "", ".svg") == 0, impostor->name, "no picture");
    check(count_files(folder, "", "") == 2 * PLOTS, impostor->name, "nothing else");
    check(tsim_problems_count(problems) == 1 && tsim_problems_errors(problems) == 0,
          impostor->name, "one warning");
    const struct tsim_problem *problem = tsim_problems_get(problems, 0);
    if (problem) {
        check(problem->hint && strstr(problem->hint, "gnuplot-nox"), impostor->name,
              "the hint names the package");
        check(strstr(problem->message, impostor->warning) != NULL, impostor->name,
              problem->message);
    }
    tsim_problems_free(problems);
    tsim_result_free(result);
}

/* ---- the real one */

static bool is_utf8(const char *text, size_t length)
{
    uint32_t code;
    for (size_t at = 0, n; at < length; at += n) {
        n = text_utf8(text + at, length - at, &code);
        if (n == 0 || (code < 0x20 && code != '\n' && code != '\t' && code != '\r') ||
            (code & 0xFFFE) == 0xFFFE)
            return false;
    }
    return true;
}

/* Enough of an XML parser for what gnuplot writes: elements nest, text holds no stray '<' or
 * '&', sections in CDATA and comments end. */
static bool is_well_formed(const char *text, size_t length)
{
    char   open[64][32];
    size_t depth = 0, elements = 0;
    if (!is_utf8(text, length))
        return false;
    for (const char *at = text; *at;) {
        if (*at == '&' && !strchr("#aglq", at[1]))
            return false;
        if (*at != '<') {
            if (strncmp(at, "]]>", 3) == 0)
                return false;
            at++;
            continue;
        }
        const char *stop = strncmp(at, "<![CDATA[", 9) == 0 ? "]]>"
                           : strncmp(at, "<!--", 4) == 0    ? "-->"
                                                            : ">";
        const char *end  = strstr(at, stop);
        if (!end)
            return false;
        bool closes = at[1] == '/', empty = end[-1] == '/';
        size_t n = strcspn(at + 1 + closes, " \t\r\n/>");
        if (at[1] == '!' || at[1] == '?') {
            at = end + strlen(stop);
            continue;
        }
        if (n == 0 || n >= sizeof open[0])
            return false;
        if (closes) {
            if (depth == 0 || strncmp(open[depth - 1], at + 2, n) != 0 || open[depth - 1][n])
                return false;
            depth--;
        } else if (!empty) {
            if (depth == 64)
                return false;
            snprintf(open[depth++], sizeof open[0], "%.*s", (int)n, at + 1);
        }
        elements++;
        at = end + 1;
    }
    return depth == 0 && elements > 10;
}

static void check_pictures(const char *name, const char *folder, int least)
{
    int  n   = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *file; dir && (file = readdir(dir));) {
        char   path[PATH_MAX];
        size_t length = strlen(file->d_name);
        if (length < 4 || strcmp(file->d_name + length - 4, ".svg") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        char *text = read_all(path, &length);
        check(is_well_formed(text, length), name, file->d_name);
        free(text);
        n++;
    }
    if (dir)
        closedir(dir);
    check(n >= least, name, "pictures are missing");
}

static const char *const hostile[] = {
    "`touch PWN`", "'\nsystem(\"touch PWN\")\n'", "'; system 'touch PWN'; #",
    "|sh -c 'touch PWN'", "< touch PWN", "@x", "%s%n%d %%", "$(touch PWN)", "{/Symbol a}",
    "{/*9 big}", "a]]><script>x</script>", "</text></svg>", "&amp;&lt;&bogus;", "<![CDATA[",
    "\"double\"", "back\\slash\\n\\", "\x1b]0;x\x07", "\xc2\x9b" "31m", "\xff\xfe\xfd",
    "cut \xe2\x82", "\xe2\x80\xae" "desrever", "\xef\xbf\xbf", "=cmd|' /C calc'!A0", "+1", "-1",
    "@sum", "tab\tcr\rlf\nend", "", " ", "-->", "set output '|touch PWN'", "\xed\xa0\x80",
    "comma, \"quoted\", x", "print system('touch PWN')",
};

/* Every hostile name in every place a name can be, five at a time. */
static void check_hostile(void)
{
    static char                long_name[10241];
    const struct picture_options options = { .timeout_s = 20 };
    size_t                     n       = sizeof hostile / sizeof *hostile;
    memset(long_name, 'W', sizeof long_name - 1);
    for (size_t first = 0; first < n; first += 5) {
        struct fake fake;
        char        folder[64];
        fake_desk(&fake);
        for (size_t t = 0; t < 5; t++)
            fake.tiers[t] = hostile[(first + t) % n];
        fake.tiers[5]      = long_name;
        fake.info.tiers    = 6;
        fake.info.scenario = hostile[first];
        fake.info.currency = hostile[(first + 1) % n];
        struct tsim_result   *result   = fake_new(&fake);
        struct tsim_problems *problems = tsim_problems_new();
        snprintf(folder, sizeof folder, "hostile-%zu", first);
        mkdir(folder, 0777);
        check(write_plots(result, folder, &options, problems), folder, "written");
        for (size_t i = 0; i < tsim_problems_count(problems); i++)
            check(false, folder, tsim_problems_get(problems, i)->message);
        check_pictures(folder, folder, PLOTS);
        check(count_files(folder, "PWN", "") == 0, folder, "a name was run as a command");
        check(count_files(folder, ".tiersim", "") == 0, folder, "temporary files");
        tsim_problems_free(problems);
        tsim_result_free(result);
    }
    check(count_files(".", "PWN", "") == 0, "hostile", "a name was run as a command");
}

/* PNG and PDF on request; what an earlier run left of other formats is gone. */
static void check_formats(void)
{
    struct fake          fake;
    struct picture_options options = { .png = true, .pdf = true, .timeout_s = 20 };
    fake_desk(&fake);
    struct tsim_result   *result   = fake_new(&fake);
    struct tsim_problems *problems = tsim_problems_new();
    mkdir("formats", 0777);
    check(write_plots(result, "formats", &options, problems), "formats", "written");
    check(count_files("formats", "", ".png") == PLOTS, "formats", "all as PNG");
    check(count_files("formats", "", ".pdf") == PLOTS, "formats", "all as PDF");
    check_pictures("formats", "formats", PLOTS);
    options.png = options.pdf = false;
    fake.info.tiers           = 14; /* three pages of what is drawn by tier */
    for (size_t t = 3; t < 14; t++)
        fake.tiers[t] = "one of many";
    tsim_result_free(result);
    result = fake_new(&fake);
    check(write_plots(result, "formats", &options, problems), "formats", "again");
    check(count_files("formats", "", ".png") == 0, "formats", "old pictures are gone");
    check(count_files("formats", "load", ".svg") == 3, "formats", "three pages");
    check(tsim_problems_count(problems) == 0, "formats", "no warning");
    tsim_problems_free(problems);
    tsim_result_free(result);
}

/* The label rules, on the bytes themselves. */
static void check_labels(void)
{
    static const struct {
        const char *text, *label;
        size_t      columns;
    } rows[] = {
        { "plain", "'plain'", 20 },      { "'it's", "'’it’s'", 20 },
        { "a\nb", "'a b'", 20 },         { "100 %", "'100 %%'", 20 },
        { "]]>", "']] >'", 20 },         { "abcdefghij", "'abcd…'", 5 },
        { "\xff", "'\xEF\xBF\xBD'", 20 }, { "\xe2\x80\xae" "x", "' x'", 20 },
        { "日本語", "'日…'", 4 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char  *text = NULL;
        size_t size = 0;
        FILE  *to   = open_memstream(&text, &size);
        gp_tick(to, rows[i].text, rows[i].columns);
        fclose(to);
        if (strcmp(text, rows[i].label) != 0)
            check(false, rows[i].label, text);
        free(text);
    }
}

static bool there_is_gnuplot(void)
{
    static const char *const places[] = { "/usr/bin/gnuplot", "/usr/local/bin/gnuplot" };
    return access(places[0], X_OK) == 0 || access(places[1], X_OK) == 0;
}

int main(void)
{
    check_labels();
    for (size_t i = 0; i < sizeof impostors / sizeof *impostors; i++)
        check_impostor(&impostors[i]);
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
    if (there_is_gnuplot()) {
        check_formats();
        check_hostile();
    }
    /* Long enough for what "leaves" started, if it were still alive. */
    struct timespec pause = { .tv_sec = 1, .tv_nsec = 500000000 };
    nanosleep(&pause, NULL);
    check(access("left-behind", F_OK) != 0, "leaves", "a child of gnuplot lived on");
    if (failures == 0 && !there_is_gnuplot())
        return 77;
    return failures ? 1 : 0;
}
