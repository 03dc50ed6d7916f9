"""What people do to the organisations of mediation."""

from mediation.organisations.actions import committees, mediators, others, studio_course, studio_life

ACTIONS = (
    *committees.ACTIONS,
    *mediators.ACTIONS,
    *studio_course.ACTIONS,
    *studio_life.ACTIONS,
    *others.ACTIONS,
)
