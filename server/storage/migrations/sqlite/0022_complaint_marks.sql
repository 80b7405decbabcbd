-- 对上门的意见: what the office did about one. All of these are NULL where nobody has looked at it.

-- ComplaintState: 'in_hand' or 'answered'.
ALTER TABLE visit_complaint ADD COLUMN state TEXT;
-- Who marked it so last, with their name as it was then, and when.
ALTER TABLE visit_complaint ADD COLUMN marked_by BLOB REFERENCES person (id);
ALTER TABLE visit_complaint ADD COLUMN marked_by_name TEXT;
ALTER TABLE visit_complaint ADD COLUMN marked_at INTEGER;
-- What the party reads. NULL: it is not answered.
ALTER TABLE visit_complaint ADD COLUMN answer TEXT;
CREATE INDEX visit_complaint_of_code ON visit_complaint (code, at);
