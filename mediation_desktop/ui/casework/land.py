"""Panels of land as villagers say it: the sides by landmarks, how it is used, and sketches."""

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mediation_desktop.domain import land, records, sketches
from mediation_desktop.domain.checks import Weight
from mediation_desktop.services import attachments, inquiries
from mediation_desktop.services import sketches as sketching
from mediation_desktop.ui.casework.panel import Panel, work_for
from mediation_desktop.ui.casework.reason import ReasonRow
from mediation_desktop.ui.casework.sketch import SketchBoard
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import LineEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.rows import RowButton
from mediation_desktop.ui.widgets.sheet import Repeat

_WHITE = Option("white", "白纸")


class LandPanel(Panel):
    """四至和附图."""

    key: ClassVar[str] = "land"
    heading: ClassVar[str] = "四至和附图"
    explains: ClassVar[str] = "按村里人的说法写：东至老枫树，南至水渠。"

    def build(self) -> None:
        """Ask for the sides and the use; list the sketches."""
        dispute = self.dossier.dispute
        known = {land.side_of(item): item.mark for item in dispute.landmarks}
        self.sides = Form(columns=4, column_ems=9)
        for side in land.SIDES:
            self.sides.add(side, f"{side}至", LineEdit())
        self.sides.set_values({side: known.get(side, "") for side in land.SIDES})
        self.sheet.add("sides", self.sides, "四至")
        self.others = Repeat(self._direction_form, noun="其他方位", compact=True, more_likely=False)
        others = [item for item in dispute.landmarks if land.side_of(item) not in land.SIDES]
        self.others.set_values([{"direction": land.side_of(one), "mark": one.mark} for one in others])
        self.sheet.add("others", self.others)
        self.use = Form(columns=1)
        hint = "谁在种、谁在管、怎么走水，例如：1985年起由李家管护、砍竹。"
        self.use.add("land_use", "使用现状（只写怎么使用，不写归谁）", TextEdit(lines=2), hint=hint)
        self.use.set_values({"land_use": dispute.land_use})
        self.use.edited.connect(self._watch_title)
        self._watch_title()
        self.sheet.add("use", self.use)
        self._column.addWidget(label(land.USE_ONLY, "strong"))
        self._column.addWidget(self._sketches())
        self.main_button("保存四至", self.save)
        self.other_button("画一张附图", self.draw, icon="edit")
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the sides and the use."""
        self._save(None)

    def draw(self) -> None:
        """Keep what is written and go on to a new sketch."""
        self._save(lambda: self.go_on("sketch"))

    def _save(self, then: Callable[[], object] | None) -> None:
        if not self.sheet.ready():
            return
        others = [(form.values()["direction"], form.values()["mark"]) for form in self.others.forms]
        marks = land.landmarks(self.sides.values(), others)
        use, dispute_id = self.use.values()["land_use"], self.dossier.dispute.id
        self.host.finish(
            lambda: inquiries.save_land(self.desk, dispute_id, marks, use),
            "已保存四至。",
            then,
        )

    def _watch_title(self) -> None:
        """Say it where words speak of ownership; it never bars saving."""
        field = self.use.fields["land_use"]
        if land.claims_title(field.editor.value()):
            field.show_finding(
                Weight.WARNING,
                "这里只写怎么使用。山林、土地、房屋归谁所有，调解不能确认，由人民政府依法处理。",
            )
        else:
            field.show_finding(None)

    def _direction_form(self) -> Form:
        form = Form(columns=4, column_ems=9)
        form.add("direction", "方位（如东北、坎上）", LineEdit())
        form.add("mark", "至什么", LineEdit(), rest=True)
        return form

    def _sketches(self) -> Card:
        card = Card("附图")
        if not self.dossier.sketches:
            card.body.addWidget(label("还没有附图。写好四至后按“画一张附图”，会先按四至画好样子。", "soft"))
        for item in self.dossier.sketches:
            row = RowButton(f"{item.title}，点开可修改")
            words = QVBoxLayout()
            words.addWidget(label(item.title, "strong"))
            over = "画在照片上" if item.background_id else "画在白纸上"
            words.addWidget(label(f"{over}，共{len(item.marks)}处", "small"))
            row.row.addLayout(words, 1)
            row.clicked.connect(lambda one=item: self.host.open_panel("sketch", one.id))
            card.body.addWidget(row)
        return card


class SketchPanel(Panel):
    """附图: one drawing; the argument is a kept sketch's id."""

    key: ClassVar[str] = "sketch"
    heading: ClassVar[str] = "附图"
    explains: ClassVar[str] = "上北下南，左西右东。不想画的，按“照四至画”就有一张可以打印的图。"

    def build(self) -> None:
        """Ask for the title and the sheet, and show the drawing."""
        kept = {str(one.id): one for one in self.dossier.sketches}
        self.kept = kept.get(str(self.argument))
        photos = [one for one in self.dossier.attachments if one.media_type.startswith("image/")]
        offered = [_WHITE, *(Option(str(one.id), one.caption or one.name) for one in photos)]
        self.form = Form(columns=2)
        self.form.add("title", "名称", LineEdit(), required=True)
        self.form.add("background", "画在哪里", Choice(offered), required=True)
        self.form.edited.connect(self._follow_background)
        self.sheet.add("sketch", self.form)
        self.board = SketchBoard()
        row = QHBoxLayout()
        row.addWidget(button("照四至画", self.draw_landmarks, icon="place"))
        row.addStretch(1)
        self._column.insertLayout(1, row)
        self.sheet.add("drawing", self.board)
        self._begin_with()
        self._column.addWidget(label(land.USE_ONLY, "strong"))
        self.main_button("保存附图", self.save)
        self.other_button("回到四至", lambda: self.host.open_panel("land"))
        if self.kept:
            self.other_button("移除这张附图", self._ask_why, icon="delete")
        self.reason = ReasonRow(self)
        self._column.addWidget(self.reason)

    def save(self) -> None:
        """Keep the drawing."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        base = self.kept or records.Sketch(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, position=0, title=""
        )
        made = replace(
            base,
            title=values["title"],
            background_id=self._background(),
            marks=self.board.marks,
        )
        self.host.finish(
            lambda: sketching.save_sketch(self.desk, made),
            "已保存附图。",
            lambda: self.go_on("land"),
        )

    def draw_landmarks(self) -> None:
        """Begin with what the sides say; what was drawn can be had back with 撤销."""
        marks = self._first_marks()
        if not marks:
            self.host.banner.info("还没有写四至。", "请先按“回到四至”写上东南西北各到哪里。")
            return
        self.board.change(marks)

    def _begin_with(self) -> None:
        """Show the kept drawing, or the sides as a first one."""
        kept = self.kept
        if kept:
            self.board.show_marks(kept.marks)
        else:
            self.board.show_marks(self._first_marks())
        self._shown_background = ""
        self.form.set_values(
            {
                "title": kept.title if kept else f"{sketches.title(len(self.dossier.sketches))}　四至示意图",
                "background": str(kept.background_id) if kept and kept.background_id else _WHITE.code,
            }
        )
        self._follow_background()

    def _first_marks(self) -> tuple[records.Mark, ...]:
        """Return what the sides make by themselves."""
        marks = self.dossier.dispute.landmarks
        return sketches.from_landmarks(marks) if marks else ()

    def _background(self) -> UUID | None:
        value = self.form.values()["background"]
        return UUID(value) if value and value != _WHITE.code else None

    def _follow_background(self) -> None:
        """Lay the chosen photo under the drawing."""
        chosen = self.form.values()["background"] or ""
        if chosen == self._shown_background:
            return
        self._shown_background = chosen
        photo = next((one for one in self.dossier.attachments if str(one.id) == chosen), None)
        if photo is None:
            self.board.canvas.show_photo(None)
            return
        if self.board.marks == self._first_marks():  # the compass is of no use on a photo
            self.board.show_marks(())
        desk, sha256 = self.desk, photo.sha256
        work_for(
            self,
            self.host,
            lambda _progress: attachments.read(desk, sha256),
            self.board.canvas.show_photo,
        )

    def _ask_why(self) -> None:
        kept = self.kept
        if kept:
            self.reason.ask(
                "这张附图",
                lambda reason: self.host.finish(
                    lambda: sketching.remove_sketch(self.desk, kept, reason),
                    "已移除，“谁改过什么”里仍可查到。",
                ),
            )
