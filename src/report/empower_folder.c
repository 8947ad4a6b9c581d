/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of an empowerment: that of its comparison, the limits, and their curve. */
#include <math.h>

#include "report/compare_folder.h"
#include "report/plot_empower.h"
#include "report/tables.h"

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_empowerment_json(of, to); /* told when the file is closed */
}

static void write_limits(const void *of, FILE *to)
{
    size_t                   n;
    const struct tsim_limit *limits = tsim_empowerment_limits(of, &n);
    const bool               known = tsim_empowerment_info(of)->no_queue_known;
    fputs("limit,now,flat,promises_kept,cost_per_day,cost_low,cost_high,dearer,dearer_low,"
          "dearer_high,concessions_per_day,leakage_per_day,escalation_rate,"
          "escalated_authority_share,wait_mean,sla_breach_share,no_queue_cost_per_day\r\n", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_limit *limit = &limits[i];
        if (isfinite(limit->limit))
            fprintf(to, "%.12g", limit->limit); /* empty: no limit */
        fprintf(to, ",%d,%d,%zu", limit->now, limit->flat, limit->kept);
        tables_estimate(to, &limit->cost);
        tables_estimate(to, &limit->dearer);
        tables_number(to, limit->concessions.value, limit->concessions.defined);
        tables_number(to, limit->leakage.value, limit->leakage.defined);
        tables_number(to, limit->escalated.value, limit->escalated.defined);
        tables_number(to, limit->for_authority.value, limit->for_authority.defined);
        tables_number(to, limit->wait.value, limit->wait.defined);
        tables_number(to, limit->breach.value, limit->breach.defined);
        tables_number(to, limit->no_queue, known);
        fputs("\r\n", to);
    }
}

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_empowerment(of, options, to);
}

bool tsim_report_empowerment_folder(const struct tsim_empowerment *empowerment,
                                    const struct tsim_study *study,
                                    const struct tsim_run_options *run, const char *path,
                                    const struct tsim_folder_options *options,
                                    struct tsim_problems *problems)
{
    const struct output_file files[] = {
        { "empowerment.json", write_json, empowerment },
        { "limits.csv", write_limits, empowerment },
    };
    const struct picture curve = { .name = "authority", .title = "Cost against authority",
                                   .of = empowerment, .data = plot_empower_data,
                                   .script = plot_empower_script };
    const struct comparison_more more = { files, sizeof files / sizeof *files, &curve,
                                          { write_screen, empowerment } };
    return comparison_folder(tsim_empowerment_comparison(empowerment), study, run, path, options,
                             &more, problems);
}
