/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/catalog.h - what a kind's file needs to see, and all kinds by family. */
#ifndef MODEL_CATALOG_H
#define MODEL_CATALOG_H

#include "model/arrival.h"
#include "model/order.h"
#include "model/selection.h"
#include "model/trigger.h"

/* The shape of a kind without keys of its own. */
extern const struct shape empty_shape;

#define ORDER(name)     extern const struct order_kind order_##name;
#define SELECTION(name) extern const struct selection_kind selection_##name;
#define ARRIVAL(name)   extern const struct arrival_kind arrival_##name;
#define TRIGGER(name)   extern const struct trigger_kind trigger_##name;
#include "model/catalog.list"
#undef ORDER
#undef SELECTION
#undef ARRIVAL
#undef TRIGGER

#endif
