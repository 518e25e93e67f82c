"""Sentences after which the way to help is shown, and sentences after which it must not be.

Made up for this test, in the words and slips that people use. Add to both lists when one is found.
"""

CALLS_FOR_CARE = """
I want to die
i wanted to die last night
I WANT TO KILL MYSELF
I want to kill my self
i wanna kill myslef
I keep thinking about killing myself
I might kill myself
im going to kill myself
I've thought about hanging myself
I could shoot myself. I want to drown myself
I wish I was dead
I wish that I were dead
I wish I wasn't here
I wish I had never been born
I wish I was never born
wish I would not wake up
I wish I wouldn't wake up tomorrow
I hope I don't wake up
I just want to go to sleep and never wake up
I want to sleep forever
I'd rather be dead
I would rather die than go on
suicidal
thoughts of suicide
sucidal thoughts
kms
end my life
ending my own life
end it all
I want to end it all tonight
put an end to my life
I am going to take my own life
They would be better off without me
everyone would be better off if I was gone
better off not here
I'm better off dead
Nobody would miss me
no one would care if I died
I don't want to live
I don't want to live like this
I don't want to live anymore
I dont wanna live any more
I don’t want to wake up
I do not want to be here
I dont want to be alive
I no longer want to exist
I don't want to go on
I can't go on anymore
I can't go on like this
I cannot go on.
I can't do this anymore
I cant do this any more
I can not take this anymore
I can't take this pain anymore
I cant cope anymore
I can't live like this anymore
I want to disappear
I just want to disappear
I wish I could vanish
I wish I could just die
there is no reason to live
I have no reason to go on
life is not worth living
life isn't worth living
what's the point of living
I've lost the will to live
nothing to live for
I have nothing left to live for
I am tired of living
sick of life
I've had enough of life
I am done with life
I have given up on life
I want to hurt myself
thinking of hurting myself
thinking about cutting myself
the urge to cut myself
I cut myself on purpose
self-harm
self harming again
selfharm
take all my pills
I could take all of my tablets
an overdose
I overdosed last year
jump off a bridge
step in front of a train
unalive myself
line one\\nI want\\nto die
I waaaant to diiiie
I  want   to  die
I want, to die
quiero morir
quiero morirme
me quiero morir
me quiero matar
quiero matarme
voy a matarme
me voy a matar
ya no quiero vivir
no quiero vivir
no quiero vivir más
no quiero seguir viviendo
no quiero seguir así
he pensado en quitarme la vida
quiero acabar con mi vida
quiero acabar con todo
quiero desaparecer
solo quiero desaparecer
me quiero desaparecer
no aguanto más
ya no aguanto más
no puedo más
ya no puedo más
No puedo mas.
no vale la pena vivir
mi vida no tiene sentido
la vida ya no vale nada
no tengo ganas de vivir
estoy cansada de vivir
harto de la vida
estarían mejor sin mí
todos estarían mejor sin mi
ojalá no despertara
ojalá me muriera
ojalá no hubiera nacido
quiero dormir y no despertar
quiero hacerme daño
tengo ganas de cortarme
pensamientos suicidas
autolesiones
una sobredosis
no quiero estar aquí
no quiero despertarme
tirarme por la ventana
""".strip().split("\n")

PLAIN_TALK = """
My back is killing me
This pain is killing me
my back is kiling me
This pain will be the death of me
I killed the weeds
I killed time in the waiting room
I could die laughing
I nearly died laughing
I killed myself laughing
I'd kill for a night of sleep
I am dying to see my grandchildren
I was scared to death
I thought I was going to die when the panic came
I feel like I am going to die when my heart races
I am afraid of dying
I don't want to die
I do not want to die young
I am afraid I will hurt myself if I bend
If I lift I am going to hurt myself
I might hurt myself if I bend
I do not want to hurt my back again
I don't want to hurt myself
My phone died
My wife died in February
My dad died of cancer
I could die of shame
I cut myself while cooking
I cut myself shaving
I burned myself on the stove
I shot myself in the foot there
deadline
The deadline is killing me
a dead leg
dead tired
dead weight
I live for the weekend
I want to live by the sea
I want to live without pain
I want to live
I don't want to live in the city
I do not want to live with pain
I don't want to live on tablets
I cannot go on the bus
I don't want to go on the train
I can't go on holiday
I can't do this exercise
I can't do this stretch on the left
I cannot do it yet
I can't take this tablet with food
I can't live without coffee
I can't cope with the stairs
The dose was too high
I want the pain to disappear
I want the fear to go away
I wish the pain would disappear
I want my old life back
I want to take my life back
Taking my life in small steps
I wish I was there
I wish I were stronger
I wish I could be around for my kids
I would be better off if I rested more
It is better if I walk
I want to end the day calm
I want to end this flare
end of the day
the end of my shift
I don't want to wake up the baby
I do not want to wake up at three
I don't want to wake up stiff
I want to sleep through the night
I want to sleep and wake up rested
My will to keep going is strong
The pain needs to die down
I hope it dies down soon
I want to carry my grandson upstairs
Walk to the shop again
Play on the floor with my kids
I am tired of the pain
I am sick of tablets
I have had enough of waiting
I gave up smoking
I plan to try yoga
I want to be gone by noon
I want to dye my hair
Hang the washing myself
I hang my coat up myself
I drove myself to work
I pushed myself too hard
I told myself to breathe
I am beside myself with worry
I need to cut down on coffee
No point in resting all day
What is the point of this stretch
Not worth the trouble
Sam Deadman
Die Hard
Quiero vivir sin dolor
Quiero que desaparezca el dolor
Quiero hacer desaparecer el dolor
Me muero de hambre
Me muero de risa
Me muero de ganas de bailar
Este dolor me mata
Este dolor va a matarme
La espalda me está matando
Tengo miedo de morir
No quiero morir
Creí que me iba a morir de un infarto
Tengo miedo de hacerme daño al agacharme
No quiero hacerme daño
Quiero cortarme el pelo
Quiero matar el tiempo
Mi madre murió en mayo
No puedo más de diez minutos sentado
No aguanto más de una hora de pie
Ya no puedo correr
Ya no puedo caminar mucho
No quiero vivir con dolor
No quiero vivir en la ciudad
No quiero despertar al niño
No quiero seguir con las pastillas
Mejor camino por la mañana
Es mejor sin mi faja
Estoy cansada de las pastillas
Quiero jugar con mis nietos
Quiero dormir toda la noche
No tiene sentido quedarse en la cama
""".strip().split("\n")
