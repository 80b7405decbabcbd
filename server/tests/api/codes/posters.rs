//! Codes on posters: each is read by a phone that is held as hands hold it, and leads to its site.

use super::{
    super::{
        office::{PASSWORD, TestOffice, found, outcome_of},
        pages::Desk,
        photos::jpeg,
    },
    asker, code_of, get, hazard, opened, reported, send_photo,
};
use axum::http::StatusCode;
use domain::{
    code::Scanned,
    hazard::HazardStatusKind,
    id::HazardId,
    role::Role,
    site::{Site, SiteFilter},
};
use image::{
    GrayImage, Luma,
    imageops::{self, FilterType},
};
use rqrr::PreparedImage;
use server::service::codes;
use std::{collections::HashSet, panic::catch_unwind};

/// The picture of a code, as a printer would set it.
fn painted(svg: &str) -> GrayImage {
    let attribute = |name: &str| svg.split(name).nth(1).unwrap().split('"').next().unwrap();
    let size: u32 = attribute("width=\"").parse().unwrap();
    let mut picture = GrayImage::from_pixel(size, size, Luma([255]));
    for rect in attribute(" d=\"").split('M').filter(|rect| !rect.is_empty()) {
        let numbers = rect.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
        let numbers: Vec<u32> = numbers.map(|number| number.parse().unwrap()).collect();
        let [left, top, width, height, ..] = numbers[..] else { panic!("{rect}") };
        for (x, y) in (top..top + height).flat_map(|y| (left..left + width).map(move |x| (x, y))) {
            picture.put_pixel(x, y, Luma([20]));
        }
    }
    picture
}

/// Aslant, out of focus, and on a grey wall.
fn as_held(picture: &GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    let held = GrayImage::from_fn(width + height / 5, height + width / 10, |x, y| {
        let (from_x, from_y) = (i64::from(x) - i64::from(y) / 6, i64::from(y) - i64::from(x) / 12);
        let inside = u32::try_from(from_x).ok().zip(u32::try_from(from_y).ok());
        let pixel = inside.and_then(|(x, y)| picture.get_pixel_checked(x, y));
        pixel.copied().unwrap_or(Luma([230]))
    });
    imageops::blur(&held, 0.8)
}

/// As the phone reads it, which a panic of the decoder costs one look and no more.
fn scanned(picture: &GrayImage) -> Option<String> {
    let (width, height) = picture.dimensions();
    let read = || {
        let shade = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
        let mut image = PreparedImage::prepare_from_greyscale(width as usize, height as usize, shade);
        image.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
    };
    catch_unwind(read).ok().flatten()
}

#[test]
fn a_picture_without_a_whole_code_gives_nothing() {
    let side = 240;
    let picture = |shade: fn(u32, u32) -> u8| GrayImage::from_fn(side, side, |x, y| Luma([shade(x, y)]));
    let odd = [
        picture(|_, _| 255),
        picture(|_, _| 0),
        picture(|x, _| if x / 6 % 2 == 0 { 20 } else { 240 }),
        picture(|x, y| if (x / 8 + y / 8) % 2 == 0 { 20 } else { 240 }),
    ];
    for picture in odd {
        assert_eq!(scanned(&picture), None);
    }
}

