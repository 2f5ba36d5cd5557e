//! What the shape of an Arabic word cannot tell: words that only look as if they had a particle or an ending.
//!
//! Spelled as in print; they are compared in their plain form. A word stands here for its inflected forms as well.

use std::{collections::HashSet, sync::LazyLock};

use crate::text::{arabic::fold_endings, normalize::normalize};

/// Words that begin with a letter that is no particle of theirs: بيان is not "in a …", وزير not "and …".
pub static PROCLITIC_EXCEPTIONS: LazyLock<HashSet<String>> = LazyLock::new(|| [BA, WAW, FA, KAF, LAM, SIN].into_iter().flat_map(read).collect());

/// Words that begin with an alef and a lam that are no article.
pub static ARTICLE_EXCEPTIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    read(
        "
        التزام التزم التقاء التقى التحاق التحق التماس التباس التهاب التفاف التفت التقط التقاط إلغاء ألغى ألف ألفي آلاف
        ألماني ألمانيا ألم إلى التي الذي الذين اللذين اللتين الآن إلا إلهام إلزام إلزامي إلحاق إلقاء ألقى ألغام ألعاب
        ألوان ألباني ألبانيا إلكترون إلكتروني ألماس آلي آلية آلة إلمام ألوية ألوف
    ",
    )
});

/// Words whose last letters are no ending: سوريا has no accusative, السودان no dual, الكويت is no verb.
pub static SUFFIX_EXCEPTIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    read(
        "
        سوريا روسيا ليبيا تركيا ألمانيا إيطاليا بريطانيا إسبانيا أستراليا رومانيا بلغاريا أوكرانيا آسيا أفريقيا
        إفريقيا إثيوبيا أرمينيا جورجيا نيجيريا ماليزيا إندونيسيا كولومبيا ألبانيا صربيا ليتوانيا كينيا زامبيا قضايا
        ضحايا بقايا نوايا مزايا خلايا زوايا وصايا هدايا رعايا خطايا شظايا ثنايا تكنولوجيا جغرافيا أيديولوجيا ميليشيا
        دنيا عليا مهما عندما بينما حينما حيثما كلما أيضا فرنسا كندا سينما هنا إذا السودان لبنان إيران برلمان سليمان
        عثمان رمضان ميدان عدنان غسان باكستان أفغانستان كردستان كوردستان فلسطين إنسان عدوان طيران برهان سلطان بستان
        شعبان قانون تعاون مضمون حسين تأمين تمكين تعيين بساتين قوانين ملايين الكويت بيروت توقيت تثبيت تفاوت تصويت سكوت
        ثابت مؤقت انترنت إنترنت أسمنت محاكم تفاهم جاهزية مساهم تراكم تحكم اتجاه انتباه مياه إكراه تشابه مشابه تجاه
        رفاه وجه فقه تنبيه تشبيه توجيه
    ",
    )
});

/// Adjectives that have a feminine, where the same letters with ta marbuta are no other word. Those in ya need no list.
pub static ADJECTIVES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    read(
        "
        مشترك مكثف كبير صغير صعب دائم مناسب صديق لازم بديل قادم مقبل متبادل متواجد محدد متحد آمن واسع جديد قديم خاص
        طويل قصير كثير قليل قوي ضعيف سريع مهني مسلح مختلف متعدد متزايد مستمر مستقل مؤقت موحد معتمد مفصل مطلوب ممكن
        محتمل متوقع متطرف متقدم متوازن مستدام مسؤول معروف مباشر شامل كامل نهائي أخير سابق لاحق حالي راهن قائم عاجل
        خطير وثيق عميق جاد حاسم فعال ناجح شديد بعيد قريب متفق مقرر مرتقب ضروري رئيس حليف شريك صادر عامل ماضي عالي سيد
        جسيم متوسط مرتبط معني منتهي
    ",
    )
});

/// Nouns of three letters that newspapers use in the dual, and in the sound plural.
pub static SHORT_NOUNS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    read(
        "
        بلد شهر عام يوم وفد طرف حزب عضو بند شرط فوج عقد قرن جيش آخر
    ",
    )
});

/// Nouns that begin with mim and have their plural in ات without being feminine in the singular.
pub static PLURAL_IN_AT: LazyLock<HashSet<String>> = LazyLock::new(|| {
    read(
        "
        مطار مؤتمر معسكر مجال مسار مخيم مقر ممر مستودع مشروع مسلسل محرك مخطط مستند مبيع
    ",
    )
});

