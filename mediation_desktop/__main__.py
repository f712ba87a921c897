"""The command line.

Exit codes: 0 done; 1 a form that was checked has to be put right; 2 the command was written wrong;
3 something the user can put right; 4 the machine refused (disk, drive, rights); 5 a bundle was refused;
70 a fault of the program itself.
"""

import argparse
import gc
import getpass
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from mediation_desktop import __version__
from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.refusal import BundleRefused
from mediation_desktop.system.log import redact
from mediation_desktop.system.paths import default_data_folder
from mediation_desktop.system.problems import EnvironmentProblem

DONE, FORM_WRONG, WRITTEN_WRONG, USER_MISTAKE = 0, 1, 2, 3
MACHINE_REFUSED, BUNDLE_REFUSED, OUR_FAULT = 4, 5, 70

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        code = command(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our lines has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return MACHINE_REFUSED
    except BundleRefused as refusal:
        return _say(refusal, BUNDLE_REFUSED)
    except UserError as mistake:
        return _say(mistake, USER_MISTAKE)
    except EnvironmentProblem as problem:
        return _say(problem, MACHINE_REFUSED)
    except Exception as bug:  # noqa: BLE001 - told, free of anybody's data, and answered with its own code
        print(redact("".join(traceback.format_exception(bug))), file=sys.stderr)
        print("程序自身出了问题，没有做完。请把上面的内容发给维护人员，里面没有个人信息。", file=sys.stderr)
        return OUR_FAULT
    else:
        return code


def _say(error: UserError | EnvironmentProblem, code: int) -> int:
    print(error, file=sys.stderr)
    return code


class _Formatter(argparse.HelpFormatter):
    """Says 用法 where argparse would say usage."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese where argparse would speak English."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named, add_help=False, formatter_class=_Formatter)
        self._others: dict[str, _Parser] = {}
        self.words = self.add_argument_group("参数")
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示这份说明")

    def instead(self, word: str) -> "_Parser":
        """Return the parser of what follows when the first argument is ``word``."""
        self._others[word] = _Parser(prog=f"{self.prog} {word}")
        return self._others[word]

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride] - stubs overload it
        self, args: Any = None, namespace: Any = None
    ) -> Any:
        """Read the arguments, by the parser that their first word asks for."""
        words = list(sys.argv[1:] if args is None else args)
        other = self._others.get(words[0]) if words else None
        if other:
            return other.parse_known_args(words[1:], namespace)
        return super().parse_known_args(words, namespace)

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - it is English; the usage line tells as much
        self.exit(
            WRITTEN_WRONG, f"{self.format_usage()}命令写错了。请照上面的用法改正；加 --help 可以看说明。\n"
        )


def _parser() -> _Parser:
    parser = _Parser(
        prog="mediation-desktop", description="平安调解工作台：登记、调解、打印、报送都在本机完成。"
    )
    version = f"平安调解工作台 {__version__}"
    parser.options.add_argument("--version", action="version", version=version, help="显示版本")
    parser.options.add_argument("--data-dir", metavar="文件夹", type=Path, help="数据所在的文件夹")
    parser.options.add_argument(
        "--smoke-test", action="store_true", help="逐页打开后自动关闭，有任何警告则返回非零"
    )
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(title="命令", metavar="命令")
    _paper_parser(commands.add_parser("paper", help="由纠纷文件直接打印文书；paper verify 核验文书 PDF"))
    _bundle_parser(commands.add_parser("bundle", help="核验或打开数据包"))
    _forms_parser(commands.add_parser("forms", help="检查文书格式，或列出格式里可以用的名称"))
    demo = commands.add_parser("demo", help="用八个示例纠纷建立演示单位")
    demo.options.add_argument("--headless", action="store_true", help="不开窗口，走完登记到报送的全过程")
    demo.options.add_argument(
        "--data-dir", metavar="文件夹", type=Path, default=argparse.SUPPRESS, help="演示数据放在哪里"
    )
    demo.set_defaults(command=_demo)
    return parser


def _paper_parser(parser: _Parser) -> None:
    parser.words.add_argument("form", metavar="文书", help="文书代号，如 agreement（调解协议书）")
    parser.words.add_argument("case", metavar="纠纷文件.toml", type=Path)
    parser.words.add_argument("out", metavar="输出文件.pdf|.docx", type=Path)
    parser.options.add_argument(
        "--which", metavar="第几份", type=int, help="有几次调解、调查或回访时，打印第几次的；不写就是最后一次"
    )
    parser.set_defaults(command=_paper)

    verify = parser.instead("verify")
    verify.words.add_argument("file", metavar="文书.pdf", type=Path)
    verify.options.add_argument(
        "--office", metavar="文件夹", type=Path, help="本单位数据所在的文件夹，与存档的核对，要输入密码"
    )
    verify.set_defaults(command=_verify_paper)


def _bundle_parser(parser: _Parser) -> None:
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    verify = commands.add_parser("verify", help="核验签名和完整性，不解密")
    opening = commands.add_parser("open", help="核验、解密并取出到文件夹")
    for each, command in ((verify, _verify), (opening, _open)):
        each.words.add_argument("file", metavar="数据包.tjb", type=Path)
        each.options.add_argument("--trust", metavar="信任名单.tjtrust", type=Path, required=True)
        each.set_defaults(command=command)
    opening.options.add_argument("--identity", metavar="解密密钥文件", type=Path, required=True)
    opening.options.add_argument("--to", metavar="文件夹", type=Path, required=True)


def _forms_parser(parser: _Parser) -> None:
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    check = commands.add_parser("check", help="检查文书格式，指出所有要改的地方，并试印样例")
    check.words.add_argument(
        "folder",
        metavar="文件夹",
        type=Path,
        nargs="?",
        help="一种文书的文件夹，或放着这些文件夹的文件夹；不写就检查随程序附带的",
    )
    check.options.add_argument(
        "--shipped", dest="folder", action="store_const", const=None, help="检查随程序附带的"
    )
    check.set_defaults(command=_check_forms)
    commands.add_parser("names", help="列出格式里可以用的名称").set_defaults(command=_form_names)


def load_window() -> ModuleType:
    """Load ``app``; nothing is collected until it has its window up, for a start leaves no rubbish."""
    gc.disable()
    from mediation_desktop import app

    return app


def _window(options: argparse.Namespace) -> int:
    folder = options.data_dir or default_data_folder()
    return load_window().run_window(folder, smoke_test=options.smoke_test)


def _paper(options: argparse.Namespace) -> int:
    from mediation_desktop.services.casefiles.printing import print_case

    for line in print_case(options.form, options.case, options.out, which=options.which):
        print(line)
    return DONE


def _verify_paper(options: argparse.Namespace) -> int:
    from mediation_desktop.services import proofs

    data = proofs.read_pdf(options.file)
    for line in _verified_in_office(options.office, data) if options.office else proofs.verify_alone(data):
        print(line)
    return DONE


def _verified_in_office(folder: Path, data: bytes) -> list[str]:
    from mediation_desktop.services import proofs
    from mediation_desktop.services.office import open_office

    desk = open_office(folder, getpass.getpass("密码："))
    try:
        return proofs.verify_kept(desk, data)
    finally:
        desk.office_file.close()


def _verify(options: argparse.Namespace) -> int:
    from mediation_desktop.county.reader import verify

    for line in verify(options.file, options.trust).lines():
        print(line)
    return DONE


def _open(options: argparse.Namespace) -> int:
    from mediation_desktop.county.reader import open_to

    for line in open_to(options.file, options.trust, options.identity, options.to).lines():
        print(line)
    return DONE


def _check_forms(options: argparse.Namespace) -> int:
    from mediation_desktop.services.casefiles.trying import try_forms

    tried = try_forms(options.folder)
    for line in tried.lines:
        print(line)
    print("有要改正的地方。" if tried.wrong else "没有要改正的地方。")
    return FORM_WRONG if tried.wrong else DONE


def _form_names(_: argparse.Namespace) -> int:
    from mediation_desktop.documents.formguide import names_told

    for line in names_told():
        print(line)
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from mediation_desktop import demo

    if options.headless:
        demo.run_headless(options.data_dir, lambda line: print(line, flush=True))
        return DONE
    app = load_window()
    app.require_screen()
    shown = demo.build(options.data_dir)
    return app.run_demo_window(shown.desk.folder, shown.desk)


if __name__ == "__main__":
    sys.exit(main())
