/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/web.h"

#include <inttypes.h>
#include <string.h>

#include <tiersim/run.h>

#include "base/file.h"
#include "report/page_html.h"

enum { PATH_BYTES = 4096, SCREEN_COLUMNS = 100 };

static const char head[] =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n";

/* Colours have a contrast of at least 4.5 to their ground, in the light and in the dark; a sign
 * stands wherever a colour does. */
static const char style[] =
    "<style>\n"
    ":root { --ink: #1b1b1b; --faint: #5c5c5c; --ground: #ffffff; --rule: #d8d8d8;\n"
    "  --good: #1a6b2f; --bad: #b3261e; --warn: #805300; --link: #005a9c; }\n"
    "@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --faint: #ababab;\n"
    "  --ground: #17181a; --rule: #3c3f44; --good: #6fcf87; --bad: #ff8a80; --warn: #f0b94d;\n"
    "  --link: #8ab8ff; } }\n"
    "* { box-sizing: border-box; }\n"
    "body { margin: 0; background: var(--ground); color: var(--ink);\n"
    "  font: 16px/1.5 system-ui, sans-serif; }\n"
    "main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }\n"
    "h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; font-weight: 600; }\n"
    "h1 .faint { font-weight: 400; font-size: 1.125rem; }\n"
    "h2 { font-size: .95rem; letter-spacing: .06em; margin: 2rem 0 .5rem; }\n"
    "p { margin: .4rem 0; }\n"
    "p .strong { font-weight: 600; }\n"
    "pre { margin: 0; font: .875rem/1.45 ui-monospace, monospace; overflow-x: auto; }\n"
    "p + pre, div + pre { margin-top: .75rem; }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; font-variant-numeric: tabular-nums; }\n"
    "td, th { padding: .25rem .75rem .25rem 0; text-align: left; font-weight: 400;\n"
    "  white-space: nowrap; vertical-align: top; }\n"
    "thead th { color: var(--faint); font-size: .875rem; }\n"
    "tbody tr { border-top: 1px solid var(--rule); }\n"
    ".n { text-align: right; }\n"
    ".strong { font-weight: 600; }\n"
    ".faint { color: var(--faint); }\n"
    ".good { color: var(--good); }\n"
    ".bad { color: var(--bad); font-weight: 600; }\n"
    ".warn { color: var(--warn); }\n"
    "a { color: var(--link); }\n"
    "figure { margin: 1rem 0 1.5rem; }\n"
    "figure img { display: block; max-width: 100%; height: auto; background: #ffffff;\n"
    "  border: 1px solid var(--rule); }\n"
    "figcaption, footer, .files { font-size: .875rem; color: var(--faint); }\n"
    "details { margin-top: 2rem; }\n"
    "summary { cursor: pointer; }\n"
    "dt { font-weight: 600; margin-top: .5rem; }\n"
    "dd { margin: 0; }\n"
    "@media print { main { max-width: none; padding: 0; }\n"
    "  figure, table { break-inside: avoid; } }\n"
    "</style>\n";

/* ---- pictures */

/* RFC 4648, section 4. */
static void write_base64(FILE *to, FILE *from)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char bytes[3];
    size_t        n;
    while ((n = fread(bytes, 1, sizeof bytes, from)) > 0) {
        const unsigned bits = (unsigned)bytes[0] << 16 | (n > 1 ? (unsigned)bytes[1] << 8 : 0) |
                              (n > 2 ? bytes[2] : 0u);
        for (size_t i = 0; i < 4; i++)
            fputc(i <= n ? digits[bits >> (18 - 6 * i) & 63] : '=', to);
    }
}

static bool is_in(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->n; i++)
        if (strcmp(manifest->names[i], name) == 0)
            return true;
    return false;
}

