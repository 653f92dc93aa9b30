"""The pictures of README.md are what the program says today: `tools/gallery` makes them again, and words and numbers are compared.
Where things stand in them hangs on the machine's fonts, and is not. Skipped, saying why, without node, the page or chromium."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])
PROGRAM = Path(os.environ["SOJOURN_PROGRAM"])
GALLERY = TOP / "gallery"


def content(path):
    """How often each word is in the texts, and each number behind a mark. What is cut to fit is left out."""
    words, numbers = Counter(), Counter()
    for element in ElementTree.parse(path).iter():
        for name, value in element.attrib.items():
            if name.startswith("data-"):
                numbers[(name, value)] += 1
        if element.text and not element.text.endswith("\u2026"):
            words.update(element.text.split())
    return words, numbers


class Gallery(unittest.TestCase):
    def test_is_current(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([TOP / "tools/gallery", folder], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            again = sorted(path.name for path in Path(folder).iterdir())
            self.assertEqual(again, sorted(path.name for path in GALLERY.glob("*.svg")))
            for name in again:
                with self.subTest(name=name):
                    words, numbers = content(Path(folder) / name)
                    kept_words, kept_numbers = content(GALLERY / name)
                    self.assertEqual(kept_numbers, numbers, "run tools/gallery")
                    figures = {word for word in words | kept_words if re.search(r"\d", word)}
                    for word in figures:
                        self.assertEqual(kept_words[word], words[word], f"{word}: run tools/gallery")

    def test_is_small_and_shown(self):
        page = (TOP / "README.md").read_text()
        for path in GALLERY.glob("*.svg"):
            self.assertLess(path.stat().st_size, 100_000, path.name)
            self.assertIn(f"(gallery/{path.name})", page)
        for shown in re.findall(r"\((gallery/[^)]*)\)", page):
            self.assertTrue((TOP / shown).is_file(), shown)


if __name__ == "__main__":
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    has_page = "interactive page" in version and (PROGRAM.parent.parent / "page/node_modules/playwright-core").is_dir()
    has_browser = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    if not (has_page and has_browser and shutil.which("node")):
        print("skipped: the page, node or chromium is missing")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
