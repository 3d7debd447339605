import pickle

from reviewer.domain.errors import InputError, PriceUnknown, ProviderError, RetryDecision, ReviewerError


def test_error_says_its_code_and_sentence() -> None:
    error = InputError("encrypted", "The file is locked.", "Give its password.")
    assert str(error) == "encrypted: The file is locked."
    assert (error.code, error.user_message, error.hint) == ("encrypted", "The file is locked.", "Give its password.")
    assert isinstance(error, ReviewerError)


def test_error_crosses_a_process() -> None:
    there = pickle.loads(pickle.dumps(InputError("broken", "It is broken.", "Try another.")))
    assert (there.code, there.user_message, there.hint) == ("broken", "It is broken.", "Try another.")


def test_provider_error_carries_the_decision() -> None:
    decision = RetryDecision(retry=True, after_s=2.5)
    assert ProviderError("busy", "It is busy.", decision=decision).decision is decision
    assert not decision.fatal


def test_price_that_is_not_known_names_the_models_and_three_ways() -> None:
    error = PriceUnknown(("a/b", "c/d"))
    assert error.models == ("a/b", "c/d")
    assert "a/b and c/d" in error.user_message
    for way in ("reviewer models set a/b --price-in X --price-out Y", "--max-tokens N", "-y"):
        assert way in error.hint
