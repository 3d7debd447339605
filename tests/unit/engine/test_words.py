from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.engine.units import TOKEN
from reviewer.engine.words import Words

TEXTS = st.text(alphabet="ab1 -\n第三\u00e9", max_size=40)


def spans(text: str) -> st.SearchStrategy[TextSpan]:
    edges = st.integers(0, len(text))
    return st.tuples(edges, edges).map(lambda found: TextSpan(min(found), max(found)))


@given(st.data(), TEXTS, st.integers(1, 6))
def test_first_words_end_with_the_last_of_them(data: st.DataObject, text: str, count: int) -> None:
    span = data.draw(spans(text))
    found = list(TOKEN.finditer(text, span.start, span.end))
    end = found[count - 1].end() if len(found) > count else span.end
    assert Words(text).first(count, span) == (TextSpan(span.start, end), len(found))


@given(st.data(), TEXTS, st.integers(1, 6))
def test_last_words_begin_with_the_first_of_them(data: st.DataObject, text: str, count: int) -> None:
    span = data.draw(spans(text))
    found = list(TOKEN.finditer(text, span.start, span.end))
    start = found[-count:][0].start() if found else span.end
    assert Words(text).last(count, span) == (TextSpan(start, span.end), len(found))
