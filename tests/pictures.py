"""Small image files for tests, made on the spot."""

from io import BytesIO

from PIL import Image


def photo(width=400, height=300, colour=(90, 140, 80), kind="JPEG", place=None):
    """Return the bytes of a photo of one colour; with ``place`` it tells where it was taken."""
    told = Image.Exif()
    if place:
        told[0x010F] = "HUAWEI"
        told.get_ifd(0x8825)[2] = place
    stream = BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, kind, exif=told)
    return stream.getvalue()
