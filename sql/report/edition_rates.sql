-- One row per line and rate of an edition, in its order. Parameters: :edition_id.
SELECT
    unit,
    rate,
    value,
    previous,
    target,
    gap,
    place
FROM edition_rate
WHERE edition_id = :edition_id
ORDER BY position;
