"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: str | os.PathLike[str], content: str | bytes, *, overwrite: bool) -> Path:
    """Write a file at once: beside it first, then moved into place.

    Parameters
    ----------
    path
        Where to.
    content
        Text (written as UTF-8) or bytes.
    overwrite
        Whether a file that is there may be replaced.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    FileExistsError
        It is there and may not be replaced.
    """
    target = Path(path)
    data = content.encode() if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(prefix=".roadmap-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        if overwrite:
            os.replace(name, target)
        else:
            _move_to_new(name, target)
    except FileExistsError:
        raise FileExistsError(f"{target} is there already; say so to replace it") from None
    finally:
        Path(name).unlink(missing_ok=True)
    return target


def _move_to_new(name: str, target: Path) -> None:
    """Move a file to where none is yet; a second name cannot come upon a file unnoticed."""
    try:
        os.link(name, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names: take the place, then fill it
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(name, target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
