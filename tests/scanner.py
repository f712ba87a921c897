"""A scanner and a phone for tests: pages of a PDF as somebody's machine would bring them in."""

import io
import random
import subprocess

from PIL import Image, ImageFilter


def page_picture(pdf, folder, page=1, dots_per_inch=200):
    """Draw one page as poppler draws it."""
    (folder / "page.pdf").write_bytes(pdf)
    where = ["-r", str(dots_per_inch), "-f", str(page), "-l", str(page), "-gray", "-singlefile"]
    subprocess.run(["pdftoppm", *where, "page.pdf", "page"], cwd=folder, check=True)
    return Image.open(folder / "page.pgm").convert("L")


def scanned(picture, *, turned=0.0, dirt=0.0, quality=70, seed=1):
    """A JPEG of the page lying askew on the glass, with dirt and the scanner's noise."""
    picture = picture.rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    chance = random.Random(seed)  # noqa: S311 - dirt is no secret
    noise = Image.frombytes("L", (256, 256), chance.randbytes(256 * 256)).resize(picture.size)
    picture = Image.blend(picture.filter(ImageFilter.GaussianBlur(0.7)), noise, dirt)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality, dpi=(200, 200))
    return stream.getvalue()


def scanned_pdf(pictures):
    """A PDF as scanners write it: one picture a page."""
    stream = io.BytesIO()
    first, *others = pictures
    first.save(stream, "PDF", save_all=True, append_images=others, resolution=200)
    return stream.getvalue()
