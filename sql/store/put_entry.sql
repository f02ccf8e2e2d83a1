-- One entry; its receipt is its submission's. Parameters: :campaign, :submission_id, :ordinal, :unit, :label,
-- :day, :stated_day, :origin, :document, :sheet, :cell, :state, :fingerprint.
INSERT INTO entry (
    campaign, submission_id, ordinal, unit, label, day, stated_day, origin, received_at, document, sheet, cell,
    state, fingerprint
)
SELECT
    submission.campaign,
    submission.id,
    CAST(:ordinal AS INTEGER),
    CAST(:unit AS TEXT),
    CAST(:label AS TEXT),
    :day,
    :stated_day,
    CAST(:origin AS TEXT),
    submission.received_at,
    CAST(:document AS TEXT),
    CAST(:sheet AS TEXT),
    CAST(:cell AS TEXT),
    CAST(:state AS TEXT),
    CAST(:fingerprint AS TEXT)
FROM submission
WHERE submission.id = :submission_id AND submission.campaign = :campaign;
