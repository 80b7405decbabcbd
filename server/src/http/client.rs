//! Who is at the other end, as far as it is known.

use super::refusals::Refusal;
use crate::{state::AppState, storage::Session};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::Response,
};
use domain::audit::Origin;
use ipnet::IpNet;
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The sender of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    pub address: Option<IpAddr>,
    /// Whether the person's browser speaks HTTPS.
    pub https: bool,
}

/// How requests come here.
#[derive(Debug, Clone, Default)]
pub struct ProxyTrust {
    /// This server speaks TLS itself.
    pub tls: bool,
    /// What these say of whom they speak for is believed.
    pub trusted_proxies: Arc<[IpNet]>,
}

impl ProxyTrust {
    fn trusts(&self, address: &IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(address))
    }

    /// Whether the request carries proxy headers from an address that is no trusted proxy.
    fn is_relayed_by_a_stranger(&self, headers: &HeaderMap, peer: SocketAddr) -> bool {
        OF_PROXIES.iter().any(|name| headers.contains_key(*name)) && !self.trusts(&peer.ip().to_canonical())
    }

    /// Anybody may write any header; so the list of addresses is walked back from this end for as long as a proxy of
    /// ours wrote it.
    pub fn client(&self, headers: &HeaderMap, peer: Option<SocketAddr>) -> Client {
        let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else {
            return Client { address: None, https: self.tls };
        };
        let trusted = |address: &IpAddr| self.trusts(address);
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut address = peer;
        for hop in hops.into_iter().rev() {
            let Ok(next) = hop.parse::<IpAddr>() else { break };
            if !trusted(&address) {
                break;
            }
            address = next.to_canonical();
        }
        let said = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
        Client { address: Some(address), https: self.tls || (trusted(&peer) && said) }
    }
}

/// What proxies write.
const OF_PROXIES: [&str; 4] = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded"];

/// Notes on the request who sent it.
pub(super) async fn note(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| *address);
    let client = state.proxy_trust.client(request.headers(), peer);
    if peer.is_some_and(|peer| state.proxy_trust.is_relayed_by_a_stranger(request.headers(), peer)) {
        state.edge.refusals.count(Refusal::ForeignProxy);
    }
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl Client {
    /// Of a request that passed [`note`].
    pub fn of(extensions: &axum::http::Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// For 操作记录.
    pub fn origin(&self, session: Option<&Session>) -> Origin {
        Origin {
            address: self.address.map(|address| address.to_string()),
            device: session.map(|session| session.device_name.clone()).unwrap_or_default(),
            session: session.map(|session| session.mark.clone()),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(proxies: &[&str], forwarded: &[&'static str], peer: &str) -> String {
        let trusted_proxies = proxies.iter().map(|network| network.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        headers.insert("x-forwarded-proto", "https".parse().unwrap());
        let peer = SocketAddr::new(peer.parse().unwrap(), 9);
        let client = ProxyTrust { tls: false, trusted_proxies }.client(&headers, Some(peer));
        format!("{} {}", client.address.unwrap(), if client.https { "https" } else { "http" })
    }

    #[test]
    fn headers_count_only_as_far_back_as_our_own_proxies_wrote_them() {
        let chain = ["6.6.6.6, 203.0.113.7", "10.1.1.1"];
        assert_eq!(address(&[], &chain, "192.0.2.1"), "192.0.2.1 http");
        assert_eq!(address(&["192.0.2.0/24"], &chain, "192.0.2.1"), "10.1.1.1 https");
        assert_eq!(address(&["192.0.2.0/24", "10.0.0.0/8"], &chain, "192.0.2.1"), "203.0.113.7 https");
        assert_eq!(address(&["192.0.2.0/24"], &chain, "198.51.100.1"), "198.51.100.1 http");
        assert_eq!(address(&["192.0.2.0/24"], &[], "192.0.2.1"), "192.0.2.1 https");
        assert_eq!(address(&["192.0.2.0/24"], &chain, "::ffff:192.0.2.1"), "10.1.1.1 https");
        assert_eq!(address(&["192.0.2.0/24"], &["nonsense"], "192.0.2.1"), "192.0.2.1 https");
    }
}
