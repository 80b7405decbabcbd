//! # Connections, and which of them goes when there are too many
//!
//! Every connection is entered here before its first byte. Where one address or all together have as many as they may, the
//! oldest that has not said what it wants goes, then the oldest idle one, of the address that has most: whoever holds
//! connections without using them displaces only themselves, and the next in line is served.

mod line;
mod stream;

pub use line::{Line, Reading};
pub use stream::{Acceptor, Marked, Watched, note};

use crate::http::refusals::{Refusal, Refusals};
use ipnet::IpNet;
use line::SparePriority;
use std::{
    collections::{BTreeMap, HashMap},
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};
use tokio::sync::oneshot;

/// How many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    pub all: usize,
    pub of_one: usize,
}

/// Of those that may go, how many go at once: one in so many of all, so that a flood is not searched for each of its drops.
const AT_ONCE: usize = 64;

#[derive(Debug, Clone)]
pub struct Connections(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    most: Most,
    /// Each speaks for many: no cap of their own.
    proxies: Arc<[IpNet]>,
    refusals: Refusals,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    /// The oldest first.
    entries: BTreeMap<u64, Entry>,
    by_address: HashMap<IpAddr, usize>,
}

#[derive(Debug)]
struct Entry {
    address: IpAddr,
    /// Many are behind it.
    is_proxy: bool,
    line: Arc<Line>,
    /// Dropped: the connection ends.
    close: oneshot::Sender<()>,
}

impl Connections {
    pub fn new(most: Most, proxies: Arc<[IpNet]>, refusals: Refusals) -> Self {
        Self(Arc::new(Inner { most, proxies, refusals, open: Mutex::default() }))
    }

    pub fn count(&self) -> usize {
        self.with(|open| open.entries.len())
    }

    /// None where there is no room and no connection can be closed.
    fn enter(&self, peer: IpAddr) -> Option<Ticket> {
        let address = neighbourhood(peer);
        let Inner { most, proxies, refusals, .. } = &*self.0;
        let is_proxy = proxies.iter().any(|network| network.contains(&peer));
        let (close, closed) = oneshot::channel();
        let line = Arc::new(Line::default());
        let (displaced, ticket) = self.with(|open| {
            let mut displaced = vec![];
            let of_one = open.by_address.get(&address).copied().unwrap_or_default();
            if !is_proxy && of_one >= most.of_one {
                displaced.extend(open.displace(Some(address), most.all / AT_ONCE));
            }
            if displaced.is_empty() && open.entries.len() >= most.all {
                let busiest = open.by_address.iter().max_by_key(|(_, count)| **count).map(|(who, _)| *who);
                displaced.extend(open.displace(busiest, most.all / AT_ONCE));
                if displaced.is_empty() {
                    displaced.extend(open.displace(None, 1));
                }
            }
            let of_one = open.by_address.get(&address).copied().unwrap_or_default();
            if open.entries.len() >= most.all || (!is_proxy && of_one >= most.of_one) {
                return (displaced, None);
            }
            let id = open.next;
            open.next += 1;
            *open.by_address.entry(address).or_default() += 1;
            open.entries.insert(id, Entry { address, is_proxy, line: Arc::clone(&line), close });
            (displaced, Some(Ticket { connections: self.clone(), id, line, closed }))
        });
        for entry in displaced {
            refusals.count(Refusal::Displaced);
            drop(entry.close);
        }
        if ticket.is_none() {
            refusals.count(Refusal::NoConnection);
        }
        ticket
    }

    /// Ends those on which a stranger leaves an answer unread, whether or not room is short: a few networks could hold all
    /// of them otherwise. Called now and then.
    pub fn end_unread(&self, now: Instant) {
        let ended = self.with(|open| {
            let is_unread = |entry: &Entry| {
                let stands_still = entry.line.priority(now) == Some(SparePriority::Unread);
                stands_still && !entry.is_proxy && !entry.line.is_known()
            };
            let unread = open.entries.iter().filter(|(_, entry)| is_unread(entry));
            let unread: Vec<u64> = unread.map(|(id, _)| *id).collect();
            unread.into_iter().filter_map(|id| open.remove(id)).collect::<Vec<_>>()
        });
        for entry in ended {
            self.0.refusals.count(Refusal::Unread);
            drop(entry.close);
        }
    }

    fn leave(&self, id: u64, line: &Line) {
        let entry = self.with(|open| open.remove(id));
        // One that was displaced is counted already.
        if entry.is_some() && line.never_asked_in_time() {
            self.0.refusals.count(Refusal::Silent);
        }
    }

