-- People, how they sign in, and what they did to accounts and settings.

-- 人员: people with accounts.
CREATE TABLE person (
    id            UUID NOT NULL PRIMARY KEY,
    office        UUID NOT NULL REFERENCES office (id),
    -- Unique on the installation, whatever its case (see the index): signing in names no office.
    username      TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    department    UUID REFERENCES department (id),
    disabled      BOOLEAN NOT NULL,
    -- When the person last used the product. NULL: never.
    last_seen     BIGINT,
    -- PHC string of argon2id. Empty: no password was set, and nothing verifies against it.
    password_hash TEXT NOT NULL,
    -- Somebody else chose the password: it is changed before anything else is done.
    password_due  BOOLEAN NOT NULL DEFAULT FALSE,
    -- Person as JSON.
    body          TEXT NOT NULL
);
CREATE UNIQUE INDEX person_by_username ON person (lower(username));
CREATE INDEX person_of_office ON person (office);

-- The grids that an inspector walks, which the person's body has too: for finding who walks a grid, and grids that nobody
-- walks.
CREATE TABLE person_grid (
    person UUID NOT NULL REFERENCES person (id),
    grid   UUID NOT NULL REFERENCES grid (id),
    PRIMARY KEY (person, grid)
);
CREATE INDEX person_grid_by_grid ON person_grid (grid);

-- Where people are signed in. In no backup: a copy opens nothing for whoever holds it.
CREATE TABLE session (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the token: who reads the database cannot sign in with what is in it.
    token        BYTEA NOT NULL UNIQUE,
    -- SHA-256 of what the phone itself holds beside the token, and can forget without signal: then the token opens nothing.
    -- NULL: the session was made without one.
    half         BYTEA,
    person       UUID NOT NULL REFERENCES person (id),
    -- 'field', 'desk', or 'second_factor' while the desk waits for one. It opens nothing else.
    purpose      TEXT COLLATE "C" NOT NULL,
    device_name  TEXT NOT NULL,
    since        BIGINT NOT NULL,
    last_seen    BIGINT NOT NULL,
    -- When it ends unless it is used before.
    expires      BIGINT NOT NULL,
    -- When it ends, however much it is used.
    ends         BIGINT NOT NULL,
    -- When the password was last typed in it: what is dangerous asks for it again.
    confirmed_at BIGINT NOT NULL
);
CREATE INDEX session_of_person ON session (person);

-- A person's second factor: a secret from which codes are made, one each half minute.
CREATE TABLE second_factor (
    person    UUID NOT NULL PRIMARY KEY REFERENCES person (id),
    -- Sealed with the installation's own key, which is not in the database.
    secret    BYTEA NOT NULL,
    -- Since when it is asked for. NULL until its first code was right.
    since     BIGINT,
    -- The newest half minute whose code was taken: none is taken twice.
    last_step BIGINT NOT NULL
);

-- Codes that are taken once each in the place of the second factor.
CREATE TABLE recovery_code (
    person UUID NOT NULL REFERENCES person (id),
    -- SHA-256 of the code.
    hash   BYTEA NOT NULL,
    PRIMARY KEY (person, hash)
);

-- Tries to sign in that failed, of the last quarter of an hour: they slow down whoever guesses. Here and not in memory,
-- because several servers count together. In no backup: they matter for that time.
CREATE TABLE sign_in_try (
    -- What the try counts against: an account, an address, a known device.
    key TEXT COLLATE "C" NOT NULL,
    at  BIGINT NOT NULL
);
CREATE INDEX sign_in_try_by_key ON sign_in_try (key, at);
CREATE INDEX sign_in_try_by_time ON sign_in_try (at);

-- 操作记录: who did what to accounts, places, settings and sign-ins. Rows are added and never changed, and refer to nothing:
-- what they tell of may be gone.
CREATE TABLE audit (
    id          UUID NOT NULL PRIMARY KEY,
    -- NULL where nobody knows whose it is, as of an account that does not exist.
    office      UUID,
    at          BIGINT NOT NULL,
    -- 'person', 'command_line' or 'nobody'.
    who         TEXT COLLATE "C" NOT NULL,
    -- Where it was a person; else NULL, and the name is empty.
    person      UUID,
    person_name TEXT COLLATE "C" NOT NULL,
    -- What was done.
    act         TEXT COLLATE "C" NOT NULL,
    -- Of which kind that is to which it was done, and which one.
    subject     TEXT COLLATE "C" NOT NULL,
    subject_id  UUID,
    -- The subject's name as it was then.
    label       TEXT COLLATE "C" NOT NULL,
    -- From where: the network address, the kind of system and browser, and the beginning of the session's hash, which tells
    -- sessions apart and opens none.
    address     TEXT COLLATE "C",
    device      TEXT COLLATE "C" NOT NULL,
    session     TEXT COLLATE "C",
    -- The fields that differ, as JSON objects: as they were, and as they became.
    was         TEXT NOT NULL,
    became      TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (office, at);
CREATE INDEX audit_by_subject ON audit (subject_id) WHERE subject_id IS NOT NULL;

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END;
$$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
