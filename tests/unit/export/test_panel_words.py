from dataclasses import replace

import pytest

from reviewer.domain.finding import RaterVote
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import Report
from reviewer.export.panel_words import independence
from tests.fakes.reports import LIABILITY, make_finding, make_report


def report(*votes: tuple[str, str]) -> Report:
    (document,) = make_report().documents.values()
    cast = tuple(RaterVote(rater, index, said, "", None, counted=True) for index, (rater, said) in enumerate(votes))
    finding = replace(make_finding("cap", Outcome.DEVIATES, Severity.LOW, LIABILITY, voted=True), votes=cast)
    return Report(documents={document.document.id: replace(document, findings=(finding,))})


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (
            (("m", "a"), ("m", "a"), ("m", "b")),
            "All votes are of one model, asked up to 3 times. Any two of its answers",
        ),
        ((("m", "a"), ("n", "b")), "Answers of different models agree in 0 % of cases."),
        ((("m", "a"), ("m", "a"), ("n", "b")), "3 votes of 2 models are worth about 2 independent ones."),
    ],
)
def test_worth_of_the_votes_is_told_in_plain_words(votes: tuple[tuple[str, str], ...], words: str) -> None:
    assert words in independence(report(*votes))


def test_nothing_is_told_where_nothing_was_voted_on() -> None:
    assert independence(Report()) == ""
