-- 短码: what opens a hazard's page, or a site, for whoever has no account. A code never stands here in the clear: whoever reads the
-- records, or a backup of them, opens nothing.
CREATE TABLE short_code (
    id           UUID NOT NULL PRIMARY KEY,
    office       UUID NOT NULL REFERENCES office (id),
    -- What the installation's own secret makes of the code: by which it is found. A plain hash could be guessed, code by code.
    mark         BYTEA NOT NULL UNIQUE,
    -- The code itself, sealed by the installation's own secret, so that it can be printed again.
    sealed       BYTEA NOT NULL,
    -- 'hazard' or 'site', and which.
    subject      TEXT COLLATE "C" NOT NULL,
    subject_id   UUID NOT NULL,
    made_at      BIGINT NOT NULL,
    made_by      UUID NOT NULL REFERENCES person (id),
    made_by_name TEXT NOT NULL,
    -- From when on it opens nothing. NULL: it hangs on a wall.
    expires_at   BIGINT,
    -- When somebody ended it, or another took its place. NULL: nobody did.
    revoked_at   BIGINT,
    -- When it was opened first. NULL: it was not.
    opened_at    BIGINT
);
CREATE INDEX short_code_of ON short_code (office, subject_id);

-- 对上门的意见: what a party says of a visit. Read by those who see the whole office, and not passed to those who came.
CREATE TABLE visit_complaint (
    id      UUID NOT NULL PRIMARY KEY,
    office  UUID NOT NULL REFERENCES office (id),
    site    UUID NOT NULL REFERENCES site (id),
    -- NULL: said at the site's own code.
    hazard  UUID,
    -- By which code it came.
    code    UUID NOT NULL,
    -- The party's name as it was then.
    by_name TEXT NOT NULL,
    words   TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX visit_complaint_newest ON visit_complaint (office, at);
