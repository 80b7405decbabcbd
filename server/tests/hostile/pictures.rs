//! Files that are no photos, or more than one.

use super::{
    office::{PASSWORD, Phone, TestOffice, now, operation, outcome_of},
    served::{memory, served},
};
use axum::http::StatusCode;
use domain::{photo::PhotoHash, role::Role};
use flate2::{Compress, Compression, Crc, FlushCompress};
use futures::future::join_all;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use std::io::Cursor;
use test_support::upload;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const PROGRESSIVE: &[u8] = include_bytes!("../pictures/progressive.jpg");

fn drawn(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(400, 300, |x, y| {
        let grain = (x * 31 + y * 17) % 23;
        Rgb([(x % 256) as u8, (y % 256) as u8, (90 + grain) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The first part of it, with an end as a whole one has.
fn cut(jpeg: &[u8], percent: usize) -> Vec<u8> {
    [&jpeg[..jpeg.len() * percent / 100], &[0xff, 0xd9]].concat()
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(body);
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length, kind.as_slice(), body, &crc.sum().to_be_bytes()].concat()
}

/// A whole PNG with more in it, behind its header.
fn png_with(more: &[Vec<u8>]) -> Vec<u8> {
    let png = drawn(ImageFormat::Png);
    let (head, rest) = png.split_at(33);
    [head, &more.concat(), rest].concat()
}

/// Zeros, compressed.
fn zeros(megabytes: usize) -> Vec<u8> {
    let mut block = Vec::with_capacity(1 << 16);
    let one = vec![0; 1 << 20];
    Compress::new(Compression::best(), false).compress_vec(&one, &mut block, FlushCompress::Full).unwrap();
    // The checksum of so many zeros: one, and their number.
    let length = u32::try_from((megabytes << 20) % 65521).unwrap();
    let sum = (length << 16 | 1).to_be_bytes();
    [[0x78, 0xda].as_slice(), &block.repeat(megabytes), &[3, 0], &sum].concat()
}

fn profile(megabytes: usize) -> Vec<u8> {
    chunk(b"iCCP", &[b"a\0\0".as_slice(), &zeros(megabytes)].concat())
}

fn webp_with(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let body = chunks.iter().flat_map(|(kind, body)| {
        let length = u32::try_from(body.len()).unwrap().to_le_bytes();
        [kind.as_slice(), &length, body, &[0][..body.len() % 2]].concat()
    });
    let body: Vec<u8> = body.collect();
    let length = u32::try_from(body.len() + 4).unwrap().to_le_bytes();
    [b"RIFF".as_slice(), &length, b"WEBP", &body].concat()
}

/// A canvas of 400 by 300.
const CANVAS: [u8; 10] = [0, 0, 0, 0, 0x8f, 1, 0, 0x2b, 1, 0];

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [&length, kind.as_slice(), body].concat()
}

/// The frame of a HEIC whose one picture has so many bytes, from here on.
fn heic(brands: &[u8], offset: u32, length: u32) -> Vec<u8> {
    let [o, l] = [offset, length].map(u32::to_be_bytes);
    placed(brands, &[[0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1].as_slice(), &o, &l].concat())
}

/// The same, with this said of where its pictures lie.
fn placed(brands: &[u8], places: &[u8]) -> Vec<u8> {
    let hdlr = boxed(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let pitm = boxed(b"pitm", &[0, 0, 0, 0, 0, 1]);
    let infe = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0hvc1\0");
    let iinf = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 1], infe.as_slice()].concat());
    let iloc = boxed(b"iloc", places);
    let meta = boxed(b"meta", &[[0; 4].as_slice(), &hdlr, &pitm, &iinf, &iloc].concat());
    let ftyp = boxed(b"ftyp", &[b"heic\0\0\0\0mif1", brands].concat());
    [ftyp, meta, boxed(b"mdat", &[7; 200])].concat()
}

fn facts(phone: &Phone<'_>, bytes: &[u8], media_type: &str) -> Value {
    json!({ "photo": { "hash": PhotoHash::of(bytes), "bytes": bytes.len(), "media_type": media_type,
        "width": 400, "height": 300, "at": now(), "by": phone.person } })
}

async fn sent(phone: &Phone<'_>, bytes: &[u8], media_type: &str) -> (StatusCode, Value) {
    let announced = operation(facts(phone, bytes, media_type));
    assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received");
    let path = format!("/api/v1/attachments/{}", PhotoHash::of(bytes));
    let reply = phone.upload_whole(bytes.to_vec()).await;
    if !reply.status.is_success() {
        assert_eq!(phone.request("GET", &path, "").await.status, StatusCode::NOT_FOUND);
    }
    (reply.status, reply.json())
}

#[tokio::test]
async fn what_is_no_photo_is_refused_in_words_and_not_kept() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Enterprise).await;
    let jpeg = drawn(ImageFormat::Jpeg);
    let scan = PROGRESSIVE.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    let scans = PROGRESSIVE[scan..PROGRESSIVE.len() - 2].repeat(60);
    let without_tables = jpeg.windows(2).enumerate().filter(|(_, pair)| *pair == [0xff, 0xdb]);
    let without_tables = without_tables.fold(jpeg.clone(), |mut bytes, (at, _)| {
        bytes[at + 1] = 0xef;
        bytes
    });
    let png = drawn(ImageFormat::Png);
    let data = png.windows(4).position(|kind| kind == b"IDAT").unwrap();
    let changed = [&png[..data + 40], &[!png[data + 40]], &png[data + 41..]].concat();
    let deep = |width: u32, height: u32| {
        let [w, h] = [width, height].map(u32::to_be_bytes);
        let head = chunk(b"IHDR", &[w.as_slice(), &h, &[16, 6, 0, 0, 0]].concat());
        [b"\x89PNG\r\n\x1a\n", head.as_slice(), &chunk(b"IDAT", &zeros(1)), &chunk(b"IEND", b"")].concat()
    };
    // Item 1, with 65,535 stretches that are told in no bytes.
    let endless: [u8; 6] = [0, 1, 0, 0, 0xff, 0xff];
    let text_of_nothing = chunk(b"zTXt", &[b"a\0\0".as_slice(), &zeros(0)].concat());
    let enormous_frame = [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f, 0, 0, 0, 0, 0, 0];
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("half a JPEG with an end", "image/jpeg", cut(&jpeg, 50)),
        ("nearly a whole JPEG with an end", "image/jpeg", cut(&jpeg, 97)),
        ("half a progressive JPEG with an end", "image/jpeg", cut(PROGRESSIVE, 50)),
        (
            "a JPEG whose end is rubbish",
            "image/jpeg",
            [cut(&jpeg, 40), vec![0x55; 9000], vec![0xff, 0xd9]].concat(),
        ),
        (
            "sixty scans more",
            "image/jpeg",
            [&PROGRESSIVE[..PROGRESSIVE.len() - 2], &scans, &[0xff, 0xd9]].concat(),
        ),
        ("a profile of 64 MB", "image/png", png_with(&[profile(64)])),
        ("a profile of 2 MB", "image/png", png_with(&[profile(2)])),
        (
            "a text of 64 MB",
            "image/png",
            png_with(&[chunk(b"zTXt", &[b"a\0\0".as_slice(), &zeros(64)].concat())]),
        ),
        (
            "a text of 64 MB in some language",
            "image/png",
            png_with(&[chunk(b"iTXt", &[b"a\0\x01\0zh\0b\0".as_slice(), &zeros(64)].concat())]),
        ),
        (
            "many texts of 1 MB",
            "image/png",
            png_with(&vec![chunk(b"zTXt", &[b"a\0\0".as_slice(), &zeros(1)].concat()); 50]),
        ),
        ("many texts of nothing", "image/png", png_with(&vec![text_of_nothing; 65])),
        ("a PNG that moves", "image/png", png_with(&[chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])])),
        ("a JPEG that cannot be made into pixels", "image/jpeg", without_tables),
        ("a PNG with another byte in its picture", "image/png", changed),
        ("a PNG without its end", "image/png", png[..png.len() - 12].to_vec()),
        ("half a PNG", "image/png", png[..png.len() / 2].to_vec()),
        ("a PNG of eight bytes a pixel", "image/png", deep(9_000, 8_000)),
        (
            "a WebP that moves",
            "image/webp",
            webp_with(&[(b"VP8X", &CANVAS), (b"ANIM", &[0; 6]), (b"ANMF", &[0; 40])]),
        ),
        (
            "a WebP with a frame larger than itself",
            "image/webp",
            webp_with(&[(b"VP8X", &CANVAS), (b"VP8 ", &enormous_frame)]),
        ),
        ("a WebP with nothing in it", "image/webp", webp_with(&[(b"VP8X", &CANVAS)])),
        ("a HEIC that is a page", "image/heic", heic(b"<html><script>alert(1)</script>   ", 300, 50)),
        ("a HEIC whose picture lies behind its end", "image/heic", heic(b"heic", 300, 4_000_000_000)),
        (
            "a HEIC without a list",
            "image/heic",
            [boxed(b"ftyp", b"heic\0\0\0\0mif1heic"), boxed(b"mdat", &[7; 500])].concat(),
        ),
        (
            "a HEIC of more stretches than it has bytes",
            "image/heic",
            placed(b"heic", &[b"\0\0\0\0\0\0\x10\0".as_slice(), &endless.repeat(4096)].concat()),
        ),
        ("half a HEIC", "image/heic", heic(b"heic", 300, 50)[..200].to_vec()),
    ];
    for (what, media_type, bytes) in cases {
        let (status, said) = sent(&phone, &bytes, media_type).await;
        assert_eq!((status.as_u16(), said["code"].as_str()), (415, Some("not_a_photo")), "{what}");
        assert!(said["detail"].as_str().unwrap().contains("没有存"), "{what}: {said}");
    }
}

