//! The real binary as a process: its commands and exit codes, and what is left after `kill -9` in the middle of a write.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const BINARY: &str = env!("CARGO_BIN_EXE_mamori");

fn mamori(folder: &Path, arguments: &[&str]) -> Output {
    let (command, rest) = arguments.split_first().unwrap();
    let mut call = Command::new(BINARY);
    // `user add`, `company add`: the folder belongs to the second word.
    let words = if matches!(*command, "user" | "company") { 2 } else { 1 };
    call.args(&arguments[..words]).arg("--data").arg(folder).args(&arguments[words..]);
    let _ = rest;
    call.env_remove("MAMORI_DATABASE_URL").env("LANG", "en_GB.UTF-8").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Fails unless the command ends with this code; gives what it printed.
#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    assert_eq!(output.status.code(), Some(code), "stdout: {}\nstderr: {}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

fn company(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    ends(&mamori(folder, &["migrate"]), 0);
    ends(&mamori(folder, &["company", "add", "--code", "aoba", "--name", "青葉精機", "--headcount", "48"]), 0);
}

/// A csv of so many assets.
fn sheet(folder: &Path, rows: usize) -> std::path::PathBuf {
    let mut text = String::from("情報資産名称,媒体・保存先,管理部署,機密性,完全性,可用性\n");
    for row in 0..rows {
        text.push_str(&format!("資産{row:05},事務所PC,第{}課,2,1,{}\n", row % 7, row % 3));
    }
    let path = folder.join("assets.csv");
    std::fs::write(&path, text).unwrap();
    path
}

fn import(folder: &Path, file: &Path) -> Output {
    mamori(folder, &["import", "--ledger", "information_asset", file.to_str().unwrap()])
}

#[test]
fn every_command_explains_itself() {
    for command in
        ["serve", "demo", "import", "export", "report", "verify", "backup", "restore", "user", "company", "token", "migrate"]
    {
        let help = Command::new(BINARY).args([command, "--help"]).output().unwrap();
        assert_eq!(help.status.code(), Some(0), "{command}");
        assert!(text(&help.stdout).chars().count() > 80, "{command} says little");
    }
    assert_eq!(Command::new(BINARY).arg("nonsense").output().unwrap().status.code(), Some(2));
}

#[test]
fn import_twice_export_and_import_back() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    company(&data);
    let file = sheet(dir.path(), 25);
    let dry = mamori(&data, &["import", "--ledger", "information_asset", "--dry-run", file.to_str().unwrap()]);
    assert!(ends(&dry, 0).contains("created=25 changed=0 unchanged=0 wrong=0"));
    assert!(ends(&import(&data, &file), 0).contains("created=25 changed=0 unchanged=0 wrong=0"));
    assert!(ends(&import(&data, &file), 0).contains("created=0 changed=0 unchanged=25 wrong=0"));
    for (format, encoding) in [("xlsx", "utf-8"), ("csv", "utf-8"), ("csv", "cp932")] {
        let out = dir.path().join(format!("{encoding}.{format}"));
        ends(
            &mamori(
                &data,
                &[
                    "export",
                    "--ledger",
                    "information_asset",
                    "--format",
                    format,
                    "--encoding",
                    encoding,
                    "--output",
                    out.to_str().unwrap(),
                ],
            ),
            0,
        );
        assert!(ends(&import(&data, &out), 0).contains("created=0 changed=0 unchanged=25 wrong=0"), "{format} {encoding}");
    }
    ends(&mamori(&data, &["verify"]), 0);
}

#[test]
fn wrong_rows_end_with_two_and_write_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    company(&data);
    let file = dir.path().join("wrong.csv");
    std::fs::write(&file, "情報資産名称,媒体・保存先,登録日\n良い行,事務所PC,2026/4/1\n悪い行,事務所PC,2026-02-30\n").unwrap();
    let output = import(&data, &file);
    assert!(ends(&output, 2).contains("wrong=1"));
    assert!(text(&output.stderr).contains("2026-02-30"), "{}", text(&output.stderr));
    assert!(ends(&import(&data, &sheet(dir.path(), 1)), 0).contains("created=1"), "nothing was written before");
    let missing = mamori(&data, &["import", "--ledger", "information_asset", "nowhere.xlsx"]);
    ends(&missing, 2);
    ends(&mamori(&data, &["import", "--ledger", "no_such_ledger", file.to_str().unwrap()]), 2);
}

#[test]
fn kill_in_the_middle_of_an_import_leaves_all_or_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    company(&data);
    let rows = 1500;
    let file = sheet(dir.path(), rows);
    let mut killed = 0;
    for (round, pause) in [40_u64, 150, 350, 700, 1200].into_iter().enumerate() {
        let mut child = Command::new(BINARY)
            .args(["import", "--data", data.to_str().unwrap(), "--ledger", "information_asset", file.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        if child.try_wait().unwrap().is_none() {
            // SIGKILL: no handler runs, no buffer is written.
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
        ends(&mamori(&data, &["verify"]), 0);
        let dry = mamori(&data, &["import", "--ledger", "information_asset", "--dry-run", file.to_str().unwrap()]);
        let told = ends(&dry, 0);
        let nothing = told.contains(&format!("created={rows} changed=0 unchanged=0"));
        let all = told.contains(&format!("created=0 changed=0 unchanged={rows}"));
        assert!(nothing || all, "round {round}: half of the rows were written: {told}");
        if all {
            break;
        }
    }
    assert!(killed > 0, "the import was never killed; it is faster than this test thinks");
    let told = ends(&import(&data, &file), 0);
    assert!(told.contains("wrong=0"), "{told}");
    ends(&mamori(&data, &["verify"]), 0);
}

#[test]
fn a_second_program_on_the_same_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    company(&data);
    let mut first = Command::new(BINARY)
        .args(["serve", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(first.stdout.take().unwrap()), &mut line).unwrap();
    assert!(line.contains("http://127.0.0.1:"), "{line}");
    assert!(started.elapsed() < Duration::from_secs(20));
    let second =
        Command::new(BINARY).args(["serve", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"]).output().unwrap();
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(second.status.code(), Some(2), "{}", text(&second.stderr));
    assert!(text(&second.stderr).chars().count() > 20);
}

#[test]
fn backup_and_restore_bring_everything_back() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    company(&data);
    let file = sheet(dir.path(), 12);
    ends(&import(&data, &file), 0);
    let backup = dir.path().join("backup.zip");
    ends(&mamori(&data, &["backup", "--output", backup.to_str().unwrap()]), 0);
    let other = dir.path().join("other");
    ends(&mamori(&other, &["restore", backup.to_str().unwrap()]), 0);
    assert!(ends(&import(&other, &file), 0).contains("created=0 changed=0 unchanged=12 wrong=0"));
    ends(&mamori(&other, &["verify"]), 0);
}

#[test]
fn a_change_behind_the_programs_back_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    company(&data);
    ends(&import(&data, &sheet(dir.path(), 5)), 0);
    ends(&mamori(&data, &["verify"]), 0);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = mamori_store::Db::open(&mamori_store::DbConfig::folder(&data)).await.unwrap();
        db.system()
            .await
            .unwrap()
            .exec("update change_log set actor = 'nobody' where seq = 3", mamori_store::args![])
            .await
            .unwrap();
        db.close().await;
    });
    ends(&mamori(&data, &["verify"]), 3);
}
