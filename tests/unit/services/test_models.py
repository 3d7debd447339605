from reviewer.domain.chat import ChatReply
from reviewer.domain.secret import Secret
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.models import ModelService
from reviewer.services.requests import RunRequest
from tests.fakes.clock import FakeClock, run
from tests.fakes.model_file import DescribedModel
from tests.fakes.models import ScriptedModel, rejected

REQUEST = RunRequest((), models=(ModelChoice("a/one"), ModelChoice("b/two")))


class FakeSecrets:
    """Keys in a dictionary; ``has_keyring`` says whether they would outlast the process."""

    def __init__(self, *, has_keyring: bool) -> None:
        self.kept: dict[str, str] = {}
        self._has_keyring = has_keyring

    def get(self, provider: str) -> Secret | None:
        return Secret(self.kept[provider]) if provider in self.kept else None

    def put(self, provider: str, key: Secret) -> bool:
        self.kept[provider] = key.reveal()
        return self._has_keyring


def service_of(*models: ScriptedModel, has_keyring: bool = True) -> ModelService:
    return ModelService(FakeSecrets(has_keyring=has_keyring), lambda request: models, FakeClock())


def test_set_key_says_whether_it_is_in_the_keyring() -> None:
    assert service_of().set_key("openai", Secret("k"))
    assert not service_of(has_keyring=False).set_key("openai", Secret("k"))


def test_test_tries_every_model_before_it_closes_any() -> None:
    """The models share one client: closing the first would end the second's test."""
    models = ScriptedModel('{"ok": true}', "a/one"), ScriptedModel('{"ok": true}', "b/two")
    closed: list[bool] = []

    async def note_closing() -> None:
        closed.extend(each.in_flight == 0 and bool(each.requests) for each in models)

    models[0].aclose = note_closing  # type: ignore[method-assign]  # watched
    checks = run(service_of(*models).test(REQUEST))
    assert [check.passed for check in checks] == [True] * 4
    assert [check.name.split(":")[0] for check in checks] == ["a/one", "a/one", "b/two", "b/two"]
    assert closed == [True, True]


def test_test_says_how_fast_the_answer_came() -> None:
    model = ScriptedModel('{"ok": true}', "a/one", delay=lambda request: 0.4)
    assert run(service_of(model).test(REQUEST))[1].message == (
        "answered by a/one, first words after 0.4 s, 10 tokens a second"
    )


def test_test_says_when_the_answer_came_where_it_came_at_once() -> None:
    model = ScriptedModel('{"ok": true}', "a/one", delay=lambda request: 2.0)
    model.is_terse = True
    assert run(service_of(model).test(REQUEST))[1].message == "answered by a/one after 2.0 s"


def test_test_gives_no_rate_where_no_tokens_are_told() -> None:
    model = ScriptedModel(lambda request: ChatReply('{"ok": true}', "one-2"), "a/one")
    assert run(service_of(model).test(REQUEST))[1].message == "answered by one-2, first words after 0.1 s"


def test_test_says_what_to_do_when_a_model_fails_and_closes_all() -> None:
    models = ScriptedModel(lambda request: rejected(), "a/one"), ScriptedModel("{}", "b/two")
    checks = run(service_of(*models).test(REQUEST))
    assert [check.passed for check in checks] == [False, False, True, True]
    assert checks[0].message == "The key was refused. Set another key."
    assert all(model.is_closed for model in models)


def test_test_of_a_model_in_a_file_says_what_it_is() -> None:
    reach, answer = run(service_of(DescribedModel()).test(REQUEST))
    assert reach.message == (
        "Qwen Test (qwen3 Q4_K_M), 8.2 billion parameters, 4.7 GB, reads up to 40960 tokens; "
        "needs about 5.6 GB of memory, and 12.0 GB are free"
    )
    assert answer.passed
