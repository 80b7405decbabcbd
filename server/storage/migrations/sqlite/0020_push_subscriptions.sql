-- 手机提醒: where a phone's browser takes messages. It is the session's and goes with it: whoever is signed out, on whatever way, is
-- told nothing more. In no backup, like the session.
CREATE TABLE push_subscription (
    session      INTEGER NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    -- At the browser's service. A browser that somebody else has signed in on is theirs from then on.
    endpoint     TEXT NOT NULL UNIQUE,
    -- The browser's public key on P-256, uncompressed, and what only browser and office know: by them it is encrypted (RFC 8291).
    p256dh       BLOB NOT NULL,
    auth         BLOB NOT NULL,
    -- In which language its person reads, as a tag.
    lang         TEXT NOT NULL,
    since        INTEGER NOT NULL,
    -- When the service last took a message. NULL: not yet.
    last_success INTEGER,
    -- Tries since then that came to nothing.
    failures     INTEGER NOT NULL DEFAULT 0
) STRICT;
