"""Journeys in Python: what they are, how they change, what is wrong with them."""

import datetime
import os
import pickle
import signal
import subprocess
import sys
import time
import warnings

import numpy
import pytest

import sojourn

SHOES = "scenarios/two_stop/journey.yaml"
FASTER = "scenarios/two_stop/faster.yaml"
SANTA = "scenarios/santa/journey.yaml"


@pytest.fixture
def shoes(at_top):
    return sojourn.load(SHOES)


def test_a_journey_says_what_it_is(shoes):
    assert shoes.title == "A shoe repair in two stops" and shoes.path == SHOES and shoes.scenarios == []
    assert shoes.personas == {"calm": "Calm", "hurried": "Hurried"}
    assert list(shoes.touchpoints) == ["ask", "collect"]
    assert set(shoes.outcomes) == {"done", "left", "abandoned"}
    assert shoes["touchpoints.ask.effort"] == 1 and shoes["personas.hurried.patience"] == "20 min"
    assert shoes["touchpoints.ask.importance"] == 1  # a default
    assert "touchpoints.ask.next.collect.weight" in shoes.addresses
    with pytest.raises(KeyError, match="effort"):
        shoes["touchpoints.ask.effrot"]


def test_changes_make_new_journeys(shoes):
    changed = (shoes.scale("touchpoints.ask.duration", 0.5, title="Twice as fast").shift("touchpoints.ask.effort", -0.5)
               .set("personas.calm.loss_aversion", numpy.float64(1.2)))
    assert shoes.scenarios == [] and shoes["touchpoints.ask.effort"] == 1
    assert changed["touchpoints.ask.effort"] == 0.5
    assert changed.scenarios == ["Twice as fast", "shift touchpoints.ask.effort by -0.5",
                                 "set personas.calm.loss_aversion to 1.2"]
    assert "touchpoints.ask.effort" in changed.differences
    patient = shoes.set("personas.hurried.patience", datetime.timedelta(minutes=40))
    assert patient["personas.hurried.patience"] == "2400 s"
    only = shoes.set("touchpoints.ask.effort", 3, personas="hurried")
    assert only.at("touchpoints.ask.effort", "hurried") == 3 and only["touchpoints.ask.effort"] == 1
    assert shoes.remove("touchpoints.collect", reroute="left").touchpoints.keys() == {"ask"}


def test_a_change_may_be_a_mapping(shoes):
    what_if = {"scenario": "A coffee", "changes": [{"set": "touchpoints.ask.experience", "to": 8}], "cost": {"per_journey": 0.3}}
    compared = shoes.compare(what_if, agents=2000)
    assert compared.scenarios[0].scenario.title == "A coffee" and compared.scenarios[0].scenario.cost.per_journey == 0.3
    assert shoes.change(what_if["changes"]).run(2000).overall.to_dict() == compared.scenarios[0].result.overall.to_dict()
    with pytest.raises(sojourn.UsageError, match="other.yaml"):
        shoes.change({**what_if, "journey": "other.yaml"})


def test_a_journey_may_be_a_mapping():
    journey = {
        "journey": "A kiosk", "personas": {"ann": {}}, "start": "buy", "outcomes": {"bread": {"success": True}},
        "touchpoints": {"buy": {"experience": {"normal": {"mean": 7, "sd": 1}}, "next": {"bread": 1}}},
    }
    kiosk = sojourn.load(journey)
    assert kiosk.run(1000).overall.success.estimate == 1
    assert kiosk.scale("touchpoints.buy.experience", 0.5).solve().overall.success.estimate == 1
    assert sojourn.loads(kiosk.to_yaml()).run(1000).overall.to_dict() == kiosk.run(1000).overall.to_dict()


def test_mistakes_come_all_at_once_with_their_places(tmp_path, at_top):
    broken = tmp_path / "broken.yaml"
    broken.write_text((at_top / SHOES).read_text().replace("share: 3", "shaer: 3").replace("effort: 1", "effort: much"))
    with pytest.raises(sojourn.InputError) as caught:
        sojourn.load(broken)
    error = caught.value
    assert isinstance(error, ValueError) and len(error.problems) >= 2
    assert (error.path, error.line, error.column) == (str(broken), 13, 5)
    assert "share" in error.remedy and "broken.yaml:13:5: error:" in str(error)
    assert [problem.line for problem in error.problems] == sorted(problem.line for problem in error.problems)
    checked = sojourn.check(broken)
    assert not checked.ok and [p.text for p in checked.problems] == [p.text for p in error.problems]
    assert sojourn.check(at_top / SHOES).ok
    with pytest.raises(FileNotFoundError, match="nowhere"):
        sojourn.load("nowhere.yaml")
    with pytest.raises(sojourn.MissingFile):
        sojourn.check("nowhere.yaml")


