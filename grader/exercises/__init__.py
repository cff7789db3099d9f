"""The chapter: one folder per assignment, in it one per exercise; `shared` holds what several assignments teach.

Nothing here is named anywhere else: `grader.course.catalogue` finds it by walking.
"""
