-- One entry; its receipt is its submission's. Parameters: :campaign, :submission_id, :ordinal, :unit, :label,
-- :day, :stated_day, :origin, :document, :sheet, :cell, :state, :fingerprint.
INSERT INTO entry (
    campaign, submission_id, ordinal, unit, label, day, stated_day, origin, received_at, document, sheet,
    cell, state, fingerprint
)
SELECT
    submission.campaign,
    submission.id,
    CAST(:ordinal AS INTEGER) AS ordinal,
    CAST(:unit AS TEXT) AS unit,
    CAST(:label AS TEXT) AS label,
    :day,
    :stated_day,
    CAST(:origin AS TEXT) AS origin,
    submission.received_at,
    CAST(:document AS TEXT) AS document,
    CAST(:sheet AS TEXT) AS sheet,
    CAST(:cell AS TEXT) AS cell,
    CAST(:state AS TEXT) AS state,
    CAST(:fingerprint AS TEXT) AS fingerprint
FROM submission
WHERE submission.id = :submission_id AND submission.campaign = :campaign;
