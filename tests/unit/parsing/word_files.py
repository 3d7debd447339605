"""Word files made for tests out of the XML that matters."""

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file(body: str, **parts: str) -> bytes:
    """A DOCX with this body; further parts by name (styles, numbering, footnotes, header1 ...) and inner XML."""
    roots = {"header": "hdr", "footer": "ftr"}
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {f"r{name}": (name.rstrip("0123456789"), f"{name}.xml") for name in parts}
        ),
    }
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        root = roots.get(kind, kind)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{inner}</w:{root}>"
    return zip_file(files)


def zip_file(files: dict[str, str]) -> bytes:
    """A ZIP of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def typed_word_file(content_type: str, extra: dict[str, str] | None = None, strict: bool = False) -> bytes:
    """A Word file of one paragraph whose main part is said to be of a type, with more parts as they are."""
    w, r = (_STRICT_W, _STRICT_R) if strict else (_W, _OFFICE)
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relation = f'<Relationship Id="r1" Type="{r}/officeDocument" Target="word/main.xml"/>'
    style = f'<Relationship Id="r1" Type="{r}/styles" Target="styles.xml"/>'
    return zip_file(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{types}"><Override PartName="/word/main.xml" ContentType="{content_type}"/></Types>'
            ),
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>',
            "word/_rels/main.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{style}</Relationships>',
            "word/styles.xml": (
                f'<w:styles xmlns:w="{w}"><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/>'
                '<w:pPr><w:ind w:start="36pt"/></w:pPr></w:style></w:styles>'
            ),
            "word/main.xml": (
                f'<w:document xmlns:w="{w}"><w:body><w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>Words</w:t>'
                "</w:r></w:p></w:body></w:document>"
            ),
            **(extra or {}),
        }
    )


def p(text: str = "", properties: str = "", inner: str = "") -> str:
    """A paragraph: a run with the text, and more runs as XML."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph in a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def abstract_list(*levels: str, list_id: int = 0, extra: str = "") -> str:
    """An abstract list; each level is the inner XML of its ``w:lvl``."""
    inner = "".join(f'<w:lvl w:ilvl="{index}">{level}</w:lvl>' for index, level in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{list_id}">{extra}{inner}</w:abstractNum>'


def level(number_format: str, text: str, start: int = 1, extra: str = "") -> str:
    """Inner XML of a list level."""
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}<w:lvlText w:val="{text}"/>'


def num(list_id: int, abstract: int = 0, overrides: str = "") -> str:
    """A list instance."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def _relations(relations: dict[str, tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'
