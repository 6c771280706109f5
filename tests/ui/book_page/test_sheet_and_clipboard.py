"""The sheet without a window: every edit is one step; and cells as spreadsheets lay them down."""

from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.page_reading import PAGE_FIELDS
from kelurahan_client.domain.typed_page import MAX_LINES, TypedLine
from ui.book_page.clipboard import read_table, write_table
from ui.book_page.sheet import Sheet

CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8).map(str.strip)
LONG = st.lists(CELL.filter(bool), min_size=1, max_size=3).map("\n".join)


@given(st.lists(st.lists(CELL | LONG, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_copied_is_read_again(table: list[list[str]]) -> None:
    assert read_table(write_table(table)) == table


def test_marks_for_as_above_are_no_quotes() -> None:
    assert read_table('1\t"\tidem\t"\r\n2\t"\tSiti\t"\r\n') == [["1", '"', "idem", '"'], ["2", '"', "Siti", '"']]
    assert read_table('"\r\n"\r\n') == [['"'], ['"']]


def test_a_quoted_cell_may_hold_lines_and_quotes() -> None:
    assert read_table('a\t"x\r\ny ""z"""\tb') == [["a", 'x\ny "z"', "b"]]


@given(st.text(max_size=60))
def test_any_text_is_some_table(text: str) -> None:
    assert read_table(text)


def test_the_number_counts_on_where_the_rest_is_repeated() -> None:
    sheet = Sheet()
    sheet.put({(0, 0): "7", (0, 2): "Siti"})
    sheet.repeat_above([(1, 0), (2, 0), (1, 2)])
    assert [sheet.text(row, 0) for row in range(3)] == ["7", "8", "9"]
    assert sheet.text(1, 2) == "Siti"
    assert not sheet.repeat_above([(0, 0)])


def test_a_saved_line_is_touched_by_nothing() -> None:
    sheet = Sheet()
    saved = TypedLine(("1", *[""] * (len(PAGE_FIELDS) - 1)), "import")
    sheet.load((saved,))
    sheet.put({(0, 0): "9"})
    sheet.remove([0])
    assert sheet.lines == (saved,)


def test_a_page_has_an_end() -> None:
    sheet = Sheet()
    sheet.paste(0, 0, [[str(n)] for n in range(MAX_LINES + 50)])
    assert len(sheet.lines) == MAX_LINES
    assert not sheet.insert(0)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.text("ab", max_size=1)), max_size=12))
def test_undo_leads_back_through_every_step_and_redo_forth(edits: list[tuple[int, int, str]]) -> None:
    sheet = Sheet()
    seen = [sheet.lines]
    for row, column, text in edits:
        if sheet.put({(row, column): text}):
            seen.append(sheet.lines)
    for expected in reversed(seen[:-1]):
        assert sheet.undo()
        assert sheet.lines == expected
    assert not sheet.undo()
    for expected in seen[1:]:
        assert sheet.redo()
        assert sheet.lines == expected
    assert not sheet.redo()
