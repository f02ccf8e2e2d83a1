-- One row per thing of a source that was seen. Parameters: :campaign, :source.
SELECT key
FROM sighting
WHERE campaign = :campaign AND source = :source;
