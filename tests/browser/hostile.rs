//! What hostile authors write is opened in a browser, and nothing of it runs.
//!
//! Each place of a book that takes text of an author gets each vector. A vector that runs sets `window.fired`; one that
//! merely lies in wait (a link, a handler) is found in the document.

use super::harness::{self, TestBook};
use super::reader::{Reader, Screen};
use std::fmt::Write as _;

/// What makes a browser run a script, if it comes through as it is.
const VECTORS: &[&str] = &[
    "<script>fired=1</script>",
    "<ScRiPt>fired=1</sCrIpT>",
    "<script src=data:text/javascript,fired=1></script>",
    "<script/x>fired=1</script/x>",
    "</title><script>fired=1</script>",
    "</textarea><script>fired=1</script>",
    "</script><script>fired=1</script>",
    "--><script>fired=1</script>",
    "]]><script>fired=1</script>",
    "<img src=x onerror=fired=1>",
    "<img/src=x/onerror=fired=1>",
    "<img src=x oneonerror=x onerror=fired=1//",
    "<IMG SRC=x ONERROR=\"fired=1\">",
    "\"><img src=x onerror=fired=1>",
    "'><img src=x onerror=fired=1>",
    "\" onmouseover=\"fired=1",
    "' onfocus='fired=1' autofocus='",
    "\" autofocus tabindex=1 onfocus=\"fired=1",
    "` onerror=`fired=1",
    "<svg onload=fired=1>",
    "<svg/onload=fired=1>",
    "<svg><script>fired=1</script></svg>",
    "<svg><a xlink:href=javascript:fired=1><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=fired=1 attributeName=x dur=1s>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=fired=1/>#x\">",
    "<math><mtext><table><mglyph><style><img src=x onerror=fired=1>",
    "<math href=javascript:fired=1>x</math>",
    "<body onload=fired=1>",
    "<iframe src=javascript:parent.fired=1></iframe>",
    "<iframe srcdoc=\"<script>parent.fired=1</script>\"></iframe>",
    "<object data=javascript:fired=1></object>",
    "<embed src=javascript:fired=1>",
    "<form action=javascript:fired=1><button>x</button></form>",
    "<button formaction=javascript:fired=1>x</button>",
    "<input onfocus=fired=1 autofocus>",
    "<details open ontoggle=fired=1>x</details>",
    "<video><source onerror=fired=1></video>",
    "<audio src=x onerror=fired=1></audio>",
    "<style>*{animation-name:x}@keyframes x{}</style><b onanimationstart=fired=1 style=animation:x>",
    "<meta http-equiv=refresh content=\"0;url=javascript:fired=1\">",
    "<base href=javascript:fired=1//>",
    "<link rel=stylesheet href=javascript:fired=1>",
    "<template><script>fired=1</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=fired=1>\">",
    "<a href=javascript:fired=1>x</a>",
    "<a href=\"java&#9;script:fired=1\">x</a>",
    "<a href=\"&#x6A;avascript:fired=1\">x</a>",
    "[x](javascript:fired=1)",
    "[x](JaVaScRiPt:fired=1)",
    "[x](&#106;avascript:fired=1)",
    "[x](javascript&colon;fired=1)",
    "[x](<java\nscript:fired=1>)",
    "[x](data:text/html,<script>opener.fired=1</script>)",
    "![x](javascript:fired=1)",
    "![x\" onerror=\"fired=1](x)",
    "![x](x \"\\\" onerror=\\\"fired=1\")",
    "<javascript:fired=1>",
    "{{constructor.constructor('fired=1')()}}",
    "{% include \"/etc/passwd\" %}{{ 7*7 }}",
    "\u{2028}fired=1\u{2029}",
    "\\\"};fired=1;//",
    "';fired=1;//",
];

/// A vector as a string of TOML, YAML or JSON.
fn quoted(vector: &str) -> String {
    let mut text = String::from("\"");
    for c in vector.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => _ = write!(text, "\\u{:04x}", u32::from(c)),
            c => text.push(c),
        }
    }
    text + "\""
}

/// A page in which a vector stands wherever an author may write.
fn page(vector: &str) -> String {
    let line = vector.replace('\n', " ");
    let cell = line.replace('|', "\\|");
    let plain = line.replace(['"', '[', ']', '{', '}', ';', '#'], "'");
    let q = quoted(&line);
    format!(
        "---\ntitle: {q}\ndescription: {q}\ndate: {q}\nlang: {q}\ntags: [{q}]\nother: {q}\nmap: true\n---\n\n\
         # {line}\n\n{vector}\n\n## {line} {{#{plain} .{plain}}}\n\ntext {vector} text **{line}** `{line}` ~~{line}~~\n\n\
         | 概念 | {cell} |\n| --- | --- |\n| {cell} | {cell} |\n\n- {line}\n  - {line}\n\n> [!NOTE]\n> {line}\n\n{line}\n: {line}\n\n\
         [{line}](README.md \"{plain}\") [x](<{plain}>) ![{line}](x.png) [[{line}]] [^{plain}]\n\n[^{plain}]: {line}\n\n\
         $\\text{{{line}}}$ $\\href{{javascript:fired=1}}{{x}}$\n\n\
         ```{line}\n{vector}\n```\n\n```rust,{line}\n{vector}\n```\n\n```html\n{vector}\n```\n\n\
         ```mermaid\nflowchart LR\n  A[\"{plain}\"] -- \"{plain}\" --> B[\"`{plain}`\"]\n  subgraph s [\"{plain}\"]\n  B\n  end\n  click A \"javascript:fired=1\" \"{plain}\"\n  click B href \"java&#9;script:fired=1\"\n```\n\n\
         ```mermaid\nsequenceDiagram\n  participant A as {plain}\n  A->>B: {plain}\n  note over A: {plain}\n  link A: x @ javascript:fired=1\n```\n\n\
         ```mermaid\nstateDiagram-v2\n  s1 : {plain}\n  s1 --> s2 : {plain}\n```\n\n\
         ```mermaid\nmindmap\n  root\n    {plain}\n```\n\n```mermaid\ntimeline\n  title {plain}\n  2020 : {plain}\n```\n\n<!-- {line} -->\n"
    )
}

