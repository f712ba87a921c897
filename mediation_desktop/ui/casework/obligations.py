"""履行清单: a form for each thing that somebody owes."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.services.desk import Desk
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.instalments import InstalmentsEdit
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, MoneyEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat

_NAMES = ("what", "standard", "amount_fen", "method", "place", "account", "due_on", "instalments")


class Obligations(Repeat):
    """Any number of obligations of one agreement; a form that showed a kept one goes on with it."""

    def __init__(
        self,
        desk: Desk,
        dossier: Dossier,
        kept: Sequence[records.Obligation],
        today: Callable[[], date],
    ) -> None:
        self._desk, self._dossier, self._today = desk, dossier, today
        super().__init__(self._form, noun="履行义务")
        self.set_values([_shown(item) for item in kept])
        self._kept_in = dict(zip(self.forms, kept, strict=True))

    def obligations(self, agreement_id: UUID) -> tuple[records.Obligation, ...]:
        """Return the obligations as the forms say, in their order."""
        made = []
        for place, form in enumerate(self.forms):
            values = form.values()
            base = self._kept_in.get(form) or records.Obligation(
                id=self._desk.new_id(),
                dispute_id=self._dossier.dispute.id,
                agreement_id=agreement_id,
                position=place,
                debtor_id=UUID(values["debtor"]),
                creditor_id=UUID(values["creditor"]),
            )
            parties = {"debtor_id": UUID(values.pop("debtor")), "creditor_id": UUID(values.pop("creditor"))}
            changed = parties | values | {"position": place, "method": values["method"] or ""}
            made.append(replace(base, **changed))
        return tuple(made)

    def _form(self) -> Form:
        parties = options.of_parties(self._dossier.parties)
        methods = self._desk.codes.payment_methods
        form = Form(columns=3)
        form.add("debtor", "义务人", Choice(parties), required=True)
        form.add("creditor", "权利人", Choice(parties), required=True)
        form.add("due_on", "期限", DateEdit(self._today))
        form.add("what", "做什么（付款的不填）", LineEdit())
        form.add("amount_fen", "付多少（元）", MoneyEdit())
        form.add("method", "方式", Choice(options.of_names(methods)))
        form.add("place", "地点", LineEdit())
        form.add("account", "收款账户", LineEdit())
        form.add("standard", "做到什么样算完成", LineEdit())
        form.add("instalments", "分期（一行一期，如 7.15 6000）", InstalmentsEdit(self._today), wide=True)
        usual = [str(party.id) for party in self._dossier.parties]
        if len(usual) > 1:
            form.set_values({"debtor": usual[1], "creditor": usual[0]})
        return form


def _shown(item: records.Obligation) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in _NAMES}
    return values | {"debtor": str(item.debtor_id), "creditor": str(item.creditor_id)}
