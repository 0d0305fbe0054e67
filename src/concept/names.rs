//! Names: when two are the same, what a heading or a cell can stand for, and how a name may be spelt in a text.

use unicode_normalization::UnicodeNormalization;

/// The form in which names are compared: NFKC, lower case, without spaces and punctuation.
pub(super) fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a character is Chinese.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A name without what stands in brackets, and what does.
pub(super) fn unbracketed(name: &str) -> (String, Vec<String>) {
    let (mut bare, mut inner, mut depth) = (String::new(), Vec::new(), 0);
    for c in name.chars() {
        match c {
            '(' | '（' | '[' | '【' => {
                if depth == 0 {
                    inner.push(String::new());
                    bare.push(' ');
                }
                depth += 1;
            }
            ')' | '）' | ']' | '】' => depth = (depth - 1i32).max(0),
            _ if depth > 0 => inner.iter_mut().for_each(|text: &mut String| text.push(c)),
            _ => bare.push(c),
        }
    }
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = inner.into_iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
    (bare, inner)
}

/// A name without what only says in which state it is, or where it listens: `rktlet 已归档`, `kubelet 10250`,
/// `API Server :6443`.
pub(super) fn unqualified(name: &str) -> &str {
    const STATES: [&str; 18] = [
        "已归档",
        "已移除",
        "已弃用",
        "已废弃",
        "已退役",
        "已停止维护",
        "已合并",
        "已更名",
        "已过时",
        "已淘汰",
        "旧",
        "archived",
        "deprecated",
        "removed",
        "retired",
        "legacy",
        "beta",
        "alpha",
    ];
    let name = name.trim();
    let Some((before, last)) = name.rsplit_once(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '，' | ','))
    else {
        return name;
    };
    let bare = last.trim_matches(|c| matches!(c, ':' | '（' | '(' | ')' | '）'));
    let is_port = (2..=5).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    let is_version = bare
        .strip_prefix('v')
        .unwrap_or(bare)
        .split('.')
        .all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        && bare.contains('.');
    let is_state = STATES.iter().any(|state| state.eq_ignore_ascii_case(bare));
    if is_port || is_version || is_state { before.trim_end_matches([' ', ':', '：', '，', ',']) } else { name }
}

/// The folded forms that print a concept's name: each name whole, without its brackets, both names together, and an
/// abbreviation in brackets.
pub(super) fn forms(zh: &str, en: &str) -> Vec<String> {
    let mut forms = Vec::new();
    let mut bare = Vec::new();
    for name in [zh, en] {
        let (outside, inside) = unbracketed(name);
        let short =
            |t: &String| (2..=12).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        forms.extend([folded(name), folded(&outside)]);
        forms.extend(inside.iter().filter(|t| short(t)).map(|t| folded(t)));
        bare.push(folded(&outside));
    }
    forms.extend([format!("{}{}", bare[0], bare[1]), format!("{}{}", bare[1], bare[0])]);
    forms.retain(|form| !form.is_empty());
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The folded names that a heading or a cell can stand for: the whole of it, and its parts, without a number before it.
pub(super) fn parts(text: &str) -> Vec<String> {
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '、').trim_start();
    let text = if numbered.is_empty() || !text.starts_with(|c: char| c.is_ascii_digit()) { text } else { numbered };
    let (bare, inner) = unbracketed(text);
    let mut parts = vec![folded(text), folded(&bare)];
    parts.extend(inner.iter().map(|t| folded(t)));
    let cut = |c: char| matches!(c, '/' | '|' | '、' | '，' | ',' | '；' | ';' | '：' | ':' | '·' | '—' | '–');
    for piece in pieces(&bare).iter().flat_map(|p| p.split(cut)) {
        parts.push(folded(piece));
    }
    parts.retain(|part| !part.is_empty());
    let mut seen = std::collections::HashSet::new();
    parts.retain(|part| seen.insert(part.clone()));
    parts
}

