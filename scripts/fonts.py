"""Make the fonts that prints are set in. For maintainers: users get them with the package.

    scripts/fonts.py [FOLDER]   reads Noto Sans CJK and Noto Sans (Debian: fonts-noto-cjk, fonts-noto-core) in FOLDER

Guiju Sans is the Chinese face; Guiju Latin, of the same family, has what Chinese and English write with the same characters
but set differently (quotes, dashes), and italics; Guiju Mono, for code, is half as wide as a Chinese character; Guiju Symbols
has boxes to tick. covered.txt holds every character of them, so that the product need not read fonts to know what they lack.
The names are their own, so that a font of the system can never take their place unnoticed.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts")
TARGET = Path(__file__).resolve().parent.parent / "guiju/lib/pdf/fonts"
# Latin with marks, Greek, Cyrillic, phonetic letters, punctuation, sub- and superscripts, currencies, letters as symbols,
# fractions, arrows, mathematics, technical signs, numbers in circles, lines, shapes, signs, ticks, Chinese punctuation, kana,
# enclosed and squared units, full width forms.
CHINESE = (
    "0020-007E 00A0-017F 0192-0192 01CD-01DC 01F8-01F9 0218-021B 0250-0251 0261-0261 02B0-02FF 0300-0304 0308-030C 0391-03C9"
    " 0401-0451 1E00-1EFF 2000-206F 2070-209F 20A0-20BF 2100-214F 2150-218B 2190-21FF 2200-22FF 2300-23FF 2460-24FF 2500-25FF"
    " 2600-26FF 2700-27BF 2E80-2E80 3000-303F 3041-3096 309B-309E 30A0-30FF 3105-312F 3200-32FF 3300-33FF FE10-FE1F FE30-FE4F"
    " FF00-FFEF"
)
LATIN = "0020-007E 00A0-017F 0192-0192 0218-021B 02C6-02DD 0300-030C 0391-03C9 0401-0451 1E00-1EFF 2000-206F 2070-209F 20A0-20BF"
MONO = "0020-007E 00A0-017F 0391-03C9 2010-2027 2190-2193 2200-2265 2500-257F"
SYMBOLS = "2600-2604 260E-260E 2610-2613 2690-269F 26A0-26A1 2702-2702 2709-270F 2713-2718 2733-2734 2756-2756 27A4-27A4"
# Characters of people's names that the standard of 1980 does not have.
NAMES = (
    "喆堃珺翀祎頔奡昉煊玥琰珅瑄璟赟淏昇曌犇垚焱骉玙璠珮琤琎瑢垲垟堉姮婳媖婞岍峘崟嶨旸晛晢晳暐暠枬橦沄沨泓洢洺浠浥浬渟湜湲溁滢漖潆澂澍濛灏炁炆炘炜烜焜焯煦熠燚玎玓玠玢玦珂珈珖珝珩珵珽"
    "琇琍琏琚琨琪琫琬琭琮琯琲瑀瑅瑗瑛瑜瑨瑭瑷璁璐璘璞璿瓅甯畯皞皛盷祺禛禔禤竑竦笙筠籣绂绎绹缃罡羿翙翚翥翮芃芊苡茗荃荪莀莳菀菁菂葳蒟蓁蕤藟虓袆訢詝詠譞谖谞赟轶轺逄邃郗郜郡鄯酩釴鈊鈜銘鋆鋐鍇鎏鑫钊钋钒铖铧铭锜锟镒镔镛镠闫闳闿"
    "阌隽雎雩雱霁霂霏靓靖靛韬顒颀颖颢飏馥馨骎骐髙魁鲲鸢鸾鹍鹏麒麾黛龑"
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "pnum", "lnum", "halt", "palt", "calt", "case", "frac"]


def in_ranges(text: str) -> set[int]:
    found: set[int] = set()
    for part in text.split():
        first, last = part.split("-")
        found.update(range(int(first, 16), int(last, 16) + 1))
    return found


def gb2312() -> set[int]:
    """The characters of the national standard of 1980, which is what daily Chinese is written with."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.update(map(ord, bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def opened(folder: Path, file: str, family: str) -> TTFont:
    """A font below a folder; of a collection the face of that family."""
    path = next(iter(sorted(folder.rglob(file))), None)
    if path is None:
        raise SystemExit(f"{file} is not below {folder}. On Debian: apt-get install fonts-noto-cjk fonts-noto-core")
    if path.suffix != ".ttc":
        return TTFont(path)
    return next(font for font in TTCollection(path).fonts if font["name"].getDebugName(1) == family)


def made(font: TTFont, wanted: set[int], family: str, style: str) -> set[int]:
    """Write the subset under its own name; answers the characters it holds."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.hinting = False  # for screens of another time; a third of the size
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    options.recalc_timestamp = False  # the same fonts make the same files
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    _rename(font, family, style)
    TARGET.mkdir(parents=True, exist_ok=True)
    path = TARGET / f"{family.replace(' ', '')}-{style.replace(' ', '')}.{'otf' if 'CFF ' in font else 'ttf'}"
    font.save(path)
    print(f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size:,} bytes")
    return set(font.getBestCmap())


def _rename(font: TTFont, family: str, style: str) -> None:
    full = f"{family} {style}"
    own = {1: family, 2: style, 3: full, 4: full, 6: f"{family.replace(' ', '')}-{style.replace(' ', '')}"}
    for number, text in own.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [own[6]]
        top.topDictIndex[0].FullName, top.topDictIndex[0].FamilyName = own[4], family


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    chinese = in_ranges(CHINESE) | gb2312() | set(map(ord, NAMES))
    regular = made(opened(folder, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"), chinese, "Guiju Sans", "Regular")
    bold = made(opened(folder, "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"), chinese, "Guiju Sans", "Bold")
    covered = regular & bold
    for style in ("Regular", "Bold", "Italic", "Bold Italic"):
        font = opened(folder, f"NotoSans-{style.replace(' ', '')}.ttf", "Noto Sans")
        covered |= made(font, in_ranges(LATIN), "Guiju Latin", style)
    made(opened(folder, "NotoSansCJK-Regular.ttc", "Noto Sans Mono CJK SC"), in_ranges(MONO), "Guiju Mono", "Regular")
    symbols = opened(folder, "NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols2")
    covered |= made(symbols, in_ranges(SYMBOLS), "Guiju Symbols", "Regular")
    (TARGET / "covered.txt").write_text("".join(map(chr, sorted(covered))), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
