-- No rows. The planner's knowledge of submissions, after many came (PostgreSQL). Parameters: none.
ANALYZE submission, sighting;
