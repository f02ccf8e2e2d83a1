-- One row per thing of a source that is recorded but not yet marked there. Parameters: :campaign, :source.
SELECT key
FROM sighting
WHERE campaign = :campaign AND source = :source AND acknowledged_at IS NULL
ORDER BY id;
