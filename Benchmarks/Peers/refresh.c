/* One round of questions to every Sentinel, pipelined, with hiredis in one thread: reads the
   replies and throws them away.
   refresh SERVICE ROUNDS HOST:PORT... */
#include "figure.h"
#include "server.h"

enum { most = 16, questions = 3 };

static void refresh(redisContext **sentinels, int count, const char *service) {
  for (int i = 0; i < count; i++) {
    redisAppendCommand(sentinels[i], "SENTINEL MASTERS");
    redisAppendCommand(sentinels[i], "SENTINEL REPLICAS %s", service);
    redisAppendCommand(sentinels[i], "SENTINEL SENTINELS %s", service);
    int done = 0;
    while (!done)
      if (redisBufferWrite(sentinels[i], &done) != REDIS_OK) fail(sentinels[i]->errstr);
  }
  for (int i = 0; i < count; i++) {
    for (int question = 0; question < questions; question++) {
      void *reply;
      if (redisGetReply(sentinels[i], &reply) != REDIS_OK) fail(sentinels[i]->errstr);
      if (((redisReply *)reply)->elements == 0) fail("an empty reply");
      freeReplyObject(reply);
    }
  }
}

int main(int count, char **words) {
  if (count < 4 || count - 3 > most) fail("refresh SERVICE ROUNDS HOST:PORT...");
  long long rounds = atoll(words[2]);
  redisContext *sentinels[most];
  int sentinel_count = count - 3;
  for (int i = 0; i < sentinel_count; i++) sentinels[i] = connect_to(words[3 + i]);
  for (long long i = 0; i < rounds / 5; i++) refresh(sentinels, sentinel_count, words[1]);

  long long *samples = malloc(rounds * sizeof *samples);
  long long cpu = cpu_time(), start = clock_now();
  for (long long i = 0; i < rounds; i++) {
    long long began = clock_now();
    refresh(sentinels, sentinel_count, words[1]);
    samples[i] = clock_now() - began;
  }
  long long wall = clock_now() - start;
  cpu = cpu_time() - cpu;
  qsort(samples, rounds, sizeof *samples, by_size);
  say(rounds, wall, cpu, samples[rounds / 2]);
  return 0;
}
