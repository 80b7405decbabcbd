-- 心跳: what each person's work on each phone comes to, as the phone said last. Nothing of what it is.
CREATE TABLE heartbeat (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    person      UUID NOT NULL REFERENCES person (id),
    device      UUID NOT NULL,
    -- Counts up on the phone: what was said earlier and comes later is passed over.
    number      BIGINT NOT NULL,
    -- When it came, by the office's clock.
    heard_at    BIGINT NOT NULL,
    -- When the oldest of what waits was made, by the phone's clock. NULL: nothing waits, or it did not say.
    oldest      BIGINT,
    -- Since when the oldest waits, by the office's clock. NULL: nothing waits.
    since       BIGINT,
    -- How many things wait, photos and what was refused among them.
    unsent      BIGINT NOT NULL,
    refused     BIGINT NOT NULL,
    photos      BIGINT NOT NULL,
    -- Of the photos, that still have to go.
    photo_bytes BIGINT NOT NULL,
    -- The version of the app that said so.
    app         TEXT NOT NULL,
    -- Heartbeat as JSON.
    body        TEXT NOT NULL,
    UNIQUE (person, device)
);
CREATE INDEX heartbeat_by_age ON heartbeat (office, since);
