"""Scripted Sentinels that report any number of masters: what no real lab of this size can be on a laptop.

    sentinels.py COUNT MASTERS

listens on free ports of 127.0.0.1, prints them on one line, and answers until its input ends. They speak
RESP2, agree about everything, and announce nothing but what `announce` asks for (see `screen.py`).
"""

import asyncio
import sys


def bulk(text):
    data = text.encode()
    return b"$%d\r\n%s\r\n" % (len(data), data)


def array(items):
    return b"*%d\r\n" % len(items) + b"".join(items)


def fields(*pairs):
    return array([bulk(str(word)) for pair in pairs for word in pair])


class Sentinel:
    def __init__(self, index, masters):
        self.index = index
        self.masters = masters
        self.id = ("%x" % (index + 10)) * 40
        self.others = []
        self.listeners = set()
        self.answers = {}

    def report(self, flags, address, runid):
        host, port = address
        return [
            ("ip", host), ("port", port), ("runid", runid), ("flags", flags),
            ("link-pending-commands", 0), ("link-refcount", 1), ("last-ping-sent", 0),
            ("last-ok-ping-reply", 120), ("last-ping-reply", 120),
            ("down-after-milliseconds", 30000),
        ]

    def master(self, number):
        return fields(
            ("name", "service-%04d" % number),
            *self.report("master", ("127.0.0.1", 10000 + number), "%040x" % number),
            ("info-refresh", 4000), ("role-reported", "master"), ("role-reported-time", 90000),
            ("config-epoch", 1), ("num-slaves", 2), ("num-other-sentinels", len(self.others)),
            ("quorum", 2), ("failover-timeout", 180000), ("parallel-syncs", 1),
        )

    def replica(self, number, copy):
        address = ("127.0.0.1", 20000 + number * 2 + copy)
        return fields(
            ("name", "%s:%d" % address),
            *self.report("slave", address, "%040x" % (100000 + number * 2 + copy)),
            ("info-refresh", 4000), ("role-reported", "slave"), ("role-reported-time", 90000),
            ("master-link-down-time", 0), ("master-link-status", "ok"),
            ("master-host", "127.0.0.1"), ("master-port", 10000 + number),
            ("slave-priority", 100), ("slave-repl-offset", 123456), ("replica-announced", 1),
        )

    def other(self, sentinel):
        return fields(
            ("name", sentinel.id),
            *self.report("sentinel", ("127.0.0.1", sentinel.port), sentinel.id),
            ("last-hello-message", 400), ("voted-leader", "?"), ("voted-leader-epoch", 0),
        )

    def answer(self, words):
        if words[0] == "SENTINEL" and len(words) > 1:
            words = [words[1].upper()] + words[2:]
            if words[0] == "MYID":
                return bulk(self.id)
            if words[0] == "MASTERS":
                return array([self.master(number) for number in range(self.masters)])
            if words[0] in ("REPLICAS", "SLAVES"):
                number = int(words[1].split("-")[1])
                return array([self.replica(number, copy) for copy in (0, 1)])
            if words[0] == "SENTINELS":
                return array([self.other(other) for other in self.others])
            return b"-ERR Unknown sentinel subcommand\r\n"
        if words[0] == "INFO":
            return bulk(
                "# Server\r\nredis_version:7.2.0\r\nredis_mode:sentinel\r\n# Sentinel\r\n"
                "sentinel_masters:%d\r\nsentinel_tilt:0\r\n" % self.masters
            )
        if words[0] in ("PING", "CLIENT", "SELECT"):
            return b"+OK\r\n"
        if words[0] == "ROLE":
            return array([bulk("sentinel"), array([bulk("service-0000")])])
        return b"-ERR unknown command\r\n"

    async def serve(self, reader, writer):
        try:
            while True:
                count = int((await reader.readline())[1:])
                words = []
                for _ in range(count):
                    length = int((await reader.readline())[1:])
                    words.append((await reader.readexactly(length + 2))[:-2].decode())
                words[0] = words[0].upper()
                if words[0] in ("SUBSCRIBE", "PSUBSCRIBE"):
                    self.listeners.add(writer)
                    for number, channel in enumerate(words[1:], 1):
                        writer.write(
                            array([bulk(words[0].lower()), bulk(channel), b":%d\r\n" % number])
                        )
                else:
                    key = tuple(words)
                    if key not in self.answers:
                        self.answers[key] = self.answer(words)
                    writer.write(self.answers[key])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            pass
        finally:
            self.listeners.discard(writer)
            writer.close()

    def announce(self, channel, payload):
        message = array([bulk("pmessage"), bulk("*"), bulk(channel), bulk(payload)])
        for listener in self.listeners:
            listener.write(message)


async def main(count, masters):
    sentinels = [Sentinel(index, masters) for index in range(count)]
    for sentinel in sentinels:
        server = await asyncio.start_server(sentinel.serve, "127.0.0.1", 0)
        sentinel.port = server.sockets[0].getsockname()[1]
    for sentinel in sentinels:
        sentinel.others = [other for other in sentinels if other is not sentinel]
    print(*[sentinel.port for sentinel in sentinels], flush=True)
    loop = asyncio.get_running_loop()
    epoch = 0
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if not line:
            return
        # "announce N": so many events at once, from the first Sentinel.
        for _ in range(int(line.split()[1])):
            epoch += 1
            sentinels[0].announce("+new-epoch", str(epoch))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
