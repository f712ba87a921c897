"""Photos are made upright and small enough, lose everything but the picture, and broken ones are refused."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from mediation_desktop.documents import pictures
from mediation_desktop.domain.errors import UserError

A4_AT_200 = 2339
RED, BLUE = (200, 20, 20), (20, 20, 200)


def two_coloured(width=400, height=200, mode="RGB"):
    """Return a picture, red on the left and blue on the right."""
    image = Image.new(mode, (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def saved(image, kind="JPEG", **options):
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def exif(orientation=1):
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F] = "HUAWEI"
    told[0x9003] = "2026:06:18 15:30:00"
    told.get_ifd(0x8825)[2] = (29.0, 1.0, 41.0)
    return told


def read(picture):
    return Image.open(BytesIO(picture.data))


def near(colour, wanted):
    return all(abs(one - other) < 40 for one, other in zip(colour, wanted, strict=True))


def test_a_large_photo_is_scaled_to_what_a4_takes_and_a_small_one_is_not_blown_up():
    large = pictures.fit_for_paper(saved(two_coloured(4000, 3000)), 200)
    assert (large.width, large.height) == (A4_AT_200, round(A4_AT_200 * 3 / 4))
    assert read(large).size == (large.width, large.height)
    small = pictures.fit_for_paper(saved(two_coloured(400, 200)), 200)
    assert (small.width, small.height) == (400, 200)


def test_nothing_but_the_picture_is_left_of_the_file():
    data = saved(two_coloured(), exif=exif(), comment=b"Zhang", icc_profile=b"profile", dpi=(72, 72))
    assert b"HUAWEI" in data
    picture = pictures.fit_for_paper(data, 200)
    left = read(picture)
    assert not left.getexif()
    assert not {"exif", "comment", "icc_profile", "photoshop", "xmp"} & left.info.keys()
    assert not any(word in picture.data for word in (b"HUAWEI", b"2026:06:18", b"Zhang", b"Exif"))


def test_texts_of_a_png_go_too():
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Zhang Fugen")
    told.add_itxt("XML:com.adobe.xmp", "Zhang Fugen")
    image = two_coloured(mode="RGBA")
    image.putalpha(100)
    picture = pictures.fit_for_paper(saved(image, "PNG", pnginfo=told, exif=exif()), 200)
    assert b"Zhang" not in picture.data
    assert b"HUAWEI" not in picture.data


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (400, 200), RED),
        (2, (400, 200), BLUE),
        (3, (400, 200), BLUE),
        (4, (400, 200), RED),
        (5, (200, 400), RED),
        (6, (200, 400), RED),
        (7, (200, 400), BLUE),
        (8, (200, 400), BLUE),
        (0, (400, 200), RED),
        (77, (400, 200), RED),
    ],
)
def test_every_way_a_phone_may_have_been_held_comes_out_upright(orientation, size, corner):
    picture = pictures.fit_for_paper(saved(two_coloured(), exif=exif(orientation)), 200)
    upright = read(picture)
    assert upright.size == size
    assert near(upright.getpixel((5, 5)), corner)


def test_a_png_with_transparent_parts_stays_one_and_any_other_becomes_a_jpeg():
    clear = two_coloured(mode="RGBA")
    clear.putpixel((3, 3), (0, 0, 0, 0))
    kept = pictures.fit_for_paper(saved(clear, "PNG"), 200)
    assert (kept.extension, read(kept).format, read(kept).getpixel((3, 3))[3]) == ("png", "PNG", 0)
    for mode in ("RGB", "RGBA", "P", "L", "1", "LA"):
        flat = two_coloured(mode="RGB").convert(mode)
        made = pictures.fit_for_paper(saved(flat, "PNG"), 200)
        assert (made.extension, read(made).format) == ("jpg", "JPEG")


def test_a_scan_of_sixteen_bits_and_a_printers_jpeg_keep_their_shades():
    scan = Image.new("I;16", (40, 40), 30_000)
    grey = read(pictures.fit_for_paper(saved(scan, "PNG"), 200)).convert("L").getpixel((5, 5))
    assert abs(grey - 117) < 4
    inks = read(pictures.fit_for_paper(saved(two_coloured().convert("CMYK")), 200))
    assert near(inks.convert("RGB").getpixel((5, 5)), RED)


def test_a_thumbnail_is_small_and_upright():
    picture = pictures.thumbnail(saved(two_coloured(), exif=exif(6)), 100)
    assert (picture.width, picture.height) == (50, 100)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0 no jpeg at all",
        b"\x89PNG\r\n\x1a\n",
        saved(two_coloured())[:300],
        saved(two_coloured(), "PNG")[:-40],
        saved(two_coloured(), "GIF"),
        saved(two_coloured(), "BMP"),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_sound_photo_is_refused_in_plain_words(data):
    with pytest.raises(UserError, match="图片") as told:
        pictures.fit_for_paper(data, 200)
    assert told.value.advice


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = saved(Image.new("1", (10_000, 10_000)), "PNG")
    assert len(bomb) < 50_000
    with pytest.raises(UserError, match="像素太多"):
        pictures.fit_for_paper(bomb, 200)


def test_a_very_large_photo_of_a_phone_is_taken():
    photo = saved(Image.new("L", (9_000, 8_000), 90))
    assert pictures.fit_for_paper(photo, 200).width == A4_AT_200


SOUND = saved(two_coloured(60, 40), exif=exif())


@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=20), st.booleans())
def test_a_damaged_photo_is_taken_or_refused_but_never_a_crash(at, junk, png):
    data = saved(two_coloured(60, 40), "PNG") if png else SOUND
    spoilt = data[: at % len(data)] + junk + data[at % len(data) + len(junk) :]
    with suppress(UserError):
        assert read(pictures.fit_for_paper(spoilt, 200)).format in {"JPEG", "PNG"}
