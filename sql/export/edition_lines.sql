-- One row per frozen line of the day's editions.
-- Parameters: :campaign, :day.
SELECT
    edition.number AS edition,
    edition_line.position,
    edition_line.unit,
    edition_line.name,
    edition_line.kind,
    edition_line.parent,
    edition_line.depth,
    edition_line.state,
    edition_line.timeliness,
    edition_line.received_at,
    edition_line.expected,
    edition_line.reported,
    edition_line.on_time,
    edition_line.is_leaf
FROM edition_line
INNER JOIN edition ON edition_line.edition_id = edition.id
WHERE edition.campaign = :campaign AND edition.day = :day
ORDER BY edition.number, edition_line.position;
