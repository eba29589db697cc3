"""A small OpenID Connect provider on loopback: what Google and Microsoft 365 do, as far as a school's sign-in sees it.

It keeps to the code flow with PKCE (S256), signs its ID tokens with RS256, and notes every request.
"""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "sendhub-client", "sendhub-secret"


class Provider:
    """`with Provider() as provider:` then `provider.sign_in(url, sub=...)` gives the callback's address."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes, self.faults = {}, []
        self.audience, self.break_issuer = CLIENT, False

    def __enter__(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self)

            do_POST = do_GET

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler):
        path = urlsplit(handler.path).path
        length = int(handler.headers.get("Content-Length") or 0)
        form = {key: values[0] for key, values in parse_qs(handler.rfile.read(length).decode()).items()}
        status, body = 200, {}
        if path == "/.well-known/openid-configuration":
            body = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/me",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        elif path == "/token":
            status, body = self.token(form)
        elif path == "/me":
            body = {"sub": "s-1"}  # signed by nobody: never enough
        else:
            status, body = 404, {"error": path}
        content = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def sign_in(self, url, sub, **claims):
        """What happens at /authorize when somebody signs in there: the address that the browser is sent back to."""
        query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        assert urlsplit(url).path == "/authorize"
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = {"query": query, "claims": {"sub": sub, **claims}}
        back = urlsplit(query["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form):
        held = self.codes.pop(form.get("code"), None)
        if held is None or form.get("client_secret") != SECRET:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != held["query"]["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": "https://somebody.else" if self.break_issuer else self.issuer,
            "aud": self.audience,
            "iat": now,
            "exp": now + 300,
            **held["claims"],
        }
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        answer = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
        return 200, answer | ({} if held["claims"].get("no_token") else {"id_token": token})
