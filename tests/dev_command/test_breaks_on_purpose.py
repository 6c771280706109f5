"""`dev.py prove` breaks the code as it stands today: every piece that it changes is there, and every test it runs."""

from pathlib import Path

import pytest

from tools.break_on_purpose import BreakingError, broken, main
from tools.breaks import BREAKS, Break

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name)
def test_the_piece_is_there_and_what_comes_of_it_is_python(one):
    whole = (ROOT / one.file).read_text("utf-8")
    changed = broken(whole, one)
    assert changed != whole
    compile(changed, one.file, "exec")
    for test in one.tests:
        assert (ROOT / test.split("::", maxsplit=1)[0]).is_file()


def test_a_piece_that_is_gone_or_there_twice_is_an_error():
    one = Break("x", "y.py", "a = 1\n", "a = 2\n", ())
    for text in ("", "a = 1\na = 1\n"):
        with pytest.raises(BreakingError, match="is in"):
            broken(text, one)


def test_words_choose_and_a_wrong_word_is_said(capsys):
    assert main(["--list", "fsync"]) == 0
    assert capsys.readouterr().out.count("fsync") == sum("fsync" in one.name for one in BREAKS) > 4
    assert main(["no such break"]) == 2
