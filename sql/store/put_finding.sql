-- One finding on an entry, or on a whole submission (:entry_id NULL).
-- Parameters: :submission_id, :entry_id, :campaign, :day, :is_reason, :code, :severity, :unit, :indicator,
-- :document, :sheet, :cell, :found, :expected, :arguments, :made_at.
INSERT INTO finding (
    submission_id, entry_id, campaign, day, is_reason, code, severity, unit, indicator, document, sheet, cell,
    found, expected, arguments, made_at
)
VALUES (
    :submission_id, :entry_id, :campaign, :day, :is_reason, :code, :severity, :unit, :indicator, :document,
    :sheet, :cell, :found, :expected, :arguments, :made_at
);
