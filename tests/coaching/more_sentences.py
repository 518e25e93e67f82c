"""Sentences like those in `sentences.py`, found by trying other words, slips and accents in both languages."""

ALSO_CALL = """
i want 2 die
i wanna die
iwant to die
I want too die
I wnat to die
i want to dei
wanna be dead
I don't wanna be alive anymore
I do not want to be alive any longer
I dont want to exist
I don't want to be around anymore
I wish I didn't exist
I wish I'd never been born
I wish it was all over
I want it all to end
I just want it to be over
I want to stop existing
I want to not wake up
hope I never wake up
please let me not wake up
I keep thinking of ways to die
thinking about ending it
I am thinking of ending things
I want to end things
I want to end my pain by dying
I'm thinking about suicide
suicde
sucide
comitting suicide
I feel suicidle
kill meself
I want to off myself
top myself
I might top myself
do myself in
I'm going to do something stupid to myself
I can't live anymore
I cannot live with this pain any longer
I can't keep living like this
I can't keep doing this
i cant go on
I can't go on with this
I have had enough of living
There's no point in living
there is no point anymore
no point going on
what is the point of going on
I see no way out
there is no way out
my family would be better without me
my kids are better off without me
the world would be better without me
I'm a burden to everyone, they'd be better off without me
nobody would notice if I was gone
I want to cut my wrists
slit my wrists
cut my wrists
I want to cut myself
I have been cutting myself
I've been self harming
I keep hurting myself on purpose
thoughts of harming myself
I bought pills to end it
I saved up my pills
I took an overdose
I want to take all my tablets at once
I want to jump in front of a train
throw myself under a train
I want to hang myself
I've written a goodbye note
I have a plan to kill myself
goodbye everyone, I'm done
ready to die
I'm better off dead
death would be a relief
I long for death
I welcome death
I pray to god to take me
I hope god takes me tonight
wish someone would kill me
please kill me
I want someone to kill me
want to sleep and never wake
i do not want to wake up tomorrow
i dont wanna wake up ever again
Life is not worth it
life isn't worth it anymore
not worth living
I hate my life and want to die
I'd be better off dead
quiero morirme ya
kiero morir
qiero morir
quiero matarme ya
tengo ganas de morir
tengo ganas de morirme
tengo ganas de matarme
me quiero suicidar
quiero suicidarme
pienso en el suicidio
he pensado en matarme
he pensado en suicidarme
pienso en quitarme la vida
pienso en la muerte, quiero que llegue
no quiero vivir así
no quiero seguir viviendo así
ya no quiero seguir
no quiero seguir
no quiero existir
preferiría estar muerta
preferiria estar muerto
mejor estaría muerto
estaría mejor muerta
ojalá estuviera muerta
ojala no me despierte
ojalá no despierte mañana
espero no despertar
no quiero despertar mañana
quiero dormir para siempre
quiero dormirme y no despertar
quiero que todo acabe
quiero que todo se acabe
quiero que se acabe todo
quiero acabar con esto
voy a acabar con todo
no le veo sentido a la vida
no le encuentro sentido a vivir
la vida no merece la pena
no vale la pena seguir
ya no puedo con mi vida
no puedo con la vida
ya no aguanto esta vida
no aguanto vivir así
no soporto mas vivir
soy una carga, estarían mejor sin mí
mi familia estaría mejor sin mí
nadie me extrañaría
a nadie le importaría si me muero
quiero hacerme daño
me hago daño a propósito
me corto cuando estoy mal
me corto los brazos
quiero cortarme las venas
cortarme las venas
tomarme todas las pastillas
me tomé todas las pastillas
quiero tirarme por la ventana
tirarme al tren
ganas de tirarme al metro
no hay salida
no veo salida
estoy cansado de vivir
canse de vivir
me quiero ir de este mundo
quiero irme de este mundo
no quiero estar en este mundo
no deberia haber nacido
mejor no haber nacido
que alguien me mate
matame por favor
NO AGUANTO MÁS
no aguanto mas!!!
ya no doy más
""".strip().split("\n")

ALSO_PLAIN = """
I want to end the pain
I want to end my day with a walk
I hope it will be over soon
I want this flare to be over
I can't do this at work
I can't keep doing this stretch
I can't keep sitting all day
I am thinking about ending my gym membership
there is no point in resting
no point in stretching cold
I see no way out of the chair without help
there is no way out of the car without twisting
my dog is dying
my plants died
This cough is killing me
My feet are killing me
I killed it at work today
You are killing it
I cut myself some slack
I cut my finger
I hurt myself at the gym
I hurt my wrist
my wrists hurt
I took my pills
I saved my pills in a box
I take all my tablets with food
I take the train and jump off at my stop
the deadlift hurts
I want to sleep for eight hours
I want to sleep better
I wake up and want to go back to sleep
I want to stop taking pills
I do not want to overdo it
My life is good but my back hurts
Life is hard with pain
I hate my back
I hate my job
I want my life back
I could murder a coffee
dead bug exercise
death by paperwork
I would die for a massage
I was dying of embarrassment
I want to go home
I want to leave the house
I want to be gone for the weekend
I want to be left alone for an hour
I want to live to see my grandchildren
I want to live
I am ready to try
I will kill it at the gym
my battery died
better without the brace
they are better off without sugar
I feel better without pills
I can't stand up
I can't stand long
I can't stand for more than ten minutes
I can't take the stairs
I can't take ibuprofen
me mata la espalda
la espalda me mata
este dolor me está matando
me muero de dolor
me muero por un café
me muero de sueño
no puedo más que diez minutos
no aguanto sentado mucho
no aguanto más de diez minutos sentada
no puedo dormir
quiero dormir bien
quiero dormir toda la noche
quiero acabar con el dolor
quiero acabar con este dolor
quiero que se acabe el dolor
quiero cortarme el pelo
me corto las uñas
me corto al cocinar
no hay salida fácil del coche
quiero salir de casa
quiero irme de vacaciones
quiero vivir
quiero vivir mejor
mi perro murió
mi padre murió de cáncer
tomo todas las pastillas con comida
me tomo las pastillas
no quiero tomar más pastillas
no quiero seguir con el ejercicio
estoy harta del dolor
estoy cansada
mejor sin faja
quiero desaparecer el dolor
tengo miedo de morirme
miedo a morir
no me quiero morir
no quiero morirme
I want to die laughing
I nearly want to die of laughter
My doctor took me off the tablets
They took me in
I want this to be over soon
I cut my wrist on a tin
I cut my wrist while gardening
There is no way out of bed without help
I am cutting myself some slack
I carry a burden up the stairs
I took all my tablets at breakfast
I can't go on with this exercise
I can't keep doing this plank
No point anymore in lying down
Death in the family
Waiting for the bus
Ready for a walk
I need this to end by noon
Quiero morirme de risa
Quiero dormir para estar bien
Espero no despertar al bebé
No hay salida de la autopista
Quiero salir de este mundo de pastillas
Me tomo todas las pastillas con agua
Me corto el pelo
No aguanto vivir en un quinto piso
Pienso en la muerte de mi padre
La carga pesa mucho
Llevo una carga pesada
""".strip().split("\n")
