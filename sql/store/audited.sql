-- One row: how often this was done to this. Parameters: :action, :subject.
SELECT COUNT(*) AS times
FROM audit
WHERE action = :action AND subject = :subject;
