"""What kind of place a folder stands in: a network drive, a folder that a cloud service copies, an encrypted disk."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

NETWORK_SYSTEMS = frozenset(
    {
        *("nfs", "nfs3", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "davfs", "webdav"),
        *("ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2"),
        *("fuse.glusterfs", "fuse.s3fs"),
    }
)
"""File systems whose locks and shared memory SQLite's write-ahead log cannot rely on (sqlite.org/wal.html)."""

_CLOUD_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "icloud~": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "box sync": "Box",
    "synologydrive": "Synology Drive",
}
_CLOUD_MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
}
_REMOTE_DRIVE = 4
"""``DRIVE_REMOTE`` of Windows' ``GetDriveType``."""

_ASKING_S = 5


@dataclass(frozen=True, slots=True)
class Mount:
    """Where a file system begins, its kind, and the device it is on."""

    point: str
    system: str
    device: str = ""


def network_system(directory: Path) -> str:
    """The network file system that a folder is on; empty for a local one. The folder, or one above it, exists."""
    place = directory.absolute()
    if sys.platform == "win32":
        return "network drive" if _is_remote_drive(place) else ""
    mount = mount_of(place, mounts())
    return mount.system if mount is not None and mount.system in NETWORK_SYSTEMS else ""


def mounts() -> list[Mount]:
    """The file systems of this computer."""
    with suppress(OSError):
        return [Mount(each.mountpoint, each.fstype, each.device) for each in psutil.disk_partitions(all=True)]
    return []


def mount_of(place: Path, mounted: Iterable[Mount]) -> Mount | None:
    """The file system that a place is on: of those that begin above it the nearest, and of those the last."""
    above = [str(each) for each in (place.resolve(), *place.resolve().parents)]
    found = [each for each in mounted if each.point in above]
    return max(reversed(found), key=lambda each: len(each.point), default=None)


def cloud_service(directory: Path, environ: Mapping[str, str]) -> str:
    """The service that copies a folder to other machines, as far as its path tells; empty for none."""
    place = directory.absolute()
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if environ.get(name) and place.is_relative_to(environ[name]):
            return "OneDrive"
    for folder in (place, *place.parents):
        name = folder.name.lower()
        for beginning, service in _CLOUD_NAMES.items():
            if name.startswith(beginning):
                return service
        for mark, service in _CLOUD_MARKS.items():
            if (folder / mark).exists():
                return service
    return ""


def is_encrypted(directory: Path) -> bool | None:
    """Whether the disk under a folder is encrypted; None where that cannot be told without special rights. Blocks."""
    if sys.platform == "darwin":
        answer = _asked("fdesetup", "status")
        return None if not answer else "FileVault is On" in answer
    if sys.platform.startswith("linux"):
        mount = mount_of(directory.absolute(), mounts())
        return None if mount is None else _is_crypt_device(mount)
    return None


def _is_crypt_device(mount: Mount) -> bool | None:
    """Looks whether a device, or one that it is made of, is a mapping of dm-crypt."""
    if mount.system in {"ecryptfs", "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs"}:
        return True
    if not mount.device.startswith("/dev/"):
        return None
    name = Path(os.path.realpath(mount.device)).name
    return _stands_on_crypt(Path("/sys/class/block") / name)


def _stands_on_crypt(block: Path) -> bool | None:
    if not block.exists():
        return None
    with suppress(OSError):
        if (block / "dm" / "uuid").read_text("ascii", "replace").startswith("CRYPT-"):
            return True
    below = block / "slaves"
    parts = sorted(below.iterdir()) if below.is_dir() else []
    return any(_stands_on_crypt(part) for part in parts)


def _is_remote_drive(place: Path) -> bool:
    if place.drive.startswith("\\\\"):
        return True
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - there is none on other systems
    return bool(kernel.GetDriveTypeW(f"{place.drive}\\") == _REMOTE_DRIVE)


def _asked(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_ASKING_S, check=False).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
