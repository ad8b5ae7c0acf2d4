"""Sets one print with typst: JSON in, PDF out. Runs alone, started by its path, under limits.

Only typst and the standard library are imported here. What people typed comes as data, never as
markup; typst reads no file outside of the template's folder; fonts come from the portal or from
typst, never from the system.
"""

import contextlib
import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

import typst

MEMORY = 2 * 1024 * 1024 * 1024
PROCESSOR_SECONDS = 60
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
ESCAPES = {r"\t": "\t", r"\r": "\r", r"\n": "\n", r"\0": "\0", r"\'": "'", r"\"": '"', r"\\": "\\"}
USUAL = re.compile("[ -~¡-ſ‐-‧€\n]")  # every typeface of ours has these
PLACEHOLDER = "□"
PROBE = """#let data = json(bytes(sys.inputs.data))
#set document(title: "Probe")
#set text(font: data.fonts)
#data.text
"""


def main() -> None:
    _limit()
    job = json.load(sys.stdin)
    folders = [folder for folder in job["fonts"] if Path(folder).is_dir()]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
    compiler = typst.Compiler(font_paths=fonts, root=str(Path(job["template"]).parent))
    data = _with_boxes(job["data"], _unknown_to_all(compiler, fonts, job["data"]))
    pdf, _ = _compiled(compiler, Path(job["template"]).read_bytes(), data)
    sys.stdout.buffer.write(pdf)


def _limit() -> None:
    """A system may not know each of these limits."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _unknown_to_all(compiler: typst.Compiler, fonts: typst.Fonts, data: Any) -> set[str]:
    """Unusual characters are tried on a small page first, because a large one is slow to repeat."""
    unusual = {char for char in _characters(data) if not USUAL.match(char)}
    families = sorted({font.family for font in fonts.fonts()})
    probe = {"text": " ".join(sorted(unusual)), "fonts": families}
    return _compiled(compiler, PROBE.encode(), probe)[1] if unusual else set()


def _compiled(compiler: typst.Compiler, source: bytes, data: Any) -> tuple[bytes, set[str]]:
    """The PDF, and the characters that became boxes: PDF/UA forbids what no typeface has."""
    gone: set[str] = set()
    while True:
        try:
            inputs = {"data": json.dumps(data, ensure_ascii=False)}
            pdf = compiler.compile(source, format="pdf", pdf_standards="ua-1", sys_inputs=inputs)
            assert isinstance(pdf, bytes)
            return pdf, gone
        except typst.TypstError as error:
            found = _missing(error)
            if not found & _characters(data):
                raise
            gone |= found
            data = _with_boxes(data, found)


def _missing(error: typst.TypstError) -> set[str]:
    """What typst quotes in its complaints, the way Rust writes it."""
    named = "".join(MISSING.findall(error.diagnostic))
    for written, meant in ESCAPES.items():
        named = named.replace(written, meant)
    return set(CODE_POINT.sub(lambda code: chr(int(code[1], 16)), named)) - {" ", PLACEHOLDER}


def _characters(data: Any) -> set[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        return set().union(*map(_characters, data))
    return set(data) if isinstance(data, str) else set()


def _with_boxes(data: Any, characters: set[str]) -> Any:
    if isinstance(data, dict):
        return {key: _with_boxes(item, characters) for key, item in data.items()}
    if isinstance(data, list):
        return [_with_boxes(item, characters) for item in data]
    boxes = str.maketrans(dict.fromkeys(characters, PLACEHOLDER))
    return data.translate(boxes) if isinstance(data, str) else data


if __name__ == "__main__":
    main()
