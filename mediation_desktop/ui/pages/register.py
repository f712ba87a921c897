"""登记纠纷: the first entry of a dispute with its parties, kept as a draft while it is typed."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from mediation_desktop.domain.records import Dispute, Enquiry, Party
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.disputes import acceptance_check, register_dispute
from mediation_desktop.services.drafts import draft, drop_draft, keep_draft
from mediation_desktop.services.enquiries import enquiries, source_note
from mediation_desktop.services.intake import Twin, likely_twins
from mediation_desktop.services.mediators import conflicts_with
from mediation_desktop.services.office import OfficeView, office_view
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.dispute_form import DisputeForm
from mediation_desktop.ui.casework.party_form import PartyForm, party_forms
from mediation_desktop.ui.casework.steps import acceptance_questions
from mediation_desktop.ui.casework.twins import TwinCard
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button, restyle
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import LineEdit, Tick
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.search import PAUSE_MS
from mediation_desktop.ui.widgets.sheet import Repeat, Sheet

DRAFT_KEY = "register"
_FIRST_SIDES = ("申请人", "被申请人")


class _Loaded(Struct, frozen=True):
    """What the page reads: who works here, who came, and what was typed before."""

    view: OfficeView
    enquiry_id: UUID | None
    enquiry: Enquiry | None
    typed: Any


class RegisterPage(DeskPage):
    """One sheet: the dispute, its parties, who takes care of it."""

    title: ClassVar[str] = "登记纠纷"
    help_text: ClassVar[str] = (
        "先填带“必填”的几项就可以保存，其余以后再补。\n"
        "填了身份证号，性别、出生日期和年龄会自动算出；未满18周岁的会要求填写法定代理人。\n"
        "正在填写的内容每两秒自动留存，关机也不会丢。\n"
        "按回车到下一项；写情况的大框里按 Ctrl+回车 到下一项。"
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._view: OfficeView | None = None
        self._twins: tuple[UUID, ...] = ()
        self._enquiry_id: UUID | None = None
        self._enquiry: Enquiry | None = None
        codes = self.desk.codes
        self.dispute_form = DisputeForm(codes, self.today)
        self.parties = Repeat(self._party_form, noun="当事人", least=2, more_likely=False)
        self.handling = Form(columns=3)
        self.handling.add("mediator", "调解员", Choice(), required=True)
        self.handling.add("recorder", "记录人", LineEdit())
        self.handling.add("accept", "受理", Tick("登记后马上受理，开始计算办结期限"))
        self.handling.add(
            "yes", "受理审查：有这些情形的打勾，都没有就不用管", acceptance_questions(codes), wide=True
        )
        self.sheet = Sheet(cards=True)
        self.sheet.add("dispute", self.dispute_form, "纠纷")
        self.sheet.add("parties", self.parties, "当事人")
        self.sheet.add("handling", self.handling, "办理")
        self.body.addWidget(self.sheet)
        self.twins = TwinCard()
        self.twins.opened.connect(lambda dispute_id: workspace.go("dispute", dispute_id))
        self.twins.another.connect(lambda: self._register(linked=False))
        self.twins.linked.connect(lambda: self._register(linked=True))
        self.body.addWidget(self.twins)
        self.against = label("", "small")
        self.body.addWidget(self.against)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look_for_conflicts)
        self.sheet.edited.connect(self._pause.start)
        buttons = QHBoxLayout()
        self.save_button = button("保存登记", self.save, kind="primary", icon="save")
        buttons.addWidget(self.save_button)
        self.keep_in_sight(self.save_button)
        self.sheet.completed.connect(self.save_button.setFocus)
        buttons.addWidget(button("清空重填", self.start_over, icon="delete"))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addStretch(1)
        self.keeper = self.keep_drafts(DraftKeeper(self.sheet, self._keep, self._drop, self))
        self._fill_in()

    def enter(self, argument: object) -> None:
        """Begin in the first field; the argument is the id of the 来访来电 that is to become a dispute."""
        wanted = argument if isinstance(argument, UUID) else None
        if wanted != self._enquiry_id:
            self.flush_drafts()
            self._enquiry_id, self._enquiry = wanted, None
            self.banner.clear()
            self.sheet.clear()
            if not self._stale:
                self.refresh(None)
        self.to_top()
        self.sheet.begin()

    def refresh(self, change: Change | None) -> None:
        """Load who works here and who came, then offer back what was typed and not saved."""
        del change
        desk, enquiry_id = self.desk, self._enquiry_id
        self.work(lambda _progress: _load(desk, enquiry_id), on_success=self._loaded)

    def save(self) -> None:
        """Look whether the dispute was entered already; if not, keep it and go to its page."""
        if not self.sheet.ready() or self._view is None:
            return
        dispute, parties = self._records(self._view)
        self.save_button.setEnabled(False)
        self.work(
            lambda _progress: likely_twins(self.desk, dispute, parties),
            on_success=self._compared,
            on_end=lambda: self.save_button.setEnabled(True),
        )

    def _compared(self, twins: tuple[Twin, ...]) -> None:
        self._twins = tuple(twin.line.id for twin in twins)
        self.twins.show_twins(twins)
        if twins:
            self.twins.anyway.setFocus()
        else:
            self._register(linked=False)

    def _register(self, *, linked: bool) -> None:
        """Keep the dispute; ``linked`` notes that it goes back to those that look like it."""
        if not self.sheet.ready() or self._view is None:
            return
        dispute, parties = self._records(self._view)
        dispute = replace(dispute, linked_ids=self._twins if linked else ())
        handling = self.handling.values()
        check = acceptance_check(self.desk, dispute.id, handling["yes"])
        accept, enquiry = handling["accept"] and not handling["yes"], self._enquiry
        self.save_button.setEnabled(False)
        self.work(
            lambda _progress: register_dispute(
                self.desk, dispute, parties, check=check, accept=accept, enquiry=enquiry
            ),
            on_success=self._saved,
            on_end=lambda: self.save_button.setEnabled(True),
        )

    def start_over(self) -> None:
        """Empty the sheet and forget the draft."""
        self._empty()
        self.keeper.drop()
        self.banner.clear()

    # Inside.

    def _party_form(self) -> PartyForm:
        village = self._view.committee.village if self._view else ""
        form = PartyForm(self.desk.codes, self.today, ask=self.ask, village=village)
        form.dispute_wanted.connect(lambda dispute_id: self.workspace.go("dispute", dispute_id))
        return form

    def _look_for_conflicts(self) -> None:
        """Say what speaks against the mediator before he or she is named."""
        if self._view is None or not self.handling.values()["mediator"]:
            self.against.setText("")
            return
        mediator_id = UUID(self.handling.values()["mediator"])
        parties = tuple(party for party in self._records(self._view)[1] if party.name)
        self.ask(
            self.against,
            lambda desk: conflicts_with(desk, parties),
            lambda found: self._say(
                [conflict.reason for conflict in found if conflict.mediator_id == mediator_id]
            ),
        )

    def _say(self, against: list[str]) -> None:
        words = f"请核对：{'；'.join(against)}。请换一名调解员，或者登记后在“调解员”里写明理由。"
        self.against.setText(words if against else "")
        restyle(self.against, "warning" if against else "")

    def _records(self, view: OfficeView) -> tuple[Dispute, tuple[Party, ...]]:
        desk, handling = self.desk, self.handling.values()
        base = Dispute(
            id=desk.new_id(),
            number="",
            type_code="",
            source_code="",
            grade_code="",
            committee_id=view.committee.id,
            studio_id=view.studio.id if view.studio else None,
            mediator_ids=(UUID(handling["mediator"]),),
            recorder=handling["recorder"],
            source_note=source_note(desk, self._enquiry) if self._enquiry else "",
            registered_on=self.today(),
        )
        dispute = self.dispute_form.dispute(base)
        forms = party_forms(self.parties.forms)
        parties = tuple(form.party(desk.new_id(), dispute.id, place) for place, form in enumerate(forms))
        return dispute, parties

    def _saved(self, change: Change) -> None:
        self.keeper.drop()
        self._enquiry_id = self._enquiry = None
        self._empty()
        self.workspace.broadcast(change)
        self.workspace.go("dispute", change.dispute_id)
        self.workspace.tell("已登记。", change)

    def _empty(self) -> None:
        self.sheet.clear()
        self._fill_in()
        self._say([])
        self.twins.show_twins(())

    def _loaded(self, loaded: _Loaded) -> None:
        if loaded.enquiry_id != self._enquiry_id:
            return
        self._view, self._enquiry = loaded.view, loaded.enquiry
        chooser: Any = self.handling.fields["mediator"].editor
        chooser.set_options(options.of_mediators(self._view.mediators))
        self._fill_in()
        if self.keeper.restore(loaded.typed):
            self.banner.info("已恢复上次没有保存的登记内容。", "接着填写后保存；不要了可以清空重填。")

    def _fill_in(self) -> None:
        """Put in what is most often right, where nothing stands yet."""
        usual: dict[str, Any] = {"registered_on": self.today(), "source_code": "application"}
        usual["grade_code"] = "simple"
        handling: dict[str, Any] = {"accept": True}
        if self._view:
            usual |= {"town": self._view.committee.town, "village": self._view.committee.village}
            here = [one for one in self._view.mediators if one.name == self.desk.actor]
            mediator = (here or list(self._view.mediators))[0]
            handling |= {"mediator": str(mediator.id), "recorder": self._view.office.recorder}
        if told := self._enquiry:
            _put_missing(self.dispute_form, {"village": told.village, "summary": told.said})
            _put_missing(self.parties.forms[0], {"name": told.name, "phone": told.phone})
        _put_missing(self.dispute_form, usual)
        _put_missing(self.handling, handling)
        for form, side in zip(self.parties.forms, _FIRST_SIDES, strict=False):
            _put_missing(form, {"side": side, "kind": "person", "nation": "汉族"})

    def _keep(self, texts: dict[str, str]) -> None:
        key = _draft_key(self._enquiry_id)
        self.work(lambda _progress: keep_draft(self.desk, key, texts))

    def _drop(self) -> None:
        key = _draft_key(self._enquiry_id)
        self.work(lambda _progress: drop_draft(self.desk, key))


def _draft_key(enquiry_id: UUID | None) -> str:
    """Return where a registration is kept while it is typed: each enquiry's has a place of its own."""
    return f"{DRAFT_KEY}/{enquiry_id}" if enquiry_id else DRAFT_KEY


def _load(desk: Desk, enquiry_id: UUID | None) -> _Loaded:
    kept = draft(desk, _draft_key(enquiry_id))
    found = enquiries(desk, [enquiry_id]) if enquiry_id else ()
    return _Loaded(office_view(desk), enquiry_id, found[0] if found else None, kept and kept.value)


def _put_missing(form: Form, values: Mapping[str, Any]) -> None:
    now = form.values()
    form.set_values({key: value for key, value in values.items() if now[key] in (None, "", False)})
