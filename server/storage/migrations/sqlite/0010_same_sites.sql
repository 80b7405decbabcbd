-- 同一场所: ids under which phones proposed a site on the spot that was there already. What is told about such an id, now or by a
-- phone that was away for long, is about that site.
CREATE TABLE same_site (
    id     BLOB NOT NULL PRIMARY KEY,
    office BLOB NOT NULL REFERENCES office (id),
    -- The site that the office has.
    site   BLOB NOT NULL REFERENCES site (id)
) STRICT, WITHOUT ROWID;
