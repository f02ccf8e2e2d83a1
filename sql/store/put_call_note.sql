-- One note of what an officer heard by telephone. Parameters: :campaign, :day, :unit, :at, :officer, :note,
-- :promised_at (or NULL).
INSERT INTO call_note (campaign, day, unit, at, officer, note, promised_at)
VALUES (:campaign, :day, :unit, :at, :officer, :note, :promised_at);
