# SPDX-License-Identifier: GPL-3.0-or-later
"""schema.py SCHEMA TIERSIM SCENARIO...: see schema.sh."""
import copy
import json
import random
import subprocess
import sys

import jsonschema

WANTED = 300  # refused changes to try
VALUES = [None, True, -1, 1e300, 0.5, 3, "", "x", "5 min", "120 %", "nan", [], [1], {}, {"kind": "x"},
          {"kind": "exponential", "mean": "5 min"}, ["a", 2]]


def places(value, path=()):
    """Every place of a document, the root first; what notes say is free."""
    yield path
    if isinstance(value, dict):
        for key in value:
            if key != "notes":
                yield from places(value[key], path + (key,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from places(item, path + (i,))


def change(document, dice):
    """A copy with one thing changed, and what that was."""
    document = copy.deepcopy(document)
    path = dice.choice(list(places(document)))
    inside = document
    for step in path[:-1]:
        inside = inside[step]
    what = dice.randrange(4)
    here = inside[path[-1]] if path else document
    if what == 0 and isinstance(here, dict):
        here["surprise"] = 1
        return document, f"{path}: a key more"
    if not path:
        return document, ""
    if what == 1 and isinstance(inside, dict):
        inside[path[-1] + "s"] = inside.pop(path[-1])
        return document, f"{path}: key misspelt"
    if what == 2 and isinstance(inside, dict):
        del inside[path[-1]]
        return document, f"{path}: key removed"
    inside[path[-1]] = copy.deepcopy(dice.choice(VALUES))
    return document, f"{path}: {json.dumps(inside[path[-1]])}"


def main():
    schema_file, tiersim, *files = sys.argv[1:]
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    bad = 0
    scenarios = []
    for name in files:
        if name.endswith("schema.json"):
            continue
        with open(name, encoding="utf-8") as file:
            scenario = json.load(file)
        if "extends" in scenario:
            continue  # the schema asks for a whole
        scenarios.append(scenario)
        for error in validator.iter_errors(scenario):
            print(f"{name}: {list(error.absolute_path)}: {error.message[:200]}")
            bad += 1
    dice = random.Random(1)
    refused = accepted = strict = 0
    while refused < WANTED and accepted < 20 * WANTED:
        document, what = change(dice.choice(scenarios), dice)
        if validator.is_valid(document):
            accepted += 1
            continue
        refused += 1
        run = subprocess.run([tiersim, "validate", "-q", "-"], input=json.dumps(document).encode(),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if run.returncode != 3:
            print(f"the schema refuses, tiersim exits {run.returncode}: {what}")
            bad += 1
        strict += run.returncode == 3
    print(f"{len(scenarios)} scenarios pass; {strict} of {refused} refused changes are refused, "
          f"{accepted} others were passed over")
    return 1 if bad or refused < WANTED else 0


sys.exit(main())
