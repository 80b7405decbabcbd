-- 抽查: plans of spot checks, what happened to each, and the checks that were sent. What they say of sites is told to nobody but
-- those who made the plan and its leader before the hour has come.

CREATE TABLE spot_check_plan (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    -- Names no site.
    title       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    step        TEXT NOT NULL,
    -- As the leader was called when the plan was last changed.
    leader_name TEXT NOT NULL,
    opens_at    BIGINT NOT NULL,
    -- The last day, such as 2026-11-24.
    until       TEXT COLLATE "C" NOT NULL,
    -- The fold of its events, as JSON.
    body        TEXT NOT NULL
);
CREATE INDEX spot_check_plan_of_office ON spot_check_plan (office, opens_at);

-- What happened to a plan, from the first event on.
CREATE TABLE spot_check_event (
    plan     UUID NOT NULL REFERENCES spot_check_plan (id),
    position BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    person   UUID NOT NULL REFERENCES person (id),
    -- The event with who did it and when, as JSON.
    body     TEXT NOT NULL,
    PRIMARY KEY (plan, position)
);

-- 抽查任务: one site, and who goes there.
CREATE TABLE spot_check (
    id       UUID NOT NULL PRIMARY KEY,
    office   UUID NOT NULL REFERENCES office (id),
    plan     UUID NOT NULL REFERENCES spot_check_plan (id),
    -- Where it stands among those of its plan.
    position BIGINT NOT NULL,
    -- As people call it, such as CC-2026-0046.
    number   TEXT NOT NULL,
    site     UUID NOT NULL REFERENCES site (id),
    -- 'sent', 'done' or 'withdrawn'. That one was missed is worked out by the day.
    state    TEXT NOT NULL,
    -- The check as JSON.
    body     TEXT NOT NULL,
    UNIQUE (office, number)
);
CREATE INDEX spot_check_of_plan ON spot_check (plan, position);
CREATE INDEX spot_check_at_site ON spot_check (site);
CREATE INDEX spot_check_sent ON spot_check (office) WHERE state = 'sent';
