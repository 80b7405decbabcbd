//! A device: everything that one phone holds, and nothing that is shared with another.

use crate::{
    Watched,
    changes::Changes,
    clock::Clock,
    db::Db,
    drafts::{InHand, Written},
    encryption::Encryption,
    host::{self, Host},
    log::Log,
    platform::Page as _,
    state::{ConnectionStatus, Lock},
};
use chrono::{DateTime, Utc};
use domain::{
    device::action_draft::ActionDraft, id::VisitId, photo::PhotoHash, place::Location, sync::SignedIn,
};
use futures::lock::Mutex;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    rc::Rc,
};

/// A phone without a screen. Clones are the same phone.
#[derive(Clone)]
pub struct Device(Rc<Parts>);

/// What a device is made of.
pub struct Parts {
    pub changes: Rc<Changes>,
    pub clock: Rc<Clock>,
    pub db: Db,
    pub encryption: Rc<Encryption>,
    pub line: Watched<ConnectionStatus>,
    pub lock: Watched<Lock>,
    /// The photo under way and its percentage.
    pub uploading: Watched<Option<(PhotoHash, u8)>>,

    pub(crate) crypto: host::Crypto,
    pub(crate) log: Rc<Log>,
    pub(crate) network: host::Network,
    pub(crate) page: host::Page,
    pub(crate) runtime: host::Runtime,
    pub(crate) settings: host::Settings,

    /// The engine runs.
    pub(crate) started: Cell<bool>,
    /// Who is signed in, once it has been read.
    pub(crate) known: RefCell<Option<SignedIn>>,
    /// Two that open at once are one that opens and one that finds it open.
    pub(crate) opening: Mutex<()>,
    pub(crate) open_until: Cell<Option<DateTime<Utc>>>,
    /// In this tab.
    pub(crate) touched: Cell<Option<DateTime<Utc>>>,
    /// Drafts that were submitted or thrown away: a save that was under way then must not bring them back.
    pub(crate) ended: RefCell<BTreeSet<VisitId>>,
    /// Drafts as this tab last read or saved them: what differs from them was changed here.
    pub(crate) in_hand: RefCell<BTreeMap<VisitId, InHand>>,
    pub(crate) written: RefCell<Option<Written>>,
    /// The same of drafts of actions, by the keys under which they are kept.
    pub(crate) actions_in_hand: RefCell<BTreeMap<String, ActionDraft>>,
    /// One photo at a time is unpacked, whichever strip, item or tool it comes from.
    pub(crate) unpacking: Mutex<()>,
    /// What was tapped at doors is handed in once, whichever screen asks.
    pub(crate) handing_in: Mutex<()>,
    /// Where the phone was last.
    pub(crate) located: Cell<Option<(Location, DateTime<Utc>)>>,
}

impl Device {
    pub fn new(host: Host) -> Self {
        let Host { crypto, network, page, runtime, settings, storage, tabs } = host;
        let clock = Rc::new(Clock::new(runtime.clone()));
        let (encryption, log) = (Rc::new(Encryption::new(clock.clone())), Rc::new(Log::new(clock.clone())));
        let db = Db::new(storage, runtime.clone(), clock.clone(), encryption.clone(), log.clone());
        let line = ConnectionStatus { online: page.is_online(), ..ConnectionStatus::default() };
        Self(Rc::new(Parts {
            changes: Rc::new(Changes::new(tabs)),
            clock,
            db,
            encryption,
            line: Watched::new(line),
            lock: Watched::new(Lock::Unknown),
            uploading: Watched::new(None),
            crypto,
            log,
            network,
            page,
            runtime,
            settings,
            started: Cell::default(),
            known: RefCell::default(),
            opening: Mutex::default(),
            open_until: Cell::default(),
            touched: Cell::default(),
            ended: RefCell::default(),
            in_hand: RefCell::default(),
            written: RefCell::default(),
            actions_in_hand: RefCell::default(),
            unpacking: Mutex::default(),
            handing_in: Mutex::default(),
            located: Cell::default(),
        }))
    }
}

impl Deref for Device {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
