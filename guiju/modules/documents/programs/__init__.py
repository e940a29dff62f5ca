"""What programs are told of documents."""
