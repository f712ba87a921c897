"""The requirements of ISO 19005-2 (PDF/A-2, level U) that concern a file like ours, clause by clause.

Each rule looks at the finished file alone, with pikepdf and fontTools, and knows nothing of how we wrote it.
"""

import io
import re
import xml.etree.ElementTree as ET

import pikepdf
from fontTools.ttLib import TTFont

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
RULES = {}
FORBIDDEN_FILTERS = {"/LZWDecode", "/Crypt"}


def rule(clause):
    def keep(check):
        RULES[clause] = check
        return check

    return keep


def broken_clauses(data):
    """Return the clauses that a file breaks."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [clause for clause, check in RULES.items() if not check(data, pdf)]


def fonts(pdf):
    found = {}
    for page in pdf.pages:
        for name, font in page.Resources.get("/Font", {}).items():
            found[(font.objgen, name)] = font
    return list(found.values())


def shown(pdf):
    """Every font with the codes that are shown in it."""
    codes = {}
    for page in pdf.pages:
        font = None
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = page.Resources.Font[str(operands[0])]
            elif str(operator) in {"Tj", "'", '"'}:
                codes.setdefault(font.objgen, (font, set()))[1].update(bytes(operands[-1]))
            elif str(operator) == "TJ":
                texts = (bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
                codes.setdefault(font.objgen, (font, set()))[1].update(b"".join(texts))
    return list(codes.values())


def program(font):
    return TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))


def streams(pdf):
    return [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]


def operators(pdf):
    return {str(operator) for page in pdf.pages for _, operator in pikepdf.parse_content_stream(page)}


def xmp(pdf):
    return ET.fromstring(pdf.Root.Metadata.read_bytes())  # noqa: S314 - our own file


def xmp_text(pdf, name, prefix):
    node = xmp(pdf).find(f".//{{{prefix}}}{name}")
    items = [item.text for item in node.iter(f"{RDF}li")]
    return items[0] if items else node.text or ""


def unicode_of(font):
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


@rule("6.1.2 header")
def _(data, _pdf):
    return re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", data)


@rule("6.1.3 trailer: identifier, no encryption, nothing after the end")
def _(data, pdf):
    return "/ID" in pdf.trailer and "/Encrypt" not in pdf.trailer and re.search(rb"%%EOF\r?\n?\Z", data)


@rule("6.1.4 cross-reference table: one space between the numbers of a subsection's head")
def _(data, _pdf):
    return re.search(rb"\nxref\n\d+ \d+\n\d{10} 65535 f", data)


@rule("6.1.7.1 streams: lengths and line ends; nothing kept outside the file")
def _(data, pdf):
    ends = [data[found.start() - 1 : found.start()] for found in re.finditer(rb"endstream\nendobj", data)]
    return (
        len(ends) >= len(streams(pdf))
        and set(ends) == {b"\n"}
        and not any(key in one for one in streams(pdf) for key in ("/F", "/FFilter", "/FDecodeParms"))
    )


@rule("6.1.7.2 filters")
def _(_data, pdf):
    return not any(str(one.get("/Filter", "")) in FORBIDDEN_FILTERS for one in streams(pdf))


@rule("6.1.13 limits: names, strings, pages")
def _(_data, pdf):
    sizes = [float(side) for page in pdf.pages for side in page.MediaBox[2:]]
    return all(3 <= size <= 14400 for size in sizes) and len(pdf.objects) < 8388607


@rule("6.2.2 pages: resources of their own, operators of the standard only")
def _(_data, pdf):
    known = {"BT", "ET", "Tm", "Tc", "Tf", "Tj", "TL", "cm", "q", "Q", "re", "f", "m", "l", "S", "w", "n"}
    return all("/Resources" in page.obj for page in pdf.pages) and operators(pdf) <= known


@rule("6.2.3 output intent: one, with an RGB profile of version 2 or 4")
def _(_data, pdf):
    (intent,) = pdf.Root.get("/OutputIntents", [None])
    if intent is None or intent.S != "/GTS_PDFA1":
        return False
    profile = intent.DestOutputProfile.read_bytes()
    return (
        profile[36:40] == b"acsp"
        and profile[8] in {2, 4}
        and profile[12:20] == b"mntrRGB "
        and intent.DestOutputProfile.N == 3
        and int.from_bytes(profile[:4], "big") == len(profile)
    )


@rule("6.2.4 colours: black of the device's grey only, which the output intent explains")
def _(_data, pdf):
    return not operators(pdf) & {"rg", "RG", "k", "K", "cs", "CS", "sc", "scn", "sh", "Do", "BI"}


@rule("6.2.5, 6.2.8, 6.2.10 no graphics states, images or transparency")
def _(_data, pdf):
    resources = [page.Resources for page in pdf.pages]
    return not any("/ExtGState" in one or one.get("/XObject") for one in resources) and not any(
        "/Group" in page.obj for page in pdf.pages
    )


@rule("6.2.11.2 font dictionaries: what a TrueType font needs, and its name is that of the face")
def _(_data, pdf):
    return all(
        font.Subtype == "/TrueType"
        and font.BaseFont == font.FontDescriptor.FontName
        and len(font.Widths) == font.LastChar - font.FirstChar + 1
        for font in fonts(pdf)
    )


@rule("6.2.11.4 every font that is used is embedded, as a named subset that has what is shown")
def _(_data, pdf):
    if not all("/FontFile2" in font.FontDescriptor for font, _ in shown(pdf)):
        return False
    return all(
        re.match(r"/[A-Z]{6}\+", str(font.BaseFont)) and codes <= set(table(font)) and "/CIDSet" not in font
        for font, codes in shown(pdf)
    )


def table(font):
    (only,) = program(font)["cmap"].tables
    return only.cmap


@rule("6.2.11.5 widths are those of the face")
def _(_data, pdf):
    for font, codes in shown(pdf):
        face = program(font)
        scale = 1000 / face["head"].unitsPerEm
        for code in codes:
            told = float(font.Widths[code - int(font.FirstChar)])
            if abs(told - face["hmtx"][table(font)[code]][0] * scale) > 1:
                return False
    return True


@rule("6.2.11.6 a symbolic face has no encoding and one map of its own")
def _(_data, pdf):
    return all(
        int(font.FontDescriptor.Flags) & 4
        and not int(font.FontDescriptor.Flags) & 32
        and "/Encoding" not in font
        and len(program(font)["cmap"].tables) == 1
        for font in fonts(pdf)
    )


@rule("6.2.11.7 level U: every code shown means a character")
def _(_data, pdf):
    return all(
        "/ToUnicode" in font
        and codes <= unicode_of(font).keys()
        and not set("".join(unicode_of(font).values())) & {"\0", "\ufeff", "\ufffe"}
        for font, codes in shown(pdf)
    )


@rule("6.2.11.8 the sign for a missing character is never shown")
def _(_data, pdf):
    return all(table(font)[code] != ".notdef" for font, codes in shown(pdf) for code in codes)


@rule("6.3 to 6.5 no annotations, forms or actions")
def _(_data, pdf):
    keys = {"/AcroForm", "/OpenAction", "/AA", "/Names", "/OCProperties", "/Perms", "/Requirements"}
    return not keys & set(pdf.Root.keys()) and not any(
        {"/Annots", "/AA", "/PresSteps"} & set(page.obj.keys()) for page in pdf.pages
    )


@rule("6.6.2 XMP, plain and well-formed")
def _(_data, pdf):
    metadata = pdf.Root.get("/Metadata")
    return (
        metadata is not None
        and metadata.Type == "/Metadata"
        and metadata.Subtype == "/XML"
        and "/Filter" not in metadata
        and metadata.read_bytes().startswith(
            b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        )
        and xmp(pdf) is not None
    )


@rule("6.6.2.3 what the file's own list says of it stands in XMP too")
def _(_data, pdf):
    info = pdf.trailer.Info
    dc, basic, of_pdf = (
        "http://purl.org/dc/elements/1.1/",
        "http://ns.adobe.com/xap/1.0/",
        "http://ns.adobe.com/pdf/1.3/",
    )
    day = re.sub(r"\D", "", xmp_text(pdf, "CreateDate", basic))
    return (
        str(info.Title) == xmp_text(pdf, "title", dc)
        and str(info.Author) == xmp_text(pdf, "creator", dc)
        and str(info.Subject) == xmp_text(pdf, "description", dc)
        and str(info.Keywords) == xmp_text(pdf, "Keywords", of_pdf)
        and str(info.Creator) == xmp_text(pdf, "CreatorTool", basic)
        and str(info.Producer) == xmp_text(pdf, "Producer", of_pdf)
        and day == re.sub(r"\D", "", str(info.CreationDate)) == re.sub(r"\D", "", str(info.ModDate))
    )


@rule("6.6.4 the file says which part and level it keeps")
def _(_data, pdf):
    if "/Metadata" not in pdf.Root:
        return False
    return [xmp(pdf).find(f".//{PDFA}{name}").text for name in ("part", "conformance")] == ["2", "U"]
