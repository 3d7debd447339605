import random

import pytest

from reviewer.classifiers.linear import Example, LinearClassifier, trained

NAMES = {"billing": "invoices and payments", "technical": "errors and crashes", "sales": "offers and prices"}
TEXTS = {
    "billing": ("I was charged twice this month.", "My invoice shows a wrong amount.", "Please refund my payment."),
    "technical": ("The app crashes when I open it.", "An error appears at login.", "The page does not load."),
    "sales": ("Do you offer a discount for schools?", "What does the large plan cost?", "Send me an offer."),
}
EXAMPLES = [Example(text, label) for label, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The last invoice was charged wrongly", "billing"),
        ("it keeps crashing with errors", "technical"),
        ("Is there an offer with a discount?", "sales"),
    ],
)
def test_text_is_of_the_class_whose_words_it_has(text: str, label: str) -> None:
    guesses = LinearClassifier(EXAMPLES, NAMES).classify(text)
    assert guesses[0].label == label
    assert set(guesses[0].words) & set(text.lower().split())
    assert sum(each.probability for each in guesses) == pytest.approx(1)
    assert [each.probability for each in guesses] == sorted((each.probability for each in guesses), reverse=True)


def test_name_of_a_class_is_evidence() -> None:
    assert LinearClassifier(EXAMPLES[:1], NAMES).classify("many crashes")[0].label == "technical"


def test_nothing_is_said_when_no_word_is_known() -> None:
    assert LinearClassifier(EXAMPLES, NAMES).classify("1234 ---") == ()
    assert LinearClassifier(EXAMPLES, NAMES).classify("") == ()


def test_one_class_is_certain() -> None:
    only = LinearClassifier([Example("a word", "x")], {"x": "y"})
    assert [(each.label, each.probability) for each in only.classify("word")] == [("x", 1.0)]


def test_style_decides_when_contents_do_not() -> None:
    rng = random.Random(7)
    nouns = [f"thing{number}" for number in range(400)]

    def text(words_a_sentence: int) -> str:
        return " ".join(" ".join(rng.choices(nouns, k=words_a_sentence)) + "." for _ in range(60 // words_a_sentence))

    examples = [Example(text(length), label) for label, length in (("short", 4), ("long", 20)) for _ in range(8)]
    classifier = LinearClassifier(examples, {"short": "s", "long": "l"})
    for label, length in (("short", 4), ("long", 20)):
        guess = classifier.classify(text(length))[0]
        assert guess.label == label
        assert guess.probability > 0.8


def test_probability_is_low_when_left_out_examples_are_not_found() -> None:
    rng = random.Random(3)
    noise = [Example(" ".join(rng.choices(["alpha", "beta", "gamma", "delta"], k=6)), str(n % 4)) for n in range(40)]
    guesses = LinearClassifier(noise, {str(n): str(n) for n in range(4)}).classify("alpha beta alpha")
    assert guesses[0].probability < 0.5


def test_classifier_is_the_same_each_time() -> None:
    one, other = (LinearClassifier(EXAMPLES, NAMES) for _ in range(2))
    assert one.classify("a wrong payment") == other.classify("a wrong payment")


def test_classifier_is_trained_once_for_the_same_examples() -> None:
    names = tuple(NAMES.items())
    assert trained(tuple(EXAMPLES), names) is trained(tuple(EXAMPLES), names)
    assert trained(tuple(EXAMPLES[1:]), names) is not trained(tuple(EXAMPLES), names)


@pytest.mark.parametrize(
    ("text", "label"),
    [("请退还我的付款", "billing"), ("应用程序崩溃了", "technical"), ("मेरा भुगतान वापस करें", "billing")],
)
def test_other_scripts_are_read(text: str, label: str) -> None:
    examples = [
        Example("我的付款被收了两次", "billing"),
        Example("भुगतान दो बार हुआ", "billing"),
        Example("程序总是崩溃", "technical"),
        Example("पेज नहीं खुलता", "technical"),
    ]
    assert LinearClassifier(examples, {"billing": "b", "technical": "t"}).classify(text)[0].label == label
