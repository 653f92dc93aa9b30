"""The random journey that kernels, peers and the program are measured on, as a journey file and as plain rows.

n touchpoints of out-degree d, one edge of each leading to the exit with 0.05, so that a journey has 20 visits on average.
"""

MASK = (1 << 64) - 1


class Dice:
    """SplitMix64 (Steele, Lea & Flood 2014)."""

    def __init__(self, seed):
        self.state = seed

    def word(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * (self.word() >> 11) * 2.0**-53


def make(nodes, degree, seed=42, local=0):
    """A list of touchpoints: edges (to, weight, mood) with `nodes` for the exit, and the numbers of a visit.
    `local`: edges lead at most that far, as in the tests of `solve`; 0: anywhere."""
    dice = Dice(seed)
    rows = []
    for node in range(nodes):
        targets = []
        while len(targets) < min(degree - 1, nodes - 1):
            to = dice.word() % nodes if not local else (node + 1 + dice.word() % (2 * local) - local) % nodes
            if to != node and to not in targets:
                targets.append(to)
        weights = [dice.uniform(0.1, 1) for _ in targets]
        total = sum(weights)
        edges = [(to, 0.95 * w / total, dice.uniform(-0.4, 0.4)) for to, w in zip(targets, weights)]
        edges.append((nodes, 0.05, -0.15))
        rows.append({"edges": edges, "median": dice.uniform(60, 240), "sigma": dice.uniform(0.3, 0.8),
                     "mean": dice.uniform(5, 8), "sd": dice.uniform(0.5, 1.5), "pain": dice.uniform(0.02, 0.17),
                     "severity": dice.uniform(1, 3)})
    return rows


def text(rows, mood=True, personas=1, extra="", persona_extra="", touchpoint_extra="", visit=True, duration="lognormal"):
    """The journey file. `mood`: choices heed it; `visit`: times, experiences and pains are drawn."""
    nodes = len(rows)
    name = lambda i: "done" if i == nodes else f"t{i:06d}"
    lines = ["personas:"]
    lines += [f"  p{p}: {{learning: 0, loss_aversion: 2, expectation: 6{persona_extra}}}" for p in range(personas)]
    lines.append("touchpoints:")
    for i, row in enumerate(rows):
        lines.append(f"  {name(i)}:")
        if visit:
            if duration == "lognormal":
                lines.append(f"    duration: {{lognormal: {{median: {row['median']:.6f} s, sigma: {row['sigma']:.6f}}}}}")
            else:
                lines.append(f"    duration: {{gamma: {{mean: {row['median']:.6f} s, sd: {row['median'] * row['sigma']:.6f} s}}}}")
            lines.append(f"    experience: {{normal: {{mean: {row['mean']:.6f}, sd: {row['sd']:.6f}}}}}")
            lines.append(f"    pains: {{trouble: {{probability: {row['pain']:.6f}, severity: {row['severity']:.6f}}}}}")
        edges = [f"{name(to)}: {{weight: {w:.9f}, mood: {m:.6f}}}" if mood else f"{name(to)}: {w:.9f}"
                 for to, w, m in row["edges"]]
        lines.append(f"    next: {{{', '.join(edges)}}}{touchpoint_extra}")
    if visit:
        lines += ["pains:", "  trouble: {severity: 2}"]
    lines += ["start: t000000", "outcomes: {done: {success: true}}", extra]
    return "\n".join(lines) + "\n"


def plain(rows):
    """For the kernels: nodes and degree, then a line a node: median in ms, sigma, mean, sd, pain, severity, then to, weight, mood."""
    lines = [f"{len(rows)} {len(rows[0]['edges'])}"]
    for row in rows:
        numbers = [1000 * row["median"], row["sigma"], row["mean"], row["sd"], row["pain"], row["severity"]]
        lines.append(" ".join(f"{x:.9f}" for x in numbers) + " " +
                     " ".join(f"{to} {w:.9f} {m:.6f}" for to, w, m in row["edges"]))
    return "\n".join(lines) + "\n"
