"""The way in: the first-start questions, the lock, the recovery sheet, and who sits at the desk."""
