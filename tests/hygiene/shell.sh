#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: the scripts run under any POSIX shell. Method: shellcheck has nothing to say.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

command -v shellcheck >/dev/null 2>&1 || skip "needs shellcheck"
# shellcheck disable=SC2046
shellcheck -x --shell=sh $(find scripts tests .ci \( -name '*.sh' -o -name run \) -type f | sort)
