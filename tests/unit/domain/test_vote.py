from reviewer.domain.vote import CheckedJudgement, CriterionVote, Judgement, Verdict, VerdictStatus


def vote(index: int, value: str, *, counted: bool = True) -> CriterionVote:
    return CriterionVote("m", index, value, CheckedJudgement(Judgement("c", value), (), counted))


def test_verdict_winners_are_the_counted_judgements_for_what_won() -> None:
    votes = (
        vote(0, "deviates"),
        vote(1, "preferred"),
        vote(2, "deviates", counted=False),
        CriterionVote("m", 3, "deviates", None),
        vote(4, "deviates"),
    )
    verdict = Verdict("c", "deviates", VerdictStatus.DECIDED, 0.6, 0.4, votes)
    assert verdict.winners == (votes[0].checked, votes[4].checked)


def test_verdict_has_no_winners_when_there_was_no_quorum() -> None:
    assert Verdict("c", "", VerdictStatus.NO_QUORUM, 0.0, 0.0, (vote(0, "x"),)).winners == ()
