-- 同一场所: ids under which phones proposed a site on the spot that was there already. What is told about such an id, now or by a
-- phone that was away for long, is about that site.
CREATE TABLE same_site (
    id     UUID NOT NULL PRIMARY KEY,
    office UUID NOT NULL REFERENCES office (id),
    -- The site that the office has.
    site   UUID NOT NULL REFERENCES site (id)
);
