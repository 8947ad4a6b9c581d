#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs.sh [TIERSIM]: writes the pages that the program itself knows best: the schema for editors
# and the reference of everything a scenario may say. A test fails while they are out of step.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
tiersim=${1:-$top/build/release/tiersim}
"$tiersim" schema >"$top/scenarios/schema.json"
"$tiersim" explain --reference >"$top/docs/reference.md"
