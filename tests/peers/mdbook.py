#!/usr/bin/env python3
"""Compares two sites of the same book page for page: ours with the one mdBook made.

usage: mdbook.py OURS MDBOOKS [DIFFERENCES TO SHOW]

A page is the same if the visible text of its <main> is: blanks left out, straight and typographic punctuation taken as
equal, without what one of the two adds (navigation, titles of alerts, numbers of footnotes, lines that are hidden).
Prints how many pages mdBook made, how many we lack, and how many differ. Exit 1 if one is lacking.
"""
import difflib
import pathlib
import re
import sys
from html.parser import HTMLParser

VOID = set("area base br col embed hr img input link meta source track wbr".split())
SILENT = {"script", "style", "button", "annotation", "nav"}
# Classes of elements that only one of the two has.
ADDED = re.compile(
    r"\b(meta|alert-title|back|cards|code-title|fn|boring|hidden|nav-wrapper|blockquote-tag-title|"
    r"footnote-definition-label|footnote-reference)\b"
)
EQUAL = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "—": "---", "–": "--"}


class Main(HTMLParser):
    """Gathers the visible text of <main>."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.stack = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "main":
            self.inside = True
        if tag in VOID:
            return
        # mdBook leaves out an image that is not there; we show its description.
        lost_image = tag == "span" and attrs.get("class") == "missing" and "title" not in attrs
        way_back = tag == "a" and (attrs.get("href") or "").startswith("#fr-")
        silent = tag in SILENT or ADDED.search(attrs.get("class") or "") or lost_image or way_back
        self.stack.append((tag, bool(silent)))

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False
        while any(t == tag for t, _ in self.stack):
            if self.stack.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self.inside and not any(silent for _, silent in self.stack):
            self.text.append(data)


def text(path):
    parser = Main()
    parser.feed(path.read_text(encoding="utf-8", errors="replace"))
    whole = re.sub(r"[\s#]+", "", "".join(parser.text))
    for curly, straight in EQUAL.items():
        whole = whole.replace(curly, straight)
    return whole


def main():
    ours, theirs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    shown = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    pages, lacking, different = 0, [], []
    for page in sorted(theirs.rglob("*.html")):
        name = page.relative_to(theirs)
        if name.name in ("print.html", "toc.html", "404.html"):
            continue
        if 'http-equiv="refresh"' in page.read_text(encoding="utf-8", errors="replace"):
            continue  # a page that has moved has no text
        pages += 1
        mine = ours / name
        if not mine.exists() and name.name == "README.html":
            mine = mine.with_name("index.html")
        if not mine.exists():
            lacking.append(str(name))
            continue
        a, b = text(mine), text(page)
        if a != b:
            different.append((str(name), a, b))
    print(f"{pages} pages, {len(lacking)} lacking, {len(different)} different")
    for name in lacking:
        print("lacking:", name)
    for name, a, b in different[:shown]:
        print("different:", name)
        for kind, i, j, k, l in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if kind != "equal":
                print("   ours", repr(a[max(0, i - 12) : j + 8][:80]), "theirs", repr(b[max(0, k - 12) : l + 8][:80]))
    sys.exit(1 if lacking else 0)


if __name__ == "__main__":
    main()
