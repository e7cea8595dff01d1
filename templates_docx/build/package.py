"""The parts of a Word file that are the same in every template."""

from __future__ import annotations

from xml.sax.saxutils import escape

from generator.layout.profile import Profile

from .styles import NAMESPACE

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = f"{PACKAGE}/metadata/core-properties"
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "000000",
    "lt2": "FFFFFF",
    **{f"accent{number}": "000000" for number in range(1, 7)},
    "hlink": "0000FF",
    "folHlink": "800080",
}


def relations(entries: list[tuple[str, str, str]]) -> str:
    """The relations of a part: id, type and target each."""
    rows = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in entries)
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types(parts: dict[str, str]) -> str:
    """The list of parts and what each of them is."""
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def settings(profile: Profile) -> str:
    """`word/settings.xml`: Word 2013 and later, Vietnamese, decimal comma."""
    return (
        f'{XML}<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{profile.language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def font_table(profile: Profile) -> str:
    """`word/fontTable.xml`: the one font of the profile."""
    return (
        f'{XML}<w:fonts xmlns:w="{NAMESPACE}"><w:font w:name="{profile.font}"><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme(profile: Profile) -> str:
    """`word/theme/theme1.xml`: Word asks every document for a theme, though nothing of ours takes its look from one."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    font = f'<a:latin typeface="{profile.font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="hoso"><a:themeElements>'
        f'<a:clrScheme name="hoso">{colours}</a:clrScheme><a:fontScheme name="hoso"><a:majorFont>{font}</a:majorFont>'
        f'<a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="hoso">'
        f"<a:fillStyleLst>{fill}</a:fillStyleLst>"
        f"<a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def core(title: str, profile: Profile, *, paper_code: bool = False) -> str:
    """`docProps/core.xml`: title and language, and no time, so that the same input gives the same bytes.

    Args:
        paper_code: the identifier carries `{{ paper_code }}`, which stays when somebody cuts the footer.
    """
    identifier = "<dc:identifier>{{ paper_code }}</dc:identifier>" if paper_code else ""
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{profile.language}</dc:language>{identifier}"
        "</cp:coreProperties>"
    )
