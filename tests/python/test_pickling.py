"""Journeys and what came of them go to other processes and come back."""

import copy
import multiprocessing
import operator
import os
import pickle

import pytest

import sojourn

SHOES = "scenarios/two_stop/journey.yaml"
FASTER = "scenarios/two_stop/faster.yaml"
SANTA = "scenarios/santa/journey.yaml"


def again(value):
    return pickle.loads(pickle.dumps(value))


def test_journeys_come_back_as_they_were(at_top, tmp_path):
    santa = sojourn.load(SANTA)
    whole = tmp_path / "whole.yaml"
    whole.write_text(f"scenario: Faster still\njourney: {os.path.abspath(FASTER)}\n"
                     "changes: [{scale: touchpoints.collect.duration, by: 0.5}]\n")
    shoes = sojourn.load(SHOES)
    for journey in (santa, shoes, shoes.change(FASTER), shoes.change(whole), shoes.change(FASTER).change(whole),
                    shoes.set("touchpoints.ask.effort", 3, personas="hurried", title="More forms"), shoes.change(FASTER).resolved(),
                    sojourn.loads(santa.to_yaml())):
        back = again(journey)
        assert (back.title, back.path, back.scenarios, back.differences) == (
            journey.title, journey.path, journey.scenarios, journey.differences)
        assert back.to_yaml() == journey.to_yaml() and back.problems == journey.problems
        assert back.run(500, seed=3) == journey.run(500, seed=3) and back.run(500, seed=3) != journey.run(500, seed=4)
        assert copy.deepcopy(journey).to_yaml() == copy.copy(journey).to_yaml() == journey.to_yaml()
    back, faster = again((shoes, shoes.change(FASTER)))
    assert back.compare(faster, agents=500) == shoes.compare(FASTER, agents=500)
    assert shoes.compare(faster, agents=500) == shoes.compare(FASTER, agents=500)


def test_journeys_come_back_without_their_files(at_top, tmp_path):
    file = tmp_path / "journey.yaml"
    with open(SHOES, encoding="utf-8") as shoes:
        file.write_text(shoes.read())
    kept = pickle.dumps(sojourn.load(file).scale("touchpoints.ask.duration", 0.5))
    wanted = sojourn.load(file).scale("touchpoints.ask.duration", 0.5).run(500)
    file.unlink()
    assert pickle.loads(kept).run(500) == wanted


def test_results_come_back_as_they_were(at_top):
    shoes = sojourn.load(SHOES)
    for result in (shoes.run(2000), shoes.solve(), shoes.compare(FASTER, agents=2000)):
        back = again(result)
        assert type(back) is type(result) and back == result and repr(back) == repr(result)
        assert back.to_json() == result.to_json() and back.tables == result.tables
        for name in result.tables:
            assert back.table(name).equals(result.table(name)) and (back.table(name).dtypes == result.table(name).dtypes).all()
        assert again(result.to_dict()) == result.to_dict()
    assert again(shoes.run(100).overall.nps) == shoes.run(100).overall.nps
    assert again(shoes.run(100).personas) == shoes.run(100).personas


def test_calibrations_come_back_as_they_were(at_top, tmp_path):
    survey = tmp_path / "answers.csv"
    survey.write_text("address," + ",".join(map(str, range(11))) + "\nnps,20,0,0,20,0,20,20,40,40,20,20\n")
    with pytest.warns(sojourn.SojournWarning):
        found = sojourn.load(SHOES).calibrate(survey, draws=10)
    back = again(found)
    assert back == found and repr(back) == repr(found) and back.table().equals(found.table())
    assert back.calibrated.run(100) == found.calibrated.run(100)


def test_what_another_version_pickled_is_refused(at_top):
    rebuild, (form, state) = sojourn.load(SHOES).__reduce__()
    assert rebuild(form, state).title == "A shoe repair in two stops"
    with pytest.raises(sojourn.errors.FormatError, match="another version of sojourn"):
        rebuild(form + 1, state)


def test_what_cannot_be_pickled_says_so(at_top):
    from sojourn import _core

    for inner in (sojourn.load(SHOES)._core, _core.Options(), sojourn.load(SHOES)._core.run(_core.Options())):
        with pytest.raises(TypeError, match="cannot pickle 'sojourn._core"):
            pickle.dumps(inner)


@pytest.mark.parametrize("start", ["spawn", "fork"])
def test_processes_share_the_work(at_top, start):
    shoes = sojourn.load(SHOES)
    journeys = [shoes, shoes.change(FASTER), shoes.set("touchpoints.ask.effort", 3)]
    here = [one.run(20_000, seed=7) for one in journeys]
    with multiprocessing.get_context(start).Pool(2) as pool:
        there = pool.map_async(operator.methodcaller("run", 20_000, seed=7), journeys).get(200)
        with pytest.raises(sojourn.UsageError, match="agents is out of range"):
            pool.map_async(operator.methodcaller("run", 0), journeys).get(200)
    assert there == here
