//! Small made-up documents, each with a trap that real ones hold. None of the wording is official.

/// All of them, with the name of the trap.
pub(crate) const ALL: [(&str, &str); 21] = [
    ("pages", PAGES),
    ("lone code", LONE_CODE),
    ("merged cells", MERGED),
    ("two assessments", TWO_ASSESSMENTS),
    ("bullets", BULLETS),
    ("spaces", SPACES),
    ("not codes", NOT_CODES),
    ("misprint", MISPRINT),
    ("restart", RESTART),
    ("contents", CONTENTS),
    ("notes", NOTES),
    ("fewer columns", FEWER_COLUMNS),
    ("twins", TWINS),
    ("handicap", HANDICAP),
    ("pipes", PIPES),
    ("without codes", WITHOUT_CODES),
    ("ended above", ENDED_ABOVE),
    ("parts of activities", PARTS),
    ("undivided column", UNDIVIDED),
    ("lead-ins", LEAD_INS),
    ("general row", GENERAL_ROW),
];

/// A page heading and the table's headings on every page; a page cuts a sentence, a word, a competency.
pub(crate) const PAGES: &str = "\
Certification Boulangerie

Jardinier

Bloc 1 : Tenir un jardin
Référentiel d'activités\tRéférentiel de compétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Préparer le sol\tC1.1 Analyser la composition du sol afin de choisir\tMise en situation : le candidat prépare une parcelle et rédige\tLes prélèvements sont faits à plusieurs endroits. La compo-

Certification Boulangerie

Bloc 1 : Tenir un jardin
Référentiel d'activités\tRéférentiel de compétences\tModalités d'évaluation\tCritères d'évaluation
\tdes plantes adaptées\tun compte rendu de son travail.\tsition du sol est décrite.
\tC1.2 Amender le sol\t\tL'amendement est dosé. Le débit est argu

Certification Boulangerie

Bloc 1 : Tenir un jardin
Référentiel d'activités\tRéférentiel de compétences\tModalités d'évaluation\tCritères d'évaluation
\t\t\tmenté. La dose est notée.
A2 - Arroser\tC1.3 Régler l'arrosage\t\tLe choix est argumenté et l'arrosage
\t\t\tne gaspille rien. L'horaire est noté.
";

/// A code alone in its cell, with the text in the next column.
pub(crate) const LONE_CODE: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
1.1. Pétrir\t1.1.1. Peser la farine\tMise en situation\tLa pesée est juste.
\t1.1.2.\tDoser le sel selon la recette\tLe sel est dosé.
\t1.1.3. Façonner le pain\t\tLa forme est régulière.
";

/// Empty cells that mean \"merged with the one above\".
pub(crate) const MERGED: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Pétrir\tC1.1 Peser la farine\tMise en situation : une fournée complète.\tLa pesée est juste. Le plan de travail est propre.
\tC1.2 Doser le sel\t\t
A2 - Cuire\tC1.3 Régler le four\tÉtude de cas : un four en panne.\tLa température est relevée.
\tC1.4 Contrôler la cuisson\t\tLa croûte est dorée.
";

/// Two assessments in one cell, and a cell of criteria that serves both.
pub(crate) const TWO_ASSESSMENTS: &str = "\
Bloc 1 : Vendre
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Accueillir\t<p>C1.1 Accueillir la clientèle en boutique</p> <p>C1.2 Présenter les pains de la vitrine</p> <p>C1.3 Rédiger les étiquettes de prix</p>\t<p>Modalité d'évaluation des compétences C1.1, C1.2 :</p> <p>Jeu de rôle en boutique, en équipe</p> <p>Modalité d'évaluation de la compétence C1.3 :</p> <p>Dossier écrit sur les étiquettes, individuel</p>\t<p>La clientèle est accueillie avec le sourire.</p> <p>Les pains de la vitrine sont présentés.</p> <p>Les étiquettes de prix sont lisibles et complètes.</p>
";

/// Lists that are never closed, six kinds of bullets, and bullets with no mark but a capital letter.
pub(crate) const BULLETS: &str = "\
Bloc 1 : Tailler
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Tailler\tC1 Tailler une haie\tMise en situation. <ul> - Choisir l'outil - Tailler la haie <ul> • Ranger <p>Travail individuel</p>\t<p>La haie est taillée :</p> <ul> <li>- au cordeau ;</li> <li>• sans trou ;</li> <li>➤ à la bonne saison.</li> <p>Le sol est ramassé.</p>
\tC2 Tailler un arbre\tMise en situation. 1 - Grimper 2 - Couper\t<p>. La plaie est nette . L'outil est propre</p> <p>L'arbre est taillé :</p> <ul> Branche par branche ▪ Du haut vers le bas – Sans blessure</ul>
";

/// Ten spaces as the only separator between criteria.
pub(crate) const SPACES: &str = "\
Bloc 1 : Tailler
Activités\tCompétences\tCritères d'évaluation
A1 - Tailler\tC1 Tailler une haie\tLa haie est droite          Le sol est propre          L'outil est rangé
A2 - Planter\tC2 Planter une haie\tLe trou est large          La motte est arrosée
";

