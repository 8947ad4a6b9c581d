/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include <string.h>

#define AT(field) offsetof(struct options, field)
#define RUN ON(COMMAND_RUN)
#define TRACE ON(COMMAND_TRACE)
#define RUN_TRACE (ON(COMMAND_RUN) | ON(COMMAND_TRACE))
#define SELECT ON(COMMAND_SELECT)
#define SCHEDULE ON(COMMAND_SCHEDULE)
#define STUDIES                                                                                   \
    (ON(COMMAND_COMPARE) | ON(COMMAND_SWEEP) | SELECT | ON(COMMAND_EMPOWER) |                     \
     ON(COMMAND_STRESS) | SCHEDULE)
#define SIZE ON(COMMAND_SIZE)
#define SIZE_SCHEDULE (SIZE | SCHEDULE)
#define SIMULATE (RUN | STUDIES)
#define FOLDERS (SIMULATE | SIZE)
#define SCREENS (RUN_TRACE | SIZE | STUDIES | ON(COMMAND_EXPLAIN))
#define SIMULATED_VALIDATE (RUN_TRACE | SIZE | STUDIES | ON(COMMAND_VALIDATE))
#define LOADING (SIMULATED_VALIDATE | ON(COMMAND_EXPLAIN))
#define RUN_VALIDATE (SIMULATE | SIZE | ON(COMMAND_VALIDATE))

