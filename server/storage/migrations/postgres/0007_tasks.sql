-- 派单: a visit or a hazard that is given to a person, until a day. It is done by the work itself.
CREATE TABLE task (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    -- Who has it now, and that person's name as it was when it was given or handed on.
    person      UUID NOT NULL REFERENCES person (id),
    person_name TEXT NOT NULL,
    -- Who gave it, and the name as it was then.
    giver       UUID NOT NULL,
    giver_name  TEXT NOT NULL,
    site        UUID NOT NULL REFERENCES site (id),
    -- NULL: the site is to be visited.
    hazard      UUID REFERENCES hazard (id),
    -- 'open', 'done' or 'withdrawn'.
    state       TEXT COLLATE "C" NOT NULL,
    -- The last day.
    until       TEXT COLLATE "C" NOT NULL,
    given_at    BIGINT NOT NULL,
    -- When it was done or withdrawn. NULL: it is open.
    ended_at    BIGINT,
    -- Task as JSON.
    body        TEXT NOT NULL
);
CREATE INDEX task_of_office ON task (office, until);
-- What a phone has, and what is handed over when somebody leaves.
CREATE INDEX task_of_person ON task (office, person, until) WHERE ended_at IS NULL;
-- What a visit, or an event of a hazard, may do.
CREATE INDEX task_of_site ON task (office, site) WHERE ended_at IS NULL;
CREATE INDEX task_of_hazard ON task (office, hazard) WHERE ended_at IS NULL AND hazard IS NOT NULL;
