/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/integer.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiment/cbc.h"

/* The program cbc has one in so many parts of the time: GLPK may still have to search. */
enum { CBC_PART = 4 };

struct work {
    glp_prob                     *problem, *diving;
    const struct integer_program *program;
    struct integer_course        *course;
    int                          *index;
    double                       *value;
    double                       *found; /* by diving */
    double                        bound;
    jmp_buf                       failed;
};

/* GLPK ends the program where it meets an error, unless somebody jumps away. */
static void jump_away(void *info)
{
    struct work *work = info;
    longjmp(work->failed, 1);
}

static int bounds_of(double low, double high)
{
    return isinf(high) ? GLP_LO : low < high ? GLP_DB : GLP_FX;
}

static void fill_columns(struct work *work)
{
    const struct integer_program *program = work->program;
    glp_add_cols(work->problem, (int)program->columns);
    for (size_t j = 0; j < program->columns; j++) {
        const int column = (int)j + 1;
        glp_set_obj_coef(work->problem, column, program->costs[j]);
        glp_set_col_kind(work->problem, column,
                         program->fractional && program->fractional[j] ? GLP_CV : GLP_IV);
        glp_set_col_bnds(work->problem, column, bounds_of(program->low[j], program->high[j]),
                         program->low[j], program->high[j]);
    }
}

static void fill_rows(struct work *work)
{
    const struct integer_program *program = work->program;
    if (program->rows > 0)
        glp_add_rows(work->problem, (int)program->rows);
    for (size_t i = 0; i < program->rows; i++) {
        const struct integer_row *row = &program->row[i];
        const size_t              many = row->at ? row->n : program->columns;
        int                       n = 0;
        for (size_t j = 0; j < many; j++)
            if (row->coefficients[j] != 0) {
                work->index[++n] = (int)(row->at ? row->at[j] : j) + 1;
                work->value[n] = row->coefficients[j];
            }
        glp_set_row_bnds(work->problem, (int)i + 1, row->equal ? GLP_FX : GLP_LO, row->least,
                         row->least);
        glp_set_mat_row(work->problem, (int)i + 1, n, work->index, work->value);
    }
}

/* At every node: what is known by now, and whether to go on. */
static void look(glp_tree *tree, void *info)
{
    struct work *work = info;
    const int    best = glp_ios_best_node(tree);
    int          total = 0;
    if (best != 0 && glp_ios_node_bound(tree, best) > work->bound)
        work->bound = glp_ios_node_bound(tree, best);
    glp_ios_tree_size(tree, NULL, NULL, &total);
    work->course->nodes = (uint32_t)total;
    if ((work->program->nodes > 0 && work->course->nodes > work->program->nodes) ||
        (work->program->stop && work->program->stop(work->program->user)))
        glp_ios_terminate(tree);
}

/* Solves without whole numbers. */
static enum integer_end relax(struct work *work)
{
    glp_smcp relaxation;
    glp_init_smcp(&relaxation);
    relaxation.msg_lev = GLP_MSG_OFF;
    relaxation.tm_lim = (int)(work->program->time_limit_s * 1000);
    const int end = glp_simplex(work->problem, &relaxation);
    work->course->time_was_up = end == GLP_ETMLIM;
    if (end != 0)
        return INTEGER_FAILED;
    if (glp_get_status(work->problem) != GLP_OPT)
        return glp_get_status(work->problem) == GLP_NOFEAS ? INTEGER_INFEASIBLE : INTEGER_FAILED;
    work->bound = glp_get_obj_val(work->problem);
    work->course->has_relaxed = true;
    for (size_t j = 0; work->course->relaxed && j < work->program->columns; j++)
        work->course->relaxed[j] = glp_get_col_prim(work->problem, (int)j + 1);
    return INTEGER_FOUND;
}

/* ---- diving */

/* Down to a whole number; a value that lacks no more than an error of arithmetic is one. */
static double down(double value)
{
    return floor(value + 1e-7);
}

/* The column whose value lacks least to the next whole number; 0 when all are whole. Lower bounds
 * follow the values down, so that what has been reached is kept. */
static int nearest_up(const struct work *work, glp_prob *problem)
{
    double most = 1e-6;
    int    best = 0;
    for (size_t j = 0; j < work->program->columns; j++) {
        const int    column = (int)j + 1;
        const double value = glp_get_col_prim(problem, column), low = down(value);
        if (work->program->fractional && work->program->fractional[j])
            continue;
        if (low > glp_get_col_lb(problem, column))
            glp_set_col_bnds(problem, column, bounds_of(low, work->program->high[j]), low,
                             work->program->high[j]);
        if (value - low > most) {
            most = value - low;
            best = column;
        }
    }
    return best;
}

