"""What kind of answer a question asks for, and whether words can be one."""
