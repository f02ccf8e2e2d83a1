-- Disables one officer; the first time stays. Parameters: :name, :at.
UPDATE officer
SET disabled_at = :at
WHERE name = :name AND disabled_at IS NULL;
