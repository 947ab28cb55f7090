"""What a test run does, as many things at a time as there are slots.

Builds come first, for others wait for them, then what is known to take long,
then the rest in an order shuffled by the run's seed.  What mostly waits itself
(for daemons, for stamps to grow old) has one slot more, where it costs the
others nothing.  Work may add more work; the run ends when none is left.
"""
import heapq
import itertools
import random
import threading
import traceback

BUILD, LONG, REST = range(3)


class Pool:
    def __init__(self, slots, seed):
        self.slots, self.random, self.numbers = slots, random.Random(seed), itertools.count()
        self.busy, self.idle = [], []  # heaps of (rank, random, number, work)
        self.running = 0
        self.changed = threading.Condition()
        self.faults = []

    def add(self, work, rank=REST, waits=False):
        """work() will be called once, from a thread."""
        with self.changed:
            heapq.heappush(self.idle if waits else self.busy, (rank, self.random.random(), next(self.numbers), work))
            self.changed.notify_all()

    def add_all(self, works, then):
        """All of these (work, rank, waits), and then() when the last of them has ended."""
        left, lock = len(works), threading.Lock()

        def one(work):
            nonlocal left
            work()
            with lock:
                left -= 1
                last = left == 0
            if last:
                then()
        for work, rank, waits in works:
            self.add(lambda w=work: one(w), rank, waits)

    def take(self, heaps):
        with self.changed:
            while True:
                for heap in heaps:
                    if heap:
                        self.running += 1
                        return heapq.heappop(heap)[-1]
                if not self.running and not self.busy and not self.idle:
                    return None
                self.changed.wait()

    def serve(self, heaps):
        while work := self.take(heaps):
            try:
                work()
            except Exception:  # a fault of the run itself must not end it silently
                self.faults.append(traceback.format_exc())
            finally:
                with self.changed:
                    self.running -= 1
                    self.changed.notify_all()

    def run(self):
        """Until nothing is left; the faults of the work itself."""
        threads = [threading.Thread(target=self.serve, args=([self.busy, self.idle],), daemon=True) for _ in range(self.slots)]
        threads.append(threading.Thread(target=self.serve, args=([self.idle],), daemon=True))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.faults
