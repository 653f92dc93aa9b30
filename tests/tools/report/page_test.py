"""The report's page: its words, and the page in a real browser (Debian's chromium), by node. Skipped, saying why, where the
program has no page, or where node or the browser is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(os.environ["SOJOURN_PROGRAM"])
PAGE = PROGRAM.parent.parent / "page"  # where the build put the page's sources and its packages
SKIPPED = 77


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def main():
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    if "interactive page" not in version:
        skip("the program was built without npm, so its reports have no interactive page")
    if not shutil.which("node") or not shutil.which("npm"):
        skip("there is no node")
    if not (PAGE / "node_modules" / "playwright-core").is_dir():
        skip("the build did not install the page's development packages")
    checked = subprocess.run(["npm", "run", "--silent", "check"], cwd=PAGE, check=False)
    if checked.returncode != 0:
        sys.exit("the page's types or its style are wrong (npm run check)")
    tests = ["test/words.test.mjs"]
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        tests += ["test/page.test.mjs", "test/panels.test.mjs", "test/studio.test.mjs"]
    else:
        print("no chromium: only the words are tested")
    done = subprocess.run(["node", "--test", "--test-reporter=spec", *tests], cwd=PAGE, check=False)
    if done.returncode != 0:
        sys.exit(1)
    if len(tests) == 1:
        skip("there is no chromium")


main()
