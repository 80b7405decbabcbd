-- Photos that come in pieces, and the key that signs receipts.

-- Until the whole photo is there, or nobody has sent more of it for days.
CREATE TABLE upload (
    id      BLOB NOT NULL PRIMARY KEY,
    office  BLOB NOT NULL REFERENCES office (id),
    person  BLOB NOT NULL REFERENCES person (id),
    hash    TEXT NOT NULL,
    bytes   INTEGER NOT NULL,
    -- Bytes that are stored.
    reached INTEGER NOT NULL,
    -- Pieces in their order, as JSON.
    parts   TEXT NOT NULL,
    -- As the sender gave it, told back unchanged.
    about   TEXT NOT NULL,
    expires INTEGER NOT NULL,
    UNIQUE (person, hash)
) STRICT;
CREATE INDEX upload_by_expiry ON upload (expires);

-- The installation's, of all its offices. PKCS#8.
CREATE TABLE signing_key (
    id      TEXT NOT NULL PRIMARY KEY,
    secret  BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
