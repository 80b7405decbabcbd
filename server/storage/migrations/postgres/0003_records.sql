-- What is inspected, with what, and what was found.

-- 责任主体: who answers for sites before the law. None is deleted: what it answered for keeps naming it.
CREATE TABLE party (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    name        TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    -- 统一社会信用代码. NULL: it has none, or nobody has written it down.
    credit_code TEXT COLLATE "C",
    -- What it is found by: name, code and telephone, folded (`domain::search`).
    search_key  TEXT NOT NULL,
    retired     BOOLEAN NOT NULL,
    -- Party as JSON.
    body        TEXT NOT NULL,
    UNIQUE (office, credit_code)
);
CREATE INDEX party_by_name ON party (office, name);

-- 场所: what can be visited.
CREATE TABLE site (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    community   UUID NOT NULL REFERENCES community (id),
    grid        UUID NOT NULL REFERENCES grid (id),
    -- The one that answers for it, beside those that supervise its sector.
    department  UUID REFERENCES department (id),
    -- The one that answers for it before the law; the body names none. NULL: nobody has said who.
    party       UUID REFERENCES party (id),
    -- The short code on its sign, for where no camera reads the sign.
    code        TEXT COLLATE "C" NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    -- What the site is found by and sorted by: what its names sound like, folded (`domain::search`).
    pinyin      TEXT COLLATE "C" NOT NULL,
    address     TEXT COLLATE "C" NOT NULL,
    sector      TEXT COLLATE "C" NOT NULL,
    risk        TEXT COLLATE "C" NOT NULL,
    -- 场所属性: SiteAttributes as JSON, which the body leaves out. {}: nothing is known.
    attributes  TEXT NOT NULL,
    -- Whether somebody at the site is named, and a leader of the office who answers for it: what lacks one is listed.
    has_contact BOOLEAN NOT NULL,
    has_leader  BOOLEAN NOT NULL,
    retired     BOOLEAN NOT NULL,
    -- It was made on the spot, and nobody has confirmed it yet.
    to_confirm  BOOLEAN NOT NULL DEFAULT FALSE,
    -- Moved by visits only; the body's is the one of the last edit. NULL: never visited.
    last_visit  BIGINT,
    -- 上次答案: what forms look back at when they are next filled in here, a list of LastAnswers as JSON. Written by visits only.
    last_answers TEXT NOT NULL DEFAULT '[]',
    -- Site as JSON.
    body        TEXT NOT NULL,
    UNIQUE (office, code)
);
CREATE INDEX site_by_grid ON site (office, grid);
CREATE INDEX site_by_party ON site (party);

-- 曾有的场所类别: every list of kinds that a site has had, the present one among them. A phone fills in forms for the
-- kinds that it knows; whether the site ever had them is asked here.
CREATE TABLE site_kinds (
    site  UUID NOT NULL REFERENCES site (id),
    -- JSON, by the alphabet.
    kinds TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (site, kinds)
);

-- 曾有的场所属性: what was known of a site beside its kinds, each time together, the present among them. A phone asks by
-- the attributes that it knows; whether the site ever had them is asked here.
CREATE TABLE site_attributes (
    site       UUID NOT NULL REFERENCES site (id),
    -- SiteAttributes as JSON.
    attributes TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (site, attributes)
);

-- 表单: every version that was ever published. None is changed: visits are read with the one that they were filled in
-- from.
CREATE TABLE form (
    office  UUID NOT NULL REFERENCES office (id),
    id      TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    sector  TEXT COLLATE "C" NOT NULL,
    -- The office wrote it; else it is built in, and no built-in one overtakes what the office wrote.
    own     BOOLEAN NOT NULL,
    -- The first day on which it is asked. NULL: since it was written.
    begins  TEXT COLLATE "C",
    -- Form as JSON. Its content never changes; until when it is used may.
    body    TEXT NOT NULL,
    PRIMARY KEY (office, id, version)
);

-- 编制稿: what somebody works on at the desk until it is published, right or wrong. One for each form.
CREATE TABLE form_draft (
    office   UUID NOT NULL REFERENCES office (id),
    id       TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    -- The name of whoever saved it, as it was then.
    saved_by TEXT NOT NULL,
    -- What kept it from being published when it was saved.
    faults   BIGINT NOT NULL,
    -- FormSheets as JSON.
    body     TEXT NOT NULL,
    PRIMARY KEY (office, id)
);

-- 检查: visits, sealed when they are received.
CREATE TABLE visit (
    id             UUID NOT NULL PRIMARY KEY,
    office         UUID NOT NULL REFERENCES office (id),
    -- 编号: the office's running number, for people.
    number         TEXT COLLATE "C" NOT NULL,
    site           UUID NOT NULL REFERENCES site (id),
    -- 检查性质: why somebody was there.
    nature         TEXT COLLATE "C" NOT NULL,
    -- 检查结果: whether the site could be checked, and what was met with where it could not.
    outcome        TEXT COLLATE "C" NOT NULL,
    -- By whom, and that person's name as it was then.
    inspector      UUID NOT NULL,
    inspector_name TEXT NOT NULL,
    -- By the phone's clock; where that is impossible, when it was received. The body has what the clock said.
    submitted_at   BIGINT NOT NULL,
    received_at    BIGINT NOT NULL,
    -- VisitSummary as JSON, so that lists need not read the answers.
    summary        TEXT NOT NULL,
    -- SiteSnapshot as JSON: the site as it was when the visit was sealed.
    site_snapshot  TEXT NOT NULL,
    -- Visit as JSON.
    body           TEXT NOT NULL,
    UNIQUE (office, number)
);
-- The order of the list, which its count reads alone.
CREATE INDEX visit_by_time ON visit (office, submitted_at DESC, id);
CREATE INDEX visit_by_site ON visit (site, submitted_at);

