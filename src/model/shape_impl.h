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

#endif
