//! What forms of a word have in common.
//!
//! Two degrees. The *inflection* of a word is common to its plural, feminine and verb forms. The *family* is common to
//! its word classes too (`planifier`, `planification`; `nettoyer`, `nettoyage`). Both work on folded words, because what
//! people type has no accents to rely on, as Snowball's French stemmer does. A family is found by stripping suffixes until
//! none is left, so every member ends at the same root whatever it began with. Which members exist is the corpus's to
//! say: ranking trusts a member less than the word itself.

/// Words whose root would join them to a stranger, with the root they keep.
const ALONE: [(&str, &str); 49] = [
    ("accident", "accident"),
    ("assurance", "assuranc"),
    ("bloc", "blocs"),
    ("blocage", "bloc"),
    ("chiffrage", "chiffrag"),
    ("collectif", "collectif"),
    ("collective", "collectif"),
    ("comptable", "comptabl"),
    ("donnee", "donnee"),
    ("environ", "environs"),
    ("equipement", "equipement"),
    ("fonctionne", "fonctionner"),
    ("fonctionnement", "fonctionner"),
    ("fonctionner", "fonctionner"),
    ("format", "format"),
    ("informatique", "informatiqu"),
    ("integrite", "integrite"),
    ("international", "internationa"),
    ("internationale", "internationa"),
    ("juriste", "juridi"),
    ("logiciel", "logiciel"),
    ("logicielle", "logiciel"),
    ("maitrise", "maitris"),
    ("maitriser", "maitris"),
    ("mobilisant", "mobilis"),
    ("mobilisation", "mobilis"),
    ("mobilise", "mobilis"),
    ("mobilisee", "mobilis"),
    ("mobiliser", "mobilis"),
    ("moyenne", "moyenne"),
    ("partage", "partag"),
    ("planning", "planning"),
    ("portabilite", "portabilit"),
    ("portable", "portabl"),
    ("presence", "presence"),
    ("reference", "referenc"),
    ("referencer", "referenc"),
    ("referent", "referent"),
    ("referente", "referent"),
    ("referentiel", "referentiel"),
    ("reglement", "reglement"),
    ("reglementaire", "reglement"),
    ("reglementation", "reglement"),
    ("reglementer", "reglement"),
    ("serveur", "serveur"),
    ("service", "servic"),
    ("station", "station"),
    ("travaux", "travail"),
    ("universel", "universel"),
];

/// Suffixes of derivation and inflection: what they become, and how many letters must stay before them.
const SUFFIXES: [(&str, &str, usize); 81] = [
    ("eriale", "er", 4),
    ("erial", "er", 4),
    ("uction", "uir", 3),
    ("uctif", "uir", 3),
    ("uctive", "uir", 3),
    ("uisant", "uir", 3),
    ("uire", "uir", 3),
    ("uite", "uir", 3),
    ("uit", "uir", 3),
    ("diction", "dir", 3),
    ("dict", "dir", 3),
    ("dire", "dir", 3),
    ("dit", "dir", 3),
    ("ification", "ifi", 2),
    ("ificateur", "ifi", 2),
    ("ificatif", "ifi", 2),
    ("ificative", "ifi", 2),
    ("ificat", "ifi", 2),
    ("entielle", "ent", 4),
    ("ential", "ent", 4),
    ("entiel", "ent", 4),
    ("abilite", "able", 2),
    ("ibilite", "ible", 2),
    ("issement", "", 4),
    ("issage", "", 4),
    ("issant", "", 4),
    ("issent", "", 4),
    ("ologique", "olog", 2),
    ("ologie", "olog", 2),
    ("egique", "egi", 4),
    ("graphique", "graphi", 2),
    ("atique", "at", 4),
    ("onnelle", "on", 3),
    ("onnel", "on", 3),
    ("atrice", "", 3),
    ("ateur", "", 3),
    ("ation", "", 3),
    ("ative", "", 3),
    ("atif", "", 3),
    ("ition", "i", 4),
    ("itive", "i", 4),
    ("itif", "i", 4),
    ("ution", "u", 4),
    ("utive", "u", 4),
    ("utif", "u", 4),
    ("rice", "eur", 5),
    ("euse", "", 4),
    ("eur", "", 4),
    ("ion", "", 4),
    ("ement", "", 4),
    ("age", "", 4),
    ("ance", "ant", 4),
    ("ence", "ent", 5),
    ("able", "", 4),
    ("ite", "", 5),
    ("ive", "", 4),
    ("if", "", 4),
    ("elle", "", 5),
    ("el", "", 5),
    ("ale", "", 5),
    ("al", "", 5),
    ("aire", "", 5),
    ("iere", "i", 3),
    ("ier", "i", 3),
    ("ing", "", 5),
    ("eraient", "", 4),
    ("eront", "", 4),
    ("erait", "", 4),
    ("ante", "", 4),
    ("ant", "", 4),
    ("aient", "", 4),
    ("ait", "", 5),
    ("ent", "", 5),
    ("ee", "", 3),
    ("er", "", 3),
    ("ez", "", 4),
    ("ir", "", 5),
    ("is", "", 5),
    ("ie", "i", 3),
    ("e", "", 3),
    ("que", "c", 4),
];

