-- One row where this was done to this before, else none. Parameters: :action, :subject.
SELECT 1 AS found
FROM audit
WHERE action = :action AND subject = :subject
LIMIT 1;
