"""Every panel of the dispute page by its key."""

from mediation_desktop.ui.casework.archiving import ArchivePanel, RetentionPanel
from mediation_desktop.ui.casework.change import ChangePanel
from mediation_desktop.ui.casework.clock import AbovePanel, ExtendPanel, PausePanel, RegradePanel, ResumePanel
from mediation_desktop.ui.casework.contact import AttemptPanel, NoticePanel, PrivateNotePanel
from mediation_desktop.ui.casework.contents import ContentsPanel
from mediation_desktop.ui.casework.edossier import ElectronicPanel
from mediation_desktop.ui.casework.ending import ClosingPanel, ConfirmationPanel, VisitPanel
from mediation_desktop.ui.casework.evidence import EvidencePanel, InvestigationPanel
from mediation_desktop.ui.casework.explain import ExplainPanel
from mediation_desktop.ui.casework.intake import (
    FactsPanel,
    InvitedPanel,
    PartyPanel,
    RefusalPanel,
)
from mediation_desktop.ui.casework.land import LandPanel, SketchPanel
from mediation_desktop.ui.casework.mediators import MediatorsPanel
from mediation_desktop.ui.casework.meeting import RecordPanel, SchedulePanel
from mediation_desktop.ui.casework.oral import OralPanel
from mediation_desktop.ui.casework.pack import PackPanel
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.casework.performing import ActPanel, PaymentPanel, PerformedPanel, UrgingPanel
from mediation_desktop.ui.casework.receipt import ReceiptPanel
from mediation_desktop.ui.casework.reportsheet import ReportSheetPanel
from mediation_desktop.ui.casework.risk import MinorCheckPanel, RiskPanel, RiskReportPanel
from mediation_desktop.ui.casework.settlement import AgreementPanel, SigningPanel
from mediation_desktop.ui.casework.special import MandatoryReportPanel, PrivateTalkPanel
from mediation_desktop.ui.casework.steps import AcceptPanel, EndPanel, StepPanel

PANELS: dict[str, type[Panel]] = {
    panel.key: panel
    for panel in (
        AcceptPanel,
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
        PausePanel,
        ResumePanel,
        RegradePanel,
        ExtendPanel,
        AbovePanel,
        AttemptPanel,
        PrivateNotePanel,
        MediatorsPanel,
        InvestigationPanel,
        EvidencePanel,
        LandPanel,
        SketchPanel,
        ArchivePanel,
        RetentionPanel,
        ReceiptPanel,
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
        ReportSheetPanel,
        OralPanel,
        ChangePanel,
        ExplainPanel,
        PackPanel,
        ContentsPanel,
        ElectronicPanel,
    )
}
