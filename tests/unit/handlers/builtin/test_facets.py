import pytest

from reviewer.handlers.builtin.facets import cue_facet, has_cue, heading_facet


@pytest.mark.parametrize(
    ("heading", "facet"),
    [
        ("1 Introduction", "question"),
        ("Materials and Methods", "method"),
        ("3. RESULTS", "result"),
        ("Threats to validity", "limits"),
        ("Ergebnisse", "result"),
        ("Methodik", "method"),
        ("Payment", ""),
        ("", ""),
    ],
)
def test_heading_names_a_facet(heading: str, facet: str) -> None:
    assert heading_facet(heading) == facet


@pytest.mark.parametrize(
    ("sentence", "facet"),
    [
        ("We found that it works, however weakly.", "result"),
        ("However, the sample was small.", "limits"),
        ("We recruited forty people.", "method"),
        ("We ask whether it works.", "question"),
        ("Die Zahl sank um drei Prozent.", "result"),
        ("Diese Arbeit behandelt Verträge.", "question"),
        ("The cat sat.", ""),
    ],
)
def test_sentence_names_a_facet_by_its_turns_of_phrase(sentence: str, facet: str) -> None:
    assert cue_facet(sentence) == facet
    assert has_cue(sentence, "") is bool(facet)


def test_cue_counts_for_its_own_facet_only() -> None:
    assert has_cue("However, we found it.", "limits")
    assert not has_cue("We recruited forty people.", "limits")
