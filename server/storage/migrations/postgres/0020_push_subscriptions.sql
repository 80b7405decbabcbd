-- 手机提醒: where a phone's browser takes messages. It is the session's and goes with it: whoever is signed out, on whatever way, is
-- told nothing more. In no backup, like the session.
CREATE TABLE push_subscription (
    session      BIGINT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    -- At the browser's service. A browser that somebody else has signed in on is theirs from then on.
    endpoint     TEXT COLLATE "C" NOT NULL UNIQUE,
    -- The browser's public key on P-256, uncompressed, and what only browser and office know: by them it is encrypted (RFC 8291).
    p256dh       BYTEA NOT NULL,
    auth         BYTEA NOT NULL,
    -- In which language its person reads, as a tag.
    lang         TEXT NOT NULL,
    since        BIGINT NOT NULL,
    -- When the service last took a message. NULL: not yet.
    last_success BIGINT,
    -- Tries since then that came to nothing.
    failures     BIGINT NOT NULL DEFAULT 0
);
