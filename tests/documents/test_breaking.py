from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.documents.breaking import CLOSING, OPENING, break_lines, pieces

words = st.sampled_from([*"，。》（《“”年¥ ", "调解", "协议", "46,850.50", "2026", "GB/T", "——", "……"])
texts = st.lists(words, max_size=80).map("".join)


def width(text):
    return sum(0.5 if ord(char) < 128 else 1 for char in text)


@given(st.text(max_size=300))
def test_breaking_loses_nothing_but_spaces_at_line_ends(text):
    assert "".join(pieces(text)) == text
    lines = break_lines(text, 8, 10, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(texts)
def test_no_closing_mark_starts_and_no_opening_mark_ends_a_line(text):
    widest = max((width(piece) for piece in pieces(text)), default=0)
    lines = break_lines(text, max(widest, 8), max(widest, 10), width)
    assert not any(line[:1] in set(CLOSING) for line in lines[1:])
    assert not any(line[-1:] in set(OPENING) for line in lines[:-1])


@given(texts)
def test_no_line_is_wider_than_its_room(text):
    lines = break_lines(text, 8, 10, width)
    assert all(width(line) <= 10 for line in lines)
    assert width(lines[0]) <= 8 or len(pieces(text)[0]) > 1


def test_amounts_and_latin_words_stay_whole():
    assert pieces("计人民币46,850.50元（GB/T 9704）。") == [
        *"计人民币", "46,850.50", "元", "（GB/T", " ", "9704）。",
    ]  # fmt: skip
    assert break_lines("一共46,850.50元", 5, 5, width) == ["一共", "46,850.50", "元"]


def test_what_is_wider_than_a_line_is_split_rather_than_lost():
    assert break_lines("9" * 30, 5, 5, width) == ["9" * 10] * 3
