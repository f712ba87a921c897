"""Every panel of the dispute page by its key."""

from mediation_desktop.ui.casework.ending import ClosingPanel, ConfirmationPanel, VisitPanel
from mediation_desktop.ui.casework.intake import (
    EndPanel,
    FactsPanel,
    InvitedPanel,
    NoticePanel,
    PartyPanel,
    RefusalPanel,
    StepPanel,
)
from mediation_desktop.ui.casework.meeting import RecordPanel, SchedulePanel
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.casework.performing import ActPanel, PaymentPanel, PerformedPanel, UrgingPanel
from mediation_desktop.ui.casework.risk import MinorCheckPanel, RiskPanel, RiskReportPanel
from mediation_desktop.ui.casework.settlement import AgreementPanel, SigningPanel
from mediation_desktop.ui.casework.special import MandatoryReportPanel, PrivateTalkPanel

PANELS: dict[str, type[Panel]] = {
    panel.key: panel
    for panel in (
        StepPanel,
        EndPanel,
        NoticePanel,
        RefusalPanel,
        FactsPanel,
        PartyPanel,
        InvitedPanel,
        SchedulePanel,
        RecordPanel,
        AgreementPanel,
        SigningPanel,
        PaymentPanel,
        ActPanel,
        PerformedPanel,
        UrgingPanel,
        VisitPanel,
        ClosingPanel,
        ConfirmationPanel,
        RiskPanel,
        RiskReportPanel,
        MinorCheckPanel,
        MandatoryReportPanel,
        PrivateTalkPanel,
    )
}
