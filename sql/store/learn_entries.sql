-- No rows. The planner's knowledge of entries, after many were recorded (PostgreSQL). Parameters: none.
ANALYZE submission, entry, figure;
