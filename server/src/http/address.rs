//! Where a request comes from.

use crate::state::AppState;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use std::{convert::Infallible, net::SocketAddr};

/// The client's address as far as it is known.
#[derive(Debug, Clone)]
pub struct ClientAddress(pub String);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| *address);
        Ok(Self(client_address(&parts.headers, peer, state.trusted_proxy)))
    }
}

/// Behind a trusted proxy the last address that it added; anybody may write the ones before it.
pub fn client_address(headers: &HeaderMap, peer: Option<SocketAddr>, trusted_proxy: bool) -> String {
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let added = forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim).filter(|_| trusted_proxy);
    added.map_or_else(|| peer.map(|peer| peer.ip().to_string()).unwrap_or_default(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_counts_only_behind_a_trusted_proxy() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 10.1.1.1".parse().unwrap());
        let peer = Some("192.0.2.1:9".parse().unwrap());
        assert_eq!(client_address(&headers, peer, false), "192.0.2.1");
        assert_eq!(client_address(&headers, peer, true), "10.1.1.1");
    }
}
