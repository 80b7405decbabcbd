//! Complaints about visits: kept once, listed, marked, and read again by whoever said them.

use super::{
    founded, hazard, id,
    lists::rows::{MOST, in_file},
    now, office,
};
use chrono::Duration;
use domain::{
    code::{ComplaintFilter, ComplaintHazard, ComplaintMark, ComplaintRow, ComplaintState, VisitComplaint},
    role::Scope,
    time::office_day,
};
use storage::Store;

/// At the first site, so many hours from now.
fn complaint(n: u128, hours: i64) -> VisitComplaint {
    VisitComplaint {
        id: id(n),
        site: id(21),
        hazard: None,
        code: id(71),
        by_name: "老味道川菜馆".to_owned(),
        words: "来的人没有出示证件".to_owned(),
        at: now() + Duration::hours(hours),
        mark: None,
    }
}

fn answered() -> ComplaintMark {
    ComplaintMark {
        state: ComplaintState::Answered,
        by: id(31),
        by_name: "王芳".to_owned(),
        at: now() + Duration::days(2),
        answer: "已当面说明".to_owned(),
    }
}

pub async fn what_a_party_says_of_a_visit_is_kept_once(store: &impl Store) {
    let (first, second) = (complaint(81, 0), complaint(82, 1));
    let mut tx = founded(store).await;
    tx.put_visit_complaint(office(), &first).await.unwrap();
    let again = VisitComplaint { words: "别的话".to_owned(), ..first.clone() };
    tx.put_visit_complaint(office(), &again).await.unwrap();
    tx.put_visit_complaint(office(), &second).await.unwrap();
    tx.commit().await.unwrap();
    let of_code = async |code, most| store.complaints_of_code(id(code), most).await.unwrap();
    assert_eq!(of_code(71, 10).await, [second.clone(), first.clone()], "the newest first");
    assert_eq!(of_code(71, 1).await, std::slice::from_ref(&second));
    assert_eq!(of_code(72, 10).await, [], "by another code");
    let mark = answered();
    let mut tx = store.write().await.unwrap();
    tx.mark_complaint(id(2), first.id, &mark).await.unwrap();
    let kept = tx.visit_complaint(office(), &Scope::Office, first.id).await.unwrap();
    assert_eq!(kept, Some(first.clone()), "another office's");
    assert_eq!(tx.visit_complaint(id(2), &Scope::Office, first.id).await.unwrap(), None, "another office's");
    let elsewhere = Scope::Grids(vec![id(12)]);
    assert_eq!(tx.visit_complaint(office(), &elsewhere, first.id).await.unwrap(), None, "out of sight");
    tx.mark_complaint(office(), first.id, &mark).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(of_code(71, 10).await, [second, VisitComplaint { mark: Some(mark), ..first }]);
}

pub async fn complaints_are_listed_by_where_when_and_how_far_they_have_come(store: &impl Store) {
    let of_hazard = VisitComplaint { hazard: Some(id(51)), ..complaint(81, 0) };
    let of_nothing_there = VisitComplaint { hazard: Some(id(59)), ..complaint(82, 24) };
    let other_site = VisitComplaint {
        site: id(22),
        by_name: "张记五金".to_owned(),
        words: "态度不好，95% 的时间在打电话".to_owned(),
        ..complaint(83, 48)
    };
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    for complaint in [&of_hazard, &of_nothing_there, &other_site] {
        tx.put_visit_complaint(office(), complaint).await.unwrap();
    }
    tx.mark_complaint(office(), id(82), &answered()).await.unwrap();
    tx.commit().await.unwrap();
    let known =
        ComplaintHazard { number: Some("XC-2026-000001".to_owned()), what: "堆物".to_owned(), visit: None };
    let row = |complaint, site: &str, hazard| ComplaintRow { complaint, site_name: site.to_owned(), hazard };
    let marked = VisitComplaint { mark: Some(answered()), ..of_nothing_there };
    let all =
        [row(other_site, "场所22", None), row(marked, "场所21", None), row(of_hazard, "场所21", Some(known))];
    let none = ComplaintFilter { page: 1, ..ComplaintFilter::default() };
    let of_state = |state| ComplaintFilter { state: Some(state), ..none.clone() };
    let of_words = |words: &str| ComplaintFilter { query: words.to_owned(), ..none.clone() };
    let day = |days| Some(office_day(now()) + Duration::days(days));
    let (here, nowhere) = (Scope::Grids(vec![id(11)]), Scope::Sites(vec![]));
    for (scope, filter, expected) in [
        (&Scope::Office, none.clone(), vec![0, 1, 2]),
        (&here, none.clone(), vec![1, 2]),
        (&nowhere, none.clone(), vec![]),
        (&Scope::Office, of_state(ComplaintState::Open), vec![0, 2]),
        (&Scope::Office, of_state(ComplaintState::InHand), vec![]),
        (&Scope::Office, of_state(ComplaintState::Answered), vec![1]),
        (&here, of_state(ComplaintState::Open), vec![2]),
        (&Scope::Office, ComplaintFilter { from: day(1), ..none.clone() }, vec![0, 1]),
        (&Scope::Office, ComplaintFilter { to: day(1), ..none.clone() }, vec![1, 2]),
        (&Scope::Office, ComplaintFilter { from: day(1), to: day(1), ..none.clone() }, vec![1]),
        (&Scope::Office, of_words("证件"), vec![1, 2]),
        (&Scope::Office, of_words("当面"), vec![1]),
        (&Scope::Office, of_words("五金 电话"), vec![0]),
        (&Scope::Office, of_words("场所21"), vec![1, 2]),
        (&Scope::Office, of_words("95%"), vec![0]),
        (&Scope::Office, of_words("9%5"), vec![]),
        (&here, of_words("五金"), vec![]),
    ] {
        let page = store.visit_complaints(office(), scope, &filter).await.unwrap();
        let told = format!("{scope:?} {filter:?}");
        let rows: Vec<_> = expected.iter().map(|position: &usize| all[*position].clone()).collect();
        assert_eq!((page.total, page.unreadable), (rows.len() as u64, 0), "{told}");
        assert_eq!(page.rows, rows, "{told}");
        let file = in_file(
            async |to| store.send_visit_complaints(office(), scope, &filter, MOST, to).await.unwrap(),
            |row: &ComplaintRow| row.complaint.id,
        );
        assert_eq!(file.await, rows.iter().map(|row| row.complaint.id).collect::<Vec<_>>(), "{told}");
    }
    let others = store.visit_complaints(id(2), &Scope::Office, &none).await.unwrap();
    assert_eq!((others.total, others.rows), (0, vec![]), "another office's");
    let one = async |office, scope: &Scope, n| store.visit_complaint(office, scope, id(n)).await.unwrap();
    assert_eq!(one(office(), &here, 81).await.as_ref(), Some(&all[2]));
    assert_eq!(one(office(), &here, 83).await, None, "out of sight");
    assert_eq!(one(id(2), &Scope::Office, 81).await, None, "another office's");
}
