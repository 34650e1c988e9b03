"""A mail server on loopback for tests: prints its port, then each mail as one line of JSON.

With `--secure CERTIFICATE KEY` it takes mail after STARTTLS and from user `muniment` with password
`open sesame` only.
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Inbox:
    async def handle_DATA(self, server, session, envelope):
        if any(it.startswith("nobody@") for it in envelope.rcpt_tos):
            return "550 there is no such mailbox"
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": envelope.content.decode("utf-8"),
            "encrypted": session.ssl is not None,
            "user": getattr(session, "user", None),
        }
        print(json.dumps(line), flush=True)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    is_right = data.login == b"muniment" and data.password == b"open sesame"
    if is_right:
        session.user = data.login.decode()
    return AuthResult(success=is_right, handled=False)


async def main():
    options = {"hostname": "localhost", "enable_SMTPUTF8": True}
    if "--secure" in sys.argv:
        at = sys.argv.index("--secure")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[at + 1], sys.argv[at + 2])
        options |= {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": authenticate,
        }
    make = lambda: SMTP(Inbox(), **options)
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
