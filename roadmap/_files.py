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
            os.link(name, target)
    except FileExistsError:
        raise FileExistsError(f"{target} is there already; say so to replace it") from None
    finally:
        Path(name).unlink(missing_ok=True)
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
