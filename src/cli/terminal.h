/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/terminal.h - what stdout and stderr can show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

/* Whether it is a terminal that understands more than lines of text. */
bool terminal_smart(FILE *stream);

/* Whether NO_COLOR, https://no-color.org, asks for none. */
bool terminal_no_color(void);

/* Whether characters outside ASCII would come out wrong: the locale is not UTF-8. */
bool terminal_ascii(void);

/* Columns of the terminal that is behind the stream; 0: it is none, or does not tell. */
int terminal_width(FILE *stream);

/* Columns of a screen there: as asked, unless that is 0; else the terminal's, within what reads
 * well; else 80. */
int terminal_page(FILE *stream, int asked);

/* A word as a shell would need it, quoted only where it must be; left as it is when it has not
 * the room. */
void shell_write(const char *word, FILE *to);
void shell_word(const char *word, char *to, size_t size);

#endif
