"""Folders: documents as people keep them, brought under control: read, proposed, judged by a person, made. ISO 9001 7.5.3."""
