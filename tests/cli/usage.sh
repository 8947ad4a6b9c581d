#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: a user who errs on the command line is told in one line what to write, and help is at
# hand. Method: run every kind of mistake; look at exit code, stream, length and the words that
# matter. The manual page must pass mandoc, the completion a shell, and both must know every
# option that the help knows.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
desk=$scenarios/desk.json

wrong() { # PATTERN WORD…: a mistake: exit 2, nothing on stdout, one line on stderr
    pattern=$1
    shift
    expect 2 "$tiersim" "$@"
    says err "$pattern"
    [ ! -s out ] || complain "an error wrote to stdout: $*"
    [ "$(wc -l <err)" = 1 ] || complain "an error of other than one line: $*"
}

wrong 'did you mean "run"' rnu "$desk"
wrong 'did you mean "validate"' valdate "$desk"
wrong 'tiersim run my.json' my.json
wrong 'command comes first' --json
wrong 'lists the commands' frobnicate
wrong 'needs one scenario' run
wrong 'not several' run "$desk" "$desk"
wrong 'needs a scenario' validate
wrong 'trace needs one scenario' trace
wrong 'not several' trace "$desk" "$desk"
for which in best 0 '' -1 1.5 3- -17 3-0 0-3 3-17x 1000001-1 99999999999999999999 '3 17' WORST; do
    wrong '--case needs' trace "$desk" --case "$which"
done
wrong 'is of replication 3' trace "$desk" --case 3-17 --rep 4
wrong 'needs none' trace "$desk" --case 3-17 --reps 4
wrong 'from 1 to 1000000' trace "$desk" --rep 0
wrong 'not an option of .tiersim trace' trace "$desk" --precision 2%
wrong 'not an option of .tiersim sweep' sweep my-study.json --set x=1
wrong 'did you mean "--threads"' run "$desk" --thread 3
wrong 'did you mean "--reps"' run "$desk" --rep=3
wrong 'did you mean "--output"' run "$desk" --out x
wrong 'did you mean "--seed"' run "$desk" --sead 1
wrong 'help run' run "$desk" --frobnicate
wrong 'help run' run "$desk" -z
wrong 'not an option of .tiersim validate' validate "$desk" --seed 1
wrong 'needs a value: --reps N' run "$desk" --reps
wrong 'takes no value' run "$desk" --quiet=3
wrong 'did you mean "lognormal"' explain lognormel
wrong 'not a word' explain xyzzy
wrong 'no command "foo"' help foo
wrong 'bash only' help --completion tcsh
wrong 'needs a results folder: -o DIR' run "$desk" --png
wrong 'needs a results folder: -o DIR' run "$desk" --case-log
wrong 'needs a name' run "$desk" -o ''
for value in -3 '' x 1.5 0X10 nan inf 1e 3x '1 0' +1; do
    wrong '--reps needs a whole number' run "$desk" --reps "$value"
done
for value in 0 1000001 1e300; do wrong 'from 1 to 1000000' run "$desk" --reps "$value"; done
for value in 0 200% 2%% % -1% 1e999; do wrong '--precision needs' run "$desk" --precision "$value"; done
for value in 0 5d min 1e999h -1s; do wrong '--time-limit needs' run "$desk" --time-limit "$value"; done
wrong 'to 9007199254740992' run "$desk" --seed 9007199254740994
wrong 'from 60 to 200' run "$desk" --width 10
wrong 'to 68719476735' run "$desk" --max-events 1e15
wrong 'from 1 to 256' run "$desk" --threads 1000

# Ways of writing that all mean the same.
expect 0 "$tiersim" run "$desk" --json --reps 2 --seed 5
mv out first
for words in "--reps=2 --seed=5 --json" "--json --seed 5 --reps 2e0" "--reps 9 --reps 2 --json --seed 5"; do
    # shellcheck disable=SC2086
    expect 0 "$tiersim" run $words "$desk"
    cmp -s first out || complain "other results with: $words"
done
expect 0 "$tiersim" run --json --reps 2 --seed 5 -- "$desk"
cmp -s first out || complain "other results after --"

# Help: short, on stdout, an example first, every option once.
expect 0 "$tiersim"
[ "$(wc -l <out)" -le 24 ] || complain "the help has more than 24 lines"
[ ! -s err ] || complain "the help is on stderr"
cp out help
for words in --help -h help; do
    expect 0 "$tiersim" "$words"
    cmp -s help out || complain "another help with $words"
done
awk '{ gsub(/[\200-\277]/, ""); if (length($0) > 80) exit 1 }' help || complain "help is too wide"
expect 0 "$tiersim" help --man
cp out page.1
expect 0 "$tiersim" help --completion bash
cp out completion
for command in run trace validate explain schema version help; do
    says help "^  $command "
    says page.1 "^.SS \"tiersim $command"
    expect 0 "$tiersim" help "$command"
    head -n 1 out | grep -qE '^  (tiersim|source) ' || complain "help $command begins without example"
    awk 'length($0) > 80 { exit 1 }' out || complain "help $command is too wide"
    cp out of_command
    expect 0 "$tiersim" "$command" --help
    cmp -s of_command out || complain "$command --help differs from help $command"
    grep -oE -- '--[a-z-]+ ' of_command | sort -u >options
    while read -r option; do
        says completion "^    $command\\).* ${option}[ ']"
        grep -qF -- "\\fB$(echo "$option" | sed 's/-/\\-/g')\\fR" page.1 ||
            complain "the manual page does not know $option"
    done <options
done
if command -v bash >/dev/null 2>&1; then
    bash -n completion || complain "bash cannot read its completion"
    bash -c '. ./completion; COMP_WORDS=(tiersim run --prec); COMP_CWORD=2; _tiersim
        [ "${COMPREPLY[*]}" = --precision ]' || complain "bash does not complete --prec"
fi
if command -v mandoc >/dev/null 2>&1; then
    mandoc -T lint page.1 || complain "mandoc is not content with the manual page"
fi

expect 0 "$tiersim" --version
says out '^tiersim [0-9]+\.[0-9]+\.[0-9]+$'
expect 0 "$tiersim" version --verbose
says out 'GSL [0-9]'
# The exit codes of the manual page and of docs/exit-codes.md are those of the program.
for code in 0 1 2 3 4 5 6 130; do
    says page.1 "^.B $code\$"
    says "$top/docs/exit-codes.md" "^\\| $code "
done
finish
