"""A folder of documents as people keep it, brought under control: read, proposed, judged by a person, made."""
