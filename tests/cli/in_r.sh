#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: the files of a results folder load in R as docs/results.md says. Method: its block runs for
# real; what it prints is held against estimates.csv. Without R and its package jsonlite (Debian:
# r-base-core, r-cran-jsonlite) the test is skipped.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
# shellcheck source=tests/support/language.sh
. "$(dirname "$0")/../support/language.sh"

Rscript -e 'library(jsonlite)' >/dev/null 2>&1 || skip "needs R and its package jsonlite"
in_language R Rscript
finish
