"""The files of cases.tsv that are made when needed: large, damaged, or no regular files.

MADE says for a case what to do: make(path, good), where `path` is the case's file in the folder in which the program is going to run, and `good`
the folder of good files and results (good_files).
"""

import gzip
import json
import os
import shutil
import socket
import subprocess

MADE = {}


def made(name):
    """Enters the function under the case's name."""
    def enter(function):
        MADE[name] = function
        return function
    return enter


def holding(name, content):
    """A file with this content: text, bytes, or a function that gives them."""
    def make(path, _):
        data = content() if callable(content) else content
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    MADE[name] = make


def good_files(folder, program, scenarios, own):
    """A journey and all that comes of it, from which damaged ones are made. The same bytes each time."""
    for source in (scenarios / "two_stop" / "journey.yaml", scenarios / "two_stop" / "faster.yaml", *own.iterdir()):
        shutil.copy(source, folder / source.name)
    for command in (["run", "journey.yaml", "--agents", "200", "--json", "run.json", "--out", "run.h5"],
                    ["compare", "journey.yaml", "faster.yaml", "--agents", "200", "--json", "compare.json"],
                    ["solve", "journey.yaml", "--json", "solve.json"],
                    ["drivers", "journey.yaml", "--agents", "200", "--json", "drivers.json"],
                    ["calibrate", "journey.yaml", "--survey", "survey.csv", "--draws", "4", "--journeys", "20",
                     "--posterior", "posterior.h5", "--json", "calibrate.json"],
                    ["batch", "study.yaml"]):
        done = subprocess.run([program, *command, "--quiet"], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"sojourn {' '.join(command)} ended with {done.returncode}\n{done.stderr}")


# ---- no regular files, or none that can be read; the cases nowhere_... and the like name one for each way in ----

def folder(path, _):
    path.mkdir()


def pipe(path, _):
    os.mkfifo(path)


def loop(path, _):
    path.symlink_to(path.name)


def nothing(_path, _good):
    pass


def zipped(path, good):
    path.write_bytes(gzip.compress((good / "journey.yaml").read_bytes(), mtime=0))


def unreadable(path, good):
    shutil.copy(good / "journey.yaml", path)
    path.chmod(0)


def bound(path, _):
    with socket.socket(socket.AF_UNIX) as one:
        before = os.getcwd()
        os.chdir(path.parent)  # an address is short
        one.bind(path.name)
        os.chdir(before)


for what, maker in (("nowhere", nothing), ("folder", folder), ("pipe", pipe), ("loop", loop), ("unreadable", unreadable),
                    ("gzip", zipped), ("socket", bound)):
    for way in ("journey", "scenario", "study", "survey", "holdout", "events", "test", "mapping", "observed", "posterior",
                "result", "drivers", "calibration"):
        MADE[f"{what}/{way}"] = maker
MADE["nowhere/dangling"] = lambda path, _: path.symlink_to("gone")

# ---- large ----

MEGABYTE = 1 << 20


@made("large/64_megabytes.yaml")
def _(path, _good):
    with open(path, "wb") as file:
        file.truncate(64 * MEGABYTE + 1)


holding("large/text.yaml", lambda: 'about: "' + "x" * (MEGABYTE + 1) + '"\n')
holding("large/key.yaml", lambda: "x" * 10_000 + ": 1\n")
holding("large/number.yaml", lambda: "journey: x\nstart: " + "1" * 500_000 + "\n")
holding("large/brackets.yaml", lambda: "about: " + "[" * 1_000_000)
holding("large/items.yaml", lambda: "about:\n  " + "- " * 200_000)
holding("large/maps.yaml", lambda: "{a: " * 250_000)
holding("large/keys.yaml", lambda: "".join(f"k{i}: 1\n" for i in range(75_000)))
holding("large/mapping.yaml", lambda: "survey: {" + "".join(f"k{i}: a, " for i in range(60_000)) + "score: score}\n")
holding("large/wrong_bytes.yaml", lambda: b"about: " + b"\xff" * (MEGABYTE - 10))
holding("large/changes.yaml", lambda: "scenario: Many\njourney: ../journey.yaml\nchanges:\n" + "".join(
    f"  - {{set: touchpoints.a{i}.cost, to: 1}}\n" for i in range(20_000)))
holding("large/factors.yaml", lambda: "study: Many\njourney: ../journey.yaml\nfactors:\n" + "".join(
    f"  touchpoints.a{i}.cost: [1, 2]\n" for i in range(20_000)) + "design: {grid: {}}\nagents: 10\n")
