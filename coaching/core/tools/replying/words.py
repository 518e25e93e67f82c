"""Every word that a tool may say back. Written by staff; the rules in `replies_*` choose among them.

Safe, kind, never a diagnosis, never a promise. A number is always shown with its sum. Nothing here
says that a person did badly: a number that went up, or a plan not done, is news and not a mark.
"""

THOUGHTS = {
    "absolutes": "Your thought says “{word}”. Words like that leave no room. Is there one time when it was otherwise, "
    "even a little?",
    "forecast": "Your thought looks into the future. It is a guess. What else could happen, and what is most likely?",
    "believe_less": "You believed it {before} of 100. Now it is {after}. That is {change} less.",
    "believe_same": "Your number did not move. That is common. You looked at the thought, and that counts.",
    "believe_more": "Your number went up by {change}. That can happen when you look at a thought closely. It does not "
    "make the thought true. If it weighs on you, tell someone you trust.",
    "one_side": "You wrote what speaks for the thought. If you like, add one thing that does not fit with it.",
    "friend": "Read what you would say to a friend once more, slowly. It may hold for you as well.",
    "fairer": "Read your fairer line aloud. If it sounds like a poster on a wall, make it smaller and more honest.",
    "feeling_less": "The feeling went from {before} to {after} of 10.",
    "caught": "You caught it. That is the first step, and for a week it can be the only one.",
}
TRAPS = {
    "worst": "The worst case: what is the worst, the best, and the most likely thing?",
    "feeling": "Feeling as fact: has a sore day ever ended well?",
    "never": "Always and never: when was it one point lower, even for an hour?",
    "glass": "Made of glass: what has your back held up, this week alone?",
    "rule": "The rule: whose rule is it, and would you give it to a friend?",
    "forecast": "The forecast: how often did this one come true the last ten times?",
    "all": "All or nothing: what would a third of it look like?",
    "minds": "Reading minds: did they say so, and what else could that look have meant?",
    "certain": "Must be sure: what have you done before without being sure?",
    "blame": "All my fault: what else had a part in it? Pain is nobody’s fault.",
    "own": "{name}: “Oh, you again.” A shape with a name is easier to spot.",
}
WORRY = {
    "noted": "It is written down, so you need not hold it. Tell it: see you at {time}.",
    "noted_no_time": "It is written down. Give it a time, the same each day, and it can wait for you there.",
    "late": "{time} may be close to bed. Worry time works best at least two hours before.",
    "gone": "It had gone flat. Many do, once they have waited.",
    "smaller": "It went from {before} to {after} of 10. That is {change} less.",
    "same": "Some worries stay. Whatever is left can come again tomorrow, at the same time.",
    "bigger": "It grew while you looked at it. Stand up, leave the room, do one ordinary thing. If it stays heavy, "
    "tell someone you trust.",
    "act": "This one asks you to do something. One line is enough: what, who, when.",
    "act_set": "You have a next step. With that it can come off the list.",
    "wait": "Waiting is hard. It needs company, and something to do with your hands.",
    "leave": "You may care about it a lot and still set it down for tonight.",
}
EXPERIMENT = {
    "ready": "The bet is placed. Now the test can speak.",
    "camera": "Write down what a camera would see if your bet came true. Then you can tell afterwards.",
    "less_came": "You were {sure} of 100 sure. {came} of 100 came true. Fear had bet {gap} too high.",
    "as_bet": "It came about as you bet. Good to know. What helped you through it?",
    "more_came": "More came true than you bet. That was a hard one. What would make the next test smaller?",
    "less_sure": "Next time you would be {after} of 100 sure. Before, it was {before}.",
    "learn": "Write one line on what you make of it. One test tells you a little, and five tell you a lot.",
    "next": "You have a next test. Small and soon is fine.",
}
WRITING = {
    "lighter": "It feels lighter: from {before} to {after} of 10.",
    "same": "It feels about the same. That is all right. It is on paper now, and you can leave it there.",
    "heavier": "It feels heavier than before. That can happen. Stand up, feel your feet, name five things you see. "
    "If it does not settle, talk to someone, and leave writing for now.",
    "let_go": "The words are gone. We kept only that you wrote.",
    "kept": "Your page is kept and locked. You can let it go at any time.",
}
PACING = {
    "start": "Start with {amount} {unit} at a time. It should feel almost too easy.",
    "gap": "A good day is {times} times a bad one for you. A plan can make the two more alike.",
    "one_kind": "You noted only one kind of day. If you can, add the other kind as well.",
    "one_day": "You noted one day. With three or four, the start will fit you better.",
    "total": "On {days} days a week that makes {total} {unit} in the first week.",
    "goal": "At a tenth a week you would reach {goal} {unit} in about week {week}. Slower is fine.",
    "goal_met": "You can do this much already. The plan keeps you there.",
    "goal_far": "That goal is far off. A smaller one on the way may feel better.",
    "went_plan": "Week {week} went to plan. Next: {amount} {unit}.",
    "went_hard": "A hard week. Stay where you are: {amount} {unit} again.",
    "went_flare": "A flare. Go back to about half, {amount} {unit}, and build up from there. "
    "You have not lost your place.",
    "bad_day": "Write down what you will do on a bad day: half of it, not none of it.",
}
LADDER = {
    "lowest_high": "Your lowest step is a {fear}. Is there a smaller one, a 2 or a 3? "
    "You can do less, slower, or nearer.",
    "jump": "There is a jump from {low} to {high}. A step in between would help: between “{below}” and “{above}”.",
    "few": "You have {count}. Five to ten steps make a good ladder.",
    "begin": "Begin with “{step}”. Do it on three or four days, until it is dull.",
    "drop": "“{step}”: your fear went from {before} to {after} in the last try.",
    "over_tries": "“{step}”: first try {first} of 10, last try {last}. That is {change} less over {count} tries.",
    "too_big": "“{step}”: that step was too big for now. Try a smaller one just below it.",
    "dull": "“{step}” looks dull by now. The next one is there when you want it: “{above}”.",
    "top": "You have reached the top of this ladder. What was it for?",
    "bet": "Before the next try, write what you expect. Afterwards you can compare.",
}
PROBLEM = {
    "one_idea": "One idea is a start. Add two more before you judge, even silly ones.",
    "ideas": "{count} ideas. Now you can choose.",
    "small": "You chose one. What is the very first step, and on which day?",
    "when": "Give the first step a day.",
    "hurdle": "You thought of what could get in the way. Now write what you will do then.",
    "set": "You have a step and a day. That is a plan.",
    "helped": "It helped {helped} of 10. Keep what worked.",
    "not_helped": "It did not help much. That rules out one idea. Your list has others.",
}
ACTIVITIES = {
    "planned": "It is planned. On the day, do it in the size that fits, whether you feel like it or not.",
    "many": "That is a lot. Two or three are plenty. Keep the ones you look forward to.",
    "mine": "{count} of these serve what you said matters to you.",
    "none_mine": "You said these matter to you: {values}. Is there a five-minute version of one of them?",
    "better": "You thought {expect} of 10 on average. It was {joy}. Better than you thought.",
    "as_thought": "You thought {expect} of 10 on average. It was {joy}. You know yourself well.",
    "worse": "You thought {expect} of 10 on average. It was {joy}. Make the next ones smaller, or choose others.",
    "not_done": "What did not happen may have been too big for that week. Make it smaller, or let it go.",
}
SLEEP = {
    "near": "Up at {up}, near your time of {goal}. That is the nail the rest hangs on.",
    "off": "Up at {up}. Your time is {goal}. It is one morning. Tomorrow the same time again.",
    "no_goal": "Choose one time to get up, for every day of the week. Bedtime can float.",
    "bad_night": "A bad night is hard. It is one night.",
    "slept": "You slept about {length}.",
    "muddled": "The times do not fit into one night. Have another look, or leave them out.",
}
FLARE = {
    "note": "Add one line to yourself. What do you know today that you forget on a bad day?",
    "first": "Add one thing for the first hour. So small that it is almost silly.",
    "people": "Add one name, and the words to send. On the day you need not think of them.",
    "ready": "It is ready. Once you are logged in, it stands on the Help now page. "
    "Read it once now, and do the first hour for practice.",
}
OVERVIEWS = {
    "thoughts": "In {count} records you believed the thought {before} of 100 at first, and {after} in the end.",
    "worries": "You looked at {count} worries. {smaller} had gone or shrunk by then.",
    "waiting": "{count} still waiting for worry time.",
    "bets": "In {count} tests you were {sure} of 100 sure on average. {came} of 100 came true.",
    "near": "You got up within {near} minutes of your time on {days} of {count} mornings.",
    "rating": "Your sleep was {mean} of 10 on average.",
    "hours": "You slept about {mean} on average.",
    "few_nights": "Three nights or more make a picture. You have {count}.",
}
WORDS = {
    "thoughts": THOUGHTS,
    "traps": TRAPS,
    "worry": WORRY,
    "experiment": EXPERIMENT,
    "writing": WRITING,
    "pacing": PACING,
    "ladder": LADDER,
    "problem": PROBLEM,
    "activities": ACTIVITIES,
    "sleep": SLEEP,
    "flare": FLARE,
    "overviews": OVERVIEWS,
}
