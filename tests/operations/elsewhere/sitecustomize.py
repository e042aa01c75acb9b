"""Lets the program, and every child of it, see what Windows has: python loads this file by its name.

The program's own imports alone are answered so; what Python's library does on this system is its affair.
"""

import builtins
import os
import signal
import sys
from pathlib import Path

NOWHERE = {"uvloop", "httptools"}  # not even for uvicorn
POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
MISSING = {
    "os": "O_DIRECTORY O_NONBLOCK chown confstr fchmod fchown fork forkpty getegid geteuid getgid getloadavg"
    " getpgid getppid getpriority getuid initgroups killpg lchown mkfifo nice openpty posix_fadvise"
    " posix_fallocate posix_spawn pread pwrite register_at_fork sched_getaffinity setpgid setpriority"
    " setsid setuid statvfs sync sysconf uname wait3 wait4",
    "signal": "SIGALRM SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 SIGUSR2 alarm pause pthread_sigmask setitimer",
    "socket": "AF_UNIX AF_NETLINK AF_PACKET SO_REUSEPORT if_nameindex sethostname socketpair",
    "sys": "",
}


class Elsewhere:
    """A module without what Windows does not have; some of it says something else there."""

    def __init__(self, module: str, /, **said: object) -> None:
        self._module = _import(module)
        self._missing = MISSING[module].split()
        self.__dict__.update(said)

    def __getattr__(self, name: str) -> object:
        if name in self._missing:
            raise AttributeError(f"Windows has no {self._module.__name__}.{name}")
        return getattr(self._module, name)


def fsync(opened: int) -> None:
    """Windows flushes only what may be written, and no folders."""
    flags = Path(f"/proc/self/fdinfo/{opened}").read_text("ascii").split("flags:")[1].split()[0]
    if int(flags, 8) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(9, "Bad file descriptor")
    os.fsync(opened)


def imported(name, globals=None, locals=None, fromlist=(), level=0):
    importer = str((globals or {}).get("__name__", ""))
    top = name.partition(".")[0]
    if level == 0 and (
        top in NOWHERE or (top in POSIX and importer.partition(".")[0] in ("app", "__main__"))
    ):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    if level == 0 and importer.partition(".")[0] == "app" and name in ELSEWHERE:
        return ELSEWHERE[name]
    return _import(name, globals, locals, fromlist, level)


_import = builtins.__import__
ELSEWHERE = {
    "os": Elsewhere("os", name="nt", fsync=fsync),
    "signal": Elsewhere("signal"),
    "socket": Elsewhere("socket"),
    "sys": Elsewhere("sys", platform="win32"),
}
assert signal.SIGKILL
assert sys.platform != "win32"
builtins.__import__ = imported
