/* A connection to HOST:PORT that speaks RESP3, as ours does. */
#include <hiredis.h>
#include <string.h>

static redisContext *connect_to(char *address) {
  char *colon = strrchr(address, ':');
  if (colon == NULL) fail("an address is HOST:PORT");
  *colon = 0;
  redisContext *server = redisConnect(address, atoi(colon + 1));
  *colon = ':';
  if (server == NULL || server->err) fail("no connection");
  redisReply *hello = redisCommand(server, "HELLO 3");
  if (hello == NULL || hello->type == REDIS_REPLY_ERROR) fail("no RESP3");
  freeReplyObject(hello);
  return server;
}
