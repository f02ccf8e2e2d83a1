-- One sighting that is now marked in its source; marked before: left as it was.
-- Parameters: :campaign, :source, :key, :acknowledged_at.
UPDATE sighting
SET acknowledged_at = :acknowledged_at
WHERE campaign = :campaign AND source = :source AND key = :key AND acknowledged_at IS NULL;
