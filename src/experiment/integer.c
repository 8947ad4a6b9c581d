/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/integer.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>

struct work {
    glp_prob *problem;
    int      *index;
    double   *value;
    jmp_buf   failed;
};

/* GLPK ends the program where it meets an error, unless somebody jumps away. */
static void jump_away(void *info)
{
    struct work *work = info;
    longjmp(work->failed, 1);
}

static void fill(struct work *work, const struct integer_program *program)
{
    glp_prob *to = work->problem;
    glp_set_obj_dir(to, GLP_MIN);
    glp_add_cols(to, (int)program->columns);
    for (size_t j = 0; j < program->columns; j++) {
        const int column = (int)j + 1;
        glp_set_obj_coef(to, column, program->costs[j]);
        glp_set_col_kind(to, column,
                         program->fractional && program->fractional[j] ? GLP_CV : GLP_IV);
        glp_set_col_bnds(to, column, program->low[j] < program->high[j] ? GLP_DB : GLP_FX,
                         program->low[j], program->high[j]);
    }
    if (program->rows > 0)
        glp_add_rows(to, (int)program->rows);
    for (size_t i = 0; i < program->rows; i++) {
        int n = 0;
        for (size_t j = 0; j < program->columns; j++)
            if (program->row[i].coefficients[j] != 0) {
                work->index[++n] = (int)j + 1;
                work->value[n] = program->row[i].coefficients[j];
            }
        glp_set_row_bnds(to, (int)i + 1, GLP_LO, program->row[i].least, 0);
        glp_set_mat_row(to, (int)i + 1, n, work->index, work->value);
    }
}

static enum integer_end solve(struct work *work, const struct integer_program *program, double *x,
                              double *bound)
{
    glp_iocp control;
    glp_smcp relaxation;
    glp_init_smcp(&relaxation);
    relaxation.msg_lev = GLP_MSG_OFF;
    relaxation.tm_lim = (int)(program->time_limit_s * 1000);
    if (glp_simplex(work->problem, &relaxation) != 0)
        return INTEGER_FAILED;
    if (glp_get_status(work->problem) != GLP_OPT)
        return glp_get_status(work->problem) == GLP_NOFEAS ? INTEGER_INFEASIBLE : INTEGER_FAILED;
    *bound = glp_get_obj_val(work->problem);
    glp_init_iocp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.tm_lim = (int)(program->time_limit_s * 1000);
    control.mip_gap = program->gap;
    control.fp_heur = GLP_ON;
    const int end = glp_intopt(work->problem, &control);
    const int status = glp_mip_status(work->problem);
    if (status == GLP_NOFEAS)
        return INTEGER_INFEASIBLE;
    if ((end != 0 && end != GLP_ETMLIM && end != GLP_EMIPGAP) ||
        (status != GLP_OPT && status != GLP_FEAS))
        return INTEGER_FAILED;
    if (status == GLP_OPT && end == 0)
        *bound = glp_mip_obj_val(work->problem);
    for (size_t j = 0; j < program->columns; j++)
        x[j] = program->fractional && program->fractional[j]
                   ? glp_mip_col_val(work->problem, (int)j + 1)
                   : floor(glp_mip_col_val(work->problem, (int)j + 1) + 0.5);
    return INTEGER_FOUND;
}

enum integer_end integer_solve(const struct integer_program *program, double *x, double *bound)
{
    struct work     *work = calloc(1, sizeof *work);
    enum integer_end end = INTEGER_FAILED;
    if (!work)
        return end;
    work->index = calloc(program->columns + 1, sizeof *work->index);
    work->value = calloc(program->columns + 1, sizeof *work->value);
    if (work->index && work->value) {
        if (setjmp(work->failed) == 0) {
            glp_error_hook(jump_away, work);
            glp_term_out(GLP_OFF);
            work->problem = glp_create_prob();
            fill(work, program);
            end = solve(work, program, x, bound);
            glp_delete_prob(work->problem);
            glp_error_hook(NULL, NULL);
        } else {
            end = INTEGER_FAILED;
            glp_free_env(); /* what GLPK had begun */
        }
    }
    free(work->index);
    free(work->value);
    free(work);
    return end;
}
