-- One row per line and indicator of an edition, in its order. Parameters: :edition_id.
SELECT
    unit,
    indicator,
    value,
    previous,
    previous_day,
    carried_from,
    is_stated,
    entry_id
FROM edition_figure
WHERE edition_id = :edition_id
ORDER BY position;
