from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Setting, Settings, Source
from reviewer.domain.settings_file import FileLayer
from reviewer.services.requests import RunRequest, of_settings
from reviewer.services.settings import SettingsService
from tests.fakes.services import MemorySettings


class Office:
    """A user's file and the files of workspaces by folder."""

    def __init__(self, user: MemorySettings | None = None, **environ: str) -> None:
        self.user = user or MemorySettings()
        self.projects: dict[Path | None, MemorySettings] = {}
        self.service = SettingsService(self.user, self.project, environ)

    def project(self, workspace: Path | None) -> MemorySettings:
        return self.projects.setdefault(workspace, MemorySettings(Source.PROJECT))


class BrokenSettings(MemorySettings):
    """A file that cannot be read."""

    def read(self) -> FileLayer:
        raise ConfigError("settings_invalid", "settings.toml, line 1: wrong.")


def flag(value: int) -> dict[str, Setting]:
    return {"models.votes": Setting(value, Source.FLAG, "--votes")}


def test_where_nothing_is_set_a_run_is_as_ever() -> None:
    settings = Office().service.effective().settings
    assert settings == Settings()
    assert of_settings(settings) == RunRequest(())


def test_a_run_is_asked_for_as_it_is_set() -> None:
    models = (ModelChoice("openai/a"),)
    settings = Settings(
        workflow="w",
        offline=True,
        panel=models,
        votes=3,
        max_connections=4,
        timeout_s=5.0,
        seed=6,
        rpm=7,
        tpm=8,
        proxy="http://proxy.test:8080",
        ca_file=Path("own.pem"),
    )
    wanted = RunRequest((Path("a"),), "w", models, 3, 4, 5.0, 6, True, rpm=7, tpm=8)
    wanted = replace(wanted, proxy="http://proxy.test:8080", ca_file=Path("own.pem"))
    assert of_settings(settings, [Path("a")]) == wanted


def test_each_layer_wins_over_the_next() -> None:
    office = Office(MemorySettings(models__votes=1))
    votes = lambda flags: office.service.get("models.votes", flags)  # noqa: E731
    assert votes({}) == Setting(1, Source.USER, "settings.toml", 1)
    office.projects[None] = MemorySettings(Source.PROJECT, models__votes=2)
    assert votes({}) == Setting(2, Source.PROJECT, "settings.toml", 1)
    office.service = SettingsService(office.user, office.project, {"REVIEWER_VOTES": "3"})
    assert votes({}) == Setting(3, Source.ENVIRONMENT, "REVIEWER_VOTES")
    assert votes(flag(4)) == Setting(4, Source.FLAG, "--votes")


def test_the_workspace_that_is_set_brings_its_file() -> None:
    office = Office(MemorySettings(workspace=Path("~/matters")))
    place = Path.home() / "matters"
    office.projects[place] = MemorySettings(Source.PROJECT, models__votes=2)
    effective = office.service.effective()
    assert (effective.settings.workspace, effective.settings.votes) == (place, 2)
    other = {"workspace": Setting(place / "other", Source.FLAG, "--workspace")}
    assert office.service.effective(other).settings.votes is None


def test_warnings_of_both_files_are_passed_on() -> None:
    class Odd(MemorySettings):
        def read(self) -> FileLayer:
            return FileLayer({}, ("odd",))

    office = Office(Odd())
    office.projects[None] = Odd()
    assert office.service.effective().warnings == ("odd", "odd")


def test_a_setting_goes_to_the_users_file() -> None:
    office = Office()
    change = office.service.set("models.votes", "3")
    assert (change.is_new, change.stronger) == (True, None)
    assert office.user.kept == {"models.votes": 3}
    assert not office.service.set("models.votes", "3").is_new


def test_a_setting_can_go_to_the_workspaces_file() -> None:
    office = Office(MemorySettings(models__votes=1))
    change = office.service.set("models.votes", "3", is_project=True)
    assert (office.user.kept["models.votes"], office.projects[None].kept) == (1, {"models.votes": 3})
    assert change.stronger is None


def test_what_is_stronger_than_a_change_is_told() -> None:
    office = Office(REVIEWER_SEED="7")
    office.projects[None] = MemorySettings(Source.PROJECT, models__votes=2)
    assert office.service.set("models.votes", "3").stronger == Setting(2, Source.PROJECT, "settings.toml", 1)
    seed = Setting(7, Source.ENVIRONMENT, "REVIEWER_SEED")
    assert office.service.set("models.seed", "3", is_project=True).stronger == seed
    assert office.service.unset("models.seed").stronger == seed


def test_a_file_that_is_wrong_elsewhere_can_be_put_right() -> None:
    office = Office(BrokenSettings())
    assert office.service.set("models.votes", "3").is_new


def test_a_setting_is_taken_out() -> None:
    office = Office(MemorySettings(models__votes=1, offline=True))
    assert office.service.unset("models.votes").is_new
    assert office.user.kept == {"offline": True}
    assert not office.service.unset("models.votes").is_new


@pytest.mark.parametrize(
    ("name", "text", "is_project", "code"),
    [
        ("models.vote", "3", False, "no_such_setting"),
        ("models.votes", "three", False, "bad_setting"),
        ("workspace", str(Path.home()), True, "bad_setting"),
    ],
)
def test_what_cannot_be_set_is_refused(name: str, text: str, is_project: bool, code: str) -> None:
    office = Office()
    with pytest.raises(ConfigError) as caught:
        office.service.set(name, text, is_project=is_project)
    assert caught.value.code == code
    assert (office.user.kept, office.projects) == ({}, {})


def test_the_window_keeps_several_at_once() -> None:
    office = Office(MemorySettings(models__votes=1))
    office.service.keep({"models.votes": None, "models.panel": (ModelChoice("openai/a"),)})
    assert office.user.kept == {"models.panel": (ModelChoice("openai/a"),)}


def test_no_password_is_kept() -> None:
    office = Office()
    with pytest.raises(ConfigError) as caught:
        office.service.keep({"models.panel": (ModelChoice("openai/a", "http://h.test?api_key=geheim"),)})
    assert "geheim" not in caught.value.user_message
    assert office.user.kept == {}


def test_files_are_named() -> None:
    assert Office().service.files() == (Path("settings.toml"), Path("settings.toml"))
