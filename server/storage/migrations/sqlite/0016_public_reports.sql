-- 群众举报: what somebody without an account told the office. Nothing in it says who.
CREATE TABLE public_report (
    id          BLOB NOT NULL PRIMARY KEY,
    office      BLOB NOT NULL REFERENCES office (id),
    -- `JB-2026-000012`
    number      TEXT NOT NULL,
    -- The report that told of the same before: this one is a voice more, with a number and a code of its own. NULL: none did.
    voice_of    BLOB REFERENCES public_report (id),
    -- Where the site next to it lies, which says who sees it. NULL: those who see the whole office alone.
    site        BLOB,
    grid        BLOB,
    department  BLOB,
    sector      TEXT,
    -- As ReportStateKind is written.
    state       TEXT NOT NULL,
    -- Whether somebody still has to say what it is.
    open        INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- What came of it. NULL: nothing yet.
    hazard      BLOB,
    -- The hazard that whoever sent it took it for.
    taken_for   BLOB,
    -- SHA-256 of its words without blanks and case, by which the same is found again.
    same_words  TEXT NOT NULL,
    -- Of its photo, if it has one.
    photo       TEXT,
    -- A mark of the code that its sender has, which only this installation can make.
    code        BLOB NOT NULL,
    -- Words to search by.
    search_key  TEXT NOT NULL,
    -- PublicReport as JSON.
    body        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX public_report_by_number ON public_report (office, number);
CREATE INDEX public_report_of_office ON public_report (office, open, received_at) WHERE voice_of IS NULL;
CREATE INDEX public_report_same_words ON public_report (office, same_words, received_at) WHERE voice_of IS NULL;
CREATE INDEX public_report_same_photo ON public_report (office, photo) WHERE voice_of IS NULL AND photo IS NOT NULL;
CREATE INDEX public_report_of_hazard ON public_report (office, hazard) WHERE hazard IS NOT NULL;
CREATE INDEX public_report_taken_for ON public_report (office, taken_for) WHERE taken_for IS NOT NULL;
CREATE INDEX public_report_voices ON public_report (voice_of) WHERE voice_of IS NOT NULL;

-- The two people of an office who together open reporters' numbers.
CREATE TABLE contact_holder (
    person BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    office BLOB NOT NULL REFERENCES office (id),
    -- The name as it was when the key was made.
    name   TEXT NOT NULL,
    -- X25519.
    public BLOB NOT NULL,
    -- The private half, sealed by words that nobody but the person knows.
    secret BLOB NOT NULL,
    salt   BLOB NOT NULL,
    since  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_holder_of_office ON contact_holder (office);

-- 举报人电话: sealed to both of them, opened by neither alone. It stands nowhere else.
CREATE TABLE public_contact (
    report BLOB NOT NULL PRIMARY KEY REFERENCES public_report (id),
    office BLOB NOT NULL REFERENCES office (id),
    -- How often it was opened.
    opened INTEGER NOT NULL DEFAULT 0,
    -- SealedContact as JSON.
    sealed TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An opening that one of the two has begun: their half, sealed to the other.
CREATE TABLE contact_opening (
    report  BLOB NOT NULL PRIMARY KEY REFERENCES public_report (id),
    office  BLOB NOT NULL REFERENCES office (id),
    person  BLOB NOT NULL REFERENCES person (id),
    -- The name as it was then.
    name    TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    -- SealedShare as JSON.
    share   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 公开: listed major hazards that anybody may read of, since the office said so.
CREATE TABLE disclosed_hazard (
    hazard BLOB NOT NULL PRIMARY KEY REFERENCES hazard (id),
    office BLOB NOT NULL REFERENCES office (id),
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosed_hazard_of_office ON disclosed_hazard (office, at);

-- Puzzles that were solved: none is taken twice while it lives.
CREATE TABLE spent_puzzle (
    -- Its random part.
    token  TEXT NOT NULL PRIMARY KEY,
    -- What was sent by it: the same once more is the same report.
    digest TEXT NOT NULL,
    report BLOB NOT NULL,
    -- The first moment at which it would not be taken anyway.
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_puzzle_until ON spent_puzzle (until);
