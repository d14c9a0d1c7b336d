//! The program under measurement as a process of its own.

use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use crate::http::Client;

/// Longest time that a start may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `mamori serve`. Killed when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// From the start of the process until `/healthz` answered 200.
    pub started_in: Duration,
}

impl Server {
    /// Starts on a folder and waits until it is ready.
    ///
    /// # Errors
    /// The binary cannot be run, or ended, or was not ready in time.
    pub async fn start(binary: &Path, folder: &Path) -> io::Result<Server> {
        // The port is given back and taken again at once; nobody else is asked to listen here.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let begun = Instant::now();
        let mut child = Command::new(binary)
            .args(["serve", "--listen", &address, "--data"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let client = Client { address: address.clone(), ..Client::default() };
        loop {
            if client.get("/healthz").await.is_ok_and(|answer| answer.status == 200) {
                return Ok(Server { child, address, started_in: begun.elapsed() });
            }
            if let Some(status) = child.try_wait()? {
                return Err(io::Error::other(format!("the server ended with {status}")));
            }
            if begun.elapsed() > PATIENCE {
                return Err(io::Error::other("the server was not ready within a minute"));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// A field of `/proc/PID/status` in MB: `VmRSS` resident now, `VmHWM` the most so far.
    pub fn memory_mb(&self, field: &str) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find(|line| line.starts_with(field))?;
        let kb: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kb / 1024.0)
    }

    /// Asks it to end in good order (SIGTERM) and waits.
    ///
    /// # Errors
    /// It did not end within the patience of a service manager.
    pub async fn stop(mut self) -> io::Result<()> {
        if let Some(id) = self.child.id() {
            let _ = Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
        }
        match tokio::time::timeout(PATIENCE, self.child.wait()).await {
            Ok(ended) => ended.map(|_| ()),
            Err(_) => Err(io::Error::other("the server did not end when asked")),
        }
    }
}

/// Runs a command of the binary and gives what it printed.
///
/// # Errors
/// It ended with another code than 0.
pub async fn command(binary: &Path, folder: &Path, words: &[&str]) -> io::Result<String> {
    let mut arguments: Vec<PathBuf> = words.iter().map(PathBuf::from).collect();
    arguments.extend([PathBuf::from("--data"), folder.to_owned()]);
    let output = Command::new(binary).args(arguments).output().await?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(io::Error::other(format!("mamori {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr))))
}
