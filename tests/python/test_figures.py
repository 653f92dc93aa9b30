"""The module's figures are the program's, bit for bit."""

import json
import threading
import time

import numpy
import pandas
import pytest

import sojourn

SANTA = "scenarios/santa/journey.yaml"
BENCH = "scenarios/santa/warm-bench.yaml"
EXCHANGE = "scenarios/santa/same-day-exchange.yaml"
SHOES = "scenarios/two_stop/journey.yaml"
FASTER = "scenarios/two_stop/faster.yaml"


def test_a_run_is_the_programs(program):
    expected = program("run", SANTA, "--agents", "20000", "--seed", "7")
    for threads in (1, 2, None):
        assert sojourn.load(SANTA).run(20_000, seed=7, threads=threads).to_dict() == expected


def test_options_mean_what_the_programs_mean(program):
    santa = sojourn.load(SANTA)
    assert santa.run(agents=9_000, replicate=3, plain=True).to_dict() == program(
        "run", SANTA, "--agents", "9000", "--replicate", "3", "--plain")
    assert santa.run(agents=60_000, precision=1.5).to_dict() == program(
        "run", SANTA, "--agents", "60000", "--precision", "1.5")


def test_a_changed_run_is_the_programs(program):
    changed = sojourn.load(SANTA).change(BENCH).change(EXCHANGE)
    assert changed.run(20_000).to_dict() == program("run", SANTA, "--with", BENCH, EXCHANGE, "--agents", "20000")


def test_a_comparison_is_the_programs(program):
    santa = sojourn.load(SANTA)
    assert santa.compare(BENCH, EXCHANGE, agents=20_000, matters=1).to_dict() == program(
        "compare", SANTA, BENCH, EXCHANGE, "--agents", "20000", "--matters", "1")
    together = santa.change(BENCH).change(EXCHANGE)
    assert santa.compare(together, agents=20_000).to_dict() == program(
        "compare", SANTA, BENCH, EXCHANGE, "--combine", "--agents", "20000")


def test_what_is_not_known_is_drawn_as_the_program_does(program, tmp_path):
    journey = tmp_path / "unsure.yaml"
    with open(SHOES, encoding="utf-8") as file:
        journey.write_text(file.read() + "\nuncertain: {touchpoints.ask.effort: {uniform: {low: 0, high: 2}}}\n")
    unsure = sojourn.load(journey)
    found = unsure.run(4_000, draws=20)
    assert found.to_dict() == program("run", journey, "--agents", "4000", "--draws", "20")
    assert found.uncertain.draws == 20
    assert "uncertain" not in unsure.run(4_000, draws=0)


def test_exact_figures_are_the_programs(program):
    for path in (SHOES, SANTA):
        assert sojourn.load(path).solve().to_dict() == program("solve", path)


def test_changes_in_memory_are_those_of_a_file(program):
    shoes = sojourn.load(SHOES)
    by_hand = shoes.set("touchpoints.ask.duration", {"discrete": {"5 min": 3, "15 min": 1}})
    from_file = shoes.change(FASTER)
    assert by_hand.run(20_000).overall.to_dict() == from_file.run(20_000).overall.to_dict()
    assert by_hand.differences == from_file.differences
    assert by_hand.resolved().run(20_000).overall.to_dict() == from_file.run(20_000).overall.to_dict()


def test_tables_are_those_of_csv(at_top, tmp_path):
    import os
    import subprocess

    subprocess.run([os.environ["SOJOURN_PROGRAM"], "compare", SHOES, FASTER, "--agents", "5000", "--csv", tmp_path / "csv",
                    "--quiet"], check=True)
    found = sojourn.load(SHOES).compare(FASTER, agents=5000)
    assert sorted(found.tables) == sorted(path.stem for path in (tmp_path / "csv").glob("*.csv"))
    for name in found.tables:
        kept = pandas.read_csv(tmp_path / "csv" / f"{name}.csv", float_precision="round_trip", keep_default_na=False,
                               na_values={"se": [""]})
        table = found.table(name)
        assert list(table.columns) == list(kept.columns), name
        assert len(table) == len(kept), name
        if "estimate" in table:
            assert numpy.array_equal(table.estimate.to_numpy(float), pandas.to_numeric(kept.estimate).to_numpy(float),
                                     equal_nan=True), name
    with pytest.raises(KeyError, match="overall"):
        found.table("nonsense")


def test_figures_are_objects_and_arrays(at_top):
    run = sojourn.load(SHOES).run(5000, plain=True)
    nps = run.overall.nps
    assert isinstance(nps, sojourn.Estimate) and nps.lo < nps.estimate < nps.hi and float(nps) == nps.estimate
    assert isinstance(run.overall.scores, numpy.ndarray) and run.overall.scores.shape == (11,)
    assert run.overall.scores.sum() == pytest.approx(1, abs=1e-9)
    assert list(run.personas) == ["calm", "hurried"]
    assert run.personas.hurried.touchpoints["ask"].given_up.estimate > 0
    assert run.touchpoints["collect"].flow["done"].estimate == pytest.approx(
        run.overall.outcomes["done"].estimate, rel=1e-14)
    with pytest.raises(AttributeError, match="nps"):
        run.overall.npz
    with pytest.raises(KeyError):
        run.overall["npz"]
    compared = sojourn.load(SHOES).compare(FASTER, agents=5000)
    assert compared.scenarios[0].flips.shape == (3, 3)
    assert 0 <= compared.scenarios[0].difference.nps.p_better <= 1
    assert compared.verdicts[0].startswith(("Better", "Worse", "No", "Unclear"))
    for found in (run, compared):
        assert "nps" in repr(found) and json.loads(found.to_json()) == found.to_dict()


def test_python_goes_on_while_agents_travel(at_top):
    santa = sojourn.load(SANTA)
    counted = 0
    done = threading.Event()

    def work():
        santa.run(400_000, threads=1)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    while not done.is_set():
        counted += 1
        time.sleep(0.001)
    worker.join()
    assert counted > 10


def test_tables_have_numbers_where_numbers_are_meant(at_top):
    run = sojourn.load(SHOES).run(2000)
    scores = run.table("scores").query("persona == '(all)'")
    assert scores.answer.dtype == numpy.int64 and list(scores.answer) == list(range(11))
    assert (scores.answer * scores.estimate).sum() == pytest.approx(run.overall.score.estimate, abs=1e-9)
    for name in run.tables:
        frame = run.table(name)
        for column in frame:
            wanted = {"answer": "int64"}.get(column, "float64" if column in ("estimate", "se", "lo", "hi") else "object")
            assert frame[column].dtype == wanted, (name, column)
    assert len(run.table("channels")) == 0, "a journey without channels"


def test_figures_are_equal_where_all_of_them_are(at_top):
    shoes = sojourn.load(SHOES)
    assert shoes.run(500) == shoes.run(500) and shoes.run(500) != shoes.run(500, seed=2)
    assert shoes.run(500).overall == shoes.run(500).overall and shoes.run(500).overall != {}
    with pytest.raises(TypeError, match="unhashable"):
        hash(shoes.run(500))