/// Endings of plural, feminine and verb forms alone.
const INFLECTIONS: [(&str, &str, usize); 21] = [
    ("issant", "i", 4),
    ("issent", "i", 4),
    ("elle", "el", 3),
    ("enne", "en", 3),
    ("euse", "eur", 3),
    ("rice", "eur", 5),
    ("iere", "ier", 3),
    ("ive", "if", 3),
    ("eraient", "", 4),
    ("eront", "", 4),
    ("erait", "", 4),
    ("ante", "", 4),
    ("ant", "", 4),
    ("ent", "", 5),
    ("ee", "", 3),
    ("er", "", 3),
    ("ez", "", 4),
    ("ie", "i", 3),
    ("ir", "i", 4),
    ("ait", "", 5),
    ("e", "", 3),
];

/// The part that a folded word shares with its plural, feminine and verb forms.
pub(crate) fn inflection(word: &str) -> String {
    let mut stem = singular(word);
    if stem.len() >= 4 {
        strip(&mut stem, &INFLECTIONS);
        settle(&mut stem);
    }
    stem
}

/// The root that a folded word shares with the other words of its family.
pub(crate) fn family(word: &str) -> String {
    let mut root = singular(word);
    if let Some(kept) = kept_alone(word).or_else(|| kept_alone(&root)) {
        return kept.to_owned();
    }
    if root.len() < 4 {
        return root;
    }
    while strip(&mut root, &SUFFIXES) {
        undouble(&mut root);
        if let Some(kept) = kept_alone(&root) {
            return kept.to_owned();
        }
    }
    settle(&mut root);
    if root.len() > 4 && root.ends_with('i') {
        root.pop();
    }
    undouble(&mut root);
    root
}

fn kept_alone(word: &str) -> Option<&'static str> {
    ALONE.binary_search_by_key(&word, |(kept, _)| kept).ok().map(|at| ALONE[at].1)
}

/// The folded word without its plural. Words with a digit, or too short, are left as they are.
fn singular(word: &str) -> String {
    let mut out = word.to_owned();
    if word.len() < 4 || !word.is_ascii() || word.bytes().any(|b| b.is_ascii_digit()) {
        return out;
    }
    if word.ends_with("eaux") {
        out.pop();
    } else if word.ends_with("aux") && word.len() > 4 {
        out.truncate(word.len() - 2);
        out.push('l');
    } else if word.ends_with('x') || (word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")) {
        out.pop();
    }
    out
}

/// Takes the first suffix of the table that fits off, and says whether one did.
fn strip(word: &mut String, table: &[(&str, &str, usize)]) -> bool {
    if !word.is_ascii() || word.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    for (suffix, becomes, least) in table {
        if word.len() >= suffix.len() + least && word.ends_with(suffix) {
            word.truncate(word.len() - suffix.len());
            word.push_str(becomes);
            return true;
        }
    }
    false
}

/// Gives endings that only spelling sets apart one writing.
fn settle(word: &mut String) {
    if word.len() > 3 && word.ends_with('y') {
        word.pop();
        word.push('i');
    } else if word.len() > 4 && word.ends_with("qu") {
        word.truncate(word.len() - 2);
        word.push('c');
    }
    undouble(word);
}

/// Makes a double consonant at the end single.
fn undouble(word: &mut String) {
    let bytes = word.as_bytes();
    let n = bytes.len();
    if n > 3 && bytes[n - 1] == bytes[n - 2] && bytes[n - 1].is_ascii_lowercase() && !b"aeiou".contains(&bytes[n - 1]) {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str) {
        let roots: Vec<String> = words.split(' ').map(family).collect();
        assert!(roots.windows(2).all(|pair| pair[0] == pair[1]), "{words}: {roots:?}");
    }

    #[track_caller]
    fn check_apart(a: &str, b: &str) {
        assert_ne!(family(a), family(b), "{a} and {b}");
    }

    #[test]
    fn word_classes_meet() {
        check("planifier planifie planifiant planification planifiees");
        check("nettoyer nettoyage nettoyees nettoyes");
        check("anonymiser anonymisation anonymisees");
        check("cartographier cartographie cartographies cartographique");
        check("communiquer communication communications");
        check("deployer deploiement deployee");
        check("evoluer evolution evolutif evolutive");
        check("definir definition definis definies");
        check("gouvernance gouverner");
        check("scalabilite scalable");
        check("maintenabilite maintenable maintenance");
        check("industrialiser industrialisation industriel");
        check("teletravailler teletravail");
        check("accessible accessibilite accessibles");
        check("confidentialite confidentiel");
        check("concurrence concurrentiel concurrentielle");
        check("financier financiere finance");
        check("technologique technologie technologies");
        check("manager management managerial manageriale");
        check("utiliser utilisateur utilisatrice utilisation");
        check("predire predit prediction predictif predictive");
        check("produire produit production");
        check("conduire conduite");
    }

    #[test]
    fn strangers_stay_apart() {
        check_apart("informatique", "information");
        check_apart("equipe", "equipement");
        check_apart("bloc", "bloquer");
        check_apart("referent", "referentiel");
        check_apart("acces", "accessible");
        check_apart("integrite", "integration");
        check_apart("interne", "international");
        check_apart("maitre", "maitrise");
        check_apart("fonctionnel", "fonctionnement");
        check_apart("partie", "partage");
        check_apart("collecte", "collective");
    }

    #[test]
    fn the_table_of_exceptions_is_sorted() {
        assert!(ALONE.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn inflections_keep_word_classes_apart() {
        assert_eq!(inflection("anonymisees"), inflection("anonymiser"));
        assert_ne!(inflection("anonymisation"), inflection("anonymiser"));
        assert_eq!(inflection("professionnelles"), inflection("professionnel"));
    }
}
