from reviewer.engine.breaker import GIVES_UP_AFTER_S, TRIPS_AT, TRIPS_WITHIN_S, Breaker


def tripped(now: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(TRIPS_AT):
        breaker.failed(now)
    return breaker


def test_breaker_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker()
    for _ in range(TRIPS_AT - 1):
        breaker.failed(0.0)
    breaker.succeeded()
    breaker.failed(0.0)
    assert breaker.opens_at(0.0) == 0.0
    assert tripped().opens_at(0.0) == 10.0


def test_failures_far_apart_do_not_open_it() -> None:
    breaker = Breaker()
    for number in range(2 * TRIPS_AT):
        breaker.failed(number * TRIPS_WITHIN_S / 2)
    assert breaker.opens_at(1000.0) == 1000.0


def test_one_call_tries_and_the_others_wait_for_it() -> None:
    breaker = tripped()
    assert breaker.opens_at(10.0) == 10.0
    breaker.started()
    assert breaker.opens_at(10.0) is None
    breaker.succeeded()
    assert breaker.opens_at(10.1) == 10.1


def test_rests_get_longer_while_the_trial_fails() -> None:
    breaker, rests = tripped(), []
    now = 10.0
    for _ in range(4):
        breaker.started()
        breaker.failed(now)
        again = breaker.opens_at(now)
        assert again is not None
        rests.append(again - now)
        now = again
    assert rests == [20.0, 40.0, 60.0, 60.0]


def test_late_failures_of_calls_in_flight_do_not_lengthen_the_rest() -> None:
    breaker = tripped()
    breaker.failed(5.0)
    assert breaker.opens_at(5.0) == 10.0


def test_trial_that_was_stopped_lets_another_try() -> None:
    breaker = tripped()
    breaker.started()
    breaker.abandoned()
    assert breaker.opens_at(11.0) == 10.0


def test_endpoint_that_answers_nothing_for_minutes_is_lost() -> None:
    breaker = tripped()
    assert not breaker.is_lost(GIVES_UP_AFTER_S - 1.0)
    assert breaker.is_lost(GIVES_UP_AFTER_S)
    breaker.succeeded()
    assert not breaker.is_lost(GIVES_UP_AFTER_S)


def test_endpoint_that_was_never_reached_is_lost_when_the_first_trial_fails() -> None:
    breaker = Breaker()
    for _ in range(TRIPS_AT):
        breaker.failed(0.0, was_reached=False)
    assert breaker.opens_at(0.0) == 2.0
    assert not breaker.is_lost(2.0)
    breaker.started()
    breaker.failed(2.0, was_reached=False)
    assert breaker.is_lost(2.0)


def test_endpoint_that_was_reached_once_is_waited_for() -> None:
    breaker = Breaker()
    breaker.succeeded()
    for _ in range(TRIPS_AT):
        breaker.failed(0.0, was_reached=False)
    breaker.started()
    breaker.failed(10.0, was_reached=False)
    assert not breaker.is_lost(10.0)
