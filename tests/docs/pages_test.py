"""A page of the documentation says what happens: its commands run, print what is shown, and every number in its text is one of
theirs (support/pages.py says how a page is read). Usage: pages_test.py PAGE FOLDER [NAME]: what a reader has, in the folder where the page is followed or in
one of that name below it. With SOJOURN_WRITE_PAGES=1 the page
gets what is printed now."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pages

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])


def main(page, given, called="."):
    with tempfile.TemporaryDirectory(prefix="sojourn-page-") as name:
        folder = Path(name) / "here"
        shutil.copytree(TOP / given, folder / called)
        run = pages.Run(TOP / page, folder, os.environ["SOJOURN_PROGRAM"])
    for line in run.skipped:
        print("skipped:", line)
    for line in run.faults:
        print(line)
    if run.replaced and os.environ.get("SOJOURN_WRITE_PAGES"):
        run.write()
        print(f"{page} is written anew; look at it, and run this again")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
