-- One row per other entry that says the same of the same unit and day. Parameters: :campaign, :unit,
-- :day, :fingerprint, :id.
SELECT id
FROM entry
WHERE campaign = :campaign AND unit = :unit AND day = :day AND fingerprint = :fingerprint AND id <> :id
ORDER BY id;