/// Numbers that look like codes: a version, activities named in a sentence.
pub(crate) const NOT_CODES: &str = "\
Bloc 2 : Publier
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
2.1. Concevoir une page\t2.1.1. Dessiner une page selon la version 4.1 du RGAA, puis la\tMise en situation Relative aux activités 2.1, 2.2\tLa page est lisible. Elle respecte la

\trelire en version 4.1\t\tversion 4.1 du RGAA.
2.2. Publier une page\t2.2.1. Mettre la page en ligne\t\tLa page est en ligne.
2.3. Suivre une page\t2.3.1. Mesurer les visites\tÉtude de cas Relative à l'activité 2.3\tLes visites sont mesurées.
";

/// Criteria with codes, one of them misprinted, one used twice.
pub(crate) const MISPRINT: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Cuire\tC1 Régler le four\tMise en situation\tCE1.1 La température est relevée CE1.2 Le four est propre
\tC2 Contrôler la cuisson\tMise en situation\t<p>CE2.1 La croûte est dorée</p> <p>C2.2 La mie est souple</p> <p>CE2.2 Le pain sonne creux</p>

Bloc 2 : Vendre
A2 - Vendre\tC3 Tenir la caisse\tMise en situation\tCE3.1 Le compte est bon
";

/// Activities numbered anew in each bloc.
pub(crate) const RESTART: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Pétrir\tC1 Peser la farine\tMise en situation\tLa pesée est juste.
A2 - Cuire\tC2 Régler le four\tMise en situation\tLa température est juste.

Bloc 2 : Vendre
A1 - Accueillir\tC3 Saluer la clientèle\tMise en situation\tLe salut est audible.
A2 - Encaisser\tC4 Rendre la monnaie\tMise en situation\tLe compte est bon.
";

/// A table of contents before the tables, and a bloc that the candidate chooses.
pub(crate) const CONTENTS: &str = "\
RÉFÉRENTIELS\t
Boulanger\t
Bloc commun : CUIRE\t
Bloc optionnel : VENDRE\tBloc optionnel : LIVRER

BLOC commun : CUIRE
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
1.1. Cuire\t1.1.1. Régler le four\tMise en situation\tLe four est réglé.

BLOC optionnel : VENDRE
2.1. Vendre\t2.1.1. Tenir la caisse\tMise en situation\tLe compte est bon.

BLOC optionnel : LIVRER
3.1. Livrer\t3.1.1. Charger la voiture\tMise en situation\tRien ne tombe.
";

/// Superscript calls of footnotes, escaped Markdown, links, and units that aren't calls.
pub(crate) const NOTES: &str = "\
Lexique

