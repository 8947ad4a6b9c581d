#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: the files of a results folder load in Python as docs/results.md says. Method: its block runs
# for real; what it prints is held against estimates.csv. Without python3 the test is skipped.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
# shellcheck source=tests/support/language.sh
. "$(dirname "$0")/../support/language.sh"

python3 -c '' 2>/dev/null || skip "needs python3"
in_language python python3
finish