    fn with<T>(&self, of: impl FnOnce(&mut Open) -> T) -> T {
        of(&mut self.0.open.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Open {
    fn remove(&mut self, id: u64) -> Option<Entry> {
        let entry = self.entries.remove(&id)?;
        if let Some(count) = self.by_address.get_mut(&entry.address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&entry.address);
            }
        }
        Some(entry)
    }

    /// Takes out those of the address that can be spared most easily, all of one standing.
    fn displace(&mut self, address: Option<IpAddr>, at_once: usize) -> Vec<Entry> {
        let of = |entry: &Entry| address.is_none_or(|address| entry.address == address);
        let now = Instant::now();
        let mut spare: Vec<(SparePriority, u64)> = self
            .entries
            .iter()
            .filter(|(_, entry)| of(entry))
            .filter_map(|(id, entry)| Some((entry.line.priority(now)?, *id)))
            .collect();
        let Some(first) = spare.iter().map(|(priority, _)| *priority).min() else { return vec![] };
        spare.retain(|(priority, _)| *priority == first);
        // Ids count up: the oldest come first.
        let gone: Vec<u64> = spare.into_iter().map(|(_, id)| id).take(at_once.max(1)).collect();
        gone.into_iter().filter_map(|id| self.remove(id)).collect()
    }
}

/// Whoever has one address of version 6 has the whole network of it.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let network = u128::from(address) & (u128::MAX << 64);
            IpAddr::V6(Ipv6Addr::from(network))
        }
    }
}

/// A connection's place in the table; it leaves when this is dropped.
#[derive(Debug)]
struct Ticket {
    connections: Connections,
    id: u64,
    line: Arc<Line>,
    closed: oneshot::Receiver<()>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.connections.leave(self.id, &self.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Metrics;

    fn connections(all: usize, of_one: usize) -> Connections {
        let proxies = vec!["10.0.0.1/32".parse().unwrap()].into();
        Connections::new(Most { all, of_one }, proxies, Refusals::new(Metrics::default()))
    }

    fn at(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    fn is_closed(ticket: &mut Ticket) -> bool {
        ticket.closed.try_recv() == Err(oneshot::error::TryRecvError::Closed)
    }

    #[test]
    fn the_oldest_that_said_nothing_makes_room_and_its_own_address_first() {
        let connections = connections(8, 3);
        let mut kept = connections.enter(at(9)).unwrap();
        let mut silent: Vec<_> = (0..4).map(|_| connections.enter(at(1)).unwrap()).collect();
        let closed: Vec<bool> = silent.iter_mut().map(is_closed).collect();
        assert_eq!(closed, [true, false, false, false]);
        assert!(!is_closed(&mut kept));
        assert_eq!(connections.count(), 4);
    }

    #[test]
    fn where_all_are_too_many_the_busiest_address_makes_room() {
        let connections = connections(4, 4);
        let mut first = connections.enter(at(1)).unwrap();
        let mut busy: Vec<_> = (0..3).map(|_| connections.enter(at(2)).unwrap()).collect();
        let _next = connections.enter(at(3)).unwrap();
        assert!(is_closed(&mut busy[0]) && !is_closed(&mut first));
    }

    #[test]
    fn who_is_being_answered_stays_and_a_newcomer_goes() {
        let connections = connections(2, 2);
        let tickets = [connections.enter(at(1)).unwrap(), connections.enter(at(1)).unwrap()];
        let answering = tickets.each_ref().map(|ticket| ticket.line.asks());
        assert!(connections.enter(at(2)).is_none());
        drop(answering);
        assert!(connections.enter(at(2)).is_some(), "idle by now");
    }

    #[test]
    fn what_a_stranger_leaves_unread_ends_and_what_a_known_person_or_a_proxy_leaves_stays() {
        let connections = connections(8, 8);
        let proxy = IpAddr::from([10, 0, 0, 1]);
        let mut tickets = [at(1), at(2), proxy].map(|who| connections.enter(who).unwrap());
        tickets[1].line.knows_its_person();
        let _unread = tickets.each_ref().map(|ticket| ticket.line.asks());
        connections.end_unread(Instant::now());
        assert_eq!(connections.count(), 3);
        connections.end_unread(Instant::now() + line::UNREAD + std::time::Duration::from_secs(1));
        assert_eq!(tickets.each_mut().map(is_closed), [true, false, false]);
    }

    #[test]
    fn an_unfinished_body_goes_before_an_idle_line_and_a_known_persons_last() {
        let connections = connections(3, 3);
        let mut tickets: Vec<_> = (0..3).map(|_| connections.enter(at(1)).unwrap()).collect();
        drop(tickets[0].line.asks());
        tickets[1].line.knows_its_person();
        let _uploads = (tickets[1].line.asks(), tickets[1].line.reads());
        let _stranger = (tickets[2].line.asks(), tickets[2].line.reads());
        let next = connections.enter(at(2)).unwrap();
        let closed: Vec<bool> = tickets.iter_mut().map(is_closed).collect();
        assert_eq!(closed, [false, false, true], "the stranger's body");
        let _answered = next.line.asks();
        let _last = connections.enter(at(2)).unwrap();
        assert!(is_closed(&mut tickets[0]) && !is_closed(&mut tickets[1]), "then the idle one");
    }

    #[test]
    fn a_proxy_speaks_for_many_and_a_network_of_version_6_for_one() {
        let connections = connections(8, 2);
        let proxy = IpAddr::from([10, 0, 0, 1]);
        let mut proxied: Vec<_> = (0..4).map(|_| connections.enter(proxy).unwrap()).collect();
        assert!(!proxied.iter_mut().any(is_closed));
        let v6 = |last: &str| format!("2001:db8::{last}").parse().unwrap();
        let mut one: Vec<_> = ["1", "2", "3"].map(|last| connections.enter(v6(last)).unwrap()).into();
        assert!(is_closed(&mut one[0]) && !is_closed(&mut one[2]));
    }
}
