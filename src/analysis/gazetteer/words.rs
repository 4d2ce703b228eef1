//! Words that keep a form from being a name by itself: common words, months, particles, family names that come first.

use crate::text::tokens::hash_pieces;
use std::sync::LazyLock;

/// A set of words, folded: an open table, sparse, so that most questions take one look.
pub(crate) struct WordSet(Vec<u64>);

impl WordSet {
    /// Reads lists of words with white space between them.
    pub(crate) fn new(lists: &[&str]) -> WordSet {
        let words = || lists.iter().flat_map(|list| list.split_whitespace());
        let mut table = vec![0; (words().count() * 4).next_power_of_two()];
        for word in words() {
            let hash = hash_pieces(&[word]);
            let mut at = place(&table, hash);
            while let Some(slot) = table.get_mut(at) {
                if *slot == 0 || *slot == hash {
                    *slot = hash;
                    break;
                }
                at = (at + 1) & (table.len() - 1);
            }
        }
        WordSet(table)
    }

    /// Whether a word with this hash is in the set.
    pub(crate) fn contains(&self, hash: u64) -> bool {
        let mut at = place(&self.0, hash);
        loop {
            match self.0.get(at) {
                Some(slot) if *slot == hash => return true,
                Some(0) | None => return false,
                Some(_) => at = (at + 1) & (self.0.len() - 1),
            }
        }
    }
}

fn place(table: &[u64], hash: u64) -> usize {
    usize::try_from(hash >> 20).unwrap_or_default() & table.len().saturating_sub(1)
}

/// Whether the word (a token's hash) is an ordinary English or French word, so that a capital says little.
#[must_use]
pub(crate) fn is_common(hash: u64) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&[COMMON_EN, COMMON_FR, FUNCTION, CALENDAR]));
    WORDS.contains(hash)
}

/// Whether the word is an article, preposition, pronoun, conjunction or auxiliary.
#[must_use]
pub(crate) fn is_function(hash: u64) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&[FUNCTION]));
    WORDS.contains(hash)
}

/// Whether the word is a month or a day of the week: written with a capital beside any name.
#[must_use]
pub(crate) fn is_calendar(hash: u64) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&[CALENDAR]));
    WORDS.contains(hash)
}

/// Whether a family name is never looked for alone.
#[must_use]
pub(crate) fn is_never_a_surname(hash: u64) -> bool {
    is_calendar(hash) || is_function(hash) || is_suffix(hash)
}

/// Whether the word follows a family name without being one: Jr, III.
#[must_use]
pub(crate) fn is_suffix(hash: u64) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&["jr junior sr ii iii iv fils"]));
    WORDS.contains(hash)
}

/// Whether the word belongs to the family name that follows it: de, van, bin.
#[must_use]
pub(crate) fn is_particle(hash: u64) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&["de du des da di del della dos van von der den ten ter zu zur la le el al bin ben ibn abu"])
    });
    WORDS.contains(hash)
}

/// Whether the word is an article that may open the name of a newspaper.
#[must_use]
pub(crate) fn is_article(hash: u64) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&["the le la les"]));
    WORDS.contains(hash)
}

/// Whether a romanised East Asian name that starts with this word has the family name first.
#[must_use]
pub(crate) fn is_eastern_surname(hash: u64) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&[EASTERN]));
    WORDS.contains(hash)
}

const FUNCTION: &str = "a an the and or but nor if as at by for from in into of off on onto out over per to up upon via \
    with without within about above across after against along amid among around before behind below beneath beside \
    between beyond despite down during except inside like near outside past since than that this these those through \
    throughout toward towards under until unlike what when where which while who whom whose why how he she it they we \
    you i me him her us them his its our their your my mine is are was were be been being am do does did has have had \
    having can could may might must shall should will would not no yes so too very just only also even still yet then \
    there here now today yesterday tomorrow meanwhile however although though because both each every all any some \
    many much more most few several other another such same own one two three first last next once again later earlier soon instead indeed perhaps maybe moreover nevertheless otherwise thus hence \
    therefore besides elsewhere often sometimes recently ensuite récemment bientôt souvent parfois aussi désormais ever never \
    le la les l un une des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur \
    leurs et ou mais donc or ni car que qui quoi dont où quand comme si dans en par pour sur sous avec sans chez vers \
    entre depuis pendant avant après contre malgré selon dès jusque il elle on nous vous ils elles je tu se me te lui y \
    est sont était étaient sera seront a ont avait avaient fut été être avoir pas ne plus moins très aussi encore déjà \
    toujours jamais ici là alors ainsi cependant pourtant toutefois bien tout tous toute toutes chaque quelques \
    plusieurs autre autres même mêmes hier demain aujourd hui puis enfin voici voilà";

