from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"

    def ready(self) -> None:
        from coaching.lesson_counts import count_lessons
        from coaching.my_data import announce
        from coaching.sealing import check_keys
        from content import usage

        check_keys()
        announce()
        usage.register(count_lessons)
