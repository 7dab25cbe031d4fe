"""What the lines of a page say of it: titles, people, days and rights, with a label or without one."""
