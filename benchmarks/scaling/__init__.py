"""What crawls cost, by the page and by the process; and a million pages reckoned from that, in hours and in money."""
