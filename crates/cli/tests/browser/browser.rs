//! A browser to drive, one call at a time.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long a test waits for what should be there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether scripts run in the pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// A browser with an empty profile; closed when dropped.
pub struct Browser {
    runtime: Runtime,
    client: Option<Client>,
    driver: Child,
    _profile: TempDir,
    /// Where pages are.
    pub base: String,
}

impl Browser {
    /// Starts one; `None` where there is none.
    pub fn start(scripts: Scripts) -> Option<Self> {
        let variable = |name: &str| env::var(name).ok().filter(|it| !it.is_empty());
        let chromium = variable("MUNIMENT_TEST_CHROMIUM")?;
        let driver = variable("MUNIMENT_TEST_CHROMEDRIVER")?;
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port: u16 = lines
            .find_map(|line| {
                let line = line.unwrap();
                let rest = line.split_once("successfully on port ")?.1.to_owned();
                rest.trim_end_matches('.').parse().ok()
            })
            .expect("the driver says its port");
        // The driver stops when nobody reads what it says.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let mut args: Vec<String> = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--disable-sync",
            // Pages of others name fonts and the like on the network: none of it is waited for.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            "--window-size=1440,900",
        ]
        .map(str::to_owned)
        .into();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let allowed = if scripts == Scripts::On { 1 } else { 2 };
        let capabilities = json!({
            "unhandledPromptBehavior": "accept",
            "goog:chromeOptions": {
                "binary": chromium, "args": args,
                "prefs": {"profile.managed_default_content_settings.javascript": allowed},
            },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async {
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities)
                .connect(&format!("http://127.0.0.1:{port}"))
                .await
                .unwrap()
        });
        let client = Some(client);
        Some(Self { runtime, client, driver, _profile: profile, base: String::new() })
    }

    /// Signs in by a one-time link.
    pub fn follow(&mut self, base: &str, link: &str) {
        self.base = base.to_owned();
        self.go(link);
        self.click("main form button");
        self.element(Locator::Css("body[data-base], [href='/account']"));
    }

    /// Opens a page.
    pub fn go(&self, path: &str) {
        let address = format!("{}{path}", self.base);
        self.runtime.block_on(self.client().goto(&address)).unwrap();
    }

    /// Opens a page of another site.
    pub fn leave_for(&self, address: &str) {
        self.runtime.block_on(self.client().goto(address)).unwrap();
    }

    /// The path of the page that is shown, with its query.
    pub fn path(&self) -> String {
        let url = self.runtime.block_on(self.client().current_url()).unwrap();
        match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        }
    }

    /// Waits for an element and clicks it.
    pub fn click(&self, css: &str) {
        let element = self.element(Locator::Css(css));
        self.press(&element, css);
    }

    /// Waits for a button or link of this label, in the page or in an open part of it, and clicks.
    pub fn choose(&self, label: &str) {
        let quoted = format!("\"{label}\"");
        let path = format!(
            "//main//*[self::button or self::a or self::summary][normalize-space(.)={quoted}]"
        );
        self.element(Locator::XPath(&path));
        let all = self.runtime.block_on(self.client().find_all(Locator::XPath(&path))).unwrap();
        // A form may hold a button that nobody sees, for the Enter key.
        let is_shown = |it: &&Element| self.runtime.block_on(it.is_displayed()).unwrap_or(false);
        let shown = all.iter().find(is_shown);
        self.press(shown.unwrap_or_else(|| panic!("`{label}` is not seen")), label);
    }

    /// Types into an input, in place of what stands there.
    pub fn fill(&self, css: &str, text: &str) {
        let element = self.element(Locator::Css(css));
        self.show(&element);
        let typed = self.runtime.block_on(async {
            element.clear().await?;
            element.send_keys(text).await
        });
        if let Err(err) = typed {
            panic!("`{css}` on {} cannot be typed into: {err}", self.path());
        }
    }

    /// Marks all that stands in an input and types over it, as people do: a page that saves what is
    /// left sees one change.
    pub fn retype(&self, css: &str, text: &str) {
        // Control held, an a, and let go.
        self.keys(css, &format!("\u{E009}a\u{E000}{text}"));
    }

    /// Sends keys to an element: also to an input for files, or to `body`.
    pub fn keys(&self, css: &str, keys: &str) {
        let element = self.element(Locator::Css(css));
        self.runtime.block_on(element.send_keys(keys)).unwrap();
    }

    /// Chooses an option of a select by its value.
    pub fn select(&self, css: &str, value: &str) {
        let element = self.element(Locator::Css(css));
        self.runtime.block_on(element.select_by_value(value)).unwrap();
    }

    /// Chooses an option of a select by its words.
    pub fn select_label(&self, css: &str, label: &str) {
        let element = self.element(Locator::Css(css));
        self.runtime.block_on(element.select_by_label(label)).unwrap();
    }

    /// Waits until another page than this is shown.
    pub fn leaves(&self, path: &str) {
        self.waits(|it| it != path, &format!("still on {path}"));
    }

    /// Waits until this page is shown.
    pub fn arrives(&self, path: &str) {
        self.waits(|it| it == path, &format!("not on {path}"));
    }

    /// The text of an element, once it is there.
    pub fn text(&self, css: &str) -> String {
        let element = self.element(Locator::Css(css));
        self.runtime.block_on(element.text()).unwrap()
    }

    /// What stands in an input.
    pub fn value(&self, css: &str) -> String {
        let element = self.element(Locator::Css(css));
        self.runtime.block_on(element.prop("value")).unwrap().unwrap_or_default()
    }

    /// Waits until a text stands somewhere on the page.
    pub fn sees(&self, text: &str) {
        let quoted = format!("\"{text}\"");
        let path = format!("//body[contains(normalize-space(.), {quoted})]");
        let found = self
            .runtime
            .block_on(self.client().wait().at_most(PATIENCE).for_element(Locator::XPath(&path)));
        assert!(found.is_ok(), "`{text}` is not on {}: {}", self.path(), self.text("body"));
    }

    /// Whether there is such an element now.
    pub fn has(&self, css: &str) -> bool {
        let found = self.runtime.block_on(self.client().find_all(Locator::Css(css)));
        !found.unwrap().is_empty()
    }

    /// Runs a script and answers its value.
    pub fn script(&self, script: &str, args: Vec<Value>) -> Value {
        self.runtime.block_on(self.client().execute(script, args)).unwrap()
    }

    /// Runs a script that answers later, by its last argument.
    pub fn script_later(&self, script: &str, args: Vec<Value>) -> Value {
        self.runtime.block_on(self.client().execute_async(script, args)).unwrap()
    }

    /// Makes pages light or dark.
    pub fn prefer(&self, scheme: &str) {
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        self.command("Emulation.setEmulatedMedia", json!({"features": [feature]}));
    }

    /// Makes the page as wide as this, in pixels.
    pub fn width(&self, width: u32) {
        let metrics =
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.command("Emulation.setDeviceMetricsOverride", metrics);
        // A picture of the whole page has no room for one.
        self.command("Emulation.setScrollbarsHidden", json!({"hidden": true}));
    }

    /// A picture of the whole page.
    pub fn picture(&self, path: &PathBuf) {
        use base64::Engine as _;
        // A page that was never drawn has no width: the second frame begins when the first is drawn.
        let drawn = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.script_later(drawn, vec![]);
        let shot = self.command(
            "Page.captureScreenshot",
            json!({"format": "png", "captureBeyondViewport": true}),
        );
        let data = shot["data"].as_str().unwrap();
        fs::write(path, base64::engine::general_purpose::STANDARD.decode(data).unwrap()).unwrap();
    }

    /// A command of the browser's own protocol.
    pub fn command(&self, name: &str, params: Value) -> Value {
        let command = Devtools { name: name.to_owned(), params };
        self.runtime.block_on(self.client().issue_cmd(command)).unwrap()
    }

    /// Waits until the path of the page is as it should be.
    fn waits(&self, is: impl Fn(&str) -> bool, fault: &str) {
        let waited = self.runtime.block_on(async {
            let client = self.client();
            tokio::time::timeout(PATIENCE, async {
                while !is(client.current_url().await.unwrap().path()) {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            })
            .await
        });
        assert!(waited.is_ok(), "{fault}");
    }

    fn element(&self, at: Locator<'_>) -> Element {
        let found = self.runtime.block_on(self.client().wait().at_most(PATIENCE).for_element(at));
        found.unwrap_or_else(|err| panic!("{at:?} is not on {}: {err}", self.path()))
    }

    fn press(&self, element: &Element, what: &str) {
        self.show(element);
        if let Err(err) = self.runtime.block_on(element.click()) {
            panic!("`{what}` on {} cannot be clicked: {err}", self.path());
        }
    }

    /// Brings an element to the middle of the window, from under what sticks to its edges.
    fn show(&self, element: &Element) {
        let script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        let target = serde_json::to_value(element).unwrap();
        self.runtime.block_on(self.client().execute(script, vec![target])).ok();
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("it is there until the end")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            self.runtime.block_on(client.close()).ok();
        }
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// A command that Chromium's driver hands on to the browser.
#[derive(Debug)]
struct Devtools {
    name: String,
    params: Value,
}

impl fantoccini::wd::WebDriverCompatibleCommand for Devtools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.expect("there is a session");
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.name, "params": self.params});
        (http::Method::POST, Some(body.to_string()))
    }
}
