"""The data map: the account, letters, and the marks and lists of the site itself."""

from coaching.data_map.kept import YOU, YOU_AND_STAFF, Kept, Lies

ACCOUNT = (
    Kept(
        what="Your email address",
        why="To log you in, and to write to you about your account. Until you confirm it, only codes are sent to it",
        how_long="Until you erase your account, and seven days more in which you can change your mind. If you never"
        " confirm it: until your log-in ends, 90 days at most",
        who=YOU_AND_STAFF,
        lies=Lies.READABLE,
        columns=("accounts.User: email", "account.EmailAddress: email verified primary"),
    ),
    Kept(
        what="A scrambled form of your password",
        why="To know it is you",
        how_long="As long as the account",
        who="Nobody",
        lies=Lies.HASHED,
        columns=("accounts.User: password",),
    ),
    Kept(
        what="Your second step: a passkey's public half, an app's secret, your recovery codes",
        why="To know it is you, even if somebody has your password",
        how_long="Until you remove it",
        who="Nobody. Of recovery codes: you, once, when they are made",
        lies=Lies.PARTLY,
        columns=("mfa.Authenticator: data",),
    ),
    Kept(
        what="When you joined and last came, and which kinds of second step you have",
        why="To run the account",
        how_long="As long as the account",
        who=YOU_AND_STAFF,
        lies=Lies.READABLE,
        columns=(
            "accounts.User: last_login date_joined is_active is_staff is_superuser session_epoch",
            "mfa.Authenticator: type created_at last_used_at",
        ),
    ),
    Kept(
        what="Your profile: name, country, time zone, minutes",
        why="To fit the plan and the reminders to your day. All of it is yours to leave empty",
        how_long="As long as the account",
        who="You. Staff see all but the name",
        lies=Lies.READABLE,
        columns=("accounts.Profile: name country time_zone minutes_a_day hide_pain_numbers",),
    ),
    Kept(
        what="Your reminders: by which way, on which days, at which hour, and when they rest",
        why="To remind you as you asked",
        how_long="Until you turn them off, or erase your account",
        who=YOU,
        lies=Lies.READABLE,
        columns=(
            "accounts.ReminderWish: public_id calendar_id way days hour language names_step quiet_from quiet_until",
            "accounts.ReminderWish: paused_until stopped chance chance_since changed_at next_reminder_at reckoned_at",
            "coaching.ReminderSlot: day due_at closes_at closed_at goes_out is_again state tries probability",
            "coaching.ReminderSlot: claimed_by lease_until",
            "coaching.PushDevice: endpoint p256dh auth made_at worked_at",
        ),
    ),
    Kept(
        what="What you agreed to, in which words, and when",
        why="It is the proof that we may",
        how_long="As long as the account",
        who=YOU_AND_STAFF,
        lies=Lies.READABLE,
        columns=("accounts.Consent: kind words words_version given_at withdrawn_at",),
    ),
    Kept(
        what="Where you are logged in: the kind of device and the day, and no address of it",
        why="So that you can see it, and end it",
        how_long="As long as the log-in: 90 days at most without use",
        who=YOU,
        lies=Lies.READABLE,
        columns=("accounts.OpenSession: began_at device", "sessions.Session: expire_date"),
    ),
    Kept(
        what="Your place on this site, and a code or an address on its way",
        why="To keep your place from page to page",
        how_long="90 days. A code or an address that was typed: an hour or two",
        who=YOU,
        lies=Lies.SEALED,
        columns=("sessions.Session: session_data",),
    ),
    Kept(
        what="That you asked to have your account erased",
        why="To take it away in seven days, or give it back",
        how_long="Seven days",
        who=YOU,
        lies=Lies.READABLE,
        columns=("accounts.Leaving: asked_at gone_at held",),
    ),
)

