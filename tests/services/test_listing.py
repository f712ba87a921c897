from mediation_desktop.services.listing import Listing


def test_a_list_pastes_as_one_row_a_line_whatever_was_typed():
    listing = Listing("名册", ("姓名", "说明"), (("张三", "一\t二\n三"), ("李四", "")))
    assert listing.text.split("\n") == ["名册", "姓名\t说明", "张三\t一 二 三", "李四\t"]
