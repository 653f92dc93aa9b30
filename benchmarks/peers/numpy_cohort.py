#!/usr/bin/env python3
"""A cohort of agents a step at a time, in NumPy. GRAPH AGENTS -> visits and seconds of CPU."""
import json
import sys
import time

try:
    import numpy as np
except ImportError as missing:
    sys.exit(f"skipped: {missing} (apt-get install python3-numpy)")


def walk(table, edges, agents):
    random = np.random.default_rng(1)
    nodes = len(table)
    to, weight, mood = edges[:, :, 0].astype(int), edges[:, :, 1], edges[:, :, 2]
    node = np.zeros(agents, int)
    feeling, peak, mean, n = np.full(agents, 5.0), np.full(agents, 5.0), np.zeros(agents), np.zeros(agents)
    sums = np.zeros((nodes, 4))
    visits, satisfaction = 0, 0.0
    while len(node):
        row = table[node]
        ms = row[:, 0] * np.exp(row[:, 1] * random.standard_normal(len(node)))
        x = np.clip(row[:, 2] + row[:, 3] * random.standard_normal(len(node)), 0, 10)
        x = np.where(random.random(len(node)) < row[:, 4], np.maximum(0, x - row[:, 5]), x)
        d = x - 6
        m = np.clip(x + 0.5 * np.where(d < 0, 2 * d, d), 0, 10)
        feeling += 0.3 * (m - feeling)
        mean += m
        n += 1
        peak = np.where(np.abs(m - 5) > np.abs(peak - 5), m, peak)
        for column, values in enumerate((None, ms, x, m)):
            sums[:, column] += np.bincount(node, values, nodes)
        pull = np.cumsum(weight[node] * np.exp(mood[node] * (feeling - 5)[:, None]), axis=1)
        chosen = (random.random(len(node))[:, None] * pull[:, -1:] >= pull[:, :-1]).sum(axis=1)
        visits += len(node)
        node = to[node, chosen]
        gone = node == nodes
        satisfaction += float((0.25 * peak + 0.25 * m + 0.5 * mean / n)[gone].sum())
        stays = ~gone
        node, feeling, peak, mean, n = node[stays], feeling[stays], peak[stays], mean[stays], n[stays]
    return visits, satisfaction


def main():
    graph, agents = sys.argv[1], int(sys.argv[2])
    table = np.array([[float(x) for x in line.split()] for line in open(graph).read().splitlines()[1:]])
    start = time.process_time()
    visits, satisfaction = walk(table[:, :6], table[:, 6:].reshape(len(table), -1, 3), agents)
    print(json.dumps({"visits": visits, "seconds": time.process_time() - start, "satisfaction": satisfaction / agents}))


main()
