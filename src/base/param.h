/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/param.h - one table that reads, checks, defaults, explains and describes.
 *
 * A *shape* is the table of keys an object may have; a *param* is one key: its type, bounds,
 * default and help, and where its value goes in a C struct. A *family* is a set of named
 * *kinds* ("distribution": "exponential", "lognormal" …), each with a shape; an object of a
 * family says which by its "kind" key. From these rows come validation with did-you-mean,
 * `tiersim explain`, the JSON Schema and the reference page: there is no second description.
 *
 * Values are converted once, here, to the program's units: seconds, shares 0-1, per second.
 */
#ifndef BASE_PARAM_H
#define BASE_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;
struct json;
struct shape;
struct family;
struct param;
struct tsim_problems;

/* What a quantity measures: decides how numbers of a distribution are written. */
enum quantity { QUANTITY_TIME, QUANTITY_MONEY, QUANTITY_COUNT };

enum param_type {
    PARAM_NUMBER,   /* double                                                           */
    PARAM_COUNT,    /* uint32_t, a whole number                                         */
    PARAM_SEED,     /* uint64_t, a whole number up to 2^53                              */
    PARAM_BOOL,     /* bool                                                             */
    PARAM_SHARE,    /* double: 0-1 or "20 %"                                            */
    PARAM_DURATION, /* double, seconds: "90 s", "12 min", "4 h", "2 d"; a bare 0 is fine */
    PARAM_RATE,     /* double, per second: "100 /h", "4 /min", "2000 /d"                */
    PARAM_MONEY,    /* double, a number in the scenario's currency                      */
    PARAM_QUANTITY, /* double: a duration, money or number, as the reader's quantity    */
    PARAM_TEXT,     /* const char *                                                     */
    PARAM_NAME,     /* const char *, not empty, at most LIMIT_NAME bytes                */
    PARAM_CHOICE,   /* uint32_t: index into `choices`                                   */
    PARAM_NUMBERS,  /* struct numbers, plain numbers                                    */
    PARAM_QUANTITIES, /* struct numbers, each a quantity                                */
    PARAM_SHARES,   /* struct numbers, each a share                                     */
    PARAM_OBJECT,   /* a struct in place, by `shape`                                    */
    PARAM_LIST,     /* struct list of structs, by `shape`                               */
    PARAM_KIND,     /* struct choice, by `family`                                       */
    PARAM_CUSTOM,   /* read by `read`; `describe` says what it accepts                  */
};

enum param_flag {
    PARAM_REQUIRED = 1,
    PARAM_POSITIVE = 2, /* the lower bound itself is not allowed                        */
};

struct numbers {
    double  *at;
    uint32_t n;
};

struct list {
    void    *at; /* n structs of the shape's size */
    uint32_t n;
};

/* A chosen kind of a family with its parameters. */
struct choice {
    const struct kind *kind;  /* NULL: not given                                        */
    const void        *given; /* struct of the kind's shape                             */
    const struct json *at;    /* where it stands, for later checks                      */
};

/* What a read is about; passed to custom readers. */
struct reader {
    struct arena         *arena;
    struct tsim_problems *problems;
    enum quantity         quantity;
    const char           *folder;  /* of the scenario: where named files are            */
    void                 *context; /* the caller's own                                  */
    const struct shape   *root;    /* of the document; NULL: no hints where else a key may be */
    struct kept          *kept;    /* documents of defaults: nodes point into them      */
};

/* Frees the documents a reader kept; after that no node of a default may be used. */
void reader_close(struct reader *reader);

