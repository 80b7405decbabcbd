-- Who told of which photo: each person by themselves, so that nobody can take a photo's name away from whoever has its bytes.
CREATE TABLE announcement (
    office      UUID NOT NULL REFERENCES office (id),
    hash        TEXT COLLATE "C" NOT NULL,
    person      UUID NOT NULL REFERENCES person (id),
    -- When this person's bytes came.
    received_at BIGINT,
    -- PhotoFacts as JSON, as this person told them.
    body        TEXT NOT NULL,
    PRIMARY KEY (office, hash, person)
);
INSERT INTO announcement (office, hash, person, received_at, body)
SELECT photo.office, photo.hash, person.id, photo.received_at, photo.body FROM photo
JOIN person ON person.id = (photo.body::json->>'by')::uuid;

-- Which records let a photo be seen. `author` named it there; the record shows it once its author's bytes have come, or at
-- once where the author could see it already.
CREATE TABLE photo_sight (
    office UUID NOT NULL REFERENCES office (id),
    hash   TEXT COLLATE "C" NOT NULL,
    -- 'hazard' or 'inspection'
    record TEXT COLLATE "C" NOT NULL,
    id     UUID NOT NULL,
    author UUID NOT NULL,
    seen   BOOLEAN NOT NULL,
    PRIMARY KEY (office, hash, record, id, author)
);
INSERT INTO photo_sight (office, hash, record, id, author, seen)
SELECT hazard.office, photo, 'hazard', hazard.id, hazard_event.person, FALSE
FROM hazard_event JOIN hazard ON hazard.id = hazard_event.hazard
CROSS JOIN (
    VALUES
        ('{deed,found,photos}'::text[]),
        ('{deed,found,fixed,photos}'::text[]),
        ('{deed,rectified,photos}'::text[]),
        ('{deed,accepted,photos}'::text[]),
        ('{deed,returned,photos}'::text[])
) AS place (path)
CROSS JOIN LATERAL json_array_elements_text(COALESCE(hazard_event.body::json #> place.path, '[]')) AS photo
WHERE hazard_event.counted
UNION
SELECT inspection.office, photo, 'inspection', inspection.id, inspection.inspector, FALSE
FROM inspection
CROSS JOIN LATERAL json_each(inspection.body::json -> 'answers') AS answer (item, given)
CROSS JOIN LATERAL json_array_elements_text(COALESCE(given -> 'photos', '[]')) AS photo;
DROP TABLE photo_site;

-- What a person has sent on an office day: several servers count together.
CREATE TABLE quota (
    person      UUID NOT NULL REFERENCES person (id),
    day         TEXT COLLATE "C" NOT NULL,
    operations  BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    photos      BIGINT NOT NULL,
    photo_bytes BIGINT NOT NULL,
    pieces      BIGINT NOT NULL,
    set_aside   BIGINT NOT NULL,
    PRIMARY KEY (person, day)
);
CREATE INDEX quota_by_day ON quota (day);
