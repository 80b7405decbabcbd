-- Bytes of pictures that no record names yet, or any more. A row is written before the bytes are, and goes in the commit that names
-- them; one comes back in the commit that names them no more. What stands here for long is looked for everywhere, and its bytes
-- are cleared where nothing names them.
CREATE TABLE loose_bytes (
    -- SHA-256 of the bytes, hexadecimal.
    hash TEXT NOT NULL PRIMARY KEY,
    -- When they were awaited or let go the last time.
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX loose_bytes_at ON loose_bytes (at, hash);
