"""What is done: one verb a file, each a Prefect task inside a flow run and a plain call outside one."""
