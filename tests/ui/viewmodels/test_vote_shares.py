from reviewer.ui.viewmodels.vote_shares import VoteShare, shares_of, shares_sentence

SAID = [("as wanted", True), ("deviates", True), ("missing", False), ("deviates", True), ("walk away", True)]


def test_shares_begin_with_what_won_and_end_with_what_does_not_count() -> None:
    assert shares_of(SAID, "deviates") == (
        VoteShare("deviates", 2, is_winner=True),
        VoteShare("as wanted", 1, is_winner=False),
        VoteShare("walk away", 1, is_winner=False),
        VoteShare("missing", 1, is_winner=False, is_counted=False),
    )


def test_same_word_is_one_share_for_counted_and_one_for_uncounted_votes() -> None:
    shares = shares_of([("deviates", True), ("deviates", False)], "deviates")

    assert [(share.is_winner, share.is_counted) for share in shares] == [(True, True), (False, False)]


def test_sentence_says_all_of_them() -> None:
    assert shares_sentence(shares_of(SAID, "deviates")) == (
        "2 say deviates, 1 says as wanted, 1 says walk away, 1 not counted"
    )
    assert shares_sentence(()) == ""


def test_sentence_counts_abstentions_apart() -> None:
    said = [*SAID, ("abstained", False), ("abstained", False)]
    assert shares_sentence(shares_of(said, "deviates")).endswith("1 says walk away, 2 abstained, 1 not counted")


def test_sentence_counts_compromised_votes_apart_from_those_without_a_quote() -> None:
    said = [*SAID, ("compromised", False), ("abstained", False)]
    shares = shares_of(said, "deviates")
    assert shares_sentence(shares).endswith("1 abstained, 1 compromised, 1 not counted")
    assert sum(share.compromised for share in shares) == 1
