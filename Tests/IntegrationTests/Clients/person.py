"""A person at a browser without a screen: follows an authorization URL through sign-in and consent.

The way ends at the client's redirect URI, which is answered and never requested.
"""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

MOST_PAGES = 14


class Lost(Exception):
    """The way did not lead to the redirect URI."""


class Forms(HTMLParser):
    """The forms of a page: where each goes, its fields, and its named buttons."""

    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self.forms.append({"action": a.get("action", ""), "fields": {}, "buttons": []})
        elif not self.forms:
            return
        elif tag == "input" and a.get("name"):
            self.forms[-1]["fields"][a["name"]] = a.get("value") or ""
        elif tag == "button" and a.get("name"):
            self.forms[-1]["buttons"].append((a["name"], a.get("value") or ""))


class Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at first."""

    def redirect_request(self, *_):
        return None


class Person:
    def __init__(self, name, password, decision="allow"):
        self.answers = {"username": name, "password": password}
        self.decision = decision
        self.pages, self.passwords = [], 0
        # The server's cookies are `Secure`, which browsers take from loopback without TLS as well.
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("https", "http"))
        self.browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), Stay,
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(policy)))

    def authorize(self, url):
        """Answers the redirect URI with what the server put behind it, as a dictionary."""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
        ending = query["redirect_uri"][0]
        body = None
        for _ in range(MOST_PAGES):
            method = "GET" if body is None else "POST"
            status, headers, text = self.open(url, body)
            self.pages.append(f"{method} {urllib.parse.urlsplit(url).path} {status}")
            if location := headers.get("Location"):
                url, body = urllib.parse.urljoin(url, location), None
                if url.split("?")[0] == ending:
                    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
                continue
            url, body = self.fill(url, status, text)
        raise Lost(f"no end after {MOST_PAGES} pages: {self.pages}")

    def fill(self, url, status, text):
        if status != 200:
            raise Lost(f"{status} at {urllib.parse.urlsplit(url).path}: {text[:300]}")
        forms = Forms(text).forms
        if len(forms) != 1:
            raise Lost(f"{len(forms)} forms on the page at {urllib.parse.urlsplit(url).path}")
        form = forms[0]
        fields = {name: self.answers.get(name, value) for name, value in form["fields"].items()}
        for name, value in form["buttons"]:
            # A page of ours that leads to another provider has a button for that.
            if value in (self.decision, "sign-in"):
                fields[name] = value
        if "password" in fields:
            self.passwords += 1
            if self.passwords > 1:
                raise Lost("the password was refused")
        return urllib.parse.urljoin(url, form["action"]), urllib.parse.urlencode(fields).encode()

    def open(self, url, body):
        try:
            with self.browser.open(urllib.request.Request(url, data=body), timeout=20) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.status, refusal.headers, refusal.read().decode("utf-8", "replace")
