"""The only box that interrupts: before something that cannot be undone."""

from PySide6.QtWidgets import QMessageBox, QWidget


def confirm(parent: QWidget, question: str, consequence: str, do_it: str) -> bool:
    """Ask before something that cannot be undone; return whether the user wants it.

    Args:
        parent: the page or window that asks.
        question: one short sentence.
        consequence: what will be gone for good.
        do_it: the button's words, naming the deed (删除草稿), never 确定.
    """
    box = QMessageBox(QMessageBox.Icon.Warning, "请确认", question, parent=parent)
    box.setInformativeText(consequence)
    yes = box.addButton(do_it, QMessageBox.ButtonRole.DestructiveRole)
    yes.setProperty("kind", "danger")
    no = box.addButton("不，返回", QMessageBox.ButtonRole.RejectRole)
    for button in (yes, no):
        button.setAccessibleName(button.text())
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    chosen = box.clickedButton() is yes
    box.deleteLater()
    return chosen
