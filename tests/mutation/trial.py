"""What becomes of one changed tree: which test, if any, tells it from the right one."""

import shutil
import time
from pathlib import Path
from typing import NamedTuple


class Verdict(NamedTuple):
    outcome: str  # killed, survived, unbuilt
    by: str       # suite: test; of an unbuilt one nothing
    seconds: float


# Objects that are compiled again for one mutant. A suite that needs more is left out, so that a mutant which it alone would find counts
# as one that survived.
MOST_OBJECTS = 100


def nearness(suite, files):
    """How many folders the suite's has in common with the nearest of the files."""
    def common(file):
        mine, theirs = suite.name.split(" ")[0].split("/"), file.split("/")[:-1]
        count = 0
        while count < min(len(mine), len(theirs)) and mine[count] == theirs[count]:
            count += 1
        return count
    return max(common(file) for file in files)


class Trial:
    """Tries changed trees, each in a folder of its own."""

    def __init__(self, workshop, suites, longest=float("inf")):
        """`longest`: seconds that a suite may take without a mutant, or it is left out, unless it is the first."""
        self.workshop, self.suites, self.longest = workshop, suites, longest

    def order(self, files, scripts):
        """The suites, those of the files' own folder first, then the quickest."""
        deepest = max(file.count("/") for file in files)

        def rank(suite):
            own = not suite.script and nearness(suite, files) == deepest
            return not own, self.workshop.usual_seconds(suite), suite.name
        return sorted((suite for suite in self.suites.values() if not suite.script or suite.script in scripts), key=rank)

    def run(self, sources, folder, scripts=()):
        """`sources`: {file: its changed text}."""
        began = time.monotonic()
        folder = Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        for file, text in sources.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text)
        try:
            outcome, by = self.verdict(sources, folder, scripts)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return Verdict(outcome, by, round(time.monotonic() - began, 1))

    def verdict(self, sources, folder, scripts):
        scratch, workshop = self.workshop.scratch, self.workshop
        affected = set().union(*(scratch.readers.get(file, set()) for file in sources))
        affected |= {path for path, (source, _) in scratch.objects.items() if source in sources}
        built = set()
        met = False
        for suite in self.order(sources, scripts):
            mine = affected & workshop.members(suite)
            if not mine or len(mine | built) > MOST_OBJECTS:
                continue
            normal = workshop.unchanged(suite)
            if normal["wall"] > self.longest and met:  # one at least, however long it takes
                continue
            for path in sorted(mine - built):
                if not workshop.compile(path, folder):
                    return "unbuilt", ""
                built.add(path)
            program = folder / "bin" / suite.target
            own = {path: folder / path for path in mine}
            listed = set(suite.objects or scratch.link_command(suite.target)[1])
            done = workshop.link(suite, program, first=[own[path] for path in sorted(mine - listed)], replaced=own)
            if done.returncode != 0:
                return "unbuilt", ""
            met = True
            result = workshop.run(suite, program, 5 * normal["cpu"] + 10, 20 * normal["wall"] + 120)
            program.unlink()
            if not result.passed:
                return "killed", f"{suite.name}: {result.what}"
        if not met:
            raise RuntimeError(f"no test reads {', '.join(sources)}")
        return "survived", ""
