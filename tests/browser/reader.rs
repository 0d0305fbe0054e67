//! Somebody with a browser.

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::log::{self, EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::network::{
    self, EventLoadingFailed, EventRequestWillBeSent, EventResponseReceived,
};
use chromiumoxide::cdp::js_protocol::runtime::{self, EventConsoleApiCalled, EventExceptionThrown};
use chromiumoxide::page::ScreenshotParams;
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// What the page is read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Desk,
    /// A desk in a system of dark colours.
    Night,
    Phone,
    /// The narrowest that counts: 320 px.
    Narrow,
    PhoneWithoutScript,
}

impl Screen {
    fn size(self) -> (i64, i64) {
        match self {
            Screen::Desk | Screen::Night => (1440, 900),
            Screen::Phone | Screen::PhoneWithoutScript => (390, 844),
            Screen::Narrow => (320, 640),
        }
    }
}

pub struct Reader {
    browser: Browser,
    events: JoinHandle<()>,
    _profile: tempfile::TempDir,
}

pub struct Tab {
    page: Page,
    complaints: Arc<Mutex<Vec<String>>>,
}

#[derive(Debug, serde::Deserialize)]
pub struct Place {
    pub x: f64,
    pub width: f64,
}

fn chromium() -> PathBuf {
    if let Some(named) = std::env::var_os("CHROME") {
        return named.into();
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|p| p.is_file())
        .expect("Chromium is needed: install it, or name it in CHROME")
}

impl Reader {
    pub async fn new() -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let config = BrowserConfig::builder()
            .chrome_executable(chromium())
            .user_data_dir(profile.path())
            .no_sandbox()
            .request_timeout(Duration::from_secs(60))
            .launch_timeout(Duration::from_secs(60))
            .build()
            .expect("a configuration");
        let (browser, mut handler) = Browser::launch(config).await.expect("Chromium starts");
        let events = tokio::spawn(async move { while handler.next().await.is_some() {} });
        Reader { browser, events, _profile: profile }
    }

    pub async fn open(&self, url: &str, screen: Screen) -> Tab {
        let page = self.browser.new_page("about:blank").await.expect("a tab");
        let (width, height) = screen.size();
        page.execute(SetDeviceMetricsOverrideParams::new(width, height, 1.0, false)).await.expect("a size");
        let scheme = if screen == Screen::Night { "dark" } else { "light" };
        let media =
            SetEmulatedMediaParams::builder().feature(MediaFeature::new("prefers-color-scheme", scheme)).build();
        page.execute(media).await.expect("a scheme");
        let without_script = screen == Screen::PhoneWithoutScript;
        page.execute(SetScriptExecutionDisabledParams::new(without_script)).await.expect("scripts on or off");
        let tab = Tab { complaints: listen(&page).await, page };
        tab.go(url).await;
        tab
    }

    pub async fn close(mut self) {
        let _ = self.browser.close().await;
        let _ = self.browser.wait().await;
        self.events.abort();
    }
}

/// Gathers everything that a developer's console would show, failed requests, and requests that leave the site.
async fn listen(page: &Page) -> Arc<Mutex<Vec<String>>> {
    let complaints: Arc<Mutex<Vec<String>>> = Arc::default();
    page.execute(network::EnableParams::default()).await.expect("network events");
    page.execute(log::EnableParams::default()).await.expect("log events");
    page.execute(runtime::EnableParams::default()).await.expect("console events");
    macro_rules! note {
        ($event:ty, $tell:expr) => {
            let mut stream = page.event_listener::<$event>().await.expect("events");
            let list = complaints.clone();
            tokio::spawn(async move {
                while let Some(event) = stream.next().await {
                    let tell: fn(&$event) -> Option<String> = $tell;
                    list.lock().expect("no panic").extend(tell(&event));
                }
            });
        };
    }
    note!(EventConsoleApiCalled, |e| Some(format!("console: {:?}", e.args)));
    note!(EventExceptionThrown, |e| Some(format!("exception: {:?}", e.exception_details)));
    note!(EventLoadingFailed, |e| Some(format!("failed: {}", e.error_text)));
    note!(EventEntryAdded, |e| (e.entry.level != LogEntryLevel::Verbose).then(|| format!("log: {}", e.entry.text)));
    note!(EventResponseReceived, |e| (e.response.status >= 400)
        .then(|| format!("status {}: {}", e.response.status, e.response.url)));
    note!(EventRequestWillBeSent, |e| {
        let url = &e.request.url;
        let inside = ["file://", "http://127.0.0.1", "data:", "about:"].iter().any(|start| url.starts_with(start));
        (!inside).then(|| format!("left the site: {url}"))
    });
    complaints
}

impl Tab {
    pub async fn go(&self, url: &str) {
        self.page.goto(url).await.expect("the page opens");
        self.settle().await;
    }

    /// Lets what is under way come to an end.
    async fn settle(&self) {
        let _ = self.page.wait_for_navigation().await;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }

    pub fn complaints(&self) -> Vec<String> {
        self.complaints.lock().expect("no panic").clone()
    }

    pub async fn value<T: DeserializeOwned>(&self, script: &str) -> T {
        let result = self.page.evaluate(script).await.unwrap_or_else(|e| panic!("{script}: {e}"));
        result.into_value().unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    pub async fn run(&self, script: &str) {
        self.page.evaluate(script).await.unwrap_or_else(|e| panic!("{script}: {e}"));
    }

    pub async fn text(&self, selector: &str) -> String {
        let element = self.page.find_element(selector).await.unwrap_or_else(|e| panic!("{selector}: {e}"));
        element.inner_text().await.expect("text").unwrap_or_default().trim().to_owned()
    }

    pub async fn place(&self, selector: &str) -> Place {
        let element = self.page.find_element(selector).await.unwrap_or_else(|e| panic!("{selector}: {e}"));
        let place = element.bounding_box().await.expect("a place");
        Place { x: place.x, width: place.width }
    }

    /// Closes it.
    pub async fn close(self) {
        let _ = self.page.close().await;
    }

    /// What is in sight, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.page.screenshot(ScreenshotParams::builder().build()).await.expect("a picture")
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: &str) {
        let focused = self.page.find_element(":focus, body").await.expect("a page has a body");
        focused.press_key(key).await.expect("a key of a keyboard");
    }

    /// Waits until an expression is true; five seconds at most.
    pub async fn until(&self, script: &str) {
        for _ in 0..100 {
            if self.page.evaluate(script).await.ok().and_then(|v| v.into_value::<bool>().ok()) == Some(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never became true: {script}");
    }

    pub async fn click(&self, selector: &str) {
        let element = self.page.find_element(selector).await.unwrap_or_else(|e| panic!("{selector}: {e}"));
        element.click().await.expect("a click");
        self.settle().await;
    }
}
