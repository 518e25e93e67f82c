from django.apps import AppConfig
from django.core.checks import Tags, register


class CoachingConfig(AppConfig):
    name = "coaching"

    def ready(self) -> None:
        from accounts.backups import settling
        from accounts.guard import session_store
        from accounts.sealing import check_keys
        from coaching.belongings import my_data
        from coaching.lessons import course_letters
        from coaching.lessons.progress import count_lessons
        from coaching.owner import say_what_is_empty
        from coaching.people import session
        from coaching.reminders import ledger
        from coaching.week import boosters
        from content.reading import usage

        check_keys()
        register(say_what_is_empty, Tags.security, deploy=True)
        my_data.announce()
        course_letters.announce()
        usage.register(count_lessons)
        session_store.bring(session.OF_ACCOUNT)
        settling.register(ledger.settle_after_restore)
        settling.register(boosters.settle_after_restore)
