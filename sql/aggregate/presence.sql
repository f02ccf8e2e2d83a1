-- One row per unit of the tree of the day: its counted entry, the first receipt of an accepted one (a
-- correction never moves it), and whether one is held. Parameters: :campaign, :root, :day.
WITH RECURSIVE branch AS (
    SELECT
        code,
        valid_from
    FROM unit
    WHERE
        campaign = :campaign
        AND code = :root
        AND valid_from <= :day
        AND (valid_to IS NULL OR valid_to > :day)
    UNION
    SELECT
        below.code,
        below.valid_from
    FROM branch
    INNER JOIN unit AS below
        ON
            below.campaign = :campaign
            AND branch.code = below.parent
            AND below.valid_from <= :day
            AND (below.valid_to IS NULL OR below.valid_to > :day)
    WHERE below.code <> :root
)

SELECT
    branch.code,
    branch.valid_from,
    MAX(CASE WHEN entry.standing = 'counted' THEN entry.id END) AS entry_id,
    MIN(CASE WHEN entry.state = 'accepted' THEN entry.received_at END) AS received_at,
    MAX(CASE WHEN entry.standing = 'held' THEN 1 ELSE 0 END) AS is_held
FROM branch
LEFT JOIN standing_entry AS entry
    ON entry.campaign = :campaign AND branch.code = entry.unit AND entry.day = :day
GROUP BY branch.code, branch.valid_from;
