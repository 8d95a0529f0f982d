//! Many référentiels, made by varying a few: for measures at scale.

use vigie_referentiels::Referentiel;

/// Words that one référentiel in the making swaps for another, so that copies differ as real documents do.
const SWAPS: [(&str, [&str; 5]); 12] = [
    ("données", ["mesures", "archives", "images", "capteurs", "relevés"]),
    ("projet", ["chantier", "programme", "produit", "service", "dossier"]),
    ("sécurité", ["qualité", "sûreté", "fiabilité", "résilience", "hygiène"]),
    ("solution", ["plateforme", "installation", "machine", "chaîne", "offre"]),
    ("système", ["atelier", "réseau", "parc", "ouvrage", "site"]),
    ("équipe", ["brigade", "unité", "cellule", "agence", "section"]),
    ("client", ["usager", "patient", "acheteur", "abonné", "exploitant"]),
    ("modèle", ["gabarit", "patron", "schéma", "moule", "prototype"]),
    ("entreprise", ["collectivité", "association", "coopérative", "usine", "clinique"]),
    ("développement", ["montage", "usinage", "câblage", "soudage", "tournage"]),
    ("informatique", ["hydraulique", "électrique", "thermique", "optique", "mécanique"]),
    ("numérique", ["analogique", "agricole", "naval", "forestier", "minier"]),
];

/// `times` as many référentiels as given: the given ones, then varied copies of them.
#[must_use]
pub(crate) fn varied(referentiels: &[Referentiel], times: usize) -> Vec<Referentiel> {
    let mut all = referentiels.to_vec();
    for copy in 1..times {
        all.extend(referentiels.iter().map(|original| vary(original, copy)));
    }
    all
}

fn vary(original: &Referentiel, copy: usize) -> Referentiel {
    let mut text = serde_json::to_string(original).expect("a référentiel is JSON");
    for (rank, (word, others)) in SWAPS.iter().enumerate() {
        // One swap in three is left out, another set for each copy.
        if !(copy + rank * 7).is_multiple_of(3) {
            text = text.replace(word, others[(copy / 3 + rank) % others.len()]);
        }
    }
    let mut varied: Referentiel = serde_json::from_str(&text).expect("only wording was changed");
    varied.slug = format!("{}-{copy}", original.slug);
    varied.titre = format!("{} variante{copy}", original.titre);
    varied
}
