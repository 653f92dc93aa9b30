"""python/README.md runs, and prints what it shows. `python test_page.py --write` puts in what it prints."""

import doctest
import os
import re
import sys
from pathlib import Path

TOP = Path(os.environ.get("SOJOURN_SOURCE_DIR", Path(__file__).parents[2]))
PAGE = TOP / "python/README.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_it_prints(at_top):
    names, count = {}, 0
    for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        test = doctest.DocTestParser().get_doctest(block, names, "python/README.md", str(PAGE), 0)
        said = []
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
        assert runner.failures == 0, "".join(said)
        count += runner.tries
    assert count > 15


def test_the_first_page_shows_the_module(tmp_path, monkeypatch):
    page = (TOP / "README.md").read_text(encoding="utf-8")
    journey, scenario = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "bakery.yaml").write_text(journey)
    (tmp_path / "second_till.yaml").write_text(scenario)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(BLOCK.search(page)[1], names)  # the page is ours
    own, file = names["compared"].scenarios
    assert own.difference.nps.lo > 0 and own.difference.nps == file.difference.nps


def written(page):
    """The page with what its examples print."""
    names = {}

    def run(block):
        text = ""
        for example in doctest.DocTestParser().get_examples(block[1]):
            lines = example.source.splitlines()
            text += "".join(f"{'...' if i else '>>>'} {line}\n" for i, line in enumerate(lines))
            printed = []
            saved, sys.displayhook = sys.displayhook, lambda value: printed.append(repr(value) + "\n") if value is not None else None
            import contextlib
            import io

            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(example.source, "README.md", "single"), names)  # the page is ours
            sys.displayhook = saved
            text += out.getvalue() + "".join(printed)
        return f"```python\n{text}```"

    return BLOCK.sub(run, page)


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    os.chdir(TOP)
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