def test_mistakes_in_changes_say_what_would_be_right(shoes):
    with pytest.raises(sojourn.InputError) as caught:
        shoes.scale("touchpoints.ask.duratoin", 2)
    assert "duration" in caught.value.remedy and caught.value.path == "(in memory)" and caught.value.line > 0
    with pytest.raises(sojourn.InputError):
        shoes.set("touchpoints.ask.effort", "much")
    with pytest.raises(ValueError):
        shoes.set("touchpoints.ask.effort", float("nan"))
    with pytest.raises(TypeError, match="titel"):
        shoes.set("touchpoints.ask.effort", 2, titel="x")
    with pytest.raises(TypeError, match="cannot stand"):
        shoes.set("touchpoints.ask.effort", object())


@pytest.mark.parametrize("options", [{"agents": 0}, {"agents": 1.5}, {"agents": "1M"}, {"threads": 0}, {"precision": 0},
                                     {"seed": -1}, {"seed": 2**64}, {"draws": -1}, {"agents": True}])
def test_options_are_read_strictly(shoes, options):
    with pytest.raises(sojourn.UsageError, match=next(iter(options))):
        shoes.run(**options)


def test_what_ifs_must_be_of_this_journey(shoes):
    other = sojourn.load(SANTA)
    for wrong in (other, sojourn.load(SHOES), shoes):
        with pytest.raises(sojourn.UsageError):
            shoes.compare(wrong)
    with pytest.raises(sojourn.UsageError, match="resolved"):
        shoes.change(FASTER).compare(FASTER)
    with pytest.raises(sojourn.UsageError):
        shoes.compare()
    settled = shoes.change(FASTER).resolved()
    assert settled.compare(settled.set("touchpoints.ask.effort", 0.5), agents=1000).scenarios[0].agents_changed == 1


def test_what_is_doubtful_is_warned_of(shoes, tmp_path, at_top):
    doubtful = tmp_path / "doubtful.yaml"
    doubtful.write_text((at_top / SHOES).read_text().replace("outcomes:", """  never:
    experience: 5
    next: {done: 1}

outcomes:"""))
    with pytest.warns(sojourn.SojournWarning, match="never") as caught:
        journey = sojourn.load(doubtful)
    assert caught[0].message.problem.line > 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        journey.set("touchpoints.ask.effort", 2).run(100)  # it was said once


def test_what_is_not_exact_says_why(at_top):
    assert sojourn.load(SHOES).solve().method == "exact"
    assert all(isinstance(why, str) for why in sojourn.load(SANTA).solve().not_exact.values())


