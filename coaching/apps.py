from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"

    def ready(self) -> None:
        from coaching import course_letters, my_data
        from coaching.lesson_counts import count_lessons
        from coaching.sealing import check_keys
        from content import usage

        check_keys()
        my_data.announce()
        course_letters.announce()
        usage.register(count_lessons)