const struct option_row option_table[] = {
    { .name = "case", .argument = "WHICH", .type = OPTION_TEXT, .offset = AT(which),
      .commands = TRACE, .group = GROUP_HOW_MUCH,
      .help = "a number such as 17 or 3-17, or a word (worst)" },
    { .name = "rep", .argument = "N", .type = OPTION_COUNT, .offset = AT(replication),
      .commands = TRACE, .group = GROUP_HOW_MUCH, .low = 1, .high = 1e6,
      .help = "replication of the case, or the first to search (1)" },
    { .name = "output", .letter = 'o', .argument = "DIR", .type = OPTION_TEXT,
      .offset = AT(folder), .commands = FOLDERS, .group = GROUP_OUTPUT,
      .help = "write the results folder: JSON, CSV tables, plots" },
    { .name = "json", .type = OPTION_FLAG, .offset = AT(json), .commands = SIMULATED_VALIDATE,
      .group = GROUP_OUTPUT, .help = "print JSON for programs instead of the screen" },
    { .name = "quiet", .letter = 'q', .type = OPTION_FLAG, .offset = AT(quiet),
      .commands = RUN_VALIDATE | ON(COMMAND_NEW), .group = GROUP_OUTPUT,
      .help = "print nothing but problems" },
    { .name = "strict", .type = OPTION_FLAG, .offset = AT(strict),
      .commands = ON(COMMAND_VALIDATE), .group = GROUP_OUTPUT,
      .help = "exit with 3 when there is a warning, too" },
    { .name = "force", .type = OPTION_FLAG, .offset = AT(force), .commands = ON(COMMAND_NEW),
      .group = GROUP_OUTPUT, .help = "replace a file that is there" },
    { .name = "check", .type = OPTION_FLAG, .offset = AT(check), .commands = RUN,
      .group = GROUP_OUTPUT, .help = "exit with 5 when a promise is broken" },
    { .name = "case-log", .type = OPTION_FLAG, .offset = AT(case_log), .commands = RUN,
      .group = GROUP_OUTPUT, .needs_folder = true,
      .help = "every contact's life in cases.csv and events.csv" },
    { .name = "png", .type = OPTION_FLAG, .offset = AT(png), .commands = FOLDERS,
      .group = GROUP_OUTPUT, .needs_folder = true, .help = "plots as PNG besides SVG" },
    { .name = "pdf", .type = OPTION_FLAG, .offset = AT(pdf), .commands = FOLDERS,
      .group = GROUP_OUTPUT, .needs_folder = true, .help = "plots as PDF besides SVG" },
    { .name = "no-plots", .type = OPTION_FLAG, .offset = AT(no_plots), .commands = FOLDERS,
      .group = GROUP_OUTPUT, .help = "leave the plots out of the folder" },

    { .name = "set", .argument = "SETTINGS", .type = OPTION_SET, .offset = AT(sets),
      .commands = SIMULATED_VALIDATE & ~ON(COMMAND_SWEEP), .group = GROUP_HOW_MUCH,
      .help = "change the scenario: PATH=VALUE, PATH*=X, PATH+=X" },
    { .name = "tier", .argument = "NAME", .type = OPTION_TEXT, .offset = AT(tier),
      .commands = ON(COMMAND_EMPOWER), .group = GROUP_HOW_MUCH,
      .help = "whose authority (the first tier that has a limit)" },
    { .name = "limits", .argument = "LIST", .type = OPTION_TEXT, .offset = AT(limits),
      .commands = ON(COMMAND_EMPOWER), .group = GROUP_HOW_MUCH,
      .help = "limits to try, e.g. 25,50,100" },
    { .name = "until-decided", .type = OPTION_FLAG, .offset = AT(until_decided),
      .commands = ON(COMMAND_COMPARE), .group = GROUP_HOW_MUCH,
      .help = "go on until every difference is shown or negligible" },
    { .name = "no-heal", .type = OPTION_FLAG, .offset = AT(no_heal),
      .commands = ON(COMMAND_STRESS), .group = GROUP_HOW_MUCH,
      .help = "do not look for agents that keep every promise" },
    { .name = "measure", .argument = "NAME", .type = OPTION_TEXT, .offset = AT(measure),
      .commands = SELECT, .group = GROUP_HOW_MUCH,
      .help = "what to select by (cost.total.per_day)" },
    { .name = "largest", .type = OPTION_FLAG, .offset = AT(largest), .commands = SELECT,
      .group = GROUP_HOW_MUCH, .help = "the largest value is best, not the smallest" },
    { .name = "zone", .argument = "VALUE", .type = OPTION_TEXT, .offset = AT(zone),
      .commands = SELECT, .group = GROUP_HOW_MUCH,
      .help = "a smaller difference does not matter: 50, 30 s, 1 %" },
    { .name = "budget", .argument = "N", .type = OPTION_COUNT, .offset = AT(budget),
      .commands = SELECT, .group = GROUP_HOW_MUCH, .low = 1, .high = 1e6,
      .help = "replications of all together, without a guarantee" },
    { .name = "apply", .argument = "FILE", .type = OPTION_TEXT, .offset = AT(apply),
      .commands = SIZE_SCHEDULE, .group = GROUP_OUTPUT,
      .help = "write the scenario with that staffing" },
    { .name = "csv", .type = OPTION_FLAG, .offset = AT(csv), .commands = SIZE_SCHEDULE,
      .group = GROUP_OUTPUT, .help = "print agents by interval, or the roster, as CSV" },
    { .name = "per-interval", .type = OPTION_FLAG, .offset = AT(per_interval), .commands = SIZE,
      .group = GROUP_HOW_MUCH, .help = "a number of agents for each report interval" },
    { .name = "each-interval", .type = OPTION_FLAG, .offset = AT(each_interval),
      .commands = SIZE_SCHEDULE, .group = GROUP_HOW_MUCH,
      .help = "service levels must hold in every interval" },
    { .name = "lever", .argument = "LEVERS", .type = OPTION_TEXT, .offset = AT(levers),
      .commands = SIZE, .group = GROUP_HOW_MUCH,
      .help = "also choose among settings: PATH=VALUE,VALUE; PATH=..." },
    { .name = "days", .argument = "SHARE", .type = OPTION_SHARE, .offset = AT(days),
      .commands = SIZE_SCHEDULE, .group = GROUP_HOW_MUCH, .low = 1e-3, .high = 0.9999,
      .help = "hold promises on this share of days, not on average" },
    { .name = "confidence", .argument = "SHARE", .type = OPTION_SHARE, .offset = AT(confidence),
      .commands = SIZE_SCHEDULE, .group = GROUP_HOW_MUCH, .low = 0.51, .high = 0.9999,
      .help = "how sure each promise must be kept (95%)" },
    { .name = "reps", .argument = "N", .type = OPTION_COUNT, .offset = AT(replications),
      .commands = RUN_TRACE | SIZE | (STUDIES & ~SELECT), .group = GROUP_HOW_MUCH, .low = 1,
      .high = 1e6, .help = "number of independent replications" },
    { .name = "precision", .argument = "SHARE", .type = OPTION_SHARE, .offset = AT(precision),
      .commands = RUN, .group = GROUP_HOW_MUCH, .low = 1e-6, .high = 1,
      .help = "go on until half-widths are this share, e.g. 2%" },
    { .name = "seed", .argument = "N", .type = OPTION_SEED, .offset = AT(seed),
      .commands = RUN_TRACE | SIZE | STUDIES, .group = GROUP_HOW_MUCH, .low = 0, .high = 0x1p53,
      .help = "seed of all randomness: equal seeds, equal results" },
    { .name = "threads", .argument = "N", .type = OPTION_COUNT, .offset = AT(threads),
      .commands = SIMULATE | SIZE, .group = GROUP_HOW_MUCH, .low = 1, .high = 256,
      .help = "threads to use (all cores); never changes a result" },

    { .name = "time-limit", .argument = "TIME", .type = OPTION_DURATION,
      .offset = AT(time_limit_s), .commands = SIMULATE | SIZE, .group = GROUP_LIMITS, .low = 1e-3,
      .high = 1e9,
      .help = "stop after this long, e.g. 90s or 10min" },
    { .name = "max-contacts", .argument = "N", .type = OPTION_COUNT, .offset = AT(max_contacts),
      .commands = RUN_TRACE | SIZE | STUDIES, .group = GROUP_LIMITS, .low = 1000, .high = 16e6,
      .help = "contacts in the system at once (1,000,000)" },
    { .name = "max-events", .argument = "N", .type = OPTION_COUNT, .offset = AT(max_events),
      .commands = RUN_TRACE | SIZE | STUDIES, .group = GROUP_LIMITS, .low = 1000,
      .high = 68719476735, .help = "events of one replication (10,000,000,000)" },

    { .name = "allow-plugins", .type = OPTION_FLAG, .offset = AT(allow_plugins),
      .commands = LOADING, .group = GROUP_OTHER,
      .help = "load the policy a scenario names: it is a program" },

    { .name = "width", .argument = "N", .type = OPTION_COUNT, .offset = AT(width),
      .commands = SCREENS, .group = GROUP_SCREEN, .low = 60, .high = 200,
      .help = "columns of the screen (the terminal's, 80 in a file)" },
    { .name = "ascii", .type = OPTION_FLAG, .offset = AT(ascii), .commands = SCREENS,
      .group = GROUP_SCREEN, .help = "no characters outside ASCII" },
    { .name = "no-color", .type = OPTION_FLAG, .offset = AT(no_color), .commands = SCREENS,
      .group = GROUP_SCREEN, .help = "no colours" },

    { .name = "reference", .type = OPTION_FLAG, .offset = AT(reference),
      .commands = ON(COMMAND_EXPLAIN), .group = GROUP_OTHER,
      .help = "the whole scenario reference as Markdown" },
    { .name = "verbose", .letter = 'v', .type = OPTION_FLAG, .offset = AT(verbose),
      .commands = ON(COMMAND_VERSION), .group = GROUP_OTHER,
      .help = "also say how the program was built" },
    { .name = "man", .type = OPTION_FLAG, .offset = AT(man), .commands = ON(COMMAND_HELP),
      .group = GROUP_OTHER, .help = "the manual page, for man -l" },
    { .name = "completion", .argument = "SHELL", .type = OPTION_TEXT, .offset = AT(completion),
      .commands = ON(COMMAND_HELP), .group = GROUP_OTHER,
      .help = "completion of words for a shell: bash" },
    { .name = "help", .letter = 'h', .type = OPTION_FLAG, .offset = AT(help), .commands = ~0u,
      .group = GROUP_OTHER, .help = "this help" },
};

