#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: an editor that checks a scenario by scenarios/schema.json agrees with the program. Method:
# all whole scenarios of the gallery pass the schema; of many scenarios with one thing changed, those
# that the schema refuses the program refuses too (it may refuse more: a schema knows no names).
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
command -v python3 >/dev/null 2>&1 || skip "needs python3"
python3 -c 'import jsonschema' 2>/dev/null || skip "needs python3-jsonschema"
expect 0 "$tiersim" schema
cp out schema.json
python3 "$here/schema.py" schema.json "$tiersim" "$top"/scenarios/*.json "$top"/scenarios/exact/*.json \
    "$scenarios"/desk.json "$scenarios"/queue.json "$scenarios"/swamped.json "$scenarios"/precise.json ||
    complain "schema and program differ"
finish
