-- 心跳: what each person's work on each phone comes to, as the phone said last. Nothing of what it is.
CREATE TABLE heartbeat (
    id          BLOB NOT NULL PRIMARY KEY,
    office      BLOB NOT NULL REFERENCES office (id),
    person      BLOB NOT NULL REFERENCES person (id),
    device      BLOB NOT NULL,
    -- Counts up on the phone: what was said earlier and comes later is passed over.
    number      INTEGER NOT NULL,
    -- When it came, by the office's clock.
    heard_at    INTEGER NOT NULL,
    -- When the oldest of what waits was made, by the phone's clock. NULL: nothing waits, or it did not say.
    oldest      INTEGER,
    -- Since when the oldest waits, by the office's clock. NULL: nothing waits.
    since       INTEGER,
    -- How many things wait, photos and what was refused among them.
    unsent      INTEGER NOT NULL,
    refused     INTEGER NOT NULL,
    photos      INTEGER NOT NULL,
    -- Of the photos, that still have to go.
    photo_bytes INTEGER NOT NULL,
    -- The version of the app that said so.
    app         TEXT NOT NULL,
    -- Heartbeat as JSON.
    body        TEXT NOT NULL,
    UNIQUE (person, device)
) STRICT;
CREATE INDEX heartbeat_by_age ON heartbeat (office, since);
