-- Which records show a photo, since when the office has known.
CREATE TABLE photo_use (
    office BLOB NOT NULL REFERENCES office (id),
    hash   TEXT NOT NULL,
    -- 'hazard' or 'inspection'
    record TEXT NOT NULL,
    id     BLOB NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (office, hash, record, id)
) STRICT, WITHOUT ROWID;

-- The file that the camera made, by its hash.
ALTER TABLE photo ADD COLUMN original TEXT;
UPDATE photo SET original = json_extract(body, '$.original');
CREATE INDEX photo_by_original ON photo (office, original) WHERE original IS NOT NULL;

-- What can be made again from the photos themselves stands below, and in no backup.

-- What a photo looks like; none where nobody here can tell, as of HEIC.
CREATE TABLE photo_look (
    office BLOB NOT NULL REFERENCES office (id),
    -- The hash's first 63 bits.
    photo  INTEGER NOT NULL,
    hash   TEXT NOT NULL,
    look   BLOB,
    PRIMARY KEY (office, photo)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_look_hash ON photo_look (office, hash);

-- Under which its views are found, with their coarse bits.
CREATE TABLE photo_key (
    key    INTEGER NOT NULL,
    photo  INTEGER NOT NULL,
    coarse INTEGER NOT NULL,
    PRIMARY KEY (key, photo, coarse)
) STRICT, WITHOUT ROWID;

-- Nearly the same: bits of 256 that differ.
CREATE TABLE photo_alike (
    office BLOB NOT NULL REFERENCES office (id),
    hash   TEXT NOT NULL,
    other  TEXT NOT NULL,
    bits   INTEGER NOT NULL,
    PRIMARY KEY (office, hash, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_alike_other ON photo_alike (office, other);
