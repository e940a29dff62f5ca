"""What someone has to do by when."""
