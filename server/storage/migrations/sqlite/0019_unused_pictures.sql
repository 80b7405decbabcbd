-- 示例图: since when no version of a form and no draft names the picture, as the hourly job found it. NULL: one does, or nobody has
-- looked yet. A picture goes some time after: its author may have only taken it out to put another one in.
ALTER TABLE form_picture ADD COLUMN unused_since INTEGER;
