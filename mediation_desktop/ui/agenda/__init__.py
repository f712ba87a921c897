"""What stands beside the calendar: moving a session, the phone list, the calendar file, reminders."""