/* A picture that was drawn. */
static void write_figure(const struct web *web, const struct picture *picture, FILE *to)
{
    char name[PICTURE_NAME + 16], path[PATH_BYTES];
    snprintf(name, sizeof name, "plots/%s.svg", picture->name);
    if (!is_in(web->manifest, name) || !file_join(path, sizeof path, web->folder, name))
        return;
    FILE *from = fopen(path, "rb");
    if (!from)
        return;
    fputs("<figure><img alt=\"", to);
    html_text(to, picture->title);
    fputs("\" src=\"data:image/svg+xml;base64,", to);
    write_base64(to, from);
    fclose(from);
    fputs("\">\n<figcaption>", to);
    html_text(to, picture->title);
    fprintf(to, ": <a href=\"plots/%s.csv\">numbers</a>, <a href=\"plots/%s.svg\">picture</a>"
                "</figcaption></figure>\n", picture->name, picture->name);
}

static void write_figures(const struct web *web, FILE *to)
{
    for (size_t i = 0; i < web->n_pictures; i++)
        if (web->pictures[i].data)
            write_figure(web, &web->pictures[i], to);
}

/* ---- words and sources */

static void write_words(FILE *to)
{
    static const char *const words[][2] = {
        { "contact", "what a customer wants once, from the first try until it is settled or given "
                     "up, however many people work on it" },
        { "tier", "a level of support; a contact moves up when the agent lacks the skill or the "
                  "authority, when a clock runs out, or when the customer insists" },
        { "escalation", "a move of a contact to other people" },
        { "service level", "share of contacts answered within the time promised" },
        { "given up", "the customer left while waiting" },
        { "busy (occupancy)", "share of the time on the floor spent on contacts" },
        { "load", "work offered per hour, in agents (erlang)" },
        { "payroll", "heads on the payroll: heads on the floor, and those on leave, ill or in "
                     "training" },
        { "replication", "the whole time simulated once, with other customers" },
        { "interval", "of 100 such intervals, about 95 hold the value that endless simulation "
                      "would find; 95 unless another confidence is named" },
        { "kept, broken", "the whole interval is on the right, or the wrong, side of the target; "
                          "otherwise it is too close to call" },
    };
    fputs("<details><summary>What the words mean</summary>\n<dl>\n", to);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        fprintf(to, "<dt>%s</dt><dd>%s</dd>\n", words[i][0], words[i][1]);
    fputs("</dl></details>\n", to);
}

/* Everything else that is in the folder. */
static void write_files(const struct web *web, FILE *to)
{
    bool first = true;
    fputs("<p class=\"files\">Files: ", to);
    for (size_t i = 0; i < web->manifest->n; i++) {
        const char *name = web->manifest->names[i];
        if (strchr(name, '/'))
            continue;
        fprintf(to, "%s<a href=\"%s\">%s</a>", first ? "" : ", ", name, name);
        first = false;
    }
    fputs(". Where they come from: <a href=\"manifest.json\">manifest.json</a>.</p>\n", to);
}

static void write_footer(const struct web *web, FILE *to)
{
    const struct manifest_about *about = web->about;
    fputs("<footer><p>", to);
    html_text(to, about->kind);
    fputc(' ', to);
    html_text(to, about->file ? about->file : about->name);
    fprintf(to, " · seed %" PRIu64 " · %" PRIu64 " replication%s", about->seed, about->done,
            about->done == 1 ? "" : "s");
    if (about->fingerprint)
        fprintf(to, " · fingerprint %s", about->fingerprint);
    if (about->digest)
        fprintf(to, " · digest %s", about->digest);
    fprintf(to, " · tiersim %s</p></footer>\n", tsim_version());
}

void web_write(const struct web *web, FILE *to)
{
    const struct tsim_screen_options options = { .width = SCREEN_COLUMNS, .html = true };
    fputs(head, to);
    fputs("<title>", to);
    html_text(to, web->title);
    fputs("</title>\n", to);
    fputs(style, to);
    fputs("</head>\n<body>\n<main>\n", to);
    web->screen(web->of, &options, to);
    write_figures(web, to);
    write_files(web, to);
    write_words(to);
    write_footer(web, to);
    fputs("</main>\n</body>\n</html>\n", to);
}
