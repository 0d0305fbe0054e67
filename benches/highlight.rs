//! What colours cost: `cargo bench --bench highlight`.

use divan::counter::BytesCount;
use portolan::highlight::{Highlighter, Memory};
use std::fmt::Write as _;

/// Samples of the languages that documentation is full of; each line but the braces differs from block to block.
const SAMPLES: &[(&str, &str)] = &[
    (
        "yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: \"web-N\" # N\n  labels: {app: wN, tier: front}\nspec:\n  replicas: N\n",
    ),
    ("bash", "#!/bin/bash\nfor f in *.N; do\n  kubectl apply -f \"$f\" --namespace nN | grep -v N\ndone\n"),
    ("go", "// Run N.\nfunc (s *Server) RunN(ctx context.Context) error {\n\treturn fmt.Errorf(\"N: %w\", err)\n}\n"),
    ("rust", "/// Run N.\npub fn runN(&self) -> Result<(), Error> {\n    let n = N_u32;\n    println!(\"{n}\");\n}\n"),
    ("python", "# Run N\ndef runN(self, n: int = N) -> str:\n    return f\"{n} N\"\n"),
    ("ruby", "# Run N\ndef runN(n = N)\n  \"#{n} N\"\nend\n"),
    ("toml", "# N\n[tN]\nnameN = \"N\"\nn = N\n"),
    ("sql", "-- N\nSELECT nameN FROM tN WHERE id = N AND kind = 'N';\n"),
];

/// One line each of languages that are read by a grammar.
const FIRST: &[(&str, &str)] = &[
    ("ini", "[a]\nname = x ; c\n"),
    ("properties", "a.b=c\n# d\n"),
    ("nginx", "server {\n  listen 80; # c\n  location / { proxy_pass http://x; }\n}\n"),
    ("javascript", "const f = (x) => `a ${x}`; // c\n"),
    ("typescript", "const f = (x: number): string => `a ${x}`; // c\n"),
    ("html", "<p class=\"a\">b</p><!-- c -->\n"),
    ("xml", "<a b=\"c\">d</a>\n"),
    ("css", "a { color: #fff; }\n"),
    ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n"),
    ("java", "public class A { int a = 1; } // b\n"),
    ("c", "int main(void) { return 0; } // b\n"),
    ("makefile", "all: a\n\tcc -o $@ $<\n"),
    ("hcl", "resource \"a\" \"b\" {\n  c = 1\n}\n"),
    ("markdown", "# a\n\n- **b** `c`\n"),
    ("powershell", "Get-Item a\n"),
    ("json", "{\"a\": 1}\n"),
];

fn main() {
    divan::main();
}

fn blocks(sample: &str) -> Vec<String> {
    (0..100).map(|n| sample.replace('N', &n.to_string())).collect()
}

fn labels() -> impl Iterator<Item = &'static str> {
    SAMPLES.iter().map(|(token, _)| *token)
}

fn sample(token: &str) -> &'static str {
    SAMPLES.iter().chain(FIRST).find(|(name, _)| *name == token).map_or("", |(_, sample)| sample)
}

/// A hundred blocks, grammars loaded, nothing remembered.
#[divan::bench(args = labels(), sample_count = 20)]
fn new_lines(bencher: divan::Bencher<'_, '_>, token: &str) {
    let highlighter = Highlighter::new();
    let Some(language) = highlighter.language(token) else { return };
    let blocks = blocks(sample(token));
    let bytes: usize = blocks.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).with_inputs(Memory::default).bench_local_refs(|memory| {
        let mut html = 0;
        for block in &blocks {
            highlighter.each_line(block, language, memory, |line| html += line.len());
        }
        html
    });
}

/// The first block of a build: what loading a grammar costs.
#[divan::bench(args = labels().chain(FIRST.iter().map(|(token, _)| *token)), sample_count = 20)]
fn first_block(bencher: divan::Bencher<'_, '_>, token: &str) {
    let mut code = String::new();
    let _ = write!(code, "{}", sample(token));
    bencher.bench_local(|| {
        let highlighter = Highlighter::new();
        highlighter.language(token).map(|language| highlighter.highlight(&code, language, &mut Memory::default()))
    });
}