const CALENDAR: &str = "january february march april may june july august september october november december monday \
    tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec janvier février \
    mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi \
    dimanche";

const COMMON_EN: &str = "act action age agency aid air alert alliance alpha alphabet amazon anchor angel animal apple \
    arab arch arena arm army arrow art article asset atlas atom audit authority azure baby back bad bail bank bar base \
    bay beacon bear beat bell best beta big bill bird bishop black blast block blood bloom blue board boat body bold bolt \
    bond book boost border boss box boy branch brand brave bread break bridge bright brook brother brown bruce bubble \
    budget bug builder bureau burn bush business butler button buy cabinet cable call camp canal candle capital captain \
    car card care carpenter case cash castle cat cause cave cell center central centre century chain chair chamber \
    champion chance change channel chapter charge chart chat check chef chief child choice christian church circle city \
    civil claim class clay clean clear clerk click cliff clock close cloud club coach coal coast code coffee cold college \
    color column comet command comment commerce commission committee common commons community company compass computer \
    congress control cook cool core corner corps cost council count country county courage courier court cover craft \
    crane credit crew cross crown cruise crystal culture current curtain customer cycle daily dark data date dawn day \
    deal dean dear death debate decision deep defence defense delivery delta democrat department desert design desk dial \
    diamond digital direct director discord discovery divine division doctor dollar door dot dove down draft dragon dream \
    drew drive drop duke duma dust duty eagle early earth east echo economist economy edge edition editor education \
    election electric element elite emergency emperor empire encore end energy engine engineer enterprise epic equal \
    error essential estate eve evening event evergreen exchange executive exit explorer express eye face factory fair \
    faith falcon fall family farmer fast father federal federation fellow field fiction figure file film final finance \
    fire first fish fisher flag flash fleet flower focus force ford foreign forest forge fort fortune forum forward \
    foster foundation fountain fox frank free freedom french fresh friend front frontier frost fuel full fund fury future \
    game gap garden gate gazette general genesis german giant gift girl glass global globe gold golden good government \
    governor grace grain grand grant grass gray great green grey ground group grove guard guardian guide gulf gun hall \
    hammer hand harbor harbour hard harmony hawk head health heart heat heaven herald heritage hero high hill history \
    hold home honor hope horizon horn horse hospital host hotel hour house hub hull human hunt hunter ice icon idea image \
    impact independent index industry infinity info inside insider institute integrity intelligence intercept interest \
    interior international internet intuition iron island jet job journal joy judge junction jungle jury justice keen key \
    kid king kingdom knight lab label labor labour lady lake lamb lamp land lane language large laser late law lawyer \
    leader league leap learn legacy legal legend lens letter level liberal liberty library life light lightning limit \
    line link lion list little live lobby local lock logic london long lord lotus love low loyal luck lucky luna machine \
    magazine magic mail major maker mall man manager manor map marathon marine mark market marsh marshal mason master \
    match matter maverick mayor meadow media medium member memory mercury message meta metal method metro middle mile \
    military mill miller mills mind mine minister ministry mint minute mirror mission mobile model modern moment monarch \
    money monitor monster month moon moore morning mother motion motor mountain mouth move movement museum music nation \
    national native nature navy net network new news night noble noon north northern note notion nova novel object \
    observer ocean offer office officer oil old olive omega online open opera operation option oracle orange orbit order \
    organization origin outlook owl pace pacific pack page paint palace palm panel paper parade paradise park parliament \
    part partner party pass path patriot peace peak pearl pen people pepper perfect phantom phoenix phone photo picture \
    pilot pin pine pioneer place plain plan planet plant platform play player plaza pledge plus pocket point polar police \
    policy pool pope popular port porter post potter pound power powers prairie premier present president press price \
    prime prince princess print prism private prize pro product program project promise property prophet prosper protocol \
    province public pulse punch pure purple quality quantum quartz queen quest question quick quote race radar radio rain \
    rainbow ranger rapid rational raven ray read reader ready real reason rebel record red reef reform register relay \
    relevant report reporter republic republican research reserve resistance resource response rest result return \
    reuter review revolution rice rich right ring rise river road robin rock rocket rome root rose round route royal ruby \
    rule runner safe sage sail saint salt sand save scale scene school science scope scout screen sea seal search season \
    seat second secret sector security seed select senate senator sense series service shadow sharp shaw shell shepherd \
    shield shine ship shop short show side sierra sign signal silver simple singer site sketch sky slack slate slide \
    small smart smith smoke snap snow social society soft solar soldier solid solution son song sound source south \
    southern space spark speaker spectator spectrum speed sphere spider spirit spring sprint square stack staff stage \
    standard star start state station steel stellar step stock stone store storm story strange stream street strike \
    strong studio study success summer summers summit sun sunrise super supreme surface sweet swift switch system table \
    tailor talk target task taylor team tech technology telegram telegraph temple terra test thread threads thunder tide \
    tiger time times titan today tool top torch total touch tower town track trade traffic trail train transport travel \
    treasure treasury tree trend tribune trinity triumph trust truth turner twin uber union unit united unity universal \
    universe university urban valley value vanguard vault vector venture verge veteran vice victor victory video view \
    village vine vision visa vista vital voice volt vote voyager wall walker war ward watch water waters wave way weaver \
    web week weekly welcome west western whale wheel whisper white wild will wind window wing winter wire wired wise wisdom \
    wolf woman wonder wood woods word work worker world worth writer yard year yellow young zero zone zoom";

