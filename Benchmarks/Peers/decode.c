/* Bytes to a reply tree with hiredis, as they come from a socket: 16 KiB at a time.
   decode FILE MILLISECONDS */
#include "figure.h"
#include <hiredis.h>

enum { chunk = 16 << 10 };

static size_t elements;

static void decode(const char *bytes, size_t length) {
  redisReader *reader = redisReaderCreate();
  for (size_t start = 0; start < length; start += chunk) {
    redisReaderFeed(reader, bytes + start, length - start < chunk ? length - start : chunk);
    for (;;) {
      void *reply;
      if (redisReaderGetReply(reader, &reply) != REDIS_OK) fail("hiredis can't read this");
      if (reply == NULL) break;
      elements += ((redisReply *)reply)->elements;
      freeReplyObject(reply);
    }
  }
  redisReaderFree(reader);
}

static long long repeat(const char *bytes, size_t length, long long time) {
  long long start = clock_now(), operations = 0;
  while (clock_now() - start < time) {
    decode(bytes, length);
    operations++;
  }
  return operations;
}

int main(int count, char **words) {
  if (count != 3) fail("decode FILE MILLISECONDS");
  FILE *file = fopen(words[1], "rb");
  if (file == NULL) fail("no such file");
  fseek(file, 0, SEEK_END);
  size_t length = ftell(file);
  rewind(file);
  char *bytes = malloc(length);
  if (fread(bytes, 1, length, file) != length) fail("the file can't be read");
  fclose(file);

  long long time = atoll(words[2]) * 1000000LL;
  repeat(bytes, length, time / 5);
  long long cpu = cpu_time(), start = clock_now();
  long long operations = repeat(bytes, length, time);
  long long wall = clock_now() - start;
  if (elements == 0) fail("nothing was read");
  say(operations, wall, cpu_time() - cpu, wall / operations);
  return 0;
}
