-- What records showed before anybody wrote down which photos they use.
INSERT INTO photo_use (office, hash, record, id, at)
SELECT hazard.office, photo.value, 'hazard', hazard.id, MIN(hazard_event.received_at)
FROM hazard_event JOIN hazard ON hazard.id = hazard_event.hazard
JOIN (
    SELECT '$.deed.found.photos' AS path
    UNION ALL SELECT '$.deed.found.fixed.photos'
    UNION ALL SELECT '$.deed.rectified.photos'
    UNION ALL SELECT '$.deed.accepted.photos'
    UNION ALL SELECT '$.deed.returned.photos'
) AS place
JOIN json_each(hazard_event.body, place.path) AS photo
GROUP BY hazard.office, photo.value, hazard.id
UNION ALL
SELECT inspection.office, photo.value, 'inspection', inspection.id, inspection.received_at
FROM inspection
JOIN json_each(inspection.body, '$.answers') AS answer
JOIN json_each(answer.value, '$.photos') AS photo
GROUP BY inspection.office, photo.value, inspection.id
ON CONFLICT DO NOTHING;
