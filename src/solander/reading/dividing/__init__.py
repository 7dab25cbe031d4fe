"""Blocks of the text proper -> what they are in it: posts, speeches, notes, greetings and closings, verse."""
