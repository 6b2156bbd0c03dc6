/* Stands between a program and its C library: a disk that is slow, a clock that is wrong.
 *
 * The file that DISTURBANCE names holds two numbers (double) that may change at any time: the
 * milliseconds that each write to the disk takes longer, and the seconds by which the wall clock
 * is wrong. The monotonic clock goes on as it does on a machine whose clock is set. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define ORIGINAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const volatile double quiet[2] = {0.0, 0.0};

static const volatile double *disturbance(void) {
    static const volatile double *mapped = NULL;
    if (mapped == NULL) {
        const char *path = getenv("DISTURBANCE");
        int handle = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
        void *place = handle < 0 ? MAP_FAILED
                                 : mmap(NULL, sizeof quiet, PROT_READ, MAP_SHARED, handle, 0);
        if (handle >= 0) close(handle);
        mapped = place == MAP_FAILED ? quiet : place;
    }
    return mapped;
}

/* Looks every few milliseconds whether the disk is as slow as before. */
static void wait_for_the_disk(void) {
    const struct timespec part = {0, 5000000};
    struct timespec begun, now;
    double waited = 0.0;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    while (waited < disturbance()[0]) {
        nanosleep(&part, NULL);
        clock_gettime(CLOCK_MONOTONIC, &now);
        waited = (now.tv_sec - begun.tv_sec) * 1e3 + (now.tv_nsec - begun.tv_nsec) / 1e6;
    }
}

static time_t error_of_the_clock(void) { return (time_t)disturbance()[1]; }

int fsync(int handle) {
    wait_for_the_disk();
    return ORIGINAL(fsync)(handle);
}

int fdatasync(int handle) {
    wait_for_the_disk();
    return ORIGINAL(fdatasync)(handle);
}

ssize_t pwrite(int handle, const void *from, size_t length, off_t place) {
    wait_for_the_disk();
    return ORIGINAL(pwrite)(handle, from, length, place);
}

ssize_t pwrite64(int handle, const void *from, size_t length, off64_t place) {
    wait_for_the_disk();
    return ORIGINAL(pwrite64)(handle, from, length, place);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = ORIGINAL(clock_gettime)(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += error_of_the_clock();
    return failed;
}

int gettimeofday(struct timeval *now, void *zone) {
    int failed = ORIGINAL(gettimeofday)(now, zone);
    if (!failed) now->tv_sec += error_of_the_clock();
    return failed;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now != NULL) *now = exact.tv_sec;
    return exact.tv_sec;
}
