/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/shape_impl.h - rows that several shapes share. Private to the shape_*.c files. */
#ifndef MODEL_SHAPE_IMPL_H
#define MODEL_SHAPE_IMPL_H

#define TEXTS_PARAM(struct_, key_, field_, doc_, example_)                                     \
    { .key = key_, .type = PARAM_CUSTOM, .offset = offsetof(struct struct_, field_),           \
      .read = read_texts, .schema = texts_schema, .doc = doc_, .example = example_ }

/* A distribution of times; includes kernel/dist.h. */
#define TIME_PARAM(struct_, key_, field_, doc_, example_)                                      \
    { .key = key_, .type = PARAM_KIND, .offset = offsetof(struct struct_, field_),             \
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME, .doc = doc_,   \
      .example = example_ }

#define CLASS_PARAMS(struct_)                                                                  \
    TEXTS_PARAM(struct_, "severity", severity, "Only these severities.", "[\"high\"]"),        \
    TEXTS_PARAM(struct_, "segment", segment, "Only these segments.", "\"gold\""),              \
    TEXTS_PARAM(struct_, "channel", channel, "Only these channels.", "\"phone\""),             \
    TEXTS_PARAM(struct_, "issue", issue, "Only these issue types.", "[\"billing\"]")

/* Rules of a skill of a pool: when it serves those who wait for it (shape_routing.c). */
#define ROUTING_PARAMS                                                                         \
    { .key = "queue_preference", .type = PARAM_COUNT, .high = 1e6, .fallback = "0",            \
      .offset = offsetof(struct skill_given, queue_preference),                                \
      .doc = "Where the queue order is \"preference\": agents of the pool take from the queue " \
             "of a lower number first." },                                                     \
    { .key = "queue_weight", .type = PARAM_NUMBER, .high = 1e6, .fallback = "1",               \
      .offset = offsetof(struct skill_given, queue_weight),                                    \
      .doc = "… and of queues of one queue_preference from that whose first has waited "       \
             "longest, times this.", .example = "2" },                                         \
    { .key = "pool_weight", .type = PARAM_NUMBER, .flags = PARAM_POSITIVE, .high = 1e6,        \
      .offset = offsetof(struct skill_given, pool_weight), .fallback = "1",                    \
      .doc = "Where the selection is \"preference\": of pools of one preference that whose agent " \
             "has been idle longest, times this, takes the contact; \"by_chance\": one is "    \
             "drawn in this ratio. Where contacts wait for the \"last_wait\": it is divided "  \
             "by this.", .example = "0.5" },                                                   \
    { .key = "after", .type = PARAM_DURATION, .high = LIMIT_DURATION_S, .fallback = "0",       \
      .offset = offsetof(struct skill_given, after_s),                                         \
      .doc = "Overflow: the pool takes only contacts that have waited in this tier for so "    \
             "long.", .example = "\"45 s\"" },                                               \
    { .key = "reserve", .type = PARAM_COUNT, .high = LIMIT_AGENTS_POOL, .fallback = "0",       \
      .offset = offsetof(struct skill_given, reserve),                                         \
      .doc = "The pool takes such contacts only while more of its agents than that are idle.", \
      .example = "2" },                                                                        \
    { .key = "only_if", .type = PARAM_LIST, .offset = offsetof(struct skill_given, only_if),   \
      .shape = &route_condition_shape, .high = 64,                                             \
      .doc = "The pool takes such contacts only while all of these hold.",                     \
      .example = "[{ \"waiting\": \"sales\", \"at_least\": 3 }]" }

extern const struct shape route_condition_shape;

#endif
