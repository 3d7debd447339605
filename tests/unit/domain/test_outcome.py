from reviewer.domain.outcome import Severity


def test_severity_ranks_the_worst_first() -> None:
    assert sorted(set(Severity), key=lambda severity: severity.rank) == list(Severity)
    assert (Severity.CRITICAL.rank, Severity.INFO.rank) == (0, 4)
