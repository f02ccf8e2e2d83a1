-- The sightings that are now marked in their source; those marked before: left as they were.
-- Parameters: :campaign, :source, :keys (list), :acknowledged_at.
UPDATE sighting
SET acknowledged_at = :acknowledged_at
WHERE campaign = :campaign AND source = :source AND key IN :keys AND acknowledged_at IS NULL;
