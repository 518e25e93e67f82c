"""Words after which it is kind to show where help is: the one check for every field in which a person writes.

Not a test and not a label: a match shows a panel with a way to talk to someone, and nothing
else. It blocks nothing, is stored nowhere and is never called a risk. Missing somebody costs
more than a panel too many, yet plain pain talk ("my back is killing me", "I am afraid I will
hurt myself if I bend") must not set it off, or people learn to look past it.

Built from parts, not from a list of sentences: who wishes (`WANTS`), what is wished (`DEATH`,
`HARM`), what is refused (`LIFE`), what cannot be borne. Words are first made plain: no capitals,
accents or apostrophes, one space between two, common slips put right. The sentences that must
and must not match stand in `tests/coaching/sentences.py`.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

LONGEST_READ = 20_000
"""Signs of one text that are read. A field of ours holds fewer."""


def _any(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


def _unless_before(*words: str) -> str:
    return f"(?! {_any(*words)}\\b)"


# --- English --------------------------------------------------------------------------------

SOFT = (
    r"(?: (?:just|really|simply|only|even|ever|all|so|badly|sometimes|often|kind of|to|i|id|that|could|would|go and))*"
)
NOT = _any("do not", "dont", "did not", "didnt", "no longer", "not", "never", "doesnt", "wouldnt", "would not")
WANTS = r"(?<!not )(?<!dont )(?<!never )(?<!didnt )" + _any(
    "want(?:s|ed|ing)?",
    "wanna",
    "wish(?:ed|ing)?",
    "hop(?:e|ed|ing)",
    "pray(?:ed|ing)?",
    "ready",
    "rather",
    "prefer",
    "deserve",
    "long(?:ed|ing)?",
    "need",
    "plan(?:ned|ning)?",
    "tr(?:y|ied|ying)",
    "decided",
    "urges?",
    "ways?",
    "how",
    "going",
    "gonna",
    "will",
    "might",
    "(?:thoughts?|think|thinking|dream|dreaming|fantasi[sz]e) (?:of|about)",
)
WISHES = WANTS.replace("|going|gonna|will|might", "")
"""A fear is no wish: "I thought I was going to die" is how panic feels."""
HOPES = WISHES.replace("|ways?|how", "")
DEATH = r"(?:die+|dead|died|dying|death|be gone for good)" + _unless_before(
    "down", "off", "out", "away", "laughing", "of laughter", "tired", "slow", "weight"
)
MYSELF = r"(?:my ?self+|my ?slef|my ?sefl?|me ?self|myselves)"
KILL = _any("kil+(?:ing|ed|in)?", "hang(?:ing)?", "shoot(?:ing)?", "drown(?:ing)?", "stab(?:bing)?", "poison(?:ing)?")
NO_JOKE = _unless_before("laughing", "with laughter", "with work", "working", "at work", "at the gym", "in the foot")
HARM = _any(*(f"{verb}(?:t?ing)?" for verb in ("hurt", "harm", "cut", "injure", "burn", "punish", "starve")))
LIFE = _any(
    "live(?: any ?more| like this| this life| through this| with this(?: pain)? any ?more)?"
    + _unless_before(*("in", "with", "by", "near", "at", "on", "alone", "there", "off", "under", "here", "so", "like")),
    "be here",
    "be alive",
    "be around(?: anymore| any longer)?(?! \\w)",
    "be in this world",
    "exist",
    "go on" + _unless_before("the", "a", "holiday", "vacation", "my", "about", "long", "with"),
    "carry on" + _unless_before("the", "my", "with", "working"),
    "keep (?:going|living)" + _unless_before("to", "back", "there"),
    "continue" + _unless_before("the", "my", "with", "this"),
    "wake up" + _unless_before("the", "my", "him", "her", "them", "at", "so", "early", "tired", "stiff", "in", "every"),
)
CANNOT = _any("cant", "can ?not", "cnat", "couldnt", "could not", "unable to")
NO_MORE = _any("any ?more", "any ?longer", "no more", "much longer")
LIVING = _any("living", "life", "being alive", "existing", "going on", "carrying on")

ENGLISH = (
    r"(?:suicid|sucid|suiside|suicde|suiscid|siucid)\w*",
    f"{KILL} {MYSELF}{NO_JOKE}",
    r"kms",
    r"unaliv\w+",
    f"{HOPES}{SOFT}(?: (?:be|was|were|had))? {DEATH}",
    f"{WANTS}{SOFT} (?:end|finish) {MYSELF}",
    f"{HOPES}{SOFT} (?:disappear|vanish|cease to exist|stop existing|not exist|not be (?:here|alive))(?! from)",
    f"{HOPES}{SOFT}(?: (?:fall asleep|go to sleep|sleep) and)? (?:not|never|dont|wont|wouldnt)(?: ever)? wake(?: up)?"
    + _unless_before("the", "my", "him", "her", "them", "at", "so", "early", "tired"),
    r"(?:sleep|asleep) (?:and|to) (?:not|never)(?: ever)? wake",
    r"(?:want|wanna|like) to sleep for ?ever",
    r"wish(?:ed)? (?:that )?id? ?(?:was|were|had|did|could|would)?(?: be)?(?: just)? ?(?:dead|gone|(?:not"
    r"|never) (?:here|alive"
    r"|exist\w*|(?:been )?born|around))",
    r"wish(?:ed)? (?:that )?i (?:wasnt|werent|hadnt|didnt|wouldnt) (?:here|alive|exist\w*|(?:been )?born|wake|around)",
    r"better (?:off )?(?:dead|without me|not (?:being )?(?:here|alive|around)|if i)(?! (?:could|can|had"
    r"|walk|rest|sit|lie|do))",
    r"(?:nobody|no one|noone) would (?:miss me|care if i|notice if i)",
    f"{NOT}(?: really| even)? (?:want|wanna|wish|feel like)(?: to)?(?: just)? {LIFE}",
    r"(?:dont|do not) feel like (?:living|being (?:here|alive))",
    r"(?:end|ending|ended) (?:it all|my life|my own life|this life|it for good|it tonight|it today|everything)",
    r"put(?:ting)? an end to (?:it all|my life|everything|myself)",
    r"(?:take|taking|took) my (?:own )?life" + _unless_before("back", "in", "into", "seriously", "apart"),
    f"{CANNOT} (?:go on|carry on|keep going)(?: (?:living|like this|this way|{NO_MORE})|(?= [.]))",
    f"{CANNOT} (?:do|take|stand|bear|handle|face|cope with|deal with) (?:it|this|life|things|another day)"
    f"(?: (?:pain|life|all))?(?: (?:{NO_MORE}|one more day))",
    f"{CANNOT} (?:live|cope)(?: like this| this way| with this(?: pain)?)? {NO_MORE}",
    f"{CANNOT} (?:face|take) another day",
    r"(?:tired|sick|had enough|fed up|bored|done|finished|through) (?:of|with) (?:living|life|being alive"
    r"|existing|it all)",
    r"giv(?:e|en|ing) up on (?:life|living|everything)",
    f"(?:no|not any|no more|lost (?:the|my)|without) (?:reason|will|wish|point|purpose)s? (?:to live"
    f"|to go on|to carry on|to be here"
    f"|(?:in|to|of) {LIVING})",
    f"what(?:s| is) the point (?:of|in) {LIVING}",
    r"(?:not|isnt|no longer|hardly|never) worth (?:living|being alive|going on)",
    r"life (?:is|feels|has) (?:pointless|meaningless|no meaning|not worth)",
    r"(?:nothing|not anything)(?: left)? to live for",
    f"{WISHES}{SOFT}(?: of)? {HARM} {MYSELF}" + _unless_before("if", "when", "by", "doing", "again if", "lifting"),
    f"{HARM} {MYSELF} (?:on purpose|deliberately|again on purpose|tonight|again tonight)",
    r"self ?(?:harm|injur)\w*",
    r"over ?dos(?:e|ed|ing)",
    r"(?:take|taking|took|swallow|swallowing) (?:all|too many|a lot|the whole (?:box|bottle"
    r"|pack))(?: of)?(?: my| the| these)?"
    r" (?:pills|tablets|meds|medicines?|painkillers)"
    + _unless_before("with", "at (?!once)", "as", "in", "on", "every", "when"),
    r"(?:jump|throw myself|jumping) (?:off|from|in front of|under|out of) (?:a|the) (?:bridge|building"
    r"|roof|train|cliff|balcony"
    r"|window|bus|car|tube)",
    r"(?:step|walk|stepping|walking) (?:out )?in front of (?:a|the) (?:train|bus|truck|lorry|car)",
    r"ways? to (?:die|end (?:it|things|my life))",
    r"(?:thinking|think|thought|thoughts) (?:of|about) ending (?:it|things)(?= [.])",
    f"{WANTS}{SOFT} end (?:it|things)(?= [.]| now| tonight| today)",
    r"(?:pills|tablets|rope|gun|knife) to end (?:it|things)",
    r"by dying",
    r"(?:want|wish|need|like)(?:ed)? (?:it|this|everything)(?: all)? (?:to )?(?:just )?"
    r"(?:(?:be|was|were) (?:all )?over|end)" + _unless_before("soon", "by", "before"),
    r"(?:let|make) me (?:not|never) wake",
    f"(?:to off|top) {MYSELF}(?! up)",
    f"do {MYSELF} in(?= [.])",
    f"(?:stupid|silly|bad|terrible) to {MYSELF}",
    f"{CANNOT} keep (?:living|doing) (?:like this|this way|this(?= [.]))",
    f"{CANNOT} (?:go|carry) on with (?:this|it|life)(?= [.])",
    r"no point (?:anymore|(?:in )?(?:going|carrying) on|to (?:anything|any of this))(?! \w)",
    r"no way out(?= [.])",
    r"(?:cut|cutting|slit|slitting|slash|slashing) my (?:own )?(?:wrists?|veins?|throat)"
    + _unless_before("on", "while", "when", "with", "at"),
    f"(?:been|keep|started|again) cutting {MYSELF}" + _unless_before("some", "off", "a"),
    r"(?:sav(?:ed|ing) up|hoard(?:ed|ing)|stash(?:ed|ing)|stockpil(?:ed|ing)) (?:my |the |some |enough )?"
    r"(?:pills|tablets|meds|medicines?)",
    r"(?:goodbye|farewell) (?:note|letter|everyone|everybody|world|for ?ever)",
    r"death (?:would|will) (?:be|come as) a (?:relief|release|mercy)",
    r"(?:long|longing|wish|wishing|pray|praying|ready|hoping|waiting) for death|welcome death",
    r"(?:pray|hope|wish|want|beg|ask)\w*(?: to)? (?:god|the lord|death|jesus)(?: to| would| will)? takes? me",
    r"(?:someone|somebody|anyone|please|just|god)(?: would| to| could| please)? kill me(?! with)",
    r"life (?:isnt|aint|no longer is) worth",
    r"(?:am|im|feel like|being|such) a burden",
)

# --- Spanish: the accents are gone, and so is the tilde of ñ ----------------------------------

QUIERE = r"(?<!no )(?<!no me )(?<!nunca )" + _any(
    "(?:me )?(?:quiero|queria|quisiera|deseo|prefiero|preferiria|necesito|planeo|podria|deberia|espero)",
    "(?:mejor )?estaria(?: mejor)?",
    "(?:me )?voy a",
    "ganas de",
    "(?:pienso|pienso mucho|pense|pensado|pensando|pensar)(?: en)?",
    "intent[oaeé]\\w*",
    "ojala",
    "mejor",
)
SUAVE = r"(?: (?:solo|ya|de verdad|realmente|simplemente|a veces|mucho|me|en|de))*"
MUERTE = _any(
    "morir(?:me)?" + _unless_before("de risa", "de hambre", "de ganas"),
    "matarme",
    "matar" + _unless_before("el", "la", "a", "los", "las", "tiempo", "un", "una"),
    "muert[oa]",
    "estar muert[oa]",
    "desaparecer" + _unless_before("el", "la", "este", "esta", "los", "mi"),
    "no (?:estar aqui|existir|vivir|despertar(?:me)?|haber nacido)" + _unless_before("a", "al", "con", "tan"),
    "dormir(?:me)? para siempre",
    "que (?:todo|esto) (?:se )?(?:acabe|termine)",
    "que se (?:acabe|termine) todo",
    "ahorcarme",
    "colgarme",
    "(?:acabar|terminar) (?:con todo|conmigo|con esto(?= [.]))",
)
SPANISH = (
    f"{QUIERE}{SUAVE} {MUERTE}",
    r"suicid\w*",
    r"(?:quitarme|quitar me|acabar con|terminar con|poner fin a) (?:mi|la) vida",
    r"me quiero quitar la vida",
    f"{QUIERE}{SUAVE} (?:hacerme dano|lastimarme|cortarme)"
    + _unless_before("el", "las", "al", "si", "cuando", "la", "con"),
    r"hacerme dano (?:a proposito|adrede)",
    r"autolesion\w*",
    r"(?:no|ya no) (?:quiero|deseo|me apetece)(?: seguir| mas)? (?:viv(?:ir|iendo)|existi(?:r|endo)"
    r"|estar aqui|estar viv[oa]"
    r"|despertar(?:me)?)" + _unless_before("en", "con", "a", "al", "tan", "cerca", "sol[oa]", "alli"),
    r"no quiero seguir(?: asi| adelante| mas|(?= [.]))",
    r"no (?:lo |la |le )?(?:aguanto|puedo|soporto|doy) mas"
    + _unless_before("de", "que", "tiempo", "peso", "rato", "alla"),
    r"ya no (?:aguanto|puedo)(?: mas)?(?= [.])",
    r"(?:no|ya no) (?:vale la pena|merece la pena|tiene sentido) (?:vivir|seguir|la vida|mi vida|seguir viviendo)",
    r"(?:la|mi) vida (?:no|ya no) (?:vale|tiene sentido|merece)",
    r"(?:sin|no tengo|perdi(?:do)? las) ganas de (?:vivir|seguir viviendo|seguir(?= [.])|nada mas)",
    r"(?:hart[oa]|cansad[oa]|aburrid[oa]|canse|harte) de (?:vivir|la vida|esta vida|existir)",
    r"(?:mejor|mejor todos|mejor todo) sin mi(?! \w)",
    r"nadie (?:me echaria de menos|me extranaria)",
    r"ojala (?:no |nunca )?(?:me )?(?:muera|muriera|muriese|despierte|despertara|despertase|estuviera muert[oa]"
    r"|hubiera nacido|me durmiera)",
    r"(?:no|nunca) (?:haber|hubiera|deberia haber) nacido",
    r"dormir(?:me)? (?:y|para) (?:no|nunca) (?:volver a )?despertar",
    r"(?:no|ningun[a]?) (?:tengo|hay|veo)? ?(?:razon|motivo)s? para (?:vivir|seguir)",
    r"sobredosis",
    r"(?:tomarme|tragarme|me tome|me tomo|me trago) (?:todas las|demasiadas|un monton de) pastillas"
    + _unless_before("con", "por", "cada", "en", "a"),
    r"(?:tirarme|lanzarme|arrojarme|saltar) (?:por|del?|desde|al?|debajo del?) ?(?:la|las|el|un)? ?"
    r"(?:ventana|puente|tren|metro|balcon|via|vias|camion)",
    r"no le (?:veo|encuentro|hallo) (?:ningun )?sentido a (?:la vida|mi vida|vivir|nada|seguir)",
    r"no puedo con (?:mi|la|esta) vida",
    r"no (?:aguanto|soporto)(?: mas)? (?:la vida|mi vida|esta vida|vivir(?: asi)?(?= [.]))",
    r"a nadie le importaria?(?: nada)? si (?:me muero|muero|desaparezco|no estoy)",
    r"me hago dano (?:a proposito|adrede|a mi mism[oa])",
    r"(?:me corto|me corte|cortarme) (?:los brazos|las venas|las munecas|a proposito|cuando estoy)",
    r"no (?:hay|veo|tengo|encuentro) (?:ninguna )?salida(?= [.])",
    r"ir(?:me)? de este mundo|no quiero (?:estar|seguir)(?: mas)? en este mundo",
    r"(?:que|ojala) alguien me mat(?:e|ara)|matame|matenme",
    r"(?:pienso|pensando|pensar)(?: mucho| siempre| todo el dia| todo el tiempo)? en (?:la|mi) muerte(?! de)",
    r"soy una carga(?: para|(?= [.]))",
)

PATTERN = re.compile(r"(?<!\w)(?:" + "|".join((*ENGLISH, *SPANISH)) + r")(?!\w)")

SLIPS = (
    (re.compile(r"\biwan(t|na)\b"), r"i wan\1"),
    (re.compile(r"\b(want|need|ready|going|rather|like) (?:2|too|tto) "), r"\1 to "),
    (re.compile(r"\bto (?:dei|dieee*)\b"), "to die"),
    (re.compile(r"\b(?:[kq]iero|kuiero|qero|kero)\b"), "quiero"),
    (re.compile(r"(\w)\1{2,}"), r"\1"),
    (re.compile(r"\bmy self\b"), "myself"),
    (re.compile(r"\bk ?i ?l ?l\b"), "kill"),
    (re.compile(r"\b(?:wnat|wan t|wantt)\b"), "want"),
    (re.compile(r"\b(do|did|does|would|could|is|was|were|had) n ?t\b"), r"\1nt"),
    (re.compile(r"\bcan t\b"), "cant"),
    (re.compile(r"\bi m\b"), "im"),
    (re.compile(r"\bany more\b"), "anymore"),
)


def asks_for_care(answers: object) -> bool:
    """Whether anything a person typed calls for the panel that shows where help is."""
    return any(PATTERN.search(_plainly(words)) for words in _typed(answers))


def never_as_a_wish(words: str) -> str:
    """What a person wrote, to be read back to them; nothing where it calls for care."""
    return "" if asks_for_care(words) else words


def _plainly(words: str) -> str:
    """Small letters without accents or apostrophes; the end of a sentence, and of the text, is " . "."""
    flat = unicodedata.normalize("NFKD", words[:LONGEST_READ].lower())
    flat = "".join(sign for sign in flat if not unicodedata.combining(sign))
    flat = re.sub(r"['’‘`´]", "", flat)
    flat = re.sub(r"[.!?;:]+", " . ", flat)
    flat = " ".join(re.sub(r"[^\w. ]|_", " ", flat).split()) + " ."
    for slip, right in SLIPS:
        flat = slip.sub(right, flat)
    return flat


def _typed(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [words for each in value.values() for words in _typed(each)]
    if isinstance(value, list | tuple):
        return [words for each in value for words in _typed(each)]
    return []


def typed_in(fields: Mapping[str, Any]) -> list[str]:
    """The texts of a posted form, but for those that are secrets."""
    return [words for name, values in fields.items() if "password" not in name for words in _typed(values)]
