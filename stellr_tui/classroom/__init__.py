"""Players of scenarios: the real app in a lesson's world, someone who acts in it by real keys, and what is shown of it.

This stands above the app, so that not one screen knows of lessons. `app` is the portal in a world of its own, `sight`
what there is to see of it, `actor` does what a step intends, `check` walks a whole scenario as fast as it can.
"""
