"""redis-py, doing what Sources/Ours does: one thing, then one line of figures.

With its parser in C, hiredis; with --plain as the first word without it, as pip installs redis-py.

    peer.py refresh SERVICE ROUNDS HOST:PORT...
    peer.py threads SERVICE CALLERS MILLISECONDS HOST:PORT...
    peer.py asyncio SERVICE CALLERS MILLISECONDS HOST:PORT...
    peer.py pipeline SERVICE MILLISECONDS HOST:PORT...
    peer.py subscribe SERVICE MILLISECONDS HOST:PORT...
    peer.py discover SERVICE ROUNDS HOST:PORT...
    peer.py failover SERVICE HOST:PORT...
"""

import asyncio
import statistics
import sys
import threading
import time

if sys.argv[1] == "--plain":
    del sys.argv[1]
    sys.modules["hiredis"] = None  # importing it fails from now on

import redis
import redis.asyncio
import redis.asyncio.sentinel
from redis.sentinel import Sentinel
from redis.utils import HIREDIS_AVAILABLE

assert HIREDIS_AVAILABLE == (sys.modules.get("hiredis") is not None)

VALUE = b"sixteen bytes ok"


def say(operations, wall, cpu, samples=None):
    median = statistics.median(samples) if samples else wall / max(1, operations)
    print(
        f"operations={operations} wall={int(wall * 1e9)} cpu={int(cpu * 1e9)}"
        f" median={int(median * 1e9)}"
    )


