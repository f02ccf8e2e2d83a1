-- One row: the moment by the database server's clock.
SELECT CURRENT_TIMESTAMP AS at;
