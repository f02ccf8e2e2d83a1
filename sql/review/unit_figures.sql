-- One row per unit's day and indicator that counts or is held, over some days; a day's in the order received.
-- Parameters: :campaign, :unit, :since (inclusive), :until (inclusive).
SELECT
    entry.id AS entry_id,
    entry.day,
    entry.standing,
    figure.indicator,
    figure.value,
    figure.verdict_id
-- CROSS JOIN: SQLite keeps its order, from the unit's entries to their figures.
FROM standing_entry AS entry
CROSS JOIN figure
WHERE
    entry.campaign = :campaign
    AND entry.unit = :unit
    AND entry.day >= :since
    AND entry.day <= :until
    AND entry.standing IN ('counted', 'held')
    AND figure.entry_id = entry.id
ORDER BY entry.day, entry.received_at, entry.id, figure.indicator;