/* Rounds one column up after the other, the others following each time, until all are whole: where
 * rows are covers, more is never wrong. Fills x and is true when it came to an end. */
static bool dive(struct work *work, double *x)
{
    const struct integer_program *program = work->program;
    glp_smcp                      control;
    bool                          good = true;
    int                           column;
    work->diving = glp_create_prob();
    glp_copy_prob(work->diving, work->problem, GLP_OFF);
    for (int i = 1; i <= glp_get_num_rows(work->problem); i++)
        glp_set_row_stat(work->diving, i, glp_get_row_stat(work->problem, i));
    for (int j = 1; j <= glp_get_num_cols(work->problem); j++)
        glp_set_col_stat(work->diving, j, glp_get_col_stat(work->problem, j));
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.meth = GLP_DUALP;
    control.tm_lim = (int)(program->time_limit_s * 1000);
    while (good) {
        good = glp_simplex(work->diving, &control) == 0 &&
               glp_get_status(work->diving) == GLP_OPT &&
               !(program->stop && program->stop(program->user));
        column = good ? nearest_up(work, work->diving) : 0;
        if (column == 0)
            break;
        const double up = glp_get_col_lb(work->diving, column) + 1;
        const double high = program->high[column - 1];
        good = up <= high;
        glp_set_col_bnds(work->diving, column, bounds_of(up, high), up, high);
    }
    for (size_t j = 0; good && j < program->columns; j++)
        x[j] = glp_get_col_prim(work->diving, (int)j + 1);
    glp_delete_prob(work->diving);
    return good;
}

static double cost_of(const struct integer_program *program, const double *x)
{
    double sum = 0;
    for (size_t j = 0; j < program->columns; j++)
        sum += program->costs[j] * x[j];
    return sum;
}

/* ---- branching */

static enum integer_end branch(struct work *work, double *x)
{
    glp_iocp control;
    glp_init_iocp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.tm_lim = (int)(work->program->time_limit_s * 1000);
    control.mip_gap = work->program->gap;
    control.fp_heur = GLP_ON;
    control.cb_func = look;
    control.cb_info = work;
    const int end = glp_intopt(work->problem, &control);
    const int status = glp_mip_status(work->problem);
    work->course->time_was_up = end == GLP_ETMLIM;
    if (status == GLP_NOFEAS)
        return INTEGER_INFEASIBLE;
    if ((end != 0 && end != GLP_ETMLIM && end != GLP_EMIPGAP && end != GLP_ESTOP) ||
        (status != GLP_OPT && status != GLP_FEAS))
        return INTEGER_FAILED;
    if (status == GLP_OPT && end == 0)
        work->bound = glp_mip_obj_val(work->problem);
    for (size_t j = 0; j < work->program->columns; j++) {
        const double value = glp_mip_col_val(work->problem, (int)j + 1);
        x[j] = work->program->fractional && work->program->fractional[j] ? value
                                                                         : floor(value + 0.5);
    }
    return INTEGER_FOUND;
}

/* ---- somebody else's branching */

static void write_column(const struct work *work, int column, FILE *to)
{
    const int n = glp_get_mat_col(work->problem, column, work->index, work->value);
    fprintf(to, " C%07d R0000000 %.17g\n", column, glp_get_obj_coef(work->problem, column));
    for (int k = 1; k <= n; k++)
        fprintf(to, " C%07d R%07d %.17g\n", column, work->index[k], work->value[k]);
}

static void write_bounds(const struct integer_program *program, size_t j, FILE *to)
{
    const int column = (int)j + 1;
    fprintf(to, " LO B C%07d %.17g\n", column, program->low[j]);
    if (isinf(program->high[j]))
        fprintf(to, " PL B C%07d\n", column);
    else
        fprintf(to, " UP B C%07d %.17g\n", column, program->high[j]);
}

/* Free MPS. (GLPK's own has marks in empty columns that cbc does not read.) */
static bool write_model(void *user, const char *path)
{
    const struct work            *work = user;
    const struct integer_program *program = work->program;
    bool                          whole = false;
    FILE                         *to = fopen(path, "w");
    if (!to)
        return false;
    fputs("NAME roster\nROWS\n N R0000000\n", to);
    for (size_t i = 0; i < program->rows; i++)
        fprintf(to, " %c R%07d\n", program->row[i].equal ? 'E' : 'G', (int)i + 1);
    fputs("COLUMNS\n", to);
    for (size_t j = 0; j < program->columns; j++) {
        const bool now = !(program->fractional && program->fractional[j]);
        if (now != whole)
            fprintf(to, " M%07d 'MARKER' '%s'\n", (int)j, now ? "INTORG" : "INTEND");
        whole = now;
        write_column(work, (int)j + 1, to);
    }
    fputs(whole ? " M9999999 'MARKER' 'INTEND'\nRHS\n" : "RHS\n", to);
    for (size_t i = 0; i < program->rows; i++)
        fprintf(to, " H R%07d %.17g\n", (int)i + 1, program->row[i].least);
    fputs("BOUNDS\n", to);
    for (size_t j = 0; j < program->columns; j++)
        write_bounds(program, j, to);
    fputs("ENDATA\n", to);
    const bool good = !ferror(to);
    return fclose(to) == 0 && good;
}

