from reviewer.domain.passages import coverage, focused, paragraphs, telling, weights

TEXT = "The fee is 40 euros a month.\n\nThe contract ends in May.\nIn writing.\n\nThe law of Chile governs."


def test_telling_words_are_those_that_do_not_ask() -> None:
    assert telling("Which law governs?") == {"law", "gover"}
    assert telling("When and how long?") == {"long"}


def test_coverage_weighs_rare_words_more() -> None:
    parts = [span.of(TEXT) for span in paragraphs(TEXT)]
    assert len(parts) == 3
    weighed = weights([*parts, "The law of the land.", "Some law."], telling("law of Chile"))
    assert weighed["chile"] > weighed["law"]
    assert coverage("Chile", weighed) > coverage("law", weighed) > coverage("fee", weighed) == 0.0
    assert coverage("anything", {}) == 0.0


def test_focused_keeps_a_short_text_whole() -> None:
    assert focused(TEXT, "Which law?", 1000) == TEXT


def test_focused_takes_the_paragraphs_that_speak_about_it_in_their_order() -> None:
    found = focused(TEXT, "Which law governs, and what is the fee?", 60)
    assert found == "The fee is 40 euros a month.\n…\nThe law of Chile governs."


def test_focused_cuts_where_no_paragraph_has_room() -> None:
    assert focused(TEXT, "Which law?", 10) == TEXT[:10]
