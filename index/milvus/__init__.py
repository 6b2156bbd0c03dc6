"""The store on Milvus: several machines, several front ends, one collection."""