def timed(rounds, operation):
    for _ in range(max(1, rounds // 5)):
        operation()
    samples = []
    cpu, start = time.process_time(), time.perf_counter()
    for _ in range(rounds):
        began = time.perf_counter()
        operation()
        samples.append(time.perf_counter() - began)
    say(rounds, time.perf_counter() - start, time.process_time() - cpu, samples)


def refresh(service, rounds, addresses):
    sentinels = [redis.Redis(host=host, port=port, protocol=3) for host, port in addresses]

    def operation():
        for sentinel in sentinels:
            pipeline = sentinel.pipeline(transaction=False)
            pipeline.sentinel_masters()
            pipeline.sentinel_slaves(service)
            pipeline.sentinel_sentinels(service)
            assert all(pipeline.execute())

    timed(rounds, operation)


def enough(callers):
    """Each new connection asks a Sentinel, over one of its own: no caller is to find none free."""
    return {"max_connections": callers + 1}


def threads(service, callers, milliseconds, addresses):
    sentinel = Sentinel(addresses, sentinel_kwargs=enough(callers))
    master = sentinel.master_for(service, protocol=3, max_connections=callers)

    def calls(seconds):
        end = time.perf_counter() + seconds
        counts = [0] * callers

        def call(index):
            key = f"bench:{index}"
            while time.perf_counter() < end:
                master.set(key, VALUE)
                assert master.get(key) == VALUE
                counts[index] += 2

        workers = [threading.Thread(target=call, args=(index,)) for index in range(callers)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return sum(counts)

    during(milliseconds, calls)


async def coroutines(service, callers, milliseconds, addresses):
    sentinel = redis.asyncio.sentinel.Sentinel(addresses, sentinel_kwargs=enough(callers))
    master = sentinel.master_for(service, protocol=3, max_connections=callers)

    async def calls(seconds):
        end = time.perf_counter() + seconds

        async def call(index):
            key, count = f"bench:{index}", 0
            while time.perf_counter() < end:
                await master.set(key, VALUE)
                assert await master.get(key) == VALUE
                count += 2
            return count

        return sum(await asyncio.gather(*(call(index) for index in range(callers))))

    await calls(milliseconds / 5000)
    cpu, start = time.process_time(), time.perf_counter()
    count = await calls(milliseconds / 1000)
    say(count, time.perf_counter() - start, time.process_time() - cpu)
    await master.aclose()


def pipeline(service, milliseconds, addresses):
    master = Sentinel(addresses).master_for(service, protocol=3)

    def calls(seconds):
        end, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            commands = master.pipeline(transaction=False)
            for index in range(50):
                commands.set(f"bench:{index}", VALUE)
                commands.get(f"bench:{index}")
            replies = commands.execute()
            assert replies == [True, VALUE] * 50
            count += len(replies)
        return count

    during(milliseconds, calls)


BURST = 10_000
SCRIPT = "for i = 1, ARGV[1] do redis.call('PUBLISH', KEYS[1], ARGV[2]) end"


def subscribe(service, milliseconds, addresses):
    sentinel = Sentinel(addresses)
    # A connection of its own, so that the script's reply can wait while the messages are read.
    publisher = sentinel.master_for(service, protocol=3).connection_pool.get_connection()
    messages = sentinel.master_for(service, protocol=3).pubsub(ignore_subscribe_messages=True)
    messages.subscribe("bench:subscribe")
    while messages.get_message(timeout=1) is not None or not messages.subscribed:
        pass

    def calls(seconds):
        end, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            publisher.send_command("EVAL", SCRIPT, 1, "bench:subscribe", BURST, VALUE)
            missing = BURST
            for message in messages.listen():
                assert message["data"] == VALUE
                missing -= 1
                if missing == 0:
                    break
            publisher.read_response()
            count += BURST
        return count

    during(milliseconds, calls)


def during(milliseconds, calls):
    """Counts what gets done in that time, after a fifth of it to get warm."""
    calls(milliseconds / 5000)
    cpu, start = time.process_time(), time.perf_counter()
    count = calls(milliseconds / 1000)
    say(count, time.perf_counter() - start, time.process_time() - cpu)


def discover(service, rounds, addresses):
    def operation():
        sentinel = Sentinel(addresses)
        assert sentinel.discover_master(service)
        for connection in sentinel.sentinels:
            connection.close()

    timed(rounds, operation)


def failover(service, addresses):
    sentinel = Sentinel(addresses)
    master = sentinel.master_for(service)
    announced, listening = [], []

    def listen(host, port):
        messages = redis.Redis(host=host, port=port).pubsub()
        messages.subscribe("+switch-master")
        for message in messages.listen():
            if message["type"] == "subscribe":
                listening.append(port)
            else:
                announced.append((time.perf_counter(), int(message["data"].split()[4])))
                # What its documentation offers for a client that has heard of a switch.
                master.connection_pool.reset()
                return

    for address in addresses:
        threading.Thread(target=listen, args=address, daemon=True).start()
    while len(listening) < len(addresses):
        time.sleep(0.01)

    sentinel.sentinels[0].sentinel_failover(service)
    first = None
    while True:
        try:
            pipeline = master.pipeline(transaction=False)
            pipeline.set("bench:failover", "a value")
            pipeline.config_get("port")
            port = int(pipeline.execute()[1]["port"])
        except redis.RedisError:
            continue
        first = first or port
        if port != first:
            acknowledged = time.perf_counter()
            break
    while not announced:
        time.sleep(0.001)
    assert announced[0][1] == port
    took = max(0, acknowledged - announced[0][0])
    deadline = time.time() + 20
    while time.time() < deadline and not healthy(service, sentinel):
        time.sleep(0.1)
    say(1, took, 0, [took])


def healthy(service, sentinel):
    masters = set()
    for one in sentinel.sentinels:
        master = one.sentinel_master(service)
        replicas = one.sentinel_slaves(service)
        masters.add((master["ip"], master["port"]))
        if "failover_in_progress" in master["flags"] or len(replicas) < 2:
            return False
        if any(r["master-link-status"] != "ok" or r["is_sdown"] for r in replicas):
            return False
    return len(masters) == 1


def main():
    what, service, *rest = sys.argv[1:]
    count = {"threads": 2, "asyncio": 2, "failover": 0}.get(what, 1)
    numbers = [int(word) for word in rest[:count]]
    addresses = [(host, int(port)) for host, port in (w.rsplit(":", 1) for w in rest[count:])]
    if what == "asyncio":
        asyncio.run(coroutines(service, *numbers, addresses))
    else:
        globals()[what](service, *numbers, addresses)


main()
