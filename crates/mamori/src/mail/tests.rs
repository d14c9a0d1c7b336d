#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mamori_kernel::error::Error;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::*;

#[test]
fn a_wrong_server_or_sender_is_named() {
    assert!(MailServer::new("smtps://u:p@mail.example.jp:465", "mamori <mamori@example.jp>").is_ok());
    assert!(
        matches!(MailServer::new("https://mail.example.jp", "a@example.jp"), Err(Error::Refused(words)) if words.en.contains("smtps://"))
    );
    assert!(matches!(MailServer::new("smtp://localhost", "nobody"), Err(Error::Refused(words)) if words.ja.contains("nobody")));
}

/// A mail server of one conversation: answers as RFC 5321 says and gives back the commands and the mail. With `refuse`, it takes no recipient.
async fn post_office(refuse: bool) -> (u16, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut heard = String::new();
        write.write_all(b"220 post.example ESMTP\r\n").await.unwrap();
        let mut in_mail = false;
        while let Ok(Some(line)) = lines.next_line().await {
            heard.push_str(&line);
            heard.push('\n');
            let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                _ if in_mail && line != "." => continue,
                _ if in_mail => {
                    in_mail = false;
                    "250 taken"
                }
                "EHLO" => "250-post.example\r\n250 8BITMIME",
                "RCPT" if refuse => "550 no such mailbox",
                "DATA" => {
                    in_mail = true;
                    "354 go on"
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await.unwrap();
                    break;
                }
                _ => "250 ok",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
        heard
    });
    (port, heard)
}

fn decoded(heard: &str) -> String {
    let body = heard.split("\n\n").nth(1).unwrap_or_default();
    let text: String = body.lines().take_while(|line| *line != ".").collect();
    if heard.to_lowercase().contains("content-transfer-encoding: base64") {
        use base64::Engine as _;
        return String::from_utf8(base64::engine::general_purpose::STANDARD.decode(text).unwrap()).unwrap();
    }
    text
}

#[tokio::test]
async fn a_mail_in_japanese_reaches_the_server() {
    let (port, heard) = post_office(false).await;
    let server = MailServer::new(&format!("smtp://127.0.0.1:{port}"), "守り <mamori@example.jp>").unwrap();
    server.send("takanashi@example.jp", "棚卸の期限が近づいています", "①髙梨様\n期限は11月30日です。").await.unwrap();
    drop(server);
    let heard = heard.await.unwrap();
    assert!(heard.contains("MAIL FROM:<mamori@example.jp>") && heard.contains("RCPT TO:<takanashi@example.jp>"), "{heard}");
    assert!(heard.contains("Subject: =?utf-8?"), "{heard}");
    assert!(decoded(&heard).contains("①髙梨様"), "{heard}");
}

#[tokio::test]
async fn a_refusal_is_told_in_the_servers_words() {
    let (port, _heard) = post_office(true).await;
    let server = MailServer::new(&format!("smtp://127.0.0.1:{port}"), "mamori@example.jp").unwrap();
    let told = server.send("nobody@example.jp", "x", "y").await.unwrap_err();
    assert!(told.contains("no such mailbox"), "{told}");
    let nobody_there = MailServer::new("smtp://127.0.0.1:9", "mamori@example.jp").unwrap();
    assert!(nobody_there.send("a@example.jp", "x", "y").await.is_err());
}
