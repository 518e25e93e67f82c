from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"

    def ready(self) -> None:
        from coaching.my_data import announce
        from coaching.sealing import check_keys

        check_keys()
        announce()
