-- One call with a unit, for ever. Parameters: :campaign, :day, :unit, :at, :officer, :note, :promised_at.
INSERT INTO call_note (campaign, day, unit, at, officer, note, promised_at)
VALUES (:campaign, :day, :unit, :at, :officer, :note, :promised_at);
