//! A small provider of sign-in that can be told to lie.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use app::Clock;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ring::{
    digest::{SHA256, digest},
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Map, Value, json};

/// What the provider says next.
pub struct Mood {
    pub claims: Map<String, Value>,
    pub asked: Value,
    pub algorithm: &'static str,
    pub signs_with_another: bool,
    pub is_critical: bool,
    pub is_altered: bool,
    pub is_broken: bool,
}

struct State {
    issuer: String,
    clock: Clock,
    keys: Vec<(String, EcdsaKeyPair)>,
    nonce: String,
    challenge: String,
    lie: Mood,
    paths: Vec<String>,
}

/// The provider; its thread ends with the process.
pub struct Idp(Arc<Mutex<State>>);

impl Mood {
    /// Says this in a claim; nothing for null.
    pub fn say(&mut self, name: &str, value: Value) {
        self.claims.insert(name.to_owned(), value);
    }
}

impl Idp {
    pub fn start(clock: Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let state = State {
            issuer,
            clock,
            keys: vec![("first".to_owned(), key())],
            nonce: String::new(),
            challenge: String::new(),
            lie: truth(),
            paths: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let shared = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &shared);
            }
        });
        Self(state)
    }

    pub fn issuer(&self) -> String {
        self.0.lock().unwrap().issuer.clone()
    }

    /// What the browser asked for.
    pub fn asked(&self, nonce: &str, challenge: &str) {
        let mut state = self.0.lock().unwrap();
        (state.nonce, state.challenge) = (nonce.to_owned(), challenge.to_owned());
    }

    /// Tells the truth but for this.
    pub fn lie(&self, change: impl Fn(&mut Mood)) {
        let mut mood = truth();
        change(&mut mood);
        self.0.lock().unwrap().lie = mood;
    }

    /// Signs with another key from now on.
    pub fn turn_key(&self) {
        self.0.lock().unwrap().keys.insert(0, ("second".to_owned(), key()));
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.0.lock().unwrap().paths.iter().filter(|it| *it == path).count()
    }
}

fn truth() -> Mood {
    Mood {
        claims: Map::from_iter([
            ("sub".to_owned(), json!("u-1")),
            ("email".to_owned(), json!("ada@example.org")),
            ("email_verified".to_owned(), json!(true)),
            ("groups".to_owned(), json!(["staff", "isms-admins"])),
        ]),
        asked: json!({"sub": "u-1", "email": "ada@example.org", "groups": ["asked"]}),
        algorithm: "ES256",
        signs_with_another: false,
        is_critical: false,
        is_altered: false,
        is_broken: false,
    }
}

fn key() -> EcdsaKeyPair {
    let (random, way) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
    let made = EcdsaKeyPair::generate_pkcs8(way, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(way, made.as_ref(), &random).unwrap()
}

fn serve(stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "authorization" => authorization = value.to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut state = state.lock().unwrap();
    state.paths.push(path.clone());
    let (status, answer) = state.answer(&path, &String::from_utf8(body).unwrap(), &authorization);
    let text = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        text.len()
    );
    let mut stream = stream;
    stream.write_all((head + &text).as_bytes()).unwrap();
}

impl State {
    fn answer(&self, path: &str, body: &str, authorization: &str) -> (u16, Value) {
        let at = |path: &str| format!("{}{path}", self.issuer);
        match path {
            "/.well-known/openid-configuration" => (
                200,
                json!({
                    "issuer": self.issuer, "authorization_endpoint": at("/auth"),
                    "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
                    "userinfo_endpoint": at("/me"), "end_session_endpoint": at("/end"),
                    "authorization_response_iss_parameter_supported": true,
                }),
            ),
            "/keys" => {
                let keys = self.keys.iter().map(|(id, key)| {
                    let point = key.public_key().as_ref();
                    json!({
                        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id,
                        "x": B64.encode(&point[1..33]), "y": B64.encode(&point[33..]),
                    })
                });
                (200, json!({"keys": keys.collect::<Vec<_>>()}))
            }
            "/me" => {
                (if authorization == "Bearer access" { 200 } else { 401 }, self.lie.asked.clone())
            }
            "/token" => self.token(body, authorization),
            _ => (404, json!({})),
        }
    }

    fn token(&self, body: &str, authorization: &str) -> (u16, Value) {
        if self.lie.is_broken {
            return (503, json!({}));
        }
        let form: Vec<(String, String)> =
            url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        let said = |name: &str| {
            form.iter().find(|it| it.0 == name).map(|it| it.1.as_str()).unwrap_or_default()
        };
        let known = base64::engine::general_purpose::STANDARD.encode("muniment:a+secret+%26+more");
        let challenge = B64.encode(digest(&SHA256, said("code_verifier").as_bytes()));
        let is_right = authorization == format!("Basic {known}")
            && said("grant_type") == "authorization_code"
            && said("code") == "a-code"
            && challenge == self.challenge;
        if !is_right {
            return (400, json!({"error": "invalid_grant"}));
        }
        (200, json!({"access_token": "access", "token_type": "Bearer", "id_token": self.signed()}))
    }

    fn signed(&self) -> String {
        let now = self.clock.now().as_second();
        let mut claims = json!({
            "iss": self.issuer, "aud": "muniment", "nonce": self.nonce, "iat": now,
            "exp": now + 300, "auth_time": now,
        });
        for (name, value) in &self.lie.claims {
            claims[name] = value.clone();
        }
        claims.as_object_mut().unwrap().retain(|_, it| !it.is_null());
        let (id, key) = &self.keys[0];
        let mut head = json!({"alg": self.lie.algorithm, "kid": id});
        if self.lie.is_critical {
            head["crit"] = json!(["exp"]);
        }
        let part = |it: &Value| B64.encode(it.to_string());
        let mut signed = format!("{}.{}", part(&head), part(&claims));
        let sign = |key: &EcdsaKeyPair| {
            let seal = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
            B64.encode(seal.as_ref())
        };
        let seal = match self.lie.algorithm {
            "none" => String::new(),
            "HS256" => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, b"a secret & more");
                B64.encode(hmac::sign(&key, signed.as_bytes()).as_ref())
            }
            _ if self.lie.signs_with_another => sign(&self::key()),
            _ => sign(key),
        };
        if self.lie.is_altered {
            claims["sub"] = json!("u-2");
            signed = format!("{}.{}", part(&head), part(&claims));
        }
        format!("{signed}.{seal}")
    }
}
