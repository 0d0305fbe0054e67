//! Whatever the text: no panic, no script, every place inside. The bodies are those of the fuzz targets in `fuzz/`; here
//! each runs a bounded number of times on texts made of what its grammar is sensitive to.

#[path = "../fuzz/bodies.rs"]
mod bodies;

use proptest::prelude::*;

/// Lines of pieces: words of the grammar, marks that open something and never close it, and anything at all.
fn text(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(words).prop_map(str::to_owned),
        2 => "[ \t]{1,4}|\n",
        2 => "[a-c0-9是（）]{1,3}",
        1 => "[\\[\\](){}<>|*_`~#$&:;,.=!\"'/\\\\^%@+-]{1,3}",
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const TOML: &[&str] = &[
    "[book]\n",
    "[output.html]\n",
    "[portolan]\n",
    "[[concept]]\n",
    "[[link]]\n",
    "[a.b]\n",
    "title = ",
    "id = ",
    "url = ",
    "aliases = ",
    "\"x\"",
    "'''",
    "\"\"\"",
    "[1, 2]",
    "{a = 1}",
    "1e9",
    "1979-05-27",
    "\n",
    "#",
    "\"\\u0000\"",
    "true",
];
const YAML: &[&str] = &[
    "title: ",
    "tags:\n",
    "- ",
    "  ",
    "\n",
    "&a ",
    "*a",
    "!!str ",
    "|\n",
    ">\n",
    "{a: b}",
    "[a, b]",
    "? ",
    "\"",
    "'",
    "<<: ",
    "---\n",
    "draft: true\n",
    "weight: 3\n",
    "#",
];
const MARKDOWN: &[&str] = &[
    "# ",
    "## a {#b .c}",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "```mermaid\ngraph LR\nA-->B\n```\n",
    "```rust\n",
    "```",
    "| a | b |\n|---|---|\n| c | d |\n",
    "[a](b.md)",
    "[a]: javascript:x\n",
    "[a]",
    "![a](data:x)",
    "<script>",
    "</script>",
    "<img src=x onerror=y>",
    "<!-- ",
    " -->",
    "<a href=\"",
    "<div ",
    "</div>",
    "[^1]",
    "[^1]: ",
    "$a^{b}$",
    "$\\operatorname{<img src=x onerror=y>}$",
    "</annotation>",
    "$$",
    "**",
    "*",
    "~~",
    "`",
    ":smile:",
    "https://a.b/",
    "<javascript:x>",
    "&#x6a;",
    "\\",
    "a\n: b\n",
    "- [x] ",
    "是**（",
];
const SUMMARY: &[&str] = &[
    "# Summary\n",
    "- ",
    "  ",
    "    ",
    "[A](a.md)",
    "[B]()",
    "[C](b/c.md#x)",
    "(javascript://x)",
    "\n",
    "\n\n",
    "---\n",
    "* ",
    "1. ",
    "[",
    "](",
    "<!-- ",
    "`",
];
const DIAGRAM: &[&str] = &[
    "A",
    "B",
    "-->",
    "---",
    "-.->",
    "==>",
    "->>",
    "-->>",
    "-x",
    "<<->>",
    "|a|",
    "[x]",
    "(x)",
    "{x}",
    "((",
    "[/x/]",
    "\"x\"",
    "subgraph a\n",
    "end\n",
    "\n",
    "\n  ",
    "\n    ",
    " : ",
    "state a {\n",
    "}\n",
    "[*]",
    "<<fork>>",
    "note left of A: x\n",
    "participant A\n",
    "loop x\n",
    "alt y\n",
    "else\n",
    "activate A\n",
    "autonumber 9\n",
    "click A \"javascript:x\"\n",
    "style A fill:#f00\n",
    "classDef a b:c\n",
    ":::a",
    "@{ shape: x }",
    "section a\n",
    "%% x\n",
    "title a\n",
    "::icon(x)",
    "&",
    "class A {\n",
    "<|--",
    "||--o{",
    "int id PK\n",
    "Person(a, \"x\")\n",
    "Rel(a, b, \"x\")\n",
    "\"a\" : 30\n",
    "x-axis [a, b]\n",
    "bar [1, 2]\n",
    "axis a, b\n",
    "curve a{1,2}\n",
    "a,b,10\n",
    "0-15: \"x\"\n",
    "a: [0.3, 0.6]\n",
    "requirement a {\n",
    "1e308",
    "-1",
    "direction LR\n",
    "linkStyle 0 x:y\n",
    "box a\n",
    "~~~",
    "<br>",
    "`**x**`",
    "#quot;",
];
/// The kinds that are drawn.
const KINDS: &[&str] = &[
    "flowchart LR",
    "sequenceDiagram",
    "stateDiagram-v2",
    "mindmap",
    "timeline",
    "classDiagram",
    "erDiagram",
    "requirementDiagram",
    "C4Context",
    "pie",
    "quadrantChart",
    "xychart-beta",
    "radar-beta",
    "treemap-beta",
    "sankey-beta",
    "packet-beta",
];
const WORDS: &[&str] = &[
    "kube-apiserver",
    "v1.30",
    "容器",
    "是",
    "é",
    "e\u{301}",
    "ﬁ",
    "𝒳",
    "foo_bar",
    "</script>",
    "\u{2028}",
    "'",
    "\"",
    "\\",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn settings(text in text(TOML)) {
        bodies::settings(&text);
    }

    #[test]
    fn front_matter(yaml in text(YAML), toml in text(TOML)) {
        bodies::front_matter(&yaml);
        bodies::front_matter(&toml);
    }

    #[test]
    fn summary(text in text(SUMMARY)) {
        bodies::summary(&text);
    }

    #[test]
    fn concepts(text in text(TOML)) {
        bodies::concepts(&text);
    }

    #[test]
    fn diagrams(kind in prop::sample::select(KINDS), text in text(DIAGRAM)) {
        bodies::diagram(kind, &text);
    }

    #[test]
    fn search(text in text(WORDS)) {
        bodies::search(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn markdown(text in text(MARKDOWN)) {
        bodies::markdown(&text);
    }
}

/// Inputs that are known to make parsers slow or to exhaust their stack. Each is a pattern repeated; a reader that is
/// worse than linear by much does not end in the time of a test run, one that recurses ends the whole run.
#[test]
fn patterns_that_are_known_to_hurt() {
    const OFTEN: usize = 3_000;
    let repeated = [
        "[",
        "![",
        "[[",
        "*",
        "_",
        "`",
        "<",
        "(",
        "$",
        "**a ",
        "*a _",
        "[a](",
        "[a](<",
        "<!--",
        "<?",
        "<![CDATA[",
        "[^",
        "[a][",
        "> ",
        "- ",
        "<div ",
        "<a b=\"",
        "<i a=b ",
        "{{",
        "https://a.",
        "a@b.",
        "<b>",
        "</",
        "[x](y)",
        "![x](y.png)",
        "- [ ] ",
        "a\n: b\n",
        "<!-- a --!>",
        "x <?",
        "x <!A ",
        "x <![CDATA[",
        "[^a]:",
        "a**（",
        "**a（b）**是",
        "&CounterClockwiseContourIntegral;",
    ];
    for pattern in repeated {
        bodies::markdown(&format!("# a\n\n{}", pattern.repeat(OFTEN)));
    }
    let of_numbers = |each: fn(usize) -> String| (0..OFTEN).map(each).collect::<String>();
    for text in [
        of_numbers(|n| format!("x[^{n}]\n\n[^{n}]: y\n\n")),
        of_numbers(|n| format!("[^{n}]: y[^{}]\n", n + 1)),
        of_numbers(|_| "## same\n\n".to_owned()),
        of_numbers(|n| format!("[r{n}]\n\n[r{n}]: https://a.b/{n} \"t\"\n\n")),
        of_numbers(|n| format!("{}- a\n", "  ".repeat(n % 200))),
        format!("<div {}>", of_numbers(|n| format!("a{n}=\"b\" "))),
        format!("${}a{}$", "{".repeat(OFTEN), "}".repeat(OFTEN)),
        format!("[a]: <{}>\n\n{}", "x".repeat(OFTEN), "[a]".repeat(OFTEN)),
    ] {
        bodies::markdown(&text);
    }
    let nested = |open: &str, close: &str| format!("{}A-->B\n{}", open.repeat(OFTEN), close.repeat(OFTEN));
    for (kind, text) in [
        ("graph TD", nested("subgraph a\n", "end\n")),
        ("graph TD", "A[".repeat(OFTEN)),
        ("graph TD", format!("{0} --> {0}", "a & ".repeat(OFTEN) + "b")),
        ("graph TD", (0..OFTEN).map(|n| format!("a & b{n} & c --> d & e{n}\n")).collect()),
        ("sequenceDiagram", nested("loop a\n", "end\n")),
        ("sequenceDiagram", "box a\n".repeat(OFTEN)),
        ("stateDiagram-v2", nested("state a {\n", "}\n")),
        ("mindmap", (0..OFTEN / 4).map(|n| format!("{}a\n", " ".repeat(n))).collect()),
        ("timeline", format!("a{}", " : b".repeat(OFTEN))),
        ("classDiagram", (0..OFTEN).map(|n| format!("A{n} <|-- B{n}\n")).collect()),
        ("erDiagram", (0..OFTEN).map(|n| format!("A ||--o{{ B{n} : x\n")).collect()),
        ("C4Context", nested("System_Boundary(a, \"a\") {\n", "}\n")),
        ("pie", (0..OFTEN).map(|n| format!("\"a{n}\" : 1\n")).collect()),
        ("treemap-beta", (0..OFTEN / 4).map(|n| format!("{}\"a\"\n", " ".repeat(n))).collect()),
        ("sankey-beta", (0..OFTEN).map(|n| format!("a{n},b{},1\n", n % 7)).collect()),
        ("packet-beta", "0-4294967295: \"x\"\n".to_owned()),
        ("xychart-beta", format!("bar [{}1]", "1, ".repeat(OFTEN))),
    ] {
        bodies::diagram(kind, &text);
    }
    for open in ["a = [", "a = {b = ", "[a.", "a."] {
        bodies::settings(&open.repeat(OFTEN));
        bodies::front_matter(&open.repeat(OFTEN));
    }
    for open in ["[", "{a: ", "- ", "? ", "a: &a\n  b: "] {
        bodies::front_matter(&open.repeat(OFTEN));
    }
}
