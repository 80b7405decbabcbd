-- Sentences that an office writes often.

-- 常用说法: learned from the office's hazards, the most used first. What names somebody or holds a number is not among them. Written
-- all at once: a row says nothing that the hazards do not.
CREATE TABLE phrase (
    office   UUID NOT NULL REFERENCES office (id),
    -- Counted from 0.
    position BIGINT NOT NULL,
    words    TEXT NOT NULL,
    -- In how many hazards it stands.
    times    BIGINT NOT NULL,
    -- Initials of its sounds (`domain::search`): phones have no table of them.
    sounds   TEXT NOT NULL,
    -- Of the sites at which it is written, as a JSON array of their words.
    sectors  TEXT NOT NULL,
    PRIMARY KEY (office, position)
);
