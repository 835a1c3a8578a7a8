/* Messages of one channel, with hiredis: a script makes the server publish ten thousand at a time,
   and when all of them have come the next ones.
   subscribe MILLISECONDS HOST:PORT */
#include "figure.h"
#include "server.h"

enum { burst = 10000 };
static const char script[] =
  "for i = 1, ARGV[1] do redis.call('PUBLISH', KEYS[1], ARGV[2]) end";
static const char payload[] = "sixteen bytes ok";
static long long received;

static void heard(redisReply *push) {
  if (push->elements == 3 && strcmp(push->element[0]->str, "message") == 0) {
    if (strcmp(push->element[2]->str, payload) != 0) fail("a wrong message");
    received++;
  }
  freeReplyObject(push);
}

static void take_burst(redisContext *publisher, redisContext *subscriber) {
  redisAppendCommand(publisher, "EVAL %s 1 bench:subscribe %d %s", script, burst, payload);
  int done = 0;
  while (!done)
    if (redisBufferWrite(publisher, &done) != REDIS_OK) fail(publisher->errstr);
  long long end = received + burst;
  while (received < end) {
    if (redisBufferRead(subscriber) != REDIS_OK) fail(subscriber->errstr);
    for (;;) {
      void *push;
      if (redisGetReplyFromReader(subscriber, &push) != REDIS_OK) fail(subscriber->errstr);
      if (push == NULL) break;
      heard(push);
    }
  }
  redisReply *reply;
  if (redisGetReply(publisher, (void **)&reply) != REDIS_OK) fail(publisher->errstr);
  if (reply->type == REDIS_REPLY_ERROR) fail(reply->str);
  freeReplyObject(reply);
}

static long long repeat(redisContext *publisher, redisContext *subscriber, long long time) {
  long long start = clock_now(), before = received;
  while (clock_now() - start < time) take_burst(publisher, subscriber);
  return received - before;
}

int main(int count, char **words) {
  if (count != 3) fail("subscribe MILLISECONDS HOST:PORT");
  redisContext *publisher = connect_to(words[2]), *subscriber = connect_to(words[2]);
  redisAppendCommand(subscriber, "SUBSCRIBE bench:subscribe");
  int done = 0;
  while (!done)
    if (redisBufferWrite(subscriber, &done) != REDIS_OK) fail(subscriber->errstr);
  long long time = atoll(words[1]) * 1000000LL;
  repeat(publisher, subscriber, time / 5);
  long long cpu = cpu_time(), start = clock_now();
  long long operations = repeat(publisher, subscriber, time);
  long long wall = clock_now() - start;
  say(operations, wall, cpu_time() - cpu, wall / operations);
  return 0;
}
