-- One verdict, for ever. Parameters: :campaign, :day, :unit, :at, :officer, :decision, :reason,
-- :submission_id,
-- :entry_id, :finding_id, :code, :indicator, :fingerprint, :field, :old_value, :new_value, :spoke_with,
-- :withdraws.
INSERT INTO verdict (
    campaign, day, unit, at, officer, decision, reason, submission_id, entry_id, finding_id, code, indicator,
    fingerprint, field, old_value, new_value, spoke_with, withdraws
)
VALUES (
    :campaign, :day, :unit, :at, :officer, :decision, :reason, :submission_id, :entry_id, :finding_id, :code,
    :indicator, :fingerprint, :field, :old_value, :new_value, :spoke_with, :withdraws
)
RETURNING id;
