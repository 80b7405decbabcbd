-- 行政检查: what an office holds its administrative inspections to, and how often whom it inspected.

-- 行政检查规则: which rules hold and with which figure, the published list of matters, the departments that inspect. No row: each
-- rule as it usually is.
CREATE TABLE inspection_rules (
    office UUID NOT NULL PRIMARY KEY REFERENCES office (id),
    -- InspectionRules as JSON.
    body   TEXT NOT NULL
);

-- 年度频次: who was inspected in which year. One row for each visit that was an administrative inspection.
CREATE TABLE administrative_inspection (
    visit    UUID NOT NULL PRIMARY KEY REFERENCES visit (id),
    office   UUID NOT NULL REFERENCES office (id),
    -- Whether it is a party that was inspected, all of whose sites count together, or a site of which nobody knows the party.
    of_party BOOLEAN NOT NULL,
    -- The party's or the site's id.
    subject  UUID NOT NULL,
    -- Of the office's day on which it began.
    year     BIGINT NOT NULL,
    -- Whether it counts against the yearly cap, as the office's rules were when it came in.
    counted  BOOLEAN NOT NULL
);
CREATE INDEX administrative_inspection_of_year ON administrative_inspection (office, year, of_party, subject);