#[tokio::test]
async fn what_is_a_photo_is_taken_however_it_was_written() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Enterprise).await;
    let jpeg = drawn(ImageFormat::Jpeg);
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("JPEG", "image/jpeg", jpeg.clone()),
        ("JPEG with a film behind it", "image/jpeg", [jpeg.as_slice(), &[0x11; 5000]].concat()),
        ("progressive JPEG", "image/jpeg", PROGRESSIVE.to_vec()),
        ("PNG", "image/png", drawn(ImageFormat::Png)),
        ("PNG with a profile", "image/png", png_with(&[chunk(b"tEXt", b"a\0b")])),
        ("WebP", "image/webp", drawn(ImageFormat::WebP)),
        ("HEIC", "image/heic", heic(b"heic", 300, 50)),
    ];
    for (what, media_type, bytes) in cases {
        let (status, said) = sent(&phone, &bytes, media_type).await;
        assert_eq!(status, StatusCode::CREATED, "{what}: {said}");
        // Nobody here has looked into a HEIC.
        let shown = phone.request("GET", &format!("/api/v1/attachments/{}", PhotoHash::of(&bytes)), "").await;
        let expected = if what == "HEIC" { "attachment" } else { "inline" };
        assert_eq!(shown.headers.get("content-disposition").unwrap(), expected, "{what}");
        assert_eq!(shown.headers.get("x-content-type-options").unwrap(), "nosniff", "{what}");
    }
}

