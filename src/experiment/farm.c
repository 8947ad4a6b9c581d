/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* number of processors */
#include "experiment/farm.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"

struct crew {
    struct farm    *farm;
    pthread_mutex_t lock;
    pthread_cond_t  changed;
    uint64_t        next, folded, planned; /* under the lock, as all below              */
    bool           *ready;                 /* [slot]                                    */
    bool            finished;              /* workers go home                           */
    uint32_t        numbered, failed;      /* workers                                   */
};

double farm_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

uint32_t farm_threads(uint32_t asked, uint64_t units)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t   threads = asked ? asked : (uint32_t)(cores > 0 ? cores : 1);
    if (threads > LIMIT_THREADS)
        threads = LIMIT_THREADS;
    return units > 0 && units < threads ? (uint32_t)units : threads;
}

uint32_t farm_slots(uint32_t threads)
{
    return 2 * threads + 2;
}

/* ---- workers */

/* The next unit to do, when there is one and its slot is free; waits for that. */
static bool take_unit(struct crew *crew, uint64_t *unit)
{
    pthread_mutex_lock(&crew->lock);
    while (!crew->finished && (crew->next >= crew->planned ||
                               crew->next >= crew->folded + crew->farm->slots))
        pthread_cond_wait(&crew->changed, &crew->lock);
    const bool go = !crew->finished;
    if (go)
        *unit = crew->next++;
    pthread_mutex_unlock(&crew->lock);
    return go;
}

static void *work(void *user)
{
    struct crew *crew = user;
    struct farm *farm = crew->farm;
    uint64_t     unit;
    pthread_mutex_lock(&crew->lock);
    const uint32_t number = crew->numbered++;
    pthread_mutex_unlock(&crew->lock);
    if (!farm->open(farm->user, number)) {
        pthread_mutex_lock(&crew->lock);
        crew->failed++;
        pthread_cond_broadcast(&crew->changed);
        pthread_mutex_unlock(&crew->lock);
        return NULL;
    }
    while (take_unit(crew, &unit)) {
        const uint32_t slot = (uint32_t)(unit % farm->slots);
        farm->run(farm->user, number, unit, slot);
        pthread_mutex_lock(&crew->lock);
        crew->ready[slot] = true;
        pthread_cond_broadcast(&crew->changed);
        pthread_mutex_unlock(&crew->lock);
    }
    farm->close(farm->user, number);
    return NULL;
}

/* ---- the fold */

/* Waits for the next slot in order, looking up now and then to see whether to stop. */
static bool await_slot(struct crew *crew, uint64_t unit)
{
    struct farm *farm = crew->farm;
    const bool  *slot = &crew->ready[unit % farm->slots];
    bool         ready;
    pthread_mutex_lock(&crew->lock);
    while (!(ready = *slot) && crew->failed < farm->threads) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 100000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&crew->changed, &crew->lock, &until);
        pthread_mutex_unlock(&crew->lock);
        if (farm->stop(farm->user))
            atomic_store(&farm->stopping, true);
        farm->progress(farm->user);
        pthread_mutex_lock(&crew->lock);
    }
    pthread_mutex_unlock(&crew->lock);
    return ready;
}

static enum farm_end fold_all(struct crew *crew)
{
    struct farm *farm = crew->farm;
    for (uint64_t unit = 0; unit < farm->planned; unit++) {
        const uint32_t slot = (uint32_t)(unit % farm->slots);
        if (!await_slot(crew, unit))
            return FARM_NO_MEMORY;
        if (!farm->fold(farm->user, unit, slot))
            return atomic_load(&farm->stopping) ? FARM_STOPPED : FARM_FAILED;
        if (unit + 1 == farm->planned)
            farm->planned += farm->more(farm->user);
        pthread_mutex_lock(&crew->lock);
        crew->ready[slot] = false;
        crew->folded = unit + 1;
        crew->planned = farm->planned;
        pthread_cond_broadcast(&crew->changed);
        pthread_mutex_unlock(&crew->lock);
        farm->progress(farm->user);
        if (unit + 1 < farm->planned && farm->stop(farm->user))
            return FARM_STOPPED;
    }
    return FARM_DONE;
}

enum farm_end farm_run(struct farm *farm)
{
    struct crew   crew = { .farm = farm, .planned = farm->planned,
                           .lock = PTHREAD_MUTEX_INITIALIZER,
                           .changed = PTHREAD_COND_INITIALIZER };
    pthread_t     threads[LIMIT_THREADS];
    uint32_t      n = 0;
    enum farm_end end = FARM_NO_THREAD;
    crew.ready = calloc(farm->slots, sizeof *crew.ready);
    if (!crew.ready)
        return FARM_NO_MEMORY;
    while (n < farm->threads && pthread_create(&threads[n], NULL, work, &crew) == 0)
        n++;
    if (n > 0) {
        pthread_mutex_lock(&crew.lock);
        crew.failed += farm->threads - n;
        pthread_mutex_unlock(&crew.lock);
        end = fold_all(&crew);
        atomic_store(&farm->stopping, true);
        pthread_mutex_lock(&crew.lock);
        crew.finished = true;
        pthread_cond_broadcast(&crew.changed);
        pthread_mutex_unlock(&crew.lock);
    }
    for (uint32_t i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    free(crew.ready);
    return end;
}
