-- A waiver ends before its day; once. Parameters: :waiver_id, :at, :officer, :reason.
INSERT INTO waiver_end (waiver_id, at, officer, reason)
VALUES (:waiver_id, :at, :officer, :reason)
ON CONFLICT (waiver_id) DO NOTHING;
