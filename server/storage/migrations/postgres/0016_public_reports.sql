-- 群众举报: what somebody without an account told the office. Nothing in it says who.
CREATE TABLE public_report (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    -- `JB-2026-000012`
    number      TEXT COLLATE "C" NOT NULL,
    -- The report that told of the same before: this one is a voice more, with a number and a code of its own. NULL: none did.
    voice_of    UUID REFERENCES public_report (id),
    -- Where the site next to it lies, which says who sees it. NULL: those who see the whole office alone.
    site        UUID,
    grid        UUID,
    department  UUID,
    sector      TEXT COLLATE "C",
    -- As ReportStateKind is written.
    state       TEXT COLLATE "C" NOT NULL,
    -- Whether somebody still has to say what it is.
    open        BOOLEAN NOT NULL,
    received_at BIGINT NOT NULL,
    -- What came of it. NULL: nothing yet.
    hazard      UUID,
    -- The hazard that whoever sent it took it for.
    taken_for   UUID,
    -- SHA-256 of its words without blanks and case, by which the same is found again.
    same_words  TEXT COLLATE "C" NOT NULL,
    -- Of its photo, if it has one.
    photo       TEXT COLLATE "C",
    -- A mark of the code that its sender has, which only this installation can make.
    code        BYTEA NOT NULL,
    -- Words to search by.
    search_key  TEXT NOT NULL,
    -- PublicReport as JSON.
    body        TEXT NOT NULL
);
CREATE UNIQUE INDEX public_report_by_number ON public_report (office, number);
CREATE INDEX public_report_of_office ON public_report (office, open, received_at) WHERE voice_of IS NULL;
CREATE INDEX public_report_same_words ON public_report (office, same_words, received_at) WHERE voice_of IS NULL;
CREATE INDEX public_report_same_photo ON public_report (office, photo) WHERE voice_of IS NULL AND photo IS NOT NULL;
CREATE INDEX public_report_of_hazard ON public_report (office, hazard) WHERE hazard IS NOT NULL;
CREATE INDEX public_report_taken_for ON public_report (office, taken_for) WHERE taken_for IS NOT NULL;
CREATE INDEX public_report_voices ON public_report (voice_of) WHERE voice_of IS NOT NULL;

-- The two people of an office who together open reporters' numbers.
CREATE TABLE contact_holder (
    person UUID NOT NULL PRIMARY KEY REFERENCES person (id),
    office UUID NOT NULL REFERENCES office (id),
    -- The name as it was when the key was made.
    name   TEXT NOT NULL,
    -- X25519.
    public BYTEA NOT NULL,
    -- The private half, sealed by words that nobody but the person knows.
    secret BYTEA NOT NULL,
    salt   BYTEA NOT NULL,
    since  BIGINT NOT NULL
);
CREATE INDEX contact_holder_of_office ON contact_holder (office);

-- 举报人电话: sealed to both of them, opened by neither alone. It stands nowhere else.
CREATE TABLE public_contact (
    report UUID NOT NULL PRIMARY KEY REFERENCES public_report (id),
    office UUID NOT NULL REFERENCES office (id),
    -- How often it was opened.
    opened BIGINT NOT NULL DEFAULT 0,
    -- SealedContact as JSON.
    sealed TEXT NOT NULL
);

-- An opening that one of the two has begun: their half, sealed to the other.
CREATE TABLE contact_opening (
    report  UUID NOT NULL PRIMARY KEY REFERENCES public_report (id),
    office  UUID NOT NULL REFERENCES office (id),
    person  UUID NOT NULL REFERENCES person (id),
    -- The name as it was then.
    name    TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    -- SealedShare as JSON.
    share   TEXT NOT NULL
);

-- 公开: listed major hazards that anybody may read of, since the office said so.
CREATE TABLE disclosed_hazard (
    hazard UUID NOT NULL PRIMARY KEY REFERENCES hazard (id),
    office UUID NOT NULL REFERENCES office (id),
    at     BIGINT NOT NULL
);
CREATE INDEX disclosed_hazard_of_office ON disclosed_hazard (office, at);

-- Puzzles that were solved: none is taken twice while it lives.
CREATE TABLE spent_puzzle (
    -- Its random part.
    token  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- What was sent by it: the same once more is the same report.
    digest TEXT COLLATE "C" NOT NULL,
    report UUID NOT NULL,
    -- The first moment at which it would not be taken anyway.
    until  BIGINT NOT NULL
);
CREATE INDEX spent_puzzle_until ON spent_puzzle (until);
