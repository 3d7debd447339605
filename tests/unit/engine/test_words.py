from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.engine.units import TOKEN
from reviewer.engine.words import Words

TEXTS = st.text(alphabet="ab1 -\n第三\u00e9", max_size=40)


def spans(text: str) -> st.SearchStrategy[TextSpan]:
    edges = st.integers(0, len(text))
    return st.tuples(edges, edges).map(lambda found: TextSpan(min(found), max(found)))


@given(st.data(), TEXTS)
def test_words_of_a_span_are_those_that_reading_it_finds(data: st.DataObject, text: str) -> None:
    span = data.draw(spans(text))
    assert Words(text).count(span) == len(TOKEN.findall(text, span.start, span.end))


@given(st.data(), TEXTS, st.integers(1, 6))
def test_first_words_end_with_the_last_of_them(data: st.DataObject, text: str, count: int) -> None:
    span = data.draw(spans(text))
    found = list(TOKEN.finditer(text, span.start, span.end))
    is_more = len(found) > count
    end = found[count - 1].end() if is_more else span.end
    assert Words(text).first(count, span) == (TextSpan(span.start, end), is_more)


@given(st.data(), TEXTS, st.integers(1, 6))
def test_last_words_begin_with_the_first_of_them(data: st.DataObject, text: str, count: int) -> None:
    span = data.draw(spans(text))
    found = list(TOKEN.finditer(text, span.start, span.end))[-count:]
    expected = TextSpan(found[0].start(), span.end) if found else None
    assert Words(text).last(count, span) == expected
