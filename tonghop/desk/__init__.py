"""The data officers' web page: what came, what is wrong and why, decided once. No Prefect, no Great Expectations."""
