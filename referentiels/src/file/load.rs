//! Reads a référentiel file, and gives all its defects at once instead of stopping at the first.

use super::defects::{Defects, Gathered};
use super::fields::{Fields, Placed};
use crate::code::CompetencyCode;
use crate::import::is_slug;
use crate::model::{
    Accommodation, Activity, Assessment, Bloc, Competency, Criterion, Definition, Epreuve, Referentiel, Source, Work,
};
use std::collections::HashSet;
use std::ops::Range;
use toml::de::DeTable;

/// Reads the text of a référentiel file. `file` is its name, for the defects.
///
/// # Errors
///
/// Every defect of the file, with its line: TOML that can't be read, keys that are unknown, missing or of a wrong type,
/// empty texts, control characters, codes twice or not canonical, references to what doesn't exist.
pub fn parse(file: &str, text: &str) -> Result<Referentiel, Defects> {
    let mut defects = Gathered::new(text);
    let (root, syntax) = DeTable::parse_recoverable(text);
    let unreadable = !syntax.is_empty();
    for error in syntax {
        defects.add(&error.span().unwrap_or(0..0), format!("not valid TOML: {}", error.message()));
    }
    let fields = Fields::new(root.get_ref(), 0..0);
    let mut loader =
        Loader { defects: &mut defects, known: HashSet::new(), used: Vec::new(), criteria: HashSet::new() };
    let referentiel = loader.referentiel(fields, unreadable);
    loader.check_references();
    defects.finish().map_err(|list| Defects { file: file.to_owned(), list })?;
    Ok(referentiel)
}

struct Loader<'d> {
    defects: &'d mut Gathered,
    /// Codes of the competencies read so far.
    known: HashSet<CompetencyCode>,
    /// Codes that something refers to.
    used: Vec<(Placed<CompetencyCode>, &'static str)>,
    /// Ids of criteria.
    criteria: HashSet<String>,
}

