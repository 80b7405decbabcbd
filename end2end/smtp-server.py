"""A mail server as other people wrote it, aiosmtpd, on a port that the system chooses: it asks for an account, and tells each mail that
it takes as a line of JSON. The first line is the port. It ends when nobody holds its input any more."""

import asyncio
import email
import json
import sys
from email import policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

ACCOUNT = (b"xunan", b"p4ssw0rd")


def say(told):
    print(json.dumps(told, ensure_ascii=False), flush=True)


class Takes:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        say({"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["subject"], "text": mail.get_content()})
        return "250 taken"


def authenticate(server, session, envelope, mechanism, given):
    # What is not handled here the server answers, as servers do; otherwise whoever is refused waits for a word.
    return AuthResult(success=(given.login, given.password) == ACCOUNT, handled=False)


controller = Controller(
    Takes(),
    hostname="127.0.0.1",
    port=0,
    authenticator=authenticate,
    auth_required=True,
    auth_require_tls=False,
)


async def serve():
    server = await asyncio.get_running_loop().create_server(controller.factory, "127.0.0.1", 0)
    say({"port": server.sockets[0].getsockname()[1]})
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(serve())