const size_t option_count = sizeof option_table / sizeof *option_table;

const char *const group_names[GROUPS] = {
    [GROUP_OUTPUT] = "output",     [GROUP_HOW_MUCH] = "how much to simulate",
    [GROUP_SCREEN] = "the screen", [GROUP_LIMITS] = "limits",
    [GROUP_OTHER] = "other",
};

const struct command_row command_table[COMMANDS] = {
    [COMMAND_RUN] = {
        .name = "run", .operands = "SCENARIO.json",
        .help = "simulate a scenario and print what holds",
        .examples = "tiersim run my-desk.json\tsee what holds\n"
                    "tiersim run my-desk.json -o results/my-desk\talso write tables and plots\n"
                    "tiersim run my-desk.json --precision 2%\tas long as it takes\n"
                    "tiersim run - --json < my-desk.json\tfrom program to program\n",
        .more = "A scenario named - is read from standard input. The result of a scenario and a "
                "seed is always the same. Ctrl-C stops the run and keeps the replications that "
                "are complete; a second one ends at once." },
    [COMMAND_COMPARE] = {
        .name = "compare", .operands = "FILE.json...",
        .help = "which desk is better, and by how much",
        .examples = "tiersim compare today.json more-l3.json\ttwo scenarios or more\n"
                    "tiersim compare my-desk.json --set 'tiers[0].pools[0].agents += 1'"
                    "\tor settings\n"
                    "tiersim compare my-study.json -o results/study\tor a study, with a plot\n",
        .more = "All see the same customers, and differences hold together with the confidence "
                "stated. Each --set is a variant of the first scenario: settings separated by "
                "commas, with a name in front if you like (--set 'one more: PATH += 1'). See "
                "docs/experiments.md." },
    [COMMAND_SWEEP] = {
        .name = "sweep", .operands = "STUDY.json",
        .help = "what each number does, and what is worth its cost",
        .examples = "tiersim sweep my-study.json\twhat each factor does\n"
                    "tiersim sweep my-study.json -o results/s\tgo on after an interruption\n",
        .more = "The study names numbers of its scenario and a design: every combination, one at "
                "a time, a Latin hypercube or Sobol points. All points see the same customers. "
                "With -o, every finished replication is kept in sweep.journal: after Ctrl-C, a "
                "power cut or kill -9 the same command goes on, and ends with the same bytes. See "
                "docs/experiments.md." },
    [COMMAND_SELECT] = {
        .name = "select", .operands = "FILE.json...",
        .help = "the best of many, with a guaranteed probability",
        .examples = "tiersim select my-study.json\tas the study says\n"
                    "tiersim select a.json b.json --zone 50\tthe cheapest, if by 50\n"
                    "tiersim select a.json b.json --budget 600\twithin 600 replications\n",
        .more = "Whenever one is better than every other by the zone or more, it is selected "
                "with probability 95 % or more. Those that fall behind are dropped on the way. "
                "With a budget, replications are dealt to those that might be best, and the "
                "probability is an estimate. Each --set is a variant of the first scenario. See "
                "docs/experiments.md." },
    [COMMAND_EMPOWER] = {
        .name = "empower", .operands = "FILE.json", .help = "what authority to spend buys",
        .examples = "tiersim empower my-desk.json\ttry limits around today's\n"
                    "tiersim empower my-desk.json --tier L1 --limits 25,50,100\tthese\n",
        .more = "Every limit sees the same customers. It says which is cheapest, which others are "
                "not shown to be dearer, from which on each promise is kept, and what the limit "
                "would cost if nobody had to queue. A study file will do, too. See "
                "docs/experiments.md." },
    [COMMAND_STRESS] = {
        .name = "stress", .operands = "FILE.json...",
        .help = "what breaks under stress, and what heals it",
        .examples = "tiersim stress my-desk.json\tdemand, absence, an hour without a pool\n"
                    "tiersim stress my-desk.json --set 'flu: tiers[0].pools[0].agents *= 0.7'"
                    "\tand this\n"
                    "tiersim stress my-desk.json --no-heal\tonly what breaks\n",
        .more = "All stresses see the same customers: demand +10, +20 and +30 %, an hour without "
                "the first pool, absent agents in each tier, a slow vendor, and every --set. What "
                "heals one is the fewest added agents found with which every promise is kept. A "
                "study file will do, too. See docs/experiments.md." },
    [COMMAND_SIZE] = {
        .name = "size", .operands = "SCENARIO.json",
        .help = "the cheapest staffing that keeps every promise",
        .examples = "tiersim size my-desk.json\thow many people, in which tier\n"
                    "tiersim size my-desk.json --per-interval --csv\tand when\n"
                    "tiersim size my-desk.json --per-interval -o sized\ttables and plots\n"
                    "tiersim size my-desk.json --lever 'tiers[0].resolves=70%,80%'\twhich\n"
                    "tiersim size my-desk.json --days 90%\tkept on nine days of ten\n"
                    "tiersim size my-desk.json --apply staffed.json\tand write that scenario\n",
        .more = "Formulas (Erlang A through the tiers) say where to begin; then plans are "
                "simulated on the same customers, and the answer is verified on fresh ones. A "
                "pool without agents stays without. When no staffing keeps a promise, it says "
                "which, and exits with 5." },
    [COMMAND_SCHEDULE] = {
        .name = "schedule", .operands = "FILE.json",
        .help = "shifts with breaks that keep every promise",
        .examples = "tiersim schedule my-desk.json\tusual shifts, for what is needed\n"
                    "tiersim schedule shifts.json -o results/s\tyour shifts, with plots\n"
                    "tiersim schedule shifts.json --csv > who.csv\tfor a spreadsheet\n"
                    "tiersim schedule shifts.json --apply to.json\ta scenario with it\n",
        .more = "A study names kinds of shift: lengths, starts, breaks and their windows, days "
                "off. An integer program covers the heads needed in each interval at least cost; "
                "the desk is simulated with it, and more heads are asked for where a promise "
                "breaks; where all are kept, surplus is trimmed. When that comes to no end, it "
                "says so, and exits with 5. See docs/scheduling.md." },
    [COMMAND_TRACE] = {
        .name = "trace", .operands = "SCENARIO.json", .help = "follow one contact through the desk",
        .examples = "tiersim trace my-desk.json\tthe one that took longest\n"
                    "tiersim trace my-desk.json --case first-breach\twhy a target was missed\n"
                    "tiersim trace my-desk.json --case 3-17\tas cases.csv numbers them\n",
        .more = "WHICH is the number of a contact, or of a replication and a contact, or one of: "
                "worst (the longest from arrival to its end), first-breach (the first to arrive "
                "that misses an SLA target), most-hops, longest-wait (in queues), costliest. "
                "These are searched for in replication 1, or in --reps N of them." },
    [COMMAND_NEW] = {
        .name = "new", .operands = "[STARTER [FILE]]",
        .help = "write a scenario to begin with",
        .examples = "tiersim new\tlist what there is\n"
                    "tiersim new helpdesk\twrite helpdesk.json\n"
                    "tiersim new hotel my-desk.json\tunder a name of your own\n"
                    "tiersim new bank -\tprint it\n",
        .more = "Each is a whole desk: volumes by half-hour, shifts, three tiers that settle "
                "about 80, 15 and 5 of 100, limits of authority, SLA targets and promises, with "
                "notes that say what to change first. A file that is there is not replaced "
                "unless --force is given." },
    [COMMAND_VALIDATE] = {
        .name = "validate", .operands = "SCENARIO.json...",
        .help = "check scenarios, all problems at once",
        .examples = "tiersim validate my-desk.json\tsay what is wrong, and where\n"
                    "tiersim validate --json - < my-desk.json\tfor editors\n",
        .more = "What is legal but odd is warned of in the same form and changes no exit code, "
                "but with --strict it is 3: a tier offered more work than its agents can do, "
                "patience of seconds, a target shorter than the work, a pool nobody comes to, "
                "rules that never decide. A scenario named - is read from standard input." },
    [COMMAND_EXPLAIN] = {
        .name = "explain", .operands = "[WORD...]",
        .help = "explain words, or a scenario's escalation matrix",
        .examples = "tiersim explain lognormal\ta kind of distribution\n"
                    "tiersim explain pool authority\ta part of a scenario, and a key\n"
                    "tiersim explain my-desk.json\twhat its escalation matrix does\n"
                    "tiersim explain\tlist all words\n",
        .more = "Of a scenario it prints the rules of the escalation matrix in words, and what is "
                "amiss: rules that can never decide, contacts that end unresolved though no rule "
                "says so, circles, clocks that wake nobody. Validate warns of the same." },
    [COMMAND_SCHEMA] = {
        .name = "schema", .operands = "[study]",
        .help = "print the JSON Schema of scenarios or studies",
        .examples = "tiersim schema > schema.json\tthe \"$schema\" of a scenario\n"
                    "tiersim schema study\tof a study\n" },
    [COMMAND_VERSION] = {
        .name = "version", .operands = "", .help = "print the version",
        .examples = "tiersim version --verbose\talso say how it was built\n" },
    [COMMAND_HELP] = {
        .name = "help", .operands = "[COMMAND]", .help = "help on a command",
        .examples = "tiersim help run\tall options of a command\n"
                    "tiersim help --man | man -l -\tthe manual page\n"
                    "source <(tiersim help --completion bash)\tcomplete words with Tab\n" },
};

const struct exit_row exit_table[] = {
    { EXIT_OK, "done" },
    { EXIT_INTERNAL, "a fault of tiersim itself; please report it" },
    { EXIT_USAGE, "the command line is wrong" },
    { EXIT_INPUT, "the scenario, or a file it names, is wrong; or it has no such case" },
    { EXIT_IO, "reading or writing failed (disk full, no permission, no such file)" },
    { EXIT_TARGET, "a promise is broken (with --check), or no staffing keeps it (size, schedule)" },
    { EXIT_LIMIT, "a limit was reached: memory, time, events, contacts" },
    { 130, "stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP; complete replications are kept" },
};

const size_t exit_count = sizeof exit_table / sizeof *exit_table;

const struct option_row *option_find(const char *name, size_t length, char letter)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_table[i];
        if (letter ? row->letter == letter
                   : strlen(row->name) == length && strncmp(row->name, name, length) == 0)
            return row;
    }
    return NULL;
}