def test_a_survey_calibrates(at_top, tmp_path):
    journey = tmp_path / "shoes.yaml"
    journey.write_text((at_top / SHOES).read_text() + """
calibrate: {parameters: {recommendation.bias: {prior: {normal: {mean: 0, sd: 1}}}}}
""")
    survey = tmp_path / "answers.csv"
    answers = [0, 3, 5, 6, 7, 7, 8, 8, 9, 10]
    survey.write_text("address," + ",".join(map(str, range(11))) + "\nnps," +
                      ",".join(str(20 * answers.count(k)) for k in range(11)) + "\n")
    done = subprocess.run([os.environ["SOJOURN_PROGRAM"], "calibrate", journey, "--survey", survey, "--draws", "20", "--json", "-",
                           "--quiet"], text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    import json

    expected = json.loads(done.stdout)
    posterior = tmp_path / "posterior.h5"
    found = sojourn.load(journey).calibrate(survey, draws=20, posterior=posterior)
    assert found.to_dict()["parameters"] == expected["parameters"] and found.to_dict()["fit"] == expected["fit"]
    bias = found.parameters["recommendation.bias"]
    assert bias.lo < found.calibrated["recommendation.bias"] < bias.hi
    assert list(found.table().index) == ["recommendation.bias"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "posterior.h5", "shoes.yaml"]
    kept = sojourn.load(journey).calibrate(survey, draws=20, out=tmp_path / "calibrated.yaml")
    assert kept.calibrated.path == str(tmp_path / "calibrated.yaml")
    with pytest.raises(FileExistsError):
        sojourn.load(journey).calibrate(survey, draws=20, out=tmp_path / "calibrated.yaml")
    with pytest.warns(sojourn.SojournWarning):  # the file's own number is not the posterior's
        told = sojourn.load(journey).set("touchpoints.ask.effort", 0.5)
        sojourn.load(journey).compare({"changes": [{"set": "touchpoints.ask.effort", "to": 0.5}]}, agents=2000,
                                      posterior=posterior)
    assert told.scenarios


STOPPED = """
import sojourn, time, sys
journey = sojourn.load("scenarios/santa/journey.yaml")
print("ready", flush=True)
try:
    journey.{call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
    assert journey.run(1000).agents == 1000  # and all goes on
    print("goes on", flush=True)
"""


@pytest.mark.parametrize("call", ["run(10**10)", "run(precision=0.0001, agents=10**10)",
                                  "compare('scenarios/santa/warm-bench.yaml', agents=10**10)"])
def test_ctrl_c_ends_a_run(at_top, call):
    child = subprocess.Popen([sys.executable, "-c", STOPPED.format(call=call)], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    assert child.stdout.readline() == "interrupted\n"
    assert child.stdout.readline() == "goes on\n"
    assert child.wait(60) == 0


def test_pandas_comes_only_when_it_is_asked_for(at_top):
    code = ("import sys, sojourn; run = sojourn.load('scenarios/two_stop/journey.yaml').run(100); "
            "assert 'pandas' not in sys.modules; run.table('overall'); assert 'pandas' in sys.modules")
    subprocess.run([sys.executable, "-c", code], check=True)


def test_exceptions_come_back_from_other_processes():
    """What a worker raises is pickled; an exception that cannot be would hang the pool."""
    for kind, arguments in ((sojourn.InputError, ("text", [])), (sojourn.MissingFile, ("gone",)), (sojourn.UsageError, ("no",))):
        error = pickle.loads(pickle.dumps(kind(*arguments)))
        assert type(error) is kind and str(error) == str(kind(*arguments))
    with pytest.raises(sojourn.InputError) as caught:
        sojourn.loads("journey: J\nstart: nowhere\n")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.line, again.remedy, len(again.problems)) == (caught.value.line, caught.value.remedy, len(caught.value.problems))


@pytest.mark.filterwarnings("ignore::sojourn.SojournWarning")
@pytest.mark.parametrize("name", ["two_stop", "santa", "airport"])
def test_every_address_can_be_set(at_top, name):
    """For everyone, and each persona's own for it."""
    journey = sojourn.load(f"scenarios/{name}/journey.yaml")

    def others(value):
        """Other values, one of which the place takes, whatever its range, and whatever stands beside it."""
        if isinstance(value, (int, float)):
            return [value * 1.01, value * 0.99, value + 0.125, value - 0.125, value + 1]
        if isinstance(value, str):
            number, unit = value.split()
            return [f"{float(number) * factor} {unit}" for factor in (1.01, 0.99)] + ["7 min", "30 h", "0.4 s"]
        return [0.5, "5 min", 1, 6]

    def settable(address, persona):
        for value in others(journey.at(address, persona)):
            try:
                return journey.set(address, value, personas=persona or None).scenarios
            except sojourn.InputError as error:
                refused = error
        raise AssertionError(f"{address} for {persona or 'everyone'}: {refused}")

    assert len(journey.addresses) > 40 and len(set(journey.addresses)) == len(journey.addresses)
    for address in journey.addresses:
        settable(address, "")
    for persona in journey.personas:
        own = journey.addresses_of(persona)
        for address in own[:: 1 if name == "two_stop" else 7]:
            settable(address, persona)
    with pytest.raises(sojourn.UsageError, match="there is no persona 'nobody'"):
        journey.addresses_of("nobody")


def test_addresses_leave_out_what_cannot_be_set(shoes, at_top):
    assert "recommendation.bias" in shoes.addresses and "personas.calm.recommendation.bias" in shoes.addresses_of("calm")
    assert not [address for address in shoes.addresses if ".thresholds." in address], "not written: they are set whole"
    assert not [address for address in shoes.addresses_of("calm") if address.startswith("personas.hurried.")]
    airport = sojourn.load("scenarios/airport/journey.yaml")
    assert "recommendation.bias" not in airport.addresses, "every persona has its own"
    assert "start.way" not in airport.addresses and "start.way" in airport.addresses_of("business"), "some have no such start"


@pytest.fixture
def survey(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("address," + ",".join(map(str, range(11))) + "\nnps,20,0,0,20,0,20,20,40,40,20,20\n")
    return file


@pytest.mark.filterwarnings("ignore::sojourn.SojournWarning")
def test_every_journey_as_it_is_calibrates(shoes, survey, tmp_path):
    found = shoes.calibrate(survey, draws=10)
    with open(SHOES, encoding="utf-8") as file:
        text = file.read()
    for journey in (sojourn.loads(text), shoes.resolved()):
        again = journey.calibrate(survey, draws=10)
        assert list(again.parameters) == list(found.parameters) and again.calibrated.path == "(in memory)"
        assert again.to_dict()["parameters"] == found.to_dict()["parameters"]
    faster = shoes.change(FASTER)
    with pytest.raises(sojourn.UsageError, match="resolved"):
        faster.calibrate(survey)
    settled = faster.resolved().calibrate(survey, draws=10)
    assert list(settled.parameters) == list(found.parameters) and settled.parameters != found.parameters
    assert settled.calibrated["touchpoints.ask.duration"] == faster["touchpoints.ask.duration"]


@pytest.mark.filterwarnings("ignore::sojourn.SojournWarning")
def test_a_calibration_names_what_the_user_named(shoes, survey, tmp_path, monkeypatch):
    out, posterior = tmp_path / "out.yaml", tmp_path / "posterior.h5"
    found = shoes.calibrate(survey, draws=10, holdout=survey, out=out, posterior=posterior).to_dict()
    assert (found["journey"]["file"], found["survey"]["file"], found["holdout"]["file"]) == (SHOES, str(survey), str(survey))
    assert found["out"] == str(out)
    assert found["command"] == (f"sojourn calibrate {SHOES} --survey {survey} --holdout {survey} --out {out} --posterior {posterior} "
                                "--draws 10 --seed 1")
    found = shoes.resolved().calibrate(survey, draws=10)
    assert found.journey.file == "(in memory)" and found["out"] is None
    assert "tmp/sojourn" not in found.to_json()
    with pytest.raises(sojourn.InputError, match=r"^\(in memory\): error: calibrate: no parameters are named"):
        sojourn.loads(shoes.to_yaml() + "\ncalibrate: {parameters: {}}\n").calibrate(survey)
    kept = tmp_path / "found.json"
    kept.write_text(shoes.calibrate(survey, draws=10).to_json())
    subprocess.run([os.environ["SOJOURN_PROGRAM"], "report", kept, "--out", tmp_path / "page.html", "--quiet"], check=True)


@pytest.mark.filterwarnings("ignore::sojourn.SojournWarning")
def test_calibrate_is_about_the_journey_that_was_loaded(shoes, survey, tmp_path):
    """As all else is, whatever became of the file."""
    file = tmp_path / "journey.yaml"
    file.write_text(open(SHOES, encoding="utf-8").read())
    journey = sojourn.load(file)
    wanted = shoes.calibrate(survey, draws=10)
    file.write_text(file.read_text().replace("effort: 1", "effort: 9", 1))
    assert journey.calibrate(survey, draws=10).to_dict()["parameters"] == wanted.to_dict()["parameters"]
    file.unlink()
    assert journey.calibrate(survey, draws=10).calibrated["touchpoints.ask.effort"] == 1


def test_what_has_no_exact_answer_is_printed_with_its_reason(shoes, at_top):
    lines = repr(sojourn.load(SANTA).solve()).splitlines()
    assert lines[0] == "Santa's Christmas service: exact"
    assert lines[1] == ("  nps: no exact answer: satisfaction compares with an expectation that is drawn from a continuous distribution "
                        "(personas.mia.expectation)")
    assert "None" not in "\n".join(lines) and "no exact answer" not in repr(shoes.solve())


def test_warnings_stand_at_the_line_that_asked(shoes):
    def line():
        return sys._getframe(1).f_lineno

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        here = line() + 1
        shoes.scale("touchpoints.ask.experience", 2)
    assert caught and {(one.filename, one.lineno) for one in caught} == {(__file__, here)}


def test_an_address_is_in_it_or_not(shoes):
    assert "touchpoints.ask.effort" in shoes and "touchpoints.ask.effrot" not in shoes
    with pytest.raises(TypeError):
        list(shoes)


def test_numbers_of_numpy_that_are_none_of_pythons(shoes):
    assert shoes.set("touchpoints.ask.cost", numpy.longdouble(7))["touchpoints.ask.cost"] == 7
    for moment in (numpy.datetime64("2020-01-01", "ns"), datetime.datetime(2020, 1, 1), datetime.date(2020, 1, 1)):
        with pytest.raises(sojourn.errors.WrongType, match="point in time"):
            shoes.set("touchpoints.ask.cost", moment)
