-- One row. Waits until no other process builds or raises the schema (PostgreSQL only). Parameters: :key.
SELECT PG_ADVISORY_XACT_LOCK(CAST(:key AS BIGINT)) AS locked;
