//! Where a channel may lead: out of the house and nowhere else.
//!
//! An address comes from an administrator, who is not the one who runs the server: it must not reach what lies beside the
//! server. So names are resolved here, every address that they have is looked at, and the connection is made to those addresses
//! and no others, whatever the name says a moment later. What answers with another address is not followed. Hosts that
//! whoever runs the server has named when it was started are allowed wherever they are.

use domain::notice::ChannelKind;
use reqwest::Url;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};
use thiserror::Error;
use tokio::{net::lookup_host, time::timeout};

/// A name server that is silent keeps nobody else's messages waiting.
const LOOKED_UP_IN: Duration = Duration::from_secs(10);

/// Why an address is not called. Nothing of it but the host is told: the rest is secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fenced {
    #[error("the address cannot be read, or does not begin with https://")]
    Malformed,
    #[error("the address leads to {0}, where no such robot is")]
    OtherHost(String),
    #[error("{0} leads into an inner network")]
    Private(String),
    #[error("the host {0} is not found")]
    Unresolved(String),
}

/// An address that may be called.
#[derive(Debug, Clone)]
pub struct Passed {
    pub url: Url,
    /// As the address names it.
    pub host: String,
    /// Where it is, all of it looked at.
    pub addresses: Vec<SocketAddr>,
}

/// The address as far as it can be judged without asking anybody where its host is.
pub fn read(kind: ChannelKind, address: &str, allowed: &[String]) -> Result<(Url, String), Fenced> {
    let url = Url::parse(address).map_err(|_| Fenced::Malformed)?;
    let host = url.host_str().ok_or(Fenced::Malformed)?.to_owned();
    let is_allowed = allows(allowed, &host);
    let scheme = match kind {
        ChannelKind::Mail => matches!(url.scheme(), "smtps" | "smtp"),
        ChannelKind::Wecom
        | ChannelKind::Dingtalk
        | ChannelKind::Sms
        | ChannelKind::Webhook
        | ChannelKind::Push => url.scheme() == "https" || (is_allowed && url.scheme() == "http"),
    };
    if !scheme || !url.username().is_empty() || url.password().is_some() {
        return Err(Fenced::Malformed);
    }
    if kind.host().is_some_and(|robots| robots != host) && !is_allowed {
        return Err(Fenced::OtherHost(host));
    }
    Ok((url, host))
}

/// Asks where the host is, and looks at every address.
pub async fn pass(kind: ChannelKind, address: &str, allowed: &[String]) -> Result<Passed, Fenced> {
    let (url, host) = read(kind, address, allowed)?;
    let usual = match url.scheme() {
        "smtps" => Some(465),
        "smtp" => Some(587),
        _ => url.port_or_known_default(),
    };
    let port = url.port().or(usual).ok_or(Fenced::Malformed)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let addresses: Vec<SocketAddr> = match bare.parse::<IpAddr>() {
        Ok(ip) => vec![SocketAddr::new(ip, port)],
        Err(_) => {
            let asked = timeout(LOOKED_UP_IN, lookup_host((bare, port))).await;
            let found = asked.ok().and_then(Result::ok);
            found.ok_or_else(|| Fenced::Unresolved(host.clone()))?.collect()
        }
    };
    if addresses.is_empty() {
        return Err(Fenced::Unresolved(host));
    }
    // One that leads inside is one too many: which of them is taken is not ours to say.
    let leads_out = addresses.iter().all(|address| is_public(address.ip()));
    if !leads_out && !allows(allowed, &host) {
        return Err(Fenced::Private(host));
    }
    Ok(Passed { url, host, addresses })
}

fn allows(allowed: &[String], host: &str) -> bool {
    allowed.iter().any(|known| known.eq_ignore_ascii_case(host))
}

/// Whether an address is one of the open net's.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    let is_special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || first == 0
        // Between a carrier and its customers.
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        // Benchmarks of networks.
        || (first == 198 && (18..20).contains(&second))
        // Kept for later.
        || first >= 240;
    !is_special
}

/// Of the addresses that are given to hosts, those that carry no other inside them.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let is_given = first & 0xe000 == 0x2000;
    // Teredo, documentation, 6to4.
    let is_special = (first == 0x2001 && (second == 0 || second == 0xdb8)) || first == 0x2002;
    is_given && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: &[String] = &[];

    #[test]
    fn what_lies_beside_the_server_is_not_of_the_open_net() {
        for inner in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "ff02::1",
        ] {
            assert!(!is_public(inner.parse().unwrap()), "{inner}");
        }
        for open in ["101.91.0.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2408:4000::1", "2001:4860::1"] {
            assert!(is_public(open.parse().unwrap()), "{open}");
        }
    }

    #[test]
    fn a_robot_is_where_such_robots_are() {
        let read = |kind, address| read(kind, address, NOBODY).map(|(_, host)| host);
        let wecom = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1";
        assert_eq!(read(ChannelKind::Wecom, wecom), Ok("qyapi.weixin.qq.com".to_owned()));
        for other in [
            "https://qyapi.weixin.qq.com.evil.cn/send?key=1",
            "https://evil.cn/qyapi.weixin.qq.com",
            "https://oapi.dingtalk.com/robot/send?access_token=1",
        ] {
            assert!(matches!(read(ChannelKind::Wecom, other), Err(Fenced::OtherHost(_))), "{other}");
        }
        for wrong in [
            "http://qyapi.weixin.qq.com/send",
            "https://qyapi.weixin.qq.com@evil.cn/send",
            "https://user:word@qyapi.weixin.qq.com/send",
            "file:///etc/passwd",
            "qyapi.weixin.qq.com",
            "",
        ] {
            assert_eq!(read(ChannelKind::Wecom, wrong), Err(Fenced::Malformed), "{wrong}");
        }
    }

    #[tokio::test]
    async fn an_address_that_leads_inside_is_not_called_unless_it_was_allowed() {
        let own = "https://127.0.0.1:8443/hook";
        for inner in [
            own,
            "https://[::1]/hook",
            "https://2130706433/hook",
            "https://0x7f.1/hook",
            "https://localhost/hook",
        ] {
            let fenced = pass(ChannelKind::Webhook, inner, NOBODY).await.map(|passed| passed.host);
            assert!(matches!(fenced, Err(Fenced::Private(_))), "{inner}: {fenced:?}");
        }
        let allowed = ["127.0.0.1".to_owned()];
        let passed = pass(ChannelKind::Webhook, own, &allowed).await.unwrap();
        assert_eq!(passed.addresses, ["127.0.0.1:8443".parse::<SocketAddr>().unwrap()]);
        assert!(pass(ChannelKind::Webhook, "http://127.0.0.1/hook", &allowed).await.is_ok());
    }
}
