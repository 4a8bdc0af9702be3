# SPDX-License-Identifier: EUPL-1.2
"""Mounts a folder at another place (FUSE), and writes down in order all that changes it; run with both and a log."""

import os
import pickle
import sys
from pathlib import Path

import mfusepy


class Disk(mfusepy.Operations):
    """Passes on what programs do with files; the caller of a sync waits until it is written down."""

    use_ns = True

    def __init__(self, folder: str, log: Path) -> None:
        self._folder = folder
        self._log = log.open("wb", buffering=0)

    def _path(self, path: str) -> Path:
        return Path(self._folder + path)

    def _tell(self, *what: object) -> None:
        self._log.write(pickle.dumps(what))

    def getattr(self, path, fh=None):
        found = os.fstat(fh) if fh else self._path(path).lstat()
        names = ("st_mode", "st_ino", "st_nlink", "st_uid", "st_gid", "st_size", "st_blocks")
        times = {name: getattr(found, f"{name}_ns") for name in ("st_atime", "st_mtime", "st_ctime")}
        return {name: getattr(found, name) for name in names} | times

    def readdir(self, path, fh):
        return [".", "..", *(each.name for each in self._path(path).iterdir())]

    def open(self, path, flags):
        return os.open(self._path(path), flags)

    def create(self, path, mode, fi=None):
        opened = os.open(self._path(path), os.O_RDWR | os.O_CREAT, mode)
        self._tell("create", path)
        return opened

    def release(self, path, fh):
        os.close(fh)
        return 0

    def read(self, path, size, offset, fh):
        return os.pread(fh, size, offset)

    def write(self, path, data, offset, fh):
        self._tell("write", path, offset, bytes(data))
        return os.pwrite(fh, data, offset)

    def truncate(self, path, length, fh=None):
        self._tell("truncate", path, length)
        os.truncate(self._path(path), length)
        return 0

    def fsync(self, path, datasync, fh):
        self._tell("fsync", path)
        return 0

    def fsyncdir(self, path, datasync, fh):
        self._tell("fsyncdir", path)
        return 0

    def mkdir(self, path, mode):
        self._path(path).mkdir(mode)
        self._tell("mkdir", path)
        return 0

    def unlink(self, path):
        self._path(path).unlink()
        self._tell("unlink", path)
        return 0

    def rename(self, old, new):
        self._path(old).rename(self._path(new))
        self._tell("rename", old, new)
        return 0

    def chmod(self, path, mode):
        self._path(path).chmod(mode)
        return 0

    def utimens(self, path, times=None):
        return 0

    def statfs(self, path):
        found = os.statvfs(self._path(path))
        return {name: getattr(found, name) for name in dir(found) if name.startswith("f_")}


if __name__ == "__main__":
    # One thing at a time, so that the log has an order.
    mfusepy.FUSE(Disk(sys.argv[1], Path(sys.argv[3])), sys.argv[2], foreground=True, nothreads=True, fsname="logged")
