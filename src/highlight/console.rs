//! Console sessions: what was typed, and what came back.
//!
//! A line was typed if it begins with a prompt: `$ `, `PS C:\> `, `user@host:~$ `, `[user@host dir]# `, and `# ` where
//! the session has no `$ ` (else it is a comment of the output). The line after a command that ends with `\` goes on
//! with it, behind the shell's `> ` or without a sign. Cost: linear in the text.

/// A line of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsoleLine<'a> {
    /// Something that was typed.
    Prompt {
        /// The sign before it, with the blank after the sign; empty on a continued line without a sign.
        marker: &'a str,
        /// What was typed.
        command: &'a str,
    },
    /// Something that came back.
    Output(&'a str),
}

/// Reads a session, line by line.
#[must_use]
pub fn console(code: &str) -> Vec<ConsoleLine<'_>> {
    let root =
        if code.lines().any(|line| marker(line, Root::Comments).is_some()) { Root::Comments } else { Root::Types };
    let mut continues = false;
    code.lines()
        .map(|line| {
            let marker = if continues { Some(continuation(line)) } else { marker(line, root) };
            let Some((marker, command)) = marker.and_then(|length| line.split_at_checked(length)) else {
                return ConsoleLine::Output(line);
            };
            continues = goes_on(command);
            ConsoleLine::Prompt { marker, command }
        })
        .collect()
}

/// Whether shell code is a session: its first line, comments aside, begins with the prompt `$ `, which no script does.
#[must_use]
pub fn is_session(code: &str) -> bool {
    let mut lines = code.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| line.starts_with("$ "))
}

/// The text that a reader wants to paste: the commands without prompts, each on its line, nothing of the output.
/// A session without a prompt is copied whole.
#[must_use]
pub fn commands(code: &str) -> String {
    let typed: Vec<&str> = console(code)
        .into_iter()
        .filter_map(|line| match line {
            ConsoleLine::Prompt { command, .. } => Some(command),
            ConsoleLine::Output(_) => None,
        })
        .collect();
    if typed.is_empty() { code.to_owned() } else { typed.join("\n") }
}

/// What `# ` means at the start of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    /// The prompt of the superuser.
    Types,
    /// A comment in the output.
    Comments,
}

/// Whether a command goes on in the next line: an odd number of `\` at its end.
pub(super) fn goes_on(command: &str) -> bool {
    command.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1
}

/// The length of the sign before a continued line; many have none.
fn continuation(line: &str) -> usize {
    if line.starts_with("> ") { 2 } else { 0 }
}

/// The length of the prompt that a line begins with, blank included.
fn marker(line: &str, root: Root) -> Option<usize> {
    let rest = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - rest.len();
    let length = if matches!(rest, "$" | "$ ") {
        rest.len()
    } else if rest.starts_with("$ ") || (root == Root::Types && rest.starts_with("# ")) {
        2
    } else if rest.starts_with("PS ") || rest.starts_with("PS>") {
        powershell(rest)?
    } else {
        named(rest)?
    };
    Some(indent + length)
}

/// `PS> ` and `PS C:\Users\me> `.
fn powershell(line: &str) -> Option<usize> {
    let end = line.find('>')? + 1;
    match line.as_bytes().get(end) {
        None => Some(end),
        Some(b' ') => Some(end + 1),
        Some(_) => None,
    }
}

/// `user@host:~$ ` and `[user@host dir]# `: a user's name, `@`, a host's name and a folder up to the sign.
fn named(line: &str) -> Option<usize> {
    /// A longer head is a sentence.
    const LONGEST: usize = 100;
    let sign = line.bytes().take(LONGEST).position(|byte| matches!(byte, b'$' | b'#'))?;
    let head = line.get(..sign)?;
    let (user, host) = match head.strip_prefix('[') {
        Some(inner) => {
            let (user, place) = inner.trim_end().strip_suffix(']')?.split_once('@')?;
            (user, place.split([' ', ':']).next()?)
        }
        None => {
            let (user, place) = head.split_once('@')?;
            (user, place.split(':').next()?)
        }
    };
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    if !is_name(user) || !is_name(host) {
        return None;
    }
    match line.as_bytes().get(sign + 1) {
        None => Some(sign + 1),
        Some(b' ') => Some(sign + 2),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ConsoleLine::Output;
    use super::{ConsoleLine, commands, console, is_session};

    fn typed<'a>(marker: &'a str, command: &'a str) -> ConsoleLine<'a> {
        ConsoleLine::Prompt { marker, command }
    }

    #[test]
    fn prompts_of_several_shells_are_known() {
        let code = "$ ls\nme@host:~/x$ pwd\n[root@node-1 ~]# id\nPS C:\\> dir\nPS> cls\n$";
        let expected = [
            typed("$ ", "ls"),
            typed("me@host:~/x$ ", "pwd"),
            typed("[root@node-1 ~]# ", "id"),
            typed("PS C:\\> ", "dir"),
            typed("PS> ", "cls"),
            typed("$", ""),
        ];
        assert_eq!(console(code), expected);
    }

    #[test]
    fn a_command_goes_on_after_a_backslash_with_or_without_a_sign() {
        let code = "$ kubectl get \\\n> pods \\\n    -A\nNAME\n> quoted";
        let expected = [
            typed("$ ", "kubectl get \\"),
            typed("> ", "pods \\"),
            typed("", "    -A"),
            Output("NAME"),
            Output("> quoted"),
        ];
        assert_eq!(console(code), expected);
    }

    #[test]
    fn a_hash_is_a_prompt_only_where_there_is_no_other() {
        assert_eq!(console("# apt update\nHit:1"), [typed("# ", "apt update"), Output("Hit:1")]);
        assert_eq!(console("$ cat x\n# comment"), [typed("$ ", "cat x"), Output("# comment")]);
    }

    #[test]
    fn prices_addresses_and_sentences_are_output() {
        for line in ["price: 5$ each", "me@example.org wrote: 5$ ", "a@b costs 5$ now", "PS the rest", "$HOME"] {
            assert_eq!(console(line), [Output(line)], "{line}");
        }
    }

    #[test]
    fn shell_is_a_session_if_it_begins_with_a_prompt() {
        assert!(is_session("# list\n\n  $ ls\na\n"));
        assert!(!is_session("ls\n$ ls\n") && !is_session("$HOME/run\n") && !is_session("# only a comment\n"));
    }

    #[test]
    fn only_commands_are_copied() {
        assert_eq!(commands("$ make \\\n>   all\ndone\n$ ./run\nok\n"), "make \\\n  all\n./run");
        assert_eq!(commands("just output\n"), "just output\n");
    }
}
