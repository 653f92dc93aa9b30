"""What functions are given: read strictly, and by all of them in the same words."""

import datetime
import math
from pathlib import Path

import numpy
import pandas
import pytest

import sojourn
from sojourn.errors import WrongType

SHOES = "scenarios/two_stop/journey.yaml"
FASTER = "scenarios/two_stop/faster.yaml"

HUGE = 10**400
WRONG = {  # of the options that several functions take: value, class, what is said
    "seed": [(-1, "seed is out of range: -1. It takes 0 to 18,446,744,073,709,551,615"), (True, "seed is a whole number, not True"),
             (1.5, "seed is a whole number, not 1.5"), (math.nan, "seed is a whole number, not nan"),
             (math.inf, "seed is a whole number, not inf"), ("1", "seed is a whole number, not '1'"),
             (HUGE, "seed is out of range: a number of more than 30 digits"), ([1], "seed is a whole number, not [1]")],
    "threads": [(0, "threads is out of range: 0. It takes 1 to 1,024"), (numpy.int64(-3), "threads is out of range"),
                (numpy.bool_(True), "threads is a whole number"), (b"2", "threads is a whole number, not b'2'")],
    "draws": [(-1, "draws is out of range: -1"), (100_001, "draws is out of range: 100001"), (numpy.float64("nan"), "draws is a whole")],
}


@pytest.fixture
def asked(at_top):
    """The functions that take options, by name."""
    shoes = sojourn.load(SHOES)
    return {"run": shoes.run, "compare": lambda **options: shoes.compare(FASTER, **options),
            "calibrate": lambda **options: shoes.calibrate("nowhere.csv", **options)}


@pytest.mark.parametrize("function", ["run", "compare", "calibrate"])
@pytest.mark.parametrize("option", sorted(WRONG))
def test_options_are_refused_in_the_same_words(asked, function, option):
    for value, words in WRONG[option]:
        with pytest.raises(sojourn.UsageError) as caught:
            asked[function](**{option: value})
        assert str(caught.value).startswith(words), value
        wrong_kind = isinstance(value, (str, bytes, list, bool, numpy.bool_))
        assert isinstance(caught.value, WrongType) == wrong_kind and isinstance(caught.value, TypeError) == wrong_kind, value
        assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("function, option, value", [
    ("run", "plain", "no"), ("run", "plain", 1), ("compare", "plain", None), ("calibrate", "force", 3), ("calibrate", "force", "yes"),
    ("run", "precision", True), ("run", "precision", "1"), ("compare", "matters", "0.5"), ("run", "agents", "1M"),
    ("calibrate", "survey2", 1), ("calibrate", "events", 3), ("calibrate", "columns", 3), ("calibrate", "columns", {"score": 3}),
    ("compare", "posterior", 3)])
def test_other_kinds_are_refused_by_name(asked, function, option, value):
    with pytest.raises(TypeError, match=option):
        asked[function](**{option: value})


@pytest.mark.parametrize("function, option, value", [
    ("run", "precision", math.nan), ("run", "precision", 0), ("compare", "matters", -1), ("compare", "matters", math.inf),
    ("calibrate", "draws", 3), ("calibrate", "journeys", 19), ("calibrate", "bad_rows", "keep"),
    ("calibrate", "columns", {"scoer": "q1"}), ("calibrate", "out", ""), ("calibrate", "columns", {"score": "\udcff"})])
def test_other_values_are_refused_by_name(asked, function, option, value):
    with pytest.raises(sojourn.UsageError, match=option):
        asked[function](**{option: value})


def test_numbers_of_numpy_and_whole_floats_are_numbers(at_top):
    shoes = sojourn.load(SHOES)
    wanted = shoes.run(1000, seed=7, threads=1)
    for agents, seed in ((numpy.int32(1000), numpy.uint64(7)), (1e3, numpy.float32(7)), (numpy.array(1000), 7.0)):
        assert shoes.run(agents, seed=seed, threads=numpy.int8(1)) == wanted
    assert shoes.run(1000, seed=7, plain=numpy.bool_(True)) == shoes.run(1000, seed=7, plain=True) != wanted


def test_changes_take_what_pandas_and_numpy_have(at_top):
    shoes = sojourn.load(SHOES)
    assert shoes.set("personas.hurried.patience", numpy.timedelta64(40, "m"))["personas.hurried.patience"] == "2400 s"
    assert shoes.set("personas.hurried.patience", pandas.Timedelta(minutes=40))["personas.hurried.patience"] == "2400 s"
    assert shoes.set("personas.hurried.patience", datetime.timedelta(milliseconds=500))["personas.hurried.patience"] == "0.5 s"
    steps = numpy.array([0.4, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5])
    assert shoes.set("recommendation.thresholds", steps)["recommendation.thresholds"] == list(steps)
    assert shoes.set("recommendation.thresholds", pandas.Series(steps))["recommendation.thresholds"] == list(steps)
    experience = shoes.set("touchpoints.ask.experience", {"discrete": {numpy.int64(5): numpy.float32(1), 9: 2}})
    assert experience["touchpoints.ask.experience"] == {"discrete": {"5": 1.0, "9": 2}}
    what_if = {"changes": [{"set": "touchpoints.ask.effort", "to": 3}], "journey": Path(SHOES)}
    assert shoes.change(what_if)["touchpoints.ask.effort"] == 3


