"""How pages are read (support/pages.py): what a page may show, and that each kind of mistake is found."""

import os
import tempfile
import unittest
from pathlib import Path

import pages

PAGE = """# A page without a mistake

`two.sh`:

```sh
echo one; echo two 2.5; echo three
```

From `two.sh`:

```sh
echo one; ...
```

```console
$ sh two.sh
one
...
three
$ echo '{"a": [0.256, {"b": 1234.5}]}' > \\
    it.json
$ for i in 7 8; do
>   echo $i
> done
7
8
```

It says 2.5, or 25.6 %<!-- it.json a/0 -->, or **1,234<!-- it.json a/1/b -->**, not 99.

<!-- given: 99 -->
"""


def faults(page):
    with tempfile.TemporaryDirectory() as name:
        path, folder = Path(name) / "page.md", Path(name) / "here"
        folder.mkdir()
        path.write_text(page, encoding="utf-8")
        return pages.Run(path, folder, os.environ["SOJOURN_PROGRAM"]).faults


class Reading(unittest.TestCase):
    def test_a_page_that_is_right_has_no_fault(self):
        self.assertEqual(faults(PAGE), [])

    def test_each_mistake_is_one_fault_with_its_place(self):
        for right, wrong, said in (
            ("three\n$", "four\n$", "page.md:16: 'sh two.sh' prints"),
            ("one\n...\n", "two 2.5\n...\n", "prints"),
            ("7\n8\n```", "7\n```", "prints"),
            ("> done", "> done; false", "exits with 1"),
            ("says 2.5", "says 2.6", "page.md:29: nothing on the page prints the number 2.6"),
            ("25.6 %", "25.7 %", "page.md:29: 25.7 is 0.256 (a/0 of it.json)"),
            ("1,234<", "1,236<", "1,236 is 1234.5"),
            ("a/1/b", "a/1/c", "it.json has no a/1/c"),
            ("it.json a/0", "no.json a/0", "no command of the page writes no.json"),
            ("echo one; ...", "echo 1; ...", "two.sh does not have this excerpt"),
            ("<!-- given: 99 -->", "", "prints the number 99"),
        ):
            with self.subTest(wrong=wrong):
                self.assertIn(right, PAGE)
                found = faults(PAGE.replace(right, wrong, 1))
                self.assertEqual(len(found), 1, found)
                self.assertIn(said, found[0])

    def test_what_was_shown_is_found_again_in_what_is_printed_now(self):
        shown = ["Title", "...", "  NPS  21.9 (21.5 to 22.3)", "  Cost  12.74 EUR"]
        printed = ["Title", "", "  NPS  22.0 (21.6 to 22.4)", "  Sum  3", "  Cost  12.80 EUR", "End"]
        self.assertEqual(pages.shown_again(shown, printed), ["Title", "...", printed[2], printed[4]])


if __name__ == "__main__":
    unittest.main()
