/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/promise_table.h - what became of promises with a staffing that was found. */
#ifndef REPORT_PROMISE_TABLE_H
#define REPORT_PROMISE_TABLE_H

#include <tiersim/size.h>

#include "report/page.h"

void promise_table(struct page *page, const struct tsim_size_promise *promises, size_t n,
                   const char *currency);

#endif