struct param {
    const char     *key;
    enum param_type type;
    size_t          offset;   /* of the value in the struct                             */
    double          low, high;
    unsigned        flags;
    const char     *fallback; /* default, as JSON text ("\"5 min\"", "0.8"); NULL: none:
                                 the value stays zero                                    */
    const char     *doc;      /* one sentence; says the unit                            */
    const struct shape  *shape;
    const struct family *family;
    const char *const   *choices; /* NULL-terminated                                    */
    bool (*read)(struct reader *reader, const struct json *node, void *value);
    const char     *schema;   /* PARAM_CUSTOM: JSON Schema fragment                     */
    const char     *example;  /* JSON text                                              */
    enum quantity   quantity; /* PARAM_KIND: what its numbers measure                   */
    bool            sets_quantity; /* PARAM_KIND: use `quantity`, not the reader's       */
};

/* A key that people look for here, and where it is. */
struct elsewhere {
    const char *key, *hint;
};

struct shape {
    const char         *name;    /* "pool"                                              */
    const char         *summary; /* one sentence                                        */
    const struct param *params;
    size_t              n_params;
    size_t              size;    /* of the C struct                                     */
    /* After all keys were read without a problem: check what spans keys; may complete the
     * struct. May be NULL. */
    bool (*check)(struct reader *reader, const struct json *node, void *value);
    size_t              at_offset; /* where to keep the node (const struct json *); 0: nowhere */
    const char         *bare;    /* the key for which a text instead of the object stands; NULL:
                                    none; the only one that is required                  */
    const struct elsewhere *elsewhere; /* up to a key of NULL; NULL: none                */
};

struct kind {
    const char         *name;    /* as written in JSON                                  */
    const char         *summary; /* one sentence                                        */
    const char         *example; /* a whole JSON value that reads                       */
    const struct shape *shape;
    const char         *source;  /* where the method comes from; NULL: elementary        */
};

struct family {
    const char               *name;    /* "distribution"                                */
    const char               *summary;
    const struct kind *const *kinds;   /* NULL-terminated                               */
    /* What a bare value (string or number instead of an object) means, or NULL. Sets the choice. */
    bool (*shorthand)(struct reader *reader, const struct json *node, struct choice *choice);
    const char               *shorthand_doc;
    const char               *shorthand_schema; /* members of the JSON Schema of the bare value */
};

/* Reads `node` into `value` (a struct of shape->size bytes, zeroed by this call, defaults
 * filled in). False when any problem was reported; all keys are read all the same. */
bool shape_read(struct reader *reader, const struct json *node, const struct shape *shape,
                void *value);

/* Reads one value of a kind's family. */
bool choice_read(struct reader *reader, const struct json *node, const struct family *family,
                 struct choice *choice);

/* Single values, for custom readers: check type, unit and bounds [low, high]. */
bool read_duration(struct reader *reader, const struct json *node, double low, double high,
                   double *value);
bool read_share(struct reader *reader, const struct json *node, double *value);
/* A share that may be more than the whole: above 0, at most `most`. */
bool read_multiple(struct reader *reader, const struct json *node, double most, double *value);
bool read_rate(struct reader *reader, const struct json *node, double *value);
bool read_number(struct reader *reader, const struct json *node, double low, double high,
                 double *value);

/* "needs a number from 0 to 1, got "abc"", reported at the node. Returns false. */
bool wrong_value(struct reader *reader, const struct json *node, const char *expected,
                 const char *hint);

/* Descriptions, all from the rows. */
void shape_explain(const struct shape *shape, FILE *to);
void param_explain(const char *owner, const struct param *param, FILE *to); /* one key of it */
void family_explain(const struct family *family, FILE *to);
void kind_explain(const struct family *family, const struct kind *kind, FILE *to);
void shape_schema(const struct shape *root, FILE *to);    /* draft-07, with definitions  */
void shape_reference(const struct shape *root, FILE *to); /* Markdown                    */
/* Writes a document that was read by `shape` back, with every default filled in. */
void shape_write(const struct json *node, const struct shape *shape, FILE *to);
/* Calls the functions (either may be NULL) once for every shape and family reachable from `root`,
 * each before its parts. */
void shape_walk(const struct shape *root, void (*shape_seen)(const struct shape *, void *user),
                void (*family_seen)(const struct family *, void *user), void *user);

#endif
