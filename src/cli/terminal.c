/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* terminal width */
#include "cli/terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_smart(FILE *stream)
{
    const char *term = getenv("TERM");
    return isatty(fileno(stream)) && !(term && strcmp(term, "dumb") == 0);
}

bool terminal_no_color(void)
{
    const char *no_color = getenv("NO_COLOR");
    return no_color && no_color[0];
}

bool terminal_ascii(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

int terminal_width(FILE *stream)
{
    struct winsize size;
    if (!isatty(fileno(stream)) || ioctl(fileno(stream), TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

int terminal_page(FILE *stream, int asked)
{
    enum { NARROWEST = 60, WIDEST = 120, USUAL = 80 };
    const int terminal = terminal_width(stream);
    if (asked > 0)
        return asked;
    if (terminal <= 0)
        return USUAL;
    return terminal < NARROWEST ? NARROWEST : terminal > WIDEST ? WIDEST : terminal;
}

void shell_write(const char *word, FILE *to)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./,:=+@%^";
    if (*word && word[strspn(word, plain)] == '\0') {
        fputs(word, to);
        return;
    }
    fputc('\'', to);
    for (; *word; word++)
        if (*word == '\'')
            fputs("'\\''", to);
        else
            fputc(*word, to);
    fputc('\'', to);
}

void shell_word(const char *word, char *to, size_t size)
{
    FILE *memory = fmemopen(to, size, "w");
    bool  whole = false;
    if (memory) {
        shell_write(word, memory);
        whole = fflush(memory) == 0 && ftell(memory) < (long)size;
        whole &= fclose(memory) == 0;
    }
    if (!whole)
        snprintf(to, size, "%s", word);
}
