"""Optional writing by a language model, which may connect the quotes and do nothing else."""
