-- What records showed before anybody wrote down which photos they use.
INSERT INTO photo_use (office, hash, record, id, at)
SELECT hazard.office, photo, 'hazard', hazard.id, MIN(hazard_event.received_at)
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
GROUP BY hazard.office, photo, hazard.id
UNION ALL
SELECT inspection.office, photo, 'inspection', inspection.id, inspection.received_at
FROM inspection
CROSS JOIN LATERAL json_each(inspection.body::json -> 'answers') AS answer (item, given)
CROSS JOIN LATERAL json_array_elements_text(COALESCE(given -> 'photos', '[]')) AS photo
GROUP BY inspection.office, photo, inspection.id, inspection.received_at
ON CONFLICT DO NOTHING;