/// `A 与 B`, `A and B`
fn pieces(text: &str) -> Vec<&str> {
    const JOINS: &[&str] = &[" 与 ", " 和 ", " and ", " & ", " aka "];
    let mut pieces = vec![text];
    for join in JOINS {
        pieces = pieces.into_iter().flat_map(|p| p.split(join)).collect();
    }
    pieces
}

/// The spellings of a name that a text may use: words joined by a blank, a hyphen or nothing; Chinese and Latin with or
/// without a blank between them. Case is for the matcher to overlook.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let name: String = unbracketed(&name.nfkc().collect::<String>()).0;
    let words = words(&name);
    if words.is_empty() {
        return Vec::new();
    }
    let mut spellings = vec![name.clone()];
    for joint in [" ", "-", ""] {
        let mut text = words[0].to_owned();
        for pair in words.windows(2) {
            let mixed =
                is_han(pair[0].chars().next_back().unwrap_or(' ')) != is_han(pair[1].chars().next().unwrap_or(' '));
            // A hyphen between Chinese and Latin is nobody's habit.
            text.push_str(if mixed && joint == "-" { "" } else { joint });
            text.push_str(pair[1]);
        }
        spellings.push(text);
    }
    if let [only] = words.as_slice() {
        let hyphened = camel_with_hyphens(only);
        spellings.extend(hyphened);
    }
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

/// The words of a name: cut at blanks, hyphens, and between Chinese and Latin.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || c == '-' || c == '_') {
        let mut from = 0;
        let mut last: Option<char> = None;
        for (at, c) in word.char_indices() {
            if last.is_some_and(|last| is_han(last) != is_han(c) && last.is_alphanumeric() && c.is_alphanumeric()) {
                words.push(&word[from..at]);
                from = at;
            }
            last = Some(c);
        }
        words.push(&word[from..]);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `KubeProxy` → `Kube-Proxy`; only where each part is a word of at least three letters.
fn camel_with_hyphens(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len() + 2);
    let mut last_lower = false;
    for c in word.chars() {
        if !c.is_ascii_alphanumeric() {
            return None;
        }
        if c.is_ascii_uppercase() && last_lower {
            out.push('-');
        }
        last_lower = c.is_ascii_lowercase();
        out.push(c);
    }
    let whole = out.split('-').all(|part| part.len() >= 3);
    (out.contains('-') && whole).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_cells_stand_for_names() {
        let is = |text: &str, zh: &str, en: &str| {
            let forms = forms(zh, en);
            parts(text).iter().any(|p| forms.contains(p))
        };
        assert!(is("滚动更新 (Rolling update)", "滚动更新", "Rolling update"));
        assert!(is("Rolling Update（滚动更新）", "滚动更新", "Rolling update"));
        assert!(is("3.1 kube-proxy", "kube-proxy", "kube-proxy"));
        assert!(is("KubeProxy", "kube-proxy", "kube-proxy"));
        assert!(is("ConfigMap 与 Secret", "Secret", "Secret"));
        assert!(is("CNI", "容器网络接口", "Container Network Interface (CNI)"));
        assert!(!is("Secret 的加密", "Secret", "Secret"));
    }

    #[test]
    fn a_port_and_a_state_are_no_part_of_a_name() {
        for text in
            ["rktlet 已归档", "rktlet：旧", "rktlet archived", "rktlet :6443", "rktlet 10250", "rktlet v1.2", "rktlet"]
        {
            assert_eq!(unqualified(text), "rktlet", "{text}");
        }
        for text in ["应用容器", "容器 A", "Clear Containers", "灾难：恢复", "Pod 1"] {
            assert_eq!(unqualified(text), text);
        }
    }

    #[test]
    fn a_name_has_many_spellings() {
        assert_eq!(spellings("kube-proxy"), ["kube proxy", "kube-proxy", "kubeproxy"]);
        assert_eq!(spellings("API 对象"), ["API 对象", "API对象"]);
        assert_eq!(spellings("KubeProxy"), ["Kube-Proxy", "KubeProxy"]);
        assert_eq!(spellings("滚动更新"), ["滚动更新"]);
        assert_eq!(spellings("控制平面节点 (旧称 Master)"), ["控制平面节点"]);
    }
}
