/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a stress test: that of its comparison, the stresses, and their picture. */
#include "base/csv.h"
#include "report/compare_folder.h"
#include "report/plot_stress.h"
#include "report/stressed.h"
#include "report/tables.h"

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_stress_json(of, to); /* told when the file is closed */
}

/* A row for each stress and promise. */
static void write_stresses(const void *of, FILE *to)
{
    size_t                      n, n_promises;
    const struct tsim_stressed *list = tsim_stress_list(of, &n);
    const struct tsim_promise  *promises = stressed_promises(of, &n_promises);
    fputs("stress,demand,promise,target,value,low,high,added_agents,heal\r\n", to);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n_promises; k++) {
            const struct tsim_promise *promise = tsim_stress_promise(of, i, k);
            const struct tsim_estimate none = { .defined = false };
            const struct tsim_estimate *estimate = promise ? &promise->estimate : &none;
            csv_write_text(to, list[i].name);
            tables_number(to, list[i].demand, true);
            fputc(',', to);
            csv_write_text(to, promises[k].text);
            tables_number(to, promises[k].target, true);
            tables_estimate(to, estimate);
            tables_number(to, list[i].added, list[i].healing == TSIM_HEAL_FOUND);
            fputc(',', to);
            csv_write_text(to, list[i].heal);
            fputs("\r\n", to);
        }
}

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_stress(of, options, to);
}

bool tsim_report_stress_folder(const struct tsim_stress *stress, const struct tsim_study *study,
                               const struct tsim_run_options *run, const char *path,
                               const struct tsim_folder_options *options,
                               struct tsim_problems *problems)
{
    const struct output_file files[] = {
        { "stress.json", write_json, stress },
        { "stresses.csv", write_stresses, stress },
    };
    const struct picture picture = { .name = "stress", .title = "Promises under stress",
                                     .of = stress, .data = plot_stress_data,
                                     .script = plot_stress_script };
    const struct comparison_more more = { files, sizeof files / sizeof *files, &picture,
                                          { write_screen, stress } };
    return comparison_folder(tsim_stress_comparison(stress), study, run, path, options, &more,
                             problems);
}
