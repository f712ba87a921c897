"""设置: the office, its people, how the window looks, whom it sends to, and this PC."""

from typing import ClassVar

from mediation_desktop.services.desk import Change
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.settings.affairs import AffairsCard
from mediation_desktop.ui.settings.committee import CommitteeCard
from mediation_desktop.ui.settings.look import LookCard
from mediation_desktop.ui.settings.machine import LicenceCard, MachineCard, PackCard
from mediation_desktop.ui.settings.numbers import NumbersCard
from mediation_desktop.ui.settings.office import OfficeCard
from mediation_desktop.ui.settings.people import MediatorsCard
from mediation_desktop.ui.settings.personal import PersonalCard
from mediation_desktop.ui.settings.secrets import SecretsCard
from mediation_desktop.ui.shell import Page, Workspace
from mediation_desktop.ui.shell.window import Memory

_NUMBERED = frozenset({"dispute", "agreement"})


class SettingsPage(Page):
    """Cards, one below the other."""

    title: ClassVar[str] = "设置"
    help_text: ClassVar[str] = (
        "本单位、调解员：改了以后只影响新的登记和文书，已经印出的不变。\n"
        "委员会和任期：推选日期、任期届满日期，和法律对委员会组成的要求；名册可以复制、打印。\n"
        "单位事务：移交、到期卷宗、补贴。\n"
        "外观：大字和深色马上生效，本机会记住。\n"
        "开通包：县里换发新的开通包时在这里读入。\n"
        "密码和恢复单：没有密码时只有恢复单能打开数据，请打印并交司法所代管。\n"
        "个人密码：强制报告、单独询问这些专门登记，只有个人密码打得开。\n"
        "本机：第一次报送时，把本机指纹抄在交接单上。"
    )
    shows: ClassVar[frozenset[str]] = frozenset(
        {"office", "committee", "studio", "mediator", "recipient", *_NUMBERED}
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk, memory: Memory) -> None:
        super().__init__(workspace)
        self.office = OfficeCard(self, at_desk)
        self.numbers = NumbersCard(at_desk)
        self.people = MediatorsCard(self, at_desk)
        self.committee = CommitteeCard(self, at_desk)
        self.affairs = AffairsCard(self)
        self.look = LookCard(memory)
        self.secrets = SecretsCard(self, at_desk)
        self.personal = PersonalCard(self, at_desk)
        self.pack = PackCard(self, at_desk)
        self.machine = MachineCard(at_desk)
        self.licence = LicenceCard()
        cards = (
            self.office,
            self.numbers,
            self.people,
            self.committee,
            self.affairs,
            self.look,
            self.secrets,
            self.personal,
            self.pack,
            self.machine,
            self.licence,
        )
        for card in cards:
            self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self, change: Change | None) -> None:
        """Show what is kept; what nobody changed stays as it is being typed."""
        kinds = change.kinds if change else self.shows
        if kinds & {"office", "committee", "studio"}:
            self.office.show_office()
        if kinds & _NUMBERED:
            self.numbers.show_numbers()
        if "mediator" in kinds:
            self.people.show_mediators()
            self.committee.show_findings()
        if "committee" in kinds:
            self.committee.show_committee()
        if "recipient" in kinds:
            self.pack.show_recipients()
        if change is None:
            self.secrets.show_state()
            self.personal.show_state()
