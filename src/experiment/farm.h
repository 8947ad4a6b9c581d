/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/farm.h - units of work on threads, folded in order.
 *
 * Units are numbered 0, 1, 2 … Workers take them from one counter and do them into the slots of a
 * ring; the calling thread folds the slots in order of the numbers. A worker may be ahead of the
 * fold by the ring's length. What is folded, and when it is asked whether there is more to do,
 * depends on the numbers alone, so what comes out is the same for any number of threads.
 */
#ifndef EXPERIMENT_FARM_H
#define EXPERIMENT_FARM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct farm {
    uint32_t threads; /* see farm_threads                                                 */
    uint32_t slots;   /* see farm_slots                                                   */
    uint64_t planned; /* units; grows by `more`                                           */
    void    *user;    /* of all functions                                                 */

    /* On a worker's own thread: does units in `slot` until the farm closes. `work` is this
     * worker's number, below `threads`. Returns false when memory is out. */
    bool (*open)(void *user, uint32_t work);
    void (*close)(void *user, uint32_t work);
    void (*run)(void *user, uint32_t work, uint64_t unit, uint32_t slot);

    /* On the calling thread, in order. False ends the farm. */
    bool (*fold)(void *user, uint64_t unit, uint32_t slot);
    /* All planned units are folded: how many more? 0 ends the farm. Workers are idle then, so what
     * `run` reads may be changed. */
    uint64_t (*more)(void *user);
    /* Asked often; true ends the farm after the unit in hand. */
    bool (*stop)(void *user);
    /* Now and then, after a fold or while waiting for one. */
    void (*progress)(void *user);

    atomic_bool stopping; /* for what `run` calls: give up now                            */
};

enum farm_end { FARM_DONE, FARM_STOPPED, FARM_FAILED, FARM_NO_THREAD, FARM_NO_MEMORY };

/* As many as asked for, or one per core; no more than `units` of them are of use (0: not known). */
uint32_t farm_threads(uint32_t asked, uint64_t units);

/* How many slots so many threads need. */
uint32_t farm_slots(uint32_t threads);

/* Works until all that is planned is folded, `fold` says no, or it is stopped. FARM_NO_MEMORY: no
 * worker could open. */
enum farm_end farm_run(struct farm *farm);

/* Seconds of a clock that only goes forward. */
double farm_clock(void);

#endif