fn book() -> TestBook {
    let all = VECTORS.iter().map(|v| v.replace('\n', " ")).collect::<String>();
    let q = quoted(&all);
    let book = TestBook::new(&[(
        "book.toml",
        &format!(
            "[book]\ntitle = {q}\ndescription = {q}\nauthors = [{q}]\n[output.html]\ngit-repository-url = \"javascript:fired=1\"\nedit-url-template = {q}\n[portolan]\ncopyright = {q}\n"
        ),
    )]);
    let mut concepts = String::new();
    for (at, vector) in VECTORS.iter().enumerate() {
        let q = quoted(vector);
        let _ = write!(
            concepts,
            "[[concept]]\nid = {id}\nzh = {name}\nen = \"en{at}\"\naliases = [{q}]\nkind = {q}\ndefinition = {q}\nsince = {q}\n\n[[link]]\nurl = \"https://a{at}.example/\"\nstatus = \"moved\"\nto = {q}\n\n",
            id = quoted(&format!("{vector}{at}")),
            name = quoted(&format!("名{at}{vector}")),
        );
        book.write(&format!("src/{at:02}.md"), page(vector));
        book.write(&format!("src/e{at:02}.md"), format!("# {at}\n\nen{at} [a](https://a{at}.example/)\n"));
    }
    // Addresses that are refused fail the build; what is left is still to be looked at.
    let concepts =
        concepts.lines().filter(|line| !line.contains("to = \"javascript:")).fold(String::new(), |t, l| t + l + "\n");
    book.write("src/concepts.toml", concepts);
    for name in
        ["\"onmouseover=fired=1 x=\".md", "<img src=x onerror=fired=1>.md", "javascript:fired=1.md", "'-fired=1-'.md"]
    {
        book.write(&format!("src/{name}"), "# x\n");
    }
    book.write("src/README.md", "# 首页\n");
    book
}

/// What lies in wait: handlers, addresses, frames, scripts that are not portolan's.
const IN_WAIT: &str = r#"(() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || /^(srcdoc|style)$/i.test(name)) found.push(`${element.tagName} ${name}=${value}`);
      if (/^(href|src|xlink:href|action|formaction|data|content|poster)$/i.test(name)
        && /^[\s\x00-\x20]*(j\s*a\s*v\s*a\s*s|vbs|data:(?!image\/))/i.test(value)) found.push(`${element.tagName} ${name}=${value}`);
    }
    if (/^(iframe|object|embed|base|form|frame|template|math-x)$/i.test(element.tagName)) found.push(element.tagName);
    if (element.tagName === "SCRIPT" && !/assets\//.test(element.getAttribute("src") || "")) found.push(element.outerHTML);
    if (element.tagName === "META" && /refresh/i.test(element.httpEquiv || "")) found.push(element.outerHTML);
    if (element.tagName === "LINK" && !/^(icon|stylesheet|alternate|canonical)$/.test(element.rel)) found.push(element.outerHTML);
  }
  if (window.fired !== undefined) found.push("fired");
  return found;
})()"#;

#[tokio::test]
async fn nothing_that_an_author_writes_runs() {
    assert!(VECTORS.len() >= 40);
    let book = book();
    let built = harness::build(book.root());
    for (path, bytes) in &built.files {
        book.write(&format!("site/{path}"), bytes);
    }
    let pages: Vec<&String> = built.files.keys().filter(|p| p.ends_with(".html")).collect();
    assert!(pages.len() > 2 * VECTORS.len());
    let reader = Reader::new().await;
    let url = |page: &str| {
        let path: String = percent_encoding::utf8_percent_encode(page, percent_encoding::NON_ALPHANUMERIC).to_string();
        format!("file://{}/site/{}", book.root().display(), path.replace("%2F", "/"))
    };
    let tab = reader.open(&url("index.html"), Screen::Desk).await;
    for page in pages {
        tab.go(&url(page)).await;
        let found: Vec<String> = tab.value(IN_WAIT).await;
        assert_eq!(found, Vec::<String>::new(), "{page}");
    }
    // Results of the search, and the cards of concepts, are made by scripts.
    tab.go(&url("index.html")).await;
    tab.click("a.search").await;
    for query in ["fired", "script", "onerror", "名0", "en1"] {
        tab.until("document.querySelector('input[type=search], dialog input') !== null").await;
        tab.run(&format!(
            "(() => {{ const i = document.querySelector('input[type=search], dialog input'); i.value = {query:?}; i.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        ))
        .await;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        let found: Vec<String> = tab.value(IN_WAIT).await;
        assert_eq!(found, Vec::<String>::new(), "the search for {query}");
    }
    let shown: usize = tab.value("document.querySelectorAll('dialog a[href], [role=option], .results a').length").await;
    assert!(shown > 0, "the search found nothing to look at");
    reader.close().await;
}
