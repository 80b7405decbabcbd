-- Photos that come in pieces, and the key that signs receipts.

-- Until the whole photo is there, or nobody has sent more of it for days.
CREATE TABLE upload (
    id      UUID NOT NULL PRIMARY KEY,
    office  UUID NOT NULL REFERENCES office (id),
    person  UUID NOT NULL REFERENCES person (id),
    hash    TEXT COLLATE "C" NOT NULL,
    bytes   BIGINT NOT NULL,
    -- Bytes that are stored.
    reached BIGINT NOT NULL,
    -- Pieces in their order, as JSON.
    parts   TEXT NOT NULL,
    -- As the sender gave it, told back unchanged.
    about   TEXT NOT NULL,
    expires BIGINT NOT NULL,
    UNIQUE (person, hash)
);
CREATE INDEX upload_by_expiry ON upload (expires);

-- The installation's, of all its offices. PKCS#8.
CREATE TABLE signing_key (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret  BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);
