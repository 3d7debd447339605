from reviewer.domain.absence import Proof, Search, Subject
from reviewer.domain.anchor import TextSpan
from reviewer.domain.category import Category, Sign
from reviewer.domain.clause import Clause
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Signals
from reviewer.domain.section import SectionKind

INSURANCE = Category(
    name="Insurance",
    kinds={},
    headings=("insurance",),
    heading_weight=0.6,
    signs={
        Sign.SURE: ("maintain insurance",),
        Sign.LIKELY: ("insured by",),
        Sign.HINT: ("premium",),
        Sign.AGAINST: ("no duty",),
    },
    near=("covers? the risk",),
)
SIGNALS = Signals(("policies",), ("policy of insurance",))


def prove(*clauses: Clause | str, subject: Subject | None = None) -> tuple[Proof, str]:
    placed, at = [], 0
    for each in clauses:
        clause = Clause(each) if isinstance(each, str) else each
        span = TextSpan(at, at + len(clause.text))
        placed.append(Clause(clause.text, clause.heading, clause.above, clause.kind, clause.lead, None, span))
        at = span.end
    text = "".join(each.text for each in placed)
    proof = Search(text, placed).prove(subject or Subject(SIGNALS, INSURANCE))
    return proof, " | ".join(span.of(text) for span in proof.places)


def test_words_of_the_position_itself_are_found_first() -> None:
    proof, nearest = prove("It has a policy of insurance. It shall maintain insurance.")
    assert (proof.outcome, nearest) == (Outcome.PRESENT_ELSEWHERE, "policy of insurance")


def test_clause_of_its_category_is_present_elsewhere() -> None:
    proof, nearest = prove("It may sell. ", "It shall maintain insurance. ")
    assert (proof.outcome, nearest) == (Outcome.PRESENT_ELSEWHERE, "maintain insurance")


def test_denial_speaks_about_it_too() -> None:
    assert prove("It has no duty to maintain insurance.")[0].outcome is Outcome.PRESENT_ELSEWHERE


def test_words_that_come_near_are_uncertain() -> None:
    assert prove("The site is insured by Acme. ")[0].outcome is Outcome.UNCERTAIN
    proof, nearest = prove("Acme covers the risk.")
    assert (proof.outcome, nearest) == (Outcome.UNCERTAIN, "covers the risk")
    proof, nearest = prove(Clause("Policies\nAs agreed.", "Policies"))
    assert (proof.outcome, nearest) == (Outcome.UNCERTAIN, "Policies")


def test_missing_tells_where_it_looked_and_what_is_nearest() -> None:
    proof, nearest = prove(
        "It may sell. ", f"It pays a premium {'of ten ' * 40}. ", Clause("Insurance 5", kind=SectionKind.TOC)
    )
    assert proof.outcome is Outcome.MISSING
    assert nearest == "premium"
    assert proof.looked == (
        "headings of 3 parts for: policies, insurance",
        "the whole visible text for 6 turns of phrase",
        "nearest text: “premium”",
    )


def test_long_nearest_text_is_shortened() -> None:
    wide = Category("Any", {}, (), 0.6, {Sign.HINT: ("begins.{200,300}ends",)})
    proof, _ = prove(f"It begins {'on and ' * 30}ends.", subject=Subject(Signals(), wide))
    assert proof.looked[-1].endswith("…”")


def test_nothing_at_all_is_missing_without_a_nearest_text() -> None:
    proof, nearest = prove("It may sell.", subject=Subject(Signals(("policies",), ())))
    assert (proof.outcome, nearest) == (Outcome.MISSING, "")


def test_paper_that_is_not_there_may_say_it() -> None:
    for said in ("Insurance is dealt with in Exhibit B.", "Acme and a policy of Insurance: Schedule 9 lists it."):
        proof, nearest = prove(said, subject=Subject(Signals(("insurance",), ())))
        assert proof.outcome is Outcome.INCORPORATED_UNREAD
        assert nearest == said
    proof, _ = prove("The fees are in Exhibit B.")
    assert proof.outcome is Outcome.MISSING
    assert proof.looked[-1] == "not read, as they are not in this file: Exhibit B"


def test_paper_whose_sentence_has_the_words_or_takes_all_terms_in_may_say_it() -> None:
    premium = Subject(Signals((), ()), Category("Any", {}, (), 0.6, {Sign.HINT: ("premiums?",)}))
    assert prove("The premium is in Exhibit B.", subject=premium)[0].outcome is Outcome.INCORPORATED_UNREAD
    all_terms = "The Standard Terms are incorporated herein by reference."
    assert prove(all_terms)[0].outcome is Outcome.INCORPORATED_UNREAD
