//! Console sessions: what was typed and what came back.
//!
//! A line is a command if it begins with a prompt: `$ `, `> ` after a command that ends with `\`, `PS C:\> `,
//! `user@host:~$ `, and `# ` where the session has no `$ ` (else it is a comment of the output).

/// A line of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsoleLine<'a> {
    /// The prompt, with the blank after it, and what was typed.
    Command(&'a str, &'a str),
    /// What came back.
    Output(&'a str),
}

/// Reads a session.
#[must_use]
pub fn console(code: &str) -> Vec<ConsoleLine<'_>> {
    let has_dollar = code.lines().any(|line| prompt(line, false).is_some());
    let mut continues = false;
    code.lines()
        .map(|line| {
            let prompt = if continues { Some(continuation(line)) } else { prompt(line, !has_dollar) };
            match prompt {
                Some(length) => {
                    let (prompt, command) = line.split_at(length);
                    continues = command.trim_end().ends_with('\\');
                    ConsoleLine::Command(prompt, command)
                }
                None => ConsoleLine::Output(line),
            }
        })
        .collect()
}

/// The length of the sign before a continued line; most have none.
fn continuation(line: &str) -> usize {
    if line.starts_with("> ") { 2 } else { 0 }
}

/// The length of the prompt that a line begins with.
fn prompt(line: &str, root: bool) -> Option<usize> {
    let start = line.len() - line.trim_start().len();
    let rest = &line[start..];
    if rest.starts_with("$ ") || (root && rest.starts_with("# ")) {
        return Some(start + 2);
    }
    if rest == "$" {
        return Some(start + 1);
    }
    if rest.starts_with("PS ") {
        return rest.find("> ").map(|at| start + at + 2);
    }
    // `user@host:~$ ` and `[user@host dir]# `
    let head = &rest[..rest.find("$ ").or_else(|| rest.find("# "))? + 2];
    let name = head.trim_start_matches('[').split('@').next().unwrap_or_default();
    let looks_like_a_prompt = head.contains('@')
        && head.len() < 80
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    looks_like_a_prompt.then_some(start + head.len())
}

#[cfg(test)]
mod tests {
    use super::{ConsoleLine::*, console};

    #[test]
    fn prompts_of_several_shells() {
        let code = "$ kubectl get \\\n> pods\nNAME\n# not a prompt\nme@host:~/x$ ls\nPS C:\\> dir\n$";
        assert_eq!(
            console(code),
            [
                Command("$ ", "kubectl get \\"),
                Command("> ", "pods"),
                Output("NAME"),
                Output("# not a prompt"),
                Command("me@host:~/x$ ", "ls"),
                Command("PS C:\\> ", "dir"),
                Command("$", ""),
            ]
        );
        assert_eq!(console("# apt update\nHit:1"), [Command("# ", "apt update"), Output("Hit:1")]);
        assert_eq!(console("price: 5$ each"), [Output("price: 5$ each")]);
    }
}
