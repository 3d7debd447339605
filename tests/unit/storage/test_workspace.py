"""The workspace as a whole."""

import asyncio
from contextlib import closing
from pathlib import Path

from reviewer.ports.storage import Workspace
from reviewer.storage.workspace import SqliteWorkspace


def test_workspace_is_what_the_port_asks_for(workspace: SqliteWorkspace) -> None:
    port: Workspace = workspace
    assert asyncio.run(port.runs.list_runs()) == ()


def test_secret_is_made_once_for_each_workspace(tmp_path: Path) -> None:
    secrets = []
    for name in ("a", "a", "b"):
        with closing(SqliteWorkspace(tmp_path / name)) as workspace:
            secrets.append(workspace.secret)
    assert secrets[0] == secrets[1] != secrets[2]
    assert [len(secret) for secret in secrets] == [32, 32, 32]


def test_repr_says_nothing_of_path_or_secret(workspace: SqliteWorkspace) -> None:
    assert repr(workspace) == "SqliteWorkspace()"


def test_two_workspaces_on_one_folder_see_each_other(workspace: SqliteWorkspace, directory: Path) -> None:
    with closing(SqliteWorkspace(directory)) as other:
        assert other.secret == workspace.secret


def test_close_may_be_called_again(workspace: SqliteWorkspace, directory: Path) -> None:
    workspace.close()
    workspace.close()
    with closing(SqliteWorkspace(directory)) as other:
        assert other.secret == workspace.secret
