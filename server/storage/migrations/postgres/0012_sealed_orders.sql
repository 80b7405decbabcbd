-- 封存任务: what one of a team is told of a spot check before its hour. Neither the site nor anything made of it stands here in the
-- clear.
CREATE TABLE sealed_order (
    id         UUID NOT NULL PRIMARY KEY,
    office     UUID NOT NULL REFERENCES office (id),
    -- The one who has it on the phone.
    person     UUID NOT NULL REFERENCES person (id),
    -- One check, several orders: each of the team has one.
    spot_check UUID NOT NULL,
    -- Who may hear the words, beside the makers of the plan.
    leader     UUID NOT NULL,
    -- Their ids as JSON.
    makers     TEXT NOT NULL,
    -- The first moment at which it cannot be opened any more: later a phone that is filling up does without it.
    closes_at  BIGINT NOT NULL,
    -- When it was opened on the phone, by the phone's clock; 'key' or 'words'. NULL: it was not, as far as the office knows.
    opened_at  BIGINT,
    opened_by  TEXT COLLATE "C",
    -- SHA-256 of the key, by which a phone proves that it has it. The key is random: nothing else is told by it.
    proof      BYTEA NOT NULL,
    -- SealedOrder as JSON, without the key.
    body       TEXT NOT NULL,
    -- The key and the words, sealed by the installation's own secret: whoever reads the records, or a backup, opens nothing.
    secret     BYTEA NOT NULL
);
CREATE INDEX sealed_order_of_check ON sealed_order (office, spot_check);