/* Whether x is what was asked for: whole, within its bounds, all rows held. */
static bool is_solution(const struct integer_program *program, const double *x)
{
    bool good = true;
    for (size_t j = 0; j < program->columns; j++)
        good &= x[j] >= program->low[j] - 1e-6 && x[j] <= program->high[j] + 1e-6 &&
                ((program->fractional && program->fractional[j]) ||
                 fabs(x[j] - floor(x[j] + 0.5)) < 1e-6);
    for (size_t i = 0; good && i < program->rows; i++) {
        const struct integer_row *row = &program->row[i];
        const size_t              many = row->at ? row->n : program->columns;
        double                    sum = 0, size = 1;
        for (size_t j = 0; j < many; j++) {
            const double term = row->coefficients[j] * x[row->at ? row->at[j] : j];
            sum += term;
            size += fabs(term);
        }
        good = sum >= row->least - 1e-6 * size &&
               (!row->equal || sum <= row->least + 1e-6 * size);
    }
    return good;
}

/* True when the program cbc had an answer, and a right one. */
static bool ask_cbc(struct work *work, double *x)
{
    const struct integer_program *program = work->program;
    const struct cbc_job job = { .write = write_model, .user = work, .columns = program->columns,
                                 .time_limit_s = program->time_limit_s / CBC_PART,
                                 .gap = program->gap,
                                 .stop = program->stop, .user_of_stop = program->user };
    double     bound;
    const bool good = cbc_solve(&job, x, &bound, &work->course->time_was_up) &&
                      is_solution(program, x);
    if (!good)
        return false;
    for (size_t j = 0; j < program->columns; j++)
        if (!program->fractional || !program->fractional[j])
            x[j] = floor(x[j] + 0.5);
    work->bound = fmin(fmax(work->bound, bound), cost_of(program, x));
    work->course->external = true;
    return true;
}

static enum integer_end solve(struct work *work, double *x)
{
    work->problem = glp_create_prob();
    glp_set_obj_dir(work->problem, GLP_MIN);
    fill_columns(work);
    fill_rows(work);
    const enum integer_end relaxed = relax(work);
    enum integer_end       end = relaxed;
    bool                   dived = false;
    if (relaxed == INTEGER_FOUND && work->program->dive) {
        dived = dive(work, work->found);
        end = INTEGER_FAILED;
    }
    const double cost = dived ? cost_of(work->program, work->found) : INFINITY;
    if (relaxed == INTEGER_FOUND &&
        !(dived && cost - work->bound <= work->program->gap * fabs(cost)))
        end = work->program->external && ask_cbc(work, x) ? INTEGER_FOUND : branch(work, x);
    if (dived && !(end == INTEGER_FOUND && cost_of(work->program, x) <= cost)) {
        for (size_t j = 0; j < work->program->columns; j++)
            x[j] = work->found[j];
        end = INTEGER_FOUND;
    }
    glp_delete_prob(work->problem);
    return end;
}

enum integer_end integer_solve_told(const struct integer_program *program, double *x,
                                    double *bound, struct integer_course *course)
{
    const size_t     room = (program->rows > program->columns ? program->rows
                                                              : program->columns) + 1;
    struct work     *work = calloc(1, sizeof *work);
    enum integer_end end = INTEGER_FAILED;
    if (!work)
        return end;
    *work = (struct work){ .program = program, .course = course, .bound = -INFINITY,
                           .index = calloc(room, sizeof *work->index),
                           .value = calloc(room, sizeof *work->value),
                           .found = calloc(program->columns + 1, sizeof *work->found) };
    if (work->index && work->value && work->found) {
        if (setjmp(work->failed) == 0) {
            glp_error_hook(jump_away, work);
            glp_term_out(GLP_OFF);
            end = solve(work, x);
            glp_error_hook(NULL, NULL);
        } else {
            end = INTEGER_FAILED;
            glp_free_env(); /* what GLPK had begun */
        }
    }
    *bound = work->bound;
    free(work->index);
    free(work->value);
    free(work->found);
    free(work);
    return end;
}

enum integer_end integer_solve(const struct integer_program *program, double *x, double *bound)
{
    struct integer_course course = { 0 };
    return integer_solve_told(program, x, bound, &course);
}
