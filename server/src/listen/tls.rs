//! Certificates: one's own, read again when the process is told to (SIGHUP), or an ACME authority's, asked for on the
//! port that is served and renewed by itself.

use crate::config::Tls;
use anyhow::Context;
use axum_server::tls_rustls::RustlsConfig;
use futures::StreamExt;
use rustls_acme::{
    AcmeConfig,
    acme::{ACME_TLS_ALPN_NAME, LETS_ENCRYPT_PRODUCTION_DIRECTORY},
    caches::DirCache,
    rustls::{ServerConfig, crypto::aws_lc_rs},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// None: plain HTTP.
pub(super) async fn configure(tls: &Tls, data: &Path) -> anyhow::Result<Option<RustlsConfig>> {
    if let (Some(certificate), Some(key)) = (&tls.certificate, &tls.key) {
        let config = RustlsConfig::from_pem_file(certificate, key)
            .await
            .with_context(|| format!("{} and {} cannot be used", certificate.display(), key.display()))?;
        tokio::spawn(read_again(config.clone(), certificate.clone(), key.clone()));
        return Ok(Some(config));
    }
    if tls.domains.is_empty() { Ok(None) } else { Ok(Some(acme(tls, data)?)) }
}

/// On every SIGHUP. A certificate that does not fit its key leaves the old pair in use.
async fn read_again(config: RustlsConfig, certificate: PathBuf, key: PathBuf) {
    #[cfg(unix)]
    if let Ok(mut asked) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) {
        while asked.recv().await.is_some() {
            match config.reload_from_pem_file(&certificate, &key).await {
                Ok(()) => tracing::info!("the certificate was read again"),
                Err(error) => tracing::error!(%error, "the certificate stays as it was"),
            }
        }
    }
}

fn acme(tls: &Tls, data: &Path) -> anyhow::Result<RustlsConfig> {
    let directory = tls.directory.as_deref().unwrap_or(LETS_ENCRYPT_PRODUCTION_DIRECTORY);
    let contact = tls.contact.iter().map(|mail| format!("mailto:{mail}"));
    let mut authority = AcmeConfig::new(&tls.domains)
        .contact(contact)
        .cache(DirCache::new(private_folder(data)?))
        .directory(directory)
        .state();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(authority.resolver());
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec(), ACME_TLS_ALPN_NAME.to_vec()];
    // Nothing is asked for or renewed unless somebody listens.
    tokio::spawn(async move {
        while let Some(event) = authority.next().await {
            match event {
                Ok(done) => tracing::info!(?done, "certificate"),
                Err(error) => tracing::error!(%error, "certificate"),
            }
        }
    });
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

/// Creates a file for keys that only its owner may read.
fn private_folder(data: &Path) -> anyhow::Result<PathBuf> {
    let folder = data.join("acme");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(folder)
}