LETTERS = (
    Kept(
        what="The address you asked us to write to, your topics, pace, hour and time zone",
        why="To send what you asked for",
        how_long="Until you erase it. An address nobody confirmed: 30 days",
        who=YOU_AND_STAFF,
        lies=Lies.READABLE,
        columns=(
            "accounts.Subscriber: email status topics pace language paused_until gets_series series_from time_zone",
            "accounts.Subscriber: letters_hour asked_at new_email new_email_at moved_at created_at bounced_at",
        ),
    ),
    Kept(
        what="When and in which words you said yes, and when you stopped",
        why="It is the proof that we may write",
        how_long="As long as the address",
        who=YOU_AND_STAFF,
        lies=Lies.READABLE,
        columns=(
            "accounts.Subscriber: consent_words consent_version consent_way consent_note consent_at confirmed_at",
            "accounts.Subscriber: unsubscribed_at",
            "accounts.SubscriptionEvent: kind at way words",
        ),
    ),
    Kept(
        what="Which letters went to you, and whether they came back",
        why="To send each once",
        how_long="As long as the address",
        who=YOU_AND_STAFF,
        lies=Lies.READABLE,
        columns=(
            "accounts.Delivery: state next_try_at awaits_turn claimed_by lease_until tries problem message_id",
            "accounts.Delivery: sent_at closed_at",
        ),
    ),
    Kept(
        what="A mail on its way to you, such as a code",
        why="To send it. Its words are emptied as soon as it has left",
        how_long="30 days; the words for some seconds",
        who="Staff see the subject and the address, never the words",
        lies=Lies.READABLE,
        columns=(
            "accounts.OutgoingMail: to subject text html headers message_id status attempts due_at sent_at error",
            "accounts.OutgoingMail: created_at",
        ),
    ),
    Kept(
        what="A list of readers that staff bring here",
        why="To take in those who agreed elsewhere",
        how_long="The rows for a day, the counts for good",
        who="Staff",
        lies=Lies.READABLE,
        columns=(
            "accounts.ImportChunk: number data",
            "accounts.ImportRow: line email verdict reason values",
            "accounts.SubscriberImport: file_name made_at state problem encoding separator has_headings choice",
            "accounts.SubscriberImport: gets_series series_per_day size bytes_read rows_read rows_done taken_to",
            "accounts.SubscriberImport: touched_at done_at counts",
        ),
    ),
)

MARKS = (
    Kept(
        what="That an address does not want letters, or was written to too often",
        why="So that no old list can bring letters back",
        how_long="For good, or until you ask for letters again",
        who="Staff see that there is a mark, and not whose",
        lies=Lies.HASHED,
        columns=(
            "accounts.Suppression: address_hash reason created_at",
            "accounts.AskedAddress: address_hash mails last_at",
        ),
    ),
    Kept(
        what="That a mail to an address came back, and on which day",
        why="To stop writing to a mailbox that takes no mail",
        how_long="60 days",
        who="Nobody",
        lies=Lies.HASHED,
        columns=("accounts.SoftBounce: address_hash mail_hash day",),
    ),
    Kept(
        what="A mark of an address that was typed",
        why="To find what was typed, and end it, when the account is erased",
        how_long="As long as what was typed: an hour or two",
        who="Nobody",
        lies=Lies.HASHED,
        columns=("accounts.TypedAddress: mark",),
    ),
    Kept(
        what="That somebody was erased",
        why="So that an old backup cannot bring them back",
        how_long="400 days",
        who="Nobody",
        lies=Lies.HASHED,
        columns=("accounts.Tombstone: mark laid_on",),
    ),
    Kept(
        what="What staff did with people's rows: who, what, and the number of the row",
        why="So that somebody can ask why",
        how_long="Two years",
        who="Staff, and none of them can change it",
        lies=Lies.READABLE,
        columns=(
            "accounts.StaffAct: at by what whom",
            "admin.LogEntry: action_time action_flag object_id object_repr change_message",
        ),
    ),
    Kept(
        what="A mistake that a reader reported in a lesson, without who it was",
        why="To mend it",
        how_long="90 days, once it is settled",
        who="Staff",
        lies=Lies.READABLE,
        columns=("coaching.MistakeReport: lesson size kind words state made_at",),
    ),
    Kept(
        what="Counts of many people together, never of fewer than 10",
        why="To suggest better, and to see how the site does",
        how_long="Made anew each day",
        who="Staff",
        lies=Lies.READABLE,
        columns=(
            "coaching.PoolNorms: only values people made_at",
            "coaching.PoolCell: technique need people mean spread shift kept",
            "coaching.ServiceFigures: made_at tables",
        ),
    ),
    Kept(
        what="Work that waits for a worker: which row it is about, never what is in it",
        why="So that no page waits for it",
        how_long="A week after it is done",
        who="Staff",
        lies=Lies.READABLE,
        columns=(
            "django_tasks_database.DBTaskResult: status enqueued_at started_at finished_at args_kwargs priority",
            "django_tasks_database.DBTaskResult: task_path worker_ids queue_name backend_name run_after return_value",
            "django_tasks_database.DBTaskResult: exception_class_path traceback",
        ),
    ),
)
