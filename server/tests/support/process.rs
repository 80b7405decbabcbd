//! The program as a process: started, killed, started again, on a port of its own.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use test_support::s3;
use tokio::time::sleep;

/// How long a start may take.
const STARTING: Duration = Duration::from_mins(1);

/// What a shell says first: what is made from here on may be read by every account, as most machines have it. The program
/// closes what it makes itself.
pub const OPEN: &str = "umask 022; ";

/// The program: this build's, or the one that is named, as where its speed is tried.
pub fn program() -> String {
    std::env::var("XUNAN_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_xunan").to_owned())
}

/// A running `xunan serve`.
pub struct Process {
    child: Option<Child>,
    arguments: Vec<String>,
    variables: Vec<(&'static str, String)>,
    /// Kilobytes that a file may have.
    limit: Option<u32>,
    client: reqwest::Client,
    pub url: String,
}

impl Process {
    /// On these addresses, ready to answer.
    pub async fn serve(folder: &Path, database: &str, blobs: &str) -> Self {
        let mut process = Self::new(folder, database, blobs);
        process.start().await;
        process
    }

    /// On a disk on which no file can have more kilobytes.
    pub async fn limited(folder: &Path, database: &str, blobs: &str, kilobytes: u32) -> Self {
        let mut process = Self::new(folder, database, blobs);
        process.limit = Some(kilobytes);
        process.start().await;
        process
    }

    pub fn unlimit(&mut self) {
        self.limit = None;
    }

    /// With photos in a bucket, which need not answer.
    pub async fn serve_s3(folder: &Path, database: &str, bucket: &str, endpoint: &str) -> Self {
        let mut process = Self::new(folder, database, &format!("s3://{bucket}"));
        process.change_s3(endpoint, bucket);
        process.start().await;
        process
    }

    pub fn change_s3(&mut self, endpoint: &str, bucket: &str) {
        let key = [("AWS_ACCESS_KEY_ID", s3::KEY), ("AWS_SECRET_ACCESS_KEY", s3::SECRET)];
        let place = [("AWS_ENDPOINT", endpoint), ("AWS_REGION", "us-east-1"), ("AWS_ALLOW_HTTP", "true")];
        let bucket = format!("s3://{bucket}");
        let variables = key.into_iter().chain(place).chain([("XUNAN_BLOBS", bucket.as_str())]);
        self.variables = variables.map(|(name, value)| (name, value.to_owned())).collect();
    }

    /// Over HTTPS, asked by a client that trusts it.
    pub async fn serve_tls(
        folder: &Path,
        database: &str,
        blobs: &str,
        certificate: &Path,
        key: &Path,
        client: &reqwest::Client,
    ) -> Self {
        let mut process = Self::new(folder, database, blobs);
        process.client = client.clone();
        process.url = process.url.replace("http://127.0.0.1", "https://localhost");
        for (name, file) in [("--tls-cert", certificate), ("--tls-key", key)] {
            process.arguments.extend([name.to_owned(), file.display().to_string()]);
        }
        process.start().await;
        process
    }

    fn new(folder: &Path, database: &str, blobs: &str) -> Self {
        let site = folder.join("site");
        write_site(&site);
        // Free a moment ago: whoever takes it meanwhile makes the start fail, and says so.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let data = folder.join("data").display().to_string();
        let site = site.display().to_string();
        let arguments = ["serve", "--data", &data, "--addr", &address, "--site", &site];
        Self {
            child: None,
            arguments: arguments.map(ToOwned::to_owned).to_vec(),
            variables: vec![("XUNAN_BLOBS", blobs.to_owned())],
            limit: None,
            client: reqwest::Client::new(),
            url: format!("http://{address}"),
        }
        .with_database(database)
    }

    /// With these environment variables as well.
    pub async fn serve_with(
        folder: &Path,
        database: &str,
        blobs: &str,
        variables: &[(&'static str, String)],
    ) -> Self {
        let mut process = Self::new(folder, database, blobs);
        process.variables.extend(variables.iter().cloned());
        process.start().await;
        process
    }

    fn with_database(mut self, address: &str) -> Self {
        self.arguments.extend(["--database-url".to_owned(), address.to_owned()]);
        self
    }

    /// Again, on the same port. Ready when it answers: what it stands on may be away.
    pub async fn start(&mut self) {
        assert!(self.child.is_none(), "it runs");
        let mut command = Command::new("sh");
        // A write beyond the limit is then an error, not the end.
        let limit = self.limit.map_or_else(String::new, |kilobytes| {
            format!("trap '' XFSZ; ulimit -f {}; ", kilobytes * 1024 / 512)
        });
        command.args(["-c", &format!("{OPEN}{limit}exec \"$@\""), "sh", &program()]);
        command.args(&self.arguments).env("RUST_LOG", "off").envs(self.variables.iter().cloned());
        self.child = Some(command.stdout(Stdio::null()).spawn().unwrap());
        let alive = format!("{}/healthz", self.url);
        let begun = Instant::now();
        while self.client.get(&alive).send().await.and_then(reqwest::Response::error_for_status).is_err() {
            let child = self.child.as_mut().unwrap();
            assert!(child.try_wait().unwrap().is_none(), "the server ended while it started: see above");
            assert!(begun.elapsed() < STARTING, "the server does not answer");
            sleep(Duration::from_millis(20)).await;
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// SIGKILL: nothing is finished.
    pub fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// SIGTERM, and waits until what is under way is done.
    pub fn stop(&mut self) {
        self.signal("-TERM");
        assert!(self.child.take().unwrap().wait().unwrap().success());
    }

    /// SIGHUP
    pub fn hang_up(&self) {
        self.signal("-HUP");
    }

    fn signal(&self, name: &str) {
        let pid = self.pid().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.kill();
        }
    }
}

/// The names of a build, with nothing in them: these tests look at no page.
pub fn write_site(site: &Path) {
    let files = ["pkg/xunan.js", "pkg/xunan.wasm", "pkg/xunan.css", "field-boot.js", "image_worker.js"];
    let icons = [
        "manifest.webmanifest",
        "favicon.svg",
        "icons/icon-192.png",
        "icons/icon-512.png",
        "icons/apple-touch-180.png",
    ];
    let no_hashes = ["hash.txt", "field.txt"];
    for name in files.iter().chain(&icons).chain(&no_hashes) {
        let path = site.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
}