const COMMON_FR: &str = "accord action affaire affaires agence aigle aile air aire album alerte alliance ami amour ange \
    appel arbre argent armée assemblée aube aurore autorité autre avenir avion avis avocat azur baie banque barbier bas \
    base bateau beau bel berger blanc bleu boeuf bois bon bonheur bonnet bord bouche boucher boulanger bourse bras brun \
    bureau but cadre caisse camp canard canon capital carré carte cause centre cercle chaîne chambre champ charpentier \
    chasseur chat château chef chemin chevalier cheval chien choix ciel cité classe clé clerc coeur colombe comité \
    commerce commission commun compagnie congrès conseil constant cordier corps cour courrier couturier croix culture dame \
    danger débat défense départ député dépêche dernier direct directeur direction district dossier droit duc eau échange \
    échos école économie édition égalité église élan élysée empire énergie enfant ensemble entreprise équipe esprit état \
    étoile étranger étude événement évêque express face famille faucon femme fer ferme feu figaro fille fin flamme fleur \
    fleuve fondation fontaine force forêt forge forum fou foulon foyer front gagnant galerie garde garnier gauche gazette \
    gendarme génération gouvernement grand gris groupe guerre haut herbe héritage heure histoire homme honneur horizon hôtel \
    huile humanité idée île image impôt indépendant industrie institut intérieur jardin jeu jeune joli jour journal juge \
    justice lac lance langue large lettre libération liberté libre lien ligne lion livre loi long loup lumière lune madame \
    magasin main maire maison maître mal marchand marché marin maréchal matin méchant médecin média membre mer mère mesure \
    métier midi militaire ministère ministre miroir mission moine moitié monde monsieur mont montagne mot moulin moyen mur \
    musée nation national nature neuf noir nom nord nouveau nouvel nouvelle nuit objectif observateur océan oiseau ombre \
    opinion or ordre orient ouest ouvrier page pain paix palais papier parc parent parisien parlement parole part parti \
    pas passage patrie patron pays péché pêcheur peintre peine père petit peuple peur pierre place plan plein pluie poing \
    point police politique pont populaire port porte poste potier pouvoir premier présent président presse prêtre prince \
    prix procès progrès projet propos prudent public puissance quart question quotidien raison rapport recherche réforme \
    région régulateur reine réponse république réseau responsable reste résultat retour réveil rêve revue richard rive \
    rivière roi rose rouge roux route rue sage sang santé saut science secours secret section sel semaine sénat sénateur \
    sens série service seul signe silence société soir sol soldat soleil sommet son sort source sud sûreté table tambour \
    télé témoin temple temps terre tête tissier titre toit tonnelier tour train travail trésor tribunal tribune tuilier \
    union unité usine val valeur vallée veille vent vérité verger verrier verre vert vice victoire vie vieux vigne village \
    ville vin visage voie voisin voix vol vrai vue";

const EASTERN: &str = "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng \
    xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lyu su lu jiang cai jia ding wei xue ye yan pan \
    du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng \
    wan duan lei qian yin yi chang wen xi hua ruan bo ning tsai tsang chiang kuo hsu chou hsieh kim park choi jung kang \
    cho yoon jang lim moon shin nguyen tran pham hoang phan vu vo dang bui";
