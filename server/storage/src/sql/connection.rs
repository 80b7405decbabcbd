//! A connection to either database, lent by a pool, by itself or in a transaction.

use sqlx::{Database, Postgres, Sqlite, Transaction, pool::PoolConnection};
use std::ops::{Deref, DerefMut};

pub(crate) enum Connection {
    Sqlite(Pooled<Sqlite>),
    Postgres(Pooled<Postgres>),
}

pub(crate) enum Pooled<D: Database> {
    Plain(PoolConnection<D>),
    /// Undone where it is dropped before it is committed.
    InTransaction(Transaction<'static, D>),
}

impl Connection {
    /// Durable when it returns.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(pooled) => pooled.commit().await,
            Self::Postgres(pooled) => pooled.commit().await,
        }
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
        Self::Sqlite(Pooled::Plain(connection))
    }
}

impl From<PoolConnection<Postgres>> for Connection {
    fn from(connection: PoolConnection<Postgres>) -> Self {
        Self::Postgres(Pooled::Plain(connection))
    }
}

impl From<Transaction<'static, Sqlite>> for Connection {
    fn from(transaction: Transaction<'static, Sqlite>) -> Self {
        Self::Sqlite(Pooled::InTransaction(transaction))
    }
}

impl From<Transaction<'static, Postgres>> for Connection {
    fn from(transaction: Transaction<'static, Postgres>) -> Self {
        Self::Postgres(Pooled::InTransaction(transaction))
    }
}