#[tokio::test]
async fn posters_are_made_for_all_sites_at_once_and_lead_to_the_site() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let mut tx = office.state.store.write().await.unwrap();
    for n in 0..300 {
        let site = Site {
            id: crate::office::id(),
            name: format!("小店 {n}"),
            code: format!("S-{n:03}"),
            ..office.elsewhere.clone()
        };
        tx.put_site(office.office.id, &site).await.unwrap();
    }
    tx.commit().await.unwrap();
    let by = asker(&office, Role::Supervisor).await;
    let all = SiteFilter::default();
    assert_eq!(codes::make_for_sites(&office.state, &by, &all).await.unwrap(), 302);
    assert_eq!(codes::make_for_sites(&office.state, &by, &all).await.unwrap(), 0, "each has one");
    let posters = codes::posters(&office.state, &by, &all).await.unwrap();
    assert_eq!((posters.posters.len(), posters.without, posters.more), (302, 0, false));
    let desk = Desk::of(&office);
    let seat = desk.sign_in("supervisor", PASSWORD).await;
    let page = seat.page("/office/sites/posters").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.text().matches("<article class=\"poster\">").count(), 302);
    let page = page.text();
    let of_posters = page.split("<article class=\"poster\">").skip(1);
    let pictures: Vec<_> =
        of_posters.map(|rest| rest.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap()).collect();
    assert_eq!(pictures.len(), 302);
    // By what phones without a reader of their own read with, which looks five times a second: of each there are three looks, of each
    // tenth first the one of a hand that holds a phone.
    let (mut read, mut at_once) = (HashSet::new(), 0);
    for (n, (poster, picture)) in posters.posters.iter().zip(pictures).enumerate() {
        let printed = painted(picture);
        let (width, height) = printed.dimensions();
        let nearer = imageops::resize(&printed, width * 3 / 2, height * 3 / 2, FilterType::Triangle);
        let held = as_held(&printed);
        let looks = if n % 10 == 0 { [held, printed, nearer] } else { [printed, held, nearer] };
        let seen = looks.iter().enumerate().find_map(|(look, picture)| Some((look, scanned(picture)?)));
        let (look, text) = seen.unwrap_or_else(|| panic!("{} cannot be read", poster.site_name));
        let hangs = Scanned { code: poster.code, site: Some(poster.site_code.clone()) };
        assert_eq!(Scanned::read(&text), Some(hangs), "{text}");
        read.insert(text);
        at_once += usize::from(look == 0);
    }
    assert!(at_once >= 290, "{at_once} of 302 at the first look");
    assert_eq!(read.len(), 302, "each leads to a site of its own");
    let officer = asker(&office, Role::Officer).await;
    codes::posters(&office.state, &officer, &all).await.unwrap_err();
    // The party reads what is open at its own site, and nothing of another's.
    let wall = posters.posters.iter().find(|poster| poster.site == office.site.id).unwrap();
    let code = wall.code.plain();
    let cookie = opened(&desk, &code).await;
    let page = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    assert!(page.contains("啤酒箱") && page.contains(&format!("hazard={id}")), "{page}");
    let one = get(&desk, &format!("/c/{code}?hazard={id}"), &cookie).await.text();
    assert!(one.contains("请改这一处"), "{one}");
    let sent = send_photo(&desk, &code, &cookie, &[("hazard", &id.to_string())], &jpeg(70)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(hazard(&office, id).await.status.kind(), HazardStatusKind::Rectified);
    let hangs = codes::opening::site_of(&office.state, &wall.code.to_string()).await.unwrap();
    assert_eq!(hangs.map(|(at, site)| (at, site.id)), Some((office.office.id, office.site.id)));
    let of_hazard = code_of(&office, id).await;
    assert!(codes::opening::site_of(&office.state, &of_hazard).await.unwrap().is_none(), "a hazard's");
    let elsewhere: HazardId = crate::office::id();
    let answers =
        office.phone(Role::Administrator).await.sync(&[found(elsewhere, office.elsewhere.id, "别处")]).await;
    assert_eq!(outcome_of(&answers[0]), "received");
    let one = get(&desk, &format!("/c/{code}?hazard={elsewhere}"), &cookie).await.text();
    assert!(!one.contains("别处"), "{one}");
    let sent = send_photo(&desk, &code, &cookie, &[("hazard", &elsewhere.to_string())], &jpeg(71)).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    codes::revoke_of_site(&office.state, &by, office.site.id).await.unwrap();
    let posters = codes::posters(&office.state, &by, &all).await.unwrap();
    assert_eq!((posters.posters.len(), posters.without), (301, 1));
}
