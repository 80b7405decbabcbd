//! A connection to either database, lent by a pool, by itself or in a transaction.
//!
//! SQLite is asked on a thread of its own: each statement wakes that thread and is woken by it, which costs more than most
//! statements do. So those that write and whose outcome nobody waits for are gathered, and run as one before the next that
//! somebody waits for, in the order in which they came ([`Query::execute_later`](super::statement::Query::execute_later)).

use super::{
    text::safe,
    value::{self, Value},
};
use sqlx::{Database, Postgres, Sqlite, Transaction, pool::PoolConnection};
use std::{
    mem,
    ops::{Deref, DerefMut},
};

pub(crate) enum Connection {
    Sqlite(Pooled<Sqlite>, Waiting),
    Postgres(Pooled<Postgres>),
}

/// Statements that are to be run, and their parameters, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    text: String,
    values: Vec<Value>,
}

impl Waiting {
    pub(super) fn push(&mut self, text: &str, values: Vec<Value>) {
        if !self.text.is_empty() {
            self.text.push(';');
        }
        self.text.push_str(text);
        self.values.extend(values);
    }
}

pub(crate) enum Pooled<D: Database> {
    Plain(PoolConnection<D>),
    /// Undone where it is dropped before it is committed.
    InTransaction(Transaction<'static, D>),
}

impl Connection {
    /// Durable when it returns.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        self.run_waiting().await?;
        match self {
            Self::Sqlite(pooled, _) => pooled.commit().await,
            Self::Postgres(pooled) => pooled.commit().await,
        }
    }

    /// What waits is run, as one.
    pub(super) async fn run_waiting(&mut self) -> sqlx::Result<()> {
        if let Self::Sqlite(pooled, waiting) = self
            && !waiting.text.is_empty()
        {
            let Waiting { text, values } = mem::take(waiting);
            let arguments = value::for_sqlite(values)?;
            sqlx::query_with::<Sqlite, _>(safe(text), arguments).execute(&mut **pooled).await?;
        }
        Ok(())
    }
}

impl<D: Database> Pooled<D> {
    async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Plain(_) => Ok(()),
            Self::InTransaction(transaction) => transaction.commit().await,
        }
    }
}

impl<D: Database> Deref for Pooled<D> {
    type Target = D::Connection;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Plain(connection) => connection,
            Self::InTransaction(transaction) => transaction,
        }
    }
}

impl<D: Database> DerefMut for Pooled<D> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Plain(connection) => connection,
            Self::InTransaction(transaction) => transaction,
        }
    }
}

impl From<PoolConnection<Sqlite>> for Connection {
    fn from(connection: PoolConnection<Sqlite>) -> Self {
        Self::Sqlite(Pooled::Plain(connection), Waiting::default())
    }
}

impl From<PoolConnection<Postgres>> for Connection {
    fn from(connection: PoolConnection<Postgres>) -> Self {
        Self::Postgres(Pooled::Plain(connection))
    }
}

impl From<Transaction<'static, Sqlite>> for Connection {
    fn from(transaction: Transaction<'static, Sqlite>) -> Self {
        Self::Sqlite(Pooled::InTransaction(transaction), Waiting::default())
    }
}

impl From<Transaction<'static, Postgres>> for Connection {
    fn from(transaction: Transaction<'static, Postgres>) -> Self {
        Self::Postgres(Pooled::InTransaction(transaction))
    }
}
