//! How many dates are read in a second: `cargo bench --bench dates`.
//!
//! One round reads every way of writing that people use, so that no form hides another's cost; the aim is 100,000 dates a
//! second. The parser of commands asks whether words look like a date for each beginning of a line, and a trainer pastes
//! whole documents: both are measured beside it.

#![allow(missing_docs, reason = "criterion makes public functions of its own")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::{Zoned, civil::datetime};
use std::hint::black_box;
use vigie::domain::date::{Frame, find, looks_like_a_date, read};

const TYPED: [&str; 24] = [
    "vendredi 18h",
    "demain midi",
    "après-demain à 9 h 30",
    "lundi prochain 9h30",
    "le 12 mars à 14 h",
    "12/03",
    "12/03/2027 18:00",
    "12-03-2027",
    "dans 3 jours",
    "dans quinze jours",
    "dans 2 h 30",
    "mardi en huit",
    "fin de semaine",
    "fin du mois prochain",
    "d’ici vendredi",
    "avant le 1er décembre",
    "J-7",
    "la veille de la soutenance",
    "2026-11-27T18:00:00+01:00",
    "vendredi 27 novembre 2026 à 18 h 00",
    "vendrdi 27 novembr 18h",
    "le trente et un décembre à dix-huit heures trente",
    "31 avril",
    "rendre le rapport",
];

const BRIEF: &str = "Projet : plateforme de données (RNCP 37638, version 4.1). Le lot 2.1 est à rendre le vendredi 12 mars 2027 \
    à 18 h 00, après 24 à 30 h de préparation ; les équipes de 4 travaillent chaque lundi. Une démonstration a lieu J-7. \
    Soutenance : 30 min par équipe, le 18/03/2027 à partir de 9 h, salle 12. Notes sur 20, seuil 10/20.\n\n";

fn dates(c: &mut Criterion) {
    let now: Zoned = "2026-11-23T09:00[Europe/Paris]".parse().expect("it is written as jiff writes it");
    let (deadline, defence) = (datetime(2026, 12, 18, 18, 0, 0, 0), datetime(2027, 1, 14, 14, 0, 0, 0));
    let frame = Frame { now: &now, deadline: Some(deadline), defence: Some(defence) };
    let mut group = c.benchmark_group("dates");
    group.throughput(Throughput::Elements(TYPED.len() as u64));
    group.bench_function("read", |bench| {
        bench.iter(|| TYPED.iter().filter(|typed| read(black_box(typed), &frame).is_ok()).count());
    });
    group.bench_function("look alike", |bench| {
        bench.iter(|| TYPED.iter().filter(|typed| looks_like_a_date(black_box(typed))).count());
    });
    let brief = BRIEF.repeat(100_000 / BRIEF.len());
    group.throughput(Throughput::Bytes(brief.len() as u64));
    group.bench_function("find in 100 kB", |bench| bench.iter(|| find(black_box(&brief), &frame).len()));
    group.finish();
}

criterion_group!(benches, dates);
criterion_main!(benches);
