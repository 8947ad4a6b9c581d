/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: whoever misspells a word of the scenario format is told the right one. Method: every key of
 * every shape and every kind of every family, misspelt in the ways in which people misspell (two
 * letters swapped, one dropped, doubled, wrong or too many, another case, a hyphen for an
 * underscore, an s too many or too few); at least nine in ten must be answered with the word. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "model/catalog.h"
#include "model/scenario.h"
#include "support/random_scenario.h"

enum { WORDS_MOST = 64, WORD_MOST = 64 };

struct counts {
    uint64_t state;
    uint32_t asked, answered, wrong;
};

/* One misspelling of a word of three letters or more; false where this way does not change it. */
static bool misspell(const char *word, uint32_t way, uint64_t *state, char *to)
{
    const size_t n = strlen(word);
    const size_t i = random_below(state, (uint32_t)n - 1);
    memset(to, 0, WORD_MOST);
    memcpy(to, word, n);
    switch (way) {
    case 0: /* swapped */
        to[i] = word[i + 1];
        to[i + 1] = word[i];
        break;
    case 1: /* dropped */
        memmove(to + i, to + i + 1, n - i);
        break;
    case 2: /* doubled */
        memmove(to + i + 1, to + i, n - i);
        break;
    case 3: /* wrong */
        to[i] = (char)('a' + random_below(state, 26));
        break;
    case 4: /* too many */
        memmove(to + i + 1, to + i, n - i);
        to[i] = (char)('a' + random_below(state, 26));
        break;
    case 5: /* another case */
        to[0] = (char)toupper((unsigned char)to[0]);
        break;
    case 6: /* hyphen or blank for an underscore */
        for (size_t k = 0; k < n; k++)
            if (to[k] == '_')
                to[k] = random_below(state, 2) ? '-' : ' ';
        break;
    default: /* singular and plural */
        if (to[n - 1] == 's')
            to[n - 1] = '\0';
        else
            to[n] = 's';
    }
    return strcmp(to, word) != 0;
}

static bool is_word(const char *const *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static void misspell_all(struct counts *counts, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (uint32_t way = 0; strlen(words[i]) > 2 && way < 8; way++) {
            char wrong[WORD_MOST];
            if (!misspell(words[i], way, &counts->state, wrong) || is_word(words, n, wrong))
                continue;
            const char *near = text_nearest(wrong, words, n);
            counts->asked++;
            counts->answered += near && strcmp(near, words[i]) == 0;
            counts->wrong += near && strcmp(near, words[i]) != 0;
        }
}

static void shape_seen(const struct shape *shape, void *user)
{
    const char *words[WORDS_MOST];
    for (size_t i = 0; i < shape->n_params; i++)
        words[i] = shape->params[i].key;
    misspell_all(user, words, shape->n_params);
}

static void family_seen(const struct family *family, void *user)
{
    const char *words[WORDS_MOST];
    size_t      n = 0;
    for (; family->kinds[n]; n++)
        words[n] = family->kinds[n]->name;
    misspell_all(user, words, n);
}

Test(suggestion, nine_in_ten_misspellings_find_their_word)
{
    struct counts counts = { .state = 1 };
    shape_walk(&scenario_shape, shape_seen, family_seen, &counts);
    cr_assert_gt(counts.asked, 1000);
    cr_assert_geq(counts.answered * 10, counts.asked * 9, "%u of %u, %u wrong", counts.answered,
                  counts.asked, counts.wrong);
    cr_assert_leq(counts.wrong * 50, counts.asked, "%u of %u suggestions are wrong", counts.wrong,
                  counts.asked);
}

/* What is no misspelling gets no suggestion. */
Test(suggestion, other_words_find_none)
{
    static const char *const words[] = { "name", "agents", "skills", "authority", "wage" };
    static const char *const others[] = { "x", "", "colour", "headcount", "zzzzzz", "temperature" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_assert_null(text_nearest(others[i], words, 5), "%s", others[i]);
}