@pytest.mark.parametrize("value, words, why", [
    (math.nan, "touchpoints.ask.effort is NaN, which is no number", "a journey's numbers are finite"),
    (numpy.float64("inf"), "touchpoints.ask.effort is inf, which is no number", "a journey's numbers are finite"),
    ({"normal": {"mean": math.nan, "sd": 1}}, "touchpoints.ask.effort.normal.mean is NaN, which is no number", "finite"),
    ([1, [2, math.nan]], "touchpoints.ask.effort.1.1 is NaN", "finite"),
    ("caf\udce9", r"touchpoints.ask.effort is no Unicode text: 'caf\udce9'", "no UTF-8"),
    ({"a": 1, "b": {5: 1, "5": 2}}, "touchpoints.ask.effort.b.5 stands there twice", "one of them would be lost")])
def test_what_no_file_can_say_is_refused_with_place_reason_and_remedy(at_top, value, words, why):
    with pytest.raises(sojourn.InputError) as caught:
        sojourn.load(SHOES).set("touchpoints.ask.effort", value)
    problem = caught.value.problems[0]
    assert problem.what.startswith(words) and why in problem.why and caught.value.path == "(in memory)"
    assert str(caught.value).startswith(f"(in memory): error: {words}")
    assert caught.value.remedy or "twice" in words


def test_journeys_of_mappings_say_where_they_are_wrong():
    journey = {"journey": "A kiosk", "personas": {"ann": {}}, "start": "buy", "outcomes": {"bread": {"success": True}},
               "touchpoints": {"buy": {"experience": {"normal": {"mean": math.nan, "sd": 1}}, "next": {"bread": 1}}}}
    with pytest.raises(sojourn.InputError, match="touchpoints.buy.experience.normal.mean is NaN"):
        sojourn.load(journey)
    journey["touchpoints"]["buy"]["experience"] = journey
    with pytest.raises(sojourn.InputError, match="stands in itself"):
        sojourn.load(journey)
    for wrong in (object(), {1, 2}, datetime.date(2024, 1, 1), b"bytes"):
        with pytest.raises(WrongType, match="personas.ann.share: a .* cannot stand in a journey"):
            sojourn.load({"personas": {"ann": {"share": wrong}}})
    with pytest.raises(WrongType, match="personas: a key is a text, a number or a time, not None"):
        sojourn.load({"personas": {None: 1}})


def test_texts_say_where_they_are_no_unicode():
    with pytest.raises(sojourn.InputError) as caught:
        sojourn.loads("journey: Caf\nabout: b\udce9ton\n")
    assert (caught.value.line, caught.value.column) == (2, 9) and "encoding" in caught.value.remedy
    with pytest.raises(sojourn.InputError) as caught:
        sojourn.loads(b"journey: Caf\nabout: b\xe9ton\n")
    assert (caught.value.line, caught.value.column) == (2, 9)
    for wrong in (3, None, ["journey: J"]):
        with pytest.raises(WrongType, match="a journey's text is a str"):
            sojourn.loads(wrong)


def test_addresses_and_files_of_another_kind_are_refused(at_top):
    shoes = sojourn.load(SHOES)
    for ask in (lambda: shoes[3], lambda: shoes.set(3, 1), lambda: shoes.at("touchpoints.ask.effort", 3), lambda: shoes.change(3),
                lambda: shoes.compare(3), lambda: sojourn.load(3), lambda: sojourn.check(None), lambda: shoes.change([3]).title,
                lambda: shoes.set("touchpoints.ask.effort", 3, title=3), lambda: shoes.set("touchpoints.ask.effort", 3, personas=[3])):
        with pytest.raises(sojourn.SojournError):
            ask()
    with pytest.raises(sojourn.UsageError, match="address is no Unicode text"):
        shoes["touchpoints.\udcff"]
    with pytest.raises(sojourn.NotFound) as caught:
        shoes["touchpoints.ask.effrot"]
    assert str(caught.value) == "touchpoints.ask has no 'effrot'. Did you mean 'effort'?" and caught.value.remedy == "Did you mean 'effort'?"
    with pytest.raises(KeyError, match="there is no 'npz' here. There are nps"):
        shoes.run(100).overall["npz"]
