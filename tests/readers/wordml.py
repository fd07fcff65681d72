"""The XML of Word documents in short, for tests."""

from __future__ import annotations

from kg.readers.docx import draft_package
from kg.readers.draft import Draft
from tests.readers.drafts import pack

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(**targets: str) -> str:
    lines = (f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(targets.items()))
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def parts_of(body: str, *, styles: str = "", numbering: str = "", notes: str = "", main: str = "word/document.xml") -> dict[str, str]:
    folder, _, base = main.rpartition("/")
    return {
        "_rels/.rels": relations(officeDocument=main),
        f"{folder}/_rels/{base}.rels": relations(
            styles="styles.xml", numbering="numbering.xml", footnotes="notes.xml", endnotes="ends.xml"
        ),
        main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        f"{folder}/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        f"{folder}/numbering.xml": f"<w:numbering {SPACES}>{numbering}</w:numbering>",
        f"{folder}/notes.xml": f"<w:footnotes {SPACES}>{notes}</w:footnotes>",
        f"{folder}/ends.xml": f"<w:endnotes {SPACES}>{notes.replace('footnote', 'endnote')}</w:endnotes>",
    }


def read(body: str, **more: str) -> Draft:
    return draft_package(pack(parts_of(body, **more)), name="a.docx")


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells_of_row: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells_of_row)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(*steps: str) -> str:
    return "".join(f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' if one in {"begin", "separate", "end"} else one for one in steps)


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


BOX = "<w:txbxContent>{}</w:txbxContent>"
BOTH = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"  # noqa: E501
STYLES = """
<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="biaoti"><w:name w:val="标题 3"/></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="小标题"/><w:basedOn w:val="2"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="outline"><w:name w:val="章"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="round"><w:basedOn w:val="round"/></w:style>
<w:style w:type="paragraph" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="note"><w:rPr><w:vanish/></w:rPr></w:style>
"""


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, family: int, more: str = "") -> str:
    """A list; 100 is added to its number, since number 0 means no list."""
    return f'<w:num w:numId="{key + 100}"><w:abstractNumId w:val="{family}"/>{more}</w:num>'


def n(list_id: int, at: int = 0, text: str = "甲", more: str = "") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id + 100}"/></w:numPr>{more}')


LISTS = (
    abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCountingThousand", "（%2）"), level(2, "decimal", "%3."))
    + abstract(1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", '<w:lvlRestart w:val="1"/>'))
    + abstract(2, level(0, "bullet", "•"), level(1, "none", ""), level(2, "decimal", "第%3项", '<w:suff w:val="nothing"/>'))
    + abstract(3, level(0, "chineseCounting", "第%1条"), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "decimal", "%4"))
    + abstract(4, level(0, "decimal", "%1)", start=5), level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'))
    + abstract(5, level(0, "klingon", "%1、"))
    + abstract(6, '<w:numStyleLink w:val="ListStyle"/>')
    + "".join(num(key, key) for key in range(7))
    + num(10, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    + num(11, 0)
    + num(13, 0, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>')
    + num(12, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>')
)
RESTART, CONTINUE = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
