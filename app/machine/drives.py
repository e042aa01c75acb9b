"""Where the data folder lies: how much room there is, and who else has a hand in it."""

import shutil
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
SYNCED = (
    "OneDrive",
    "Dropbox",
    "Nextcloud",
    "ownCloud",
    "iCloud",
    "Google Drive",
    "Seafile",
    "Syncthing",
)
"""How the names of folders begin that a program copies elsewhere while we write."""
MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    "desktop.onedrive": "OneDrive",
}
APPLE = "Mobile Documents"  # how iCloud's folder is called on the disk
REMOTE = (
    *(
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ceph",
        "glusterfs",
        "davfs",
        "ncpfs",
        "vboxsf",
    ),
    *("fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.smbnetfs"),
)


def free_bytes(folder: Path) -> int:
    """For us, in the folder or the nearest one above that exists. Raises OSError."""
    return shutil.disk_usage(existing(folder)).free


def existing(folder: Path) -> Path:
    folder = folder.resolve()
    return next(each for each in (folder, *folder.parents) if each.exists())


def synced_by(folder: Path) -> str | None:
    """The program that keeps the folder in step with a cloud, by the names and marks it leaves."""
    for place in (path := folder.resolve(), *path.parents):
        for name in SYNCED:
            if place.name.casefold().startswith(name.casefold()):
                return name
        if place.name == APPLE:
            return "iCloud"
        for marker, name in MARKERS.items():
            if place != Path.home() and next(place.glob(marker), None) is not None:
                return name
    return None


def remote_kind(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of network drive the folder is on; None on a disk, and where nobody says."""
    path = folder.resolve()
    if sys.platform == "win32":
        return "SMB" if str(path).startswith("\\\\") else None
    try:
        rows = [line.split(" ") for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return None
    over = [row for row in rows if len(row) > 2 and path.is_relative_to(_unescaped(row[1]))]
    if not over:
        return None
    kind = max(enumerate(over), key=lambda each: (len(_unescaped(each[1][1])), each[0]))[1][2]
    return kind if kind in REMOTE else None


def _unescaped(path: str) -> str:
    """As in fstab(5)."""
    return path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
