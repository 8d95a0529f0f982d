//! Words that carry no subject of their own, or hardly any.
//!
//! *Function words* are dropped on both sides. *Asking words* are how people talk to a bot ("comment", "il faut",
//! "bonjour"); they are dropped from queries only. *Naming words* say what sort of thing is looked for ("critères de…",
//! "compétence…"): they are looked for, but weigh little and are never missed. *Action verbs* are those that every
//! statement of every référentiel is built with: they weigh half. *Light verbs* are those of daily speech: they weigh half
//! too, and aren't missed where no document has them.

use std::{collections::HashSet, sync::LazyLock};

const FUNCTION: &str = "a afin ai ainsi alors apres as au aucun aucune aujourd aupres auquel aura auront aussi autre \
    autres aux auxquels auxquelles beaucoup avaient avait avant avec avez avoir avons ayant c car ce ceci cela celle celles celui \
    cependant ces cet cette ceux chaque chez comme contre d dans de depuis des desormais desquels dessous dessus \
    deux donc dont du durant elle elles en encore entre es est et etaient etait etant etc ete etes etre eu eux fait fut \
    furent hors hui ici il ils j je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu \
    lorsque lui m ma mais me meme memes mes mien moi moins mon n ne ni non nos notre notamment nous on ont or ou par \
    parce parmi pas pendant peu plus plutot pour pourra puis puisque qu quand que quel quelle quelles quelque quelques \
    quels qui quoi quoique s sa sans sauf se selon sera serait seront ses si sien soi soient sois soit son sont sous \
    suis sur t ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes tres trop tu un une \
    via vers voici voila vos votre vous y the of and or to in for";

const ASKING: &str = "aide aider aimerais bien bonjour bonsoir bjr ca cest cherche chercher cherches coco combien \
    comment compris concerne concernant connaitre cours cv demande detail details devoir devons devrait dire dis dit \
    doit dois doivent donc donne donner donnez dsl est-ce existe exactement exemple expliquer explique expliques faire \
    fais faudra faudrait faut genre hello info infos kel kelle keske kesako ki koi liste lister lui merci mettre montre \
    montrer mtn obligatoire obligatoires obligatoirement parle parler peut peux peuvent please possible pourquoi pouvoir pourrait pouvez prendre quoi qqch qqn \
    question questions rien salut savoir sais sait stp svp sinon tjrs tjs trouve trouver truc trucs chose choses veut \
    veux voir voudrais voulait voulez vouloir vrai vraiment what how where when why who is are my";

const NAMING: &str = "activite activites bloc blocs code codes competence competences critere criteres definition definitions epreuve \
    epreuves fiche intitule lexique referentiel referentiels certification terme termes";

const ACTION: &str = "adopter appliquer assurer concevoir conduire construire controler creer definir determiner elaborer \
    ecrire effectuer etablir etudier evaluer garantir gerer identifier mener mesurer organiser prendre preparer presenter \
    produire proposer realiser rediger suivre traiter utiliser verifier eviter reduire ameliorer permettre reussir choisir \
    selectionner resoudre animer justifier";

const LIGHT: &str = "tenir tient tiennent revenir revient reviennent venir vient viennent aller va vont vas rester garder \
    passer passe mettre met mettent rendre rend apporter amener ramener emmener laisser commencer finir arriver tomber \
    tourner poser sortir devenir devient attendre essayer continuer arreter recevoir oublier penser pense croire sert servir \
    servent marche marcher compter changer regarder parait appelle appeler";

static ACTION_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| ACTION.split_whitespace().collect());
static LIGHT_ROOTS: LazyLock<HashSet<String>> = LazyLock::new(|| LIGHT.split_whitespace().map(super::family).collect());
static FUNCTION_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| FUNCTION.split_whitespace().collect());
static ASKING_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| ASKING.split_whitespace().collect());
static NAMING_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| NAMING.split_whitespace().collect());

/// Whether the folded word is dropped on both sides.
pub(crate) fn is_function(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}

/// Whether the folded word only serves to ask.
pub(crate) fn is_asking(word: &str) -> bool {
    ASKING_WORDS.contains(word)
}

/// Whether the folded word names a sort of thing rather than a subject.
pub(crate) fn is_naming(word: &str) -> bool {
    NAMING_WORDS.contains(word)
}

/// Short spellings of messages, with the word that each stands for.
const SHORT: [(&str, &str); 10] = [
    ("bcp", "beaucoup"),
    ("ds", "dans"),
    ("kan", "quand"),
    ("kand", "quand"),
    ("nb", "nombre"),
    ("nbre", "nombre"),
    ("pdt", "pendant"),
    ("pr", "pour"),
    ("qd", "quand"),
    ("tps", "temps"),
];

/// The word that a short spelling stands for.
pub(crate) fn spelt_out(word: &str) -> Option<&'static str> {
    SHORT.iter().find(|(short, _)| *short == word).map(|(_, word)| *word)
}

/// Words that an apostrophe cuts off: `l'archivage`, `jusqu'à`.
pub(crate) fn is_elided(word: &str) -> bool {
    matches!(
        word,
        "l" | "d"
            | "j"
            | "m"
            | "t"
            | "s"
            | "n"
            | "c"
            | "qu"
            | "jusqu"
            | "lorsqu"
            | "puisqu"
            | "quoiqu"
            | "quelqu"
            | "presqu"
    )
}

/// Whether the folded word is one of the verbs that every statement is built with.
pub(crate) fn is_action(word: &str) -> bool {
    ACTION_WORDS.contains(word)
}

/// Whether the folded word is a verb of daily speech.
pub(crate) fn is_light(word: &str) -> bool {
    LIGHT_ROOTS.contains(&super::family(word))
}

/// Function words that make another word with the one that a hyphen joins to them.
pub(crate) fn is_prefix(word: &str) -> bool {
    matches!(word, "sous" | "non" | "hors" | "avant" | "apres" | "contre" | "entre")
}
