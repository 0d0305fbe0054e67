//! `portolan serve` as a program of its own, ended when it is dropped.

use super::TestBook;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

pub struct Serving {
    child: Child,
    said: BufReader<ChildStderr>,
    /// Address and port.
    pub authority: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    /// Serves a book on a port that is free.
    pub fn start(book: &TestBook, more: &[&str]) -> Serving {
        let mut child = Command::new(env!("CARGO_BIN_EXE_portolan"))
            .arg("serve")
            .arg(book.root())
            .args(if more.contains(&"-p") { &[][..] } else { &["-p", "0"] })
            .args(more)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut said = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        while !line.contains("the book is at http://") {
            line.clear();
            assert!(said.read_line(&mut line).expect("readable") > 0, "the server ended");
        }
        let url = line.split_whitespace().find_map(|word| word.strip_prefix("http://")).expect("an address");
        let authority = url.split('/').next().expect("a host").to_owned();
        Serving { child, said, authority }
    }

    /// The next line of what it prints.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("readable");
        line
    }
}
