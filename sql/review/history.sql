-- One row per unit, day and indicator: the counted figures, and whether the unit gave them itself.
-- Parameters: :campaign, :since (inclusive), :until (exclusive).
SELECT
    entry.unit,
    entry.day,
    figure.indicator,
    figure.value,
    entry.origin
FROM standing_entry AS entry
INNER JOIN figure ON entry.id = figure.entry_id
WHERE
    entry.campaign = :campaign
    AND entry.day >= :since
    AND entry.day < :until
    AND entry.state = 'accepted'
    AND entry.standing = 'counted'
    AND figure.value IS NOT NULL;