- Levain : pâte qui fermente\\* depuis [longtemps](https://example.org/levain)²

Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Cuire\tC1 Régler le four<sup>1</sup> d'un fournil de 12 m²\tMise en situation³.\tLa chaleur² est **régulière**. Le relevé suit le [guide \\(V2\\)](#).

¹ Four à sole uniquement.

<sup>2</sup> Mesurée au cœur.
";

/// A last row with fewer columns than the others.
pub(crate) const FEWER_COLUMNS: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Cuire\tC1 Régler le four\tMise en situation.\tLe four est réglé.
A2 - Ranger\tC2 Ranger le fournil\tMise en situation.\tLe sol est propre.
\t\tTravail individuel.";

/// Assessments of the same words in two blocs, which are two assessments.
pub(crate) const TWINS: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Cuire\tC1 Régler le four\tMise en situation : le candidat travaille seul.\tLe four est réglé.

Bloc 2 : Vendre
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A2 - Vendre\tC2 Tenir la caisse\tMise en situation : le candidat travaille seul.\tLe compte est bon.
";

/// A colleague's disability is a criterion; the candidate's is a right, or waives a criterion.
pub(crate) const HANDICAP: &str = "\
Prise en compte du handicap

Tout candidat peut demander un temps supplémentaire. La demande est faite par écrit.

Règles de validation

La certification est obtenue si tous les blocs sont validés.

Bloc 1 : Encadrer
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Encadrer\tC1 Accueillir un collègue\tMise en situation\t<p>Le poste d'un collègue en situation de handicap est adapté.</p> <p><i>Ce critère ne compte pas pour les candidats en situation de handicap qui le demandent.</i></p>
\tC2 Animer une équipe\tMise en situation\t<p>La réunion a un ordre du jour.</p> <p>Les qualités personnelles attendues sont : patience, écoute.</p>
";

/// Tables whose cells are separated by pipes.
pub(crate) const PIPES: &str = "\
# Boulanger

| Activités | Compétences | Modalités d'évaluation | Critères d'évaluation |
|---|---|---|---|
| Bloc 1 : Cuire | | | |
| A1 - Cuire | C1 Régler le four | Mise en situation | Le four est réglé. L'écran affiche jour \\| nuit. |
| | C2 Contrôler la cuisson | | La croûte est dorée. |
";

/// No code anywhere: underlined titles of blocs, paragraphs side by side.
pub(crate) const WITHOUT_CODES: &str = "\
Référentiel d'activités\tRéférentiel de compétences\tModalités d'évaluation\tCritères d'évaluation
<p><u>Cuire le pain</u></p> <p>Conduite de la cuisson</p> <ul> Réglage du four Contrôle de la cuisson</ul>\t<p>Régler le four selon la recette</p> <p>Contrôler la cuisson du pain</p>\t<p>Mise en situation</p> <p>Travail individuel</p>\t<p>Le réglage du four suit la recette</p> <p>La cuisson est contrôlée et la croûte est dorée</p>
<p><u>Vendre le pain (optionnel)</u></p> <p>Accueil</p>\t<p>Accueillir la clientèle</p>\t<p>Jeu de rôle</p>\t<p>Le sourire est là</p>
";

/// A page cut after a competency that has ended, and one within a competency.
pub(crate) const ENDED_ABOVE: &str = "\
Référentiel d'activités\tRéférentiel de compétences\tModalités d'évaluation\tCritères d'évaluation
<p><u>Cuire le pain</u></p> <p>Cuisson</p>\t<p>Peser la farine du pain</p> <p>Doser le sel du pain</p>\t<p>Mise en situation</p>\t<p>La farine est pesée</p> <p>Le sel est dosé</p>

\t<p>Régler le four à pain</p> <p>Contrôler la croûte du pain en</p>\t\t<p>Le dosage du sel tient compte du four</p> <p>Le réglage est noté</p> <p>La croûte est contrôlée</p>

\t<p>la regardant de près</p> <p>Ranger le fournil</p> <p>Laver le sol du fournil</p>\t\t<p>La croûte est dorée et contrôlée de près</p> <p>Le rangement du fournil suit le plan</p> <p>Le sol du fournil est lavé</p>
";

/// Parts of one activity, of several, and of one that began on the page above, beside several competencies.
pub(crate) const PARTS: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
<p>A1 - Pétrir</p> <p>A1-1 Peser</p> <p>A1-2 Doser</p>\t<p>C1 Peser la farine</p> <p>C2 Doser le sel</p>\tMise en situation\t<p>La pesée est juste.</p> <p>Le dosage est juste.</p>
<p>A1-3 Façonner</p>\tC3 Façonner le pain\t\tLa forme est régulière.
<p>A2 - Cuire</p> <ul> T1 Réglage du four <p>A3 - Vendre</p> <ul> - T1 Accueil de la clientèle - T2 Tenue de la caisse</ul>\t<p>C4 Régler le four</p> <p>C5 Accueillir la clientèle</p>\t\t<p>Le four est réglé.</p> <p>Le sourire est là.</p>

<ul> T3 Rangement</ul>\tC6 Ranger la boutique\t\tLa boutique est rangée.
";

/// Two assessments of the whole bloc, whose criteria stand in one column that pages cut.
pub(crate) const UNDIVIDED: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Pétrir\t<p>C1 Peser la farine</p> <p>C2 Doser le sel</p>\tÉvaluation 1 : Cas pratique\t<p>La pesée est juste.</p> <p>Le dosage est juste.</p>
A2 - Cuire\tC3 Régler le four\tÉvaluation 2 : Dossier\tLe four est réglé.
";

/// Items that are only parts of a sentence, tasks, and sentences that a lead-in announces; scopes that differ, and
/// the same scope twice.
pub(crate) const LEAD_INS: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Cuire\tC1 Régler le four\t<p>Mise en situation</p> <p>Relative à l'activité 1.1. Les détails de l'épreuve sont dans le règlement.</p> <p>À partir d'une recette présentant :</p> <ul> - la farine. - le sel</ul> <p>Le candidat doit :</p> <ul> - rédiger une fiche - défendre sa fiche devant le jury</ul> <p>Le candidat présente :</p> <p>Son pain à un jury de deux boulangers.</p>\t<p>Le four est réglé.</p> <ul> <li>- à temps.</li> <li>- sans fumée.</li></ul>

Bloc 2 : Vendre
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A2 - Vendre\tC2 Tenir la caisse\t<p>Mise en situation</p> <p>Relative à l'activité 2.1. Les détails de l'épreuve sont dans le règlement.</p>\tLe compte est bon.

Bloc 3 : Livrer
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A3 - Livrer\tC3 Charger la voiture\t<p>Mise en situation</p> <p>Relative à l'activité 2.1. Les détails de l'épreuve sont dans le règlement.</p>\tRien ne tombe.
";

/// A last row about the whole certification: a list of coded activities, and an oral set under the exam it ends.
pub(crate) const GENERAL_ROW: &str = "\
Bloc 1 : Cuire
Activités\tCompétences\tModalités d'évaluation\tCritères d'évaluation
A1 - Cuire\tC1 Régler le four\tMise en situation\tLe four est réglé.
A2 - Vendre\tC2 Tenir la caisse\tMise en situation\tLe compte est bon.
<p>Le dossier porte sur les activités suivantes :</p> <ul> ➤ A1 - Cuire le pain ➤ A2 – Vendre le pain</ul>\t\t<p>Dossier professionnel</p> <ul> . Dix pages . Travail individuel</ul> <p>+</p> <p>Soutenance orale</p> <p>Durée : 20 mn</p>\t
";
