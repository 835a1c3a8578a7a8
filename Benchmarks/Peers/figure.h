/* What was measured, in the one line that Compare reads: as Sources/Ours/Figure.swift prints it. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long time_of(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long clock_now(void) { return time_of(CLOCK_MONOTONIC); }
static long long cpu_time(void) { return time_of(CLOCK_PROCESS_CPUTIME_ID); }

static int by_size(const void *left, const void *right) {
  long long a = *(const long long *)left, b = *(const long long *)right;
  return (a > b) - (a < b);
}

static void say(long long operations, long long wall, long long cpu, long long median) {
  printf("operations=%lld wall=%lld cpu=%lld median=%lld\n", operations, wall, cpu, median);
}

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}