holding("large/line.csv", lambda: "score,persona\n9," + "x" * (MEGABYTE + MEGABYTE // 2) + "\n")
holding("large/open_quote.csv", lambda: 'score,persona\n9,"calm\n' + "9,calm\n" * 300_000)
holding("large/columns.csv", lambda: ",".join(f"c{i}" for i in range(100_000)) + "\n")
holding("large/bad_rows.csv", lambda: "score,persona\n" + "x,calm\n" * 120_000)
holding("large/unknown_personas.csv", lambda: "score,persona\n" + "".join(f"9,p{i}\n" for i in range(80_000)))
holding("large/events.csv", lambda: "case,activity,time\n" + "1,Ask,never\n" * 80_000)
holding("large/observed.csv", lambda: "address,n,mean,sd\n" + "".join(f"a{i},10,7,1\n" for i in range(60_000)))
holding("large/nested.xes", lambda: "<log>" + "<trace>" * 100_000)
holding("large/attribute.xes", lambda: '<log><trace><string key="' + "x" * (MEGABYTE - 100))
holding("large/nested.json", lambda: '{"format":"sojourn.run/1","a":' + '{"a":' * 100_000 + "1" + "}" * 100_001)
holding("large/list.json", lambda: "[" * 500_000)
holding("large/number.json", lambda: '{"format": 1' + "0" * 900_000 + "}")

# ---- results that were kept ----


def damaged(name, source, damage):
    """The bytes of a good file, damaged."""
    MADE[name] = lambda path, good: path.write_bytes(damage((good / source).read_bytes()))


def whole(data):
    return data


def flipped(at):
    return lambda data: data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1:]


for name, damage in {
    "cut": lambda data: data[:60_000], "cut_in_header": lambda data: data[:40], "signature": lambda data: data[:8],
    "without_seal": lambda data: data[:-118], "longer": lambda data: data + b"x", "empty": lambda data: b"",
    "zeros_at_the_end": lambda data: data[:-5000] + bytes(5000), "zeros_within": lambda data: data[:40_000] + bytes(500) + data[40_500:],
    "flipped_version": flipped(9), "flipped_within": flipped(50_000), "flipped_seal": flipped(-10),
    "twice": lambda data: data + data, "text": lambda data: b"not a result\n",
}.items():
    damaged(f"result/{name}.h5", "run.h5", damage)
for name, damage in {"cut": lambda data: data[:20_000], "flipped": flipped(20_000), "flipped_seal": flipped(-10),
                     "text": lambda data: b"chain,draw\n", "empty": lambda data: b""}.items():
    damaged(f"posterior/{name}.h5", "posterior.h5", damage)
damaged("posterior/run.h5", "run.h5", whole)
damaged("posterior/study.h5", "study.h5", whole)
damaged("result/posterior.h5", "posterior.h5", whole)
damaged("result/study.h5", "study.h5", whole)
damaged("result/solved.json", "solve.json", whole)
damaged("study/result_cut.h5", "study.h5", lambda data: data[:50_000])
damaged("study/result_flipped.h5", "study.h5", flipped(50_000))
damaged("result/cut.json", "run.json", lambda data: data[:9000])
for way in ("journey", "scenario", "study", "survey", "events", "observed", "mapping", "drivers", "calibration"):
    damaged(f"hdf5/{way}", "run.h5", whole)


def changed(name, source, *changes):
    """A JSON document in which values at paths are others; None for a value takes it away."""
    def make(path, good):
        document = json.loads((good / source).read_text())
        for place, value in changes:
            *way, last = [int(key) if key.isdigit() else key for key in place.split("/")]
            at = document
            for key in way:
                at = at[key]
            if value is None:
                del at[last]
            else:
                at[last] = value
        path.write_text(json.dumps(document))
    MADE[name] = make


def deep(levels):
    value = 1
    for _ in range(levels):
        value = {"a": value}
    return value


RUN = {
    "format_missing": ("format", None), "format_later": ("format", "sojourn.run/9"), "format_number": ("format", 1),
    "format_drivers": ("format", "sojourn.drivers/1"), "overall_missing": ("overall", None), "overall_list": ("overall", []),
    "overall_empty": ("overall", {}), "nps_missing": ("overall/nps", None), "nps_text": ("overall/nps", "high"),
    "estimate_text": ("overall/nps/estimate", "high"), "estimate_list": ("overall/nps/estimate", [1]),
    "scores_few": ("overall/scores", [0.1]), "scores_text": ("overall/scores", "many"), "personas_list": ("personas", []),
    "touchpoints_list": ("touchpoints", []), "touchpoint_number": ("touchpoints/ask", 7),
    "persona_unknown": ("personas/hasty", {}), "flow_to_nowhere": ("touchpoints/ask/flow/nowhere", {"estimate": 1}),
    "too_deep": ("overall/nps", deep(900)), "names_missing": ("names", None), "names_list": ("names", []),
    "journey_text": ("journey", "mine"), "title_number": ("journey/title", 7), "digest_missing": ("journey/sha256", None),
    "agents_text": ("agents", "many"), "agents_negative": ("agents", -1), "seed_fraction": ("seed", 0.5),
}
for name, change in RUN.items():
    changed(f"result/{name}.json", "run.json", change)
COMPARE = {
    "no_scenarios": ("scenarios", None), "scenarios_empty": ("scenarios", []), "scenarios_text": ("scenarios", "none"),
    "difference_missing": ("scenarios/0/difference", None), "difference_text": ("scenarios/0/difference/nps", "better"),
    "flips_short": ("scenarios/0/flips", [[1]]), "base_text": ("base", "as it is"), "base_agents": ("agents", "many"),
}
for name, change in COMPARE.items():
    changed(f"result/compare_{name}.json", "compare.json", change)
for name, change in {"parameters_missing": ("parameters", None), "fit_text": ("fit", "good"), "cells_text": ("fit/cells", "x"),
                     "weak_missing": ("weak", None), "program_missing": ("program", None)}.items():
    changed(f"result/calibrate_{name}.json", "calibrate.json", change)
for name, change in {"other_journey": ("journey/sha256", "0" * 64), "missing": ("drivers", None), "text": ("drivers", "all"),
                     "effect_missing": ("drivers/0/effect", None), "value_text": ("drivers/0/value", "x"),
                     "agents_text": ("agents", "many"), "touchpoints_list": ("touchpoints", []),
                     "address_number": ("drivers/0/address", 7)}.items():
    changed(f"drivers/{name}.json", "drivers.json", change)
damaged("drivers/run.json", "run.json", whole)
changed("calibration/empty.json", "calibrate.json", *[(key, None) for key in ("parameters", "fit", "weak")])
damaged("calibration/run.json", "run.json", whole)

# ---- what a study kept ----


def kept(name, damage):
    """The folder study.batch of a finished study, damaged."""
    def make(path, good):
        root = path.parent.parent
        shutil.copytree(good / "study.batch", root / "study.batch")
        damage(root)
    MADE[name] = make


UNIT = "study.batch/units/00000000.unit"
MANIFEST = "study.batch/manifest"


def bytes_of(name, damage):
    return lambda root: (root / name).write_bytes(damage((root / name).read_bytes()))


def replaced(name, old, new):
    def damage(data):
        assert data.count(old.encode()) == 1, (name, old)
        return data.replace(old.encode(), new.encode())
    return bytes_of(name, damage)


def instead(name, what):
    def damage(root):
        (root / name).unlink()
        what(root / name, None)
    return damage


for name, damage in {
    "unit_cut": lambda data: data[:1000], "unit_empty": lambda data: b"", "unit_flipped": flipped(9000), "unit_flipped_head": flipped(0),
    "unit_zeros": lambda data: data[:-500] + bytes(500), "unit_text": lambda data: b"hello\n", "unit_longer": lambda data: data + b"x",
    "unit_twice": lambda data: data + data,
}.items():
    kept(f"kept/{name}", bytes_of(UNIT, damage))
kept("kept/unit_missing", lambda root: (root / UNIT).unlink())
kept("kept/unit_renamed", lambda root: (root / UNIT).rename(root / "study.batch/units/00000001.unit"))
kept("kept/unit_folder", instead(UNIT, folder))
kept("kept/unit_pipe", instead(UNIT, pipe))
for name, damage in {"manifest_empty": lambda data: b"", "manifest_text": lambda data: b"hello\n",
                     "manifest_cut": lambda data: data[:300], "manifest_flipped": flipped(100)}.items():
    kept(f"kept/{name}", bytes_of(MANIFEST, damage))
kept("kept/manifest_pipe", instead(MANIFEST, pipe))
kept("kept/manifest_folder", instead(MANIFEST, folder))
kept("kept/manifest_missing", instead(MANIFEST, nothing))
kept("kept/agents_changed", replaced("study.yaml", "agents: 100", "agents: 200"))
kept("kept/seed_changed", replaced("study.yaml", "replications", "seed: 7\nreplications"))
kept("kept/keep_changed", replaced("study.yaml", "[metrics]", "[metrics, scores]"))
kept("kept/factor_changed", replaced("study.yaml", "severity: [1, 2]", "severity: [1, 3]"))
kept("kept/journey_changed", replaced("journey.yaml", "value: 30", "value: 31"))
kept("kept/scenario_changed", replaced("faster.yaml", "once: 500", "once: 600"))

# ---- where outputs cannot go ----

MADE["output/folder"] = lambda path, _: (path.mkdir(), (path / "mine").write_text("mine"))
MADE["output/closed"] = lambda path, _: path.mkdir(mode=0o555)
MADE["output/there"] = lambda path, _: path.write_text("mine")
