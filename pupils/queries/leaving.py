"""What ends when a pupil leaves."""

from pupils.models import GroupPupil, PupilAdult


def ends_with(pupil):
    """{"classes": names, "adults": [(name, part)]} of what is open now. Two queries."""
    own = {"school_id": pupil.school_id, "pupil_id": pupil.pk, "ends_on": None}
    classes = GroupPupil.objects.filter(**own).order_by("group__name").values_list("group__name", flat=True)
    ties = PupilAdult.objects.filter(**own).select_related("staff")
    return {"classes": list(classes), "adults": [(tie.staff.name, tie.get_part_display().lower()) for tie in ties]}
