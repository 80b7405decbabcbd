//! 操作记录: what is written there stays.

use super::office::TestOffice;
use domain::audit::{Act, AuditFilter, Author, Subject, SubjectKind};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

#[tokio::test]
async fn nobody_changes_or_removes_an_entry_not_even_behind_the_products_back() {
    let office = TestOffice::open().await;
    let subject = Subject::new(SubjectKind::Office, office.office.id.0, "测试街道");
    let entry = office.state.audit(office.office.id, &Author::command_line(), Act::Changed, subject);
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_audit(&entry).await.unwrap();
    tx.commit().await.unwrap();
    let address = &office.database.address;
    for sql in ["UPDATE audit SET label = 'x'", "DELETE FROM audit"] {
        let sql = AssertSqlSafe(sql);
        let refused = if address.starts_with("sqlite") {
            SqliteConnection::connect(address).await.unwrap().execute(sql).await.is_err()
        } else {
            PgConnection::connect(address).await.unwrap().execute(sql).await.is_err()
        };
        assert!(refused);
    }
    let kept =
        office.state.store.audit(office.office.id, &AuditFilter { page: 1, ..Default::default() }).await;
    assert_eq!(kept.unwrap().rows, [entry]);
}
