"""Build resources/base.docx, the empty Word file that papers are written into.

Run by hand when it has to change, never at build time; the same script gives the same bytes:

    python installer/build_base_docx.py resources/base.docx

It has no theme, so no face of another script can creep in.  Latin text is marked English: as
Chinese it would be broken inside numbers.
"""

import sys
import zipfile
from pathlib import Path

ROLES = (
    *("committee", "studio", "title", "number", "heading", "party"),
    *("field", "body", "table", "table_head", "sign", "footer"),
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

STYLE = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="{role}"><w:name w:val="{role}"/>'
    '<w:basedOn w:val="Normal"/><w:qFormat/></w:style>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(STYLE.format(role=role) for role in ROLES)
    + "</w:styles>"
)
SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
)
DOCUMENT = (
    f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:sectPr>'
    '<w:footerReference w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"'
    ' w:header="720" w:footer="720" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
FOOTER = (
    f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="footer"/><w:jc w:val="center"/></w:pPr></w:p></w:ftr>'
)
CORE = f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>'
PARTS = {
    "styles": ("rId1", STYLES),
    "settings": ("rId2", SETTINGS),
    "footer": ("rId3", FOOTER),
}


def members() -> dict[str, str]:
    """Return the package's files."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{name}+xml"/>' for name in PARTS
    )
    links = "".join(
        f'<Relationship Id="{key}" Type="{R}/{name}" Target="{name}.xml"/>'
        for name, (key, _) in PARTS.items()
    )
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": DOCUMENT,
        "word/_rels/document.xml.rels": relations,
        **{f"word/{name}.xml": text for name, (_, text) in PARTS.items()},
        "docProps/core.xml": CORE,
    }


def main(target: Path) -> None:
    """Write the file."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members().items():
            package.writestr(zipfile.ZipInfo(name), HEAD + text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
