/* A hundred SET and GET in turn in one go, again and again, with hiredis: checks the replies.
   pipeline MILLISECONDS HOST:PORT */
#include "figure.h"
#include "server.h"

enum { commands = 100 };
static const char value[] = "sixteen bytes ok";

static void pipeline(redisContext *server) {
  char key[16];
  for (int i = 0; i < commands; i += 2) {
    snprintf(key, sizeof key, "bench:%d", i);
    redisAppendCommand(server, "SET %s %s", key, value);
    redisAppendCommand(server, "GET %s", key);
  }
  for (int i = 0; i < commands; i++) {
    redisReply *reply;
    if (redisGetReply(server, (void **)&reply) != REDIS_OK) fail(server->errstr);
    if (strcmp(reply->str, i % 2 ? value : "OK") != 0) fail("a wrong reply");
    freeReplyObject(reply);
  }
}

static long long repeat(redisContext *server, long long time) {
  long long start = clock_now(), operations = 0;
  while (clock_now() - start < time) {
    pipeline(server);
    operations += commands;
  }
  return operations;
}

int main(int count, char **words) {
  if (count != 3) fail("pipeline MILLISECONDS HOST:PORT");
  redisContext *server = connect_to(words[2]);
  long long time = atoll(words[1]) * 1000000LL;
  repeat(server, time / 5);
  long long cpu = cpu_time(), start = clock_now();
  long long operations = repeat(server, time);
  long long wall = clock_now() - start;
  say(operations, wall, cpu_time() - cpu, wall / operations);
  return 0;
}
