-- One entry in place of another of the same submission, made by a correction.
-- Parameters: :id (the entry corrected), :unit, :day, :fingerprint, :verdict_id.
INSERT INTO entry (
    campaign,
    submission_id,
    ordinal,
    unit,
    label,
    day,
    stated_day,
    origin,
    received_at,
    document,
    sheet,
    cell,
    state, fingerprint, verdict_id
)
SELECT
    entry.campaign,
    entry.submission_id,
    (
        SELECT MAX(every.ordinal) + 1
        FROM entry AS every
        WHERE every.submission_id = entry.submission_id
    ) AS ordinal,
    CAST(:unit AS TEXT) AS unit,
    entry.label,
    :day,
    entry.stated_day,
    entry.origin,
    entry.received_at,
    entry.document,
    entry.sheet,
    entry.cell,
    'held' AS state,
    CAST(:fingerprint AS TEXT) AS fingerprint,
    CAST(:verdict_id AS BIGINT) AS verdict_id
FROM entry
WHERE entry.id = :id
RETURNING id;