impl Loader<'_> {
    fn referentiel(&mut self, mut fields: Fields<'_>, unreadable: bool) -> Referentiel {
        let slug = fields.text("slug", self.defects);
        if !slug.value.is_empty() && !is_slug(&slug.value) {
            self.defects.add(
                &slug.span,
                format!("`{}` can't be a slug; expected lower-case letters, digits and dashes", slug.value),
            );
        }
        let referentiel = Referentiel {
            slug: slug.value,
            titre: fields.text("titre", self.defects).value,
            titre_dans_document: fields.flag("titre_dans_document", self.defects),
            niveau: fields.number("niveau", 3..9, self.defects),
            source: self.source(&mut fields),
            blocs: self.blocs(&mut fields, unreadable),
            epreuves: self.each(&mut fields, "epreuves", |fields, this| Epreuve {
                nom: fields.text("nom", this.defects).value,
                faits: values(fields.texts("faits", this.defects)),
            }),
            lexique: self.each(&mut fields, "lexique", |fields, this| Definition {
                terme: fields.text("terme", this.defects).value,
                definition: fields.text("definition", this.defects).value,
            }),
            amenagements: self.each(&mut fields, "amenagements", |fields, this| Accommodation {
                texte: fields.text("texte", this.defects).value,
                competences: this.references(fields, "competences", "an accommodation"),
            }),
            validation: values(fields.texts("validation", self.defects)),
            textes_legaux: values(fields.texts("textes_legaux", self.defects)),
            notes: values(fields.texts("notes", self.defects)),
        };
        fields.finish(self.defects);
        referentiel
    }

    fn source(&mut self, fields: &mut Fields<'_>) -> Source {
        let Some(mut source) = fields.table("source", self.defects) else {
            return Source { fichier: String::new(), sha256: String::new() };
        };
        let fichier = source.text("fichier", self.defects).value;
        let sha256 = source.text("sha256", self.defects);
        let hexadecimal =
            sha256.value.len() == 64 && sha256.value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !sha256.value.is_empty() && !hexadecimal {
            self.defects.add(&sha256.span, "`sha256` must be 64 lower-case hexadecimal digits");
        }
        source.finish(self.defects);
        Source { fichier, sha256: sha256.value }
    }

    fn blocs(&mut self, fields: &mut Fields<'_>, unreadable: bool) -> Vec<Bloc> {
        let mut codes = HashSet::new();
        let span = fields.span.clone();
        let blocs = self.each(fields, "blocs", |fields, this| {
            let code = fields.text("code", this.defects);
            if !codes.insert(code.value.clone()) {
                this.defects.add(&code.span, format!("bloc `{}` a second time", code.value));
            }
            this.bloc(fields, code.value)
        });
        if blocs.is_empty() && !unreadable {
            self.defects.add(&span, "no [[blocs]]: a référentiel has at least one");
        }
        blocs
    }

    fn bloc(&mut self, fields: &mut Fields<'_>, code: String) -> Bloc {
        let titre = fields.optional_text("titre", self.defects).map(|t| t.value).unwrap_or_default();
        let optionnel = fields.flag("optionnel", self.defects);
        let mut activities: Vec<(Activity, Option<Range<usize>>)> = self.each(fields, "activites", |fields, this| {
            let code = fields.optional_text("code", this.defects).map(|c| c.value);
            let titre = fields.text("titre", this.defects).value;
            let parent = fields.optional_text("parent", this.defects);
            let span = parent.as_ref().map(|p| p.span.clone());
            (Activity { code, titre, parent: parent.map(|p| p.value) }, span)
        });
        let names: HashSet<String> =
            activities.iter().flat_map(|(a, _)| a.code.iter().chain([&a.titre])).cloned().collect();
        for (activity, span) in &mut activities {
            if let (Some(parent), Some(span)) = (&activity.parent, span)
                && !names.contains(parent)
            {
                self.defects.add(span, format!("`{parent}` is no activity of this bloc"));
            }
        }
        let competences = self.each(fields, "competences", |fields, this| this.competency(fields, &names));
        if competences.is_empty() {
            self.defects.add(&fields.span, format!("bloc `{code}` has no [[blocs.competences]]"));
        }
        Bloc {
            code,
            titre,
            optionnel,
            activites: activities.into_iter().map(|(activity, _)| activity).collect(),
            competences: competences.into_iter().flatten().collect(),
            evaluations: self.each(fields, "evaluations", |fields, this| this.assessment(fields)),
            qualites: values(fields.texts("qualites", self.defects)),
        }
    }

    fn competency(&mut self, fields: &mut Fields<'_>, activities: &HashSet<String>) -> Option<Competency> {
        let code = fields.code("code", self.defects);
        let code_genere = fields.flag("code_genere", self.defects);
        let activite = fields.optional_text("activite", self.defects);
        let intitule = fields.text("intitule", self.defects).value;
        if let Some(activite) = &activite
            && !activities.contains(&activite.value)
        {
            self.defects.add(&activite.span, format!("`{}` is no activity of this bloc", activite.value));
        }
        let code = code?;
        if !self.known.insert(code.value.clone()) {
            self.defects.add(&code.span, format!("competency `{}` a second time", code.value));
        }
        Some(Competency { code: code.value, code_genere, activite: activite.map(|a| a.value), intitule })
    }

    fn assessment(&mut self, fields: &mut Fields<'_>) -> Assessment {
        let competences = self.references(fields, "competences", "an assessment");
        let modalite = fields.optional_text("modalite", self.defects).map(|m| m.value).unwrap_or_default();
        let travail = fields.optional_text("travail", self.defects).and_then(|text| match text.value.as_str() {
            "individuel" => Some(Work::Individual),
            "equipe" => Some(Work::Team),
            "individuel ou groupe" => Some(Work::IndividualOrTeam),
            other => {
                let what = format!("`{other}`: travail is \"individuel\", \"equipe\" or \"individuel ou groupe\"");
                self.defects.add(&text.span, what);
                None
            }
        });
        let attendus = values(fields.texts("attendus", self.defects));
        let criteres = self.each(fields, "criteres", |fields, this| {
            let id = fields.text("id", this.defects);
            if !this.criteria.insert(id.value.clone()) {
                this.defects.add(&id.span, format!("criterion `{}` a second time", id.value));
            }
            let texte = fields.text("texte", this.defects).value;
            let competences = this.references(fields, "competences", "a criterion");
            if competences.is_empty() {
                this.defects.add(&id.span, format!("criterion `{}` is tied to no competency", id.value));
            }
            Criterion { id: id.value, texte, competences }
        });
        Assessment { competences, modalite, travail, attendus, criteres }
    }

    /// Codes that must be those of competencies; checked once all are known.
    fn references(&mut self, fields: &mut Fields<'_>, key: &'static str, of: &'static str) -> Vec<CompetencyCode> {
        let codes = fields.codes(key, self.defects);
        self.used.extend(codes.iter().map(|code| (code.clone(), of)));
        codes.into_iter().map(|code| code.value).collect()
    }

    fn check_references(&mut self) {
        for (code, of) in std::mem::take(&mut self.used) {
            if !self.known.contains(&code.value) {
                self.defects
                    .add(&code.span, format!("{of} is tied to `{}`, which is no competency of this file", code.value));
            }
        }
    }

    /// Reads each table of a list.
    fn each<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_>, &mut Self) -> T,
    ) -> Vec<T> {
        let tables = fields.tables(key, self.defects);
        tables
            .into_iter()
            .map(|mut table| {
                let value = read(&mut table, self);
                table.finish(self.defects);
                value
            })
            .collect()
    }
}

fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|p| p.value).collect()
}
