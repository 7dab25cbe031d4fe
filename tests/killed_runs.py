"""What a program is given that is to kill itself at a chosen step of its work."""

from __future__ import annotations

KILLING = """
import os, signal, sys
steps, stop_at = 0, 0  # which one is the last, the program itself says
number, ours = signal.SIGKILL, os.getpid()

def reached():
    global steps
    steps += os.getpid() == ours
    if steps == stop_at and os.getpid() == ours:
        os.kill(os.getpid(), number)

def before_and_after(function):
    def call(*arguments, **named):
        reached()
        result = function(*arguments, **named)
        reached()
        return result
    return call

def and_after(function):
    def call(*arguments, **named):
        result = function(*arguments, **named)
        reached()
        return result
    return call
"""
"""Stands before the text of a program: ``reached`` counts a step, the others make a function one or two."""
