from pathlib import Path

import pytest

from reviewer.storage import volume
from reviewer.storage.volume import Mount, cloud_service, is_encrypted, mount_of, network_system


def test_the_nearest_file_system_above_counts(tmp_path: Path) -> None:
    mounted = [Mount("/", "ext4"), Mount(str(tmp_path), "nfs4"), Mount(str(tmp_path / "other"), "ext4")]
    assert mount_of(tmp_path / "a" / "b", mounted) == mounted[1]
    assert mount_of(tmp_path.parent, mounted) == mounted[0]
    assert mount_of(tmp_path, []) is None


@pytest.mark.skipif("sys.platform == 'win32'", reason="drives are asked for otherwise there")
@pytest.mark.parametrize(("system", "told"), [("cifs", "cifs"), ("ext4", ""), ("fuse.sshfs", "fuse.sshfs")])
def test_network_drives_are_told(system: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume, "mounts", lambda: [Mount("/", "ext4"), Mount(str(tmp_path), system)])
    assert network_system(tmp_path / "workspace") == told


def test_this_folder_is_on_a_local_disk(tmp_path: Path) -> None:
    assert network_system(tmp_path) == ""
    assert is_encrypted(tmp_path) in {True, False, None}


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("Dropbox (Firm)/matters", "Dropbox"),
        ("OneDrive - Firm/matters", "OneDrive"),
        ("Library/Mobile Documents/x", "iCloud Drive"),
        ("Nextcloud/w", "Nextcloud"),
        ("drops/boxes", ""),
    ],
)
def test_folders_of_cloud_services_are_told_by_name(path: str, service: str, tmp_path: Path) -> None:
    assert cloud_service(tmp_path / path, {}) == service


def test_folders_of_cloud_services_are_told_by_what_lies_there(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert cloud_service(tmp_path / "w", {}) == "Syncthing"
    assert cloud_service(Path("/elsewhere/w"), {"OneDrive": "/elsewhere"}) == "OneDrive"


def test_a_disk_that_stands_on_an_encrypted_one_is_encrypted(tmp_path: Path) -> None:
    upper, lower = tmp_path / "dm-1", tmp_path / "dm-0"
    (upper / "slaves").mkdir(parents=True)
    (lower / "dm").mkdir(parents=True)
    (lower / "dm" / "uuid").write_text("CRYPT-LUKS2-1", "ascii")
    assert volume._stands_on_crypt(upper) is False
    (upper / "slaves" / "dm-0").symlink_to(lower)
    assert volume._stands_on_crypt(upper) is True
    assert volume._stands_on_crypt(tmp_path / "none") is None
