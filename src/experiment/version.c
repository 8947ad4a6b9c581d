/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tiersim/run.h>

const char *tsim_version(void)
{
    return TSIM_VERSION;
}

const char *tsim_build_info(void)
{
    return TSIM_COMPILER ", " TSIM_BUILD_TYPE ", " TSIM_C_FLAGS ", GSL " TSIM_GSL_VERSION;
}