/// Words for people whose plural in a construct ends in ya or waw: مستشاري التحالف.
pub static PEOPLE: LazyLock<HashSet<String>> = LazyLock::new(|| {
    read(
        "
        مستشار مسؤول مقاتل مراقب مواطن مدرب موظف مهندس مندوب مسلح مفاوض مشرع محلل منتسب متحدث متعاقد مترجم مساعد مفتش
        مراسل محافظ ممثل لاجئ نازح معتقل
    ",
    )
});

/// Names in alef, which their adjectives drop.
/// Names that keep their letters (العراق, السودان) have adjectives that are words of their own.
pub static NAMES_IN_ALEF: LazyLock<HashSet<String>> = LazyLock::new(|| {
    read(
        "
        أمريكا أميركا أفريقيا سوريا روسيا تركيا ليبيا فرنسا ألمانيا بريطانيا إيطاليا أستراليا أوروبا آسيا
    ",
    )
});

/// One word in two spellings: the second is made the first.
pub const SPELLINGS: [(&str, &str); 1] = [("امريك", "اميرك")];

const BA: &str = "
    بيان بين بعد بغداد بديل بدء بدأ بداية بناء بلد بلاد بقاء بعثة برنامج برلمان برلماني بحث بحر بحري بيئة بيت بطل
    بنك بند بارز بالغ باريس برلين بيروت بصرة بابل بريطاني بريطانيا باكستان باكستاني بولندا بطاقة باب بشر بشري
    بضائع بسيط بدر بشار بشير بعيد بعض بقية بريد برج بترول بلدية بلاغ بذل برهان بكين بوتين بايدن بلينكن برقية بؤرة
    بورصة بقى بات بنان بادر بدوي بلغ بنية بيع بقعة بؤس بحيرة
";

const WAW: &str = "
    وزير وزارة وكالة وكيل وضع وقت وفق وفد وحدة وطن وطني ولاية وثيقة وثائق وسط وسيلة وسائل واقع واشنطن واسع واحد
    واجب والد وجود وجه وجهة ورقة وصول وعد وعود وفاء وقف وقع ولاء وساطة وظيفة وزن وصف وضوح وعي وقود وارد ورد وافق
    واجه واصل وقاية وفاة وباء واضح وثيق وشيك وزراء وصي وصاية ولي وادي وسيط
";

const FA: &str = "
    فعل فعلي فعال فترة فريق فصل فقرة فرنسا فرنسي فلسطين فلسطيني فرصة فرص فكر فئة فور فوري فاعل فرد فضل فضاء فهم
    فوز فوق فيلق فساد فصيل فصائل فيدرالي فدرالي فني فشل فرق فارس فلوجة فحص فرض فائدة فقط فبراير فتح فوج فراغ فقد
    فقدان فرع فيتو فدية فتنة فضيحة فاتورة فؤاد فيصل فقر فقير
";

const KAF: &str = "
    كبير كبرى كبار كافة كان كامل كلام كتاب كتلة كثير كوردستان كردستان كويت كويتي كركوك كوردي كردي كرد كورد كلي
    كلمة كشف كيان كيف كيفية كارثة كندا كندي كوريا كوادر كادر كذلك كاظم كاظمي كابل كاتب كيميائي كسب كفاءة كفاح كمية
    كنيسة كربلاء كامن كتائب كهرباء كهربائي كوبا كلفة كرسي كرامة كابوس كبح
";

const LAM: &str = "
    لجنة لجان لقاء لبنان لبناني لواء لغة لاجئ لندن ليبيا ليبي ليل لحظة لوم لازم لائحة لقب لون ليس لكن لدى لعب لاعب
    لوح لهجة لجوء لطيف لسان لاحق لاسلكي ليرة لفت لوجستي لحم لافت لقاح لقطة لبس ليث
";

const SIN: &str = "
    سياسة سياسي سيادة سيادي سيطرة سيارة سيناريو ستراتيجي ستين سيناء سيستاني ستار سيد سير سيف
";

/// The plain forms.
fn read(words: &str) -> HashSet<String> {
    words.split_whitespace().map(|word| fold_endings(&normalize(word)).into_iter().collect()).collect()
}
