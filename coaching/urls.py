from django.urls import include, path

from coaching.views import balance, day, front, help_now, intake, lessons, practice, progress, results

app_name = "coaching"
urlpatterns = [
    path("", front.home, name="home"),
    path("about/", front.about, name="about"),
    path("privacy/", front.privacy, name="privacy"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/<slug:slug>/", lessons.lesson, name="lesson"),
    path("lessons/<slug:slug>/done/", lessons.lesson_done, name="lesson_done"),
    path("intake/", intake.intake, name="intake"),
    path("intake/<slug:step>/", intake.intake_step, name="intake_step"),
    path("recommendations/", results.recommendations, name="recommendations"),
    path("recommendations/change/", results.change, name="change_plan"),
    path("balance/", balance.balance, name="balance"),
    path("plan/", day.plan, name="plan"),
    path("plan/keep/", results.keep, name="keep_plan"),
    path("practice/", practice.practices, name="practices"),
    path("practice/done/<slug:client_id>/", practice.practice_done, name="practice_done"),
    path("practice/<slug:slug>/", practice.practice, name="practice"),
    path("tools/", include("coaching.tool_urls")),
    path("help-now/", help_now.help_now, name="help_now"),
    path("help-now/emergency/", help_now.emergency, name="emergency"),
    path("help-now/crisis/", help_now.crisis, name="crisis"),
    path("progress/", progress.progress, name="progress"),
    path("progress/pooling/", progress.pooling, name="pooling"),
    path("today/", day.today, name="today"),
    path("today/browser/", day.browser, name="browser"),
]
