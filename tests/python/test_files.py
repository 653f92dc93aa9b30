"""Files that are missing, named in other encodings, or changed."""

import errno
import os
import pickle
import shutil

import pytest

import sojourn
from sojourn.errors import IoError, TargetExists

SHOES = "scenarios/two_stop/journey.yaml"
FASTER = "scenarios/two_stop/faster.yaml"


def test_a_missing_file_is_the_systems_error(at_top, tmp_path):
    for missing, number in ((tmp_path / "nowhere.yaml", errno.ENOENT), (tmp_path, errno.EISDIR),
                            (tmp_path / "nowhere" / "x.yaml", errno.ENOENT)):
        for ask in (sojourn.load, sojourn.check, sojourn.load(SHOES).change, sojourn.load(SHOES).compare):
            with pytest.raises(FileNotFoundError) as caught:
                ask(missing)
            error = caught.value
            assert isinstance(error, sojourn.MissingFile) and isinstance(error, sojourn.SojournError)
            assert (error.filename, error.path, error.errno) == (str(missing), str(missing), number)
            assert error.strerror == os.strerror(number)
            assert str(error).startswith(f"{missing}: error: cannot read the file (")
            again = pickle.loads(pickle.dumps(error))
            assert (str(again), again.filename, again.errno) == (str(error), error.filename, error.errno)


def test_a_posterior_that_is_missing_is_missing(at_top):
    with pytest.raises(sojourn.MissingFile) as caught:
        sojourn.load(SHOES).compare(FASTER, agents=100, posterior="nowhere.h5")
    assert (caught.value.filename, caught.value.errno) == ("nowhere.h5", errno.ENOENT)


def test_a_survey_that_is_missing_is_missing(at_top):
    with pytest.raises(sojourn.MissingFile) as caught:
        sojourn.load(SHOES).calibrate("nowhere.csv")
    assert (caught.value.filename, caught.value.errno) == ("nowhere.csv", errno.ENOENT)


def test_outputs_say_which_and_why(at_top, tmp_path):
    kept = tmp_path / "kept.yaml"
    kept.touch()
    survey = tmp_path / "answers.csv"
    survey.write_text("address,0,10\nnps,10,20\n")
    with pytest.raises(FileExistsError) as caught:
        sojourn.load(SHOES).calibrate(survey, out=kept)
    assert isinstance(caught.value, TargetExists)
    assert (caught.value.filename, caught.value.errno) == (str(kept), errno.EEXIST)
    with pytest.raises(OSError) as caught:
        sojourn.load(SHOES).calibrate(survey, posterior=tmp_path / "nowhere" / "x.h5")
    assert isinstance(caught.value, IoError) and caught.value.errno == errno.ENOENT
    assert caught.value.filename == str(tmp_path / "nowhere" / "x.h5") and caught.value.remedy == "Make its folder first"
    with pytest.raises(sojourn.UsageError, match="'out' names the file that is read"):
        sojourn.load(SHOES).calibrate(survey, out=survey, force=True)
    with pytest.raises(sojourn.UsageError, match="'posterior' and 'out' name the same place"):
        sojourn.load(SHOES).calibrate(survey, out=tmp_path / "x", posterior=tmp_path / "x")


def test_names_that_are_no_utf8_are_names(at_top, tmp_path):
    name = os.fsencode(tmp_path) + b"/r\xe9paration.yaml"
    shutil.copy(SHOES, name)
    for given in (name, os.fsdecode(name)):
        journey = sojourn.load(given)
        assert os.fsencode(journey.path) == name
        assert journey.run(1000).overall == sojourn.load(SHOES).run(1000).overall
        assert journey.scale("touchpoints.ask.effort", 2).run(100).agents == 100
        assert sojourn.check(given).ok
        assert pickle.loads(pickle.dumps(journey)).path == journey.path
    with open(name, "wb") as file:
        file.write(b"journey: J\nstart: nowhere\n")
    with pytest.raises(sojourn.InputError) as caught:
        sojourn.load(name)
    assert caught.value.path == os.fsdecode(name)
    with pytest.raises(sojourn.MissingFile) as caught:
        sojourn.load(name + b"x")
    assert caught.value.filename == os.fsdecode(name + b"x") and r"r\xe9paration" in str(caught.value)
