/* Words to the bytes of commands with hiredis: a thousand SETs, each formatted for itself and freed,
   which is less than sending it takes.
   encode MILLISECONDS */
#include "figure.h"
#include <hiredis.h>
#include <string.h>

enum { commands = 1000 };

static char keys[commands][16];
static const char value[] = "sixteen bytes ok";
static size_t written;

static void encode(void) {
  for (int i = 0; i < commands; i++) {
    const char *words[] = {"SET", keys[i], value};
    size_t lengths[] = {3, strlen(keys[i]), sizeof value - 1};
    char *bytes;
    long long length = redisFormatCommandArgv(&bytes, 3, words, lengths);
    if (length < 0) fail("hiredis can't write this");
    written += length;
    redisFreeCommand(bytes);
  }
}

static long long repeat(long long time) {
  long long start = clock_now(), operations = 0;
  while (clock_now() - start < time) {
    encode();
    operations++;
  }
  return operations;
}

int main(int count, char **words) {
  if (count != 2) fail("encode MILLISECONDS");
  for (int i = 0; i < commands; i++) snprintf(keys[i], sizeof keys[i], "bench:%d", i);
  long long time = atoll(words[1]) * 1000000LL;
  repeat(time / 5);
  long long cpu = cpu_time(), start = clock_now();
  long long operations = repeat(time);
  long long wall = clock_now() - start;
  if (written == 0) fail("nothing was written");
  say(operations, wall, cpu_time() - cpu, wall / operations);
  return 0;
}
