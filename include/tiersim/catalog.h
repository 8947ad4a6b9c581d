/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/catalog.h - every word a scenario or a study may use, explained by the program itself.
 *
 * The same rows that check a scenario write these texts, so they cannot differ
 * from what the loader accepts.
 */
#ifndef TIERSIM_CATALOG_H
#define TIERSIM_CATALOG_H

#include <tiersim/problem.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Explains a word: a kind ("lognormal", "longest_idle"), a family ("distribution"),
 * a part of the scenario ("pool", "stream") or a key ("authority"). Returns false,
 * after printing near words, when there is no such word. */
TSIM_API bool tsim_catalog_explain(const char *word, FILE *to);

/* Lists all words with a line each. */
TSIM_API void tsim_catalog_list(FILE *to);

/* The JSON Schema (draft-07) of a scenario file, for editors' completion. */
TSIM_API void tsim_catalog_schema(FILE *to);

/* The same of a study file. */
TSIM_API void tsim_catalog_study_schema(FILE *to);

/* The reference page (Markdown) of everything in a scenario or a study file. */
TSIM_API void tsim_catalog_reference(FILE *to);

#ifdef __cplusplus
}
#endif
#endif
