-- One entry; its receipt is its submission's. Parameters: :campaign, :submission_id, :ordinal, :unit, :label,
-- :day, :stated_day, :origin, :received (see claimed_submissions), :document, :sheet, :cell, :state,
-- :fingerprint.
INSERT INTO entry (
    campaign, submission_id, ordinal, unit, label, day, stated_day, origin, received_at, document, sheet,
    cell, state, fingerprint
)
VALUES (
    :campaign, :submission_id, :ordinal, :unit, :label, :day, :stated_day, :origin, :received, :document,
    :sheet, :cell, :state, :fingerprint
);
