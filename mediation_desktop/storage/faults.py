"""Whose fault a database error is: the user's file, the machine, or ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.problems import EnvironmentProblem

driver: Any = sqlcipher3.dbapi2
"""The database driver. It is compiled, so that type checkers see nothing in it."""

# Primary result codes, https://www.sqlite.org/rescode.html; an extended code has them in its low byte.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


@contextmanager
def faults_named() -> Iterator[None]:
    """Turn the database's complaints about file and machine into the house's two kinds of error.

    Every other complaint (a broken constraint, wrong SQL) is our bug and goes on as it is.

    Raises:
        UserError: the file cannot be read with this key, or is damaged.
        EnvironmentProblem: the disk is full, read-only, gone or busy.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise _busy() from error
    except DBAPIError as error:
        named = _named(error.orig)
        if named is None:
            raise
        raise named from error
    except driver.Error as error:
        named = _named(error)
        if named is None:
            raise
        raise named from error


def is_unreadable(error: BaseException) -> bool:
    """Say whether the driver found no database it can read: a wrong key or a damaged file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (_NOTADB, _CORRUPT)


def _named(error: BaseException | None) -> UserError | EnvironmentProblem | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case code if code in (_NOTADB, _CORRUPT):
            return UserError(
                "打不开办公数据文件：钥匙不符，或者文件已损坏。",
                "请先不要删除或改动它；重新启动程序再试，仍然不行请用备份恢复。",
            )
        case code if code == _FULL:
            return EnvironmentProblem("磁盘已满，这次修改没有保存。", "请清理磁盘后再保存一次。")
        case code if code == _READONLY:
            return EnvironmentProblem(
                "办公数据文件是只读的，这次修改没有保存。",
                "请取消文件的“只读”属性，或请管理员开放这个文件夹的写入权限。",
            )
        case code if code in (_BUSY, _LOCKED):
            return _busy()
        case code if code in (_IOERR, _CANTOPEN):
            return EnvironmentProblem(
                "读写办公数据文件时磁盘没有响应。",
                "请检查磁盘是否已满、已拔出或损坏，然后重新启动程序；已保存的内容不会丢失。",
            )
        case _:
            return None


def _busy() -> EnvironmentProblem:
    return EnvironmentProblem(
        "办公数据文件正被占用，这次修改没有保存。", "请等几秒钟再试；仍然不行请关闭占用它的备份或杀毒程序。"
    )
