"""The roster of organisations and mediators for publication (regulation of Inner Mongolia 2024, art. 54).

Of a person it names what the parties need to choose (People's Mediation Law, art. 19): name, organisation, position,
grade and specialities; never sex, nationality, education, party membership, telephone or account.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils import translation

from mediation.models import Committee, Engagement, Grade, Studio, StudioState

ORGANISATION_HEADINGS = ("名称", "类别", "所在苏木镇、街道", "地址", "办公电话", "擅长领域")
MEDIATOR_HEADINGS = ("姓名", "所在调解组织", "职务", "等级", "擅长领域")
LANGUAGE = "zh-hans"
"""The roster is published in Chinese, whatever language its reader works in."""


def organisation_lines(day: date) -> list[tuple[str, ...]]:
    """Standing committees in the order of their places, each followed by its working studios."""
    studios = defaultdict(list)
    for studio in Studio.objects.filter(state=StudioState.ACTIVE).select_related("town").order_by("pk"):
        studios[studio.committee_id].append(studio)
    lines = []
    with translation.override(LANGUAGE):
        for row in Committee.objects.standing().select_related("unit__parent").order_by("unit__path"):
            area = row.area.name if row.area else ""
            lines.append((row.unit.name, row.get_kind_display(), area, row.place, row.phone, row.trade))
            for studio in studios[row.pk]:
                kind = str(Studio._meta.verbose_name)
                lines.append((studio.short_name, kind, studio.town.name, studio.place, row.phone, studio.specialities))
    return lines


def mediator_lines(day: date) -> list[tuple[str, ...]]:
    """Mediators engaged on the day who agreed to be listed, by committee, its chair first."""
    grades = defaultdict(list)
    for grade in Grade.objects.in_force(day).filter(mediator__isnull=False):
        grades[grade.mediator_id].append(grade.level)
    order = list(Engagement.Position.values)
    engaged = Engagement.objects.in_force(day).filter(mediator__is_listed=True)
    rows = sorted(
        engaged.select_related("mediator", "committee__unit"),
        key=lambda row: (row.committee.unit.path, order.index(row.position), row.pk),
    )
    with translation.override(LANGUAGE):
        return [
            (
                row.mediator.name,
                row.committee.unit.name,
                row.get_position_display(),
                "、".join(grades[row.mediator_id]),
                row.mediator.specialities,
            )
            for row in rows
        ]
