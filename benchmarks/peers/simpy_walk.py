#!/usr/bin/env python3
"""One process an agent, in SimPy. GRAPH AGENTS -> visits and seconds of CPU."""
import json
import random
import sys
import time
from math import exp

try:
    import simpy
except ImportError as missing:
    sys.exit(f"skipped: {missing} (apt-get install python3-simpy)")


def main():
    rows = [[float(x) for x in line.split()] for line in open(sys.argv[1]).read().splitlines()[1:]]
    agents = int(sys.argv[2])
    nodes = len(rows)
    environment = simpy.Environment()
    visits = [0]

    def travel():
        node, feeling = 0, 5.0
        while node < nodes:
            row = rows[node]
            yield environment.timeout(row[0] * random.lognormvariate(0, row[1]))
            x = min(max(random.gauss(row[2], row[3]), 0), 10)
            if random.random() < row[4]:
                x = max(0, x - row[5])
            d = x - 6
            m = min(max(x + 0.5 * (2 * d if d < 0 else d), 0), 10)
            feeling += 0.3 * (m - feeling)
            visits[0] += 1
            edges = row[6:]
            pulls = [w * exp(k * (feeling - 5)) for w, k in zip(edges[1::3], edges[2::3])]
            node = int(random.choices(edges[0::3], pulls)[0])

    start = time.process_time()
    for _ in range(agents):
        environment.process(travel())
    environment.run()
    print(json.dumps({"visits": visits[0], "seconds": time.process_time() - start}))


main()
