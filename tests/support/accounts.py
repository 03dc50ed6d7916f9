"""People who log in with a password."""

from __future__ import annotations

from casemgr.organisation.models import RoleAssignment, Unit, User

PASSWORD = "herd-and-river-2026"


def account(username: str, role: str = "", full_name: str = "王宝音") -> User:
    """An account with `PASSWORD`; with `role`, it is held at the banner."""
    user = User(username=username, full_name=full_name)
    user.set_password(PASSWORD)
    user.save()
    if role:
        RoleAssignment.objects.create(user=user, role=role, unit=Unit.objects.get(code="150621"))
    return user
