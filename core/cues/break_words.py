"""Closed lists of words that must not end a line, by language. Data only; lower case, as shown in running text.

`leading` words open a phrase: break before them, never behind (conjunctions, prepositions, relative words).
`binding` words hold on to the next one (articles, possessives, auxiliaries, subject pronouns, negations, titles).
`trailing` words hold on to the one before (particles of Chinese and Japanese).
`abbreviations` end in a full stop that ends no sentence. The lists are our own, from school grammars; a word that is as
often something else (English "that", German "aus" as a verb's part) stands where it does less harm.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BreakWords:
    """The lists of one language. `ordinal_dots`: "3." is an ordinal number there, no sentence end."""

    leading: frozenset[str] = field(default_factory=frozenset)
    binding: frozenset[str] = field(default_factory=frozenset)
    trailing: frozenset[str] = field(default_factory=frozenset)
    abbreviations: frozenset[str] = field(default_factory=frozenset)
    ordinal_dots: bool = False
    nouns_are_capital: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EN = BreakWords(
    leading=_words(
        "and or but nor so yet because although though while whereas if unless until since when whenever where"
        " wherever whether that which who whom whose than as of in on at by for from to with without within into"
        " onto upon over under above below between among through during before after against about around across"
        " along behind beside besides beyond near toward towards via per like despite except"
    ),
    binding=_words(
        "a an the my your his her its our their this these those some any no every each either neither all both"
        " such another i you he she it we they thou thy thine ye am is are was were be been being have has had do"
        " does did will would shall should can could may might must cannot not i'm you're he's she's it's we're"
        " they're i've you've we've they've i'll you'll he'll she'll it'll we'll they'll i'd you'd he'd she'd we'd"
        " they'd isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't won't wouldn't shouldn't"
        " can't couldn't mustn't very too more most mr mrs ms miss dr sir saint mister missus mr. mrs. ms. dr. st."
        " prof. who's that's there's what's let's"
    ),
    abbreviations=_words(
        "mr. mrs. ms. dr. st. prof. sr. jr. vs. etc. e.g. i.e. vol. fig. dept. gen. col. capt. lt. sgt. rev."
        " hon. a.m. p.m. u.s. inc. ltd. co. approx."
    ),
)

_DE = BreakWords(
    leading=_words(
        "und oder aber denn sondern sowie weil dass daß ob wenn als während obwohl damit nachdem bevor bis seit"
        " sobald solange falls indem sodass wie wo deren dessen denen an auf aus bei durch für gegen hinter in mit"
        " nach neben ohne über um unter von vor zu zwischen trotz wegen statt außer entlang gegenüber gemäß laut"
        " ab am im ins ans aufs beim vom zum zur fürs ums durchs übers unters"
    ),
    binding=_words(
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines mein"
        " meine meinen meinem meiner meines dein deine deinen deinem deiner deines sein seine seinen seinem seiner"
        " seines ihr ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres euer eure euren"
        " eurem eurer dieser diese dieses diesen diesem jener jene jenes jenen jenem jeder jede jedes jeden jedem"
        " welche welcher welches welchen welchem alle ich du er sie es wir man bin bist ist sind seid war waren"
        " habe hast hat haben hatte hatten werde wirst wird werden würde würden kann können konnte konnten muss"
        " müssen musste soll sollen sollte will wollen wollte darf dürfen mag mögen nicht sehr so zu herr frau"
        " doktor herrn dr. prof. st. fr. hr."
    ),
    abbreviations=_words(
        "dr. prof. hr. fr. st. z.b. d.h. u.a. usw. bzw. ca. etc. evtl. ggf. inkl. nr. bd. vgl. str. z. d. u. o.ä."
        " mio. mrd. jh. geb. gest."
    ),
    ordinal_dots=True,
    nouns_are_capital=True,
)

_FR = BreakWords(
    leading=_words(
        "et ou mais donc or ni car que qui quoi dont où si quand lorsque puisque comme parce quoique à de en dans"
        " sur sous avec sans pour par entre vers chez contre depuis pendant avant après devant derrière dès jusque"
        " jusqu'à selon malgré parmi hors sauf du des au aux d'un d'une"
    ),
    binding=_words(
        "le la les un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces quel"
        " quelle quels quelles chaque tout toute tous toutes aucun aucune je tu il elle on nous vous ils elles"
        " j'ai c'est ne me te se y suis es est sommes êtes sont étais était étaient ai as a avons avez ont avais"
        " avait avaient serai sera seront aurai aura auront peux peut pouvons peuvent dois doit devons doivent"
        " veux veut vais va vont très plus trop m. mme mlle monsieur madame dr saint sainte"
    ),
    abbreviations=_words("m. mm. dr. etc. p. ex. cf. av. apr. st. ste. vol. éd."),
)

_ES = BreakWords(
    leading=_words(
        "y e o u pero mas sino ni que quien quienes cual cuales cuyo cuya donde cuando como si porque aunque"
        " mientras pues a ante bajo con contra de del desde durante en entre hacia hasta para por según sin sobre"
        " tras al"
    ),
    binding=_words(
        "el la los las lo un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra"
        " este esta estos estas ese esa esos esas aquel aquella aquellos aquellas cada todo toda todos todas"
        " ningún ninguna algún alguna yo tú él ella nosotros ellos ellas usted ustedes me te se le les nos os no"
        " soy eres es somos son era eran fue fueron estoy está están estaba he has ha hemos han había habían puedo"
        " puede pueden debe deben voy va van vamos muy más tan sr. sra. señor señora don doña dr. san santa"
    ),
    abbreviations=_words("sr. sra. srta. dr. dra. d. ud. uds. etc. p. ej. núm. pág. av."),
)

_IT = BreakWords(
    leading=_words(
        "e ed o od ma però anzi né che chi cui quale quali dove quando come se perché mentre benché sebbene a ad"
        " di da in con su per tra fra senza sotto sopra dopo prima durante verso contro presso del dello della dei"
        " degli delle al allo alla ai agli alle dal dallo dalla dai dagli dalle nel nello nella nei negli nelle"
        " sul sullo sulla sui sugli sulle col"
    ),
    binding=_words(
        "il lo la i gli le un uno una mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri"
        " nostre vostro vostra loro questo questa questi queste quel quello quella quei quegli quelle ogni tutto"
        " tutta tutti tutte io tu lui lei noi voi mi ti si ci vi ne non sono sei è siamo siete era erano fu ho hai"
        " ha abbiamo avete hanno aveva avevano posso può possono devo deve devono voglio vuole vado va vanno molto"
        " più signor signora sig. sig.ra dott. san santa"
    ),
    abbreviations=_words("sig. sig.ra sigg. dott. prof. ecc. es. p. pag. n. vol. s."),
)

_PT = BreakWords(
    leading=_words(
        "e ou mas porém nem que quem qual quais cujo cuja onde quando como se porque embora enquanto pois a ante"
        " após até com contra de desde em entre para perante por sem sob sobre trás do da dos das no na nos nas ao"
        " à aos às pelo pela pelos pelas num numa dum duma neste nesta nesse nessa deste desta desse dessa"
    ),
    binding=_words(
        "o os as um uma uns umas meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos"
        " nossas este esta estes estas esse essa esses essas aquele aquela aqueles aquelas cada todo toda todos"
        " todas eu tu ele ela nós eles elas você vocês me te lhe não sou és é somos são era eram foi foram estou"
        " está estão estava tenho tem têm tinha tinham há havia posso pode podem devo deve devem vou vai vão vamos"
        " muito mais tão sr. sra. senhor senhora dom dona dr. são santo santa"
    ),
    abbreviations=_words("sr. sra. srta. dr. dra. d. etc. p. ex. pág. av. n."),
)

_RU = BreakWords(
    leading=_words(
        "и или но а да же либо что чтобы который которая которое которые когда где куда откуда если потому хотя"
        " пока как чем в во на с со к ко по о об обо от ото до из изо за под подо над надо при про для без безо"
        " через между перед передо около после кроме среди ради вместо из-за из-под"
    ),
    binding=_words(
        "не ни мой моя моё мои твой твоя твоё твои свой своя своё свои наш наша наше наши ваш ваша ваше ваши его"
        " её их этот эта это эти тот та те каждый каждая весь вся все всё я ты он она оно мы вы они был была было"
        " были буду будет будут очень самый самая самое самые более бы г-н г-жа"
    ),
    abbreviations=_words("г. гг. т. д. п. др. пр. см. ср. им. ул. руб. тыс. млн. млрд. т.е. т.к. т.д. т.п."),
)

_NL = BreakWords(
    leading=_words(
        "en of maar want dus omdat dat die wie wat waar wanneer als terwijl hoewel tenzij toen zodat in op aan"
        " bij door voor tegen achter met na naast zonder over om onder van uit tot tussen tijdens volgens naar"
        " sinds"
    ),
    binding=_words(
        "de het een mijn jouw je uw zijn haar ons onze hun deze dit elke elk ieder iedere geen ik jij hij zij ze"
        " we wij jullie ben bent is was waren heb hebt heeft hebben had hadden word wordt worden zal zult zullen"
        " zou zouden kan kunnen kon moet moeten mag mogen wil willen niet zeer heel meneer mevrouw"
    ),
    abbreviations=_words("dhr. mevr. dr. prof. bijv. enz. o.a. d.w.z. ca. nr. blz."),
)

_SV = BreakWords(
    leading=_words(
        "och eller men utan för så att som där när om medan eftersom fast innan tills på i av med till från över"
        " under mellan genom efter före mot hos vid kring bland utan åt ur"
    ),
    binding=_words(
        "en ett den det de min mitt mina din ditt dina sin sitt sina hans hennes dess vår vårt våra er ert era"
        " deras denna detta dessa varje all alla ingen inget inga jag du han hon vi ni är var varit har hade ska"
        " skulle kan kunde måste får fick vill ville inte mycket herr fru"
    ),
    abbreviations=_words("t.ex. bl.a. d.v.s. dr. nr. ca. kl. m.m. osv."),
)

# Chinese words may be single characters here, so only those are listed that seldom are parts of longer words.
_ZH = BreakWords(
    leading=_words(
        "和 与 與 或 但 但是 因为 因為 所以 如果 虽然 雖然 而且 并且 並且 在 从 從 对 對 把 被 向 往 由 给 給 跟 当 當"
    ),
    binding=_words("很 不 没 沒 太 最 更 都 也 就 又 再 还 還 我 你 他 她 它 这 這 那 每 一 第 正在 已经 已經 是"),
    trailing=_words("的 地 得 了 着 著 过 過 吗 嗎 呢 吧 啊 呀 嘛 们 們 个 個 里 裡 上 下 中 等"),
)

_JA = BreakWords(
    leading=_words("しかし そして でも だから また なぜなら もし たとえば"),
    binding=_words("この その あの どの ある 大きな 小さな とても もっと 約 第"),
    trailing=_words(
        "は が を に で と も の へ や か ね よ から まで より だけ しか ほど など って では には とは にも でも"
        " ので のに けど けれど です ます でした ました だ た て ない なら れば さん 様 くん ちゃん たち いる いた"
        " います"
    ),
)

_KO = BreakWords(
    leading=_words("그리고 그러나 하지만 그래서 또는 및"),
    binding=_words("이 그 저 한 두 세 네 내 제 우리 안 못 매우 아주 더 가장 약 제"),
    trailing=_words(
        "은 는 이 가 을 를 에 에서 에게 의 와 과 도 만 로 으로 까지 부터 보다 처럼 것 수 때 등 뿐 데 적 줄 거야"
        " 것이다 있다 있어요 있습니다 없다 없어요 없습니다"
    ),
)

BREAK_WORDS: dict[str, BreakWords] = {
    "en": _EN,
    "de": _DE,
    "fr": _FR,
    "es": _ES,
    "it": _IT,
    "pt": _PT,
    "ru": _RU,
    "nl": _NL,
    "sv": _SV,
    "zh": _ZH,
    "yue": _ZH,
    "ja": _JA,
    "ko": _KO,
    "da": BreakWords(ordinal_dots=True),
    "fi": BreakWords(ordinal_dots=True),
    "cs": BreakWords(ordinal_dots=True),
    "hu": BreakWords(ordinal_dots=True),
    "pl": BreakWords(ordinal_dots=True),
    "tr": BreakWords(ordinal_dots=True),
}

NO_LISTS = BreakWords()
"""For a language without lists: punctuation and pauses alone decide."""


def break_words(language: str) -> BreakWords:
    """The lists for a language code."""
    return BREAK_WORDS.get(language, NO_LISTS)
