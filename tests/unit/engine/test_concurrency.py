from reviewer.engine.concurrency import DEBOUNCE_S, MOST, Concurrency


def answer_round(concurrency: Concurrency, now: float = 0.0) -> None:
    for _ in range(concurrency.limit):
        concurrency.answered(now, was_full=True)


def refuse_fifth(concurrency: Concurrency, now: float) -> None:
    for _ in range(-(-concurrency.limit // 5)):
        concurrency.refused(now)


def test_limit_doubles_each_full_round_until_the_endpoint_refuses_and_then_creeps() -> None:
    concurrency = Concurrency(20, may_grow=True)
    answer_round(concurrency)
    assert concurrency.limit == 40
    refuse_fifth(concurrency, 1.0)
    assert concurrency.limit == 32
    answer_round(concurrency, 1.0 + DEBOUNCE_S)
    assert concurrency.limit == 35


def test_limit_never_passes_its_cap() -> None:
    concurrency = Concurrency(20, may_grow=True)
    for _ in range(9):
        answer_round(concurrency)
    assert concurrency.limit == MOST


def test_limit_is_not_raised_while_places_are_free() -> None:
    concurrency = Concurrency(20, may_grow=True)
    for _ in range(100):
        concurrency.answered(0.0, was_full=False)
    assert concurrency.limit == 20


def test_limit_that_was_given_is_only_lowered_and_found_again() -> None:
    concurrency = Concurrency(10, may_grow=False)
    answer_round(concurrency)
    assert concurrency.limit == 10
    refuse_fifth(concurrency, 0.0)
    assert concurrency.limit == 8
    for _ in range(5):
        answer_round(concurrency, DEBOUNCE_S)
    assert concurrency.limit == 10


def test_refusals_of_one_episode_cut_once() -> None:
    concurrency = Concurrency(10, may_grow=False)
    for moment in (0.0, 1.0, DEBOUNCE_S - 0.1):
        refuse_fifth(concurrency, moment)
    assert concurrency.limit == 8
    refuse_fifth(concurrency, DEBOUNCE_S)
    assert concurrency.limit == 6


def test_limit_never_falls_below_one() -> None:
    concurrency = Concurrency(1, may_grow=False)
    concurrency.refused(0.0)
    assert concurrency.limit == 1


def test_trouble_of_the_endpoint_only_stops_growth_for_a_while() -> None:
    concurrency = Concurrency(4, may_grow=True)
    concurrency.troubled(0.0)
    answer_round(concurrency, 1.0)
    assert concurrency.limit == 4
    answer_round(concurrency, DEBOUNCE_S)
    assert concurrency.limit == 8


def test_trouble_does_not_hide_a_refusal() -> None:
    concurrency = Concurrency(10, may_grow=True)
    concurrency.troubled(0.0)
    refuse_fifth(concurrency, 1.0)
    assert concurrency.limit == 8


def test_refusals_now_and_then_are_no_episode() -> None:
    concurrency = Concurrency(64, may_grow=False)
    for number in range(640):
        if number % 10 == 3:
            concurrency.refused(float(number))
        else:
            concurrency.answered(float(number), was_full=True)
    assert concurrency.limit == 64
