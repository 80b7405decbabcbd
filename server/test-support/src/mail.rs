//! A mail server that other people wrote, a process beside the tests: it asks for an account, and tells what it was handed.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// `user:password`
pub const ACCOUNT: &str = "xunan:p4ssw0rd";

/// Gone with the process that asked for it: it ends where nobody holds its input any more.
pub struct MailServer {
    /// `smtp://127.0.0.1:40000`
    pub address: String,
    told: BufReader<ChildStdout>,
    _life: Child,
}

impl MailServer {
    pub fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let python = root.join(".tools/smtp/bin/python");
        assert!(python.exists(), "the mail server `aiosmtpd` is not installed: `.ci/tools smtp` installs it");
        let mut child = Command::new(python)
            .arg(root.join("end2end/smtp-server.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        let port: String = line.chars().filter(char::is_ascii_digit).collect();
        Self { address: format!("smtp://127.0.0.1:{port}"), told, _life: child }
    }

    /// The next mail that it took, as JSON; waits for it.
    pub fn next_mail(&mut self) -> String {
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        line
    }
}
