/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: wrap
 * Goal: no memory is taken or given back between the first and the last event of a replication.
 * Method: the linker puts counters in front of the functions that could; random scenarios of every
 * feature run with the counters on. The counters are seen to count. */
#include "support/law.h"

#include <stddef.h>
#include <sys/mman.h>

enum { SCENARIOS = 120 };

static bool     counting;
static uint64_t calls;

/* The linker's names: __wrap_f is called for f, __real_f is f. mmap64 is what mmap is here. */
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void  __wrap_free(void *block);
void *__wrap_mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset);
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *block, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void  __real_free(void *block);
void *__real_mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset);

void *__wrap_malloc(size_t size)
{
    calls += counting;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    calls += counting;
    return __real_calloc(n, size);
}

void *__wrap_realloc(void *block, size_t size)
{
    calls += counting;
    return __real_realloc(block, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    calls += counting;
    return __real_aligned_alloc(alignment, size);
}

void __wrap_free(void *block)
{
    calls += counting;
    __real_free(block);
}

void *__wrap_mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
    calls += counting;
    return __real_mmap64(at, size, protection, flags, file, offset);
}

Test(allocation, counters_count)
{
    struct law   law = law_random(0, NULL);
    struct world world;
    struct tally tally;
    counting = true;
    cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST)); /* mmap */
    cr_assert(tally_open(&tally, law.scenario->plan));                    /* aligned_alloc */
    tally_close(&tally);                                                  /* free */
    counting = false;
    cr_assert_geq(calls, 3);
    world_close(&world);
    law_free(&law);
}

Test(allocation, a_replication_takes_no_memory)
{
    const struct replication_limits limits = { .events = 10000000 };
    for (uint32_t number = 0; number < SCENARIOS; number++) {
        struct law   law = law_random(number, NULL);
        struct world world;
        struct tally tally;
        cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST));
        cr_assert(tally_open(&tally, law.scenario->plan));
        calls = 0;
        counting = true;
        const enum replication_status status =
            replication_run(&world, &tally, 1, number, &limits, NULL);
        counting = false;
        cr_assert_eq((int)status, REPLICATION_DONE);
        cr_assert_eq(calls, 0, "scenario %u took memory %llu times", number,
                     (unsigned long long)calls);
        tally_close(&tally);
        world_close(&world);
        law_free(&law);
    }
}
