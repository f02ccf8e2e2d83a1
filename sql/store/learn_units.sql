-- No rows. The planner's knowledge of the register, after many units changed (PostgreSQL). Parameters: none.
ANALYZE unit;