-- 填好的表单: which forms a visit was filled in from. Answers stand in the visit's body. None: nothing could be checked.
CREATE TABLE visit_form (
    visit     UUID NOT NULL REFERENCES visit (id),
    -- Counted from 0.
    position  BIGINT NOT NULL,
    office    UUID NOT NULL REFERENCES office (id),
    form      TEXT COLLATE "C" NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (visit, position),
    UNIQUE (visit, form),
    FOREIGN KEY (office, form, version) REFERENCES form (office, id, version)
);
CREATE INDEX visit_form_by_form ON visit_form (office, form, visit);

-- 隐患: each as its events fold up to now, without the events: lists and pulls read it as it is. Places and people have no
-- references, except for the site: what has ended keeps naming those that are no more.
CREATE TABLE hazard (
    id                 UUID NOT NULL PRIMARY KEY,
    office             UUID NOT NULL REFERENCES office (id),
    -- 编号: the office's running number, for people. The office's to give, and no part of the fold. NULL: it was given none.
    number             TEXT COLLATE "C",
    site               UUID NOT NULL REFERENCES site (id),
    -- Where it lies; it moves with its site, and between departments, while it is open.
    grid               UUID NOT NULL,
    department         UUID,
    -- 责任主体: who answered for the site when it was found. NULL: nobody was known.
    party              UUID,
    sector             TEXT COLLATE "C" NOT NULL,
    level              TEXT COLLATE "C" NOT NULL,
    status             TEXT COLLATE "C" NOT NULL,
    -- Whether somebody still has to do something about it.
    open               BOOLEAN NOT NULL,
    -- Whether more time was asked for and nobody has answered.
    extension_asked    BOOLEAN NOT NULL,
    -- Whether another authority or nobody known is to put it right, and the office has not acted on that yet.
    to_refer           BOOLEAN NOT NULL,
    -- When it came to the present status.
    status_since       BIGINT NOT NULL,
    -- The day by which it has to be put right. NULL: none was set.
    due                TEXT COLLATE "C",
    found_at           BIGINT NOT NULL,
    -- By whom, and that person's name as it was then.
    found_by           UUID NOT NULL,
    found_by_name      TEXT NOT NULL,
    -- NULL: it was not closed.
    closed_at          BIGINT,
    -- What the plan sets aside, in fen. NULL: there is no plan.
    funds              BIGINT,
    -- What was found, in words.
    what               TEXT NOT NULL,
    -- In which visit, by which form and question. NULL: outside any.
    visit              UUID,
    form               TEXT COLLATE "C",
    question           TEXT COLLATE "C",
    -- What its own words are found by, folded (`domain::search`); its site's are the site's. Written with the hazard.
    search_key         TEXT NOT NULL DEFAULT '',
    -- By which version of the fold the row was made. One of another version is folded from its events whenever it is read,
    -- until `xunan rebuild` writes it anew.
    projection_version BIGINT NOT NULL DEFAULT 0,
    -- Hazard as JSON, without its events.
    body               TEXT NOT NULL,
    UNIQUE (office, number)
);
CREATE INDEX hazard_by_site ON hazard (site, found_at);
CREATE INDEX hazard_by_party ON hazard (party, found_at);
-- The desk's figures and counts are read from these three alone: at two hundred thousand hazards the rows themselves are too
-- wide to be walked for a number.
CREATE INDEX hazard_open ON hazard (office, open, due, found_at, id, status, status_since, level, sector, extension_asked,
    to_refer, site, grid, department) WHERE open = TRUE;
CREATE INDEX hazard_by_found ON hazard (office, found_at, id, open, due, status, level, sector, form, question,
    site, grid, department);
CREATE INDEX hazard_by_closed ON hazard (office, closed_at, status, sector, site, grid, department)
    WHERE closed_at IS NOT NULL;

-- 经过: the events of each hazard in their order. Appended to, never changed: what is in `hazard` follows from them.
CREATE TABLE hazard_event (
    hazard      UUID NOT NULL REFERENCES hazard (id),
    -- Counted from 0.
    position    BIGINT NOT NULL,
    -- The event's own id.
    event       UUID NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    -- NULL: whoever may log in to the machine.
    person      UUID,
    -- By the device's clock.
    at          BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    -- Whether it had an effect. What did not fit any more is kept without one.
    counted     BOOLEAN NOT NULL,
    -- EventRecord as JSON.
    body        TEXT NOT NULL,
    PRIMARY KEY (hazard, position),
    UNIQUE (hazard, event)
);

-- What was received stays as it was received.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER visit_is_sealed BEFORE UPDATE ON visit
    FOR EACH ROW EXECUTE FUNCTION refuse('a visit is sealed');
CREATE TRIGGER visit_form_is_sealed BEFORE UPDATE ON visit_form
    FOR EACH ROW EXECUTE FUNCTION refuse('a visit is sealed');
CREATE TRIGGER hazard_event_stays BEFORE UPDATE OR DELETE ON hazard_event
    FOR EACH ROW EXECUTE FUNCTION refuse('a hazard''s log is appended to only');

-- The newest number of each series, never reused. A row of our own, which a transaction that is taken back leaves as it was:
-- so numbers have no holes.
CREATE TABLE sequence (
    office UUID NOT NULL,
    -- 'receipt', 'hazard' and 'visit', which begin anew each year; 'change', which numbers what phones have to learn of.
    series TEXT COLLATE "C" NOT NULL,
    -- 0: the series runs on through the years.
    year   INTEGER NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (office, series, year)
);
