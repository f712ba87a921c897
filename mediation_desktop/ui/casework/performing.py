"""Panels of performance: who paid, what was done, who was urged, and that all of it is done."""

from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.closing import named
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.performance import Part, open_parts, parts_of
from mediation_desktop.services import disputes, performance
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel, paper_offer
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, MoneyEdit, TextEdit, Tick
from mediation_desktop.ui.widgets.form import Form


class PaymentPanel(Panel):
    """登记付款: who paid whom how much when, against which receipt.

    The argument is the id of a payment to be mended, of the obligation that a new one is for, or nothing.
    """

    key: ClassVar[str] = "payment"
    heading: ClassVar[str] = "登记付款"
    explains: ClassVar[str] = "收到多少记多少，可以分几次记；先到期的先抵。收条或者转账凭证请写上，原件入卷。"

    def build(self) -> None:
        """Show what is left and ask for the payment."""
        kept = {str(payment.id): payment for payment in self.dossier.payments}
        self.old = kept.get(str(self.argument))
        parties = options.of_parties(self.dossier.parties)
        self.form = Form(columns=3)
        self.form.add("debtor", "付款人", Choice(parties), required=True)
        self.form.add("creditor", "收款人", Choice(parties), required=True)
        self.form.add("amount_fen", "付了多少（元）", MoneyEdit(), required=True)
        self.form.add("on", "付款日期", DateEdit(self.today), required=True)
        self.form.add("proof", "收条、转账凭证（如：收条一张、转账截图）", LineEdit(), rest=True)
        self.form.set_values(self._values())
        self.sheet.add("payment", self.form)
        self.sheet.say(_told_money(self))
        self.main_button("登记付款", self.save, icon="money")
        self.other_button("登记做到的事", lambda: self.host.open_panel("act"))
        self.other_button("履行完毕", lambda: self.host.open_panel("performed"))

    def save(self) -> None:
        """Keep the payment."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        debtor, creditor = UUID(values.pop("debtor")), UUID(values.pop("creditor"))
        base = self.old or records.Payment(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            debtor_id=debtor,
            creditor_id=creditor,
            amount_fen=0,
            on=values["on"],
        )
        payment = replace(base, debtor_id=debtor, creditor_id=creditor, **values)
        self.host.finish(
            lambda: performance.record_payment(self.desk, payment),
            "已登记付款。",
            offer=paper_offer(self.host, "payment_receipt", payment.id),
        )

    def _values(self) -> dict[str, object]:
        if self.old:
            names = ("amount_fen", "on", "proof")
            values: dict[str, object] = {name: getattr(self.old, name) for name in names}
            return values | {"debtor": str(self.old.debtor_id), "creditor": str(self.old.creditor_id)}
        left = [part for part in open_parts(self.dossier) if part.left_fen]
        meant = [part for part in left if str(part.obligation.id) == str(self.argument)]
        first = next(iter(meant or left), None)
        if first is None:
            return {"on": self.today()}
        return {
            "debtor": str(first.obligation.debtor_id),
            "creditor": str(first.obligation.creditor_id),
            "amount_fen": first.left_fen,
            "on": self.today(),
        }


class ActPanel(Panel):
    """登记做到的事: an act that was promised was done; the argument is the obligation's id, or nothing."""

    key: ClassVar[str] = "act"
    heading: ClassVar[str] = "登记做到的事"
    explains: ClassVar[str] = "写做到的日期和怎样验看的；日期清空再保存，就是还没有做到。"

    def build(self) -> None:
        """Ask which one, when and how it was seen."""
        self.acts = [item for item in self.dossier.obligations if item.amount_fen is None]
        if not self.acts:
            self.sheet.say("协议里没有要做的事，只有付款。")
            self.main_button("登记付款", lambda: self.host.open_panel("payment"), icon="money")
            return
        choices = [Option(str(item.id), self._words(item)) for item in self.acts]
        self.form = Form(columns=3)
        field = self.form.add("act", "哪一项", Choice(choices), required=True, wide=True)
        self.form.add("performed_on", "做到的日期", DateEdit(self.today))
        self.form.add("performed_note", "怎样验看的（如：到场看过、对方签字）", LineEdit(), rest=True)
        undone = [item for item in self.acts if item.performed_on is None]
        chosen = next((item for item in self.acts if str(item.id) == str(self.argument)), None)
        self._show((chosen or (undone or self.acts)[0]).id)
        field.editor.edited.connect(self._follow)
        self.sheet.add("act", self.form)
        self.main_button("保存", self.save)
        self.other_button("登记付款", lambda: self.host.open_panel("payment"))
        self.other_button("履行完毕", lambda: self.host.open_panel("performed"))

    def save(self) -> None:
        """Keep when it was done."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        self.host.finish(
            lambda: performance.record_act(
                self.desk, UUID(values["act"]), values["performed_on"], values["performed_note"]
            ),
            "已登记。" if values["performed_on"] else "已改为还没有做到。",
        )

    def _words(self, item: records.Obligation) -> str:
        return f"{item.position + 1}、{self.dossier.party(item.debtor_id).name}：{item.what}"

    def _follow(self) -> None:
        chosen = self.form.values()["act"]
        if chosen:
            self._show(UUID(chosen))

    def _show(self, obligation_id: UUID) -> None:
        item = next(item for item in self.acts if item.id == obligation_id)
        self.form.set_values(
            {
                "act": str(item.id),
                "performed_on": item.performed_on or self.today(),
                "performed_note": item.performed_note,
            }
        )


class PerformedPanel(Panel):
    """履行完毕: says what is still open; the step may be taken all the same, knowingly."""

    key: ClassVar[str] = "performed"
    heading: ClassVar[str] = "履行完毕"

    def build(self) -> None:
        """Say what is open, and ask."""
        left = open_parts(self.dossier)
        self.form = Form(columns=2)
        self.form.add("on", "履行完毕日期", DateEdit(self.today), required=True)
        self.form.set_values({"on": self.today()})
        if left:
            told = "\n".join(f"· {named(self.dossier, part)}{_left(part)}" for part in left)
            self.sheet.say(f"下面几项还没有登记履行：\n{told}")
            self.form.add("anyway", "还有没登记的，仍然办理吗？", Tick("各方都说已经履行完毕，照样办理"))
        else:
            self.sheet.say("协议写的都已经登记履行。")
        self.sheet.add("performed", self.form)
        self.main_button("履行完毕", self.save, icon="done")
        if left:
            self.other_button("登记付款", lambda: self.host.open_panel("payment"))
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Take the step."""
        if not self.sheet.ready():
            return
        values, dispute_id = self.form.values(), self.dossier.dispute.id
        if not values.get("anyway", True):
            self.form.ask("anyway", "请先登记付款和做到的事；确实已经履行的，勾上再办。")
            return
        self.host.finish(
            lambda: performance.mark_performed(self.desk, dispute_id, values["on"]), "已登记履行完毕。"
        )


