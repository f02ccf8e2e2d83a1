-- One row: the revision of the schema. Parameters: none.
SELECT version_num
FROM tonghop_revision;