/// Directories that name each other, a thousand entries, and a block as large as a segment can be.
#[tokio::test]
async fn what_a_camera_is_said_to_have_written_harms_nobody() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Enterprise).await;
    let jpeg = drawn(ImageFormat::Jpeg);
    let entry = |tag: u16, kind: u16, count: u32, at: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &at.to_le_bytes()].concat()
    };
    let itself = [entry(0x8769, 4, 1, 8), entry(0x8825, 4, 1, 8), entry(0x0112, 3, u32::MAX, 8)].concat();
    let endless = [b"\xff\xff".as_slice(), &entry(0x0112, 3, 1, 6).repeat(5000)].concat();
    for directory in [[b"\x03\0".as_slice(), &itself, &8_u32.to_le_bytes()].concat(), endless] {
        let block = [b"Exif\0\0II*\0\x08\0\0\0".as_slice(), &directory].concat();
        let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
        let segment = [b"\xff\xe1".as_slice(), &length, &block].concat();
        let bytes = [&jpeg[..2], &segment.repeat(80), &jpeg[2..]].concat();
        assert_eq!(sent(&phone, &bytes, "image/jpeg").await.0, StatusCode::CREATED);
    }
}

/// The enterprise's, at a server of its own.
async fn session_at(url: &str) -> String {
    let credentials =
        json!({ "username": Role::Enterprise.as_str(), "password": PASSWORD, "device_name": "x" });
    let session = reqwest::Client::new().post(format!("{url}/api/v1/session"));
    let session = session.header("content-type", "application/json").body(credentials.to_string());
    let session = session.send().await.unwrap();
    session.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// The photo sent whole to a server of its own; the status of the answer.
async fn brought(url: &str, cookie: &str, photo: &[u8]) -> u16 {
    let request = reqwest::Client::new().post(format!("{url}{}", upload::UPLOADS)).header("cookie", cookie);
    let head = upload::head(&PhotoHash::of(photo), photo.len());
    let request = head.iter().fold(request, |request, (name, value)| request.header(*name, value));
    request.body(photo.to_vec()).send().await.unwrap().status().as_u16()
}

/// Of a photo of 15 MB, by one person, all at once; and of a part, which is no more than it is.
#[tokio::test(flavor = "multi_thread")]
async fn photos_that_nobody_reads_hold_next_to_no_memory() {
    let (office, server) = served().await;
    let client = reqwest::Client::new();
    let phone = office.phone(Role::Enterprise).await;
    let cookie = session_at(&server.url).await;
    let photo = [drawn(ImageFormat::Jpeg), vec![0x11; 15 << 20]].concat();
    phone.sync(&[operation(facts(&phone, &photo, "image/jpeg"))]).await;
    let path = format!("/api/v1/attachments/{}", PhotoHash::of(&photo));
    let at = format!("{}{path}", server.url);
    assert_eq!(brought(&server.url, &cookie, &photo).await, 201);
    let (_, before) = memory(&server);
    let mut unread = vec![];
    for _ in 0..64 {
        let mut line = TcpStream::connect(server.url.strip_prefix("http://").unwrap()).await.unwrap();
        let asked = format!("GET {path} HTTP/1.1\r\nhost: xunan\r\ncookie: {cookie}\r\n\r\n");
        line.write_all(asked.as_bytes()).await.unwrap();
        let mut status = [0; 12];
        line.read_exact(&mut status).await.unwrap();
        assert_eq!(&status, b"HTTP/1.1 200");
        unread.push(line);
    }
    let more = memory(&server).1 - before;
    assert!(more < 150 * 1024, "{more} kB more than {before}");
    let part = client.get(&at).header("cookie", &cookie).header("range", "bytes=100-999999");
    let part = part.send().await.unwrap();
    assert_eq!((part.status().as_u16(), part.content_length()), (206, Some(999_900)));
    assert_eq!(part.bytes().await.unwrap(), &photo[100..1_000_000]);
    drop(unread);
    let whole = client.get(&at).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(whole.content_length(), Some(photo.len() as u64));
    assert!(whole.bytes().await.unwrap() == photo);
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_files_that_unpack_to_a_gigabyte_cost_next_to_nothing() {
    let (office, server) = served().await;
    let phone = office.phone(Role::Enterprise).await;
    let cookie = session_at(&server.url).await;
    let files: Vec<Vec<u8>> =
        (0..8).map(|n| png_with(&[chunk(b"tEXt", &[b'a', 0, n]), profile(1024)])).collect();
    let announced: Vec<_> = files.iter().map(|bytes| operation(facts(&phone, bytes, "image/png"))).collect();
    phone.sync(&announced).await;
    let (_, before) = memory(&server);
    let answers = join_all(files.iter().map(|bytes| brought(&server.url, &cookie, bytes))).await;
    assert_eq!(answers, [415; 8]);
    let more = memory(&server).1 - before;
    assert!(more < 100 * 1024, "{more} kB more than {before}");
}
