fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap();
    let hints = args.next().map(|h| std::fs::read_to_string(h).unwrap()).unwrap_or_default();
    let bytes = std::fs::read(&file).unwrap();
    let hints = vigie_referentiels::import::Hints::parse(&hints).unwrap();
    let name = std::path::Path::new(&file).file_name().unwrap().to_str().unwrap().to_owned();
    match vigie_referentiels::import::import(&name, &bytes, &hints) {
        Ok(imported) => {
            eprint!("{}", imported.report);
            if std::env::var("TOML").is_ok() {
                print!("{}", vigie_referentiels::file::write(&imported.referentiel));
            } else {
                println!("{}", serde_json::to_string_pretty(&imported.referentiel).unwrap());
            }
        }
        Err(e) => eprintln!("error: {e}"),
    }
}
