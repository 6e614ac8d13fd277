"""Folders and files as a command line meets them: what is there, what is not, and why not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


def refuse_to_replace(paths: Iterable[Path], *, force: bool) -> None:
    """Say beforehand that files would be overwritten, or could not be written at all.

    Parameters
    ----------
    paths
        What is to be written.
    force
        Whether files that are there may be replaced.

    Raises
    ------
    FileExistsError
        Some are there and may not be replaced.
    IsADirectoryError
        One is a folder.
    """
    there = [path for path in paths if os.path.lexists(path)]
    for path in there:
        if path.is_dir():
            raise IsADirectoryError(None, "", str(path))
    if there and not force:
        told = ", ".join(map(str, there[:3]))
        told += f" and {len(there) - 3} more" if len(there) > 3 else ""
        are = "is" if len(there) == 1 else "are"
        raise FileExistsError(f"{told} {are} there already; --force replaces what is there")


def refuse_to_write(path: Path, *, force: bool) -> None:
    """Say beforehand that a file would be overwritten, or that its folder is not there.

    Raises
    ------
    OSError
        One of these.
    """
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path}: there is no folder {path.parent}")
    refuse_to_replace([path], force=force)


def make_folder(folder: Path) -> None:
    """Make sure, before any work is done, that a folder is there and takes files.

    Raises
    ------
    OSError
        It cannot be made, or not written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError:
        raise OSError(f"{folder}: this folder cannot be made") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(None, "", str(folder))


def reason(error: OSError) -> str:
    """Say in a sentence why a file could not be read or written."""
    name = error.filename2 or error.filename
    if name is None:
        return error.strerror or str(error)
    path = Path(os.fsdecode(name))
    if path.name.startswith(".roadmap-"):  # where a file is written before it is moved
        path = path.parent
    return f"{path}: {_problem(error, path)}"


def _problem(error: OSError, path: Path) -> str:
    match error:
        case FileNotFoundError():
            return _missing(path)
        case FileExistsError():
            return "it is a file, and a folder is wanted"
        case IsADirectoryError():
            return "it is a folder, and a file is wanted"
        case NotADirectoryError():
            return "a part of this path is a file, not a folder"
        case PermissionError():
            return "the permission is missing"
        case _:
            return error.strerror or str(error)


def _missing(path: Path) -> str:
    """Name what is nearest to a file or folder that is not there."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder}"
    there = os.listdir(folder) if os.access(folder, os.R_OK) else []
    by_stem = {Path(name).stem: name for name in sorted(there)}  # all files end alike
    close = get_close_matches(path.stem, by_stem, n=1)
    told = f"; did you mean {str(path.with_name(by_stem[close[0]]))!r}?" if close else ""
    return f"there is no such file{told}"
