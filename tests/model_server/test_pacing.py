import json
import random
import statistics
import urllib.error
import urllib.request

from tests.model_server.pacing import Latency, Limit, Pace
from tests.model_server.process import ModelServerProcess


def test_fixed_latency_is_always_the_same() -> None:
    assert {Latency(0.2).draw(random.Random(seed)) for seed in range(50)} == {0.2}


def test_lognormal_latency_has_its_median_and_its_tail() -> None:
    chance = random.Random(1)
    drawn = sorted(Latency(0.2, 0.5).draw(chance) for _ in range(4000))

    assert 0.19 < statistics.median(drawn) < 0.21
    assert 2.1 < drawn[3800] / 0.2 < 2.45
    assert drawn[-1] <= 2.0


def test_same_seed_means_same_latencies_and_refusals() -> None:
    def played(seed: int) -> list[object]:
        pace = Pace(Latency(0.1, 0.5), Limit(share=0.1, retry_after="1"), seed)
        return [(pace.refusal(0.0), pace.latency_s()) for _ in range(100)]

    assert played(1) == played(1)
    assert played(1) != played(2)


def test_share_of_requests_is_refused() -> None:
    pace = Pace(Latency(), Limit(share=0.1, retry_after="1"), seed=1)
    refusals = [pace.refusal(0.0) for _ in range(5000)]

    assert 0.09 < refusals.count("Retry-After: 1\r\n") / 5000 < 0.11
    assert pace.refused == 5000 - refusals.count(None)


def test_rate_is_kept_in_every_window_and_says_when_to_come_again() -> None:
    pace = Pace(Latency(), Limit(rate=3, window_s=10.0))

    assert [pace.refusal(at) for at in (0.0, 1.0, 2.0)] == [None] * 3
    assert pace.refusal(2.5) == "Retry-After: 8\r\nRetry-After-Ms: 7500\r\n"
    assert pace.refusal(10.0) is None
    assert pace.refusal(10.5) == "Retry-After: 1\r\nRetry-After-Ms: 500\r\n"


def test_limit_is_set_by_flags() -> None:
    flags = ("--limit-share", "1", "--retry-after", "3", "--latency-ms", "1", "--latency-sigma", "0.5", "--seed", "1")
    with ModelServerProcess(*flags) as server:
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "x"}]}).encode()
        request = urllib.request.Request(f"{server.base_url}/chat/completions", data=body)
        try:
            urllib.request.urlopen(request, timeout=5)
        except urllib.error.HTTPError as error:
            with error:
                seen = (error.code, error.headers["Retry-After"])
        counted = server.requests()

    assert seen == (429, "3")
    assert (counted["count"], counted["refused"]) == (1, 1)
