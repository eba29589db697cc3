"""The ticks of the invitation batch: who, as what, and whose invitation that ran out goes again."""

from django import forms


class InvitationBatchForm(forms.Form):
    """Reads `staff` (ticked ids), `role-<id>` and `again` ("invitation:sends"). Whoever has been invited meanwhile is
    left out, so that a second press invites nobody twice. `form_id` comes with the page to check."""

    form_id = forms.UUIDField(required=False)

    def __init__(self, data, *, board):
        super().__init__(data)
        self.board = board
        if data is not None:
            ticked = set(data.getlist("staff"))
            for pk, row in board.candidates.items():
                row.ticked, row.role = str(pk) in ticked, data.get(f"role-{pk}", "")

    @property
    def people(self):
        """[(staff, role)] of those ticked."""
        return [(row.staff, row.role) for row in self.board.candidates.values() if row.ticked]

    @property
    def again(self):
        """[(invitation, sends)] that go again; one that was sent again meanwhile has another number."""
        asked = set(self.data.getlist("again")) if self.is_bound else set()
        return [(row, row.sends) for row in self.board.lapsed if f"{row.pk}:{row.sends}" in asked]

    def clean(self):
        data = super().clean()
        may = {value for value, _ in self.board.roles}
        for staff, role in self.people:
            if role not in may:
                self.add_error(None, f"Choose what {staff.name} may do.")
        if not self.people and not self.again:
            raise forms.ValidationError("Tick at least one person who has not been invited yet.")
        return data
