"""Lessons: one file is a demo, an exercise, an exam and a test of the screens.

A scenario (`scenario`, read by `reading`) is steps, each with what is done (`intents`) and what must then hold
(`conditions`), in a world of its own (`world`): a training database in a folder of its own, never the user's.
The engine (`engine`) knows steps, targets, conditions, hints and points, and nothing of what is shown: a player gives
it a `Look` at the screen and the order book and a monotonic time, and gets events back. Players live in
`stellr_tui.classroom`; nothing here knows Textual.
"""
