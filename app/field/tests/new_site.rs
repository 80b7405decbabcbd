//! 新开的店 in a real browser: what was begun at the door is finished elsewhere, and is the site at the door.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod support;

use client::{Device, Host, db, lock, new_sites, records, session};
use domain::{
    device::StoreName,
    id::{GridId, SiteKind},
    place::{Grid, Location, Office},
    role::{Actor, Scope},
    schedule::VisitIntervals,
    site::ProposedSite,
    sync::{Directory, SignedIn},
    window::LiveWindow,
};
use leptos::prelude::window;
use support::{gone, until};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn directory(me: Actor, grids: &[GridId]) -> Directory {
    let grid = |(at, id): (usize, &GridId)| Grid {
        id: *id,
        community: client_fixtures::site().community,
        name: format!("第 {at} 网格"),
    };
    Directory {
        office: Office { id: me.office, name: "新城街道".into(), demo: false },
        me,
        communities: vec![],
        grids: grids.iter().enumerate().map(grid).collect(),
        departments: vec![],
        kinds: vec![],
        intervals: VisitIntervals::default(),
        colleagues: vec![],
        phrases: vec![],
        window: LiveWindow::default(),
        inspection: None,
        outlines: vec![],
    }
}

#[wasm_bindgen_test]
async fn what_was_begun_at_the_door_is_made_there() {
    let phone = Device::new(Host::new("test-new-site"));
    let known = client_fixtures::inspector(phone.clock.new_id(), "李敏");
    let grids: [GridId; 2] = [phone.clock.new_id(), phone.clock.new_id()];
    let actor = Actor { scope: Scope::Grids(grids.to_vec()), ..known.actor };
    session::becomes(
        &phone,
        &SignedIn { actor: actor.clone(), office: known.office, demo: false, due: None },
    )
    .unwrap();
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, client_fixtures::PIN).await.unwrap();
    db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&directory(actor, &grids)).await)
        .await
        .unwrap();
    let begun = ProposedSite {
        id: phone.clock.new_id(),
        grid: grids[1],
        name: "金河饺子馆".into(),
        kind: SiteKind::from("restaurant"),
        sector: client_fixtures::site().sector,
        address: "金河中路39号".into(),
        location: Some(Location { latitude: 34.86, longitude: 113.6, accuracy: Some(8.0) }),
        photos: vec![],
    };
    assert!(new_sites::save(&phone, &begun));
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some("/field/new-site")).unwrap();
    field::mount_on(phone.clone());

    // Asked of whoever has several, as soon as they are read.
    until("#new-site-grid").await;
    until("footer > :last-child").await.click();
    gone("#new-site-grid").await;
    assert_eq!(new_sites::load(&phone), None);
    let made = records::site(&phone, begun.id).await.unwrap().unwrap();
    assert_eq!((made.grid, made.location, made.address), (begun.grid, begun.location, begun.address));
}
