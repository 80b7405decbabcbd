-- 界线: what belongs to a community or a grid, as the office's own map draws it. A place without one is on no map; its sites are.
CREATE TABLE outline (
    office UUID NOT NULL REFERENCES office (id),
    -- 'community' or 'grid'.
    kind   TEXT COLLATE "C" NOT NULL,
    place  UUID NOT NULL,
    -- Area as JSON: longitude and latitude by WGS 84.
    area   TEXT NOT NULL,
    PRIMARY KEY (office, place)
);
