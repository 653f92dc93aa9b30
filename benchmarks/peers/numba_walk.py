#!/usr/bin/env python3
"""A scalar walk of the same journey as a user of Numba writes it. GRAPH AGENTS -> visits and seconds of CPU, compiled beforehand."""
import json
import sys
import time

try:
    import numba
    import numpy as np
except ImportError as missing:
    sys.exit(f"skipped: {missing} (apt-get install python3-numba)")


@numba.njit
def walk(rows, to, weight, mood, agents, seed):
    np.random.seed(seed)
    nodes, degree = to.shape
    sums = np.zeros((nodes, 4))
    up_to = np.zeros(degree)
    satisfaction = 0.0
    visits = 0
    for _ in range(agents):
        node, feeling, peak, mean, end, n = 0, 5.0, 0.0, 0.0, 0.0, 0
        while node < nodes:
            ms = rows[node, 0] * np.exp(rows[node, 1] * np.random.normal())
            x = min(max(rows[node, 2] + rows[node, 3] * np.random.normal(), 0.0), 10.0)
            if np.random.random() < rows[node, 4]:
                x = max(0.0, x - rows[node, 5])
            d = x - 6.0
            m = min(max(x + 0.5 * (2.0 * d if d < 0 else d), 0.0), 10.0)
            feeling += 0.3 * (m - feeling)
            mean += m
            end = m
            if n == 0 or abs(m - 5) > abs(peak - 5):
                peak = m
            n += 1
            sums[node, 0] += 1
            sums[node, 1] += ms
            sums[node, 2] += x
            sums[node, 3] += m
            total = 0.0
            for e in range(degree):
                total += weight[node, e] * np.exp(mood[node, e] * (feeling - 5.0))
                up_to[e] = total
            u = np.random.random() * total
            e = 0
            while e + 1 < degree and u >= up_to[e]:
                e += 1
            node = to[node, e]
        visits += n
        satisfaction += 0.25 * peak + 0.25 * end + 0.5 * mean / n
    return visits, satisfaction


def main():
    graph, agents = sys.argv[1], int(sys.argv[2])
    lines = open(graph).read().splitlines()
    table = np.array([[float(x) for x in line.split()] for line in lines[1:]])
    edges = table[:, 6:].reshape(len(table), -1, 3)
    arguments = (table[:, :6].copy(), edges[:, :, 0].astype(np.int64), edges[:, :, 1].copy(), edges[:, :, 2].copy())
    walk(*arguments, 10, 1)
    start = time.process_time()
    visits, satisfaction = walk(*arguments, agents, 2)
    print(json.dumps({"visits": int(visits), "seconds": time.process_time() - start, "satisfaction": satisfaction / agents}))


main()
