"""No page at all: what someone who is not a member gets for any address of a school, real or not."""

urlpatterns: list = []
