//! What each reader makes of small pieces of code.

use super::Lexer;
use crate::highlight::paint::Painter;

/// The code with its spans in brackets and the class before each: `k⟨func⟩ f⟨main⟩()`.
fn read(lexer: Lexer, code: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut sink = |line: &str| {
        let line = line.replace("</span>", "⟩").replace("<span class=\"", "").replace("\">", "⟨");
        lines.push(line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    };
    let mut painter = Painter::new(&mut sink);
    lexer.paint(code, &mut painter);
    painter.finish();
    lines
}

#[track_caller]
fn assert_reads(lexer: Lexer, lines: &[(&str, &str)]) {
    let code: String = lines.iter().map(|(code, _)| format!("{code}\n")).collect();
    let expected: Vec<&str> = lines.iter().map(|&(_, painted)| painted).collect();
    assert_eq!(read(lexer, &code), expected);
}

mod shell {
    use super::{Lexer, assert_reads, read};

    #[test]
    fn commands_options_variables_and_strings_differ() {
        assert_reads(
            Lexer::Shell,
            &[
                (
                    "KUBECONFIG=./a kubectl get pods -l app=web --as=\"$USER\" | sudo tee x",
                    "v⟨KUBECONFIG⟩=./a f⟨kubectl⟩ get pods a⟨-l⟩ app=web a⟨--as⟩=s⟨\"⟩v⟨$USER⟩s⟨\"⟩ | f⟨sudo tee⟩ x",
                ),
                ("--flag=x (rw) -y", "a⟨--flag⟩=x (rw) a⟨-y⟩"),
                ("│ ├── x", "│ ├── x"),
                ("$HOME/bin/run ./x", "v⟨$HOME⟩f⟨/bin/run⟩ ./x"),
                ("export PATH=$HOME/bin FOO", "f⟨export⟩ v⟨PATH⟩=v⟨$HOME⟩/bin FOO"),
                ("ls a\\ b https://x.io/a#b # c", "f⟨ls⟩ ae⟨\\⟩ b https://x.io/a#b c⟨# c⟩"),
                ("a=(b c); echo ${a[@]} ${#a}", "v⟨a⟩=(b c); f⟨echo⟩ v⟨${a⟩[@]v⟨} ${#a}⟩"),
            ],
        );
    }

    #[test]
    fn control_words_are_keywords_only_where_a_command_may_stand() {
        assert_reads(
            Lexer::Shell,
            &[
                ("for f in *.in; do", "k⟨for⟩ f k⟨in⟩ *.in; k⟨do⟩"),
                ("  echo done if", "  f⟨echo⟩ done if"),
                ("done", "k⟨done⟩"),
                ("if [[ -n $x ]]; then exit 1; fi", "k⟨if⟩ [[ a⟨-n⟩ v⟨$x⟩ ]]; k⟨then⟩ f⟨exit⟩ 1; k⟨fi⟩"),
                ("f() { local a=1; }", "f⟨f⟩() { f⟨local⟩ v⟨a⟩=1; }"),
                ("function g { true; }", "k⟨function⟩ f⟨g⟩ { f⟨true⟩; }"),
            ],
        );
    }

    #[test]
    fn patterns_of_case_are_no_commands() {
        assert_reads(
            Lexer::Shell,
            &[
                ("case $1 in", "k⟨case⟩ v⟨$1⟩ k⟨in⟩"),
                ("  start|stop) run ;;", "  start|stop) f⟨run⟩ ;;"),
                ("  *) usage;; esac", "  *) f⟨usage⟩;; k⟨esac⟩"),
                ("ls", "f⟨ls⟩"),
            ],
        );
    }

    #[test]
    fn substitutions_nest_in_strings() {
        assert_eq!(
            read(Lexer::Shell, "echo \"a $(date -d \"$x\") $((n + 1)) \\\" `id`\" b"),
            ["f⟨echo⟩ s⟨\"a⟩ $(f⟨date⟩ a⟨-d⟩ s⟨\"⟩v⟨$x⟩s⟨\"⟩) $((v⟨n⟩ + n⟨1⟩)) e⟨\\\"⟩ `f⟨id⟩`s⟨\"⟩ b"]
        );
    }

    #[test]
    fn a_here_document_ends_with_its_word() {
        assert_reads(
            Lexer::Shell,
            &[
                ("cat <<EOF | tee a <<-'X'", "f⟨cat⟩ <<k⟨EOF⟩ | f⟨tee⟩ a <<-k⟨'X'⟩"),
                ("don't $HOME \\$x", "don't v⟨$HOME⟩ e⟨\\$⟩x"),
                ("EOF", "k⟨EOF⟩"),
                ("plain $HOME", "plain $HOME"),
                ("\tX", "\tk⟨X⟩"),
                ("ls", "f⟨ls⟩"),
            ],
        );
    }

    #[test]
    fn a_quote_without_an_end_is_an_ordinary_sign() {
        assert_reads(
            Lexer::Shell,
            &[
                ("echo don't can't", "f⟨echo⟩ don't can't"),
                ("echo \"a\"b\"", "f⟨echo⟩ s⟨\"a\"⟩b\""),
                ("cd x", "f⟨cd⟩ x"),
            ],
        );
    }
}

mod yaml {
    use super::{Lexer, assert_reads};

    #[test]
    fn keys_are_told_from_values() {
        assert_reads(
            Lexer::Yaml,
            &[
                ("image: nginx:1.25#x # c", "g⟨image⟩: nginx:1.25#x c⟨# c⟩"),
                ("- url: http://a.b/c#d", "- g⟨url⟩: http://a.b/c#d"),
                ("\"a b\": 'it''s'", "g⟨\"a b\"⟩: s⟨'it''s'⟩"),
                ("m: {a: \"x\", 'y': [1, b]}", "g⟨m⟩: {g⟨a⟩: s⟨\"x\"⟩, g⟨'y'⟩: [n⟨1⟩, b]}"),
                ("声明: 值", "g⟨声明⟩: 值"),
            ],
        );
    }

    #[test]
    fn scalars_have_the_colours_of_their_kinds() {
        assert_reads(
            Lexer::Yaml,
            &[
                ("- [1, -1.5e3, 0x1f, 1_000]", "- [n⟨1⟩, n⟨-1.5e3⟩, n⟨0x1f⟩, n⟨1_000⟩]"),
                ("- [10m, v1, 1.2.3, 12:30, 0xzz]", "- [10m, v1, 1.2.3, 12:30, 0xzz]"),
                ("- [true, No, ~, null, trUe]", "- [l⟨true⟩, l⟨No⟩, l⟨~⟩, l⟨null⟩, trUe]"),
                ("- 2024-05-01T00:00:00Z", "- n⟨2024-05-01T00:00:00Z⟩"),
                ("a: &x !!str 12", "g⟨a⟩: v⟨&x⟩ t⟨!!str⟩ n⟨12⟩"),
                ("<<: *x", "g⟨<<⟩: v⟨*x⟩"),
            ],
        );
    }

    #[test]
    fn a_block_scalar_ends_where_the_indentation_does() {
        assert_reads(
            Lexer::Yaml,
            &[
                ("data:", "g⟨data⟩:"),
                ("  run: |- # c", "  g⟨run⟩: k⟨|-⟩ c⟨# c⟩"),
                ("    a: 1", "    a: 1"),
                ("", ""),
                ("   # no comment", "   # no comment"),
                ("  b: 1", "  g⟨b⟩: n⟨1⟩"),
                ("- |", "- k⟨|⟩"),
                ("  c: 1", "  c: 1"),
                ("d: a | b", "g⟨d⟩: a | b"),
            ],
        );
    }

    #[test]
    fn actions_of_a_template_stand_out() {
        assert_reads(
            Lexer::Yaml,
            &[
                ("{{- if .Values.on }}", "m⟨{{- if .Values.on }}⟩"),
                ("host: {{ .Values.a }}.b: c", "g⟨host⟩: m⟨{{ .Values.a }}⟩.b: c"),
                ("{{ .key }}: 1", "m⟨{{ .key }}⟩: n⟨1⟩"),
                ("a: {{b: 1}", "g⟨a⟩: {{g⟨b⟩: n⟨1⟩}"),
            ],
        );
    }
}

#[test]
fn dockerfile_instructions_hold_commands_lists_and_assignments() {
    assert_reads(
        Lexer::Docker,
        &[
            ("FROM --platform=$P golang:1.24 AS build", "k⟨FROM⟩ a⟨--platform⟩=$P golang:1.24 k⟨AS⟩ build"),
            ("ENV A=1 B=\"$C\"", "k⟨ENV⟩ v⟨A⟩=1 v⟨B⟩=s⟨\"⟩v⟨$C⟩s⟨\"⟩"),
            ("RUN apt-get update && \\", "k⟨RUN⟩ f⟨apt-get⟩ update && \\"),
            ("# between", "c⟨# between⟩"),
            ("  make -j \\", "  f⟨make⟩ a⟨-j⟩ \\"),
            ("  # run again", "  c⟨# run again⟩"),
            ("  all", "  all"),
            ("HEALTHCHECK --interval=5m CMD curl -f x", "k⟨HEALTHCHECK⟩ a⟨--interval⟩=5m k⟨CMD⟩ f⟨curl⟩ a⟨-f⟩ x"),
            ("CMD [\"nginx\", \"-g\"]", "k⟨CMD⟩ [s⟨\"nginx\"⟩, s⟨\"-g\"⟩]"),
            ("RUN <<EOF", "k⟨RUN⟩ <<k⟨EOF⟩"),
            ("FROM x", "FROM x"),
            ("EOF", "k⟨EOF⟩"),
            ("copy a b", "k⟨copy⟩ a b"),
        ],
    );
}

#[test]
fn go_has_its_words_its_strings_and_its_calls() {
    assert_reads(
        Lexer::Go,
        &[
            (
                "type T[K any] struct { N int `json:\"n\"` }",
                "k⟨type⟩ t⟨T⟩[K t⟨any⟩] k⟨struct⟩ { N t⟨int⟩ s⟨`json:\"n\"`⟩ }",
            ),
            ("func (s *T) Run() error {", "k⟨func⟩ (s *T) f⟨Run⟩() t⟨error⟩ {"),
            (
                "\tfmt.Printf(\"%-8s %d%%\\n\", s.type, 'x', 0x1F, nil)",
                "\tfmt.f⟨Printf⟩(s⟨\"⟩e⟨%-8s %d%%\\n⟩s⟨\"⟩, s.type, s⟨'x'⟩, n⟨0x1F⟩, l⟨nil⟩)",
            ),
            ("/* a", "c⟨/* a⟩"),
            ("*/ x // y", "c⟨*/⟩ x c⟨// y⟩"),
            ("\"open", "s⟨\"open⟩"),
            ("f(...func())", "f⟨f⟩(...k⟨func⟩())"),
        ],
    );
}

#[test]
fn rust_tells_lifetimes_from_characters_and_macros_from_negation() {
    assert_reads(
        Lexer::Rust,
        &[
            (
                "#[derive(A, b = \"]\")] struct F<'a>(&'a str);",
                "m⟨#[derive(A, b = \"]\")]⟩ k⟨struct⟩ t⟨F⟩<a⟨'a⟩>(&a⟨'a⟩ t⟨str⟩);",
            ),
            (
                "let c = ['x', '\\'', '\\u{1F600}', b'a', '声'];",
                "k⟨let⟩ c = [s⟨'x'⟩, s⟨'\\''⟩, s⟨'\\u{1F600}'⟩, s⟨b'a'⟩, s⟨'声'⟩];",
            ),
            (
                "if a != b { println!(\"\\n{}\", 1.max(0..2)) }",
                "k⟨if⟩ a != b { f⟨println!⟩(s⟨\"⟩e⟨\\n⟩s⟨{}\"⟩, n⟨1⟩.f⟨max⟩(n⟨0⟩..n⟨2⟩)) }",
            ),
            (
                "r#\"a \"b\" c\"# r#fn /* /* */ */ Vec::new()",
                "s⟨r#\"a \"b\" c\"#⟩ r#fn c⟨/* /* */ */⟩ t⟨Vec⟩::f⟨new⟩()",
            ),
        ],
    );
}

#[test]
fn a_string_of_json_before_a_colon_is_a_key() {
    assert_reads(
        Lexer::Json,
        &[(
            "{\"a\\n\" : [\"b: c\", true, -1.5e+3], // d",
            "{g⟨\"a\\n\"⟩ : [s⟨\"b: c\"⟩, l⟨true⟩, -n⟨1.5e+3⟩], c⟨// d⟩",
        )],
    );
}

#[test]
fn powershell_has_commands_options_and_variables() {
    assert_reads(
        Lexer::PowerShell,
        &[
            (
                "Get-Item $env:PATH | ForEach-Object { $_ -eq $True } <# c #>",
                "f⟨Get-Item⟩ v⟨$env:PATH⟩ | f⟨ForEach-Object⟩ { v⟨$_⟩ a⟨-eq⟩ l⟨$True⟩ } c⟨<# c #>⟩",
            ),
            ("Function Get-It { \"a `\" b\" } # c", "k⟨Function⟩ f⟨Get-It⟩ { s⟨\"a⟩ e⟨`\"⟩ s⟨b\"⟩ } c⟨# c⟩"),
        ],
    );
}

#[test]
fn protocol_buffers_have_messages_and_services() {
    assert_reads(
        Lexer::Proto,
        &[
            (
                "message M { repeated string a = 1; map<string, Bar> b = 2; }",
                "k⟨message⟩ t⟨M⟩ { k⟨repeated⟩ t⟨string⟩ a = n⟨1⟩; k⟨map⟩<t⟨string⟩, t⟨Bar⟩> b = n⟨2⟩; }",
            ),
            (
                "service S { rpc Get(Req) returns (stream Res); }",
                "k⟨service⟩ t⟨S⟩ { k⟨rpc⟩ f⟨Get⟩(t⟨Req⟩) k⟨returns⟩ (k⟨stream⟩ t⟨Res⟩); }",
            ),
        ],
    );
}

#[test]
fn javascript_tells_regular_expressions_from_division_and_reads_code_in_templates() {
    assert_reads(
        Lexer::JavaScript,
        &[
            ("const r = /[/\"]+\\/x/g.test(a / b / c);", "k⟨const⟩ r = s⟨/[/\"]+\\/x/g⟩.f⟨test⟩(a / b / c);"),
            ("`a ${f({ b: `${1}` })} \\` c`; // d", "s⟨`a ${⟩f⟨f⟩({ b: s⟨`${⟩n⟨1⟩s⟨}`⟩ })s⟨}⟩ e⟨\\`⟩ s⟨c`⟩; c⟨// d⟩"),
            ("x = { \"a\": b ? \"c\" : \"d\" }", "x = { g⟨\"a\"⟩: b ? s⟨\"c\"⟩ : s⟨\"d\"⟩ }"),
            ("import $, { of } from 'x';", "k⟨import⟩ $, { of } k⟨from⟩ s⟨'x'⟩;"),
            (
                "class A extends B2b { get x() { return this.if; } }",
                "k⟨class⟩ t⟨A⟩ k⟨extends⟩ t⟨B2b⟩ { k⟨get⟩ f⟨x⟩() { k⟨return⟩ l⟨this⟩.if; } }",
            ),
        ],
    );
}

#[test]
fn typescript_has_types_and_words_that_are_keywords_only_before_a_name() {
    assert_reads(
        Lexer::TypeScript,
        &[
            ("export type Id = string | null;", "k⟨export type⟩ t⟨Id⟩ = t⟨string⟩ | l⟨null⟩;"),
            ("const type = { type: 1, readonly: 2 };", "k⟨const⟩ type = { type: n⟨1⟩, readonly: n⟨2⟩ };"),
            (
                "@Input() private name?: Map<string, number>;",
                "m⟨@Input⟩() k⟨private⟩ name?: t⟨Map⟩<t⟨string⟩, t⟨number⟩>;",
            ),
        ],
    );
}

#[test]
fn python_has_decorators_prefixed_strings_and_long_ones() {
    assert_reads(
        Lexer::Python,
        &[
            ("@app.get(\"/\")", "m⟨@app.get⟩(s⟨\"/\"⟩)"),
            ("async def f(self, n: int = 0x1F) -> str:", "k⟨async def⟩ f⟨f⟩(l⟨self⟩, n: t⟨int⟩ = n⟨0x1F⟩) -> t⟨str⟩:"),
            ("    \"\"\"Doc 'a'", "    s⟨\"\"\"Doc 'a'⟩"),
            ("    end.\"\"\"", "    s⟨end.\"\"\"⟩"),
            (
                "    return rb'a\\n' @ m if not x.is_a else None  # c",
                "    k⟨return⟩ s⟨rb'a⟩e⟨\\n⟩s⟨'⟩ @ m k⟨if not⟩ x.is_a k⟨else⟩ l⟨None⟩  c⟨# c⟩",
            ),
            ("match = 1", "match = n⟨1⟩"),
        ],
    );
}

#[test]
fn sql_does_not_care_about_case() {
    assert_reads(
        Lexer::Sql,
        &[
            (
                "select count(*) FROM \"t\" WHERE a = 'it''s' -- c",
                "k⟨select⟩ f⟨count⟩(*) k⟨FROM⟩ s⟨\"t\"⟩ k⟨WHERE⟩ a = s⟨'it''s'⟩ c⟨-- c⟩",
            ),
            ("create table u (id Bigint not null);", "k⟨create table⟩ u (id t⟨Bigint⟩ k⟨not null⟩);"),
        ],
    );
}

#[test]
fn c_has_a_preprocessor_and_java_annotations() {
    assert_reads(
        Lexer::C,
        &[
            ("#include <stdio.h> // a", "m⟨#include⟩ s⟨<stdio.h>⟩ c⟨// a⟩"),
            ("# define N 0x1FuL", "m⟨# define⟩ N n⟨0x1FuL⟩"),
            (
                "static struct Node *f(uint8_t a) { printf(\"%d\\n\", a->if); }",
                "k⟨static struct⟩ t⟨Node⟩ *f⟨f⟩(t⟨uint8_t⟩ a) { f⟨printf⟩(s⟨\"⟩e⟨%d\\n⟩s⟨\"⟩, a->k⟨if⟩); }",
            ),
        ],
    );
    assert_reads(
        Lexer::Java,
        &[("@Override public record P(int x) {}", "m⟨@Override⟩ k⟨public record⟩ t⟨P⟩(t⟨int⟩ x) {}")],
    );
    assert_reads(Lexer::Cpp, &[("std::vector<int> v = nullptr;", "std::vector<t⟨int⟩> v = l⟨nullptr⟩;")]);
}

#[test]
fn settings_have_sections_names_and_values() {
    assert_reads(
        Lexer::Ini,
        &[
            ("[Unit a] ; c", "[t⟨Unit a⟩] c⟨; c⟩"),
            ("After=network.target", "g⟨After⟩=network.target"),
            ("a.b-c: \"d\" ${E} # f", "g⟨a.b-c⟩: s⟨\"d\"⟩ v⟨${E}⟩ c⟨# f⟩"),
            ("export N = 12", "k⟨export⟩ g⟨N⟩ = n⟨12⟩"),
            ("on=yes", "g⟨on⟩=l⟨yes⟩"),
            ("; d", "c⟨; d⟩"),
            ("listen 80; don't", "listen 80; don't"),
        ],
    );
}

#[test]
fn a_line_of_a_machine_is_shown_plain_and_the_rest_is_not() {
    let code = format!("a: 1\nb: \"{}\"\nc: 2\n", "x".repeat(super::LONGEST));
    let lines = read(Lexer::Yaml, &code);
    assert_eq!((lines[0].as_str(), lines[2].as_str()), ("g⟨a⟩: n⟨1⟩", "g⟨c⟩: n⟨2⟩"));
    assert!(!lines[1].contains('⟨'));
}