class UrgingPanel(Panel):
    """催促履行: who was reminded of what, how, and what the answer was."""

    key: ClassVar[str] = "urging"
    heading: ClassVar[str] = "催促履行"
    explains: ClassVar[str] = "到期没有履行的，先问清原因再催；说过的话照实记。"

    def build(self) -> None:
        """Ask for the reminder."""
        left = open_parts(self.dossier)
        about = {item.obligation.id: named(self.dossier, item) for item in reversed(left)}
        first = left[0].obligation if left else None
        self.form = Form(columns=3)
        self.form.add("on", "日期", DateEdit(self.today), required=True)
        self.form.add("party", "催的是谁", Choice(options.of_parties(self.dossier.parties)), required=True)
        ways = self.desk.codes.visit_ways
        self.form.add("how", "怎样催的", Choice(options.of_names(ways)), required=True)
        choices = [Option(str(one), words) for one, words in about.items()]
        self.form.add("about", "催的是哪一项", Choice(choices), wide=True)
        self.form.add("by", "催促人", LineEdit(), required=True)
        self.form.add("reply", "对方怎么说", TextEdit(lines=2), wide=True)
        self.form.set_values(
            {
                "on": self.today(),
                "party": str(first.debtor_id) if first else None,
                "about": str(first.id) if first else None,
                "by": self.desk.actor,
            }
        )
        self.sheet.add("urging", self.form)
        self.main_button("保存", self.save, icon="phone")
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the reminder."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        urging = records.Urging(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            on=values["on"],
            party_id=UUID(values["party"]),
            obligation_id=UUID(values["about"]) if values["about"] else None,
            how=values["how"],
            by=values["by"],
            reply=values["reply"],
        )
        self.host.finish(lambda: disputes.save_records(self.desk, "催促履行", urging), "已记下这次催促。")


def _told_money(panel: Panel) -> str:
    """Return what was agreed and what of it is paid, one part a line."""
    money = [part for part in parts_of(panel.dossier) if part.agreed_fen is not None]
    if not money:
        return "协议里没有写付款。"
    agreed, paid = sum(part.agreed_fen or 0 for part in money), sum(part.paid_fen for part in money)
    total = f"合计应付{figures(agreed)}元，已付{figures(paid)}元，还差{figures(agreed - paid)}元。"
    return "\n".join((total, *(f"· {named(panel.dossier, part)}{_left(part)}" for part in money)))


def _left(part: Part) -> str:
    if part.left_fen is None:
        return ""
    if not part.left_fen:
        return "，已付清"
    if not part.paid_fen:
        return "，还没有付"
    return f"，已付{figures(part.paid_fen)}元，还差{figures(part.left_fen)}元"
