-- One row per line of an edition, in its order. Parameters: :edition_id.
SELECT
    unit,
    name,
    kind,
    parent,
    depth,
    state,
    timeliness,
    received_at,
    expected,
    reported,
    on_time,
    is_leaf
FROM edition_line
WHERE edition_id = :edition_id
ORDER BY position;
