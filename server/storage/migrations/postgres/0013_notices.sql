-- 消息: what one person is told, once. It lies in the inbox of the phone and of the desk.
CREATE TABLE notice (
    id      UUID NOT NULL PRIMARY KEY,
    office  UUID NOT NULL REFERENCES office (id),
    person  UUID NOT NULL REFERENCES person (id),
    -- Of what it tells, to whom, by which row of the rules: worked out again, it is there already.
    key     TEXT COLLATE "C" NOT NULL,
    -- NoticeKind.
    kind    TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    -- When the person had it before their eyes. NULL: not yet.
    seen_at BIGINT,
    -- Notice as JSON, without when it was seen.
    body    TEXT NOT NULL,
    UNIQUE (office, key)
);
CREATE INDEX notice_of_person ON notice (office, person, made_at);
CREATE INDEX notice_by_age ON notice (office, made_at);
CREATE INDEX notice_unseen ON notice (office, person) WHERE seen_at IS NULL;

-- 消息规则: who is told what, after how many days, and when it is quiet. An office that decided nothing has no row.
CREATE TABLE notice_settings (
    office UUID NOT NULL PRIMARY KEY REFERENCES office (id),
    -- NoticeSettings as JSON.
    body   TEXT NOT NULL
);

-- 通知渠道: the ways out of the house.
CREATE TABLE notice_channel (
    id     UUID NOT NULL PRIMARY KEY,
    office UUID NOT NULL REFERENCES office (id),
    -- NoticeChannel as JSON.
    body   TEXT NOT NULL,
    -- Its address and its key, sealed by the installation's own secret: whoever reads the records, or a backup, calls nobody.
    secret BYTEA NOT NULL
);
CREATE INDEX notice_channel_of_office ON notice_channel (office);

-- 发送记录: one notice through one channel. It goes once, however often it is worked out.
CREATE TABLE notice_delivery (
    id       UUID NOT NULL PRIMARY KEY,
    office   UUID NOT NULL REFERENCES office (id),
    channel  UUID NOT NULL REFERENCES notice_channel (id),
    notice   UUID NOT NULL REFERENCES notice (id),
    -- The first moment at which it may go: it is tried for a day from then on.
    first_at BIGINT NOT NULL,
    -- Not before; while somebody tries it, when that one is thought dead.
    next_at  BIGINT NOT NULL,
    -- Tries that were begun.
    attempts BIGINT NOT NULL DEFAULT 0,
    -- 'waiting', 'sent' or 'failed'.
    state    TEXT COLLATE "C" NOT NULL,
    -- When it was sent or given up. NULL: it waits.
    ended_at BIGINT,
    -- What the last try ended with, in words. NULL: nothing went wrong.
    failure  TEXT,
    UNIQUE (channel, notice)
);
CREATE INDEX notice_delivery_waiting ON notice_delivery (office, next_at) WHERE ended_at IS NULL;
CREATE INDEX notice_delivery_newest ON notice_delivery (office, first_at);
CREATE INDEX notice_delivery_of_notice ON notice_delivery (notice);
