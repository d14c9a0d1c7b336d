//! `mamori serve`: listens at once, then migrates, then answers; works off jobs and mails beside it; ends in good order.

mod assets;
mod drain;
mod gate;
mod guard;
mod router;
mod worker;

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::compose::{self, Settings};

pub use crate::mail::MailServer;
pub use router::{FORM_LIMIT, build};

/// How long requests and the running job may take to end when the program is told to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// What `serve` is told.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Database, clock, public address. An empty public address becomes the address that is listened on.
    pub settings: Settings,
    /// The mail server of the installation, if any.
    pub mail: Option<MailServer>,
}

/// Runs until `stop` is done. `ready` is told the address when the first request can be answered.
///
/// # Errors
/// [`Error::Refused`] when the port is taken or another process serves the folder; [`Error::Internal`] when a migration fails.
pub async fn serve(
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send + 'static,
    ready: impl FnOnce(&str),
) -> Result<()> {
    let listener = TcpListener::bind(options.listen).await.map_err(|error| refused_address(options.listen, &error))?;
    let local = listener.local_addr().map_err(|error| Error::Internal(error.to_string()))?;
    let _only = options.settings.db.url.is_none().then(|| lock(&options.settings.db.data_dir)).transpose()?;
    let mut settings = options.settings;
    if settings.base_url.is_empty() {
        settings.base_url = format!("http://{local}");
    }
    let (stopping, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        let _ = stopping.send(true);
    });
    let gate = gate::Gate::default();
    let server = {
        let (gate, mut stopped) = (gate.clone(), stopped.clone());
        tokio::spawn(async move {
            let service = gate.router().into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service)
                .with_graceful_shutdown(async move {
                    let _ = stopped.wait_for(|stop| *stop).await;
                })
                .await
        })
    };
    let opened = compose::open(&settings).await?;
    if opened.migrated > 0 {
        tracing::info!(steps = opened.migrated, "database brought up to date");
    }
    gate.open(build(&opened.app, opened.router)?, opened.app.clone());
    ready(&settings.base_url);
    let work = tokio::spawn(worker::run(opened.app.clone(), options.mail, stopped.clone()));
    let mut stopped = stopped;
    let _ = stopped.wait_for(|stop| *stop).await;
    let ended = async {
        let _ = server.await;
        let _ = work.await;
    };
    if tokio::time::timeout(PATIENCE, ended).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    opened.app.db.close().await;
    Ok(())
}

fn refused_address(address: SocketAddr, error: &std::io::Error) -> Error {
    Error::Refused(Words::owned(
        format!(
            "{address} で待ち受けできません。ほかのプログラムが使っていないか確認するか、--listen で別のポートを指定してください。（{error}）"
        ),
        format!(
            "Cannot listen on {address}. Check whether another program uses it, or choose another port with --listen. ({error})"
        ),
    ))
}

/// Holds the folder for one serving process; given back when dropped, also by a crash.
///
/// # Errors
/// [`Error::Refused`] when another process holds it.
pub fn lock(folder: &Path) -> Result<std::fs::File> {
    let told = |error: &std::io::Error| Error::Internal(format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(|error| told(&error))?;
    let file = std::fs::File::create(folder.join("mamori.lock")).map_err(|error| told(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::Refused(Words::owned(
            format!("{} は、すでに動いている別のmamoriが使っています。", folder.display()),
            format!("{} is in use by another mamori that is already running.", folder.display()),
        ))),
        Err(std::fs::TryLockError::Error(error)) => Err(told(&error)),
    }
}

/// Ends with Ctrl+C or the termination signal of the service manager.
pub async fn signal() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
