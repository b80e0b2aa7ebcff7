"""Pages of the platform itself."""

urlpatterns: list = []
