-- Notes that a try was right. Parameters: :id.
UPDATE login_attempt
SET succeeded = TRUE
WHERE id = :id;
