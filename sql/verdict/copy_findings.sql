-- The findings of an entry that a correction leaves open, for the entry that takes its place.
-- Parameters: :entry_id, :made_id, :unit, :day.
INSERT INTO finding (
    submission_id, entry_id, campaign, day, is_reason, code, severity, unit, indicator, document, sheet, cell,
    found, expected, arguments, made_at
)
SELECT
    submission_id,
    CAST(:made_id AS BIGINT) AS entry_id,
    campaign,
    :day,
    is_reason,
    code,
    severity,
    CASE WHEN unit IS NULL THEN NULL ELSE CAST(:unit AS TEXT) END AS unit,
    indicator,
    document,
    sheet,
    cell,
    found,
    expected,
    arguments,
    made_at
FROM finding
WHERE entry_id = :entry_id AND settled IS NULL;
