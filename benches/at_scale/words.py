"""The words of generated statements: a few hundred common ones, and a long tail of invented ones, drawn by their rank (Zipf)."""

import array
import random

# By rank, function words first, as in a real text. No word of time, no number, no name: those are placed on purpose.
ENGLISH = """the of and to in for that with on by as its their which both from at this between will be under an shall or
cooperation security agreement states region forces support parties mission council implementation committee ministers border water
stability development partners government training assistance process declaration framework dialogue efforts transition commitment
coordination defence trade territory operations sovereignty international common joint bilateral economic political military
humanitarian energy health education transport monitoring report meeting round programme delegation treaty protocol obligations
measures principles interests threats peace conflict ceasefire prisoners refugees return reconstruction investment resources river
dam gauge bridge port corridor crossing customs tariff banking credit currency budget fund loan grant contractor advisers personnel
equipment aircraft base site perimeter convoy patrol checkpoint intelligence information exchange network hotline station observers
verification inspection access notification consultation dispute arbitration court law constitution parliament election authority
province district municipality village farmers fishing forest desert climate drought flood relief shelter medicine hospital vaccine
school university scholarship museum heritage archive language media press journalist statement chairman secretary envoy mediator
guarantor withdrawal redeployment presence capacity capability structure command unit brigade police guard coast navy patrols drones
mines clearance disposal weapons smuggling narcotics trafficking terrorism extremism financing sanctions embargo licence visa
passport citizens diaspora families remains missing persons registry list annex map line zone buffer demarcation commission
secretariat budgetary technical legal administrative regional national local public private civil special general initial final
mutual full effective necessary relevant appropriate continued further renewed sustained gradual orderly timely comprehensive""".split()
ARABIC = """في من على إلى أن التي مع بين عن ما هذا هذه الذي كل كما أو وفق لدى ضمن نحو
التعاون الأمن الاتفاق الدول المنطقة القوات الدعم الأطراف المهمة المجلس التنفيذ اللجنة الوزراء الحدود المياه الاستقرار التنمية
الشركاء الحكومة التدريب المساعدة العملية الإعلان الإطار الحوار الجهود الانتقال الالتزام التنسيق الدفاع التجارة الأراضي العمليات
السيادة الدولي المشترك الثنائي الاقتصادي السياسي العسكري الإنساني الطاقة الصحة التعليم النقل المراقبة التقرير الاجتماع الجولة
البرنامج الوفد المعاهدة البروتوكول الالتزامات التدابير المبادئ المصالح التهديدات السلام النزاع الأسرى اللاجئين العودة الإعمار
الاستثمار الموارد النهر السد المقياس الجسر الميناء الممر المعبر الجمارك التعرفة المصارف الائتمان العملة الموازنة الصندوق القرض
المنحة المقاول المستشارين الأفراد المعدات الطائرات القاعدة الموقع المحيط القافلة الدورية الحاجز الاستخبارات المعلومات التبادل
الشبكة المحطة المراقبين التحقق التفتيش الوصول الإخطار التشاور الخلاف التحكيم المحكمة القانون الدستور البرلمان الانتخاب السلطة
المحافظة الناحية البلدية القرية المزارعين الصيد الغابة الصحراء المناخ الجفاف الفيضان الإغاثة المأوى الدواء المستشفى اللقاح
المدرسة الجامعة المتحف التراث الأرشيف اللغة الإعلام الصحافة البيان الرئيس الأمين المبعوث الوسيط الضامن الانسحاب الانتشار الوجود
القدرة الهيكل القيادة الوحدة اللواء الشرطة الحرس الساحل البحرية المسيرات الألغام الإزالة الأسلحة التهريب المخدرات الإرهاب التطرف
التمويل العقوبات الحظر الرخصة التأشيرة الجواز المواطنين الجالية العائلات الرفات المفقودين السجل القائمة الملحق الخريطة الخط
العازلة الترسيم الهيئة الأمانة الفني القانوني الإداري الإقليمي الوطني المحلي العام الخاص المدني النهائي المتبادل الكامل الفعال
اللازم المناسب المستمر المتجدد التدريجي المنظم الشامل""".split()

# The tail. Arabic: roots in the patterns of nouns and adjectives; English: syllables with endings.
ROOT_LETTERS = "بتثجحخدرزسشصضطعغفقكلمنه"
PATTERNS = ["ال{0}ا{1}{2}", "م{0}{1}و{2}", "ت{0}{1}ي{2}", "م{0}ا{1}{2}ة", "ا{0}ت{1}ا{2}", "{0}{1}ي{2}ة", "ال{0}{1}ا{2}", "م{0}{1}{2}ين", "{0}وا{1}{2}", "است{0}{1}ا{2}"]
ONSETS = "b br d dr f fl g gr h j k kl l m n p pl r s st t tr v w z".split()
VOWELS = "a e i o u ai ea ou".split()
ENDINGS = ["n", "rd", "l", "st", "ment", "tion", "ing", "ity", "er", "al", "ous", "ship"]

# Names, in both scripts syllable by syllable, so that each number is a name of its own.
SYLLABLES = [("ba", "با"), ("ri", "ري"), ("du", "دو"), ("na", "نا"), ("lo", "لو"), ("ke", "كي"), ("mu", "مو"), ("sa", "سا"), ("ti", "تي"), ("zo", "زو"), ("fa", "فا"), ("go", "غو"),
             ("hi", "هي"), ("ja", "جا"), ("wu", "وو"), ("she", "شي")]


def tail(language, count):
    """About this many invented words, the same ones each time."""
    chance = random.Random(language)
    if language == "ar":
        made = (chance.choice(PATTERNS).format(*chance.sample(ROOT_LETTERS, 3)) for _ in range(4 * count))
    else:
        made = ("".join(map(chance.choice, (ONSETS, VOWELS, ONSETS, VOWELS, ENDINGS))) for _ in range(4 * count))
    found = {}
    while len(found) < count and (word := next(made, None)):
        found[word] = None
    return list(found)


class Vocabulary:
    """The words of a language by rank; a draw takes the one of rank r with a weight of 1 / (r + 2.7) ** exponent."""

    def __init__(self, language, size, exponent):
        common = ARABIC if language == "ar" else ENGLISH
        self.words = list(dict.fromkeys(common + tail(language, max(0, size - len(common)))))
        weights = [(rank + 2.7) ** -exponent for rank in range(len(self.words))]
        # Each word as often as it is drawn, so that a draw is one look-up.
        scale = (1 << 21) / sum(weights)
        self.slots = [word for word, weight in zip(self.words, weights) for _ in range(max(1, round(weight * scale)))]

    def draw(self, chance, count):
        slots, size = self.slots, len(self.slots)
        return [slots[number % size] for number in array.array("I", chance.randbytes(4 * count))]


def name(number):
    """The name of this number, in English and in Arabic: no two are the same, and none begins another."""
    syllables = [SYLLABLES[(number >> shift) % 16] for shift in (0, 4, 8, 12)] + [SYLLABLES[(number * 7 + 3) % 16]]
    return "".join(english for english, _ in syllables).capitalize() + "n", "".join(arabic for _, arabic in syllables) + "ن"
