//! A PostgreSQL of the tests' own, from the installed binaries: made when a test asks for it, reached by a socket in its
//! own folder, gone with the process that asked, however that ends.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::sync::OnceCell;

/// Does what it is told, line by line. Runs as somebody who is not root, as PostgreSQL demands, and ends with its input,
/// hence with the tests' process. `now` leads to whichever server answers, as a name on a network would.
const SCRIPT: &str = r#"
    set -eu
    folder=$(mktemp -d "${TMPDIR:-/tmp}/xunan-postgres.XXXXXX")
    cd "$folder"
    end() {
        for pid in *.pid; do kill -QUIT "$(cat "$pid")" 2>/dev/null || true; done
        wait
        rm -rf "$folder"
    }
    trap end EXIT
    run() {
        name=$1
        shift
        : >"$name.log"
        "$bin/postgres" -D "$name" -k "$folder/sockets/$name" -c listen_addresses= -c max_connections=300 \
            -c fsync="$sync" -c full_page_writes="$sync" -c autovacuum="$sync" "$@" >"$name.log" 2>&1 &
        echo $! >"$name.pid"
        until grep -q "ready to accept" "$name.log"; do
            kill -0 "$(cat "$name.pid")" || { cat "$name.log" >&2; exit 1; }
            sleep 0.05
        done
    }
    bin=$1 sync=$2
    "$bin/initdb" -D main -U xunan --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1 || { cat log >&2; exit 1; }
    mkdir -p sockets/main sockets/standby
    ln -s sockets/main now
    echo "$folder"
    while read -r command; do
        case $command in
            start) run main ;;
            pair)
                cp -R main standby
                touch standby/standby.signal
                run main -c "synchronous_standby_names=*" -c synchronous_commit=off
                run standby -c "primary_conninfo=host=$folder/sockets/main user=xunan"
                ;;
            kill)
                kill -QUIT "$(cat main.pid)"
                wait "$(cat main.pid)" || true
                rm main.pid
                ;;
            freeze | thaw)
                signal=$([ "$command" = freeze ] && echo STOP || echo CONT)
                pid=$(cat standby.pid)
                kill -"$signal" "$pid" $(grep -l "^PPid:[[:space:]]*$pid\$" /proc/[0-9]*/status | cut -d/ -f3)
                ;;
            promote)
                "$bin/pg_ctl" -D standby -w promote >>log
                ln -sfn sockets/standby now
                ;;
        esac
        echo done
    done
"#;

/// One PostgreSQL, or two of which one stands by.
pub struct Cluster {
    folder: PathBuf,
    shell: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    _process: Child,
}

impl Cluster {
    /// Keeps nothing beyond a power cut, and vacuums nothing: a worker that goes round hundreds of small databases keeps a core
    /// busy, and none of them lives for a minute.
    pub fn start() -> Self {
        Self::told("start", "off")
    }

    /// Which syncs to the disk, as a real one does.
    pub fn durable() -> Self {
        Self::told("start", "on")
    }

    /// With a standby that confirms every commit, unless a session does not wait for it, as they do not by themselves.
    pub fn pair() -> Self {
        Self::told("pair", "off")
    }

    fn told(command: &str, sync: &str) -> Self {
        let binaries = binaries();
        let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        let mut shell = Command::new(if root { "runuser" } else { "sh" });
        if root {
            shell.args(["-u", "postgres", "--", "sh"]);
        }
        shell
            .args(["-c", SCRIPT, "sh"])
            .arg(&binaries)
            .arg(sync)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = shell.spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut output = BufReader::new(output);
        let mut folder = String::new();
        output.read_line(&mut folder).unwrap();
        assert!(!folder.is_empty(), "the PostgreSQL of {} did not start: see above", binaries.display());
        let cluster =
            Self { folder: folder.trim().into(), shell: Mutex::new((input, output)), _process: process };
        cluster.tell(command);
        cluster
    }

    fn tell(&self, command: &str) {
        let mut shell = self.shell.lock().unwrap();
        writeln!(shell.0, "{command}").unwrap();
        let mut answer = String::new();
        shell.1.read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n", "PostgreSQL did not {command}: see above");
    }

    /// At once, as a power cut would.
    pub fn kill(&self) {
        self.tell("kill");
    }

    pub fn revive(&self) {
        self.tell("start");
    }

    /// The standby stops confirming.
    pub fn freeze(&self) {
        self.tell("freeze");
    }

    pub fn thaw(&self) {
        self.tell("thaw");
    }

    /// The standby takes over, under the same address.
    pub fn promote(&self) {
        self.tell("promote");
    }

    /// The server's process, whose children do the work.
    pub fn pid(&self) -> u32 {
        std::fs::read_to_string(self.folder.join("main.pid")).unwrap().trim().parse().unwrap()
    }

    /// The address of a new, empty database.
    pub async fn database(&self) -> String {
        address(&self.folder, &self.create("template1").await)
    }

    /// The name of a new database, a copy of that one.
    async fn create(&self, template: &str) -> String {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", MADE.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&address(&self.folder, "postgres")).await.unwrap();
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        connection.execute(AssertSqlSafe(create)).await.unwrap();
        connection.close().await.unwrap();
        name
    }
}

/// The address of a new database in a cluster that the whole process shares, with the storage's tables and nothing in them. They are
/// made once and copied: that takes a fraction of the time, and hundreds of tests want one.
pub async fn database() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static TABLES: OnceCell<String> = OnceCell::const_new();
    let cluster = CLUSTER.get_or_init(Cluster::start);
    let tables = TABLES.get_or_init(|| async {
        let name = cluster.create("template1").await;
        let store = storage::open(&address(&cluster.folder, &name).parse().unwrap(), true).await.unwrap();
        // Nobody copies what somebody else is connected to.
        store.close().await;
        name
    });
    address(&cluster.folder, &cluster.create(tables.await).await)
}

fn address(folder: &Path, database: &str) -> String {
    format!("postgres://xunan@localhost/{database}?host={}", folder.join("now").display())
}

/// Where `initdb` and `postgres` are: on the path, or where Debian puts them, the newest first.
fn binaries() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort();
    let mut folders = std::env::split_paths(&path).chain(debian.into_iter().rev());
    folders
        .find(|folder| ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).exists()))
        .unwrap_or_else(|| {
            panic!("PostgreSQL (`initdb`, `postgres`) is not installed: `.ci/tools postgres` installs it")
        })
}
