-- Who told of which photo: each person by themselves, so that nobody can take a photo's name away from whoever has its bytes.
CREATE TABLE announcement (
    office      BLOB NOT NULL REFERENCES office (id),
    hash        TEXT NOT NULL,
    person      BLOB NOT NULL REFERENCES person (id),
    -- When this person's bytes came.
    received_at INTEGER,
    -- PhotoFacts as JSON, as this person told them.
    body        TEXT NOT NULL,
    PRIMARY KEY (office, hash, person)
) STRICT, WITHOUT ROWID;
INSERT INTO announcement (office, hash, person, received_at, body)
SELECT photo.office, photo.hash, person.id, photo.received_at, photo.body FROM photo
JOIN person ON person.id = unhex(replace(json_extract(photo.body, '$.by'), '-', ''));

-- Which records let a photo be seen. `author` named it there; the record shows it once its author's bytes have come, or at
-- once where the author could see it already.
CREATE TABLE photo_sight (
    office BLOB NOT NULL REFERENCES office (id),
    hash   TEXT NOT NULL,
    -- 'hazard' or 'inspection'
    record TEXT NOT NULL,
    id     BLOB NOT NULL,
    author BLOB NOT NULL,
    seen   INTEGER NOT NULL,
    PRIMARY KEY (office, hash, record, id, author)
) STRICT, WITHOUT ROWID;
INSERT INTO photo_sight (office, hash, record, id, author, seen)
SELECT hazard.office, photo.value, 'hazard', hazard.id, hazard_event.person, 0
FROM hazard_event JOIN hazard ON hazard.id = hazard_event.hazard
JOIN (
    SELECT '$.deed.found.photos' AS path
    UNION ALL SELECT '$.deed.found.fixed.photos'
    UNION ALL SELECT '$.deed.rectified.photos'
    UNION ALL SELECT '$.deed.accepted.photos'
    UNION ALL SELECT '$.deed.returned.photos'
) AS place
JOIN json_each(hazard_event.body, place.path) AS photo
WHERE hazard_event.counted = TRUE
UNION
SELECT inspection.office, photo.value, 'inspection', inspection.id, inspection.inspector, 0
FROM inspection
JOIN json_each(inspection.body, '$.answers') AS answer
JOIN json_each(answer.value, '$.photos') AS photo;
DROP TABLE photo_site;

-- What a person has sent on an office day: several servers count together.
CREATE TABLE quota (
    person      BLOB NOT NULL REFERENCES person (id),
    day         TEXT NOT NULL,
    operations  INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    photos      INTEGER NOT NULL,
    photo_bytes INTEGER NOT NULL,
    pieces      INTEGER NOT NULL,
    set_aside   INTEGER NOT NULL,
    PRIMARY KEY (person, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX quota_by_day ON quota (day);
